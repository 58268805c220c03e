"""Before and after: one unit between two days, and everything that changed between them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from canbo.facts.organisation.models import Unit
from canbo.foundation.accounts.request import Request
from canbo.foundation.kernel.clock import today
from canbo.foundation.kernel.dates import DAY, format_date, parse_date

from ..change_drawing import draw
from ..queries import across as changes
from ..queries.change import change
from ..queries.narrow import Ambiguous, unit_named

BEFORE_REFORM = dt.date(2025, 6, 30)
"""The last day of the apparatus of three levels: what most readers compare with."""


def two_days(request: HttpRequest) -> tuple[dt.date, dt.date, list[str]]:
    """The days ``tu`` and ``den`` in order, and what was wrong with what was typed."""
    faults = []
    days = []
    otherwise = (BEFORE_REFORM, getattr(request, "day", None) or today())
    for name, label, default in zip(("tu", "den"), ("Từ ngày", "Đến ngày"), otherwise, strict=True):
        text = request.GET.get(name, "").strip()
        try:
            found = parse_date(text) if text else None
        except ValueError as error:
            faults.append(f"{label}: {error}. Ghi ngày/tháng/năm, ví dụ 30/06/2025.")
            found = None
        if found is not None and found.precision != DAY:
            faults.append(f"{label}: {text} thiếu ngày hoặc tháng. Ghi đủ ngày/tháng/năm, ví dụ 30/06/2025.")
            found = None
        days.append(found.first if found is not None else default)
    first, last = sorted(days)
    return first, last, faults


def _form(first: dt.date, last: dt.date, faults: list[str]) -> dict[str, Any]:
    return {"first": first, "last": last, "faults": faults, "tu": format_date(first), "den": format_date(last)}


def page(request: Request, code: str) -> HttpResponse:
    """One unit between two days."""
    first, last, faults = two_days(request)
    found = change(request.actor, code, first, last, today())
    context = {"change": found, "drawing": draw(found), "unit": found.unit, **_form(first, last, faults)}
    return render(request, "profiles/change.html", context)


def across(request: Request) -> HttpResponse:
    """Everything that changed between two days, by what there is at the end."""
    request.actor.require("unit.read")
    first, last, faults = two_days(request)
    typed, under = request.GET.get("don_vi", "").strip(), None
    if typed:
        under, problem = _unit(request, typed, (last, first))
        faults += [problem] if problem else []
    sort = request.GET.get("loai", "")
    text = request.GET.get("q", "").strip()
    number = request.GET.get("trang", "1")
    found = changes.across(
        request.actor,
        first,
        last,
        under=under,
        sort=sort if sort in changes.SORTS else "",
        text=text,
        page=int(number) if number.isascii() and number.isdecimal() else 1,
    )
    sorts = [(key, label, found.totals.get(key, 0)) for key, label in changes.SORTS.items()]
    context = {"found": found, "sorts": sorts, "sort": sort, "text": text, "typed": typed, "under": under}
    return render(request, "profiles/across.html", {**context, **_form(first, last, faults)})


def _unit(request: Request, typed: str, days: tuple[dt.date, ...]) -> tuple[Unit | None, str]:
    """The unit meant by what was typed, on either of the days."""
    problem = ""
    for day in days:
        try:
            return unit_named(request.actor, typed, day), ""
        except Ambiguous as error:
            problem = problem or str(error)
    return None, problem
