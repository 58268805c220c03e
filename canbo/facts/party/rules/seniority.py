"""Party seniority (tuổi đảng), and counting in months."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from canbo.foundation.kernel.dates import whole_months


@dataclass(frozen=True, order=True)
class Seniority:
    """Party seniority (tuổi đảng): whole years and months, and the days it was formed from."""

    years: int
    months: int
    days: int

    def __str__(self) -> str:
        return f"{self.years} năm {self.months} tháng"


@dataclass(frozen=True)
class Start:
    """The day seniority runs from, and what says so: ``decision``, ``ceremony`` or ``card``."""

    on: dt.date
    source: str


def seniority_start(
    decisions: Iterable[dt.date | None],
    ceremonies: Iterable[dt.date | None],
    cards: Iterable[dt.date | None],
    counted_from: str = "decision",
) -> Start | None:
    """The first admission decision; where none is left, the first ceremony; else the first card; else None.

    Args:
        decisions: days on which admission decisions were signed, None where the record does not say.
        ceremonies: days of admission ceremonies, likewise.
        cards: days on which cards were issued.
        counted_from: ``decision``, or ``ceremony`` where a rulebook counts from the first ceremony.
    """
    known = [("decision", decisions), ("ceremony", ceremonies), ("card", cards)]
    if counted_from == "ceremony":
        known[:2] = known[1], known[0]
    for source, days in known:
        first = min((day for day in days if day is not None), default=None)
        if first is not None:
            return Start(first, source)
    return None


@dataclass(frozen=True)
class Gap:
    """Time out of the Party's activity: from ``first`` until the day before ``until``."""

    first: dt.date
    until: dt.date

    @property
    def days(self) -> int:
        return max((self.until - self.first).days, 0)


def seniority(decided_on: dt.date, day: dt.date, gaps: Iterable[Gap] = ()) -> Seniority:
    """Seniority on a day: from the day the admission decision was signed, less the time out of activity.

    It runs from the decision, not from the ceremony: a decision of 25/08/2024 with a ceremony on 15/09/2024 gives one
    year on 25/08/2025. After re-admission it runs from the first decision, less the gap. Gaps that reach past the day
    count only up to it.

    Args:
        decided_on: the day the first admission decision was signed.
        gaps: time after expulsion, striking off, leaving, or broken activity.

    Raises:
        ValueError: when the day comes before the decision.
    """
    if day < decided_on:
        raise ValueError("seniority before admission")
    out = sum(Gap(max(gap.first, decided_on), min(gap.until, day)).days for gap in gaps)
    start = decided_on + dt.timedelta(days=out)
    months = max(whole_months(start, day), 0)
    return Seniority(months // 12, months % 12, max((day - start).days, 0))
