"""The list of a body on its way: written in a grid that keeps itself, submitted, appraised, ready for its decision."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from canbo.facts.organisation.models import Unit
from canbo.facts.organisation.queries import require_over, unit_by_code
from canbo.foundation.accounts.request import Request
from canbo.foundation.kernel.clock import today
from canbo.foundation.kernel.violation import OutOfScope, Refused, Violation

from .. import actions, forms
from ..choices import WRITE, ListState, PositionGroup
from ..models import PositionListDraft
from ..queries import positions as queries
from ..rules.positions import Read

EDITABLE = (ListState.DRAFT, ListState.RETURNED)


def body_of(request: Request, code: str) -> Unit:
    """The body with a code, over which the reader may write.

    Raises:
        OutOfScope: not hers to see.
        NotPermitted: hers to see, not to write.
    """
    request.actor.require(WRITE)
    unit = unit_by_code(request.actor, code)
    require_over(request.actor, WRITE, unit, today())
    return unit


def edit(request: Request, code: str) -> HttpResponse:
    """The grid of the list, and the step that comes next; every button keeps what was typed first."""
    unit = body_of(request, code)
    draft = queries.open_list(unit)
    faults: list[Violation] = []
    if request.method == "POST":
        try:
            if answer := _step(request, unit, draft):
                return answer
        except Refused as refused:
            faults = refused.violations
        draft = queries.open_list(unit)
    return _page(request, unit, draft, faults)


def _step(request: Request, unit: Unit, draft: PositionListDraft | None) -> HttpResponse | None:
    wish, day, actor = request.POST.get("lam", "luu"), today(), request.actor
    if draft is None or draft.state in EDITABLE:
        if wish == "chep":
            source = _source(request)
            actions.copy_list(actor, unit=unit, source=source, on=day)
            messages.success(request, f"Đã chép danh mục của {source}. Xem lại mã, số lượng rồi trình.")
            return redirect("position_list_draft", unit.code)
        if wish == "dang_dung":
            actions.save_list(actor, unit=unit, rows=queries.list_rows(unit, day), on=day)
            return redirect("position_list_draft", unit.code)
        if wish == "bo" and draft is not None:
            actions.discard_list(actor, draft=draft, on=day)
            messages.success(request, "Đã bỏ danh mục đang soạn.")
            return redirect("position_body", unit.code)
        draft = _keep(request, unit)
        if wish == "trinh":
            actions.submit_list(actor, draft=draft, on=day)
            messages.success(request, "Đã trình thẩm định.")
            return redirect("position_list_draft", unit.code)
        if wish == "luu":
            messages.success(request, "Đã lưu danh mục đang soạn.")
            return redirect("position_list_draft", unit.code)
        return None
    if wish == "rut":
        actions.withdraw_list(actor, draft=draft, on=day)
        messages.success(request, "Đã rút lại để sửa.")
    elif wish in ("dat", "tra_lai"):
        opinion = request.POST.get("opinion", "")
        actions.appraise_list(actor, draft=draft, on=day, passed=wish == "dat", opinion=opinion)
        messages.success(request, "Đã ghi kết quả thẩm định.")
    return redirect("position_list_draft", unit.code)


def _source(request: Request) -> Unit:
    code = request.POST.get("source", "").strip()
    try:
        return unit_by_code(request.actor, code, today())
    except OutOfScope:
        raise Refused(
            Violation(
                "POSITION-COPY-SOURCE",
                f"Không có đơn vị mã “{code}” trong phạm vi của bạn.",
                "source",
                fix="Ghi mã đơn vị; xem mã ở trang đơn vị.",
            )
        ) from None


def _keep(request: Request, unit: Unit) -> PositionListDraft:
    return actions.save_list(
        request.actor,
        unit=unit,
        rows=forms.positions_typed(request.POST),
        on=today(),
        legal_basis=request.POST.get("legal_basis", ""),
    )


@require_POST
def keep(request: Request, code: str) -> HttpResponse:
    """Keeps what was typed so far and answers with what is still wrong."""
    unit = body_of(request, code)
    try:
        draft = _keep(request, unit)
    except Refused as refused:
        return render(request, "staffing/list_state.html", {"refused": refused.violations, "read": None, "draft": None})
    return render(request, "staffing/list_state.html", {"draft": draft, "read": _read(draft), "refused": []})


def _stages(draft: PositionListDraft | None) -> list[tuple[str, str]]:
    """The steps of a list, each done, under way, or still to come."""
    steps = [ListState.DRAFT, ListState.SUBMITTED, ListState.APPRAISED, ListState.APPROVED]
    state = ListState(draft.state) if draft is not None else ListState.DRAFT
    now = steps.index(ListState.DRAFT if state == ListState.RETURNED else state)
    return [(step.label.capitalize(), "done" if n < now else "now" if n == now else "") for n, step in enumerate(steps)]


def _read(draft: PositionListDraft | None) -> Read:
    return queries.read_rows(draft.rows if draft else [], today())


def _page(request: Request, unit: Unit, draft: PositionListDraft | None, faults: list[Violation]) -> HttpResponse:
    day = today()
    read = _read(draft)
    grid = forms.position_grid(draft.rows if draft else [], day)
    if faults:
        for index, fault in read.faults:
            row = grid.forms[index]
            row.add_error(fault.field if fault.field in row.fields else "code", str(fault).replace("%", "%%"))
    context: dict[str, Any] = {
        "unit": unit,
        "draft": draft,
        "read": read,
        "grid": grid,
        "lists": forms.word_lists(day),
        "editable": draft is None or draft.state in EDITABLE,
        "present": queries.approval_at(unit, day),
        "has_positions": bool(queries.list_rows(unit, day)) if draft is None else False,
        "refused": faults,
        "opinion": request.POST.get("opinion", ""),
        "own": draft is not None and draft.submitter_id is not None and draft.submitter_id == request.actor.user_id,
        "stages": _stages(draft),
        "groups": dict(PositionGroup.choices),
        "may_decide": request.actor.may("decision.record"),
    }
    return render(request, "staffing/list.html", context)
