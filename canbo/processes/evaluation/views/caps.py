"""The cap on the highest grade group by group, allowing more; and correcting what a sheet was opened with."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from canbo.facts.organisation.queries import unit_by_code
from canbo.foundation.accounts.request import Request
from canbo.foundation.kernel.clock import now, today
from canbo.foundation.kernel.violation import OutOfScope, Refused
from canbo.foundation.ui.forms import attach

from .. import actions, queries
from ..choices import DECIDE, MANAGE, READ, State
from ..forms.caps import AllowForm, CorrectForm
from ..models import Sheet
from ..queries.outputs.lists import groups_under_cap
from .cycle import find, over

PEOPLE = ("superior", "decider", "represented_by")
UNITS = ("unit", "body", "decides_at")


def caps(request: Request, pk: int) -> HttpResponse:
    """Where each group stands to the cap, who is at the boundary; more is allowed here, with a reason."""
    cycle = find(request, pk, READ)
    decides = over(request, DECIDE, cycle) and not cycle.closed
    posted = request.method == "POST"
    if posted:
        request.actor.require(DECIDE)
    form = AllowForm(
        request.POST if posted else None,
        actor=request.actor,
        initial={"body": request.GET.get("co_quan", ""), "cap_group": request.GET.get("nhom", "")},
    )
    if posted and form.is_valid():
        try:
            row = actions.allow_more(request.actor, cycle=cycle, at=now(), **form.cleaned_data)
        except Refused as refused:
            attach(form, refused)
        else:
            messages.success(
                request, f"Đã cho phép vượt tỷ lệ: {row.body.name}{', ' + row.cap_group if row.cap_group else ''}."
            )
            return redirect("evaluation_caps", pk)
    code, fault, under = request.GET.get("don_vi", "").strip(), "", None
    if code:
        try:
            under = unit_by_code(request.actor, code, today())
        except OutOfScope:
            fault = f"Không có đơn vị mã {code} trong phạm vi của bạn."
    context = {
        "cycle": cycle,
        "caps": groups_under_cap(request.actor, cycle, under),
        "code": code,
        "fault": fault,
        "form": form if decides or posted else None,
        "allowances": queries.allowances(cycle),
    }
    return render(request, "evaluation/cycles/caps.html", context, status=422 if posted else 200)


def correct(request: Request, pk: int) -> HttpResponse:
    """Corrects unit, post, group, superior or decider of a sheet, with a reason; the former values stay on record."""
    request.actor.require(MANAGE)
    sheet, standpoint = queries.readable_sheet(request.actor, pk, today())
    queries.may_open(request.actor, sheet.unit, today())
    held = _held(sheet)
    form = CorrectForm(
        request.POST if request.method == "POST" else None,
        actor=request.actor,
        collective=sheet.collective_id is not None,
        initial=held,
    )
    if request.method == "POST" and form.is_valid() and _corrected(request, sheet, form):
        return redirect("evaluation_sheet", pk)
    context = {
        "sheet": sheet,
        "name": (sheet.person or sheet.collective or sheet).__str__(),
        "form": form,
        "own": standpoint.own,
        "decided": sheet.state in (State.DECIDED, State.CLOSED),
    }
    return render(request, "evaluation/cycles/correct.html", context, status=422 if request.method == "POST" else 200)


def _held(sheet: Sheet) -> dict[str, Any]:
    held: dict[str, Any] = {"title": sheet.title, "standing": sheet.standing, "cap_group": sheet.cap_group}
    for name in (*PEOPLE, *UNITS):
        row = getattr(sheet, name)
        held[name] = row.code if row is not None else ""
    return held


def _corrected(request: Request, sheet: Sheet, form: CorrectForm) -> bool:
    values = dict(form.cleaned_data)
    reason = values.pop("reason")
    changes = {name: value for name, value in values.items() if value != getattr(sheet, name)}
    if not changes:
        form.add_error(None, "Chưa có mục nào thay đổi.")
        return False
    try:
        actions.correct_sheet(request.actor, sheet=sheet, reason=reason, at=now(), changes=changes)
    except Refused as refused:
        attach(form, refused)
        return False
    messages.success(request, "Đã sửa phiếu. Giá trị cũ giữ ở phần diễn biến.")
    return True
