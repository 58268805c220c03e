"""Which units an actor reaches on the tree of a day, and finding a unit by code or name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from canbo.foundation.kernel.actor import Actor, Reach
from canbo.foundation.kernel.clock import now
from canbo.foundation.kernel.text import fold
from canbo.foundation.kernel.violation import NotPermitted, OutOfScope

from ..choices import READ
from ..models import Unit, UnitPath

M = TypeVar("M", bound=Model)
BROAD = 500


def acting_day() -> dt.date:
    """The day somebody acts: scope is a matter of the moment, never of the date on a paper."""
    return now().date()


def subtree_ids(unit_ids: Iterable[int], day: dt.date) -> QuerySet[UnitPath, int]:
    """The units under ``unit_ids`` on a day, those themselves included, for ``field__in=``.

    Always used as ``IN (…)``: a correlated ``EXISTS`` over the same rows is a thousand times slower.
    """
    return UnitPath.objects.filter(ancestor_id__in=list(unit_ids), valid_from__lte=day, valid_to__gt=day).values_list(
        "descendant_id", flat=True
    )


def within(rows: QuerySet[M], reach: Reach, day: dt.date, *fields: str, few: bool | None = None) -> QuerySet[M]:
    """Rows of which at least one of ``fields`` (unit ids) lies in the reach on the tree of a day.

    A reach of everywhere adds no filter at all, so that lists of the whole system stay instant.

    Args:
        few: whether few rows lie in the reach, where that is known; else the number of its units says so.
    """
    if reach.everywhere:
        return rows
    if not reach:
        return rows.none()
    lying = [{f"{field}__in": subtree_ids(reach.units, day)} for field in fields or ("unit_id",)]
    if len(lying) == 1 or not (few if few is not None else not broad(reach, day)):
        return rows.filter(reduce(or_, (Q(**condition) for condition in lying)))
    return few_within(rows, reach, day, *fields)


def few_within(rows: QuerySet[M], reach: Reach, day: dt.date, *fields: str) -> QuerySet[M]:
    """The same for a small part of the system: a union, so that each of ``fields`` is read by its own index."""
    parts = [
        rows.model._default_manager.order_by().filter(**{f"{field}__in": subtree_ids(reach.units, day)}).values("pk")
        for field in fields
    ]
    return rows.filter(pk__in=parts[0].union(*parts[1:]))


def broad(reach: Reach, day: dt.date) -> bool:
    """Whether a reach holds so many units that lists are found sooner along their order than by their units."""
    return reach.everywhere or subtree_ids(reach.units, day)[:BROAD].count() >= BROAD


def reaches(reach: Reach, unit_id: int | None, day: dt.date) -> bool:
    """Whether a unit lies in the reach on the tree of a day."""
    if reach.everywhere:
        return True
    if not reach or unit_id is None:
        return False
    return unit_id in reach.units or subtree_ids(reach.units, day).filter(descendant_id=unit_id).exists()


def require_over(actor: Actor, permission: str, unit: Unit | int | None, day: dt.date) -> None:
    """Refuses an actor who does not hold the permission over the unit.

    The tree of the day of the fact counts, and that of the day of acting: whoever has the unit today keeps its past.

    Args:
        unit: the unit, its id, or None for the whole system.
        day: the day of the fact.

    Raises:
        NotPermitted: she may see the unit, but not do this there, or holds the permission nowhere.
        OutOfScope: for her the unit does not exist.
    """
    reach = actor.require(permission)
    unit_id = unit.pk if isinstance(unit, Unit) else unit
    days = {day, acting_day()}
    if any(reaches(reach, unit_id, found) for found in days):
        return
    if any(reaches(actor.reach(READ), unit_id, found) for found in days):
        raise NotPermitted(permission)
    raise OutOfScope("đơn vị")


def units_in_reach(actor: Actor, permission: str, day: dt.date) -> QuerySet[Unit]:
    """Units over which the actor holds the permission, on the tree of a day."""
    return within(Unit.objects.all(), actor.reach(permission), day, "id")


def visible(actor: Actor, day: dt.date) -> QuerySet[Unit]:
    """Units the actor may read, on the tree of a day."""
    return units_in_reach(actor, READ, day)


def unit_by_code(actor: Actor, code: str, day: dt.date | None = None) -> Unit:
    """The unit with a code.

    Args:
        day: the day whose tree decides the scope; without it only those who read everywhere find units of the past.

    Raises:
        OutOfScope: no such unit, or not for this actor.
    """
    unit = Unit.objects.filter(code=code.strip()).first()
    if unit is None:
        raise OutOfScope(f"đơn vị có mã {code}")
    reach = actor.reach(READ)
    paths = UnitPath.objects.filter(ancestor_id__in=reach.units, descendant=unit)
    if day is not None:
        paths = paths.filter(valid_from__lte=day, valid_to__gt=day)
    if reach.everywhere or unit.pk in reach.units or paths.exists():
        return unit
    raise OutOfScope(f"đơn vị có mã {code}")


def search(actor: Actor, text: str, day: dt.date, limit: int = 20) -> list[Unit]:
    """Units whose name or code holds the text, diacritics or not, in the order of names."""
    rows = visible(actor, day)
    for word in fold(text).split():
        rows = rows.filter(search_text__contains=word)
    return list(rows[:limit])


def units_meant(actor: Actor, text: str, day: dt.date, limit: int = 6) -> list[Unit]:
    """The units that somebody may mean by a code or a part of a name: one where it is clear, none, or those it may be."""
    try:
        return [unit_by_code(actor, text, day)]
    except OutOfScope:
        found = search(actor, text, day, limit=limit)
    same = [unit for unit in found if fold(unit.name) == fold(text)]
    return same if len(same) == 1 else found
