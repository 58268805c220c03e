"""Reading results: a person's line over the months, what counted against her, appeals and how they ended."""

from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet

from canbo.facts.organisation.queries import within
from canbo.facts.people.models import Person
from canbo.facts.people.queries import require_person
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.dates import add_months

from ..choices import READ
from ..models import Appeal, Reminder, Result


def results_of(actor: Actor, person: Person, *, standing: bool = True) -> QuerySet[Result]:
    """A person's results, the newest period first; her own, or of somebody in the actor's reach.

    Args:
        standing: leave out those that were replaced.

    Raises:
        OutOfScope, NotPermitted: somebody whose scores the actor may not see.
    """
    if actor.person_id != person.pk:
        require_person(actor, READ, person)
    rows = Result.objects.filter(person=person)
    if standing:
        rows = rows.filter(replaced_on=None)
    return rows.select_related("cycle", "unit", "decision").defer("tasks").order_by("-cycle__first", "rulebook", "-pk")


def line_of(actor: Actor, person: Person, day: dt.date) -> list[Result]:
    """The results of the twelve months up to a day, oldest first, for the line on her page."""
    first = add_months(day.replace(day=1), -11)
    rows = results_of(actor, person).filter(cycle__first__gte=first, cycle__first__lte=day)
    return [result for result in reversed(rows) if len(result.period) == 7 and "-Q" not in result.period]


def appeals(actor: Actor, day: dt.date, *, open_only: bool = False) -> QuerySet[Appeal]:
    """The register of appeals in an actor's reach, the most urgent first."""
    rows = within(Appeal.objects.all(), actor.require(READ), day, "result__unit_id")
    rows = rows.filter(ended="") if open_only else rows
    return rows.select_related("result__person", "result__collective", "result__cycle", "result__unit").order_by(
        "answered_on", "due_on", "pk"
    )


def reminders(actor: Actor, day: dt.date) -> QuerySet[Reminder]:
    """What a person was reminded of last night or on a day; nothing for accounts without a person."""
    rows = Reminder.objects.filter(person=actor.person_id, on=day) if actor.person_id else Reminder.objects.none()
    return rows.select_related("cycle").order_by("due_on", "pk")
