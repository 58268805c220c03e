"""Deciding upon a plan and carrying it out: one transaction, one batch, one audit line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

from django.db import DatabaseError, IntegrityError, transaction

from canbo.facts.decisions.actions import one_at_a_time, rebuilt_for
from canbo.facts.decisions.models import Batch, Decision
from canbo.facts.organisation.actions import rebuild_paths
from canbo.facts.staffing.actions import refresh_places
from canbo.foundation.audit.actions import action
from canbo.foundation.jobs.actions import submit
from canbo.foundation.jobs.models import Job
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.clock import now
from canbo.foundation.kernel.dates import format_date
from canbo.foundation.kernel.violation import Refused, Violation

from ..choices import APPLY, DECIDED, HANDING
from ..models import Restructuring, Step, Waiting
from ..queries import Prepared, lines_of, prepare, require_case, stages, stages_source, totals
from ..rules import UNIT, Plan
from ..rules.stages import step_faults
from .carrying import Under, carry
from .steps import held, write_step
from .units import write_units

Progress = Callable[[str, float], None]
Places = Mapping[str, Mapping[int, str]]
PEOPLE = "people_person"
FEW = 500
"""Up to so many units only their part of the tree is derived anew; beyond, the whole of it is quicker."""


@action("restructuring.decide", permission=APPLY, log=("case", "decision", "on"))
def decide(
    actor: Actor,
    *,
    case: Restructuring,
    decision: Decision,
    on: dt.date,
    reason: str = "",
    prepared: Prepared | None = None,
) -> Restructuring:
    """Fixes the plan as it stands now under a decision; only this plan can be carried out.

    Args:
        decision: as recorded in the ledger.
        on: the day of the step.
        reason: why steps before it were left out.
        prepared: the plan of the case, when it was made in this very transaction; else it is made here.

    Raises:
        Refused: questions are open, the plan has faults or does nothing, the decision was annulled, steps are missing.
    """
    require_case(actor, APPLY, case)
    row = held(case)
    faults = []
    if row.applied_at is not None or row.annulled_at is not None:
        faults.append(Violation("RESTRUCTURE-APPLIED", "Phương án đã thực hiện hoặc đã hủy."))
    if decision.annulled_on is not None:
        faults.append(Violation("RESTRUCTURE-ANNULLED-PAPER", f"Quyết định {decision} đã bị hủy.", field="decision"))
    last = Step.objects.filter(case=row).order_by("-id").values_list("on", flat=True).first()
    faults += step_faults(
        stages(row.on), row.state, DECIDED, on, last, paper=str(decision), reason=reason, source=stages_source(row.on)
    )
    plan = (prepared or prepare(lines_of(row))).plan
    faults += plan_faults(plan)
    if faults:
        raise Refused(faults)
    row.digest, row.decision, row.message = plan.digest(), decision, ""
    row.save(update_fields=["digest", "decision", "message"])
    write_step(actor, row, DECIDED, on, paper=str(decision), reason=reason)
    return row


def plan_faults(plan: Plan, most: int = 20) -> list[Violation]:
    """Why a plan may not be decided upon: its faults, then its open questions."""
    faults = list(plan.faults)
    for question in plan.questions[:most]:
        faults.append(
            Violation(
                "RESTRUCTURE-QUESTION", f"{question.name} ({question.unit}): {question.question}", field=question.unit
            )
        )
    if len(plan.questions) > most:
        faults.append(Violation("RESTRUCTURE-QUESTION", f"Và {len(plan.questions) - most} câu hỏi khác chưa trả lời."))
    if not faults and not plan.ready:
        faults.append(Violation("RESTRUCTURE-NOTHING", "Phương án không thay đổi gì.", fix="Thêm dòng vào phương án."))
    return faults


def start_apply(actor: Actor, *, case: Restructuring) -> Job:
    """Gives the carrying out of a decided case to the background.

    Raises:
        Refused: it was not decided upon, is being carried out, or was carried out.
    """
    require_case(actor, APPLY, case)
    with transaction.atomic():
        row = held(case)
        faults = _state_faults(row)
        if faults:
            raise Refused(faults)
        job = submit(actor, kind="restructuring.apply", title=f"Thực hiện sắp xếp: {row.title}", case=row.pk)
        row.job_id, row.message = job.pk, ""
        row.save(update_fields=["job_id", "message"])
    return job


@action("restructuring.apply", permission=APPLY, log=("case",))
def apply(
    actor: Actor,
    *,
    case: Restructuring,
    today: dt.date,
    progress: Progress | None = None,
    prepared: Prepared | None = None,
) -> Restructuring:
    """Carries out a decided case: units, lineage, and everything that stands in the units concerned.

    The plan is made once more under a lock and must be the one decided upon; totals before and after must agree.

    Args:
        today: the day it is done; may lie before or after the day of effect.
        progress: told what is at work and the share done.
        prepared: the plan of the case, when it was made in this very transaction and under the lock.

    Raises:
        Refused: not decided upon, carried out already, the plan is no longer the one decided upon, later facts stand
            in the way, or totals disagree. Nothing was written then.
    """
    require_case(actor, APPLY, case)
    tell = progress or (lambda _what, _share: None)
    one_at_a_time()
    row = held(case)
    faults = _state_faults(row)
    if faults:
        raise Refused(faults)
    tell("Tính lại phương án", 0.05)
    ready = prepared or prepare(lines_of(row))
    plan = ready.plan
    faults = plan_faults(plan)
    if not faults and plan.digest() != row.digest:
        faults = [
            Violation(
                "RESTRUCTURE-DIFFERS",
                "Dữ liệu đã đổi từ khi quyết định nên phương án không còn như đã duyệt.",
                fix="Trả lại bước trước, xem lại phương án rồi ghi quyết định lần nữa.",
            )
        ]
    if faults:
        raise Refused(faults)
    before = totals(row.on)
    try:
        with transaction.atomic():
            _write(actor, row, ready, today, tell)
    except IntegrityError as error:
        raise Refused(_overlap(error)) from None
    tell("Đối chiếu tổng số", 0.95)
    _compare(row, before, totals(row.on))
    write_step(actor, row, HANDING, max(today, _last_day(row)), paper=str(row.decision))
    return row


def _write(actor: Actor, case: Restructuring, ready: Prepared, today: dt.date, tell: Progress) -> None:
    plan, places = ready.plan, ready.lines.places
    batch = Batch.objects.create(
        source=f"Sắp xếp tổ chức: {case.title}"[:255],
        sha256=case.digest,
        loaded_at=now(),
        loaded_by=actor.name,
        user_id=actor.user_id,
        counts={},
    )
    decision = case.decision
    if decision is None:
        raise Refused(Violation("RESTRUCTURE-UNDECIDED", "Phương án chưa có quyết định."))
    tell("Ghi đơn vị, quan hệ đơn vị", 0.15)
    ids = write_units(plan, ready.units, on=case.on, decision=decision, batch=batch)
    _units_waiting(case, plan, ids, places)
    tell("Chuyển người, số liệu", 0.3)
    moves = [move for move in plan.moves if move.kind != UNIT]
    carried = carry(Under(case, case.on, today, decision, batch), moves, places, ids)
    tell("Dựng cây tổ chức", 0.75)
    touched = {ids[code] for code in plan.touched()}
    rebuild_paths(touched if len(touched) < FEW else None)
    tell("Ghi lại nơi công tác, sinh hoạt", 0.85)
    with rebuilt_for(PEOPLE, len(carried.people)):
        refresh_places(today, carried.people)
    case.batch, case.applied_at, case.job_id = batch, now(), None
    case.totals = {"moved": {**plan.moved(), **carried.moved}, "joined": carried.joined}
    case.save(update_fields=["batch", "applied_at", "totals", "job_id"])


def _units_waiting(case: Restructuring, plan: Plan, ids: dict[str, int], places: Places) -> None:
    """Subordinate units that hang under a unit for the time being stand on the work list too."""
    ways = {move.code: move for move in plan.moves if move.kind == UNIT and move.waiting}
    listed = places.get(UNIT, {})
    Waiting.objects.bulk_create(
        [
            Waiting(
                case=case,
                kind=UNIT,
                row=ids[change.code],
                old_id=ids[change.old_parent],
                unit_id=ids[str(change.parent)],
            )
            for change in plan.changes
            if change.follows and change.old_parent in ways and ids[change.code] not in listed
        ],
        batch_size=2000,
    )


def _compare(case: Restructuring, before: dict[str, int], after: dict[str, int]) -> None:
    """Nobody is lost, doubled or left outside a unit: else nothing of it was done."""
    joined = case.totals["joined"]
    faults = [
        Violation(
            "RESTRUCTURE-TOTALS",
            f"Tổng {kind} trước là {count}, sau là {after[kind]}"
            + (f" và {joined[kind]} dòng gộp" if joined.get(kind) else "")
            + ": không khớp nên không ghi gì.",
        )
        for kind, count in before.items()
        if count != after[kind] + joined.get(kind, 0)
    ]
    if faults:
        raise Refused(faults)
    case.totals = {**case.totals, "before": before, "after": after}
    case.save(update_fields=["totals"])


def _state_faults(case: Restructuring) -> list[Violation]:
    if case.annulled_at is not None:
        return [Violation("RESTRUCTURE-ANNULLED", "Đợt sắp xếp đã bị hủy.", fix="Lập đợt mới.")]
    if case.applied_at is not None:
        return [Violation("RESTRUCTURE-APPLIED", f"Đã thực hiện, có hiệu lực từ ngày {format_date(case.on)}.")]
    if case.state != DECIDED or not case.digest or case.decision is None:
        return [
            Violation(
                "RESTRUCTURE-UNDECIDED", "Phương án chưa có quyết định.", fix="Ghi quyết định trước khi thực hiện."
            )
        ]
    if case.decision.annulled_on is not None:
        return [Violation("RESTRUCTURE-ANNULLED-PAPER", f"Quyết định {case.decision} đã bị hủy.")]
    return []


def _last_day(case: Restructuring) -> dt.date:
    found: dt.date = Step.objects.filter(case=case).order_by("-id").values_list("on", flat=True)[0]
    return found


def _overlap(error: DatabaseError) -> Violation:
    cause = error.__cause__
    table = str(getattr(getattr(cause, "diag", None), "table_name", "") or "")
    detail = str(getattr(getattr(cause, "diag", None), "message_detail", "") or "")
    return Violation(
        "RESTRUCTURE-OVERLAP",
        f"Dữ liệu ghi trước cho ngày sau trùng với dòng chuyển đến (bảng {table}). {detail}".strip(),
        fix="Xem lại các dòng có ngày bắt đầu sau ngày có hiệu lực ở những đơn vị này.",
    )
