"""The only ways a fact changes after it was written: closed, reopened, voided.

Packages that own facts call these inside their own actions; the database refuses every other change.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, TypeVar

from psycopg.types.range import DateRange

from canbo.foundation.kernel.dates import format_date
from canbo.foundation.kernel.violation import Refused, Violation

from ..models import Batch, DatedFact, Decision, Sourced

F = TypeVar("F", bound=DatedFact)
G = TypeVar("G", bound=Sourced)


def span(first: dt.date | None, until: dt.date | None = None) -> DateRange:
    """A period as the database keeps it: ``first`` included, ``until`` excluded, None for open."""
    return DateRange(first, until, "[)")


def locked(fact: F) -> F:
    """The row as it stands now, held until the transaction ends."""
    return type(fact)._default_manager.select_for_update(of=("self",)).get(pk=fact.pk)


def closing_faults(fact: DatedFact, on: dt.date) -> list[Violation]:
    """Why a fact could not end on the day before ``on``; empty when it can."""
    name = f"{fact._meta.verbose_name} “{fact}”"
    if fact.voided_on is not None:
        return [Violation("FACT-VOIDED", f"{name} đã bị hủy hiệu lực.")]
    if fact.in_force.upper is not None:
        return [Violation("FACT-CLOSED", f"{name} đã kết thúc ngày {format_date(fact.last_day)}.")]
    if fact.in_force.lower is not None and on <= fact.in_force.lower:
        return [
            Violation(
                "FACT-ORDER",
                f"{name} bắt đầu ngày {format_date(fact.in_force.lower)}, không thể kết thúc trước ngày "
                f"{format_date(on)}.",
                fix="Nếu dòng này ghi sai thì hủy hiệu lực của nó, không đóng.",
            )
        ]
    return []


def close(
    fact: F,
    *,
    on: dt.date,
    decision: Decision | None = None,
    batch: Batch | None = None,
    **columns: Any,
) -> F:
    """Ends a fact: the day before ``on`` is its last one.

    Args:
        on: the day the ending takes effect, the first day out of force.
        decision: the decision that ends it.
        batch: the load that ends it.
        columns: what else the row keeps of its end, such as ``closing_act``.

    Raises:
        Refused: already ended or voided, or it would end before it began.
    """
    row = locked(fact)
    faults = closing_faults(row, on)
    if faults:
        raise Refused(faults)
    row.in_force = span(row.in_force.lower, on)
    row.closed_by, row.closed_in = decision, batch
    for name, value in columns.items():
        setattr(row, name, value)
    row.save(update_fields=["in_force", "closed_by", "closed_in", *columns])
    return row


def reopen(fact: F) -> F:
    """Takes back the end of a fact whose ending decision was annulled."""
    row = locked(fact)
    row.in_force = span(row.in_force.lower)
    row.closed_by = row.closed_in = None
    columns = ["in_force", "closed_by", "closed_in"]
    if hasattr(row, "closing_act"):
        row.closing_act = ""
        columns.append("closing_act")
    row.save(update_fields=columns)
    return row


def void(fact: Sourced, *, on: dt.date, why: str) -> None:
    """Declares that a fact never held; it stays readable, with the reason.

    Args:
        on: the day it was declared so.
        why: the reason; refused when empty.
    """
    if not why.strip():
        raise Refused(Violation("FACT-VOID-REASON", "Ghi lý do hủy hiệu lực.", field="reason"))
    if fact.voided_on is not None:
        raise Refused(Violation("FACT-VOIDED", f"{fact._meta.verbose_name} “{fact}” đã bị hủy hiệu lực."))
    fact.voided_on, fact.voided_why = on, why
    fact.save(update_fields=["voided_on", "voided_why"])


def rewrite(fact: G, *, on: dt.date, why: str, batch: Batch | None = None, **changes: Any) -> G:
    """Puts right a fact that was recorded wrongly: the old row is voided, and written anew with what was wrong changed.

    The period and the decisions stay those of the old row unless ``changes`` says otherwise.
    """
    void(fact, on=on, why=why)
    kept = {
        column.name: getattr(fact, column.name)
        for column in fact._meta.concrete_fields
        if not column.primary_key and column.name not in {"voided_on", "voided_why"}
    }
    if batch is not None:
        kept["opened_in"] = batch
    return type(fact)._default_manager.create(**{**kept, **changes})
