"""What is asked of a superior who decides on results and requests."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms

from canbo.facts.people.models import Person
from canbo.foundation.ui.fields import VietnameseDateField, VietnameseNumberField

from .own import QuietForm


def reason_field(label: str = "Lý do") -> forms.CharField:
    """A reason that somebody else will read."""
    return forms.CharField(label=label, max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))


class PlainForm(QuietForm):
    """Nothing but a remark."""

    text = forms.CharField(label="Ý kiến", max_length=1000, required=False)


class AcceptForm(QuietForm):
    """A result accepted."""

    quantity = VietnameseNumberField(label="Số lượng nghiệm thu", required=False, help_text="Bỏ trống: đúng số đã báo.")
    done_on = VietnameseDateField(
        label="Ngày hoàn thành thực tế", required=False, help_text="Chỉ ghi khi người làm chưa trình trên hệ thống."
    )
    exceeded = forms.BooleanField(label="Vượt mức yêu cầu", required=False)
    text = forms.CharField(label="Ý kiến", max_length=1000, required=False)


class ReturnForm(QuietForm):
    """A result returned."""

    reason = reason_field("Chỗ chưa đạt")
    due_on = VietnameseDateField(
        label="Hạn làm lại", required=False, help_text="Bỏ trống: hạn cũ, trừ những ngày kết quả nằm chờ nghiệm thu."
    )


class ReasonForm(QuietForm):
    """A reason and nothing else."""

    reason = reason_field()


class FailForm(QuietForm):
    """Work that was not done."""

    reason = reason_field()
    quantity = VietnameseNumberField(label="Phần vẫn được nghiệm thu", required=False)

    def clean_quantity(self) -> Decimal | None:
        """Nothing typed means nothing accepted."""
        found: Decimal | None = self.cleaned_data["quantity"]
        return found


class GrantForm(QuietForm):
    """A cause confirmed."""

    since = VietnameseDateField(label="Từ ngày", required=False, help_text="Bỏ trống: như người làm đề nghị.")
    until = VietnameseDateField(label="Đến hết ngày", required=False)
    text = forms.CharField(label="Ý kiến", max_length=1000, required=False)


class ExtendForm(QuietForm):
    """A later deadline."""

    due_on = VietnameseDateField(label="Hạn mới", required=False, help_text="Bỏ trống: như người làm đề nghị.")
    text = forms.CharField(label="Ý kiến", max_length=1000, required=False)


class CarryForm(QuietForm):
    """What is left goes to a later period."""

    due_on = VietnameseDateField(label="Hạn của phần còn lại")
    text = forms.CharField(label="Ghi chú", max_length=1000, required=False)


class CorrectForm(QuietForm):
    """An accepted result put right."""

    quantity = VietnameseNumberField(label="Số lượng đúng")
    done_on = VietnameseDateField(label="Ngày hoàn thành đúng", required=False)
    exceeded = forms.BooleanField(label="Vượt mức yêu cầu", required=False)
    reason = reason_field("Vì sao sửa")


class HandOverForm(QuietForm):
    """Somebody else does it."""

    to = forms.ChoiceField(label="Giao cho")
    due_on = VietnameseDateField(label="Hạn mới", required=False, help_text="Bỏ trống: giữ hạn cũ nếu chưa qua.")
    text = forms.CharField(label="Ý kiến", max_length=1000, required=False)

    def __init__(self, *args: Any, people: Sequence[Person] = (), **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.people = {str(row.pk): row for row in people}
        self.fields["to"].choices = [("", "Chọn người"), *((key, row.name) for key, row in self.people.items())]  # type: ignore[attr-defined]

    def clean_to(self) -> Person:
        """The person chosen."""
        return self.people[self.cleaned_data["to"]]
