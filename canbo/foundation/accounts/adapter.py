"""How sign-in behaves here: nobody signs up alone, five failures lock an account for a while, in plain words."""

from __future__ import annotations

import math
import time
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal import ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib.auth.signals import user_login_failed
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.shortcuts import resolve_url

from .models import User


class ClosedAdapter(DefaultAccountAdapter):
    """No open sign-up; lock-out that says how long it lasts; a new password that is really new."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": "Tài khoản này đã đóng. Liên hệ người quản trị của đơn vị.",
        "enter_current_password": "Mật khẩu hiện nay chưa đúng.",
        "incorrect_code": "Mã chưa đúng. Ghi mã đang hiện trên ứng dụng, mã đổi sau mỗi 30 giây.",
        "incorrect_password": "Mật khẩu chưa đúng.",
        "invalid_login": "Tên đăng nhập hoặc mật khẩu chưa đúng.",
        "invalid_or_expired_key": "Liên kết không còn dùng được.",
        "rate_limited": "Gửi quá nhiều lần trong thời gian ngắn. Chờ vài phút rồi thử lại.",
        "same_as_current": "Mật khẩu mới phải khác mật khẩu hiện nay.",
        "too_many_login_attempts": "Sai quá nhiều lần nên tạm khoá đăng nhập. Thử lại sau {minutes} phút, "
        "hoặc nhờ người quản trị đặt lại mật khẩu.",
        "username_password_mismatch": "Tên đăng nhập hoặc mật khẩu chưa đúng. Xem lại phím Caps Lock và bộ gõ.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are opened by an administrator."""
        return False

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """On to work: a changed password leaves nothing to do on its page."""
        return resolve_url(settings.LOGIN_REDIRECT_URL)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Refuses while locked, even with the right password; says for how long, and lets the log know."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            user_login_failed.send(
                sender=__name__,
                credentials={"username": credentials.get("username", ""), "locked": True},
                request=request,
            )
            minutes = math.ceil(self._locked_for(request, **credentials) / 60)
            message = self.error_messages["too_many_login_attempts"].format(minutes=max(1, minutes))
            raise ValidationError(message, code="too_many_login_attempts") from None

    def _locked_for(self, request: HttpRequest, **credentials: Any) -> float:
        """Seconds until the earliest counted failure of the limit that is full drops out."""
        where = {"app": "allauth.account", "action": "login_failed"}
        key = self._get_login_attempts_cache_key(request, **credentials)
        waits = [0.0]
        for rate in ratelimit.get_rates(**where):
            history = cache.get(ratelimit.get_cache_key(request, rate=rate, key=key, **where), [])
            if len(history) >= rate.amount:
                waits.append(min(history) + rate.duration - time.time())
        return max(waits)

    def clean_password(self, password: str, user: User | None = None) -> str:
        """The policy, and not the password one already has."""
        if user is not None and user.pk and user.check_password(password):
            raise self.validation_error("same_as_current")
        return super().clean_password(password, user)

    def set_password(self, user: User, password: str) -> None:
        """Whoever sets her own password has done what was asked of her."""
        user.must_change_password = False
        super().set_password(user, password)


class CodesAdapter(DefaultMFAAdapter):
    """The second layer of sign-in (xác thực hai lớp), in Vietnamese."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": "Không tắt được xác thực hai lớp của tài khoản này.",
        "cannot_generate_recovery_codes": "Bật ứng dụng xác thực trước rồi mới tạo mã dự phòng.",
        "incorrect_code": "Mã chưa đúng. Ghi mã đang hiện trên ứng dụng, mã đổi sau mỗi 30 giây.",
    }
