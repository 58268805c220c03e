"""A unit's work of a period: the three figures of number, quality and progress, and one row a person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import Greatest

from canbo.facts.organisation.models import Unit
from canbo.facts.organisation.queries import acting_day, reaches, subtree_ids, within
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.numbers import percent
from canbo.foundation.kernel.violation import OutOfScope

from ..choices import READ, State
from ..models import Share


@dataclass(frozen=True)
class Work:
    """What work adds up to, of a person, a unit or everything asked for.

    Args:
        tasks: shares that count, ad hoc and taken-over ones included; ``given``: those given in the first place.
        returns, late_days: how many times and days, ``returned`` and ``late``: of how many shares.
    """

    tasks: int = 0
    given: int = 0
    extra: int = 0
    done: int = 0
    on_time: int = 0
    late: int = 0
    late_days: int = 0
    returned: int = 0
    returns: int = 0
    exceeded: int = 0
    failed: int = 0
    waiting: int = 0
    open: int = 0
    uncounted: int = 0
    assigned: Decimal = Decimal(0)
    produced: Decimal = Decimal(0)

    @property
    def done_ratio(self) -> Decimal | None:
        return percent(self.done, self.tasks)

    @property
    def on_time_ratio(self) -> Decimal | None:
        return percent(self.on_time, self.done)

    @property
    def first_time_ratio(self) -> Decimal | None:
        """Done without being returned, of what is done or was returned."""
        tried = self.done + self.returned
        return percent(self.done, tried) if self.returned else percent(1, 1) if self.done else None

    @property
    def product_ratio(self) -> Decimal | None:
        """Converted products done, in per cent of those given (a, before any ceiling)."""
        return percent(self.produced, self.assigned)


COUNTED = Q(voided=False)
GIVEN = Q(ad_hoc=False, taken_over=False)


def _sums(day: dt.date) -> dict[str, object]:
    over = Q(closed=False, due_on__lt=day) & ~Q(state=State.SUBMITTED)
    zero = Decimal(0)
    return {
        "tasks": Count("id"),
        "given": Count("id", filter=GIVEN),
        "extra": Count("id", filter=~GIVEN),
        "done": Count("id", filter=Q(state=State.ACCEPTED)),
        "on_time": Count("id", filter=Q(state=State.ACCEPTED, late=False)),
        "late": Count("id", filter=Q(late=True) | over),
        "late_days": Sum(Greatest(F("late_days") - F("excused_days"), 0), default=0),
        "returned": Count("id", filter=Q(quality_fails__gt=F("excused_fails"))),
        "returns": Sum(Greatest(F("quality_fails") - F("excused_fails"), 0), default=0),
        "exceeded": Count("id", filter=Q(exceeded=True)),
        "failed": Count("id", filter=Q(failed=True)),
        "waiting": Count("id", filter=Q(state__in=(State.SUBMITTED, State.ASKED))),
        "open": Count("id", filter=Q(closed=False)),
        "uncounted": Count("id", filter=Q(coef__isnull=True)),
        "assigned": Sum(F("coef") * F("assigned"), filter=GIVEN, default=zero),
        "produced": Sum(F("coef") * F("done"), default=zero),
    }


def _named(day: dt.date) -> dict[str, object]:
    """The sums under names that no column of a share has."""
    return {f"n_{key}": value for key, value in _sums(day).items()}


def _work(row: dict[str, Any]) -> Work:
    return Work(**{key[2:]: value for key, value in row.items() if key[:2] == "n_"})


def shares_of(actor: Actor, first: dt.date, last: dt.date, unit: Unit | None = None) -> QuerySet[Share]:
    """Shares that count in a period in the units whose work the actor reads; with a unit, in it and under it."""
    day = acting_day()
    rows = within(Share.objects.filter(COUNTED, counts_on__range=(first, last)), actor.reach(READ), day)
    if unit is not None:
        if not reaches(actor.reach(READ), unit.pk, day):
            raise OutOfScope("đơn vị")
        rows = rows.filter(unit_id__in=subtree_ids([unit.pk], day))
    return rows


def overall(rows: QuerySet[Share], day: dt.date) -> Work:
    """The sums of all these shares."""
    return _work(rows.order_by().aggregate(**_named(day)))


def by_person(rows: QuerySet[Share], day: dt.date) -> list[tuple[dict[str, object], Work]]:
    """(person's id, name, unit) and her sums, in the order of names."""
    keys = ("person_id", "person__name", "person__sort_key", "unit_id", "unit__name")
    found = rows.order_by().values(*keys).annotate(**_named(day))
    return [
        ({key: row[key] for key in keys}, _work(row))
        for row in found.order_by("person__sort_key", "person_id", "unit_id")
    ]


def by_unit(unit_ids: Collection[int], first: dt.date, last: dt.date, day: dt.date) -> dict[int, Work]:
    """The sums of each unit, of its own people; for evaluation of collectives and for reports.

    Args:
        day: what is open then and past its deadline counts as late.
    """
    rows = Share.objects.filter(COUNTED, counts_on__range=(first, last), unit_id__in=unit_ids).order_by()
    found = rows.values("unit_id").annotate(**_named(day))
    return {row["unit_id"]: _work(row) for row in found.order_by("unit_id")}
