"""What is asked of whoever answers an appeal, or replaces a result found wrong."""

from __future__ import annotations

from typing import Any

from django import forms

from canbo.foundation.ui.fields import VietnameseDateField, VietnameseNumberField

from ..choices import Answer
from .choosing import ActorForm, DecisionField


class _Graded(ActorForm):
    """A form with a new grade of a rulebook."""

    grade = forms.ChoiceField(label="Mức mới", required=False)
    total = VietnameseNumberField(label="Tổng điểm mới", required=False, help_text="Để trống: giữ nguyên điểm.")
    decision = DecisionField(
        label="Theo quyết định", required=False, help_text="Số quyết định đã ghi vào sổ; bắt buộc khi thay đổi kết quả."
    )

    def __init__(self, *args: Any, grades: list[tuple[str, str]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["grade"].choices = [("", "chọn mức"), *grades]  # type: ignore[attr-defined]


class AnswerForm(_Graded):
    """The answer to an appeal."""

    ended = forms.ChoiceField(
        label="Kết quả giải quyết",
        choices=[(Answer.UPHELD, "Giữ nguyên kết quả"), (Answer.CHANGED, "Thay đổi kết quả theo quyết định mới")],
        widget=forms.RadioSelect,
        required=False,
    )
    answer = forms.CharField(label="Nội dung trả lời", widget=forms.Textarea(attrs={"rows": 4}), required=False)
    field_order = ("ended", "answer", "grade", "total", "decision")


class ReplaceForm(_Graded):
    """A result found wrong after the cycle was closed."""

    reason = forms.CharField(label="Vì sao thay kết quả", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    field_order = ("grade", "total", "reason", "decision")


class FiledForm(forms.Form):
    """An appeal brought on paper."""

    text = forms.CharField(label="Nội dung kiến nghị", widget=forms.Textarea(attrs={"rows": 4}), required=False)
    on = VietnameseDateField(label="Ngày nhận")
