"""Everything one person's page shows, as it stood on a day, within what the reader may see."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from canbo.facts.decisions.models import Decision, DecisionItem
from canbo.facts.organisation.models import UnitVersion
from canbo.facts.organisation.queries import reaches
from canbo.facts.party.choices import READ as READ_PARTY
from canbo.facts.party.models import Badge, Card, Membership
from canbo.facts.people.choices import READ, READ_SENSITIVE
from canbo.facts.people.models import Award, Discipline, Grade, Person, PersonRecord
from canbo.facts.people.queries import PLACES, person_by_code
from canbo.facts.staffing.choices import READ as READ_STAFFING
from canbo.facts.staffing.models import Assignment, JobPosition, Placement
from canbo.facts.staffing.queries.positions import placements_of
from canbo.facts.training.choices import READ as READ_TRAINING
from canbo.facts.training.models import Enrolment
from canbo.foundation.kernel.actor import Actor, Reach

from ..rules import age
from .origin import SOURCED
from .rows import PartyAge, party_age

SECTIONS = (READ_SENSITIVE, READ_PARTY, READ_STAFFING, READ_TRAINING)


@dataclass
class Dossier:
    """A person on a day. Sections the reader may not see are empty; ``may`` says which those are."""

    person: Person
    day: dt.date
    may: frozenset[str]
    versions: list[PersonRecord]
    assignments: list[Assignment] = field(default_factory=list)
    stays: list[Membership] = field(default_factory=list)
    cards: list[Card] = field(default_factory=list)
    badges: list[Badge] = field(default_factory=list)
    grades: list[Grade] = field(default_factory=list)
    awards: list[Award] = field(default_factory=list)
    disciplines: list[Discipline] = field(default_factory=list)
    courses: list[Enrolment] = field(default_factory=list)
    unit_versions: dict[int, list[UnitVersion]] = field(default_factory=dict)
    placements: list[tuple[Placement, JobPosition | None]] = field(default_factory=list)

    @property
    def sensitive(self) -> bool:
        return READ_SENSITIVE in self.may

    @property
    def record(self) -> PersonRecord | None:
        """The dossier of the day."""
        return next((v for v in self.versions if self.day in v.in_force), None)

    @property
    def posts(self) -> list[Assignment]:
        """Posts held on the day, the main ones first."""
        return sorted((a for a in self.assignments if self.day in a.in_force), key=lambda a: (a.concurrent, a.since))

    @property
    def member(self) -> Membership | None:
        """The stay in a cell on the day."""
        return next((s for s in self.stays if self.day in s.in_force), None)

    @property
    def is_official(self) -> bool:
        """Whether she was a full member on the day."""
        official = self.member.official_on if self.member else None
        return official is not None and official <= self.day

    @property
    def dates(self) -> Membership:
        """The stay that carries the dates of admission: the last one."""
        return self.stays[-1]

    last_stay = dates

    @property
    def cell_name(self) -> str:
        """The cell of the day, by its name on the day."""
        return self.unit_name(self.member, self.day) if self.member else ""

    @property
    def posts_with_places(self) -> list[tuple[Assignment, str]]:
        """Posts of the day, each with the unit's name on the day."""
        return [(post, self.unit_name(post, self.day)) for post in self.posts]

    @property
    def positions(self) -> list[tuple[Placement, JobPosition | None, str]]:
        """Job positions of the day, each with the body's name on the day."""
        return [(row, position, self.unit_name(row, self.day)) for row, position in self.placements]

    @property
    def seniority(self) -> PartyAge | None:
        """Party age on the day; for somebody who died or left, on the last day."""
        return self.seniority_on(self.day)

    def seniority_on(self, day: dt.date) -> PartyAge | None:
        """Party age on another day, as far as is known on the viewing day."""
        if not self.stays:
            return None
        last = self.stays[-1].last_day
        first_card = min((card.on for card in self.cards), default=None)
        return party_age(self.stays, min(day, last) if last else day, first_card)

    @property
    def age(self) -> int | None:
        """Completed years on the day, or on the day of death."""
        record = self.record
        return age(record.born_on, min(self.day, record.died_on or self.day)) if record else None

    def unit_name(self, fact: Any, on: dt.date | None = None) -> str:
        """The name a fact's unit had when the fact began, or on a day."""
        day = on or fact.in_force.lower or self.day
        versions = self.unit_versions.get(fact.unit_id, [])
        return next((v.name for v in versions if day in v.in_force), fact.unit.name)


