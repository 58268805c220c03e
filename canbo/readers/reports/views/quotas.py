"""Quotas of a unit on a day: overview, handing on, surplus."""

from __future__ import annotations

import datetime as dt

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from canbo.facts.decisions import actions as decisions
from canbo.facts.decisions.choices import RECORD
from canbo.facts.staffing.choices import READ as READ_STAFFING
from canbo.foundation.accounts.request import Request
from canbo.foundation.kernel.clock import today
from canbo.foundation.kernel.dates import parse_date
from canbo.foundation.kernel.violation import Refused
from canbo.foundation.ui.day import viewing_day
from canbo.foundation.ui.files import download

from .. import drafting, paper, queries, scope
from ..choices import READ
from ..quotas import goals, papers, pictures
from ..quotas.allocation import allocation
from ..quotas.overview import BASE, CODES, Line, Overview, overview
from ..quotas.periods import period_table
from ..quotas.surplus import way
from ..rules import BETWEEN
from ..screens import address
from .asked import asked, choice, refusals

TITLE = "Biên chế"


def where(request: Request) -> tuple[str, str]:
    """Unit and period of the address; the viewing day without one, for a quota speaks of a day."""
    request.actor.require(READ_STAFFING)
    unit, period = asked(request)
    data = request.POST if request.method == "POST" else request.GET
    return unit, period if data.get("ky", "").strip() else viewing_day(request).isoformat()


def base_of(request: Request, first: int, day: dt.date) -> dt.date:
    """The day of comparison that the address names, else the usual one; a day that cannot be read is refused."""
    data = request.POST if request.method == "POST" else request.GET
    text = data.get("moc", "").strip()
    if not text:
        return goals.usual_base(first, day)
    try:
        return dt.date.fromisoformat(text) if text[4:5] == "-" else parse_date(text).first
    except ValueError as error:
        raise queries.refused(
            "QUOTA-BASE", f"Mốc so sánh: {error}.", field="moc", fix="Ghi ngày dd/mm/yyyy."
        ) from error


def period_around(day: dt.date) -> tuple[int, int]:
    """The period of years that a day belongs to, as the rulebook's goals run: 2016-2021, 2022-2026, then five by five."""
    if day.year <= 2021:
        return 2016, 2021
    first = 2022 + (day.year - 2022) // 5 * 5
    return first, first + 4


def _looked(request: Request, unit: str, period: str) -> Overview:
    span = queries.span(period)
    place = scope.place(request.actor, READ, unit, span)
    base = base_of(request, period_around(span.last)[0], span.last)
    return overview(place, span, base, request.GET.get("nhom_bien_che", ""))


def overview_page(request: Request) -> HttpResponse:
    """By group and by unit, with bars, and the staircase of the group looked at."""
    unit, period = where(request)
    try:
        one = _looked(request, unit, period)
    except Refused as refused:
        return refusals(request, refused, unit, period, TITLE)
    day = one.span.last
    first, last = period_around(day)
    group = request.GET.get("nhom_bien_che", "")
    table = period_table(one.place, group, first, last, one.base_day, day)
    context = {
        **choice(request, unit, period),
        "one": one,
        "day_asked": day,
        "told": pictures.told(one),
        "stairs": pictures.staircase(table),
        "table": table,
        "group": group,
        "named_groups": [line.group.partition("=")[2] for line in one.groups],
        "base_days": goals.marked_days(day),
        "lines": [(line, _opened(one, line)) for line in one.groups],
        "total": (one.total, _opened(one, one.total)),
        "units_shown": [(bar, _opened(one, bar.line, group)) for bar in pictures.bars(one.units)],
        "way": way(one.place, day),
        "query": _query(request, unit, period),
    }
    return render(request, "reports/quota_overview.html", context)


def overview_file(request: Request, ending: str) -> HttpResponse:
    """The overview as a paper or a workbook."""
    unit, period = where(request)
    try:
        document = papers.overview_document(_looked(request, unit, period))
        content = paper.written(f"x.{ending}", document, drafting.head(request.actor, document, today()))
    except Refused as refused:
        return refusals(request, refused, unit, period, TITLE)
    return download(content, f"bien-che-{document.unit}-{document.period}", ending)


def allocation_page(request: Request) -> HttpResponse:
    """What the unit was given, what each unit below has, what remains."""
    unit, period = where(request)
    try:
        span = queries.span(period)
        made = allocation(request.actor, scope.place(request.actor, READ, unit, span), span.last)
    except Refused as refused:
        return refusals(request, refused, unit, period, "Phân bổ biên chế")
    context = {
        **choice(request, unit, period),
        "made": made,
        "rows": [
            (
                one,
                [
                    (number, _rows(made.place.code, one.code, period, f"staff_group={of}"))
                    for number, of in zip(n, made.groups, strict=True)
                ],
            )
            for one, n in made.table
        ],
        "may_record": request.actor.may(RECORD),
        "query": _query(request, unit, period),
    }
    return render(request, "reports/quota_allocation.html", context)


@require_POST
def allocation_draft(request: Request) -> HttpResponse:
    """Begins a decision that assigns to every unit below; the grid holds what each has today."""
    unit, period = where(request)
    request.actor.require(RECORD)
    try:
        span = queries.span(period)
        made = allocation(request.actor, scope.place(request.actor, READ, unit, span), span.last)
    except Refused as refused:
        return refusals(request, refused, unit, period, "Phân bổ biên chế")
    row = decisions.save_draft(request.actor, content=made.draft())
    messages.success(request, "Đã mở dự thảo với số đang giao; sửa từng ô, hoặc chép bảng Excel rồi dán vào ô đầu.")
    return redirect("draft", row.pk)


def surplus_page(request: Request) -> HttpResponse:
    """How a surplus goes down to the norm, year by year, and who leaves when."""
    unit, period = where(request)
    try:
        span = queries.span(period)
        place = scope.place(request.actor, READ, unit, span)
    except Refused as refused:
        return refusals(request, refused, unit, period, "Lộ trình dôi dư")
    found = way(place, span.last)
    context = {
        **choice(request, unit, period),
        "way": found,
        "chart": pictures.way_down(found) if found else None,
        "people": request.actor.may("person.read"),
        "start_url": address("BM02", place.code, found.since.isoformat()) if found else "",
        "present_url": address("BM02", place.code, span.last.isoformat()),
        "norm_url": address("BM01", place.code, span.last.isoformat()),
        "excess_url": address("BM03B", place.code, span.last.isoformat()),
        "query": _query(request, unit, period),
    }
    return render(request, "reports/quota_surplus.html", context)


def _query(request: Request, unit: str, period: str) -> str:
    kept = {"don_vi": unit, "ky": period} | {
        name: request.GET[name] for name in ("moc", "nhom_bien_che", "giai_doan") if request.GET.get(name)
    }
    return urlencode(kept)


def _opened(one: Overview, line: Line, group: str = "") -> dict[str, str]:
    """Where each number of a line opens its rows."""
    parts = [part for part in (line.group, f"staff_group={group}" if group else "") if part]
    unit = line.code or one.place.code
    if line.code and line.code != one.place.code:
        parts = parts[1:]
    codes = {**CODES, "base": BASE}
    return {
        name: address(code, unit, (one.base_span if code == BASE else one.span).code, BETWEEN.join(parts))
        for name, code in codes.items()
    }


def _rows(unit: str, part: str, period: str, group: str) -> str:
    """Where the rows of a unit below are opened; the unit's own line stands for itself alone."""
    return address("BM01", part, period, f"unit={part}{BETWEEN}{group}" if part == unit else group)
