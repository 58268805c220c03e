"""Deadlines of a period as days, from the rows of a book."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from canbo.foundation.kernel.period import Span
from canbo.foundation.rulebooks import Row

from .books import Book


@dataclass(frozen=True)
class Deadline:
    """One deadline.

    Args:
        step: ``plan``, ``self``, ``review``, ``decide``, ``publish``, ``report``, ``appeal``, ``sync`` …
        by: last day to act; None when it runs from an event.
        days, working_days: how long after the event, where it runs from one.
    """

    key: str
    step: str
    label: str
    by: dt.date | None
    days: int | None
    working_days: int | None
    article: str
    sure: bool


def deadlines(book: Book, span: Span, *, special: bool = False) -> tuple[Deadline, ...]:
    """The deadlines that concern a period, in order of the book.

    "Trước ngày 25" means done by the 24th: the day named in the rule is no longer in time.

    Args:
        special: the body is one of those the rule gives a later day (ngành đặc thù).
    """
    kind = period_kind(span)
    found = []
    for row in book.rows("deadlines"):
        if kind not in row.get("periods", (kind,)):
            continue
        months = row.get("months")
        if months and span.last.month not in months:
            continue
        found.append(
            Deadline(
                row.key,
                row["step"],
                row.label,
                _by(row, span, special),
                row.get("days"),
                row.get("working_days"),
                row.ruling.reference,
                row.ruling.is_sure,
            )
        )
    return tuple(found)


def period_kind(span: Span) -> str:
    """``month``, ``quarter``, ``half_year`` or ``year``.

    Raises:
        ValueError: the span is none of them.
    """
    code = span.code
    if len(code) == 4:
        return "year"
    if len(code) == 7:
        return {"Q": "quarter", "H": "half_year"}.get(code[5], "month")
    raise ValueError(f"Kỳ {span} không phải tháng, quý, 6 tháng hay năm.")


def _by(row: Row, span: Span, special: bool) -> dt.date | None:
    if row.get("day") is not None:
        return row["day"]
    text = row.get("special") if special and row.get("special") else row.get("before")
    if text:
        month, day = map(int, text.split("-"))
        # A month before the period's end belongs to the year that follows it.
        year = span.last.year + (month < span.last.month)
        return dt.date(year, month, day) - dt.timedelta(days=1)
    if row.get("before_day"):
        return span.last.replace(day=row["before_day"]) - dt.timedelta(days=1)
    if row.get("before_day_next"):
        return span.after.replace(day=row["before_day_next"]) - dt.timedelta(days=1)
    return None
