"""The list of cases, a new one, the page of one, its steps."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from canbo.foundation.accounts.request import Request
from canbo.foundation.kernel.clock import today
from canbo.foundation.kernel.violation import Refused, Violation
from canbo.foundation.ui.day import is_today
from canbo.foundation.ui.forms import attach
from canbo.foundation.ui.lists import Action, Empty, list_page

from .. import actions, queries
from ..choices import DECIDED, PREPARE, READ, WITHDRAWN
from ..forms import CaseForm, ReasonForm, StepForm
from ..models import Restructuring, Step
from ..queries.naming import unit_meant
from ..queries.overview import with_places
from ..queries.seeing import moved_of, parts_of, plan_seen
from ..rules import Plan
from ..rules.reading import read_lines
from ..tables import CaseFilter, CaseTable
from .carrying import under_way
from .common import find, frame, told

SMALL = 400
"""Lines of a plan whose effects are told on the page of the case itself."""


def index(request: Request) -> HttpResponseBase:
    """The cases the reader may see."""
    request.actor.require(READ)
    new = [Action("Lập phương án", reverse("restructuring_new"), "plus")] if request.actor.may(PREPARE) else []
    return list_page(
        request,
        key="restructurings",
        title="Sắp xếp tổ chức",
        noun="phương án",
        rows=queries.cases(request.actor, today()),
        table=CaseTable,
        filters=CaseFilter,
        search=lambda rows, text: rows.filter(title__icontains=text),
        search_hint="Tìm theo tên phương án",
        prepare=with_places,
        actions=new,
        empty=Empty(
            "Chưa có phương án nào",
            "Ở đây hiện các đợt thành lập, sáp nhập, chia tách, giải thể, đổi tên: từ đề xuất đến bàn giao. "
            "Lập phương án mới, ghi từng dòng hoặc thả tệp csv; máy cho xem trước mọi thay đổi, chưa ghi gì.",
            new,
        ),
    )


def new(request: Request) -> HttpResponse:
    """Opens a case: typed here, or begun from a file."""
    request.actor.require(PREPARE)
    form = CaseForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            case = _drafted(request, form.cleaned_data)
        except Refused as refused:
            attach(form, refused)
        else:
            return redirect("restructuring" if case.source else "restructuring_rows", case.pk)
    return render(request, "restructuring/new.html", {"form": form})


def _drafted(request: Request, wanted: dict[str, Any]) -> Restructuring:
    faults: list[Violation] = []
    scope, source = None, ""
    rows: list[Mapping[str, str]] = []
    if wanted["scope"]:
        try:
            scope = unit_meant(request.actor, wanted["scope"], today(), "scope")
        except Refused as refused:
            faults += refused.violations
    if wanted["file"]:
        source = wanted["file"].name
        rows, wrong = lines_of_file(wanted["file"].read())
        faults += wrong
    if faults:
        raise Refused(faults)
    return actions.draft(
        request.actor, title=wanted["title"], on=wanted["on"], scope=scope, day=today(), source=source, rows=rows
    )


def lines_of_file(content: bytes) -> tuple[list[Mapping[str, str]], list[Violation]]:
    """Lines of a csv file, and everything wrong with it, each fault belonging to the field of the file."""
    try:
        found, faults = read_lines(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        wrong = Violation(
            "RESTRUCTURE-ENCODING", "Tệp không phải csv mã UTF-8.", field="file",
            fix="Trong Excel: Lưu dưới dạng “CSV UTF-8 (phân cách bằng dấu phẩy)”.",
        )  # fmt: skip
        return [], [wrong]
    return [row for _, row in found], [replace(fault, field="file") for fault in faults]


@dataclass(frozen=True)
class Mark:
    """A step on the line of a case: taken (with its entries), the present one, or still ahead."""

    label: str
    taken: list[Step]
    now: bool
    ahead: bool


def line_of(case: Restructuring, taken: list[Step]) -> list[Mark]:
    """Every step of the rulebook with what was entered for it."""
    known = queries.stages(case.on)
    keys = [stage.key for stage in known]
    at = keys.index(case.state) if case.state in keys else len(keys)
    return [
        Mark(stage.label, [step for step in taken if step.key == stage.key], place == at, place > at)
        for place, stage in enumerate(known)
    ]


def page(request: Request, pk: int) -> HttpResponse:
    """One case: where it stands, what it would do or did, what may be done next."""
    case = find(request, pk)
    return _page(request, case)


def _page(request: Request, case: Restructuring, form: StepForm | None = None) -> HttpResponse:
    taken = list(queries.steps(request.actor, case))
    offers = queries.next_stages(request.actor, case, today()) if is_today(request) else []
    choices = [
        (offer.stage.key, f"Trả lại: {offer.stage.label}" if offer.back else offer.stage.label)
        for offer in offers
        if offer.back or offer.stage.key != DECIDED
    ]
    context = frame(request, case, "restructuring")
    if context["may_prepare"] and choices and form is None:
        form = StepForm(steps=choices, initial={"on": today()})
    context |= {
        "line": line_of(case, taken),
        "other_steps": [step for step in taken if step.key not in {s.key for s in queries.stages(case.on)}],
        "step_form": form if context["may_prepare"] and choices else None,
        "decides": any(offer.stage.key == DECIDED and not offer.back for offer in offers),
        "lines": queries.operations(request.actor, case).count(),
        "eve": case.on - dt.timedelta(days=1),
        **under_way(request, case),
    }
    plan = _small_plan(request, case, context)
    context |= {"plan": plan, "moved": moved_of(plan) if plan else [], "parts": parts_of(plan) if plan else []}
    return render(request, "restructuring/case.html", context)


def _small_plan(request: Request, case: Restructuring, context: dict[str, Any]) -> Plan | None:
    """The plan where it is soon computed; that of thousands of lines is opened on its own page."""
    if context["busy"] or not context["lines"] or context["lines"] > SMALL or case.state == WITHDRAWN:
        return None
    return plan_seen(request.actor, case)


@require_POST
def step(request: Request, pk: int) -> HttpResponse:
    """Takes the next step, or gives the case back to an earlier one."""
    case = find(request, pk, PREPARE)
    choices = [(offer.stage.key, offer.stage.label) for offer in queries.next_stages(request.actor, case, today())]
    form = StepForm(request.POST, steps=choices)
    if form.is_valid():
        try:
            actions.take_step(request.actor, case=case, **form.cleaned_data)
        except Refused as refused:
            attach(form, refused)
        else:
            return redirect("restructuring", pk)
    return _page(request, case, form)


def withdraw(request: Request, pk: int) -> HttpResponse:
    """Takes a case back for good before it was carried out."""
    case = find(request, pk, PREPARE)
    form = ReasonForm(request.POST or None, initial={"on": today()})
    if request.method == "POST" and form.is_valid():
        try:
            actions.withdraw(request.actor, case=case, **form.cleaned_data)
        except Refused as refused:
            attach(form, refused)
        else:
            return told(request, lambda: None, "Đã rút phương án.", "restructuring", pk)
    return render(request, "restructuring/withdraw.html", {"form": form, **frame(request, case, "")})
