"""The sheets of a month and of a year."""

from __future__ import annotations

from dataclasses import dataclass

from .basics import FOLLOWS, GRADES, OWN, Criterion, Formula, Hand, Office, Points, Scale, TaskRow, Who


@dataclass(frozen=True, kw_only=True)
class MonthSheet:
    """Mẫu số 01 of one person and one month or quarter, with the annex of results.

    Args:
        period: ``Tháng 7 năm 2026``.
        superior_column: whether the table has a second column for the competent person's points.
        support: parts a, b, c judged for support staff: words, own, superior.
    """

    office: Office
    who: Who
    period: str
    criteria: tuple[Criterion, ...]
    common: Points = None
    result: Points = None
    total: Points = None
    strengths: str = ""
    weaknesses: str = ""
    comment: str = ""
    superior_column: bool = False
    tasks: tuple[TaskRow, ...] = ()
    formulas: tuple[Formula, ...] = ()
    support: tuple[tuple[str, Points, Points], ...] = ()
    own: Hand = OWN
    superior: Hand = FOLLOWS


@dataclass(frozen=True)
class PeriodPoints:
    """A line of Mẫu số 02: one month (or quarter), its points, and why there are none."""

    label: str
    points: Points = None
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class YearSheet:
    """Mẫu số 02 of one person and one year."""

    office: Office
    who: Who
    year: int
    periods: tuple[PeriodPoints, ...]
    mean: Points
    scale: Scale
    own_grade: str = ""
    grade: str = ""
    measures: str = ""
    own: Hand = OWN
    decider: Hand = GRADES
