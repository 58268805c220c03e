"""What still has to go to the national database, by when, and what went there already."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet

from canbo.facts.organisation.models import Unit
from canbo.facts.organisation.queries import acting_day, subtree_ids, within
from canbo.foundation import rulebooks
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.violation import OutOfScope

from ...choices import READ
from ...models import Cycle, Result, Sending, Sent
from .rows import cycles

SUBJECT = "evaluation.outputs"
NEW, CHANGED = "mới", "sửa đổi"


@dataclass(frozen=True)
class Pending:
    """Results of a cycle that are in no file yet.

    Args:
        due_on: the last day for the earliest of them.
        changed: how many of them replace a result that was already in a file.
    """

    cycle: Cycle
    number: int
    changed: int
    since: dt.date
    due_on: dt.date

    def overdue(self, day: dt.date) -> bool:
        return day > self.due_on


def days_allowed(on: dt.date) -> int:
    """Within how many days a result must be sent.

    Raises:
        NoRuleInForce: nothing prescribed a sending on that day.
    """
    return int(rulebooks.current().value(f"{SUBJECT}.national_days", on=on).value)


def file_form(on: dt.date) -> str:
    """``csv`` or ``json``."""
    return str(rulebooks.current().value(f"{SUBJECT}.national_format", on=on).value)


def columns(on: dt.date) -> tuple[rulebooks.Row, ...]:
    """The fields of the file in order."""
    return rulebooks.current().catalogue(f"{SUBJECT}.national_columns", on=on).rows


def unsent(actor: Actor, cycle: Cycle | None = None, under: Unit | None = None) -> QuerySet[Result]:
    """Standing results of people in no file that is still valid."""
    rows = within(
        Result.objects.filter(replaced_on=None, person__isnull=False), actor.require(READ), acting_day(), "unit_id"
    )
    if cycle is not None:
        rows = rows.filter(cycle=cycle)
        if under is not None:
            rows = rows.filter(unit_id__in=subtree_ids([under.pk], cycle.last))
    live = Sent.objects.filter(result=OuterRef("pk"), sending__dropped_on=None)
    return rows.filter(~Exists(live)).order_by("unit__sort_key", "person__sort_key", "pk")


def sent_before(rows: QuerySet[Result]) -> dict[int, int]:
    """By sheet: the result that was sent before, for sheets among the rows; one query."""
    earlier = Sent.objects.filter(sending__dropped_on=None, result__sheet__in=rows.order_by().values("sheet"))
    return dict(earlier.order_by("pk").values_list("result__sheet_id", "result_id"))


def pending(actor: Actor) -> list[Pending]:
    """Cycles under rules that prescribe a sending and with results in no file, the most urgent first."""
    earlier = Sent.objects.filter(result__sheet=OuterRef("sheet"), sending__dropped_on=None)
    counted = (
        unsent(actor)
        .order_by()
        .values("cycle")
        .annotate(number=Count("pk"), changed=Count("pk", filter=Q(Exists(earlier))), since=Min("decided_on"))
    )
    known = cycles(actor).in_bulk([row["cycle"] for row in counted])
    found = []
    for row in counted:
        cycle = known.get(row["cycle"])
        if cycle is None:
            continue
        try:
            allowed = days_allowed(cycle.first)
        except rulebooks.NoRuleInForce:
            continue  # no text asked for it then
        due = row["since"] + dt.timedelta(days=allowed)
        found.append(Pending(cycle, row["number"], row["changed"], row["since"], due))
    return sorted(found, key=lambda one: (one.due_on, one.cycle.pk))


def sendings(actor: Actor) -> QuerySet[Sending]:
    """Files made for units the actor reads, newest first."""
    rows = within(Sending.objects.all(), actor.require(READ), acting_day(), "unit_id")
    return rows.select_related("cycle", "unit")


def sending_by_id(actor: Actor, pk: int) -> Sending:
    """One of them.

    Raises:
        OutOfScope: there is none, or not for this actor.
    """
    row = sendings(actor).filter(pk=pk).first()
    if row is None:
        raise OutOfScope("đợt gửi kết quả")
    return row


def records(sending: Sending) -> Iterator[dict[str, str]]:
    """The lines of a file by field, always the same for the same file: results are never rewritten."""
    rows = (
        Sent.objects.filter(sending=sending)
        .select_related("result__person", "result__unit", "result__sheet", "result__cycle")
        .defer("result__explanation", "result__tasks")
        .order_by("pk")
    )
    for row in rows.iterator(chunk_size=2000):
        result, person = row.result, row.result.person
        if person is None:
            continue
        yield {
            "citizen_id": person.citizen_id or "",
            "code": person.code,
            "name": person.name,
            "unit_code": result.unit.code,
            "unit": result.unit.name,
            "title": result.sheet.title,
            "period": result.period,
            "rulebook": result.cycle.rulebook_title,
            "common": _number(result.common),
            "result": _number(result.result),
            "total": _number(result.total),
            "grade": result.grade,
            "decided_on": result.decided_on.isoformat(),
            "change": CHANGED if row.replaces_id else NEW,
        }


def _number(value: object) -> str:
    return "" if value is None else f"{value:.4f}".rstrip("0").rstrip(".")
