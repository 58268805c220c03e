"""Sign-in forms in Vietnamese; allauth carries no Vietnamese texts of its own."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from django.contrib.auth.password_validation import password_validators_help_texts

WORDS = {
    "login": "Tên đăng nhập",
    "password": "Mật khẩu",
    "remember": "Nhớ đăng nhập trên máy này",
    "oldpassword": "Mật khẩu hiện nay",
    "password1": "Mật khẩu mới",
    "password2": "Ghi lại mật khẩu mới",
    "code": "Mã xác thực",
}


class _Vietnamese:
    """Gives the fields of an allauth form their Vietnamese labels, without links and placeholders."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields  # type: ignore[attr-defined]
        for name, field in fields.items():
            field.label = WORDS.get(name, field.label)
            field.help_text = " ".join(password_validators_help_texts()) if name == "password1" else ""
            field.widget.attrs.pop("placeholder", None)
        self.all_optional = True


class LoginForm(_Vietnamese, account.LoginForm):
    """Đăng nhập."""


class ChangePasswordForm(_Vietnamese, account.ChangePasswordForm):
    """Đổi mật khẩu."""


class ReauthenticateForm(_Vietnamese, account.ReauthenticateForm):
    """Ghi lại mật khẩu trước một việc hệ trọng."""


class CodeForm(_Vietnamese, mfa.AuthenticateForm):
    """Mã của lớp xác thực thứ hai."""


class CodeAgainForm(_Vietnamese, mfa.ReauthenticateForm):
    """Mã ghi lại trước một việc hệ trọng."""


class ActivateForm(_Vietnamese, totp.ActivateTOTPForm):
    """Mã đầu tiên của ứng dụng xác thực."""
