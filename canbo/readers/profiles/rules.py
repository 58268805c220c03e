"""What pages work out from dates: age, the next award day, the end of probation. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from canbo.facts.party.rules import add_months, whole_months


def age(born: dt.date, on: dt.date) -> int:
    """Completed years on a day."""
    return max(whole_months(born, on), 0) // 12


def next_round(days: Sequence[str], on: dt.date) -> dt.date:
    """The next award day on or after a day; ``days`` are ``dd/mm`` as in the rulebook."""
    marks = sorted((int(text[3:]), int(text[:2])) for text in days)
    for month, day in marks:
        if dt.date(on.year, month, day) >= on:
            return dt.date(on.year, month, day)
    return dt.date(on.year + 1, *marks[0])


def round_before(days: Sequence[str], on: dt.date) -> dt.date:
    """The last award day before a day."""
    marks = sorted(((int(text[3:]), int(text[:2])) for text in days), reverse=True)
    for month, day in marks:
        if dt.date(on.year, month, day) < on:
            return dt.date(on.year, month, day)
    return dt.date(on.year - 1, *marks[0])


def probation_end(start: dt.date, months: int) -> dt.date:
    """The day probation is over: as many months after the ceremony as the rule says."""
    return add_months(start, months)


def born_between(low: int | None, high: int | None, on: dt.date) -> tuple[dt.date | None, dt.date | None]:
    """First and last day of birth of people aged ``low`` to ``high`` completed years on a day."""
    last = add_months(on, -12 * low) if low is not None else None
    first = add_months(on, -12 * (high + 1)) + dt.timedelta(days=1) if high is not None else None
    return first, last


@dataclass(frozen=True)
class Window:
    """A stretch of days in which something falls due; ``first`` is None where it began however long ago."""

    first: dt.date | None
    last: dt.date


def windows(day: dt.date) -> dict[str, Window]:
    """The stretches the desk and the filters speak of, counted from a day.

    Overdue, today, the rest of this week (which ends on Sunday), the rest of this month; then the next 30, 90 and
    180 days. A stretch without any day left is not there.
    """
    one = dt.timedelta(days=1)
    week_end = day + dt.timedelta(days=6 - day.weekday())
    month_end = add_months(day.replace(day=1), 1) - one
    found = {"qua_han": Window(None, day - one), "hom_nay": Window(day, day)}
    if week_end > day:
        found["tuan_nay"] = Window(day + one, week_end)
    if month_end > week_end:
        found["thang_nay"] = Window(week_end + one, month_end)
    for days in (30, 90, 180):
        found[str(days)] = Window(day, day + dt.timedelta(days=days))
    return found
