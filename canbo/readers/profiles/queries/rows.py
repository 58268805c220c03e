"""What belongs to the rows of a list, fetched for the rows drawn and no others."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Aggregate, IntegerField, QuerySet, Subquery
from django.db.models.functions import Coalesce

from canbo.facts.organisation.models import UnitVersion
from canbo.facts.party.models import Membership
from canbo.facts.party.queries import gaps_of
from canbo.facts.party.rules import Seniority, seniority, seniority_start
from canbo.facts.people.models import PersonRecord
from canbo.facts.staffing.models import Assignment

from ..rules import age

Prepare = Callable[[list[Any]], None]


def number_of(rows: QuerySet[Any], key: str, what: Aggregate) -> Coalesce:
    """A figure of the rows that belong to one row of a list; 0 where there are none."""
    inner = rows.order_by().values(key).annotate(n=what).values("n")
    return Coalesce(Subquery(inner, output_field=IntegerField()), 0)


@dataclass
class Shown:
    """A person as she stood on a day."""

    day: dt.date
    record: PersonRecord | None = None
    member: Membership | None = None
    posts: list[Assignment] = field(default_factory=list)
    names: dict[int, str] = field(default_factory=dict)
    seniority: PartyAge | None = None

    def __getattr__(self, name: str) -> Any:
        """Any column of the dossier of the day; None without one."""
        if name.startswith("_"):
            raise AttributeError(name)
        return getattr(self.record, name) if self.record is not None else None

    @property
    def post(self) -> str | None:
        """Titles held, the main one first."""
        return "; ".join(dict.fromkeys(row.title for row in self.posts)) or None

    @property
    def work_place(self) -> str | None:
        """The unit of the main post, by its name on the day."""
        return self.name_of(self.posts[0].unit_id, str(self.posts[0].unit)) if self.posts else None

    @property
    def cell(self) -> str | None:
        """The cell, by its name on the day."""
        return self.name_of(self.member.unit_id, str(self.member.unit)) if self.member else None

    @property
    def standing(self) -> str | None:
        """``chính thức`` or ``dự bị``; None for somebody outside the Party on that day."""
        if self.member is None:
            return None
        official = self.member.official_on
        return "chính thức" if official is not None and official <= self.day else "dự bị"

    @property
    def age(self) -> int | None:
        """Completed years on the day, or on the day of death."""
        record = self.record
        return age(record.born_on, min(self.day, record.died_on or self.day)) if record is not None else None

    @property
    def sex_name(self) -> str | None:
        """``Nam`` or ``Nữ``."""
        return self.record.get_sex_display() if self.record is not None else None

    def name_of(self, unit_id: int, otherwise: str) -> str:
        """A unit's name on the day."""
        return self.names.get(unit_id, otherwise)


def unit_names(unit_ids: Iterable[int], day: dt.date) -> dict[int, str]:
    """Names of units as they were on a day; units not in force then are left out."""
    return dict(UnitVersion.objects.at(day).filter(unit_id__in=set(unit_ids)).values_list("unit_id", "name"))


def people_of_day(
    person_ids: Iterable[int], day: dt.date, *, posts: bool = True, with_seniority: bool = False
) -> dict[int, Shown]:
    """People as they stood on a day, in four or five queries however many there are."""
    ids = list(set(person_ids))
    found = {pk: Shown(day) for pk in ids}
    for record in PersonRecord.objects.at(day).filter(person_id__in=ids):
        found[record.person_id].record = record
    stays: dict[int, list[Membership]] = defaultdict(list)
    every = Membership.objects.standing() if with_seniority else Membership.objects.at(day)
    for stay in every.filter(person_id__in=ids).select_related("unit").order_by("in_force"):
        stays[stay.person_id].append(stay)
        if day in stay.in_force:
            found[stay.person_id].member = stay
    if posts:
        rows = Assignment.objects.at(day).filter(person_id__in=ids).select_related("unit")
        for post in rows.order_by("concurrent", "in_force", "id"):
            found[post.person_id].posts.append(post)
    if with_seniority:
        for pk, shown in found.items():
            shown.seniority = party_age(stays[pk], day)
    named = {s.member.unit_id for s in found.values() if s.member} | {
        p.unit_id for s in found.values() for p in s.posts
    }
    names = unit_names(named, day)
    for shown in found.values():
        shown.names = names
    return found


@dataclass(frozen=True)
class PartyAge:
    """Party age on a day, and the date it was counted from."""

    value: Seniority
    start: dt.date
    counted_from: str
    out: int

    def __str__(self) -> str:
        return f"{self.value.years} năm {self.value.months} tháng" if self.value.years else f"{self.value.months} tháng"


COUNTED_FROM = {
    "decision": "ngày ký quyết định kết nạp",
    "ceremony": "ngày kết nạp (không còn quyết định)",
    "card": "ngày cấp thẻ đảng viên (không còn quyết định)",
}
"""What the first day of the Party age is, by what says so."""


def party_age(stays: Sequence[Membership], day: dt.date, first_card: dt.date | None = None) -> PartyAge | None:
    """Party age (tuổi đảng) on a day from every standing stay, the oldest first.

    It runs from the day the first admission decision was signed; where no decision is left, from the day of
    admission printed on the member card, else from the first card.
    """
    start = seniority_start((s.admitted_on for s in stays), (s.ceremony_on for s in stays), (first_card,))
    if start is None or start.on > day:
        return None
    out = gaps_of(stays, day)
    words = COUNTED_FROM[start.source]
    return PartyAge(seniority(start.on, day, out), start.on, words, sum(gap.days for gap in out))


def for_people(day: dt.date) -> Prepare:
    """Gives every person of a list what she was on the day."""

    def prepare(rows: list[Any]) -> None:
        shown = people_of_day([row.pk for row in rows], day)
        for row in rows:
            row.shown = shown[row.pk]

    return prepare


def for_facts(day: dt.date, *, posts: bool = False, with_seniority: bool = False) -> Prepare:
    """Gives every fact of a list its person on the day, and its unit the name it had then."""

    def prepare(rows: list[Any]) -> None:
        people = people_of_day([row.person_id for row in rows], day, posts=posts, with_seniority=with_seniority)
        names = unit_names([row.unit_id for row in rows if hasattr(row, "unit_id")], day)
        for row in rows:
            row.shown = people[row.person_id]
            row.shown.names = row.shown.names | names

    return prepare
