"""How far a group has to be cut in a period, from which day it is counted, and who says so."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.db import connection

from canbo.facts.staffing.queries import groups
from canbo.foundation import rulebooks
from canbo.foundation.kernel.period import Span

GOAL = "BM05"
"""Under this code a goal (chỉ tiêu giao) names the per cent to be cut over a period of years."""


@dataclass(frozen=True)
class Goal:
    """A cut in per cent, and what it rests on; ``sure`` is False where the number still waits to be verified."""

    percent: Decimal
    source: str
    sure: bool = True


# The nearest superior's goal binds those below who were given none of their own.
_GIVEN = """
SELECT t.period, t.breakdown, t.value, COALESCE(v.name, u.name), COALESCE(d.number, '')
FROM organisation_target t
JOIN organisation_unitpath p ON p.ancestor_id = t.unit_id AND p.descendant_id = %(unit)s
    AND p.valid_from <= %(day)s AND %(day)s < p.valid_to
JOIN organisation_unit u ON u.id = t.unit_id
LEFT JOIN organisation_unitversion v ON v.unit_id = u.id AND v.voided_on IS NULL AND v.in_force @> %(day)s::date
LEFT JOIN decisions_decision d ON d.id = t.opened_by_id
WHERE t.voided_on IS NULL AND upper_inf(t.in_force) AND t.indicator = %(code)s
ORDER BY p.depth, t.breakdown DESC, t.id
"""
_MARKED = """
SELECT DISTINCT q.since FROM staffing_staffquota q
WHERE q.voided_on IS NULL AND q.baseline AND q.since <= %(day)s ORDER BY 1 DESC LIMIT 12
"""


def goal(unit_id: int, group: str, first: int, last: int, on: dt.date) -> Goal | None:
    """How far a group has to be cut from ``first`` to ``last`` year: as assigned, else as the rulebook says.

    Args:
        on: the day whose tree says who stands above the unit.
    """
    with connection.cursor() as cursor:
        cursor.execute(_GIVEN, {"unit": unit_id, "day": on, "code": GOAL})
        given = cursor.fetchall()
    for period, breakdown, value, unit, number in given:
        if breakdown.lower() in ("", group.lower()) and _covers(period, first, last):
            return Goal(Decimal(value), f"chỉ tiêu giao {unit}" + (f", {number}" if number else ""))
    return _ruled(group, dt.date(first, 12, 31))


def _covers(period: str, first: int, last: int) -> bool:
    """Whether a goal's period is the one asked: named by its years or by its days."""
    try:
        span = Span.parse(period)
    except ValueError:
        return period.replace(" ", "") in (f"{first}-{last}", f"{first}..{last}")
    return (span.first.year, span.last.year) == (first, last)


def _ruled(group: str, day: dt.date) -> Goal | None:
    known = next((one for one in groups(day) if group.lower() in one.names), None)
    if known is None or not known.cut_rule:
        return None
    return _goal(rulebooks.current().value_or_none(f"staffing.quota.{known.cut_rule}", on=day))


def _goal(ruling: rulebooks.Ruling | None) -> Goal | None:
    return Goal(Decimal(ruling.value), ruling.reference, ruling.is_sure) if ruling else None


def usual_base(first: int, day: dt.date) -> dt.date:
    """The day a period is compared with where nobody chose another: as the rulebook says, else the day before it."""
    ruling = rulebooks.current().value_or_none("staffing.quota.cut_baseline_day", on=dt.date(first, 12, 31))
    found: dt.date = ruling.value if ruling else dt.date(first - 1, 12, 31)
    return min(found, day)


def marked_days(day: dt.date) -> list[dt.date]:
    """Days on which somebody marked a baseline, the newest first."""
    with connection.cursor() as cursor:
        cursor.execute(_MARKED, {"day": day})
        return [row[0] for row in cursor.fetchall()]


def next_cut(on: dt.date) -> Goal | None:
    """With how many per cent a draft of a period begins for which nothing is laid down yet."""
    return _goal(rulebooks.current().value_or_none("staffing.quota.next_cut", on=on))
