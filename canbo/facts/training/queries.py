"""Reading courses: who was sent, who has finished what."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q, QuerySet

from canbo.facts.organisation.queries import within
from canbo.facts.people.models import Person
from canbo.facts.people.queries import PLACES, require_person
from canbo.foundation.kernel.actor import Actor

from .choices import READ
from .models import Enrolment


def visible(actor: Actor, day: dt.date) -> QuerySet[Enrolment]:
    """Enrolments of people found today in the actor's reach on the tree of a day."""
    reach = actor.reach(READ)
    if reach.everywhere:
        return Enrolment.objects.all()
    return Enrolment.objects.filter(person_id__in=within(Person.objects.order_by(), reach, day, *PLACES).values("pk"))


def courses_of(actor: Actor, person: Person) -> QuerySet[Enrolment]:
    """A person's courses, the newest first."""
    require_person(actor, READ, person)
    return Enrolment.objects.standing().filter(person=person)


def beginning(actor: Actor, first: dt.date, last: dt.date) -> QuerySet[Enrolment]:
    """Enrolments beginning from ``first`` to ``last``, both included."""
    rows = visible(actor, last).filter(voided_on=None, on__range=(first, last))
    return rows.select_related("person").order_by("on", "person__sort_key", "id")


def under_way(actor: Actor, day: dt.date) -> QuerySet[Enrolment]:
    """Enrolments that had begun and not ended on a day."""
    rows = visible(actor, day).filter(Q(ended_on=None) | Q(ended_on__gte=day), voided_on=None, on__lte=day)
    return rows.select_related("person").order_by("on", "id")
