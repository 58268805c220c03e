"""A plan as pages read it: kept until something is written, cut into the parts people look at, with names for codes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from canbo.facts.organisation.models import UnitVersion
from canbo.facts.people.models import Person
from canbo.facts.people.queries import visible
from canbo.foundation.audit.models import AuditEntry
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.text import fold

from ..choices import READ
from ..models import Restructuring
from ..rules import Change, Finding, Move, Plan
from .cases import require_case
from .done import done
from .planning import plan

_KEPT: dict[int, tuple[int, Plan]] = {}
MOST_KEPT = 4
"""Plans held in memory by one process: that of a whole reform takes seconds to compute and some megabytes."""


def plan_seen(actor: Actor, case: Restructuring) -> Plan:
    """The plan of a case, computed anew only after something was written anywhere: every write leaves an audit line.

    Of a case that was carried out: what it did, as the facts say it.
    """
    require_case(actor, READ, case)
    if case.applied_at is not None:
        return done(case)
    newest = AuditEntry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    kept = _KEPT.get(case.pk)
    if kept is not None and kept[0] == newest:
        return kept[1]
    found = plan(actor, case)
    while len(_KEPT) >= MOST_KEPT:
        _KEPT.pop(next(iter(_KEPT)))
    _KEPT[case.pk] = (newest, found)
    return found


@dataclass(frozen=True)
class Part:
    """One part of a plan: its name, and its rows."""

    key: str
    label: str
    rows: Sequence[Any]


@dataclass(frozen=True)
class Flow:
    """A unit afterwards and the old ones that go into it; ``before`` is its own old name where it goes on."""

    code: str
    name: str
    kind: str
    parent: str | None
    before: str
    sources: tuple[str, ...]

    @property
    def targets(self) -> tuple[str, ...]:
        """For finding names: none."""
        return ()


def flows(found: Plan) -> list[Flow]:
    """What the plan makes of what, grouped by the unit afterwards; old units that go nowhere stand last."""
    made = [Flow(o.code, o.name, o.kind, o.parent, "", o.sources) for o in found.openings]
    made += [Flow(c.code, c.name, c.kind, c.parent, c.old_name, c.sources) for c in found.changes if not c.follows]
    gone = [Flow("", "", "", None, "", (closing.code,)) for closing in found.closings if not closing.targets]
    return [*made, *gone]


def altered(change: Change) -> bool:
    """Whether a unit that goes on gets another name, kind or superior; else it only receives."""
    return (change.old_name, change.old_kind, change.old_parent) != (change.name, change.kind, change.parent)


def parts_of(found: Plan) -> list[Part]:
    """What closes, opens, changes, goes along, moves, waits, is wrong."""
    own = [change for change in found.changes if not change.follows]
    return [
        Part("hinh", "Trước và sau", flows(found)),
        Part("het", "Kết thúc", found.closings),
        Part("moi", "Lập mới", found.openings),
        Part("doi", "Đổi tên, loại hình, cấp trên", [change for change in own if altered(change)]),
        Part("nhan", "Tiếp nhận, giữ nguyên", [change for change in own if not altered(change)]),
        Part("theo", "Theo cấp trên mới", [change for change in found.changes if change.follows]),
        Part("chuyen", "Chuyển người, số liệu", found.moves),
        Part("cho", "Chờ bố trí", [move for move in found.moves if move.waiting]),
        Part("loi", "Lỗi của phương án", found.faults),
    ]


def holding(rows: Iterable[Any], text: str, *columns: str) -> list[Any]:
    """Rows of which one column holds every word of a text, diacritics or not."""
    words = fold(text).split()
    if not words:
        return list(rows)
    return [row for row in rows if _holds(" ".join(str(getattr(row, name, "") or "") for name in columns), words)]


def _holds(text: str, words: list[str]) -> bool:
    folded = fold(text)
    return all(word in folded for word in words)


def names_for(found: Plan, codes: Iterable[str | None], on: dt.date) -> dict[str, str]:
    """What units are called after the change: new ones by the plan, the others as on the day before."""
    wanted = {code for code in codes if code}
    names = {opening.code: opening.name for opening in found.openings if opening.code in wanted}
    names |= {change.code: change.name for change in found.changes if change.code in wanted}
    left = wanted - set(names)
    rows = UnitVersion.objects.at(on - dt.timedelta(days=1)).filter(unit__code__in=left)
    return names | dict(rows.values_list("unit__code", "name"))


def moved_of(found: Plan) -> list[tuple[str, int, int]]:
    """What moves: label of the kind, how many rows, how many of them wait; the kinds in the order they were counted."""
    counted: dict[str, list[int]] = {}
    for move in found.moves:
        sums = counted.setdefault(move.label, [0, 0])
        sums[0] += move.count
        sums[1] += move.waiting
    return [(label, count, waiting) for label, (count, waiting) in counted.items()]


@dataclass
class Leaving:
    """A unit that something leaves: what, how, whither."""

    code: str
    name: str
    moves: list[Move]

    @property
    def count(self) -> int:
        """Rows that leave it."""
        return sum(move.count for move in self.moves)

    @property
    def waiting(self) -> int:
        """Rows that will wait to be placed one by one."""
        return sum(move.waiting for move in self.moves)


def leaving(found: Plan) -> list[Leaving]:
    """Units that something leaves, in the order of the plan."""
    units: dict[str, Leaving] = {}
    for move in found.moves:
        units.setdefault(move.code, Leaving(move.code, move.name, [])).moves.append(move)
    return list(units.values())


def people_of(actor: Actor, findings: Iterable[Finding], today: dt.date) -> dict[int, Person]:
    """The people findings are about whom the actor may see, by id; the first few of each."""
    ids = {pk for finding in findings for pk in finding.persons[:FEW]}
    return {person.pk: person for person in visible(actor, today).filter(pk__in=ids)}


FEW = 8
