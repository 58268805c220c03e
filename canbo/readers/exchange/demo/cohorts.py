"""When members were admitted, so that badges fall into the years they have to fall into."""

from __future__ import annotations

import datetime as dt
import random
from bisect import bisect_left
from dataclasses import dataclass

from .days import AWARD_DAYS, LEVELS, day, month_bounds, rounds, years_later
from .figures import Figures
from .forest import FOUNDED

MONTHLY_FROM = 2010
"""Before this year one admission decision a quarter is enough."""
_WEIGHTS = ((1955, 0.02), (1965, 0.15), (1976, 0.6), (1991, 0.9), (2011, 1.5), (9999, 2.3))

Month = tuple[int, int]


@dataclass(frozen=True)
class Calendar:
    """Months of admission of the members who were there before the years reported on.

    ``windows`` maps a year and a badge level to the months whose members reach the level in that year's rounds;
    ``free`` are the months outside every window, with their weights.
    """

    windows: dict[tuple[int, int], list[Month]]
    free: list[Month]
    weights: list[float]

    def draw(self, rng: random.Random, count: int) -> list[Month]:
        """Months of admission of people who reach no badge level in the years reported on."""
        return rng.choices(self.free, self.weights, k=count) if count else []


def calendar(figures: Figures) -> Calendar:
    """The calendar of the years in ``figures``."""
    first = figures.years[0].year
    until = figures.until.toordinal()
    months = [
        (year, month)
        for year in range(1945, first)
        for month in (range(1, 13) if year >= MONTHLY_FROM else (1, 4, 7, 10))
        if month_bounds(year, month)[0] > FOUNDED
    ]
    windows: dict[tuple[int, int], list[Month]] = {}
    touched: set[Month] = set()
    for year in figures.years:
        before = rounds(year.year - 1, day(year.year - 1, 12, 31))[-1]
        held = [value for value in rounds(year.year, until) if value <= day(year.year, 12, 31)]
        for level in LEVELS:
            if year.year - level < 1945 or not held:
                continue
            low, high = years_later(before, -level), years_later(held[-1], -level)
            bounds = {month: month_bounds(*month) for month in months if abs(month[0] - year.year + level) <= 1}
            windows[year.year, level] = [m for m, (start, end) in bounds.items() if low < start and end <= high]
            touched |= {m for m, (start, end) in bounds.items() if end > low and start <= high}
    free = [month for month in months if month not in touched]
    return Calendar(windows, free, [_weight(month) for month in free])


def _weight(month: Month) -> float:
    year = month[0]
    weight = next(weight for before, weight in _WEIGHTS if year < before)
    return weight if year >= MONTHLY_FROM else weight * 3


def badge(admitted: int, last_round: int) -> tuple[int, int] | None:
    """The highest badge level reached by a round, and the day it was awarded; None below thirty years.

    Args:
        admitted: day of the admission decision, from which seniority counts.
        last_round: the last award day to look at.
    """
    reached = [level for level in LEVELS if years_later(admitted, level) <= last_round]
    if not reached:
        return None
    due = years_later(admitted, reached[-1])
    year = dt.date.fromordinal(due).year
    days = [day(y, m, d) for y in (year, year + 1) for m, d in AWARD_DAYS]
    return reached[-1], days[bisect_left(days, due)]
