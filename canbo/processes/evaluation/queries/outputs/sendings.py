"""What still has to go to the national database, by when, and what went there already."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet, Subquery

from canbo.facts.organisation.models import Unit
from canbo.facts.organisation.queries import acting_day, subtree_ids, within
from canbo.foundation import rulebooks
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.violation import OutOfScope

from ...choices import READ
from ...models import Cycle, Result, Sending, Sent
from ..cycles import cycles

SUBJECT = "evaluation.outputs"
NEW, CHANGED = "mới", "sửa đổi"


NAMES = ("citizen_id", "code", "name", "unit_code", "unit", "title", "period", "rulebook")
FIELDS = (
    "result__person__citizen_id", "result__person__code", "result__person__name", "result__unit__code",
    "result__unit__name", "result__sheet__title", "result__period", "result__cycle__rulebook_title",
    "result__common", "result__result", "result__total", "result__grade", "result__decided_on", "replaces_id",
)  # fmt: skip
"""What a line of a file is read from: texts as ``NAMES`` call them, then points, grade, day, what it replaces."""


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


def chosen_rows(rows: QuerySet[Result]) -> tuple[str, tuple[Any, ...]]:
    """A statement giving each result with the one of the same sheet that was sent before, in the order of the rows."""
    earlier = (
        Sent.objects.filter(result__sheet=OuterRef("sheet"), sending__dropped_on=None).order_by("-pk").values("result")
    )
    query = rows.annotate(earlier=Subquery(earlier[:1])).values_list("pk", "earlier").query
    return query.sql_with_params()


def pending(actor: Actor) -> list[Pending]:
    """Cycles under rules that prescribe a sending and with results in no file, the most urgent first."""
    earlier = Sent.objects.filter(result__sheet=OuterRef("sheet"), sending__dropped_on=None)
    counted = (
        unsent(actor)
        .order_by()
        .values("cycle")
        .annotate(number=Count("pk"), changed=Count("pk", filter=Q(Exists(earlier))), since=Min("decided_on"))
    )
    known = cycles(actor, acting_day()).in_bulk([row["cycle"] for row in counted])
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
    rows = Sent.objects.filter(sending=sending).order_by("pk").values_list(*FIELDS)
    for row in rows.iterator(chunk_size=5000):
        *texts, common, result, total, grade, decided_on, replaces = row
        yield {
            **dict(zip(NAMES, (text or "" for text in texts), strict=True)),
            "common": _number(common),
            "result": _number(result),
            "total": _number(total),
            "grade": grade,
            "decided_on": decided_on.isoformat(),
            "change": CHANGED if replaces else NEW,
        }


def _number(value: object) -> str:
    return "" if value is None else f"{value:.4f}".rstrip("0").rstrip(".")
