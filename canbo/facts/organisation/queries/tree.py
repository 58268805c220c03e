"""Units as they stood on a day: versions, superiors, subordinates, counts."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from canbo.foundation.kernel.actor import Actor, Reach
from canbo.foundation.kernel.violation import OutOfScope

from ..choices import READ
from ..models import Target, Unit, UnitPath, UnitVersion
from .scope import reaches, require_over, subtree_ids, within


@dataclass(frozen=True)
class Node:
    """A unit as it hangs in the tree of a day; ``depth`` counts from the unit asked for (0)."""

    id: int
    code: str
    name: str
    kind: str
    local_type: str
    shelf: str
    parent_id: int | None
    depth: int
    children: int


def versions_at(actor: Actor, day: dt.date, under: Unit | None = None) -> QuerySet[UnitVersion]:
    """Versions in force on a day, in the order of names, ``unit`` and ``parent`` at hand."""
    rows = within(UnitVersion.objects.at(day), actor.reach(READ), day)
    if under is not None:
        rows = rows.filter(unit_id__in=subtree_ids([under.pk], day))
    return rows.select_related("unit", "parent").order_by("unit__sort_key", "unit_id")


def version_at(unit: Unit | int, day: dt.date) -> UnitVersion | None:
    """The version of a unit in force on a day, None when it was not there."""
    return UnitVersion.objects.at(day).filter(unit=unit).first()


def history(actor: Actor, unit: Unit) -> QuerySet[UnitVersion]:
    """Every standing version of a unit, oldest first."""
    actor.require(READ)
    return (
        UnitVersion.objects.standing()
        .filter(unit=unit)
        .select_related("parent", "opened_by", "closed_by")
        .order_by("in_force")
    )


def children(actor: Actor, unit: Unit | None, day: dt.date) -> QuerySet[UnitVersion]:
    """Versions of the direct subordinates on a day; with no unit, of the tops of the forest."""
    return versions_at(actor, day).filter(parent=unit)


def path(actor: Actor, unit: Unit, day: dt.date) -> list[Unit]:
    """The unit's superiors on a day, from the top down, the unit itself last.

    Raises:
        OutOfScope: when the unit is not the actor's to see.
    """
    if not reaches(actor.reach(READ), unit.pk, day):
        raise OutOfScope("đơn vị")
    rows = UnitPath.objects.filter(descendant=unit, valid_from__lte=day, valid_to__gt=day)
    return [row.ancestor for row in rows.select_related("ancestor").order_by("-depth")]


def tree(actor: Actor, root: Unit | None, day: dt.date, depth: int = 1) -> list[Node]:
    """A part of the tree of a day in reading order: every unit followed by what is under it.

    Args:
        root: where to begin; None begins at the tops of what the actor may see.
        depth: how many levels below the beginning to list.

    Raises:
        OutOfScope: when the root is not the actor's to see.
    """
    reach = actor.reach(READ)
    if root is not None and not reaches(reach, root.pk, day):
        raise OutOfScope("đơn vị")
    tops = [root.pk] if root is not None else list(_tops(reach, day))
    depths = dict(
        UnitPath.objects.filter(ancestor_id__in=tops, depth__lte=depth, valid_from__lte=day, valid_to__gt=day)
        .order_by("-depth")
        .values_list("descendant_id", "depth")
    )
    below = dict(
        UnitVersion.objects.at(day)
        .filter(parent_id__in=depths)
        .order_by()
        .values_list("parent_id")
        .annotate(n=Count("id"))
    )
    under: dict[int | None, list[UnitVersion]] = defaultdict(list)
    first: list[UnitVersion] = []
    rows = UnitVersion.objects.at(day).filter(unit_id__in=depths).select_related("unit")
    for row in rows.order_by("unit__sort_key", "unit_id"):
        (first if row.unit_id in tops else under[row.parent_id]).append(row)
    return list(_walk(first, under, depths, below))


def _tops(reach: Reach, day: dt.date) -> QuerySet[UnitVersion, int]:
    rows = UnitVersion.objects.at(day)
    if reach.everywhere:
        rows = rows.filter(parent=None)
    else:
        inner = UnitPath.objects.filter(
            ancestor_id__in=reach.units, depth__gt=0, valid_from__lte=day, valid_to__gt=day
        ).values("descendant_id")
        rows = rows.filter(unit_id__in=reach.units).exclude(unit_id__in=inner)
    return rows.values_list("unit_id", flat=True)


def _walk(
    rows: Sequence[UnitVersion],
    under: dict[int | None, list[UnitVersion]],
    depths: dict[int, int],
    below: dict[int | None, int],
) -> Iterable[Node]:
    stack = [(row, 0) for row in reversed(rows)]
    while stack:
        row, depth = stack.pop()
        yield Node(
            row.unit_id,
            row.unit.code,
            row.name,
            row.kind,
            row.local_type,
            row.shelf,
            row.parent_id,
            depth,
            below.get(row.unit_id, 0),
        )
        stack.extend((child, depth + 1) for child in reversed(under.get(row.unit_id, [])))


def counts_by_kind(actor: Actor, day: dt.date, under: Unit | None = None) -> dict[str, int]:
    """How many units of each kind are in force on a day, the most numerous first."""
    rows = versions_at(actor, day, under).order_by().values_list("kind").annotate(n=Count("id"))
    return dict(sorted(rows, key=lambda pair: (-pair[1], pair[0])))


def targets(actor: Actor, unit: Unit, day: dt.date) -> QuerySet[Target]:
    """Figures assigned to a unit that stand on a day."""
    require_over(actor, READ, unit, day)
    return Target.objects.at(day).filter(unit=unit)


def vanishing(opened: Iterable[object]) -> list[Unit]:
    """Units that would be left without any version, were these facts voided."""
    versions = [fact for fact in opened if isinstance(fact, UnitVersion)]
    ids = {version.unit_id for version in versions}
    kept = UnitVersion.objects.standing().filter(unit__in=ids).exclude(pk__in=[version.pk for version in versions])
    return list(Unit.objects.filter(pk__in=ids).exclude(pk__in=kept.values("unit_id")))
