"""Deciding upon a plan, carrying it out in the background, annulling it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from canbo.facts.decisions.models import Decision
from canbo.facts.decisions.queries import find as find_decisions
from canbo.foundation.accounts.request import Request
from canbo.foundation.jobs.models import Job
from canbo.foundation.jobs.queries import job_by_id
from canbo.foundation.kernel.clock import today
from canbo.foundation.kernel.violation import OutOfScope, Refused, Violation
from canbo.foundation.ui.forms import attach
from canbo.foundation.ui.job_pages import progress as job_progress

from .. import actions, queries
from ..actions.undoing import obstacles as obstacles_of
from ..choices import APPLY, HANDING
from ..forms import DecideForm, ReasonForm
from ..models import Restructuring
from ..queries.seeing import moved_of, parts_of, plan_seen
from .common import find, frame, told


def decide(request: Request, pk: int) -> HttpResponse:
    """Fixes the plan under a decision of the ledger; says before what stands in the way."""
    case = find(request, pk, APPLY)
    form = DecideForm(request.POST or None, initial={"on": today()})
    if request.method == "POST" and form.is_valid():
        wanted = form.cleaned_data
        try:
            decision = _decision(request, wanted["number"])
            actions.decide(request.actor, case=case, decision=decision, on=wanted["on"], reason=wanted["reason"])
        except Refused as refused:
            attach(form, refused)
        else:
            return told(request, lambda: None, f"Đã quyết định theo {decision}.", "restructuring", pk)
    plan = plan_seen(request.actor, case)
    context = {"form": form, "plan": plan, "parts": parts_of(plan), "moved": moved_of(plan), **frame(request, case, "")}
    return render(request, "restructuring/decide.html", context)


def _decision(request: Request, number: str) -> Decision:
    found = list(find_decisions(request.actor, number, today())[:2])
    if len(found) == 1:
        return found[0]
    what = "Trong sổ chưa có quyết định" if not found else "Trong sổ có nhiều quyết định mang"
    fix = "Ghi quyết định vào sổ trước." if not found else "Ghi số kèm ký hiệu của cơ quan ban hành."
    raise Refused(Violation("RESTRUCTURE-DECISION", f"{what} số {number}.", field="number", fix=fix))


@require_POST
def apply(request: Request, pk: int) -> HttpResponse:
    """Starts the carrying out; the page then shows how far it is, and can be left."""
    case = find(request, pk, APPLY)
    return told(request, lambda: actions.start_apply(request.actor, case=case), "", "restructuring", pk)


def annul(request: Request, pk: int) -> HttpResponse:
    """Takes a carried out case back, with a reason; says before what rests on it."""
    case = find(request, pk, APPLY)
    form = ReasonForm(request.POST or None, initial={"on": today()})
    form.fields.pop("on")
    if request.method == "POST" and form.is_valid():
        try:
            actions.start_annul(request.actor, case=case, reason=form.cleaned_data["reason"])
        except Refused as refused:
            attach(form, refused)
        else:
            return redirect("restructuring", pk)
    obstacles = obstacles_of(case) if case.applied else []
    context = {"form": form, "obstacles": obstacles, **frame(request, case, "")}
    return render(request, "restructuring/annul.html", context)


@never_cache
def progress(request: Request, pk: int) -> HttpResponse:
    """How far a piece of work (``viec``) on a case is, for whoever gave it; also just after it ended."""
    find(request, pk)
    number = request.GET.get("viec", "")
    job = job_by_id(request.actor, int(number) if number.isascii() and number.isdecimal() else 0)
    return job_progress(request, job, back=request.path.removesuffix("tien-do/"))


def job_of(request: Request, case: Restructuring) -> Job | None:
    """The work under way on a case, if the reader gave it."""
    if case.job_id is None:
        return None
    try:
        return job_by_id(request.actor, case.job_id)
    except OutOfScope:  # given by somebody else, or removed long after it ended
        return None


def under_way(request: Request, case: Restructuring) -> dict[str, Any]:
    """What the page of a case says about carrying out: the job, figures before and after, what is left to do."""
    job = job_of(request, case)
    context: dict[str, Any] = {
        "job": job,
        "poll": f"{reverse('restructuring_progress', args=[case.pk])}?viec={job.pk}" if job else "",
        "busy": case.job_id is not None and (job is None or not job.ended),
        "totals": totals_of(case),
        "ready_to_apply": case.applied_at is None and bool(case.digest) and case.annulled_at is None,
        "waits": queries.waiting(request.actor, case).count() if case.applied else 0,
        "in_handing": case.applied and case.state == HANDING,
    }
    return context


def totals_of(case: Restructuring) -> list[tuple[str, int, int, int]]:
    """Label, figure before, figure after, and rows that became one; in the order they were counted."""
    before, after = case.totals.get("before", {}), case.totals.get("after", {})
    joined = case.totals.get("joined", {})
    return [(total_label(kind), count, after.get(kind, 0), joined.get(kind, 0)) for kind, count in before.items()]


def total_label(kind: str) -> str:
    """What a total counts."""
    from ..queries.listed import label_of

    return "người có chức vụ hoặc sinh hoạt đảng" if kind == "person" else label_of(kind)
