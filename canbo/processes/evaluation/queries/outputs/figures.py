"""The figures of statistics, as pages and pictures take them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal


@dataclass
class Counts:
    """How many have each grade, in one group; ``own``: of a unit itself, without what lies under it."""

    label: str
    key: str = ""
    own: bool = False
    by_grade: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    @property
    def total(self) -> int:
        return sum(self.by_grade.values())

    @property
    def graded(self) -> int:
        return sum(number for grade, number in self.by_grade.items() if grade)

    @property
    def waiting(self) -> int:
        """How many have no grade yet."""
        return self.total - self.graded

    def of(self, grade: str) -> int:
        return self.by_grade.get(grade, 0)


@dataclass(frozen=True)
class PeriodFigures:
    """One period in a series: people graded, mean of their points, how many reached the best and the lowest grade."""

    period: str
    graded: int
    mean: Decimal | None
    best: int
    lowest: int
