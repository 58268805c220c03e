"""What is asked when a decision is written or annulled."""

from __future__ import annotations

from django import forms

from canbo.foundation.ui.fields import VietnameseDateField


class AnnulForm(forms.Form):
    """The day and the reason; the decision that annuls it, if there is one."""

    on = VietnameseDateField(label="Ngày hủy")
    reason = forms.CharField(label="Lý do hủy", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    by = forms.CharField(
        label="Số quyết định hủy", max_length=60, required=False, help_text="Để trống nếu hủy vì ghi nhầm."
    )
