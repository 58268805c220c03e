"""Before and after: what a unit was made of and what became of it between two days, stage by stage."""

from __future__ import annotations

import datetime as dt
import itertools
from collections import defaultdict
from dataclasses import dataclass, field

from canbo.facts.organisation.choices import READ
from canbo.facts.organisation.models import Unit, UnitLineage, UnitPath, UnitVersion
from canbo.facts.organisation.queries import predecessors, reaches, successors, unit_by_code
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.violation import OutOfScope

MOST_STEPS = 400
"""Further partners of a merger are left out of a drawing that has so many steps already."""


@dataclass(frozen=True)
class Stand:
    """A unit as it stood at one stage."""

    unit_id: int
    code: str
    name: str
    kind: str
    seen: bool


@dataclass(frozen=True)
class Link:
    """What leads from a unit of one stage to a unit of the next; ``stays`` where it is the same one."""

    old: int
    new: int
    stays: bool


@dataclass
class Stage:
    """How things stood on a day, and what led there from the stage before."""

    day: dt.date
    units: dict[int, Stand] = field(default_factory=dict)
    links: list[Link] = field(default_factory=list)


@dataclass
class Change:
    """A unit between two days."""

    unit: Unit
    first: dt.date
    last: dt.date
    stages: list[Stage]
    steps: list[UnitLineage]
    versions: list[UnitVersion]
    linked: set[int]

    @property
    def name(self) -> str:
        """Its latest name within the two days."""
        return next(
            (stage.units[self.unit.pk].name for stage in reversed(self.stages) if self.unit.pk in stage.units),
            self.unit.name,
        )

    @property
    def before(self) -> list[Stand]:
        """What there was on the first day."""
        return list(self.stages[0].units.values())

    @property
    def after(self) -> list[Stand]:
        """What there was on the last day."""
        return list(self.stages[-1].units.values())


def change(actor: Actor, code: str, first: dt.date, last: dt.date, today: dt.date) -> Change:
    """What a unit was made of and what became of it.

    Args:
        first, last: the two days, in order.

    Raises:
        OutOfScope: no such unit, or on no day in question the actor's to see.
    """
    reach = actor.require(READ)
    unit = unit_by_code(actor, code)
    if not any(reaches(reach, unit.pk, day) for day in (first, last, today)) and not reach.everywhere:
        ever = UnitPath.objects.filter(ancestor_id__in=reach.units, descendant=unit)
        if not ever.filter(valid_from__lte=last, valid_to__gt=first).exists():
            raise OutOfScope("đơn vị")
    found = {step.pk: step for step in predecessors(actor, unit, last) if step.on > first}
    onward = {step.pk: step for step in successors(actor, unit, last) if step.on > first}
    found |= onward
    if onward and len(found) < MOST_STEPS:
        found |= {step.pk: step for step in _partners(list(onward.values()))}
    steps = sorted(found.values(), key=lambda step: (step.on, step.new.sort_key, step.old.sort_key, step.pk))
    ids = {unit.pk, *(step.old_id for step in steps), *(step.new_id for step in steps)}
    versions = list(
        UnitVersion.objects.during(first, last)
        .filter(unit_id__in=ids)
        .select_related("unit", "parent", "opened_by")
        .order_by("unit__sort_key", "unit_id", "in_force")
    )
    own = [row for row in versions if row.unit_id == unit.pk]
    linked = ids if reach.everywhere else _seen(reach.units, ids)
    stages = _stages(unit, first, last, steps, versions, linked)
    return Change(unit, first, last, stages, steps, own, linked)


def _partners(steps: list[UnitLineage]) -> list[UnitLineage]:
    """What else went into the units that something became, on the same days."""
    goals, days = {step.new_id for step in steps}, {step.on for step in steps}
    rows = UnitLineage.objects.standing().filter(new_id__in=goals, on__in=days)
    return list(rows.select_related("old", "new", "opened_by")[:MOST_STEPS])


def _seen(units: frozenset[int], ids: set[int]) -> set[int]:
    """Which of some units lay in a reach on any day: only those become links."""
    rows = UnitPath.objects.filter(ancestor_id__in=units, descendant_id__in=ids)
    return set(rows.values_list("descendant_id", flat=True))


def _stages(
    unit: Unit,
    first: dt.date,
    last: dt.date,
    steps: list[UnitLineage],
    versions: list[UnitVersion],
    linked: set[int],
) -> list[Stage]:
    turns = {step.on for step in steps}
    turns |= {row.in_force.lower for row in versions if row.unit_id == unit.pk and row.in_force.lower > first}
    stages = [Stage(day) for day in (first, *sorted(turns))]
    by_unit: dict[int, list[UnitVersion]] = defaultdict(list)
    for row in versions:
        by_unit[row.unit_id].append(row)
    for stage in stages:
        for pk, rows in by_unit.items():
            standing = next((row for row in rows if stage.day in row.in_force), None)
            if standing is not None:
                stage.units[pk] = Stand(pk, standing.unit.code, standing.name, standing.kind, pk in linked)
    for before, stage in itertools.pairwise(stages):
        made = [Link(step.old_id, step.new_id, stays=False) for step in steps if step.on == stage.day]
        stay = [Link(pk, pk, stays=True) for pk in before.units if pk in stage.units]
        stage.links = [link for link in (*made, *stay) if link.old in before.units and link.new in stage.units]
    return stages
