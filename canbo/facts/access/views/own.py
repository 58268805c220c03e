"""What one does with one's own rights: lend them, and break the glass."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from canbo.foundation.accounts.request import Request
from canbo.foundation.kernel.clock import now, today
from canbo.foundation.kernel.violation import Refused
from canbo.foundation.ui.forms import attach, tell

from .. import actions, queries
from ..choices import MANAGE
from ..forms import DelegateForm, GlassForm, ReasonForm
from ..roles import BY_CODE


def delegations(request: Request) -> HttpResponse:
    """Delegations given and received; gives a new one."""
    day = today()
    held = {str(g.pk): g for g in queries.grants(request.actor, request.user, day) if _lendable(g.role)}
    choices = [(key, f"{BY_CODE[g.role].name}, {g.unit or 'toàn hệ thống'}") for key, g in held.items()]
    form = DelegateForm(request.POST or None, grants=choices, initial={"since": day})
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            actions.delegate(request.actor, **{**values, "grant": held[values["grant"]]})
        except Refused as refused:
            attach(form, refused)
        else:
            messages.success(request, "Đã ủy quyền.")
            return redirect("delegations")
    rows = [
        {"row": row, "role": BY_CODE.get(row.grant.role), "mine": row.grant.user_id == request.user.pk}
        | {"open": row.last_day is None or row.last_day >= day}
        for row in queries.delegations(request.actor, request.user)
    ]
    return render(request, "access/delegations.html", {"form": form if choices else None, "rows": rows})


def _lendable(code: str) -> bool:
    return code in BY_CODE and BY_CODE[code].delegable


@require_POST
def end(request: Request, pk: int) -> HttpResponse:
    """Takes one of one's own delegations back from today."""
    row = queries.delegations(request.actor, request.user).get(pk=pk)
    form = ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    try:
        actions.end_delegation(request.actor, delegation=row, on=today(), reason=reason)
    except Refused as refused:
        tell(request, refused)
    else:
        messages.success(request, "Đã thôi ủy quyền.")
    return redirect("delegations")


def glass(request: Request) -> HttpResponse:
    """Opens records to an administrator for some minutes, for a stated reason."""
    request.actor.require(MANAGE)
    form = GlassForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            opened = actions.break_glass(request.actor, **form.cleaned_data, at=now())
        except Refused as refused:
            attach(form, refused)
        else:
            until = opened.until.astimezone(now().tzinfo)
            messages.warning(request, f"Hồ sơ mở đến {until:%H:%M}. Mỗi trang xem trong lúc này đều vào nhật ký.")
            return redirect("break_glass")
    return render(request, "access/break_glass.html", {"form": form})
