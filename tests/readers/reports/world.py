"""A small world of invented units and people, written row by row so that expected figures can be counted by hand."""

from __future__ import annotations

import datetime as dt
from itertools import count

from django.db import connection

from canbo.facts.organisation.models import Target, Unit, UnitVersion
from canbo.facts.party.models import Badge, Card, Membership
from canbo.facts.people.models import Person, PersonRecord
from canbo.facts.people.rules import search_text
from canbo.facts.staffing.models import Assignment, JobPosition, StaffQuota
from canbo.facts.training.models import Enrolment
from canbo.foundation.kernel.text import fold, name_key, text_key

START = dt.date(2015, 1, 1)
_numbers = count(1)

_CLOSURE = """
DELETE FROM organisation_unitpath;
WITH RECURSIVE edge AS (
    SELECT unit_id, parent_id, lower(in_force) AS a, COALESCE(upper(in_force), DATE '9999-12-31') AS b
    FROM organisation_unitversion WHERE voided_on IS NULL
), up AS (
    SELECT unit_id AS top, unit_id AS low, 0 AS depth, a, b, parent_id AS next FROM edge
    UNION ALL
    SELECT e.unit_id, up.low, up.depth + 1, GREATEST(up.a, e.a), LEAST(up.b, e.b), e.parent_id
    FROM up JOIN edge e ON e.unit_id = up.next AND e.a < up.b AND up.a < e.b
)
INSERT INTO organisation_unitpath (ancestor_id, descendant_id, depth, valid_from, valid_to)
SELECT top, low, depth, a, b FROM up;
"""


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def span(first: str | dt.date, until: str | None = None) -> tuple[dt.date, dt.date | None]:
    """From a first day to the day before ``until``."""
    start = day(first) if isinstance(first, str) else first
    return start, day(until) if until else None


def grow() -> None:
    """Derives the tree from the unit versions."""
    with connection.cursor() as cursor:
        cursor.execute(_CLOSURE)


def unit(code: str, kind: str, *stays: tuple[Unit | None, str, str | None], shelf: str = "dang") -> Unit:
    """A unit with one version per (superior, from, until)."""
    made = Unit.objects.create(code=code, name=code, sort_key=text_key(code), search_text=fold(code))
    for parent, first, until in stays or ((None, "2015-01-01", None),):
        UnitVersion.objects.create(
            unit=made, name=code, kind=kind, shelf=shelf, parent=parent, in_force=span(first, until), since=day(first)
        )
    return made


def person(
    name: str, *, sex: str = "nam", born: str = "1980-06-15", ethnic: str = "Kinh", religion: str = ""
) -> Person:
    code = f"HS{next(_numbers):05d}"
    made = Person.objects.create(code=code, name=name, sort_key=name_key(name), search_text=search_text(name, "", code))
    PersonRecord.objects.create(
        person=made,
        full_name=name,
        sex=sex,
        born_on=day(born),
        ethnic_group=ethnic,
        religion=religion,
        in_force=(None, None),
        since=START,
    )
    return made


def stay(
    who: Person,
    where: Unit,
    first: str,
    until: str | None = None,
    *,
    entry: str = "chuyen_den",
    end: str = "",
    admitted: str | None = None,
    ceremony: str | None = None,
    official: str | None = "2016-01-01",
    since: str | None = None,
) -> Membership:
    return Membership.objects.create(
        person=who,
        unit=where,
        in_force=span(first, until),
        since=day(since or first),
        entry=entry,
        closing_act=end,
        admitted_on=day(admitted) if admitted else None,
        ceremony_on=day(ceremony) if ceremony else None,
        official_on=day(official) if official else None,
    )


def card(who: Person, on: str, form: str = "phat") -> Card:
    return Card.objects.create(person=who, on=day(on), form=form)


def badge(who: Person, on: str, years: int, form: str = "thuong") -> Badge:
    return Badge.objects.create(person=who, on=day(on), years=years, form=form)


def course(who: Person, on: str, level: str, mode: str = "", name: str = "Lớp") -> Enrolment:
    return Enrolment.objects.create(person=who, course=name, on=day(on), level=level, mode=mode)


def post(
    who: Person,
    where: Unit,
    title: str,
    first: str,
    until: str | None = None,
    *,
    acts: tuple[str, ...] = ("bổ nhiệm",),
    end: str = "",
    concurrent: bool = False,
) -> Assignment:
    return Assignment.objects.create(
        person=who,
        unit=where,
        title=title,
        title_key=fold(title),
        in_force=span(first, until),
        since=day(first),
        acts=list(acts),
        closing_act=end,
        concurrent=concurrent,
    )


def quota(
    where: Unit, group: str, first: str, assigned: int, *, until: str | None = None, baseline: bool = False
) -> StaffQuota:
    return StaffQuota.objects.create(
        unit=where,
        staff_group=group,
        in_force=span(first, until),
        since=day(first),
        assigned=assigned,
        baseline=baseline,
    )


def position(where: Unit, code: str, group: str, first: str = "2020-01-01", *, headcount: int = 1) -> JobPosition:
    return JobPosition.objects.create(
        unit=where,
        code=code,
        name=f"Vị trí {code}",
        name_key=fold(f"Vị trí {code}"),
        group=group,
        headcount=headcount,
        in_force=span(first),
        since=day(first),
    )


def target(where: Unit, code: str, period: str, value: int, *, breakdown: str = "", until: str | None = None) -> Target:
    return Target.objects.create(
        unit=where,
        indicator=code,
        period=period,
        value=value,
        breakdown=breakdown,
        in_force=span("2020-01-01", until),
        since=day("2020-01-01"),
    )
