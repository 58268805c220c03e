"""Declaring the posts a unit has, and the staff it may have."""

from __future__ import annotations

import datetime as dt

from canbo.facts.decisions import actions as ledger
from canbo.facts.decisions.models import Batch, Decision
from canbo.facts.organisation.models import Unit
from canbo.facts.organisation.queries import require_over
from canbo.foundation.audit.actions import action
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.text import clean
from canbo.foundation.kernel.violation import Refused, Violation

from ..choices import WRITE
from ..models import Post, StaffQuota
from ..rules import title_key
from .totals import amount_faults, refuse_excess


@action("staffing.quota.set", permission=WRITE, log=("unit", "staff_group", "assigned", "on", "baseline", "decision"))
def set_quota(
    actor: Actor,
    *,
    unit: Unit,
    staff_group: str,
    assigned: int,
    on: dt.date,
    baseline: bool = False,
    decision: Decision | None = None,
    batch: Batch | None = None,
) -> StaffQuota:
    """Assigns staff (biên chế) to a unit from a day on; the quota before it ends.

    Args:
        baseline: a figure to compare with, not a quota; it ends nothing.

    Raises:
        Refused: also when it is more than a total above it still holds; what a decision assigns is weighed as a whole,
            when all of its items stand.
    """
    require_over(actor, WRITE, unit, on)
    staff_group = clean(staff_group)
    faults = amount_faults(staff_group, assigned)
    later = StaffQuota.objects.standing().filter(unit=unit, staff_group=staff_group, baseline=False)
    if not baseline and later.filter(in_force__startswith__gte=on).exists():
        faults.append(Violation("QUOTA-LATER", "Đã có số giao từ ngày này hoặc sau ngày này.", field="on"))
    if faults:
        raise Refused(faults)
    old = None if baseline else later.filter(in_force__contains=on).first()
    if old is not None:
        ledger.close(old, on=on, decision=decision, batch=batch)
    row = StaffQuota.objects.create(
        unit=unit,
        staff_group=staff_group,
        assigned=assigned,
        baseline=baseline,
        in_force=ledger.span(on),
        since=on,
        opened_by=decision,
        opened_in=batch,
    )
    if decision is None and not baseline and assigned > (old.assigned if old else 0):
        refuse_excess([unit.pk], [staff_group], on)
    return row


@action("staffing.post.open", permission=WRITE, log=("unit", "title", "seats", "on", "decision"))
def open_post(
    actor: Actor,
    *,
    unit: Unit,
    title: str,
    on: dt.date,
    seats: int = 1,
    decision: Decision | None = None,
    batch: Batch | None = None,
) -> Post:
    """Declares a post of a unit with its number of seats; a number declared before ends."""
    require_over(actor, WRITE, unit, on)
    if not clean(title) or seats < 1:
        raise Refused(Violation("POST-DECLARE", "Ghi tên chức vụ và số lượng từ 1 trở lên.", field="title"))
    known = Post.objects.standing().filter(unit=unit, title_key=title_key(title))
    if known.filter(in_force__startswith__gte=on).exists():
        raise Refused(Violation("POST-DECLARE-LATER", "Chức vụ này đã khai từ ngày này hoặc sau ngày này.", field="on"))
    old = known.filter(in_force__contains=on).first()
    if old is not None:
        ledger.close(old, on=on, decision=decision, batch=batch)
    return Post.objects.create(
        unit=unit,
        title=clean(title),
        title_key=title_key(title),
        seats=seats,
        in_force=ledger.span(on),
        since=on,
        opened_by=decision,
        opened_in=batch,
    )


@action("staffing.post.close", permission=WRITE, log=("post", "on", "decision"))
def close_post(actor: Actor, *, post: Post, on: dt.date, decision: Decision | None = None) -> Post:
    """A unit no longer has a post: the day before ``on`` is its last one."""
    require_over(actor, WRITE, post.unit_id, on)
    return ledger.close(post, on=on, decision=decision)
