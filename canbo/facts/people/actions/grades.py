"""Many evaluation results at once: what a closed evaluation concluded, under one decision and one audit line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db import connection

from canbo.facts.decisions.models import Decision
from canbo.foundation.audit.actions import action
from canbo.foundation.kernel.actor import Actor

from ..models import Grade

WRITE_GRADES = """
INSERT INTO people_grade (person_id, unit_id, period, basis, points, grade, "on", on_precision, opened_by_id,
  historical, note, voided_why)
SELECT r.person, r.unit, %(period)s, %(basis)s, r.points, r.grade, %(on)s, 'd', %(decision)s, false, '', ''
FROM unnest(%(persons)s::bigint[], %(units)s::bigint[], %(points)s::numeric[], %(grades)s::text[])
  AS r(person, unit, points, grade)
"""


@dataclass(frozen=True)
class Concluded:
    """One result: of a person or of a unit, never both."""

    person: int | None
    unit: int | None
    points: Decimal | None
    grade: str


@action("people.grade.record_many", permission=None, log=("period", "basis", "on", "decision"))
def record_grades(
    actor: Actor,
    *,
    rows: Iterable[Concluded],
    period: str,
    basis: str,
    on: dt.date,
    decision: Decision | None = None,
) -> int:
    """Records what an evaluation concluded on many subjects; returns how many.

    A part of closing an evaluation, whose action has asked for the permission over all of them.

    Raises:
        IntegrityError: one of them has a standing result of that period and basis already.
    """
    found = list(rows)
    with connection.cursor() as cursor:
        cursor.execute(
            WRITE_GRADES,
            {
                "period": period,
                "basis": basis,
                "on": on,
                "decision": decision.pk if decision else None,
                "persons": [row.person for row in found],
                "units": [row.unit for row in found],
                "points": [row.points for row in found],
                "grades": [row.grade for row in found],
            },
        )
    return len(found)


@action("people.grade.replace", permission=None, log=("grade", "to", "on", "decision"))
def replace_grade(
    actor: Actor,
    *,
    grade: Grade,
    to: str,
    points: Decimal | None,
    on: dt.date,
    reason: str,
    decision: Decision | None = None,
) -> Grade:
    """A new result takes the place of one that was wrong; the old one is voided and stays readable.

    A part of replacing an evaluation result, whose action has asked for the permission.
    """
    grade.voided_on, grade.voided_why = on, reason
    grade.save(update_fields=["voided_on", "voided_why"])
    return Grade.objects.create(
        person=grade.person,
        unit=grade.unit,
        period=grade.period,
        basis=grade.basis,
        points=points,
        grade=to,
        on=on,
        opened_by=decision,
    )
