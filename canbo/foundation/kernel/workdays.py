"""Working days in Vietnam: weekends, public holidays with their days in lieu, Tet included."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from functools import lru_cache

import holidays

SATURDAY = 5
ONE = dt.timedelta(days=1)


@lru_cache(maxsize=256)
def holidays_of(year: int) -> frozenset[dt.date]:
    """The public holidays of a year, days in lieu and announced exchanges of days included."""
    return frozenset(holidays.country_holidays("VN", years=year, observed=True))


def is_working(day: dt.date, off: Collection[dt.date] = (), on: Collection[dt.date] = ()) -> bool:
    """Whether offices work on a day.

    Args:
        off: further days off, such as those a province announced.
        on: days worked in exchange although they fall on a weekend or a holiday.
    """
    if day in on:
        return True
    return day.weekday() < SATURDAY and day not in off and day not in holidays_of(day.year)


def working_days(
    after: dt.date, until: dt.date, off: Collection[dt.date] = (), on: Collection[dt.date] = ()
) -> list[dt.date]:
    """The working days after one day until another, the second one included, in order."""
    found, day = [], after + ONE
    while day <= until:
        if is_working(day, off, on):
            found.append(day)
        day += ONE
    return found


def next_working(day: dt.date, off: Collection[dt.date] = (), on: Collection[dt.date] = ()) -> dt.date:
    """The day itself if offices work on it, else the first one after it on which they do."""
    while not is_working(day, off, on):
        day += ONE
    return day


def add_working(day: dt.date, count: int, off: Collection[dt.date] = (), on: Collection[dt.date] = ()) -> dt.date:
    """The day so many working days after another; the day itself does not count (Bộ luật Dân sự, Điều 147)."""
    for _ in range(count):
        day = next_working(day + ONE, off, on)
    return day
