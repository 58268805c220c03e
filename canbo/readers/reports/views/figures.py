"""Indicators and single figures."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from canbo.foundation.accounts.request import Request
from canbo.foundation.kernel.violation import NotPermitted, Refused

from .. import queries, screens
from ..indicators.groupings import GROUPINGS
from .asked import asked, choice, refusals

PAGE = 50


def indicators(request: Request) -> HttpResponse:
    """The catalogue, with the values of one unit and period."""
    unit, period = asked(request)
    entries = queries.catalogue()
    try:
        values = queries.values(request.actor, [e.code for e in entries], unit, period) if unit else {}
    except Refused as refused:
        return refusals(request, refused, unit, period, "Chỉ tiêu")
    rows = [(entry, values.get(entry.code), screens.address(entry.code, unit, period)) for entry in entries]
    return render(request, "reports/indicators.html", {"rows": rows, **choice(request, unit, period)})


def indicator(request: Request, code: str) -> HttpResponse:
    """One figure: what it is, plan, the year before, the line over the years, its parts and its rows."""
    unit, period = asked(request)
    by = [name for name in [request.GET.get("theo", "")] if name]
    name, _, key = request.GET.get("nhom", "").partition("=")
    group = {name: key} if name else {}
    page = max(1, int(request.GET["trang"]) if request.GET.get("trang", "").isdigit() else 1)
    try:
        one, span = queries.indicator(code), queries.span(period)
        figure = queries.value(request.actor, code, unit, span, by)
        past = queries.series(request.actor, code, unit, screens.years_around(span))
        try:
            rows = queries.rows(request.actor, code, unit, span, group, limit=PAGE + 1, offset=(page - 1) * PAGE)
            closed = False
        except NotPermitted:
            rows, closed = [], True
    except Refused as refused:
        return refusals(request, refused, unit, period, "Chỉ tiêu")
    context = {
        "one": one,
        "figure": figure,
        "span": span,
        "chart": screens.line(one, past),
        "groups": [(g, screens.address(one.code, unit, period, f"{by[0]}={g.key}")) for g in figure.groups],
        "groupings": [(g, GROUPINGS[g].title) for g in one.groupings],
        "by": by[0] if by else "",
        "group": GROUPINGS[name].label(key) if name in GROUPINGS and name != "unit" else key,
        "rows": rows[:PAGE],
        "page": page,
        "more": len(rows) > PAGE,
        "closed": closed,
        **choice(request, unit, period),
    }
    return render(request, "reports/indicator.html", context)
