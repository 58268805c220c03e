"""The tree of units as rows: the tops, and under every unit that is open its direct subordinates."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count

from canbo.facts.organisation.choices import READ
from canbo.facts.organisation.models import Unit, UnitVersion
from canbo.facts.organisation.queries import tree, unit_by_code, versions_at
from canbo.foundation.kernel.actor import Actor

from .headcount import Head, headcounts

FEW = 3


@dataclass(frozen=True)
class Branch:
    """A row of the tree: a unit, how deep it hangs, how many are right under it, whether it is open."""

    id: int
    code: str
    name: str
    kind: str
    level: int
    children: int
    is_open: bool
    head: Head


@dataclass(frozen=True)
class _Place:
    id: int
    code: str
    name: str
    kind: str
    parent_id: int | None


def branches(actor: Actor, day: dt.date, opened: Iterable[str]) -> list[Branch]:
    """The whole tree as it is open: tops of what the actor sees, and what hangs under the opened codes."""
    actor.require(READ)
    codes = list(dict.fromkeys(opened))[:200]
    tops = [_Place(n.id, n.code, n.name, n.kind, None) for n in tree(actor, None, day, depth=0)]
    unit_ids = list(Unit.objects.filter(code__in=codes).values_list("pk", flat=True))
    if len(tops) <= FEW and not codes:
        unit_ids = [top.id for top in tops]  # the tops alone say nothing
    return _rows(actor, day, tops, set(unit_ids), 1)


def branch(actor: Actor, code: str, day: dt.date, level: int) -> list[Branch]:
    """The direct subordinates of one unit, as rows of the level given; raises OutOfScope."""
    actor.require(READ)
    unit = unit_by_code(actor, code, day)
    return _rows(actor, day, _below(actor, day, {unit.pk})[unit.pk], set(), level)


def _below(actor: Actor, day: dt.date, parents: set[int]) -> dict[int, list[_Place]]:
    found: dict[int, list[_Place]] = defaultdict(list)
    for row in versions_at(actor, day).filter(parent_id__in=parents):
        found[row.parent_id or 0].append(_Place(row.unit_id, row.unit.code, row.name, row.kind, row.parent_id))
    return found


def _rows(actor: Actor, day: dt.date, tops: list[_Place], opened: set[int], level: int) -> list[Branch]:
    below = _below(actor, day, opened) if opened else {}
    order: list[tuple[_Place, int]] = []
    stack = [(place, level) for place in reversed(tops)]
    seen: set[int] = set()
    while stack:
        place, depth = stack.pop()
        if place.id in seen:
            continue
        seen.add(place.id)
        order.append((place, depth))
        stack.extend((child, depth + 1) for child in reversed(below.get(place.id, [])))
    counts = dict(
        UnitVersion.objects.at(day)
        .filter(parent_id__in=seen)
        .order_by()
        .values_list("parent_id")
        .annotate(n=Count("id"))
    )
    heads = headcounts(seen, day)
    return [
        Branch(p.id, p.code, p.name, p.kind, depth, counts.get(p.id, 0), p.id in opened, heads[p.id])
        for p, depth in order
    ]
