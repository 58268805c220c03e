"""What is asked of whoever keeps a catalogue."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms

from canbo.facts.organisation.models import Unit
from canbo.foundation.ui.fields import VietnameseDateField, VietnameseNumberField

from ..actions import ProductEntry
from ..models import Product
from .own import QuietForm

TEXTS = ("code", "name", "duty", "output", "frequency", "note")


class ProductForm(QuietForm):
    """One product of a catalogue."""

    unit = forms.ChoiceField(label="Danh mục của")
    code = forms.CharField(label="Mã", max_length=40)
    name = forms.CharField(label="Sản phẩm, công việc", max_length=255)
    duty = forms.CharField(label="Thuộc nhiệm vụ", max_length=255, required=False)
    output = forms.CharField(label="Sản phẩm đầu ra", max_length=255, required=False)
    frequency = forms.CharField(label="Tần suất", max_length=80, required=False)
    group = forms.TypedChoiceField(label="Nhóm", coerce=int, choices=[(n, f"N{n}") for n in range(1, 6)])
    points = VietnameseNumberField(
        label="Điểm", required=False, help_text="Bỏ trống nếu ghi điểm từng yếu tố: tổng là điểm của sản phẩm."
    )
    standard = forms.BooleanField(
        label="Là sản phẩm chuẩn (hệ số 1,0)",
        required=False,
        help_text="Đổi sản phẩm chuẩn thì mọi hệ số được tính lại.",
    )
    usual = forms.BooleanField(label="Hay phát sinh", required=False, help_text="Hiện sẵn khi ghi việc phát sinh.")
    on = VietnameseDateField(label="Hiệu lực từ ngày")
    note = forms.CharField(label="Ghi chú", max_length=500, required=False)

    def __init__(self, *args: Any, units: Sequence[Unit], factors: Sequence[tuple[str, str]] = (), **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.units = {str(row.pk): row for row in units}
        self.fields["unit"].choices = [(key, row.name) for key, row in self.units.items()]  # type: ignore[attr-defined]
        self.factors = list(factors)
        for key, label in factors:
            self.fields[f"factor_{key}"] = VietnameseNumberField(label=f"Điểm: {label.lower()}", required=False)

    def clean_unit(self) -> Unit:
        """The body whose catalogue it is."""
        return self.units[self.cleaned_data["unit"]]

    def entry(self) -> ProductEntry:
        """The product as the action takes it; factors add up to the points where none were given."""
        values = self.cleaned_data
        factors = {key: values[f"factor_{key}"] for key, _ in self.factors if values.get(f"factor_{key}") is not None}
        points = values["points"] if values["points"] is not None else sum(factors.values()) if factors else None
        return ProductEntry(
            **{name: values[name] for name in TEXTS},
            group=values["group"],
            points=points,
            factors=factors,
            standard=values["standard"],
            usual=values["usual"],
        )


def initial_of(product: Product, on: dt.date) -> dict[str, Any]:
    """A product as the form shows it for revision."""
    names = (*TEXTS, "group", "points", "standard", "usual")
    shown = {name: getattr(product, name) for name in names}
    factors = {f"factor_{key}": value for key, value in product.factors.items()}
    return {**shown, **factors, "unit": str(product.unit_id), "on": on}


class LoadForm(forms.Form):
    """A workbook of products."""

    unit = forms.ChoiceField(label="Danh mục của")
    on = VietnameseDateField(label="Hiệu lực từ ngày")
    file = forms.FileField(label="Tệp Excel", help_text="Như tệp tải về ở nút xlsx của danh mục.")

    def __init__(self, *args: Any, units: Sequence[Unit], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.units = {str(row.pk): row for row in units}
        self.fields["unit"].choices = [(key, row.name) for key, row in self.units.items()]  # type: ignore[attr-defined]

    def clean_unit(self) -> Unit:
        """The body whose catalogue it is."""
        return self.units[self.cleaned_data["unit"]]


class EndForm(QuietForm):
    """A product taken out."""

    on = VietnameseDateField(label="Hết hiệu lực từ ngày")
    reason = forms.CharField(label="Lý do", max_length=500)


class AnswerForm(ProductForm):
    """A proposal answered: approved as a product, or not."""

    answer = forms.CharField(label="Trả lời", max_length=1000, required=False)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        del self.fields["on"]
        del self.fields["standard"]

    def entry(self) -> ProductEntry:
        """As in ``ProductForm``; a proposed product is never the standard one."""
        self.cleaned_data["standard"] = False
        return super().entry()
