"""The lines of a plan: seen, added from a grid or from Excel, changed, removed."""

from __future__ import annotations

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from canbo.facts.organisation.queries import search
from canbo.foundation import rulebooks
from canbo.foundation.accounts.request import Request
from canbo.foundation.kernel.clock import today
from canbo.foundation.kernel.violation import Refused, Violation
from canbo.foundation.ui.forms import attach

from .. import actions
from ..actions.drafting import COLUMNS
from ..choices import PREPARE, READ
from ..forms import grid_of, row_form
from ..queries.naming import named_rows, row_by_id, with_names
from .common import find, frame, paged, told


def kinds() -> list[str]:
    """Names of kinds and types of units, offered while one types."""
    rules = rulebooks.current()
    rows = [
        *rules.catalogue("organisation.kinds.types", on=today()),
        *rules.catalogue("organisation.kinds.units", on=today()),
    ]
    return list(dict.fromkeys(row.label for row in rows))


def index(request: Request, pk: int) -> HttpResponse:
    """The lines, page by page, and a grid for new ones."""
    case = find(request, pk, PREPARE if request.method == "POST" else READ)
    grid = grid_of(kinds())
    refused: list[Violation] = []
    if request.method == "POST":
        grid = grid_of(kinds(), request.POST)
        if grid.is_valid():
            rows = [row for row in (form.cleaned_data for form in grid) if any(row.values())]
            try:
                actions.set_rows(request.actor, case=case, rows=rows, add=True)
            except Refused as refusal:
                refused = refusal.violations
            else:
                return redirect(f"{reverse('restructuring_rows', args=[pk])}?trang=9999")
    text = request.GET.get("q", "").strip()
    page = paged(request, named_rows(request.actor, case, text))
    context = {**frame(request, case, "restructuring_rows"), "page": page, "text": text, "grid": grid, "kinds": kinds()}
    context["refused"] = refused
    context["rows"] = with_names(list(page.object_list), case.on)
    return render(request, "restructuring/rows.html", context)


def change(request: Request, pk: int, row: int) -> HttpResponse:
    """Changes one line."""
    case = find(request, pk, PREPARE)
    line = row_by_id(request.actor, case, row)
    columns = {name: getattr(line, name) for name in COLUMNS if name != "level"}
    form = row_form(kinds())(request.POST or None, initial=columns)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_row(request.actor, line=line, **form.cleaned_data)
        except Refused as refused:
            attach(form, refused)
        else:
            return redirect("restructuring_rows", pk)
    context = {**frame(request, case, "restructuring_rows"), "form": form, "line": line, "kinds": kinds()}
    return render(request, "restructuring/row.html", context)


@require_POST
def drop(request: Request, pk: int) -> HttpResponse:
    """Removes the marked lines."""
    case = find(request, pk, PREPARE)
    rows = [int(text) for text in request.POST.getlist("chon") if text.isascii() and text.isdecimal()]
    return told(
        request, lambda: actions.drop_rows(request.actor, case=case, rows=rows), f"Đã bỏ {len(rows)} dòng.",
        "restructuring_rows", pk,
    )  # fmt: skip


def lookup(request: Request) -> HttpResponse:
    """Suggestions while one types: units the reader may see."""
    request.actor.require(PREPARE)
    text = request.GET.get("q", "").strip()[:100]
    found = search(request.actor, text, today(), limit=12) if len(text) > 1 else []
    return JsonResponse({"rows": [{"value": unit.code, "label": unit.name} for unit in found]})
