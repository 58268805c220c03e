"""Totals to be handed on, putting wrong figures right, and naming the group of a post."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TypeVar

from canbo.facts.decisions import actions as ledger
from canbo.facts.decisions.models import Batch, Decision
from canbo.facts.organisation.models import Unit
from canbo.facts.organisation.queries import require_over
from canbo.foundation import rulebooks
from canbo.foundation.audit.actions import action
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.dates import format_date
from canbo.foundation.kernel.numbers import format_number
from canbo.foundation.kernel.text import clean
from canbo.foundation.kernel.violation import Refused, Violation

from .. import queries
from ..choices import WRITE
from ..models import Assignment, QuotaTotal, StaffQuota

Q = TypeVar("Q", StaffQuota, QuotaTotal)


@action("staffing.total.set", permission=WRITE, log=("unit", "staff_group", "assigned", "on", "decision"))
def set_total(
    actor: Actor,
    *,
    unit: Unit,
    staff_group: str,
    assigned: int,
    on: dt.date,
    decision: Decision | None = None,
    batch: Batch | None = None,
) -> QuotaTotal:
    """Gives a unit the total for itself and everything under it, from a day on; the total before it ends.

    Raises:
        Refused: also when less is given than was already handed on, or more than the total above still holds.
    """
    require_over(actor, WRITE, unit, on)
    staff_group = clean(staff_group)
    faults = amount_faults(staff_group, assigned)
    known = QuotaTotal.objects.standing().filter(unit=unit, staff_group=staff_group)
    if known.filter(in_force__startswith__gte=on).exists():
        faults.append(Violation("QUOTA-LATER", "Đã có tổng số giao từ ngày này hoặc sau ngày này.", field="on"))
    if faults:
        raise Refused(faults)
    old = known.filter(in_force__contains=on).first()
    if old is not None:
        ledger.close(old, on=on, decision=decision, batch=batch)
    row = QuotaTotal.objects.create(
        unit=unit,
        staff_group=staff_group,
        assigned=assigned,
        in_force=ledger.span(on),
        since=on,
        opened_by=decision,
        opened_in=batch,
    )
    if decision is None:
        refuse_excess([unit.pk], [staff_group], on)
    return row


@action("staffing.quota.correct", permission=WRITE, log=("quota", "assigned", "on"))
def correct_quota(actor: Actor, *, quota: StaffQuota, assigned: int, on: dt.date, reason: str) -> StaffQuota:
    """Puts right a quota or a baseline that was recorded wrongly; the old row is voided with the reason.

    Args:
        on: the day it is put right.
        reason: why; an empty one is refused.
    """
    row = _correct(actor, quota, assigned, on, reason)
    if not row.baseline and assigned > quota.assigned:
        refuse_excess([row.unit_id], [row.staff_group], row.in_force.lower)
    return row


@action("staffing.total.correct", permission=WRITE, log=("total", "assigned", "on"))
def correct_total(actor: Actor, *, total: QuotaTotal, assigned: int, on: dt.date, reason: str) -> QuotaTotal:
    """Puts right a total that was recorded wrongly; the old row is voided with the reason."""
    row = _correct(actor, total, assigned, on, reason)
    refuse_excess([row.unit_id], [row.staff_group], row.in_force.lower)
    return row


def _correct(actor: Actor, row: Q, assigned: int, on: dt.date, reason: str) -> Q:
    require_over(actor, WRITE, row.unit_id, row.since)
    faults = amount_faults(row.staff_group, assigned)
    if assigned == row.assigned:
        faults.append(Violation("QUOTA-SAME", "Số mới bằng số đang ghi.", field="assigned"))
    if not reason.strip():
        faults.append(Violation("FACT-VOID-REASON", "Ghi lý do sửa sai.", field="reason"))
    if faults:
        raise Refused(faults)
    return ledger.rewrite(ledger.locked(row), on=on, why=reason, assigned=assigned)


@action("staffing.assignment.group", permission=WRITE, log=("assignment", "staff_group", "on"))
def set_group(actor: Actor, *, assignment: Assignment, staff_group: str, on: dt.date, reason: str = "") -> Assignment:
    """Names the group of the quota that a post takes a place of; a group named before is put right with a reason.

    Args:
        on: the day it is written.
    """
    require_over(actor, WRITE, assignment.unit_id, on)
    name = queries.group_in_use(assignment.unit, staff_group, on)
    if not name:
        raise Refused(Violation("QUOTA-GROUP", "Thiếu nhóm biên chế.", field="staff_group"))
    row = ledger.locked(assignment)
    if row.staff_group == name:
        return row
    if row.staff_group:
        return ledger.rewrite(row, on=on, why=reason, staff_group=name)
    row.staff_group = name
    row.save(update_fields=["staff_group"])
    return row


def amount_faults(staff_group: str, assigned: int) -> list[Violation]:
    """What is wrong with a figure by itself."""
    faults = []
    if not staff_group:
        faults.append(Violation("QUOTA-GROUP", "Thiếu nhóm biên chế.", field="staff_group"))
    if assigned < 0:
        faults.append(Violation("QUOTA-NUMBER", "Số giao không thể âm.", field="assigned"))
    return faults


def excess_faults(units: Iterable[int], groups: Iterable[str], on: dt.date) -> list[Violation]:
    """Totals above some units of which more was handed on than was given; the rulebook says whether that is refused."""
    found = []
    for held in queries.over_allocated(units, groups, on):
        # Where nothing was laid down for that time it is shown, and left to those who know.
        rule = rulebooks.current().value_or_none("staffing.quota.over_allocation", on=on)
        refused, source = (rule.value == "refuse", rule.reference) if rule else (False, "")
        found.append(
            Violation(
                "QUOTA-OVER",
                f"{held.unit}, {held.staff_group}: phân bổ {format_number(held.allocated)} vượt tổng giao "
                f"{format_number(held.total)} là {format_number(-held.remaining)}, từ ngày {format_date(on)}.",
                field="assigned",
                source=source,
                fix="Giảm số phân bổ, hoặc ghi trước quyết định giao thêm cho đơn vị ấy.",
                blocking=refused,
            )
        )
    return found


def refuse_excess(units: Iterable[int], groups: Iterable[str], on: dt.date) -> None:
    """Refuses when more was handed on than was given; for figures written one at a time."""
    if faults := [fault for fault in excess_faults(units, groups, on) if fault.blocking]:
        raise Refused(faults)
