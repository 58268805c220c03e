"""Annulling a decision: what it opened is voided, what it closed is open again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from canbo.foundation.audit.actions import action
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.dates import format_date
from canbo.foundation.kernel.violation import OutOfScope, Refused, Violation

from .. import acts, queries
from ..choices import ANNUL
from ..models import DatedFact, Decision, Sourced
from .facts import reopen, void


@action("decisions.decision.annul", permission=ANNUL, log=("decision", "on", "by"))
def annul(actor: Actor, *, decision: Decision, on: dt.date, reason: str, by: Decision | None = None) -> Decision:
    """Annuls a decision and undoes its items; the ledger keeps it, with the day and the reason.

    Args:
        on: the day it is annulled.
        reason: why; an empty one is refused.
        by: the decision that annuls it, if there is one.

    Raises:
        Refused: already annulled, no reason, or later facts rest on it; they and the decision to annul first are named.
        OutOfScope: for this actor the decision does not exist.
    """
    row = Decision.objects.select_for_update().get(pk=decision.pk)
    reach = actor.reach(ANNUL)
    if not reach.everywhere and not queries.custodians(reach, on).filter(code=row.custodian).exists():
        raise OutOfScope("quyết định")
    opened, closed = queries.opened_facts(row), queries.closed_facts(row)
    faults = _faults(row, reason, on, by)
    if not faults:
        faults = obstacles(row, opened, closed)
    if faults:
        raise Refused(faults)
    row.annulled_on, row.annulled_why, row.annulled_by = on, reason, by
    row.save(update_fields=["annulled_on", "annulled_why", "annulled_by"])
    for fact in opened:
        void(fact, on=on, why=f"Hủy {row.doc_type.lower()} số {row}: {reason}")
    # A fact that this decision both opened and closed was voided above, and stays closed.
    gone = {(type(fact), fact.pk) for fact in opened}
    back = [reopen(fact) for fact in closed if (type(fact), fact.pk) not in gone]
    for module in acts.modules():
        if settle := getattr(module, "settle", None):
            settle([*opened, *back], on)
    return row


def _faults(row: Decision, reason: str, on: dt.date, by: Decision | None) -> list[Violation]:
    faults = []
    if row.annulled_on is not None:
        faults.append(Violation("ANNUL-TWICE", f"Quyết định {row} đã bị hủy ngày {format_date(row.annulled_on)}."))
    if not reason.strip():
        faults.append(Violation("ANNUL-REASON", "Ghi lý do hủy.", field="reason"))
    if on < row.issued_on:
        faults.append(Violation("ANNUL-DATE", "Ngày hủy trước ngày ban hành.", field="on"))
    if by is not None and (by.pk == row.pk or by.annulled_on is not None):
        faults.append(Violation("ANNUL-BY", "Quyết định dùng để hủy không hợp lệ.", field="by"))
    return faults


def obstacles(decision: Decision, opened: Sequence[Sourced], closed: Sequence[DatedFact]) -> list[Violation]:
    """Later facts that rest on what a decision changed: each is named, with the decision to annul first."""
    faults = []
    for fact in opened:
        if isinstance(fact, DatedFact) and fact.in_force.upper is not None and fact.closed_by_id != decision.pk:
            later = fact.closed_by or fact.closed_in
            if later is not None:
                faults.append(_in_the_way(fact, "đã kết thúc sau đó", fact.closed_by, str(later)))
    for fact in closed:
        for other in queries.standing_after(fact, decision):
            faults.append(_in_the_way(other, "đã được ghi sau đó", other.opened_by, str(other.opened_in or "")))
    for module in acts.modules():
        if ask := getattr(module, "obstacles", None):
            faults += ask(decision, opened)
    return faults


def _in_the_way(fact: DatedFact, what: str, decision: Decision | None, source: str) -> Violation:
    words = queries.describe(fact)
    name = " ".join(part for part in (f"{words.subject}:" if words.subject else "", words.label, words.text) if part)
    if decision is not None:
        fix = f"Hủy quyết định {decision} trước."
    elif source:
        fix = f"Hoàn tác đợt nạp {source} trước."
    else:
        fix = "Hủy hiệu lực dòng đó trước."
    return Violation("ANNUL-LATER", f"{name} ({words.period}) {what}.", fix=fix)
