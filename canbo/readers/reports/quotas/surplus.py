"""Surplus after units were put together, and its way down to the norm within the years allowed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from django.db import connection

from canbo.facts.staffing.queries import present_sql
from canbo.facts.staffing.rules import retirement_on
from canbo.foundation import rulebooks
from canbo.foundation.kernel.dates import YEAR
from canbo.foundation.kernel.period import Span

from ..compute import Calculation
from ..counting import outside_total
from ..scope import Place
from .shares import steps

# The day others last went into the unit, or it came out of several.
_MERGED = """
SELECT max(l."on") FROM organisation_unitlineage l
WHERE l.new_id = %(unit)s AND l.old_id <> l.new_id AND l.voided_on IS NULL AND l."on" <= %(day)s
    AND l.operation IN ('sap_nhap', 'hop_nhat', 'chia', 'giai_the')
"""
_NORM = """
SELECT sum(t.value) FROM organisation_target t
WHERE t.unit_id = %(unit)s AND t.indicator = 'BM01' AND t.voided_on IS NULL AND upper_inf(t.in_force)
    AND t.period = %(year)s
"""
_STAFF = f"""
SELECT DISTINCT h.person_id, r.sex, r.born_on, r.born_precision, who.code, who.name, who.sort_key
FROM ({present_sql()}) h
JOIN organisation_unitpath p ON p.descendant_id = h.unit_id AND p.ancestor_id = %(unit)s
    AND p.valid_from <= %(day)s AND %(day)s < p.valid_to
JOIN people_person who ON who.id = h.person_id
JOIN people_personrecord r ON r.person_id = h.person_id AND r.voided_on IS NULL AND r.in_force @> %(day)s::date
WHERE h.staff AND NOT lower(h.staff_group) = ANY(%(outside)s)
"""  # noqa: S608 - put together from fixed words


@dataclass(frozen=True)
class Leaver:
    """Somebody who reaches the age of retirement within the years of the way."""

    code: str
    name: str
    on: dt.date


@dataclass(frozen=True)
class Step:
    """One year: what the plan allows above the norm, who was or will be there, and whether that is on the way."""

    year: int
    day: dt.date
    planned: int
    present: int | None
    expected: int | None
    leaving: tuple[Leaver, ...] = ()

    @property
    def known(self) -> int | None:
        return self.present if self.present is not None else self.expected

    @property
    def over(self) -> int:
        """How many more than the plan allows; 0 on the way."""
        return max((self.known or 0) - self.planned, 0)


@dataclass
class Way:
    """The way down of one unit: from the day units were put together to the last year allowed."""

    place: Place
    since: dt.date
    day: dt.date
    years: int
    source: str
    norm: int
    norm_given: bool
    start: int
    present: int
    steps: list[Step] = field(default_factory=list)

    @property
    def surplus(self) -> int:
        return max(self.present - self.norm, 0)

    @property
    def last_year(self) -> int:
        return self.since.year + self.years

    @property
    def off(self) -> list[Step]:
        """Years in which the unit is, or with nothing else done will be, above the plan."""
        return [step for step in self.steps if step.over]


def merged_on(unit_id: int, day: dt.date) -> dt.date | None:
    """The day others last went into a unit, up to a day; None when none ever did."""
    with connection.cursor() as cursor:
        cursor.execute(_MERGED, {"unit": unit_id, "day": day})
        found: dt.date | None = cursor.fetchone()[0]
    return found


def way(place: Place, day: dt.date) -> Way | None:
    """How a unit's surplus goes down; None for a unit that nothing was merged into while a rule on it was in force.

    The norm is the goal given for the last year (chỉ tiêu BM01 of that year), else the quota in force. The plan goes
    down in equal steps to the norm at the end of the last year allowed; what is expected lets only those go who reach the age
    of retirement.
    """
    since = merged_on(place.id, day)
    if since is None:
        return None
    ruling = rulebooks.current().value_or_none("staffing.quota.surplus_years", on=since)
    if ruling is None:
        return None
    years = int(ruling.value)
    days = [dt.date(since.year + n, 12, 31) for n in range(1, years + 1)]
    past = [one for one in days if one <= day]
    calculation = Calculation(place.id)
    wanted = [("BM02", Span(one, one)) for one in (since, *past, day)]
    calculation.load([*wanted, ("BM01", Span(day, day))])
    counted = [int(calculation.cells(code, span, {})[None] or 0) for code, span in wanted]
    start, *then, now = counted
    given = _norm(place.id, since.year + years)
    norm = given if given is not None else int(calculation.cells("BM01", Span(day, day), {})[None] or 0)
    made = Way(place, since, day, years, ruling.reference, norm, given is not None, start, now)
    planned = steps(start, min(norm, start), years)
    leavers = _leavers(place.id, day, days[-1]) if days[-1] > day else []
    for number, one in enumerate(days):
        present = then[number] if one <= day else None
        begin = max(day, dt.date(one.year - 1, 12, 31))
        going = tuple(who for who in leavers if begin < who.on <= one) if present is None else ()
        gone = sum(1 for who in leavers if who.on <= one)
        made.steps.append(
            Step(one.year, one, planned[number], present, None if present is not None else now - gone, going)
        )
    return made


def _norm(unit_id: int, year: int) -> int | None:
    with connection.cursor() as cursor:
        cursor.execute(_NORM, {"unit": unit_id, "year": str(year)})
        found = cursor.fetchone()[0]
    return None if found is None else int(found)


def _leavers(unit_id: int, day: dt.date, until: dt.date) -> list[Leaver]:
    """Staff of a day who reach the age of retirement after it, up to another day, the soonest first."""
    ages = rulebooks.current().brackets("staffing.retirement.ages", on=day)
    with connection.cursor() as cursor:
        cursor.execute(_STAFF, {"unit": unit_id, "day": day, "outside": outside_total(day)})
        staff = cursor.fetchall()
    found = []
    for _, sex, born, precision, code, name, order in staff:
        first = born.replace(month=1, day=1) if precision == YEAR else born
        on = retirement_on(first, man=sex == "nam", ages=ages)
        if day < on <= until:
            found.append((on, order, Leaver(code, name, on)))
    return [leaver for _, _, leaver in sorted(found, key=lambda one: one[:2])]
