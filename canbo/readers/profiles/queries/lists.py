"""The rows of each list: what the actor sees today, as it stood on the viewing day."""

from __future__ import annotations

import datetime as dt
from typing import TypeVar

from django.db.models import Model, QuerySet

from canbo.facts.organisation.models import UnitVersion
from canbo.facts.organisation.queries import versions_at, within
from canbo.facts.party.choices import READ as READ_PARTY
from canbo.facts.party.models import Membership
from canbo.facts.people.models import Person
from canbo.facts.people.queries import visible
from canbo.facts.staffing.choices import READ as READ_STAFFING
from canbo.facts.staffing.models import Assignment, StaffQuota
from canbo.facts.training.choices import READ as READ_TRAINING
from canbo.facts.training.models import Enrolment
from canbo.foundation.kernel.actor import Actor

M = TypeVar("M", bound=Model)


def of_people_seen(rows: QuerySet[M], actor: Actor, permission: str, today: dt.date) -> QuerySet[M]:
    """Facts of people who are found today where the actor holds the permission, whatever their day."""
    return within(rows, actor.require(permission), today, "person__work_unit_id", "person__party_unit_id")


def people(actor: Actor, today: dt.date) -> QuerySet[Person]:
    """People the actor sees today."""
    actor.require("person.read")
    return visible(actor, today)


def units(actor: Actor, day: dt.date) -> QuerySet[UnitVersion]:
    """Units in force on the viewing day within the actor's reach on its tree."""
    actor.require("unit.read")
    return versions_at(actor, day).order_by()


def members(actor: Actor, today: dt.date, day: dt.date) -> QuerySet[Membership]:
    """Memberships in force on the viewing day."""
    return of_people_seen(Membership.objects.at(day), actor, READ_PARTY, today).select_related("person", "unit")


def assignments(actor: Actor, today: dt.date, day: dt.date) -> QuerySet[Assignment]:
    """Posts held on the viewing day."""
    rows = of_people_seen(Assignment.objects.at(day), actor, READ_STAFFING, today)
    return rows.select_related("person", "unit", "opened_by")


def quotas(actor: Actor, day: dt.date) -> QuerySet[StaffQuota]:
    """Quotas in force on the viewing day, baselines left out."""
    rows = within(StaffQuota.objects.at(day), actor.require(READ_STAFFING), day)
    return rows.filter(baseline=False).select_related("unit", "opened_by")


def courses(actor: Actor, today: dt.date, day: dt.date) -> QuerySet[Enrolment]:
    """Courses begun up to the viewing day."""
    rows = of_people_seen(Enrolment.objects.standing(), actor, READ_TRAINING, today)
    return rows.filter(on__lte=day).select_related("person", "opened_by")
