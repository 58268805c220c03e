"""The home page and the search box."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from canbo.foundation.accounts.request import Request
from canbo.foundation.kernel.clock import today
from canbo.foundation.kernel.text import fold
from canbo.foundation.ui.navigation import Line, lines_for

from .queries import desk as desks
from .queries.finding import search as find

SUGGESTED = 6
SHOWN = 20
FRAGMENT = "goi-y"


def home(request: Request) -> HttpResponse:
    """What is due, what waits, what changed."""
    found = desks.desk(request.actor, today(), request.day)
    may = {"may_record": request.actor.may("decision.record"), "may_load": request.actor.may("exchange.load")}
    return render(request, "desk/home.html", {"desk": found, **may})


def search(request: Request) -> HttpResponse:
    """People, units, decisions and pages that match; as suggestions under the box when htmx asks."""
    text = request.GET.get("q", "")
    suggest = request.headers.get("HX-Target") == FRAGMENT
    found = find(request.actor, text, today(), SUGGESTED if suggest else SHOWN)
    context: dict[str, Any] = {"found": found, "pages": [] if found.is_short else _pages(request, found.text)}
    response = render(request, "desk/suggestions.html" if suggest else "desk/search.html", context)
    response["Vary"] = "HX-Target"
    return response


def _pages(request: Request, text: str) -> list[Line]:
    words = fold(text).split()
    return [line for line in lines_for(request) if all(word in fold(line.item.label) for word in words)]
