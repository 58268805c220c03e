"""The viewing day (ngày xem): the day every list, tree, page and count speaks of.

Kept in the session. On any day but the present one nothing may be written: a write is answered with a page
that says so (409) and offers the way back.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from canbo.foundation.kernel.clock import today

SESSION_KEY = "ngay_xem"
READS = {"GET", "HEAD", "OPTIONS"}
ALWAYS_ALLOWED = {"day", "large_text", "list_columns", "list_views"}
SIGN_IN_PREFIXES = ("account_", "mfa_", "usersessions_", "openid_connect_")
View = TypeVar("View", bound=Callable[..., HttpResponse])


def viewing_day(request: HttpRequest) -> dt.date:
    """The day the signed-in person looks at; the present day unless another was chosen."""
    return getattr(request, "day", None) or chosen_day(request) or today()


def is_today(request: HttpRequest) -> bool:
    """Whether the viewing day is the present day, that is, whether writing is on."""
    return viewing_day(request) == today()


def chosen_day(request: HttpRequest) -> dt.date | None:
    """The day kept in the session, None when none was chosen."""
    text = request.session.get(SESSION_KEY) if hasattr(request, "session") else None
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        return None


def choose_day(request: HttpRequest, day: dt.date | None) -> None:
    """Keeps another day in the session; the present day or None clears it."""
    if day is None or day == today():
        request.session.pop(SESSION_KEY, None)
    else:
        request.session[SESSION_KEY] = day.isoformat()


def any_day(view: View) -> View:
    """Marks a view whose POST writes no fact (an export, a preview) and so runs on any viewing day."""
    view.any_day = True  # type: ignore[attr-defined]
    return view


class DayMiddleware:
    """Sets ``request.day`` and refuses writes while another day is shown."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.day = chosen_day(request) or today()  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Answers 409 to a write on another day."""
        if request.method in READS or is_today(request) or getattr(view, "any_day", False):
            return None
        name = request.resolver_match.view_name if request.resolver_match else ""
        if name in ALWAYS_ALLOWED or name.startswith(SIGN_IN_PREFIXES):
            return None
        context = {"back": urlsplit(request.headers.get("Referer", "/")).path or "/"}
        if request.headers.get("HX-Request"):
            response = render(request, "ui/parts/day_refusal.html", context, status=409)
            response["HX-Retarget"], response["HX-Reswap"] = "#thong-bao", "innerHTML"
            return response
        return render(request, "ui/day_refusal.html", context, status=409)
