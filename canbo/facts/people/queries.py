"""Reading people: who may be seen, finding somebody, the dossier on a day, outcomes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db.models import Case, Q, QuerySet, SmallIntegerField, Value, When

from canbo.facts.organisation.models import Unit
from canbo.facts.organisation.queries import acting_day, broad, few_within, reaches, within
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.text import fold
from canbo.foundation.kernel.violation import NotPermitted, OutOfScope

from .choices import READ
from .models import Award, Discipline, Grade, Person, PersonRecord
from .rules import given_name_keys

PLACES = ("work_unit_id", "party_unit_id")


def visible(actor: Actor, day: dt.date) -> QuerySet[Person]:
    """People found today at a unit in the actor's reach on the tree of a day, in the order of names."""
    return within(Person.objects.all(), actor.reach(READ), day, *PLACES)


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


def search(actor: Actor, text: str, day: dt.date, limit: int = 50) -> list[Person]:
    """People whose names hold every word typed, diacritics or not; digits search codes and citizen numbers.

    Those whose given name begins with one of the words come first, the last word before the others; within that, in
    the order of names. Names are found along the index of the order itself: all who share a given name stand together
    there, where a plain search would read hundreds of thousands of names before it reached them.

    Args:
        text: any parts of the name, a code, or the first digits of a citizen number.
        limit: how many at most.
    """
    reach, words = actor.reach(READ), fold(text).split()
    everybody = Person.objects.select_related("work_unit", "party_unit")
    if "".join(words).isdigit():
        return _numbered(within(everybody, reach, day, *PLACES), "".join(words), limit)
    for word in words:
        everybody = everybody.filter(search_text__contains=word)
    rows = within(everybody, reach, day, *PLACES)
    if not reach:
        return []
    if not broad(reach, day):
        return list(_ranked(rows, words)[:limit])
    # Those who bear the name elsewhere than last are few when nobody was found by it: they are read by their words.
    rest = rows if reach.everywhere else _ranked(few_within(everybody, reach, day, *PLACES), words)
    found: dict[int, Person] = {}
    for part in (*_by_given_name(rows, words), rest):
        if len(found) >= limit:
            break
        found |= {person.pk: person for person in part.exclude(pk__in=list(found))[: limit - len(found)]}
    return list(found.values())


def _numbered(rows: QuerySet[Person], digits: str, limit: int) -> list[Person]:
    """By beginning of the code, then of the citizen number, each along its own index."""
    found = list(rows.filter(code__startswith=digits).order_by("code")[:limit])
    citizens = rows.filter(citizen_id__gte=digits, citizen_id__lt=digits + ":").exclude(pk__in=[p.pk for p in found])
    return found + list(citizens.order_by("citizen_id")[: limit - len(found)])


def _by_given_name(rows: QuerySet[Person], words: list[str]) -> Iterator[QuerySet[Person]]:
    """Slices of the order of names, the likeliest first."""
    for word in reversed(words):
        for key in given_name_keys(word):
            # The last digit of a key is never 9, so that its own successor closes the range.
            yield rows.filter(sort_key__gte=key, sort_key__lt=key[:-1] + chr(ord(key[-1]) + 1))


def _ranked(rows: QuerySet[Person], words: list[str]) -> QuerySet[Person]:
    """A part of the system: few enough to be read whole and put in the same order."""
    ranks = []
    for rank, word in enumerate(reversed(words)):
        condition = Q()
        for key in given_name_keys(word):
            condition |= Q(sort_key__startswith=key)
        if condition:
            ranks.append(When(condition, then=Value(rank)))
    order = Case(*ranks, default=Value(len(words)), output_field=SmallIntegerField())
    return rows.order_by(order, "sort_key", "id")


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
