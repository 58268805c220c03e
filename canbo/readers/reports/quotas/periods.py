"""A period of years as a table: what was assigned each year, cut yearly and in all, against a baseline and a goal."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal

from canbo.foundation.kernel.dates import format_date
from canbo.foundation.kernel.numbers import percent
from canbo.foundation.kernel.period import Span

from .. import scope
from ..compute import Calculation
from ..scope import Place
from .goals import Goal, goal
from .overview import BASE
from .shares import target_number


@dataclass(frozen=True)
class Column:
    """One year: the day it speaks of, and how it is headed."""

    year: int
    day: dt.date

    @property
    def heading(self) -> str:
        return str(self.year) if (self.day.month, self.day.day) == (12, 31) else format_date(self.day)


@dataclass
class Row:
    """One unit, or all of them: its baseline and what was assigned on the day of each column."""

    code: str
    name: str
    base: int
    assigned: list[int]
    percent_due: Decimal | None = None

    @property
    def yearly(self) -> list[int]:
        """Cut in each year; the first one is counted from the baseline."""
        return [before - after for before, after in zip([self.base, *self.assigned], self.assigned, strict=False)]

    @property
    def last(self) -> int:
        return self.assigned[-1] if self.assigned else self.base

    @property
    def cut(self) -> int:
        return self.base - self.last

    @property
    def cut_percent(self) -> Decimal | None:
        return percent(self.cut, self.base)

    @property
    def due(self) -> int | None:
        """What the goal leaves of the baseline, in whole places."""
        return None if self.percent_due is None else target_number(self.base, self.percent_due)

    @property
    def still(self) -> int | None:
        """Places still to be cut; nothing when the goal is reached."""
        return None if self.due is None else max(self.last - self.due, 0)

    @property
    def reached(self) -> bool:
        return self.still == 0 and self.base > 0

    @property
    def pairs(self) -> list[tuple[int, int]]:
        return list(zip(self.assigned, self.yearly, strict=True))


@dataclass
class PeriodTable:
    """A period of one group: never several groups in one table, since percentages may not mix them."""

    place: Place
    group: str
    first: int
    last: int
    base_day: dt.date
    day: dt.date
    columns: list[Column]
    goal: Goal | None
    rows: list[Row] = field(default_factory=list)
    total: Row = field(default_factory=lambda: Row("", "Cộng", 0, []))
    groups: list[str] = field(default_factory=list)

    @property
    def code(self) -> str:
        return f"{self.first}-{self.last}"

    def span_of(self, column: Column) -> Span:
        """The period by which the rows of a column are opened."""
        return Span(column.day, self.day)

    @property
    def base_span(self) -> Span:
        return Span(self.base_day, self.day)


def period_table(place: Place, group: str, first: int, last: int, base_day: dt.date, day: dt.date) -> PeriodTable:
    """The table of a place already allowed; past years stand in the tree of the last day, so that like meets like.

    Args:
        group: as records write it; empty for the largest one there is.
        day: the day of asking; years after it have no column, its own year speaks of that day.
    """
    end = min(dt.date(last, 12, 31), day)
    columns = [Column(year, min(dt.date(year, 12, 31), end)) for year in range(first, end.year + 1)]
    calculation = Calculation(place.id, ("unit", "staff_group"))
    base_day = min(base_day, end)
    spans = [Span(base_day, end), *(Span(column.day, end) for column in columns)]
    calculation.load([(BASE, span) for span in spans])
    cells = [calculation.cells(BASE, span, {}) for span in spans]
    sizes: dict[str, int] = {}
    for one in cells:
        for key, number in one.items():
            if key is not None and number:
                sizes[key[1]] = sizes.get(key[1], 0) + int(number)
    group = group or max(sizes, key=lambda name: (sizes[name], name), default="")
    due = goal(place.id, group, first, last, end) if group else None
    percent_due = due.percent if due else None
    table = PeriodTable(place, group, first, last, base_day, end, columns, due, groups=sorted(sizes))
    below = {str(place.id): place, **scope.subordinates(place.id, Span(end, end))}
    for unit, found in below.items():
        numbers = [int(cell.get((unit, group)) or 0) for cell in cells]
        if any(numbers):
            table.rows.append(Row(found.code, found.name, numbers[0], numbers[1:], percent_due))
    sums = [sum(values) for values in zip(*([row.base, *row.assigned] for row in table.rows), strict=True)]
    if not sums:
        sums = [0] * len(spans)
    table.total = Row("", "Cộng", sums[0], sums[1:], percent_due)
    return table
