"""Sessions that end by themselves, and first passwords that must be changed before anything else."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

SEEN = "canbo_seen_at"
_EVERY = 60  # seconds between writes of the moment last seen


class IdleMiddleware:
    """Signs out whoever did nothing for ``SESSION_IDLE_SECONDS``; the page asked for comes back after sign-in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Checks and renews the moment last seen."""
        if request.user.is_authenticated:
            now = int(time.time())
            seen = request.session.get(SEEN, now)
            if now - seen > settings.SESSION_IDLE_SECONDS:
                logout(request)
                return redirect_to_login(request.get_full_path(), reverse(settings.LOGIN_URL))
            if now - seen >= _EVERY or SEEN not in request.session:
                request.session[SEEN] = now
        return self.get_response(request)


class FirstPasswordMiddleware:
    """Leads to the change of password, and nowhere else, while the account must change it."""

    OPEN = ("account_change_password", "account_logout")

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Redirects unless the page is the change itself, the way out, or a static file."""
        user = request.user
        if user.is_authenticated and getattr(user, "must_change_password", False):
            allowed = [reverse(name) for name in self.OPEN]
            if request.path not in allowed and not request.path.startswith(settings.STATIC_URL):
                return redirect("account_change_password")
        return self.get_response(request)
