"""How sign-in behaves here: nobody signs up alone, accounts are opened by an administrator."""

from __future__ import annotations

import re

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.http import HttpRequest


def lock_words() -> str:
    """How long a sign-in name stays locked, as the settings say: ``15 phút``."""
    limit = re.search(r"/(\d+)([smh])/key", settings.ACCOUNT_RATE_LIMITS.get("login_failed", ""))
    units = {"s": "giây", "m": "phút", "h": "giờ"}
    return f"{limit[1]} {units[limit[2]]}" if limit else "vài phút"


class ClosedAdapter(DefaultAccountAdapter):
    """No open sign-up; every refusal in Vietnamese."""

    error_messages = {  # noqa: RUF012 - the base class declares it so
        **DefaultAccountAdapter.error_messages,
        "account_inactive": "Tài khoản này đã khoá. Liên hệ người quản trị của đơn vị.",
        "enter_current_password": "Mật khẩu hiện nay chưa đúng.",
        "incorrect_code": "Mã chưa đúng. Ghi mã đang hiện trên ứng dụng, mã đổi sau mỗi 30 giây.",
        "incorrect_password": "Mật khẩu chưa đúng.",
        "invalid_login": "Tên đăng nhập hoặc mật khẩu chưa đúng.",
        "invalid_or_expired_key": "Liên kết không còn dùng được.",
        "rate_limited": "Gửi quá nhiều lần trong thời gian ngắn. Chờ vài phút rồi thử lại.",
        "same_as_current": "Mật khẩu mới phải khác mật khẩu hiện nay.",
        "too_many_login_attempts": f"Sai quá nhiều lần nên tạm khoá đăng nhập {lock_words()}. "
        "Chờ rồi thử lại, hoặc nhờ người quản trị đặt lại mật khẩu.",
        "username_password_mismatch": "Tên đăng nhập hoặc mật khẩu chưa đúng.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


class CodesAdapter(DefaultMFAAdapter):
    """The second layer of sign-in (xác thực hai lớp), in Vietnamese."""

    error_messages = {  # noqa: RUF012 - the base class declares it so
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": "Không tắt được xác thực hai lớp của tài khoản này.",
        "cannot_generate_recovery_codes": "Bật ứng dụng xác thực trước rồi mới tạo mã dự phòng.",
        "incorrect_code": "Mã chưa đúng. Ghi mã đang hiện trên ứng dụng, mã đổi sau mỗi 30 giây.",
    }
