"""How titles are compared; terms and age of those who are given a post."""

from __future__ import annotations

import datetime as dt

from canbo.foundation.kernel.condition import Condition
from canbo.foundation.kernel.dates import add_months, format_date
from canbo.foundation.kernel.text import fold
from canbo.foundation.rulebooks import Ruling


def title_key(title: str) -> str:
    """One form of a title for comparison: no diacritics, capitals or extra spaces."""
    return fold(title)[:200]


def retirement_on(born_on: dt.date, *, man: bool, ages: Ruling) -> dt.date:
    """The last day of the month in which somebody reaches the age of retirement.

    The age rises from year to year: it is that of the first year in which, or before which, she has reached it.

    Args:
        born_on: day of birth; where only the year is known, its first day.
        ages: age in months by calendar year, as ``staffing.retirement.ages``.
    """
    column = "men" if man else "women"
    reached = born_on
    for band in ages.value:
        reached = add_months(born_on, band[column])
        if reached.year <= band.get("max", dt.MAXYEAR):
            break
    return add_months(reached.replace(day=1), 1) - dt.timedelta(days=1)


def age_condition(retires_on: dt.date, on: dt.date, term_until: dt.date | None, ages: Ruling) -> Condition:
    """Whether somebody is of working age to the end of the term; pointed out, since some go on longer."""
    until = term_until or on
    return Condition(
        "POST-RETIREMENT",
        "Còn trong tuổi công tác",
        until <= retires_on,
        f"Đủ tuổi nghỉ hưu ngày {format_date(retires_on)}, trước ngày {format_date(until)}.",
        ages.reference,
        ages.is_sure,
        blocking=False,
        field="term_until" if term_until else None,
    )


def term_condition(on: dt.date, term_until: dt.date, most: Ruling) -> Condition:
    """Whether a term is no longer than one appointment may give; pointed out, since bodies have terms of their own."""
    end = add_months(on, most.value) - dt.timedelta(days=1)
    return Condition(
        "POST-TERM-LONG",
        f"Thời hạn không quá {most.value} tháng",
        term_until <= add_months(on, most.value),
        f"Thời hạn đến {format_date(term_until)}; {most.value} tháng kể từ {format_date(on)} là {format_date(end)}.",
        most.reference,
        most.is_sure,
        blocking=False,
        field="term_until",
    )
