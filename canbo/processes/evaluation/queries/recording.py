"""Reading what was recorded for evaluations: findings, absences, suggested points; and the names of facts."""

from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet

from canbo.facts.organisation.queries import within
from canbo.foundation import rulebooks
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.violation import OutOfScope

from ..choices import READ
from ..models import Cycle, Finding, Leave, Suggestion

SUBJECT = ("person__work_unit_id", "person__party_unit_id", "collective_id")
GATHERED = ("tasks_", "unit_done", "unit_on_time", "unit_late", "unit_exceeded", "is_", "months_", "leave_kind", "unit_grade",
            "quarters_failed", "worked_days", "subunits_failed")  # fmt: skip
"""Beginnings of the names of facts that are worked out from other records and never typed."""


def findings(actor: Actor, day: dt.date) -> QuerySet[Finding]:
    """Findings about people and bodies within reach, the newest first; never her own."""
    rows = within(Finding.objects.all(), actor.require(READ), day, *SUBJECT)
    if actor.person_id is not None:
        rows = rows.exclude(person=actor.person_id)
    return rows.select_related("person", "collective", "at_unit", "decision").order_by("-on", "-pk")


def leaves(actor: Actor, day: dt.date) -> QuerySet[Leave]:
    """Absences of people within reach, the newest first."""
    rows = within(Leave.objects.all(), actor.require(READ), day, *SUBJECT[:2])
    return rows.select_related("person").order_by("-first", "-pk")


def suggestions(actor: Actor, cycle: Cycle, day: dt.date) -> QuerySet[Suggestion]:
    """Points suggested in a cycle to people and bodies within reach."""
    rows = within(Suggestion.objects.filter(cycle=cycle), actor.require(READ), day, *SUBJECT)
    return rows.select_related("person", "collective").order_by("-pk")


def finding_by_id(actor: Actor, pk: int, day: dt.date) -> Finding:
    """One finding; raises OutOfScope when there is none for this actor."""
    found = findings(actor, day).filter(pk=pk).first()
    if found is None:
        raise OutOfScope("căn cứ xếp loại")
    return found


def leave_by_id(actor: Actor, pk: int, day: dt.date) -> Leave:
    """One absence; raises OutOfScope when there is none for this actor."""
    found = leaves(actor, day).filter(pk=pk).first()
    if found is None:
        raise OutOfScope("thời gian nghỉ")
    return found


def known_facts(day: dt.date) -> list[tuple[str, str, str]]:
    """Key, name and kind of each fact that somebody may record; those worked out from other records are left out."""
    rows = rulebooks.current().catalogue("evaluation.facts.facts", on=day)
    return [
        (row.key, row.label, row["kind"])
        for row in rows
        if row["kind"] in ("flag", "ratio", "number") and not row.key.startswith(GATHERED)
    ]


def fact_names(day: dt.date) -> dict[str, str]:
    """The name of every fact."""
    return {row.key: row.label for row in rulebooks.current().catalogue("evaluation.facts.facts", on=day)}
