"""What is asked of whoever opens, leads and closes a cycle."""

from __future__ import annotations

from typing import Any

from django import forms

from canbo.foundation.kernel.period import Span
from canbo.foundation.ui.fields import VietnameseDateField

from ..choices import Stage, Step
from ..rules.typed_period import typed_period
from .choosing import ActorForm, DecisionField, UnitField

REASON = {"rows": 2}


class OpenForm(ActorForm):
    """A new cycle: what rule, which period, whom."""

    period = forms.CharField(
        label="Kỳ đánh giá",
        max_length=40,
        help_text="07/2026 là tháng, quý III/2026, 6 tháng đầu năm 2026, 2026 là cả năm.",
    )
    unit = UnitField(label="Phạm vi", help_text="Mã đơn vị: đơn vị này và mọi đơn vị dưới. Gõ tên để được gợi ý.")
    rulebook = forms.ChoiceField(label="Bộ quy tắc", help_text="Bộ có hiệu lực ngày đầu của kỳ mới dùng được.")
    people = forms.BooleanField(label="Đánh giá cá nhân", required=False)
    collectives = forms.BooleanField(label="Đánh giá tập thể", required=False)
    special_dates = forms.BooleanField(
        label="Theo hạn của cơ quan có năm công tác riêng (giáo dục, y tế…)", required=False
    )

    def __init__(self, *args: Any, books: list[tuple[str, str]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["rulebook"].choices = books  # type: ignore[attr-defined]

    def clean_period(self) -> Span:
        """The period that is meant."""
        try:
            return typed_period(self.cleaned_data["period"])
        except ValueError as fault:
            raise forms.ValidationError(str(fault)) from None


class StageForm(forms.Form):
    """The step the whole cycle is at."""

    stage = forms.ChoiceField(label="Giai đoạn", choices=[row for row in Stage.choices if row[0] != Stage.CLOSED])
    reason = forms.CharField(label="Lý do (khi lùi lại)", max_length=500, required=False)


class ExtendForm(forms.Form):
    """Another last day for a step."""

    step = forms.ChoiceField(label="Bước", choices=Step.choices)
    until = VietnameseDateField(label="Hạn mới")
    reason = forms.CharField(label="Lý do gia hạn", max_length=500, widget=forms.Textarea(attrs=REASON), required=False)


class CloseForm(ActorForm):
    """The end of a cycle."""

    decision = DecisionField(
        label="Theo quyết định",
        required=False,
        help_text="Số quyết định đã ghi vào sổ. Kỳ năm bắt buộc có quyết định.",
    )
    keep_as_decided = forms.CharField(
        label="Giữ kết quả theo số liệu ngày quyết định vì",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs=REASON),
        help_text="Chỉ ghi khi số liệu nhiệm vụ, căn cứ đã đổi sau khi quyết định mà kết quả vẫn giữ nguyên.",
    )
