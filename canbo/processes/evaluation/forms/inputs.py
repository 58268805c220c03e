"""What is typed about absences, findings and points suggested from above."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from canbo.foundation.kernel.numbers import format_number
from canbo.foundation.kernel.violation import Violation
from canbo.foundation.ui.fields import VietnameseDateField

from ..actions.rows import as_points
from ..choices import Rest
from .choosing import ActorForm, DecisionField, PersonField, UnitField

_RATIO = re.compile(r"^\d+(?:/[1-9]\d*)?$")


class AboutForm(ActorForm):
    """Somebody or some body: exactly one of them."""

    person = PersonField(label="Người", required=False, help_text="Mã hồ sơ; gõ họ tên để được gợi ý.")
    collective = UnitField(label="Hoặc tập thể", required=False, help_text="Mã đơn vị; gõ tên để được gợi ý.")

    def clean(self) -> dict[str, Any]:
        """One subject; a field that could not be read has told so itself."""
        values = super().clean() or {}
        typed = [self.data.get(self.add_prefix(name), "").strip() for name in ("person", "collective")]
        if all(typed) or not any(typed):
            self.add_error("person", "Ghi một người hoặc một tập thể, không ghi cả hai.")
        return values

    @property
    def subject(self) -> Any:
        """The person or the body."""
        return self.cleaned_data.get("person") or self.cleaned_data.get("collective")


class FindingForm(AboutForm):
    """A finding with its paper."""

    fact = forms.ChoiceField(label="Nội dung")
    value = forms.CharField(
        label="Giá trị",
        max_length=40,
        help_text="Có hoặc không; một số; hoặc tỷ lệ như 80/100. Theo loại nội dung đã chọn.",
        initial="có",
    )
    on = VietnameseDateField(label="Ngày xảy ra, ngày kết luận", help_text="Căn cứ tính vào kỳ chứa ngày này.")
    record = forms.CharField(
        label="Văn bản, hồ sơ", max_length=255, help_text="Số, ngày, cơ quan ban hành.", required=False
    )
    at_unit = UnitField(label="Xảy ra tại đơn vị (nếu khác đơn vị đang làm việc)", required=False)
    decision = DecisionField(label="Theo quyết định trong sổ", required=False)
    mitigation = forms.CharField(
        label="Tình tiết được xem xét, lý do", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Chỉ ghi khi quy định cho xem xét; người ghi chịu trách nhiệm.",
    )  # fmt: skip

    def __init__(self, *args: Any, facts: list[tuple[str, str, str]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.kinds = {key: kind for key, _, kind in facts}
        self.fields["fact"].choices = [("", "chọn nội dung"), *((k, label) for k, label, _ in facts)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The value as its kind wants it: true or false, a number, or a ratio."""
        values = super().clean()
        if "fact" in values and "value" in values:
            try:
                values["value"] = typed_value(self.kinds[values["fact"]], values["value"])
            except ValidationError as fault:
                self.add_error("value", fault)
        return values


def typed_value(kind: str, text: str) -> bool | float | int | str:
    """A value as it is kept.

    Raises:
        ValidationError: it is not of the kind.
    """
    plain = text.strip().lower()
    if kind == "flag":
        known = {"có": True, "co": True, "x": True, "không": False, "khong": False}
        if plain in known:
            return known[plain]
        raise _fault(text, "Ghi “có” hoặc “không”.")
    if kind == "ratio":
        if _RATIO.match(plain.replace(" ", "")):
            return plain.replace(" ", "")
        if plain.endswith("%") and (points := as_points(plain[:-1].strip())) is not None:
            return f"{format_number(points).replace('.', '')}/100" if points == int(points) else str(points / 100)
        raise _fault(text, "Ghi tỷ lệ như 80/100 hoặc 80%.")
    points = as_points(plain)
    if points is None:
        raise _fault(text, "Ghi một số.")
    return int(points) if points == points.to_integral_value() else float(points)


def _fault(text: str, fix: str) -> ValidationError:
    violation = Violation("EVAL-VALUE", f"“{text}” không đúng loại của nội dung này.", field="value", fix=fix)
    return ValidationError(str(violation), code=violation.code, params={"violation": violation})


class LeaveForm(ActorForm):
    """A time somebody did not work."""

    person = PersonField(label="Người", help_text="Mã hồ sơ; gõ họ tên để được gợi ý.")
    kind = forms.ChoiceField(label="Loại", choices=Rest.choices)
    first = VietnameseDateField(label="Từ ngày")
    last = VietnameseDateField(label="Đến ngày")
    paper = forms.CharField(label="Văn bản", max_length=255, required=False)


class SuggestForm(AboutForm):
    """A point the level above asks to have reviewed."""

    text = forms.CharField(label="Nội dung gợi ý", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    issuer = forms.CharField(label="Cấp gợi ý", max_length=255, required=False)
    paper = forms.CharField(label="Văn bản", max_length=255, required=False)


class VoidForm(forms.Form):
    """Why something recorded in error is taken back."""

    reason = forms.CharField(label="Lý do hủy", max_length=500, required=False)
