"""One evaluation: where it stands, what is late, and leading it along."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from canbo.facts.organisation.queries import acting_day, reaches
from canbo.foundation.accounts.request import Request
from canbo.foundation.jobs.actions import submit
from canbo.foundation.kernel.clock import now, today
from canbo.foundation.kernel.violation import Refused
from canbo.foundation.ui.forms import attach, tell

from .. import actions, queries
from ..choices import DECIDE, MANAGE, READ, Stage, State, Step
from ..forms.cycles import CloseForm, ExtendForm, StageForm
from ..models import Cycle

NEXT = {Stage.OPEN: Stage.SELF, Stage.SELF: Stage.REVIEW, Stage.REVIEW: Stage.DECIDE}


def find(request: Request, pk: int, permission: str = READ) -> Cycle:
    """The cycle of an address, for whoever holds the permission somewhere."""
    request.actor.require(permission)
    return queries.cycle_by_id(request.actor, pk, today())


def over(request: Request, permission: str, cycle: Cycle) -> bool:
    """Whether the reader holds a permission over the whole scope of a cycle."""
    reach = request.actor.reach(permission)
    return any(reaches(reach, cycle.unit_id, day) for day in {cycle.last, acting_day()})


def cycle(request: Request, pk: int) -> HttpResponse:
    """The cycle at a glance."""
    return _page(request, find(request, pk))


def _page(request: Request, row: Cycle, status: int = 200, **typed: Any) -> HttpResponse:
    day, actor = today(), request.actor
    counts = queries.progress(actor, row, day)
    total = sum(counts.values())
    advised = queries.advised_count(actor, row, day) if counts[State.SCORED] else 0
    grades = queries.grades_so_far(actor, row, day)
    manages = over(request, MANAGE, row) and not row.closed
    following = NEXT.get(Stage(row.stage))
    context = {
        "cycle": row,
        "manages": manages,
        "decides": over(request, DECIDE, row) and not row.closed,
        "stages": [(stage, Stage(stage).label, stage == row.stage) for stage in Stage.values],
        "following": (following, Stage(following).label) if following else None,
        "steps": queries.step_lines(row, counts, advised, day),
        "states": [(state, State(state).label, counts[state]) for state in State.values if counts[state]],
        "total": total,
        "done": counts[State.DECIDED] + counts[State.CLOSED],
        "grades": [(g.key, g.title, grades.get(g.key, 0)) for g in queries.book_of(row).grades],
        "absent": queries.not_graded(actor, row, day).count(),
        "extend": typed.get("extend") or ExtendForm(use_required_attribute=False),
        "stage_form": typed.get("stage") or StageForm(initial={"stage": row.stage}),
    }
    return render(request, "evaluation/cycles/cycle.html", context, status=status)


@require_POST
def advance(request: Request, pk: int) -> HttpResponse:
    """Says which step the whole cycle is at."""
    row = find(request, pk, MANAGE)
    if row.closed:
        return _over(request, row)
    form = StageForm(request.POST)
    if form.is_valid():
        try:
            done = actions.advance(request.actor, cycle=row, at=now(), **form.cleaned_data)
        except Refused as refused:
            attach(form, refused)
        else:
            messages.success(request, f"Kỳ đánh giá chuyển sang: {done.get_stage_display().lower()}.")
            return redirect("evaluation_cycle", pk)
    return _page(request, row, 422, stage=form)


def _over(request: Request, row: Cycle) -> HttpResponse:
    """The forms are gone from the page of a closed cycle: an old window is told so."""
    queries.may_open(request.actor, row.unit, today())
    messages.error(request, f"Kỳ đánh giá {row.span} đã đóng; kết quả chỉ được thay bằng quyết định mới.")
    return redirect("evaluation_cycle", row.pk)


@require_POST
def extend(request: Request, pk: int) -> HttpResponse:
    """Sets another last day for a step; the former stays on the page."""
    row = find(request, pk, MANAGE)
    if row.closed:
        return _over(request, row)
    form = ExtendForm(request.POST, use_required_attribute=False)
    if form.is_valid():
        try:
            actions.extend_deadline(request.actor, cycle=row, at=now(), **form.cleaned_data)
        except Refused as refused:
            attach(form, refused)
        else:
            words = f"Hạn “{Step(form.cleaned_data['step']).label}” là {form.cleaned_data['until']:%d/%m/%Y}."
            messages.success(request, words)
            return redirect("evaluation_cycle", pk)
    return _page(request, row, 422, extend=form)


@require_POST
def refresh(request: Request, pk: int) -> HttpResponse:
    """Gives sheets to whoever came since."""
    row = find(request, pk, MANAGE)
    before = sum(queries.progress(request.actor, row, today()).values())
    if queries.is_large(row.unit, today()):
        queries.may_open(request.actor, row.unit, today())
        title = f"Bổ sung người mới, {row.span}, {row.unit.name}"
        return redirect("job", submit(request.actor, kind="evaluation.refresh_cycle", title=title, cycle=row.pk).pk)
    try:
        actions.add_late_joiners(request.actor, cycle=row, at=now())
    except Refused as refused:
        tell(request, refused)
        return redirect("evaluation_cycle", pk)
    added = sum(queries.progress(request.actor, row, today()).values()) - before
    messages.success(request, f"Đã lập thêm {added} phiếu." if added > 0 else "Không có ai thiếu phiếu.")
    return redirect("evaluation_cycle", pk)


def close(request: Request, pk: int) -> HttpResponse:
    """Closes a cycle: every refusal at once; large scopes in the background."""
    row = find(request, pk, MANAGE)
    queries.may_open(request.actor, row.unit, today())
    if row.closed:
        return redirect("evaluation_summary", pk)
    form = CloseForm(request.POST if request.method == "POST" else None, actor=request.actor)
    if request.method == "POST" and form.is_valid() and (done := _closed(request, row, form)):
        return done
    counts = queries.progress(request.actor, row, today())
    context = {
        "cycle": row,
        "form": form,
        "total": sum(counts.values()),
        "states": [(state, State(state).label, counts[state]) for state in State.values if counts[state]],
        "waiting": sum(counts[state] for state in (State.DRAFT, State.SUBMITTED, State.SCORED)),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "evaluation/cycles/close.html", context, status=status)


def _closed(request: Request, row: Cycle, form: CloseForm) -> HttpResponse | None:
    decision, why = form.cleaned_data["decision"], form.cleaned_data["keep_as_decided"]
    if queries.is_large(row.unit, today()):
        job = submit(
            request.actor,
            kind="evaluation.close_cycle",
            title=f"Đóng kỳ đánh giá {row.span}, {row.unit.name}",
            cycle=row.pk,
            decision=decision.pk if decision else None,
            keep_as_decided=why,
        )
        return redirect("job", job.pk)
    try:
        actions.close_cycle(request.actor, cycle=row, at=now(), decision=decision, keep_as_decided=why)
    except Refused as refused:
        attach(form, refused)
        return None
    messages.success(
        request, "Đã đóng kỳ. Kết quả đã ghi vào hồ sơ và không sửa được nữa, chỉ thay bằng quyết định mới."
    )
    return redirect("evaluation_summary", row.pk)
