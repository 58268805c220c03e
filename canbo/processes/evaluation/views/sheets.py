"""The sheets of a cycle as a list, and who has none."""

from __future__ import annotations

from typing import Any

from django.http.response import HttpResponseBase
from django.urls import reverse

from canbo.foundation.accounts.request import Request
from canbo.foundation.kernel.clock import today
from canbo.foundation.ui.lists import Action, Empty, list_page

from .. import queries
from ..actions.sendings import take_out
from ..choices import READ
from ..tables.sheets import AbsentTable, SheetFilter, SheetTable, search_absent, search_sheets
from .cycle import find


def index(request: Request, pk: int) -> HttpResponseBase:
    """Every sheet of a cycle in the reader's scope: found by name, narrowed by state, grade, unit, lateness."""
    cycle = find(request, pk, READ)
    request.evaluation_cycle = cycle  # type: ignore[attr-defined]  # the filter of late steps asks for it
    back = [Action("Kỳ đánh giá", reverse("evaluation_cycle", args=[pk]), "left", True)]
    return list_page(
        request,
        key="evaluation_sheets",
        title=f"Phiếu đánh giá {cycle.span}",
        noun="phiếu",
        rows=queries.sheets_within(request.actor, cycle, today()),
        table=SheetTable,
        filters=SheetFilter,
        search=search_sheets,
        search_hint="Tìm tên người, tập thể",
        count_up_to=10_000,
        actions=back,
        on_export=lambda rows: _log(request, "danh sách phiếu", cycle, rows),
        empty=Empty("Không có phiếu nào trong phạm vi của bạn", "Xem danh sách người không xếp loại và lý do.", back),
    )


def absent(request: Request, pk: int) -> HttpResponseBase:
    """People of the scope without a sheet, each with the reason and its article."""
    cycle = find(request, pk, READ)
    return list_page(
        request,
        key="evaluation_absent",
        title=f"Không xếp loại {cycle.span}",
        noun="người",
        rows=queries.not_graded(request.actor, cycle, today()),
        table=AbsentTable,
        search=search_absent,
        actions=[Action("Kỳ đánh giá", reverse("evaluation_cycle", args=[pk]), "left", True)],
        on_export=lambda rows: _log(request, "danh sách không xếp loại", cycle, rows),
        empty=Empty("Ai trong phạm vi cũng có phiếu"),
    )


def _log(request: Request, what: str, cycle: Any, rows: int) -> None:
    take_out(request.actor, what=what, cycle=cycle, unit=cycle.unit, rows=rows)
