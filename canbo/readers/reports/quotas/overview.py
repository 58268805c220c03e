"""Assigned, present, unused and too many, by group and by unit, on a day and against a baseline."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from canbo.foundation.kernel.numbers import percent
from canbo.foundation.kernel.period import Span
from canbo.foundation.kernel.text import text_key

from .. import scope
from ..compute import Calculation, Cells
from ..scope import Place

CODES = {"assigned": "BM01", "unallocated": "BM01A", "present": "BM02", "unused": "BM03A", "excess": "BM03B"}
BASE = "BM05B"
UNKNOWN = "Chưa rõ nhóm"


@dataclass
class Line:
    """Figures of one group or one unit; ``group`` is the grouping and key by which its rows are opened."""

    label: str
    group: str
    code: str = ""
    base: int = 0
    assigned: int = 0
    unallocated: int = 0
    present: int = 0
    unused: int = 0
    excess: int = 0

    @property
    def cut(self) -> int:
        """Places fewer than on the day of comparison; negative when there are more."""
        return self.base - self.assigned

    @property
    def cut_percent(self) -> Decimal | None:
        return percent(self.cut, self.base)

    @property
    def present_cut_percent(self) -> Decimal | None:
        """The second line of the reports: those present against the same baseline."""
        return percent(self.base - self.present, self.base)

    @property
    def used(self) -> Decimal | None:
        return percent(self.present, self.assigned)

    @property
    def empty(self) -> bool:
        return not (self.base or self.assigned or self.present or self.unallocated)


@dataclass
class Overview:
    """The quota page of a unit: one line per group, one per unit, and the whole, of which no percentage is formed."""

    place: Place
    span: Span
    base_day: dt.date
    groups: list[Line] = field(default_factory=list)
    units: list[Line] = field(default_factory=list)
    total: Line = field(default_factory=lambda: Line("Cộng các nhóm", ""))

    @property
    def mixed(self) -> bool:
        """Whether several groups meet, so that the whole has no percentage."""
        return len([line for line in self.groups if line.assigned or line.base]) > 1

    @property
    def base_span(self) -> Span:
        """The period by which the rows of the baseline are opened."""
        return Span(self.base_day, self.span.last)


def overview(place: Place, span: Span, base_day: dt.date, group: str = "") -> Overview:
    """Figures of a place already allowed, on the last day of the period.

    Args:
        base_day: the day of comparison.
        group: keep the lines by unit to one group.
    """
    made = Overview(place, span, min(base_day, span.last))
    day = Span(span.last, span.last)
    wanted = [*((code, day) for code in CODES.values()), (BASE, made.base_span)]
    crossed, whole = Calculation(place.id, ("unit", "staff_group")), Calculation(place.id, ("staff_group",))
    crossed.load(wanted)
    whole.load([(CODES["present"], day)])
    found = {name: crossed.cells(code, day, {}) for name, code in CODES.items()}
    found["base"] = crossed.cells(BASE, made.base_span, {})
    present = whole.cells(CODES["present"], day, {})
    groups = _groups(found.values())
    made.groups = [Line(key or UNKNOWN, f"staff_group={key}") for key in groups]
    below = {str(place.id): place, **scope.subordinates(place.id, day)}
    lines = {key: Line(one.name, f"unit={one.code}", one.code) for key, one in below.items()}
    for name, cells in found.items():
        for key, number in cells.items():
            if key is None or not number:
                continue
            unit, of = key
            if name != "present":
                _add(made.groups[groups.index(of)], name, number)
                _add(made.total, name, number)
            if unit in lines and group in ("", of):
                _add(lines[unit], name, number)
    for of, line in zip(groups, made.groups, strict=True):
        line.present = int(present.get((of,)) or 0)
    made.total.present = int(present.get(None) or 0)
    made.units = [line for line in lines.values() if not line.empty or line.code != place.code]
    return made


def _add(line: Line, name: str, number: Decimal) -> None:
    setattr(line, name, getattr(line, name) + int(number))


def _groups(cells: Iterable[Cells]) -> list[str]:
    """Groups that occur, in alphabetical order; the unknown one last."""
    found = {key[-1] for one in cells for key, number in one.items() if key is not None and number}
    return sorted(found, key=lambda key: (key == "", text_key(key)))
