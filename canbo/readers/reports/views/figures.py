"""Indicators and single figures."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from canbo.foundation.accounts.request import Request
from canbo.foundation.kernel.violation import NotPermitted, Refused

from .. import queries, screens
from ..indicators import CATALOGUE
from ..indicators.groupings import GROUPINGS
from ..rules import BETWEEN
from ..subjects import MAIN, SUBJECTS
from .asked import asked, choice, refusals

PAGE = 50


def indicators(request: Request) -> HttpResponse:
    """The main figures of one unit and period over five years; the rest of the catalogue subject by subject."""
    unit, period = asked(request)
    subject = next((one for one in SUBJECTS if one.key == request.GET.get("chu_de", "")), None)
    codes = [code for code in CATALOGUE if subject and code.startswith(subject.key)]
    rows, cards = [], []
    try:
        if unit and subject:
            values = queries.values(request.actor, codes, unit, period)
            rows = [(CATALOGUE[code], values[code], screens.address(code, unit, period)) for code in codes]
        if unit and not (subject and "HX-Request" in request.headers):
            years = screens.years_around(queries.span(period))
            cards = screens.cards(queries.board(request.actor, MAIN, unit, years), CATALOGUE)
    except Refused as refused:
        return refusals(request, refused, unit, period, "Chỉ tiêu")
    context: dict[str, object] = {"rows": rows, "subject": subject, "unit": unit, "period": period}
    if subject and "HX-Request" in request.headers:
        return render(request, "reports/subject.html", context)
    counts = [(one, sum(1 for code in CATALOGUE if code.startswith(one.key))) for one in SUBJECTS]
    context |= {"cards": cards, "subjects": counts, **choice(request, unit, period)}
    return render(request, "reports/indicators.html", context)


def indicator(request: Request, code: str) -> HttpResponse:
    """One figure: value, plan, five years, its parts, its neighbours, its rows and how it is counted."""
    unit, period = asked(request)
    group = dict(part.partition("=")[::2] for part in request.GET.get("nhom", "").split(BETWEEN) if part)
    page = max(1, int(request.GET["trang"]) if request.GET.get("trang", "").isdigit() else 1)
    try:
        one, span = queries.indicator(code), queries.span(period)
        by = [asked_by for asked_by in [request.GET.get("theo", "")] if asked_by]
        figure = queries.value(request.actor, code, unit, span, by)
        by = by or [one.apart] if figure.note else by
        past = queries.series(request.actor, code, unit, screens.years_around(span))
        around = None if "HX-Request" in request.headers else queries.neighbours(request.actor, code, unit, span)
        try:
            rows = queries.rows(request.actor, code, unit, span, group, limit=PAGE + 1, offset=(page - 1) * PAGE)
            closed = False
        except NotPermitted:
            rows, closed = [], True
    except Refused as refused:
        return refusals(request, refused, unit, period, "Chỉ tiêu")
    context = {
        **choice(request, unit, period),
        "one": one,
        "figure": figure,
        "span": span,
        "change_words": screens.change_words(figure),
        "chart": screens.line(one, past),
        "neighbours": screens.beside(one, figure.unit, around),
        "groups": [(g, screens.address(one.code, unit, period, f"{by[0]}={g.key}")) for g in figure.groups],
        "group_chart": screens.parts(one, figure, by[0], GROUPINGS[by[0]].title) if by else None,
        "groupings": [(g, GROUPINGS[g].title) for g in one.groupings],
        "by": by[0] if by else "",
        "group": ", ".join(
            GROUPINGS[name].label(key) if name in GROUPINGS and name != "unit" else key for name, key in group.items()
        ),
        "rows": rows[:PAGE],
        "rows_count": len(rows[:PAGE]),
        "first": (page - 1) * PAGE,
        "page": page,
        "more": len(rows) > PAGE,
        "closed": closed,
    }
    return render(request, "reports/indicator.html", context)
