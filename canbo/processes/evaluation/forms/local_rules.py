"""Forms of local rules: the text they rest on, and the questions asked before they are put in force or withdrawn."""

from __future__ import annotations

from typing import Any

from django import forms

from canbo.facts.organisation.models import Unit
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.violation import OutOfScope
from canbo.foundation.ui.fields import VietnameseDateField

from ..choices import Level
from ..queries.local_rules import units_to_rule


class LocalRuleForm(forms.Form):
    """The text a local rule rests on, for whom and from when."""

    level = forms.ChoiceField(label="Cấp ban hành", choices=Level.choices)
    unit = forms.CharField(
        label="Áp dụng cho đơn vị", help_text="Mã đơn vị; quy định phủ đơn vị ấy và mọi đơn vị dưới.", max_length=60
    )
    number = forms.CharField(label="Số văn bản", max_length=60)
    issued_on = VietnameseDateField(label="Ngày ban hành")
    issuer = forms.CharField(label="Cơ quan ban hành", max_length=255)
    subject = forms.CharField(label="Trích yếu", max_length=500)
    since = VietnameseDateField(
        label="Áp dụng cho kỳ bắt đầu từ ngày",
        help_text="Bộ quy tắc chọn theo ngày đầu của kỳ: tháng 9 áp dụng thì ghi 01/09.",
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.actor = actor

    def clean_unit(self) -> Unit:
        """The unit of the code typed, where the actor sets rules."""
        code = self.cleaned_data["unit"].strip()
        try:
            return units_to_rule(self.actor, code)
        except OutOfScope:
            raise forms.ValidationError(
                f"Không có đơn vị mã {code} trong phạm vi bạn đặt quy tắc. Xem mã ở trang đơn vị."
            ) from None


class SetForm(forms.Form):
    """Puts a draft in force; open periods have to be agreed to."""

    agreed = forms.BooleanField(label="Kỳ đang mở sẽ chấm theo quy định mới; tôi đã biết và đồng ý.", required=False)


class WithdrawForm(forms.Form):
    """Ends a local rule from a day."""

    until = VietnameseDateField(label="Thôi áp dụng cho kỳ bắt đầu từ ngày")
    reason = forms.CharField(label="Lý do", max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    agreed = forms.BooleanField(
        label="Kỳ đang mở sẽ chấm theo quy định của cấp trên; tôi đã biết và đồng ý.", required=False
    )


class RedateForm(forms.Form):
    """Gives a local rule another first day."""

    since = VietnameseDateField(label="Ngày áp dụng mới")
    reason = forms.CharField(label="Lý do", max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
