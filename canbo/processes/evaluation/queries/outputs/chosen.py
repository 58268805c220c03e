"""What a page of statistics speaks of: one rulebook, one period, one unit."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from canbo.facts.organisation.models import Unit
from canbo.facts.organisation.queries import acting_day, subtree_ids
from canbo.foundation.kernel.actor import Actor, Reach
from canbo.foundation.kernel.violation import OutOfScope

from ... import rules
from ...choices import READ
from ...models import Cycle
from ..books import book_of
from ..cycles import cycles


@dataclass(frozen=True)
class Chosen:
    """A rulebook, a period, and a unit under which to count; None means all the actor reads.

    Args:
        cycles: the cycles of that rulebook and period, one or several of different places.
        reach: where the actor reads sheets.
    """

    rulebook: str
    period: str
    cycles: tuple[Cycle, ...]
    unit: Unit | None
    reach: Reach
    day: dt.date

    @property
    def cycle(self) -> Cycle:
        return self.cycles[0]

    @property
    def last(self) -> dt.date:
        """The last day of the period, whose tree counts."""
        return self.cycle.last

    @property
    def unit_code(self) -> str:
        """Code of the unit; empty without one."""
        return self.unit.code if self.unit else ""

    @cached_property
    def book(self) -> rules.Book:
        return book_of(self.cycle)

    @cached_property
    def grades(self) -> tuple[tuple[str, str], ...]:
        """Code and words of each grade, best first."""
        return tuple((grade.key, grade.title) for grade in self.book.grades)

    def clause(self, sheet: str = "s") -> tuple[str, dict[str, Any]]:
        """The rows it speaks of, as a condition over a table of sheets and its values."""
        parts = [f"{sheet}.cycle_id = ANY(%(cycles)s)"]
        values: dict[str, Any] = {"cycles": [cycle.pk for cycle in self.cycles]}
        if not self.reach.everywhere:
            parts.append(f"{sheet}.unit_id IN ({_UNDER.format(units='reach', day='today')})")
            values |= {"reach": sorted(self.reach.units), "today": self.day}
        if self.unit is not None:
            parts.append(f"{sheet}.unit_id IN ({_UNDER.format(units='under', day='last')})")
            values |= {"under": [self.unit.pk], "last": self.last}
        return " AND ".join(parts), values

    def narrow(self, rows: QuerySet[Any], field: str = "unit_id") -> QuerySet[Any]:
        """The same condition for rows of the ORM that have a unit."""
        if not self.reach.everywhere:
            rows = rows.filter(**{f"{field}__in": subtree_ids(self.reach.units, self.day)})
        if self.unit is not None:
            rows = rows.filter(**{f"{field}__in": subtree_ids([self.unit.pk], self.last)})
        return rows


_UNDER = (
    "SELECT descendant_id FROM organisation_unitpath WHERE ancestor_id = ANY(%({units})s) "
    "AND valid_from <= %({day})s AND valid_to > %({day})s"
)


def choices(actor: Actor) -> list[tuple[str, str, str]]:
    """Rulebook, its title and period of every cycle the actor reads, newest first, each once."""
    rows = (
        cycles(actor, acting_day())
        .order_by("-first", "-last", "rulebook")
        .values_list("rulebook", "rulebook_title", "period")
    )
    return list(dict.fromkeys(rows))


def chosen(actor: Actor, rulebook: str, period: str, unit: Unit | None = None) -> Chosen:
    """What to count.

    Raises:
        OutOfScope: no cycle of that rulebook and period that the actor reads.
    """
    found = tuple(cycles(actor, acting_day()).filter(rulebook=rulebook, period=period).order_by("pk"))
    if not found:
        raise OutOfScope("kỳ đánh giá")
    return Chosen(rulebook, period, found, unit, actor.require(READ), acting_day())
