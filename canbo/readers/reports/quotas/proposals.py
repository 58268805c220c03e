"""A draft for the next period: begins from the goal, is edited unit by unit, and must add up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from canbo.foundation.kernel.numbers import format_number
from canbo.foundation.kernel.violation import Violation

from ..models import QuotaProposal
from .goals import Goal, goal, next_cut
from .periods import PeriodTable, Row
from .shares import shared, steps, target_number


@dataclass
class ProposedRow:
    """One unit: what it has now, what it would have at the end, and the years between."""

    code: str
    name: str
    now: int
    end: int
    path: list[int] = field(default_factory=list)

    @property
    def cut(self) -> int:
        return self.now - self.end


@dataclass
class Proposal:
    """The next period of the table's length; ``saved`` is the draft it was read from, if somebody kept one."""

    first: int
    last: int
    goal: Goal | None
    percent: Decimal
    total: int
    rows: list[ProposedRow]
    saved: QuotaProposal | None = None

    @property
    def years(self) -> list[int]:
        return list(range(self.first, self.last + 1))

    @property
    def now(self) -> int:
        return sum(row.now for row in self.rows)

    @property
    def added(self) -> int:
        """What the units come to; it must be the total."""
        return sum(row.end for row in self.rows)

    @property
    def cut(self) -> int:
        return self.now - self.added

    @property
    def gap(self) -> int:
        return self.added - self.total

    @property
    def path(self) -> list[int]:
        """All units year by year, added up, so that every column agrees with its rows."""
        return [sum(column) for column in zip(*(row.path for row in self.rows), strict=True)]


def proposal(table: PeriodTable) -> Proposal | None:
    """The draft for the years after a table: as kept, else shared out by the goal; None when there is nothing to cut."""
    rows = [row for row in table.rows if row.last or row.base]
    now = sum(row.last for row in rows)
    if not now:
        return None
    length = table.last - table.first + 1
    first = table.last + 1 if table.day.year >= table.last else table.day.year + 1
    last = first + max(length, 1) - 1
    saved = QuotaProposal.objects.filter(
        unit_id=table.place.id, staff_group=table.group, first_year=first, last_year=last
    ).first()
    due = goal(table.place.id, table.group, first, last, table.day) or next_cut(table.day)
    percent = saved.percent if saved else due.percent if due else Decimal(0)
    total = saved.total if saved else target_number(now, percent)
    ends = _ends(rows, total, saved.numbers if saved else None)
    made = [
        ProposedRow(row.code, row.name, row.last, ends[row.code], steps(row.last, ends[row.code], last - first + 1))
        for row in rows
    ]
    return Proposal(first, last, due, percent, total, made, saved)


def _ends(rows: list[Row], total: int, kept: Mapping[str, int] | None) -> dict[str, int]:
    """A unit that came after the draft was kept stands with what it has."""
    if kept is not None:
        return {row.code: int(kept.get(row.code, row.last)) for row in rows}
    return dict(zip((row.code for row in rows), shared(total, [row.last for row in rows]), strict=True))


def faults(numbers: Mapping[str, int], total: int) -> list[Violation]:
    """Why numbers cannot be kept: they do not add up to the total."""
    added = sum(numbers.values())
    if added == total:
        return []
    return [
        Violation(
            "QUOTA-PROPOSAL-SUM",
            f"Cộng các đơn vị là {format_number(added)}, tổng dự kiến là {format_number(total)}, "
            f"lệch {format_number(abs(added - total))}.",
            field="total",
            fix="Sửa số của đơn vị, sửa tổng, hoặc bấm Chia lại theo tỷ lệ.",
        )
    ]
