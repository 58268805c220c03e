"""Reading courses: who was sent, who has finished what."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from canbo.facts.decisions.queries import units_above
from canbo.facts.organisation.models import Unit
from canbo.facts.organisation.queries import within
from canbo.facts.people.models import Person
from canbo.facts.people.queries import PLACES
from canbo.foundation import rulebooks
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.condition import Condition
from canbo.foundation.kernel.dates import format_date

from .choices import READ
from .models import Enrolment
from .rules import certificate_condition as rule


def visible(actor: Actor, day: dt.date) -> QuerySet[Enrolment]:
    """Enrolments of people found today in the actor's reach on the tree of a day."""
    reach = actor.reach(READ)
    if reach.everywhere:
        return Enrolment.objects.all()
    return Enrolment.objects.filter(person_id__in=within(Person.objects.order_by(), reach, day, *PLACES).values("pk"))


def beginning(actor: Actor, first: dt.date, last: dt.date) -> QuerySet[Enrolment]:
    """Enrolments beginning from ``first`` to ``last``, both included."""
    rows = visible(actor, last).filter(voided_on=None, on__range=(first, last))
    return rows.select_related("person").order_by("on", "person__sort_key", "id")


def under_way(actor: Actor, day: dt.date) -> QuerySet[Enrolment]:
    """Enrolments that had begun and not ended on a day."""
    rows = visible(actor, day).filter(Q(ended_on=None) | Q(ended_on__gte=day), voided_on=None, on__lte=day)
    return rows.select_related("person").order_by("on", "id")


def certificate_condition(person: Person, day: dt.date, unit: Unit | None = None) -> Condition:
    """Whether a person's certificate of the course on the Party is valid on a day, by the rule of that day.

    Args:
        day: the day the cell considers her admission.
        unit: the cell, whose province may have rules of its own.

    Raises:
        NoRuleInForce: no rule says how long the certificate counts on that day.
    """
    rules, above = rulebooks.current(), units_above(unit.code, day) if unit is not None else ()
    validity = rules.value("party.admission.certificate_validity", on=day, unit=above)
    level = rules.catalogue("training.levels.levels", on=day)["party_awareness"].label
    failed = rules.catalogue("training.levels.results", on=day)["failed"].label
    taken = Enrolment.objects.standing().filter(person=person, level__iexact=level).exclude(result__iexact=failed)
    last = taken.annotate(earned=Coalesce("ended_on", "on")).filter(earned__lte=day).order_by("-earned").first()
    record = f"{last.course}, {format_date(last.earned)}" if last is not None else ""
    return rule(last.earned if last is not None else None, day, validity, record)