def dossier(actor: Actor, code: str, today: dt.date, day: dt.date) -> Dossier:
    """The person with a code as she stood on a day.

    Raises:
        OutOfScope: no such person for this actor.
        NotPermitted: the actor reads no people at all.
    """
    actor.require(READ)
    person = person_by_code(actor, code, today)
    found = Dossier(person, day, permitted(actor, person, today), _versions(person))
    if READ_STAFFING in found.may:
        found.assignments = _begun(Assignment, person, day, "unit", "closed_by")
        found.placements = placements_of(person, day)
    if READ_PARTY in found.may:
        found.stays = _begun(Membership, person, day, "unit", "closed_by")
        found.cards = _until(Card, person, day)
        found.badges = _until(Badge, person, day)
    if READ_TRAINING in found.may:
        found.courses = _until(Enrolment, person, day)
    found.grades = _until(Grade, person, day)
    found.awards = _until(Award, person, day)
    if found.sensitive:
        found.disciplines = _begun(Discipline, person, day, "closed_by")
    units = {row.unit_id for row in found.assignments} | {row.unit_id for row in found.stays}
    units |= {row.unit_id for row, _ in found.placements}
    for version in UnitVersion.objects.standing().filter(unit_id__in=units).order_by("in_force"):
        found.unit_versions.setdefault(version.unit_id, []).append(version)
    return found


def permitted(actor: Actor, person: Person, today: dt.date) -> frozenset[str]:
    """Which sections of her page the actor may read: the permission must reach a place where she is found today."""
    known: dict[Reach, bool] = {}
    places = [getattr(person, name) for name in PLACES]
    for permission in SECTIONS:
        reach = actor.reach(permission)
        if reach not in known:
            known[reach] = reach.everywhere or any(reaches(reach, place, today) for place in places if place)
    return frozenset(permission for permission in SECTIONS if known[actor.reach(permission)])


def decisions_about(found: Dossier) -> list[Decision]:
    """Decisions that name her: those that opened or closed her facts, and those with an item on her."""
    facts: Sequence[Any] = [
        *found.assignments, *found.stays, *found.cards, *found.badges, *found.grades, *found.awards,
        *found.disciplines, *found.courses, *found.versions,
    ]  # fmt: skip
    ids = {fact.opened_by_id for fact in facts} | {getattr(fact, "closed_by_id", None) for fact in facts}
    items = DecisionItem.objects.filter(subject_id=found.person.pk, subject_type__in=("person", "people.person"))
    ids |= set(items.values_list("decision_id", flat=True))
    rows = Decision.objects.filter(pk__in=ids - {None}, issued_on__lte=found.day)
    return list(rows.order_by("-issued_on", "-id"))


def _versions(person: Person) -> list[PersonRecord]:
    rows = PersonRecord.objects.standing().filter(person=person).select_related(*SOURCED)
    return sorted(rows, key=lambda row: row.in_force.lower or dt.date.min)


def _begun(model: Any, person: Person, day: dt.date, *more: str) -> list[Any]:
    rows = model.objects.standing().filter(person=person, in_force__startswith__lte=day)
    return list(rows.select_related(*SOURCED, *more).order_by("in_force", "id"))


def _until(model: Any, person: Person, day: dt.date) -> list[Any]:
    rows = model.objects.standing().filter(person=person, on__lte=day)
    return list(rows.select_related(*SOURCED).order_by("-on", "-id"))
