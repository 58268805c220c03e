"""What is asked of those who prepare, decide on and carry out a restructuring."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from canbo.facts.organisation.choices import Operation
from canbo.foundation.ui.fields import VietnameseDateField

MOST_ROWS = 500
"""Rows a grid takes at a time; longer plans come as a file."""
UNIT = {"data-lookup": "unit", "list": "goi-y-unit", "autocomplete": "off"}
COLUMNS = (
    ("operation", "Hình thức (nếu cần)"),
    ("old_code", "Mã đơn vị cũ"),
    ("new_code", "Mã đơn vị mới"),
    ("new_name", "Tên đơn vị mới"),
    ("new_kind", "Loại hình mới"),
    ("new_parent", "Mã cấp trên mới"),
)


class CaseForm(forms.Form):
    """A new case: typed, or begun from a file."""

    title = forms.CharField(label="Tên phương án", max_length=255, help_text="Ví dụ: Sắp xếp các chi bộ xã Bình An.")
    on = VietnameseDateField(
        label="Ngày hiệu lực", help_text="Ngày đầu tiên của tổ chức mới; đơn vị cũ kết thúc vào ngày hôm trước."
    )
    scope = forms.CharField(
        label="Phạm vi", max_length=255, required=False, widget=forms.TextInput(UNIT),
        help_text="Mã hoặc một phần tên của đơn vị cấp trên chung. Để trống: toàn hệ thống.",
    )  # fmt: skip
    file = forms.FileField(
        label="Tệp csv",
        required=False,
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
        help_text="Cột: level, old_code, new_code, new_name, new_kind, new_parent, operation. "
        "Không có tệp thì ghi từng dòng ở bước sau.",
        error_messages={"empty": "Tệp rỗng. Chọn lại tệp."},
    )


class StepForm(forms.Form):
    """The next step, or an earlier one the case is given back to."""

    step = forms.ChoiceField(label="Bước")
    on = VietnameseDateField(label="Ngày")
    paper = forms.CharField(
        label="Văn bản",
        max_length=255,
        required=False,
        help_text="Số và ngày, ví dụ: Tờ trình 12-TTr/BTC ngày 05/03/2026.",
    )
    reason = forms.CharField(
        label="Lý do", max_length=500, required=False, help_text="Bắt buộc khi bỏ qua bước hoặc trả lại bước trước."
    )

    def __init__(self, *args: Any, steps: Sequence[tuple[str, str]] = (), **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["step"].choices = list(steps)  # type: ignore[attr-defined]


class DecideForm(forms.Form):
    """The decision that fixes the plan."""

    number = forms.CharField(
        label="Số quyết định", max_length=60, help_text="Quyết định phải có trong sổ; ghi đúng số, ký hiệu."
    )
    on = VietnameseDateField(label="Ngày ghi bước")
    reason = forms.CharField(
        label="Lý do", max_length=500, required=False, help_text="Bắt buộc khi còn bước trước đó chưa qua."
    )


class ReasonForm(forms.Form):
    """The day and the reason of withdrawing or annulling."""

    on = VietnameseDateField(label="Ngày")
    reason = forms.CharField(label="Lý do", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class PlaceForm(forms.Form):
    """Where the marked people go."""

    unit = forms.CharField(
        label="Bố trí về đơn vị", max_length=255, widget=forms.TextInput(UNIT), help_text="Mã hoặc một phần tên."
    )
    on = VietnameseDateField(label="Từ ngày", help_text="Không trước ngày sắp xếp có hiệu lực.")


class HandForm(forms.Form):
    """Day and minutes of what is ticked as handed over."""

    on = VietnameseDateField(label="Ngày bàn giao")
    note = forms.CharField(label="Biên bản, ghi chú", max_length=255, required=False)


def row_form(kinds: Sequence[str]) -> type[forms.Form]:
    """The form of one line of the plan; ``kinds`` are offered for the new kind."""
    operation = forms.ChoiceField(label=COLUMNS[0][1], required=False, choices=[("", ""), *Operation.choices])
    fields: dict[str, forms.Field] = {"operation": operation}
    for name, label in COLUMNS[1:]:
        attrs: dict[str, str] = {"autocomplete": "off"}
        if name in ("old_code", "new_parent"):
            attrs |= UNIT
        elif name == "new_kind" and kinds:
            attrs["list"] = "ds-loai-hinh"
        length = 255 if name == "new_name" else 60 if name == "new_kind" else 40
        fields[name] = forms.CharField(label=label, required=False, max_length=length, widget=forms.TextInput(attrs))
    return type("RowForm", (forms.Form,), fields)


def grid_of(kinds: Sequence[str], data: Mapping[str, Any] | None = None, blank: int = 5) -> forms.BaseFormSet[Any]:
    """A grid of new lines, empty or as it was sent."""
    formset = forms.formset_factory(
        row_form(kinds), extra=blank, max_num=MOST_ROWS, absolute_max=MOST_ROWS, validate_max=True
    )
    return formset(data, prefix="dong")
