"""The board of a unit: number, quality, progress, and a row for each person."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from canbo.facts.organisation.models import Unit
from canbo.facts.organisation.queries import unit_by_code
from canbo.foundation.accounts.request import Request
from canbo.foundation.kernel.dates import add_months
from canbo.foundation.kernel.period import Span
from canbo.foundation.ui import xlsx

from .. import queries
from ..choices import READ

HEADERS = (
    ("Họ và tên", "text"),
    ("Đơn vị", "text"),
    ("Số việc", "number"),
    ("Xong", "number"),
    ("Chậm", "number"),
    ("Ngày chậm", "number"),
    ("Việc bị trả lại", "number"),
    ("Lần trả lại", "number"),
    ("Vượt mức", "number"),
    ("Không hoàn thành", "number"),
    ("Chờ nghiệm thu", "number"),
    ("SL giao quy đổi", "number"),
    ("SL xong quy đổi", "number"),
)


def board(request: Request) -> HttpResponseBase:
    """A period of a unit's work; ``ky`` is a period, ``don_vi`` the code of a unit."""
    request.actor.require(READ)
    day = request.day
    fault = ""
    try:
        span = Span.parse(request.GET.get("ky", "") or f"{day:%Y-%m}")
    except ValueError as error:
        span, fault = Span.parse(f"{day:%Y-%m}"), str(error)
    code = request.GET.get("don_vi", "").strip()
    unit = unit_by_code(request.actor, code, day) if code else None
    rows = queries.shares_of(request.actor, span.first, span.last, unit)
    people = queries.by_person(rows, day)
    if request.GET.get("xuat") == "xlsx":
        return _workbook(span, people)
    total = queries.overall(rows, day)
    context = {
        "span": span,
        "fault": fault,
        "unit": unit,
        "total": total,
        "people": people,
        "periods": _periods(day),
        "query": _query(span, unit),
        "listed": f"{reverse('work_given')}?tu={span.first:%d/%m/%Y}&den={span.last:%d/%m/%Y}",
    }
    return _drawn(request, context)


def _drawn(request: Request, context: dict[str, Any]) -> HttpResponse:
    return render(request, "work/board.html", context)


def _periods(day: dt.date) -> list[Span]:
    """This month and the five before it, this quarter and this year."""
    months = [Span.parse(f"{add_months(day.replace(day=1), -back):%Y-%m}") for back in range(6)]
    return [*months, Span.parse(f"{day.year}-Q{(day.month - 1) // 3 + 1}"), Span.parse(str(day.year))]


def _query(span: Span, unit: Unit | None) -> str:
    return f"ky={span.code}" + (f"&don_vi={unit.code}" if unit else "")


def _workbook(span: Span, people: list[tuple[dict[str, object], queries.Work]]) -> HttpResponseBase:
    rows = (
        [
            who["person__name"],
            who["unit__name"],
            work.tasks,
            work.done,
            work.late,
            work.late_days,
            work.returned,
            work.returns,
            work.exceeded,
            work.failed,
            work.waiting,
            work.assigned,
            work.produced,
        ]
        for who, work in people
    )
    return xlsx.response(f"Nhiệm vụ {span}", HEADERS, rows, notes=[("Kỳ", str(span))])
