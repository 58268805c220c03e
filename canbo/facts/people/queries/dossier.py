"""Who may be seen, the dossier on a day, outcomes."""

from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet

from canbo.facts.organisation.models import Unit
from canbo.facts.organisation.queries import acting_day, reaches, within
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.violation import NotPermitted, OutOfScope

from ..choices import READ
from ..models import Award, Discipline, Grade, Person, PersonRecord
from .crowd import FEW, PLACES, are_few


def visible(actor: Actor, day: dt.date) -> QuerySet[Person]:
    """People found today at a unit in the actor's reach on the tree of a day, in the order of names."""
    reach = actor.reach(READ)
    few = bool(reach) and not reach.everywhere and are_few(reach, day, FEW)
    return within(Person.objects.all(), reach, day, *PLACES, few=few)


def person_by_code(actor: Actor, code: str, day: dt.date) -> Person:
    """The person with a code; raises OutOfScope when there is none for this actor."""
    found = visible(actor, day).filter(code=code.strip()).first()
    if found is None:
        raise OutOfScope(f"hồ sơ có mã {code}")
    return found


def person_by_id(actor: Actor, pk: int, day: dt.date) -> Person:
    """The person with an id; raises OutOfScope when there is none for this actor."""
    found = visible(actor, day).filter(pk=pk).select_related("work_unit", "party_unit").first()
    if found is None:
        raise OutOfScope("hồ sơ")
    return found


def require_person(actor: Actor, permission: str, person: Person) -> None:
    """Refuses an actor who does not hold the permission where the person is found today.

    Raises:
        NotPermitted: she sees the person, but may not do this, or holds the permission nowhere.
        OutOfScope: for her the person does not exist.
    """
    reach, day = actor.require(permission), acting_day()
    places = [getattr(person, name) for name in PLACES]
    if reach.everywhere or any(reaches(reach, place, day) for place in places):
        return
    seen = actor.reach(READ)
    if seen.everywhere or any(reaches(seen, place, day) for place in places):
        raise NotPermitted(permission)
    raise OutOfScope("hồ sơ")


def record_at(actor: Actor, person: Person, day: dt.date) -> PersonRecord | None:
    """The dossier as it stood on a day; raises OutOfScope for a person the actor may not read."""
    require_person(actor, READ, person)
    return PersonRecord.objects.at(day).filter(person=person).first()


def records(actor: Actor, person: Person) -> QuerySet[PersonRecord]:
    """Every standing version of the dossier, oldest first."""
    require_person(actor, READ, person)
    return PersonRecord.objects.standing().filter(person=person).order_by("in_force")


def grades(actor: Actor, subject: Person | Unit) -> QuerySet[Grade]:
    """Evaluation results of a person or a unit, the newest first."""
    return Grade.objects.standing().filter(**_about(actor, subject))


def awards(actor: Actor, subject: Person | Unit) -> QuerySet[Award]:
    """Rewards of a person or a unit, the newest first."""
    return Award.objects.standing().filter(**_about(actor, subject))


def disciplines(actor: Actor, person: Person) -> QuerySet[Discipline]:
    """Disciplinary measures of a person, the newest first."""
    require_person(actor, READ, person)
    return Discipline.objects.standing().filter(person=person)


def _about(actor: Actor, subject: Person | Unit) -> dict[str, Person | Unit]:
    if isinstance(subject, Person):
        require_person(actor, READ, subject)
        return {"person": subject}
    if not reaches(actor.require(READ), subject.pk, acting_day()):
        raise OutOfScope("đơn vị")
    return {"unit": subject}
