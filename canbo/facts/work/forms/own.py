"""What a person says about her own work."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms

from canbo.foundation.kernel.numbers import format_number
from canbo.foundation.ui.fields import VietnameseDateField, VietnameseNumberField

from ..choices import About
from ..models import Product

OTHER = "khac"


class QuietForm(forms.Form):
    """A form whose faults the server tells, all at once."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **{**kwargs, "use_required_attribute": False})


class ReportForm(QuietForm):
    """How much is done so far."""

    quantity = VietnameseNumberField(label="Đã làm được")
    text = forms.CharField(label="Ghi chú", max_length=1000, required=False)


class SubmitForm(QuietForm):
    """The result, handed in."""

    quantity = VietnameseNumberField(label="Số lượng hoàn thành", required=False)
    text = forms.CharField(
        label="Kết quả, số văn bản", max_length=1000, required=False, help_text="Ví dụ: Báo cáo số 15-BC/TCTH."
    )


class CauseForm(QuietForm):
    """An objective cause."""

    about = forms.ChoiceField(label="Đề nghị không tính", choices=About, initial=About.DELAY)
    reason = forms.CharField(label="Nguyên nhân", max_length=500)
    since = VietnameseDateField(label="Từ ngày", required=False)
    until = VietnameseDateField(label="Đến hết ngày", required=False, help_text="Bỏ trống nếu chưa hết.")


class ExtensionForm(QuietForm):
    """A later deadline."""

    due_on = VietnameseDateField(label="Hạn mới")
    reason = forms.CharField(label="Lý do", max_length=500)


class HandingForm(QuietForm):
    """Cannot do it."""

    reason = forms.CharField(label="Vì sao không làm được", max_length=500)


class AdHocForm(QuietForm):
    """Ad hoc work in half a minute: a product, and a tap; everything else has its answer already."""

    product = forms.ChoiceField(label="Việc gì", widget=forms.RadioSelect)
    title = forms.CharField(
        label="Ghi rõ hơn", max_length=255, required=False, help_text="Bỏ trống thì lấy tên sản phẩm."
    )
    quantity = VietnameseNumberField(label="Số lượng", initial=1)
    due_on = VietnameseDateField(label="Hạn hoặc ngày làm")
    source_text = forms.CharField(label="Ai giao, theo văn bản nào", max_length=255, required=False)

    def __init__(self, *args: Any, products: Sequence[Product], day: dt.date, **kwargs: Any):
        super().__init__(*args, initial={"due_on": day, "quantity": 1}, **kwargs)
        self.products = {str(row.pk): row for row in products}
        self.fields["product"].choices = product_choices(products)  # type: ignore[attr-defined]

    def clean_product(self) -> Product:
        """The product chosen."""
        return self.products[self.cleaned_data["product"]]


class ProposalForm(QuietForm):
    """A product the catalogue lacks."""

    name = forms.CharField(label="Sản phẩm, công việc", max_length=255)
    output = forms.CharField(label="Sản phẩm đầu ra", max_length=255, required=False)
    reason = forms.CharField(
        label="Vì sao cần bổ sung",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Việc này chưa nằm trong quy trình của sản phẩm nào; làm bao nhiêu lần một năm.",
    )


def product_choices(products: Iterable[Product]) -> list[tuple[str, str]]:
    """Products as a list to choose from: name and coefficient."""
    return [(str(row.pk), f"{row.name} · hệ số {format_number(row.coefficient, 1)}") for row in products]
