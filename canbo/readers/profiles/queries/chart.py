"""The organisation chart: boxes of a unit and of what hangs under it on a day, level by level."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from canbo.facts.organisation.choices import READ, Shelf
from canbo.facts.organisation.models import Unit
from canbo.facts.organisation.queries import reaches, tree, unit_by_code, version_at
from canbo.facts.party.choices import READ as READ_PARTY
from canbo.facts.staffing.choices import READ as READ_STAFFING
from canbo.foundation import rulebooks
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.text import fold
from canbo.foundation.kernel.violation import OutOfScope
from canbo.foundation.runtime.statements import read

from . import chart_sql
from .headcount import Head, headcounts

FEW = 8
"""A unit with so few subordinates shows the level under them too, unless another depth is asked for."""
PORTION = 24
"""Boxes of one unit's subordinates that are shown before the rest is asked for."""
DEEPEST = 8
MOST_OPEN = 200


@dataclass(frozen=True)
class Asked:
    """What a reader wants drawn.

    Args:
        shelves: systems to show; a unit of another one is passed over, what hangs under it is not.
        depth: levels below the top; 0 chooses by the number of subordinates.
        vacant: only units with a vacant post, or with such a unit under them.
        opened: codes of units opened by hand.
        whole: codes of units whose every subordinate is shown, however many.
        portion: how many subordinates of each other unit are shown at first.
        most: no further level is opened once so many boxes are drawn.
        wide: how many units of a level are opened at once.
    """

    shelves: tuple[str, ...] = tuple(Shelf.values)
    depth: int = 0
    vacant: bool = False
    opened: tuple[str, ...] = ()
    whole: tuple[str, ...] = ()
    portion: int = PORTION
    most: int = 600
    wide: int = 60


@dataclass
class Box:
    """A unit on the chart; ``children`` counts what it would open, ``below`` is what is open."""

    id: int
    code: str
    name: str
    kind: str
    shelf: str
    level: int
    place: int = 1
    siblings: int = 1
    head: Head = field(default_factory=Head)
    head_title: str = ""
    head_name: str = ""
    vacant: int = 0
    children: int = 0
    below: list[Box] = field(default_factory=list)

    @property
    def more(self) -> int:
        """Subordinates that are not shown although it is open."""
        return self.children - len(self.below) if self.below else 0

    def walk(self) -> Iterator[Box]:
        """The box and everything open under it, from the top down."""
        yield self
        for box in self.below:
            yield from box.walk()


@dataclass
class Chart:
    """A drawing: the unit it is of (None for all that the reader sees), and its tops."""

    unit: Unit | None
    name: str
    day: dt.date
    tops: list[Box]
    depth: int

    @property
    def boxes(self) -> list[Box]:
        """Every box drawn."""
        return [box for top in self.tops for box in top.walk()]


def chart(actor: Actor, code: str, day: dt.date, asked: Asked) -> Chart:
    """The chart of a unit on a day; without a code, of everything the actor sees.

    Raises:
        OutOfScope: no such unit, not for this actor, or not in force on the day.
    """
    actor.require(READ)
    unit, name, tops = None, "", []
    if code:
        unit = unit_by_code(actor, code, day)
        version = version_at(unit, day)
        if version is None or not reaches(actor.reach(READ), unit.pk, day):
            raise OutOfScope("đơn vị")
        name = version.name
        tops = [Box(unit.pk, unit.code, version.name, version.kind, version.shelf, 1)]
    else:
        nodes = tree(actor, None, day, depth=0)
        tops = [Box(node.id, node.code, node.name, node.kind, node.shelf, 1) for node in nodes]
        tops = [top for top in tops if top.shelf in asked.shelves] or tops
    for place, top in enumerate(tops, 1):
        top.place, top.siblings = place, len(tops)
    depth = _grow(tops, day, asked)
    _fill(actor, tops, day, asked)
    return Chart(unit, name, day, tops, depth)


def portion(actor: Actor, code: str, day: dt.date, asked: Asked, level: int, skip: int) -> Box:
    """A unit with the next portion of its direct subordinates, as boxes of the level given under ``below``.

    Raises:
        OutOfScope: no such unit, or not for this actor on that day.
    """
    actor.require(READ)
    unit = unit_by_code(actor, code, day)
    if not reaches(actor.reach(READ), unit.pk, day):
        raise OutOfScope("đơn vị")
    top = Box(unit.pk, unit.code, unit.name, "", "", level - 1)
    _level([top], day, asked, skip=skip)
    if top.below:
        _fill(actor, top.below, day, asked)
    return top


def _grow(tops: list[Box], day: dt.date, asked: Asked) -> int:
    """Opens level after level; returns the depth that was opened for all."""
    opened, depth = set(asked.opened[:MOST_OPEN]) | set(asked.whole), asked.depth
    if not depth and len(tops) > FEW:
        return 0
    frontier, level, drawn = tops[: asked.wide], 0, len(tops)
    while frontier and level < DEEPEST and drawn <= asked.most:
        _level(frontier, day, asked)
        level += 1
        below = [box for top in frontier for box in top.below]
        drawn += len(below)
        if not asked.depth and level == 1:
            depth = 2 if len(below) <= FEW else 1
        by_hand = [box for box in below if box.code in opened]
        frontier = [*by_hand, *(box for box in below if level < depth and box.code not in opened)][: asked.wide]
    return depth


def _level(parents: list[Box], day: dt.date, asked: Asked, skip: int = 0) -> None:
    """Hangs the next level under some boxes; one statement."""
    known = {box.id: box for box in parents}
    whole = [box.id for box in parents if box.code in asked.whole]
    values = {"day": day, "units": list(known), "shelves": list(asked.shelves), "skip": skip, "most": asked.portion}
    rows = read(chart_sql.LEVEL[asked.vacant], values | {"whole": whole})
    for top, pk, code, name, kind, shelf, siblings, place in rows:
        parent = known[top]
        parent.children = siblings
        parent.below.append(Box(pk, code, name, kind, shelf, parent.level + 1, place, siblings))


def _fill(actor: Actor, tops: Iterable[Box], day: dt.date, asked: Asked) -> None:
    """Gives every box its figures, as far as the actor may read them."""
    boxes = {box.id: box for top in tops for box in top.walk()}
    if not boxes:
        return
    units, shut = list(boxes), [pk for pk, box in boxes.items() if not box.below]
    for pk, children in read(
        chart_sql.COUNTS[asked.vacant], {"day": day, "units": shut, "shelves": list(asked.shelves)}
    ):
        boxes[pk].children = children
    counted = headcounts(units, day)
    party, staffing = actor.may(READ_PARTY), actor.may(READ_STAFFING)
    for pk, box in boxes.items():
        box.head = Head(counted[pk].members if party else 0, counted[pk].staff if staffing else 0)
    if not staffing:
        return
    for pk, vacant in read(chart_sql.VACANCIES, {"day": day, "units": units}):
        boxes[pk].vacant = int(vacant)
    for pk, title, name in read(chart_sql.HEADS, {"day": day, "units": units, "titles": head_titles(day)}):
        boxes[pk].head_title, boxes[pk].head_name = title, name


def head_titles(day: dt.date) -> list[str]:
    """Folded titles of who heads a unit, the first before the others; none where no rule is in force."""
    try:
        rows = rulebooks.current().catalogue("staffing.heads.titles", on=day)
    except rulebooks.NoRuleInForce:
        return []
    return [fold(row.label) for row in rows]
