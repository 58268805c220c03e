"""Giving posts, taking them back, moving people; declaring posts and quotas."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from canbo.facts.decisions import actions as ledger
from canbo.facts.decisions.models import Batch, Decision
from canbo.facts.organisation.models import Unit
from canbo.facts.organisation.queries import require_over, version_at
from canbo.facts.people.choices import READ as READ_PERSON
from canbo.facts.people.models import Person
from canbo.facts.people.queries import require_person
from canbo.foundation.audit.actions import action
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.dates import DAY, format_date
from canbo.foundation.kernel.text import clean
from canbo.foundation.kernel.violation import Refused, Violation

from ..choices import WRITE
from ..models import Assignment
from ..queries import held
from ..rules import title_key
from .places import refresh_places

REAPPOINT = "bổ nhiệm lại"


@action("staffing.assignment.open", permission=WRITE, log=("person", "unit", "title", "acts", "on", "decision"))
def assign(
    actor: Actor,
    *,
    person: Person,
    unit: Unit,
    title: str,
    acts: Sequence[str],
    on: dt.date,
    concurrent: bool = False,
    term_until: dt.date | None = None,
    term_precision: str = DAY,
    managed_by: str = "",
    closes: Sequence[Assignment] = (),
    decision: Decision | None = None,
    batch: Batch | None = None,
    historical: bool = False,
    note: str = "",
) -> Assignment:
    """Gives a person a post.

    Args:
        acts: what the decision calls it; ``["điều động", "bổ nhiệm"]`` is one case of the combined act.
        on: first day in the post.
        term_until: last day of the term.
        closes: posts that end the day before, because this one takes their place.

    Raises:
        Refused: with every fault found.
        OutOfScope, NotPermitted: the person or one of the units is not the actor's.
    """
    require_person(actor, READ_PERSON, person)
    require_over(actor, WRITE, unit, on)
    faults = assignment_faults(person, unit, title, acts, on, term_until, closes)
    if faults:
        raise Refused(faults)
    for old in closes:
        require_over(actor, WRITE, old.unit_id, on)
        ledger.close(old, on=on, decision=decision, batch=batch)
    row = Assignment.objects.create(
        person=person,
        unit=unit,
        title=clean(title),
        title_key=title_key(title),
        acts=list(acts),
        concurrent=concurrent,
        term_until=term_until,
        term_precision=term_precision,
        managed_by=managed_by,
        in_force=ledger.span(on),
        since=on,
        opened_by=decision,
        opened_in=batch,
        historical=historical,
        note=note,
    )
    refresh_places(persons=[person.pk])
    return row


def add_concurrent(
    actor: Actor, *, person: Person, unit: Unit, title: str, acts: Sequence[str], on: dt.date, **more: object
) -> Assignment:
    """Gives a further post beside the main one (kiêm nhiệm); nothing ends."""
    return assign(
        actor,
        person=person,
        unit=unit,
        title=title,
        acts=acts,
        on=on,
        concurrent=True,
        **more,  # type: ignore[arg-type]
    )


def transfer(
    actor: Actor, *, person: Person, unit: Unit, title: str, acts: Sequence[str], on: dt.date, **more: object
) -> Assignment:
    """Moves a person: her main posts end and the new one begins, in one act. Concurrent posts go on."""
    return assign(
        actor,
        person=person,
        unit=unit,
        title=title,
        acts=acts,
        on=on,
        closes=main_posts(person, on),
        **more,  # type: ignore[arg-type]
    )


@action("staffing.assignment.close", permission=WRITE, log=("assignment", "on", "act", "decision"))
def relieve(
    actor: Actor,
    *,
    assignment: Assignment,
    on: dt.date,
    act: str,
    decision: Decision | None = None,
    batch: Batch | None = None,
) -> Assignment:
    """Ends a post: the day before ``on`` is its last one.

    Args:
        act: what the decision calls it: miễn nhiệm, thôi giữ chức vụ, nghỉ hưu …
    """
    require_over(actor, WRITE, assignment.unit_id, on)
    row = ledger.close(assignment, on=on, decision=decision, batch=batch, closing_act=act)
    refresh_places(persons=[row.person_id])
    return row


@action("staffing.assignment.reappoint", permission=WRITE, log=("assignment", "on", "term_until", "decision"))
def reappoint(
    actor: Actor,
    *,
    assignment: Assignment,
    on: dt.date,
    term_until: dt.date | None = None,
    act: str = REAPPOINT,
    decision: Decision | None = None,
    batch: Batch | None = None,
) -> Assignment:
    """Gives the same post for another term: the row ends and a new one begins."""
    require_over(actor, WRITE, assignment.unit_id, on)
    faults = [*ledger.closing_faults(assignment, on), *term_faults(on, term_until)]
    if faults:
        raise Refused(faults)
    old = ledger.close(assignment, on=on, decision=decision, batch=batch)
    return Assignment.objects.create(
        person_id=old.person_id,
        unit_id=old.unit_id,
        title=old.title,
        title_key=old.title_key,
        acts=[act],
        concurrent=old.concurrent,
        term_until=term_until,
        managed_by=old.managed_by,
        in_force=ledger.span(on),
        since=on,
        opened_by=decision,
        opened_in=batch,
    )


def main_posts(person: Person, on: dt.date) -> list[Assignment]:
    """The posts that a move ends: those in force that are not concurrent."""
    return [row for row in held(person, on) if not row.concurrent]


def assignment_faults(
    person: Person,
    unit: Unit,
    title: str,
    acts: Sequence[str],
    on: dt.date,
    term_until: dt.date | None = None,
    closes: Sequence[Assignment] = (),
) -> list[Violation]:
    """Why a person may not be given a post on a day; empty when she may."""
    faults = term_faults(on, term_until)
    if not clean(title):
        faults.append(Violation("POST-TITLE", "Thiếu chức vụ.", field="title"))
    if not acts:
        faults.append(Violation("POST-ACT", "Thiếu hành vi.", field="acts"))
    if version_at(unit, on) is None:
        faults.append(Violation("POST-UNIT", f"{unit} không hoạt động vào ngày {format_date(on)}.", field="unit"))
    same = Assignment.objects.standing().filter(
        person=person, unit=unit, title_key=title_key(title), in_force__overlap=(on, None)
    )
    for row in same.exclude(pk__in=[old.pk for old in closes]):
        faults.append(
            Violation(
                "POST-HELD",
                f"{person} đã giữ chức vụ {row.title} tại {unit} từ ngày {format_date(row.in_force.lower)}.",
                field="title",
                fix="Nếu bổ nhiệm thêm nhiệm kỳ thì dùng “bổ nhiệm lại”.",
            )
        )
    for old in closes:
        faults += ledger.closing_faults(old, on)
    return faults


def term_faults(on: dt.date, term_until: dt.date | None) -> list[Violation]:
    """A term ends after it began."""
    if term_until is not None and term_until < on:
        return [
            Violation("POST-TERM", f"Thời hạn {format_date(term_until)} trước ngày giữ chức vụ.", field="term_until")
        ]
    return []
