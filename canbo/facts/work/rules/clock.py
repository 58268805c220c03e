"""Lateness: days beyond a deadline on which the clock ran. Nobody ever types it.

A deadline on a day off moves to the next working day. The clock stands still in a pause: a confirmed objective cause, or
the days a result lay with the superior before it was returned. Pauses that overlap count once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from canbo.foundation.kernel.workdays import ONE, is_working


@dataclass(frozen=True)
class Calendar:
    """Which days count.

    Args:
        working_only: whether only working days count, or every day.
        off, on: further days off, and days worked in exchange.
    """

    working_only: bool = True
    off: frozenset[dt.date] = frozenset()
    on: frozenset[dt.date] = frozenset()

    def counts(self, day: dt.date) -> bool:
        return not self.working_only or is_working(day, self.off, self.on)

    def rolled(self, due: dt.date) -> dt.date:
        """The deadline itself, or the next day that counts."""
        while not self.counts(due):
            due += ONE
        return due


@dataclass(frozen=True)
class Pause:
    """Days on which the clock stood still, both included."""

    first: dt.date
    last: dt.date


def merged(pauses: Iterable[Pause]) -> list[Pause]:
    """The same days as pauses that neither overlap nor touch, in order."""
    found: list[Pause] = []
    for pause in sorted(pauses, key=lambda p: (p.first, p.last)):
        if found and pause.first <= found[-1].last + ONE:
            found[-1] = Pause(found[-1].first, max(found[-1].last, pause.last))
        else:
            found.append(pause)
    return found


def days_between(after: dt.date, until: dt.date, calendar: Calendar, pauses: Sequence[Pause] = ()) -> int:
    """Days that count after one day until another, the second included, without those of the pauses."""
    found, day = 0, after + ONE
    while day <= until:
        if calendar.counts(day) and not any(p.first <= day <= p.last for p in pauses):
            found += 1
        day += ONE
    return found


def effective_due(start: dt.date, due: dt.date, calendar: Calendar, pauses: Iterable[Pause] = ()) -> dt.date:
    """The deadline after the days of the pauses are given back.

    Args:
        start: the day the clock began; the days of pauses before it give nothing.
        due: the deadline as it was set.
    """
    day = calendar.rolled(due)
    for pause in merged(pauses):
        if pause.first > day:
            break
        back = days_between(max(pause.first, start + ONE) - ONE, pause.last, calendar)
        while back:
            day += ONE
            back -= calendar.counts(day)
    return day


def late_days(
    start: dt.date, due: dt.date, submitted: dt.date, calendar: Calendar, pauses: Iterable[Pause] = ()
) -> int:
    """Days late that count; 0 when the result came in time.

    Days of a pause after the deadline are no lateness either, nor are days before the task was given.
    """
    spans = merged(pauses)
    end = max(effective_due(start, due, calendar, spans), start)
    return days_between(end, submitted, calendar, spans)
