"""Evaluations in scope, and opening one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from canbo.foundation.accounts.request import Request
from canbo.foundation.jobs.actions import submit
from canbo.foundation.kernel.clock import now, today
from canbo.foundation.kernel.violation import Refused
from canbo.foundation.ui.forms import attach
from canbo.foundation.ui.lists import Action, Empty, list_page

from .. import actions, queries
from ..choices import MANAGE
from ..forms.cycles import OpenForm
from ..rules.typed_period import typed_period
from ..tables.cycles import CycleFilter, CycleTable


def index(request: Request) -> HttpResponseBase:
    """Every evaluation that concerns the reader's units: where it stands, what is due next, how far it is."""
    actor, day = request.actor, today()
    rows = queries.cycles(actor, day)
    new = [Action("Mở kỳ đánh giá", reverse("evaluation_open"), "plus")] if actor.may(MANAGE) else []

    def prepare(shown: list[Any]) -> None:
        done, coming = queries.done_counts(actor, shown, day), queries.next_deadlines(shown, day)
        for cycle in shown:
            cycle.done, cycle.every = done.get(cycle.pk, (0, 0))
            cycle.coming = coming.get(cycle.pk)
            cycle.day = day

    return list_page(
        request,
        key="evaluation_cycles",
        title="Kỳ đánh giá",
        noun="kỳ",
        rows=rows,
        table=CycleTable,
        filters=CycleFilter,
        prepare=prepare,
        actions=new,
        empty=Empty(
            "Chưa có kỳ đánh giá nào",
            "Mở một kỳ: chọn bộ quy tắc, tháng, quý hoặc năm và đơn vị. Phiếu của từng người được lập theo chức vụ "
            "trong kỳ, kèm lý do vì sao có phiếu hoặc không xếp loại."
            if new
            else "Kỳ đánh giá của đơn vị bạn hiện ở đây khi bộ phận tổ chức cán bộ mở kỳ.",
            new,
        ),
    )


def open_new(request: Request) -> HttpResponse:
    """Opens an evaluation: at once, or in the background where the scope is large."""
    request.actor.require(MANAGE)
    day = today()
    form = OpenForm(
        request.POST if request.method == "POST" else None,
        actor=request.actor,
        books=_books(request),
        initial={"period": f"{day:%m/%Y}", "people": True, "rulebook": request.GET.get("bo", "")},
    )
    if request.method == "POST" and form.is_valid() and (done := _opened(request, form)):
        return done
    return render(
        request, "evaluation/cycles/open.html", {"form": form}, status=422 if request.method == "POST" else 200
    )


def _books(request: Request) -> list[tuple[str, str]]:
    """The books of the period typed, else those of today; what was chosen stays among them, so that it can be refused."""
    typed = request.POST.get("period", "")
    try:
        span = typed_period(typed) if typed else None
    except ValueError:
        span = None
    on = span.first if span else today()
    found = dict(queries.offered_books(None, None, on)) | dict(queries.offered_books(None, None, today()))
    return list(found.items())


def _opened(request: Request, form: OpenForm) -> HttpResponse | None:
    values = form.cleaned_data
    unit, span = values["unit"], values["period"]
    asked = {name: values[name] for name in ("rulebook", "people", "collectives", "special_dates")}
    try:
        if queries.is_large(unit, today()):
            queries.may_open(request.actor, unit, today())
            queries.asked(
                values["rulebook"], span.code, unit, people=values["people"], collectives=values["collectives"]
            )
            title = f"Mở kỳ đánh giá {span}, {unit.name}"
            row = submit(
                request.actor, kind="evaluation.open_cycle", title=title, unit=unit.pk, period=span.code, **asked
            )
            return redirect("job", row.pk)
        cycle = actions.open_cycle(request.actor, unit=unit, period=span.code, at=now(), **asked)
    except Refused as refused:
        attach(form, refused)
        return None
    messages.success(
        request, "Đã mở kỳ và lập phiếu. Kiểm tra người không xếp loại và cấp trên trực tiếp trước khi báo."
    )
    return redirect("evaluation_cycle", cycle.pk)
