"""What is typed about a file for the national database."""

from __future__ import annotations

from django import forms

from canbo.foundation.ui.fields import VietnameseDateField


class SentForm(forms.Form):
    """When a file was sent, and to whom."""

    on = VietnameseDateField(label="Ngày gửi")
    to = forms.CharField(label="Nơi nhận", max_length=255, required=False)
    receipt = forms.CharField(label="Mã xác nhận, số văn bản", max_length=255, required=False)


class DropForm(forms.Form):
    """Why a file is dropped."""

    reason = forms.CharField(label="Lý do bỏ tệp", widget=forms.Textarea(attrs={"rows": 2}), required=False)
