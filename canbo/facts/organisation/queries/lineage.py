"""What became of a unit, and what a unit is made of, over as many steps as it took."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from canbo.foundation.kernel.actor import Actor

from ..choices import READ, Operation
from ..models import Unit, UnitLineage, UnitVersion


def successors(actor: Actor, unit: Unit, day: dt.date) -> list[UnitLineage]:
    """The steps that led from a unit to what it had become by a day, in the order of time."""
    actor.require(READ)
    return _follow(unit, day, forward=True)


def predecessors(actor: Actor, unit: Unit, day: dt.date) -> list[UnitLineage]:
    """The steps that led to a unit as it was on a day, in the order of time."""
    actor.require(READ)
    return _follow(unit, day, forward=False)


def became(actor: Actor, unit: Unit, day: dt.date) -> list[Unit]:
    """What a unit was by a day: itself if it still stood, and every unit in force that grew out of it."""
    steps = successors(actor, unit, day)
    return _standing([unit, *(step.new for step in steps)], day)


def made_of(actor: Actor, unit: Unit, day: dt.date) -> list[Unit]:
    """The units at the far end of a unit's past: those that came from no other one known here.

    A unit that others came into and that had been there before is made of itself as well: “phường A, sáp nhập phường B”
    is made of A as it was and of B.
    """
    steps = predecessors(actor, unit, day)
    grown = {step.new_id for step in steps}
    sources = {step.old_id: step.old for step in steps if step.old_id not in grown}
    sources |= _there_before(steps)
    return sorted(sources.values(), key=lambda found: (found.sort_key, found.pk))


def _there_before(steps: Iterable[UnitLineage]) -> dict[int, Unit]:
    """Units that stood before the first step into them, and took others in or changed with that step.

    A part split off into a unit that stays as it was does not make that unit one of its own sources.
    """
    first: dict[int, UnitLineage] = {}
    taken: set[int] = set()
    for step in sorted(steps, key=lambda step: (step.on, step.pk)):
        start = first.setdefault(step.new_id, step)
        if step.on == start.on and step.operation != Operation.SPLIT:
            taken.add(step.new_id)
    versions = UnitVersion.objects.standing().filter(unit_id__in=first).values_list("unit_id", "in_force")
    began: dict[int, set[dt.date]] = {}
    for pk, period in versions:
        began.setdefault(pk, set()).add(period.lower)
    return {
        pk: step.new
        for pk, step in first.items()
        if any(day < step.on for day in began.get(pk, ())) and (pk in taken or step.on in began[pk])
    }


def _standing(units: Iterable[Unit], day: dt.date) -> list[Unit]:
    candidates = {unit.pk: unit for unit in units}
    there = UnitVersion.objects.at(day).filter(unit_id__in=candidates).values_list("unit_id", flat=True)
    return sorted((candidates[pk] for pk in there), key=lambda found: (found.sort_key, found.pk))


def _follow(unit: Unit, day: dt.date, *, forward: bool) -> list[UnitLineage]:
    """Walks level by level; a step counts only when time runs the right way along the whole walk."""
    here, there = ("old_id", "new_id") if forward else ("new_id", "old_id")
    reached: dict[int, dt.date] = {unit.pk: dt.date.min if forward else day}
    frontier = {unit.pk}
    steps: dict[int, UnitLineage] = {}
    while frontier:
        found = UnitLineage.objects.standing().filter(**{f"{here}__in": frontier}, on__lte=day)
        frontier = set()
        for step in found.select_related("old", "new", "opened_by").order_by("on", "id"):
            start, goal = getattr(step, here), getattr(step, there)
            if (step.on < reached[start]) if forward else (step.on > reached[start]):
                continue
            steps[step.pk] = step
            known = reached.get(goal)
            if known is None or ((step.on < known) if forward else (step.on > known)):
                reached[goal] = step.on
                frontier.add(goal)
    return sorted(steps.values(), key=lambda step: (step.on, step.pk))
