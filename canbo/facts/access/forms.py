"""Forms of accounts and grants: units are named by code, accounts by the name they sign in with."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms

from canbo.facts.organisation.models import Unit
from canbo.foundation.accounts.models import User
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.violation import OutOfScope
from canbo.foundation.ui.fields import VietnameseDateField

from . import queries
from .roles import ROLES
from .rules import LONGEST_GLASS

WHOLE = "*"


def role_choices() -> list[tuple[str, str]]:
    """Roles as a list to choose from."""
    return [("", "Chọn vai trò"), *((role.code, role.name) for role in ROLES)]


class ScopedForm(forms.Form):
    """A form whose unit must lie where its actor administers."""

    def __init__(self, *args: Any, actor: Actor, day: dt.date, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.actor, self.day = actor, day

    def clean_unit(self) -> Unit | None:
        """The unit of the code typed; None for the whole system."""
        code = self.cleaned_data["unit"].strip()
        if code == WHOLE:
            return None
        try:
            return queries.unit_to_grant(self.actor, code, self.day)
        except OutOfScope:
            raise forms.ValidationError(
                f"Không có đơn vị mã {code} trong phạm vi bạn quản trị. Xem mã ở trang đơn vị."
            ) from None


class GrantForm(ScopedForm):
    """A further role for an account."""

    role = forms.ChoiceField(label="Vai trò", choices=role_choices)
    unit = forms.CharField(
        label="Phạm vi", help_text="Mã đơn vị; quyền phủ đơn vị ấy và mọi đơn vị dưới. * là toàn hệ thống."
    )
    since = VietnameseDateField(label="Từ ngày")
    until = VietnameseDateField(label="Đến hết ngày", required=False, help_text="Bỏ trống nếu chưa định ngày kết thúc.")

    def clean_until(self) -> dt.date | None:
        """The first day without the role: the form names the last day with it."""
        last = self.cleaned_data["until"]
        return last + dt.timedelta(days=1) if last else None


class OpenAccountForm(ScopedForm):
    """A new account with its first role."""

    username = forms.CharField(label="Tên đăng nhập", max_length=30, help_text="Chữ thường không dấu, ví dụ lan.nt.")
    display_name = forms.CharField(label="Họ và tên", max_length=150)
    role = forms.ChoiceField(label="Vai trò", choices=role_choices)
    unit = forms.CharField(label="Phạm vi", help_text="Mã đơn vị; * là toàn hệ thống.")


class PersonForm(forms.Form):
    """The person an account belongs to."""

    code = forms.CharField(
        label="Mã hồ sơ",
        max_length=40,
        help_text="Người ấy thấy việc được giao, phiếu của mình, và không tự duyệt mình.",
    )


class ReasonForm(forms.Form):
    """Why something is taken away."""

    reason = forms.CharField(label="Lý do", max_length=255)


class GlassForm(forms.Form):
    """Opening records in an emergency."""

    reason = forms.CharField(label="Lý do", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    minutes = forms.IntegerField(label="Số phút", min_value=1, max_value=LONGEST_GLASS, initial=30)


class DelegateForm(forms.Form):
    """Lending one of one's own roles."""

    grant = forms.ChoiceField(label="Quyền ủy quyền")
    to = forms.CharField(label="Cho tài khoản", help_text="Tên đăng nhập của người được ủy quyền.")
    since = VietnameseDateField(label="Từ ngày")
    until = VietnameseDateField(label="Đến hết ngày")
    reason = forms.CharField(label="Lý do", max_length=255)

    def __init__(self, *args: Any, grants: list[tuple[str, str]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["grant"].choices = grants  # type: ignore[attr-defined]

    def clean_to(self) -> User:
        """The open account of that name."""
        user = queries.open_account_named(self.cleaned_data["to"].strip())
        if user is None:
            raise forms.ValidationError("Không có tài khoản đang mở với tên đăng nhập này.")
        return user

    def clean_until(self) -> dt.date:
        """The first day after the delegation: the form names its last day."""
        return self.cleaned_data["until"] + dt.timedelta(days=1)
