"""Sending people on courses, and recording how they finished."""

from __future__ import annotations

import datetime as dt

from canbo.facts.decisions.models import Batch, Decision
from canbo.facts.people.models import Person
from canbo.facts.people.queries import require_person
from canbo.foundation.audit.actions import action
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.dates import DAY, format_date
from canbo.foundation.kernel.text import clean
from canbo.foundation.kernel.violation import Refused, Violation

from .choices import WRITE
from .models import Enrolment


@action("training.enrolment.open", permission=WRITE, log=("person", "course", "level", "on", "decision"))
def enrol(
    actor: Actor,
    *,
    person: Person,
    course: str,
    level: str,
    on: dt.date,
    on_precision: str = DAY,
    mode: str = "",
    place: str = "",
    ended_on: dt.date | None = None,
    result: str = "",
    decision: Decision | None = None,
    batch: Batch | None = None,
    historical: bool = False,
) -> Enrolment:
    """Sends a person on a course (cử đi đào tạo, bồi dưỡng).

    Args:
        on: the day the course begins.
        ended_on: its last day, when known.
    """
    require_person(actor, WRITE, person)
    faults = enrolment_faults(person, course, level, on, ended_on)
    if faults:
        raise Refused(faults)
    return Enrolment.objects.create(
        person=person,
        course=clean(course),
        level=clean(level),
        on=on,
        on_precision=on_precision,
        mode=mode,
        place=place,
        ended_on=ended_on,
        result=result,
        opened_by=decision,
        opened_in=batch,
        historical=historical,
    )


@action("training.enrolment.complete", permission=WRITE, log=("enrolment", "ended_on", "result"))
def complete(actor: Actor, *, enrolment: Enrolment, ended_on: dt.date, result: str) -> Enrolment:
    """Records the end of a course and its result; what was recorded before is not overwritten."""
    require_person(actor, WRITE, enrolment.person)
    row = Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    faults = []
    if row.voided_on is not None or row.result or (row.ended_on and row.ended_on != ended_on):
        faults.append(Violation("COURSE-ENDED", f"Khóa học {row.course} đã có kết quả hoặc ngày kết thúc."))
    if ended_on < row.on:
        faults.append(Violation("COURSE-ORDER", "Ngày kết thúc trước ngày bắt đầu.", field="ended_on"))
    if not clean(result):
        faults.append(Violation("COURSE-RESULT", "Thiếu kết quả.", field="result"))
    if faults:
        raise Refused(faults)
    row.ended_on, row.result = ended_on, clean(result)
    row.save(update_fields=["ended_on", "result"])
    return row


def enrolment_faults(person: Person, course: str, level: str, on: dt.date, ended_on: dt.date | None) -> list[Violation]:
    """Why a person may not be enrolled; empty when she may."""
    faults = []
    if not clean(course):
        faults.append(Violation("COURSE-NAME", "Thiếu tên khóa học.", field="course"))
    if not clean(level):
        faults.append(Violation("COURSE-LEVEL", "Thiếu trình độ.", field="level"))
    if ended_on is not None and ended_on < on:
        faults.append(Violation("COURSE-ORDER", "Ngày kết thúc trước ngày bắt đầu.", field="ended_on"))
    if Enrolment.objects.standing().filter(person=person, course=clean(course), on=on).exists():
        faults.append(Violation("COURSE-TWICE", f"Đã ghi khóa học {course} bắt đầu ngày {format_date(on)}."))
    return faults
