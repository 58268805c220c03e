"""When a repeating task comes, and by when it is due."""

from __future__ import annotations

import calendar
import datetime as dt

WEEK, MONTH, QUARTER = "week", "month", "quarter"


def occurrence(rhythm: str, day: dt.date) -> tuple[str, dt.date, dt.date]:
    """The turn a day lies in: its name (``2026-W31``, ``2026-07``, ``2026-Q3``), its first and its last day."""
    if rhythm == WEEK:
        year, week, weekday = day.isocalendar()
        first = day - dt.timedelta(days=weekday - 1)
        return f"{year}-W{week:02d}", first, first + dt.timedelta(days=6)
    if rhythm == MONTH:
        return f"{day:%Y-%m}", day.replace(day=1), _month_end(day.year, day.month)
    number = (day.month - 1) // 3
    return f"{day.year}-Q{number + 1}", dt.date(day.year, number * 3 + 1, 1), _month_end(day.year, number * 3 + 3)


def due_in(rhythm: str, day: dt.date, due_day: int) -> dt.date:
    """The deadline of the turn a day lies in: its ``due_day``-th day, or its last day where it has fewer."""
    _, first, last = occurrence(rhythm, day)
    return min(first + dt.timedelta(days=due_day - 1), last)


def _month_end(year: int, month: int) -> dt.date:
    return dt.date(year, month, calendar.monthrange(year, month)[1])
