"""What every page needs to draw its frame."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from canbo.foundation.kernel.clock import today

from .day import viewing_day
from .navigation import grouped, lines_for

PANEL = "ben"


def in_panel(request: HttpRequest) -> bool:
    """Whether the page was asked for beside a list."""
    return request.headers.get("HX-Target") == PANEL


def _is_search(request: HttpRequest) -> bool:
    return bool(request.resolver_match and request.resolver_match.view_name == "search")


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context processor: navigation, viewing day, layout and the reader's choice of text size."""
    day = viewing_day(request)
    lines = SimpleLazyObject(lambda: lines_for(request))
    return {
        "navigation": SimpleLazyObject(lambda: grouped(lines)),  # type: ignore[arg-type]
        "navigation_lines": lines,
        "day": day,
        "day_is_today": day == today(),
        "layout": "ui/panel.html" if in_panel(request) else "ui/base.html",
        "search_text": request.GET.get("q", "") if _is_search(request) else "",
        "large_text": request.COOKIES.get("chu_to") == "1",
    }
