"""Days: what a rulebook sets for the steps of a period, working days it gives, and how much of a period was worked."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from canbo.foundation.kernel.period import Span
from canbo.foundation.kernel.workdays import working_days as working_days_between

from .. import rules
from ..choices import Step


@dataclass(frozen=True)
class Term:
    """The last day a rulebook sets for a step, and where it says so."""

    step: str
    on: dt.date
    source: str


def terms(book: rules.Book, span: Span, *, special: bool = False) -> list[Term]:
    """The dates a rulebook sets for the steps of a period; none where it sets none.

    Args:
        special: bodies with the later date of the year-end.
    """
    found: dict[str, Term] = {}
    for row in rules.deadlines(book, span, special=special):
        if row.step in Step.values and row.by is not None:
            found.setdefault(row.step, Term(row.step, row.by, row.article))
    return list(found.values())


def working_days(book: rules.Book, step: str, default: int) -> tuple[int, str]:
    """Working days a rulebook gives for a step, and the article."""
    for row in book.rows("deadlines"):
        if row.get("step") == step and row.get("working_days"):
            return int(row["working_days"]), reference(row)
    return default, ""


def worked_ratio(span: Span, first: dt.date, last: dt.date, leave_days: int) -> Fraction | None:
    """Working days worked over those of the period; leave takes its part of them away in proportion."""
    whole = len(working_days_between(span.before, span.last))
    if not whole:
        return None
    worked = len(working_days_between(first - dt.timedelta(days=1), last))
    days = (last - first).days + 1
    return Fraction(worked, whole) * max(Fraction(0), 1 - Fraction(leave_days, max(days, 1)))


def reference(row: Any) -> str:
    """Where a row stands: text and article."""
    return str(row.ruling.reference)
