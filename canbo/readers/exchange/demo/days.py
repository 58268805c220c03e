"""Days as whole numbers while records are being made, as dates when they are written."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable

AWARD_DAYS = ((2, 3), (5, 19), (9, 2), (11, 7))
"""Month and day of the four rounds in which Party badges are awarded."""
LEVELS = (30, 40, 45, 50, 55, 60, 65, 70, 75, 80, 85, 90)
"""Years of seniority for which there is a badge."""


def day(year: int, month: int, number: int) -> int:
    return dt.date(year, month, number).toordinal()


def dates(days: Iterable[int | None]) -> list[object]:
    """Dates for a column; 0 and None become empty cells."""
    make = dt.date.fromordinal
    return [make(value) if value else None for value in days]


def years_later(value: int, years: int) -> int:
    """The same day of the calendar some years on; 29 February becomes the 28th."""
    date = dt.date.fromordinal(value)
    year = date.year + years
    number = 28 if (date.month, date.day) == (2, 29) and not calendar.isleap(year) else date.day
    return dt.date(year, date.month, number).toordinal()


def month_bounds(year: int, month: int) -> tuple[int, int]:
    """First and last day of a month."""
    return day(year, month, 1), day(year, month, calendar.monthrange(year, month)[1])


def rounds(first_year: int, until: int) -> list[int]:
    """Award days from the first year's first round to the day ``until``."""
    last_year = dt.date.fromordinal(until).year
    found = (day(year, m, d) for year in range(first_year, last_year + 1) for m, d in AWARD_DAYS)
    return [value for value in found if value <= until]


def working_day(value: int) -> int:
    """The day itself, or the Friday before a weekend."""
    return value - max(0, dt.date.fromordinal(value).weekday() - 4)
