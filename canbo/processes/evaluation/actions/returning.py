"""Giving a sheet back to be completed."""

from __future__ import annotations

import datetime as dt

from canbo.foundation.audit.actions import action
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.violation import Violation

from .. import queries
from ..choices import Happening, State
from ..models import Sheet
from .judging import superior_faults
from .rows import event, in_state, lock_sheets

RETURNABLE = (State.SUBMITTED, State.SCORED, State.DECIDED)


@action("evaluation.sheet.give_back", permission=None, log=("sheet",))
def give_back(actor: Actor, *, sheet: Sheet, reason: str, at: dt.datetime) -> Sheet:
    """Gives a sheet back to be completed (trả lại): by the superior what was handed in, by the decider what was scored.

    Raises:
        Refused: no reason, not hers, her own, nothing to give back.
    """
    locked = lock_sheets([sheet.pk])
    row = locked.sheets[sheet.pk]
    decider = queries.may_decide(actor, row, at.date())
    if not (decider and row.state in (State.SCORED, State.DECIDED)):
        locked.faults += superior_faults(actor, [row], at.date())
    locked.faults += in_state(row, *RETURNABLE)
    if not reason.strip():
        locked.faults.append(Violation("EVAL-REASON", "Ghi rõ cần hoàn chỉnh nội dung gì.", field="reason"))
    locked.refuse()
    voided = row.grade
    row.state, row.version = State.DRAFT if row.state == State.SUBMITTED else State.SUBMITTED, row.version + 1
    row.grade = row.decision_reason = row.decided_by = ""
    row.decided_at = None
    row.save(update_fields=["state", "version", "grade", "decision_reason", "decided_by", "decided_at"])
    if voided:
        event(actor, row, Happening.VOIDED, at, reason, grade=voided).save()
    event(actor, row, Happening.RETURNED, at, reason).save()
    return row
