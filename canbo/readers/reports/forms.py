"""The form that issues a report."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from canbo.foundation.kernel.violation import Violation
from canbo.foundation.ui.fields import VietnameseDateField

from .heads import Head


class IssueForm(forms.Form):
    """Number, date, place, issuer and signer of the paper; the next report begins with what was written here."""

    all_optional = True  # what is left empty is filled in, so no field is marked

    so = forms.CharField(label="Số", max_length=60, required=False, help_text="Để trống nếu văn thư chưa cấp số.")
    ngay = VietnameseDateField(label="Ngày ghi trên báo cáo")
    place = forms.CharField(label="Nơi ghi", max_length=80, required=False)
    superior = forms.CharField(label="Cơ quan cấp trên", max_length=120, required=False)
    issuer = forms.CharField(label="Cơ quan ban hành", max_length=120, required=False)
    issuer_code = forms.CharField(
        label="Ký hiệu cơ quan", max_length=30, required=False, help_text="Phần sau “BC/”, ví dụ BTCTU."
    )
    position = forms.CharField(label="Chức vụ người ký", max_length=80, required=False)
    signer = forms.CharField(label="Người ký", max_length=80, required=False)

    def to_issue(self, usual: Head) -> dict[str, Any]:
        """The arguments of the action that follow from the form; what was left empty is as ``usual``."""
        cleaned = self.cleaned_data
        names = ("place", "superior", "issuer", "issuer_code", "position", "signer")
        head = replace(usual, **{name: cleaned[name] for name in names if cleaned[name]})
        return {"dated": cleaned["ngay"], "number": cleaned["so"], "head": head}


def violations(error: ValidationError) -> list[Violation]:
    """The refusals that an error of a field stands for."""
    known = (error.params or {}).get("violation")
    return [known] if known else [Violation(error.code or "", text) for text in error.messages]
