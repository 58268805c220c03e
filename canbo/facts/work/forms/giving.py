"""What is asked when work is given."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms

from canbo.facts.people.models import Person
from canbo.foundation.ui.fields import VietnameseDateField, VietnameseNumberField

from ..choices import Rhythm, Source
from ..models import Product
from ..rules import rest_divided, split_dues
from .own import QuietForm, product_choices

EACH, TOGETHER = "moi", "chung"


class GivingForm(QuietForm):
    """To whom, and what: common to single and repeating work."""

    product = forms.ChoiceField(label="Sản phẩm, công việc")
    title = forms.CharField(
        label="Tên nhiệm vụ", max_length=255, required=False, help_text="Bỏ trống thì lấy tên sản phẩm."
    )
    quantity = VietnameseNumberField(label="Số lượng", initial=1)
    persons = forms.MultipleChoiceField(label="Người thực hiện", widget=forms.CheckboxSelectMultiple)
    content = forms.CharField(
        label="Nội dung, yêu cầu", max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, products: Sequence[Product], people: Sequence[Person], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.products = {str(row.pk): row for row in products}
        self.people = {str(row.pk): row for row in people}
        self.fields["product"].choices = [("", "Chọn sản phẩm"), *product_choices(products)]  # type: ignore[attr-defined]
        self.fields["persons"].choices = [(key, row.name) for key, row in self.people.items()]  # type: ignore[attr-defined]

    def clean_product(self) -> Product:
        """The product chosen."""
        return self.products[self.cleaned_data["product"]]

    def clean_persons(self) -> list[Person]:
        """The people chosen, in the order of names."""
        chosen = set(self.cleaned_data["persons"])
        return [row for key, row in self.people.items() if key in chosen]


class AssignForm(GivingForm):
    """One task to one or many people."""

    due_on = VietnameseDateField(label="Thời hạn")
    divide = forms.ChoiceField(
        label="Giao thế nào",
        choices=[(EACH, "Mỗi người một nhiệm vụ, đủ số lượng"), (TOGETHER, "Cùng làm một sản phẩm, chia phần")],
        initial=EACH,
        widget=forms.RadioSelect,
    )
    over = forms.ChoiceField(
        label="Chia theo thời gian",
        choices=[("", "không chia"), ("week", "phần bằng nhau hằng tuần"), ("month", "phần bằng nhau hằng tháng")],
        required=False,
        help_text="Sản phẩm dài ngày: mỗi phần có hạn riêng, tính vào kỳ của hạn ấy.",
    )
    source = forms.ChoiceField(label="Nguồn", choices=Source, initial=Source.ROUTINE)
    source_text = forms.CharField(label="Văn bản, kết luận", max_length=255, required=False)
    responsibility = forms.CharField(label="Trách nhiệm", max_length=255, required=False)
    authority = forms.CharField(label="Thẩm quyền", max_length=255, required=False)
    output = forms.CharField(label="Sản phẩm phải có", max_length=255, required=False)

    def parts(self, posted: Any, on: dt.date) -> list[tuple[Person, Decimal, dt.date | None]]:
        """Who gets how much by when: parts typed beside a name, the rest divided equally; over weeks or months."""
        values = self.cleaned_data
        people, whole = values["persons"], values["quantity"]
        field = VietnameseNumberField(required=False)
        typed = [field.clean(posted.get(f"phan-{person.pk}", "")) for person in people]
        shares = rest_divided(whole, typed)
        if not values["over"]:
            return [(person, share, None) for person, share in zip(people, shares, strict=True)]
        dues = split_dues(on, values["due_on"], values["over"])
        return [
            (person, part, due)
            for person, share in zip(people, shares, strict=True)
            for part, due in zip(rest_divided(share, [None] * len(dues)), dues, strict=True)
        ]


class SeriesForm(GivingForm):
    """Work that comes again."""

    rhythm = forms.ChoiceField(label="Chu kỳ", choices=Rhythm, initial=Rhythm.MONTH)
    due_day = forms.IntegerField(
        label="Hạn: ngày thứ mấy của chu kỳ",
        min_value=1,
        max_value=92,
        help_text="Hằng tuần: 1 là thứ Hai, 5 là thứ Sáu. Hằng tháng: ngày trong tháng. Hằng quý: ngày thứ mấy của quý.",
    )
    until = VietnameseDateField(label="Thôi lặp lại từ ngày", required=False)
