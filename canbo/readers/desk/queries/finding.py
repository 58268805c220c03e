"""One box for people, units and decision numbers."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from canbo.facts.decisions import queries as ledger
from canbo.facts.decisions.choices import READ as READ_DECISIONS
from canbo.facts.decisions.models import Decision
from canbo.facts.decisions.rules import number_key
from canbo.facts.organisation import queries as organisation
from canbo.facts.organisation.models import Unit
from canbo.facts.party.choices import READ as READ_PARTY
from canbo.facts.party.models import Card, Membership
from canbo.facts.people.models import Person
from canbo.facts.people.queries import search as search_people
from canbo.facts.people.queries import visible
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.text import clean, fold

SHORTEST = 2


@dataclass
class Found:
    """What a text finds; each part is one longer than ``limit`` when there is more."""

    text: str
    limit: int
    people: list[Person] = field(default_factory=list)
    units: list[Unit] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)

    @property
    def is_short(self) -> bool:
        """Whether too little was typed to look for."""
        return len(self.text) < SHORTEST

    @property
    def is_nothing(self) -> bool:
        return not (self.people or self.units or self.decisions)

    @property
    def shown_people(self) -> list[Person]:
        return self.people[: self.limit]

    @property
    def shown_units(self) -> list[Unit]:
        return self.units[: self.limit]

    @property
    def shown_decisions(self) -> list[Decision]:
        return self.decisions[: self.limit]

    @property
    def more_people(self) -> bool:
        return len(self.people) > self.limit

    @property
    def more_units(self) -> bool:
        return len(self.units) > self.limit

    @property
    def more_decisions(self) -> bool:
        return len(self.decisions) > self.limit


def search(actor: Actor, text: str, today: dt.date, limit: int) -> Found:
    """People, units and decisions the actor sees that match a text, the best few of each.

    Args:
        text: words of a name with or without diacritics, a code, a citizen or card number, a decision's number.
        limit: how many of each kind.
    """
    found = Found(clean(text)[:80], limit)
    if found.is_short:
        return found
    digits = found.text.replace(" ", "").replace(".", "")
    if actor.may("person.read"):
        found.people = _people(actor, found.text, digits, today, limit + 1)
    if actor.may("unit.read"):
        found.units = _units(actor, found.text, today, limit + 1)
    if actor.may(READ_DECISIONS) and any(letter.isdigit() for letter in found.text):
        found.decisions = _decisions(actor, found.text, today, limit + 1)
    return found


def _people(actor: Actor, text: str, digits: str, today: dt.date, limit: int) -> list[Person]:
    people = search_people(actor, text, today, limit)
    if digits.isdigit() and len(digits) >= 4 and actor.may(READ_PARTY) and len(people) < limit:
        held = Membership.objects.standing().filter(card_number__startswith=digits).values("person_id")[:50]
        cards = Card.objects.standing().filter(number__startswith=digits).values("person_id")[:50]
        ids = {row["person_id"] for row in (*held, *cards)} - {person.pk for person in people}
        if ids:
            rows = visible(actor, today).select_related("work_unit", "party_unit")
            people += list(rows.filter(pk__in=ids)[: limit - len(people)])
    return people


def _units(actor: Actor, text: str, today: dt.date, limit: int) -> list[Unit]:
    rows = organisation.visible(actor, today)
    for word in fold(text).split():
        rows = rows.filter(search_text__contains=word)
    return list(rows[:limit])


def _decisions(actor: Actor, text: str, today: dt.date, limit: int) -> list[Decision]:
    key = number_key(text)
    return list(ledger.visible(actor, today).filter(number_key__startswith=key)[:limit])
