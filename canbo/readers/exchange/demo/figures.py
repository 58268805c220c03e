"""The totals that invented records have to give."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, fields, replace


@dataclass(frozen=True)
class Year:
    """What happened to the members of a province in one year, as numbers of people."""

    year: int
    admitted: int
    arrived: int
    left: int
    died: int
    expelled: int
    struck: int
    quit: int
    moved: int
    """Moves between cells of the province."""
    cards: int
    badges: dict[int, int] = field(default_factory=dict)
    """Badges awarded by level, in years of seniority."""
    plan: int = 0
    """Planned admissions."""

    @property
    def exits(self) -> int:
        return self.left + self.died + self.expelled + self.struck + self.quit

    def scaled(self, ratio: float) -> Year:
        """Every number multiplied and rounded half up."""
        numbers = {
            item.name: scale(getattr(self, item.name), ratio)
            for item in fields(self)
            if item.name not in ("year", "badges")
        }
        return replace(self, **numbers, badges={level: scale(count, ratio) for level, count in self.badges.items()})


@dataclass(frozen=True)
class Figures:
    """Members on a day, and the years that led there."""

    until: dt.date
    stock: int
    years: tuple[Year, ...]
    waiting: bool = False
    """Whether some probationers wait for recognition longer than they should."""

    @property
    def people(self) -> int:
        """Everybody with a file: the members of the last day and those who left in these years."""
        return self.stock + sum(year.exits for year in self.years)

    def scaled(self, stock: int) -> Figures:
        """The same province with ``stock`` members."""
        ratio = stock / self.stock
        return Figures(self.until, stock, tuple(year.scaled(ratio) for year in self.years), self.waiting)

    def split(self, parts: int) -> list[Figures]:
        """The figures in parts that add up to them exactly."""
        return [self._part(number, parts) for number in range(parts)]

    def _part(self, number: int, parts: int) -> Figures:
        def share(value: int) -> int:
            return value * (number + 1) // parts - value * number // parts

        years = []
        for year in self.years:
            counts = {i.name: share(getattr(year, i.name)) for i in fields(year) if i.name not in ("year", "badges")}
            years.append(replace(year, **counts, badges={level: share(count) for level, count in year.badges.items()}))
        return Figures(self.until, share(self.stock), tuple(years), self.waiting)


def scale(value: int, ratio: float) -> int:
    return int(value * ratio + 0.5)


def ordinary(until: dt.date, stock: int) -> Figures:
    """Figures of an ordinary province on a day: the year before, and the part of this year that has passed."""
    part = (until - dt.date(until.year, 1, 1)).days / 365
    rounds = sum(
        1 for month, number in ((2, 3), (5, 19), (9, 2), (11, 7)) if (until.month, until.day) >= (month, number)
    )
    levels = {30: 0.0126, 40: 0.0100, 45: 0.0066, 50: 0.0079, 55: 0.0084, 60: 0.0044, 65: 0.0013, 70: 0.0007}
    found = []
    for year, share, awarded in ((until.year - 1, 1.0, 4), (until.year, part, rounds)):
        whole = {
            "admitted": 0.019, "arrived": 0.0056, "left": 0.0076, "died": 0.0114, "expelled": 0.0002,
            "struck": 0.0017, "quit": 0.0003, "moved": 0.0095, "cards": 0.055,
        }  # fmt: skip
        counts = {name: scale(stock, rate * share) for name, rate in whole.items()}
        badges = {level: scale(stock, rate * awarded / 4) for level, rate in levels.items()}
        found.append(Year(year, **counts, badges=badges, plan=scale(stock, 0.0185)))
    return Figures(until, stock, tuple(found), waiting=True)
