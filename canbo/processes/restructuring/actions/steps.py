"""Taking a case from step to step, giving it back, withdrawing it; handing over."""

from __future__ import annotations

import datetime as dt

from canbo.facts.organisation.models import Unit
from canbo.foundation.audit.actions import action
from canbo.foundation.jobs.choices import DONE
from canbo.foundation.jobs.models import Job
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.clock import now
from canbo.foundation.kernel.violation import Refused, Violation

from ..choices import DECIDED, HANDING, PREPARE, WITHDRAWN, Asset
from ..models import HandOver, Restructuring, Step
from ..queries import require_case, stages, stages_source
from ..rules.stages import step_faults


@action("restructuring.step.take", permission=PREPARE, log=("case", "step", "on", "paper"))
def take_step(
    actor: Actor, *, case: Restructuring, step: str, on: dt.date, paper: str = "", reason: str = ""
) -> Restructuring:
    """Takes a case to a step, or gives it back to an earlier one.

    The step of the decision is taken by ``decide``, and that of handing over follows from carrying out.

    Args:
        step: key of a step of the rulebook.
        on: the day the step was taken.
        paper: number and day of the paper, where the step has one.
        reason: why steps were left out, or why the case is given back.

    Raises:
        Refused: with every reason against it.
    """
    require_case(actor, PREPARE, case)
    row = held(case)
    faults = _alive(row)
    known = stages(row.on)
    keys = [stage.key for stage in known]
    back = step in keys and row.state in keys and keys.index(step) < keys.index(row.state)
    if step in keys and not row.applied_at and keys.index(step) > keys.index(DECIDED):
        faults.append(
            Violation("RESTRUCTURE-NOT-APPLIED", "Phương án chưa được thực hiện.", fix="Thực hiện phương án trước.")
        )
    if step == DECIDED and not back:
        faults.append(
            Violation("RESTRUCTURE-DECIDE", "Bước quyết định cần quyết định có trong sổ.", fix="Dùng “Ghi quyết định”.")
        )
    if row.applied_at and step in keys and keys.index(step) < keys.index(HANDING):
        faults.append(
            Violation("RESTRUCTURE-APPLIED", "Phương án đã thực hiện.", fix="Hủy việc thực hiện trước khi trả lại.")
        )
    last = Step.objects.filter(case=row).order_by("-id").values_list("on", flat=True).first()
    faults += step_faults(known, row.state, step, on, last, paper=paper, reason=reason, source=stages_source(row.on))
    if faults:
        raise Refused(faults)
    write_step(actor, row, step, on, paper=paper, reason=reason, back=back)
    return row


@action("restructuring.case.withdraw", permission=PREPARE, log=("case", "on"))
def withdraw(actor: Actor, *, case: Restructuring, on: dt.date, reason: str) -> Restructuring:
    """Takes a case back for good before it was carried out."""
    require_case(actor, PREPARE, case)
    row = held(case)
    faults = _alive(row)
    if row.applied_at:
        faults.append(Violation("RESTRUCTURE-APPLIED", "Phương án đã thực hiện.", fix="Hủy việc thực hiện."))
    if not reason.strip():
        faults.append(Violation("RESTRUCTURE-REASON", "Ghi lý do rút.", field="reason"))
    if faults:
        raise Refused(faults)
    write_step(actor, row, WITHDRAWN, on, reason=reason, back=True)
    return row


@action("restructuring.hand_over", permission=PREPARE, log=("case", "unit", "asset", "on"))
def hand_over(
    actor: Actor, *, case: Restructuring, unit: Unit, asset: str, on: dt.date, note: str = "", done: bool = True
) -> Restructuring:
    """Ticks off one thing that an old unit handed over; ``done=False`` takes the tick back."""
    require_case(actor, PREPARE, case)
    if not case.applied:
        raise Refused(Violation("RESTRUCTURE-NOT-APPLIED", "Phương án chưa được thực hiện."))
    if asset not in Asset.values:
        raise Refused(Violation("RESTRUCTURE-ASSET", f"Không có nội dung bàn giao “{asset}”.", field="asset"))
    HandOver.objects.filter(case=case, unit=unit, asset=asset).delete()
    if done:
        HandOver.objects.create(case=case, unit=unit, asset=asset, on=on, note=note[:255], by=actor.name)
    return case


def held(case: Restructuring) -> Restructuring:
    """The case as it stands now, held until the transaction ends."""
    return Restructuring.objects.select_for_update(of=("self",)).get(pk=case.pk)


def write_step(
    actor: Actor, case: Restructuring, key: str, on: dt.date, *, paper: str = "", reason: str = "", back: bool = False
) -> None:
    """Adds a step to the log; going back behind the decision opens the plan again."""
    Step.objects.create(case=case, key=key, on=on, paper=paper[:255], reason=reason, back=back, by=actor.name, at=now())
    case.state = key
    if back and not case.applied_at:
        case.digest, case.decision = "", None
    case.save(update_fields=["state", "digest", "decision"])


def _alive(case: Restructuring) -> list[Violation]:
    if case.state == WITHDRAWN:
        return [Violation("RESTRUCTURE-WITHDRAWN", "Đợt sắp xếp đã được rút.")]
    if case.annulled_at is not None:
        return [Violation("RESTRUCTURE-ANNULLED", "Đợt sắp xếp đã bị hủy.", fix="Lập đợt mới.")]
    return []


def settle(job: Job) -> None:
    """After background work on a case ended: it is free again, and says why when it did not end well."""
    row = Restructuring.objects.filter(job_id=job.pk).first()
    if row is not None:
        row.job_id, row.message = None, "" if job.state == DONE else job.error
        row.save(update_fields=["job_id", "message"])
