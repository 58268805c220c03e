"""Where and to whom somebody may give work."""

from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet

from canbo.facts.organisation.models import Unit
from canbo.facts.organisation.queries import subtree_ids, within
from canbo.facts.people.models import Person
from canbo.facts.people.queries import matching
from canbo.facts.staffing.models import Assignment
from canbo.foundation.kernel.actor import Actor

from ..choices import ASSIGN
from ..models import TaskSeries
from .scope import places

MOST_UNITS = 200


def units_to_assign(actor: Actor, day: dt.date) -> QuerySet[Unit]:
    """Units in which the actor gives work."""
    return within(Unit.objects.all(), actor.reach(ASSIGN), day, "id")


def colleagues(
    actor: Actor, day: dt.date, text: str = "", permission: str = ASSIGN, unit: Unit | None = None
) -> QuerySet[Person]:
    """People to whom the actor may give work on a day: those who hold a post in her units, in the order of names."""
    held = within(Assignment.objects.at(day), actor.reach(permission), day)
    if unit is not None:
        held = held.filter(unit_id__in=subtree_ids([unit.pk], day))
    rows = Person.objects.filter(pk__in=held.values("person_id")).select_related("work_unit")
    if actor.person_id is not None:
        rows = rows.exclude(pk=actor.person_id)
    return (matching(rows, text) if text else rows).order_by("sort_key", "pk")


def own_units(actor: Actor, day: dt.date) -> list[Unit]:
    """Units in which the actor gives work, that in which she works herself first; the tops of her reach and below."""
    rows = list(units_to_assign(actor, day).order_by("sort_key", "id")[:MOST_UNITS])
    if actor.person_id is None or not rows:
        return rows
    place = places([actor.person_id], actor.reach(ASSIGN), day).get(actor.person_id)
    return sorted(rows, key=lambda row: row.pk != place)


def unit_to_assign(actor: Actor, code: str, day: dt.date) -> Unit | None:
    """The unit of a code, if the actor gives work there."""
    return units_to_assign(actor, day).filter(code=code.strip()).first()


def series(actor: Actor, day: dt.date) -> QuerySet[TaskSeries]:
    """Repeating tasks in force in the actor's units."""
    return within(TaskSeries.objects.at(day), actor.reach(ASSIGN), day).select_related("unit", "product")


def all_series(day: dt.date) -> QuerySet[TaskSeries]:
    """Every repeating task in force, for the nightly work."""
    return TaskSeries.objects.at(day).select_related("unit", "product").order_by("id")
