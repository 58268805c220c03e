"""The table of a period of years, and the draft of the next one."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from canbo.foundation.accounts.request import Request
from canbo.foundation.kernel.clock import today
from canbo.foundation.kernel.violation import Refused, Violation
from canbo.foundation.ui.files import download

from .. import actions, drafting, paper, queries, scope
from ..choices import READ, WRITE
from ..quotas import goals, papers, pictures
from ..quotas.overview import BASE
from ..quotas.periods import PeriodTable, Row, period_table
from ..quotas.proposals import Proposal, ProposedRow, proposal
from ..quotas.shares import rebalanced, steps
from ..rules import BETWEEN
from ..screens import address
from .asked import choice, refusals
from .quotas import base_of, period_around, where

TITLE = "Biên chế theo giai đoạn"
_YEARS = re.compile(r"^(\d{4})\s*-\s*(\d{4})$")
LONGEST = 12


def _years(text: str, usual: tuple[int, int]) -> tuple[int, int]:
    """The years of ``2016-2021``; refused when they cannot be a period."""
    if not text:
        return usual
    found = _YEARS.match(text)
    first, last = (int(found[1]), int(found[2])) if found else (1, 0)
    if not 0 <= last - first < LONGEST:
        raise queries.refused(
            "QUOTA-PERIOD",
            f"Giai đoạn “{text}” không đọc được, hoặc dài quá {LONGEST} năm.",
            field="giai_doan",
            fix="Ghi năm đầu-năm cuối, ví dụ 2022-2026.",
        )
    return first, last


def _table(request: Request, unit: str, period: str) -> PeriodTable:
    data = request.POST if request.method == "POST" else request.GET
    span = queries.span(period)
    place = scope.place(request.actor, READ, unit, span)
    first, last = _years(data.get("giai_doan", "").strip(), period_around(span.last))
    if first > span.last.year:
        raise queries.refused("QUOTA-PERIOD", f"Giai đoạn {first}-{last} chưa bắt đầu.", field="giai_doan")
    base = base_of(request, first, span.last)
    return period_table(place, data.get("nhom_bien_che", "").strip(), first, last, base, span.last)


def page(request: Request) -> HttpResponse:
    """One group's period: assigned and cut by unit and year, the staircase, the draft of the next period."""
    unit, period = where(request)
    try:
        table = _table(request, unit, period)
    except Refused as refused:
        return refusals(request, refused, unit, period, TITLE)
    return _shown(request, unit, period, table, proposal(table))


def _shown(
    request: Request,
    unit: str,
    period: str,
    table: PeriodTable,
    proposed: Proposal | None,
    refused: list[Violation] | None = None,
) -> HttpResponse:
    kept = {"don_vi": unit, "ky": period, "giai_doan": table.code, "nhom_bien_che": table.group}
    kept["moc"] = table.base_day.isoformat()
    periods = dict.fromkeys([(2016, 2021), (2022, 2026), (table.first, table.last), period_around(table.day)])
    context = {
        **choice(request, unit, period),
        "table": table,
        "rows": [(row, _cells(table, row)) for row in table.rows],
        "total": _cells(table, table.total),
        "stairs": pictures.staircase(table),
        "proposed": proposed,
        "refused": refused or [],
        "may_write": request.actor.may(WRITE),
        "base_days": goals.marked_days(table.day),
        "kept": kept,
        "ranges": [f"{first}-{last}" for first, last in sorted(periods) if first <= table.day.year],
        "query": urlencode(kept),
    }
    status = 422 if refused else 200
    return render(request, "reports/quota_period.html", context, status=status)


def _cells(table: PeriodTable, row: Row) -> list[tuple[int, int | None, str]]:
    """Number, cut of the year and address of the rows: the baseline first, then year by year."""
    # The unit's own line stands for itself alone; every other one for a unit with all that lies under it.
    group = f"staff_group={table.group}"
    if row.code == table.place.code:
        group = f"unit={row.code}{BETWEEN}{group}"
    code = row.code or table.place.code
    spans = [table.base_span, *(table.span_of(column) for column in table.columns)]
    urls = [address(BASE, code, span.code, group) for span in spans]
    return list(zip([row.base, *row.assigned], [None, *row.yearly], urls, strict=True))


def period_file(request: Request, ending: str) -> HttpResponse:
    """The table with the draft of the next period, as a paper or a workbook."""
    unit, period = where(request)
    try:
        table = _table(request, unit, period)
        document = papers.period_document(table, proposal(table))
        content = paper.written(f"x.{ending}", document, drafting.head(request.actor, document, today()))
    except Refused as refused:
        return refusals(request, refused, unit, period, TITLE)
    return download(content, f"bien-che-{document.unit}-{table.code}", ending)


@require_POST
def propose(request: Request) -> HttpResponse:
    """Keeps the draft, or shares it out anew; on refusal the page comes back with everything that was typed."""
    unit, period = where(request)
    request.actor.require(WRITE)
    try:
        table = _table(request, unit, period)
    except Refused as refused:
        return refusals(request, refused, unit, period, TITLE)
    proposed = proposal(table)
    if proposed is None:
        return _shown(request, unit, period, table, None)
    typed, faults = _typed(request, proposed)
    if request.POST.get("lam") == "chia" and not faults:
        numbers = rebalanced({row.code: row.end for row in typed.rows}, typed.total)
        typed.rows = [_with(row, numbers[row.code], len(typed.years)) for row in typed.rows]
        return _shown(request, unit, period, table, typed)
    if not faults:
        try:
            actions.write_proposal(
                request.actor,
                unit=unit,
                staff_group=table.group,
                first_year=typed.first,
                last_year=typed.last,
                percent=typed.percent,
                total=typed.total,
                numbers={row.code: row.end for row in typed.rows},
                day=table.day,
            )
        except Refused as refused:
            faults = list(refused.violations)
    if faults:
        return _shown(request, unit, period, table, typed, faults)
    messages.success(request, "Đã lưu dự kiến. Dự kiến là bản nháp, không làm thay đổi biên chế.")
    kept = {"don_vi": unit, "ky": period, "giai_doan": table.code, "nhom_bien_che": table.group}
    return redirect(f"{reverse('quota_period')}?{urlencode(kept | {'moc': table.base_day.isoformat()})}#du-kien")


def _typed(request: Request, proposed: Proposal) -> tuple[Proposal, list[Violation]]:
    """The draft with what was typed in place of what it held; whatever is no number is named."""
    faults: list[Violation] = []

    def whole(name: str, label: str, usual: int) -> int:
        text = request.POST.get(name, "").strip().replace(".", "")
        if text.isdecimal() and len(text) < 9:
            return int(text)
        faults.append(Violation("QUOTA-NUMBER", f"{label}: “{text}” không phải là số nguyên.", field=name))
        return usual

    try:
        percent = Decimal(request.POST.get("ty_le", "").strip().replace(",", ".") or proposed.percent)
        if not 0 <= percent <= 100:
            raise InvalidOperation
    except InvalidOperation:
        percent = proposed.percent
        faults.append(Violation("QUOTA-NUMBER", "Tỷ lệ giảm là số từ 0 đến 100.", field="ty_le"))
    rows = [_with(row, whole(f"so-{row.code}", row.name, row.end), len(proposed.years)) for row in proposed.rows]
    total = whole("tong", "Tổng", proposed.total)
    return Proposal(proposed.first, proposed.last, proposed.goal, percent, total, rows, proposed.saved), faults


def _with(row: ProposedRow, end: int, years: int) -> ProposedRow:
    return ProposedRow(row.code, row.name, row.now, end, steps(row.now, end, years))
