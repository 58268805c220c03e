"""What the pages of sheets share: reading what was sent, doing one thing to a sheet, the page again where refused."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from canbo.foundation.accounts.request import Request
from canbo.foundation.kernel.clock import today
from canbo.foundation.kernel.violation import Refused, Violation

from .. import queries
from ..models import Sheet

FIELDS = "o."
"""Mark of the fields of the person's own form."""
NOTHING_SENT = {"nhan_xet": "", "ly_do": ""}
"""What the superior's forms hold before anything was sent."""


def sent(request: Request, mark: str) -> dict[str, str]:
    """What was sent under a mark, without it."""
    return {name.removeprefix(mark): str(value) for name, value in request.POST.items() if name.startswith(mark)}


def chosen(request: Request) -> set[int]:
    """The sheets that were ticked."""
    return {int(value) for value in request.POST.getlist("chon") if value.isdigit()}


def version(text: str | None) -> int:
    """The version a form was shown with; 0, which no sheet has, where none can be read."""
    return int(text) if text and text.isdigit() else 0


def sheet_of(request: Request, pk: int) -> Sheet:
    """The sheet of an address, as far as the reader may see it, for acting upon; its points are not worked out."""
    return queries.sheet_by_id(request.actor, pk, today(), ("cycle", "person", "collective"))


def drawn(request: Request, pk: int, told: Sequence[Violation] = ()) -> HttpResponse:
    """The page of a sheet, with what was refused and what was sent."""
    page = queries.sheet_page(request.actor, pk, today())
    typed = sent(request, FIELDS)
    context = {
        "page": page,
        "refusals": list(told),
        "typed": typed,
        "wrong": _by_field(pk, told) if typed else {},
        "sent": NOTHING_SENT | request.POST.dict(),
    }
    return render(request, "evaluation/sheet.html", context, status=422 if told else 200)


def acted(request: Request, pk: int, words: str, act: Callable[[], object]) -> HttpResponse:
    """Acts and goes back to the sheet; refused, the page keeps what was sent."""
    try:
        act()
    except Refused as refused:
        return drawn(request, pk, refused.violations)
    messages.success(request, words)
    return redirect("evaluation_sheet", pk)


def _by_field(pk: int, told: Sequence[Violation]) -> dict[str, str]:
    mark = f"{pk}."
    return {v.field.removeprefix(mark).removeprefix("score."): str(v) for v in told if v.field}
