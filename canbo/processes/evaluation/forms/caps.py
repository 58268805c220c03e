"""What is asked of whoever allows more top grades, or puts right what was found when a cycle was opened."""

from __future__ import annotations

from typing import Any

from django import forms

from ..choices import Standing
from .choosing import ActorForm, DecisionField, PersonField, UnitField


class AllowForm(ActorForm):
    """More top grades for one body or one of its groups."""

    body = UnitField(label="Cơ quan", help_text="Mã cơ quan như cột Nhóm ở bảng trên.")
    cap_group = forms.CharField(
        label="Nhóm tương đồng", max_length=80, required=False, help_text="Để trống: mọi nhóm của cơ quan."
    )
    outstanding = forms.BooleanField(label="Đơn vị xuất sắc, nổi trội: theo tỷ lệ cao của quy định", required=False)
    limit = forms.IntegerField(
        label="Hoặc số được xếp mức cao nhất",
        min_value=0,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    reason = forms.CharField(label="Lý do", max_length=1000, widget=forms.Textarea(attrs={"rows": 2}), required=False)
    decision = DecisionField(label="Theo quyết định", required=False)


class CorrectForm(ActorForm):
    """What the sheet says about the person in the period."""

    title = forms.CharField(label="Chức vụ, chức danh", max_length=200, required=False)
    standing = forms.ChoiceField(label="Vị trí", choices=Standing.choices)
    cap_group = forms.CharField(label="Nhóm tương đồng", max_length=80)
    unit = UnitField(label="Đơn vị")
    body = UnitField(label="Cơ quan tính tỷ lệ")
    superior = PersonField(label="Cấp trên trực tiếp", required=False)
    decider = PersonField(label="Người quyết định", required=False)
    decides_at = UnitField(label="Hoặc cấp quyết định", required=False)
    represented_by = PersonField(label="Người viết phiếu của tập thể", required=False)
    reason = forms.CharField(
        label="Lý do sửa", max_length=1000, widget=forms.Textarea(attrs={"rows": 2}), required=False,
        help_text="Ví dụ: Thông báo phân công số 12-TB/SNV.",
    )  # fmt: skip

    def __init__(self, *args: Any, collective: bool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if not collective:
            del self.fields["represented_by"]
