"""A small province: one department (sở) with two divisions, its people, accounts and work."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from canbo.facts.access.models import AccountPerson
from canbo.facts.decisions.models import Decision
from canbo.facts.decisions.rules import number_key
from canbo.facts.organisation.models import Unit
from canbo.facts.people.models import Person
from canbo.facts.staffing.models import Assignment
from canbo.facts.work.models import Share, Task
from canbo.foundation.kernel.actor import EVERYWHERE, Actor, Reach
from canbo.foundation.kernel.text import fold
from canbo.processes.evaluation import actions, choices
from canbo.processes.evaluation.models import Cycle, Sheet
from tests import factories

D = dt.date
LONG_AGO, MID_JULY, FIRST_JULY = D(2020, 1, 1), D(2026, 7, 15), D(2026, 7, 1)
BOOK = "nd335-2025-civil-servant"
FULL = {"I.1": 5, "I.2": 5} | {f"{g}.{n}": 2.5 for g in ("II", "III") for n in (1, 2, 3, 4)}
"""Full common points of NĐ 335."""


def at(day: dt.date) -> dt.datetime:
    """A moment on a day in Vietnam."""
    return dt.datetime.combine(day, dt.time(9), ZoneInfo("Asia/Ho_Chi_Minh"))


def post(
    who: Person, where: Unit, title: str, since: dt.date = LONG_AGO, until: dt.date | None = None, **more: Any
) -> Assignment:
    """A post held from one day to the day before another."""
    return Assignment.objects.create(
        person=who, unit=where, title=title, title_key=fold(title), acts=more.pop("acts", ["bổ nhiệm"]),
        in_force=factories.period(since, until), since=since, **more,
    )  # fmt: skip


@dataclass
class World:
    """The units and people of the small province."""

    province: Unit
    body: Unit
    a: Unit
    b: Unit
    people: dict[str, Person] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Person:
        return self.people[name]

    def hire(self, name: str, where: Unit, title: str, **more: Any) -> Person:
        """Somebody with one post."""
        self.people[name] = factories.person(name, where)
        post(self.people[name], where, title, **more)
        return self.people[name]


@pytest.fixture
def world(db: None) -> World:
    province = factories.unit("Tỉnh Mẫu", kind="tỉnh", shelf="nha_nuoc", code="TM")
    body = factories.unit("Sở Nội vụ", province, kind="sở", shelf="nha_nuoc", code="SNV")
    made = World(
        province,
        body,
        factories.unit("Phòng Tổ chức", body, kind="phòng", shelf="nha_nuoc", code="PTC"),
        factories.unit("Phòng Cải cách", body, kind="phòng", shelf="nha_nuoc", code="PCC"),
    )
    made.hire("Chủ tịch", province, "Chủ tịch Ủy ban nhân dân")
    made.hire("Giám đốc", body, "Giám đốc")
    made.hire("Phó giám đốc", body, "Phó Giám đốc")
    made.hire("Trưởng A", made.a, "Trưởng phòng")
    made.hire("Phó A", made.a, "Phó Trưởng phòng")
    for n in (1, 2, 3):
        made.hire(f"Viên A{n}", made.a, "Chuyên viên")
    made.hire("Trưởng B", made.b, "Trưởng phòng")
    made.hire("Viên B1", made.b, "Chuyên viên")
    made.hire("Lái xe", made.b, "Lái xe")
    return made


@pytest.fixture
def manager() -> Actor:
    """Who opens and closes cycles everywhere, and is nobody's superior."""
    codes = (choices.READ, choices.MANAGE, choices.DECIDE, "unit.read", "person.read")
    return Actor("Phòng Tổ chức cán bộ", user_id=None, person_id=None, reaches=dict.fromkeys(codes, EVERYWHERE))


def person_actor(who: Person, *permissions: str, over: Unit | None = None) -> Actor:
    """The person herself, with what she may do over a unit."""
    reach = Reach(units=frozenset({over.pk})) if over else EVERYWHERE
    return Actor(who.name, person_id=who.pk, reaches=dict.fromkeys(permissions, reach) if permissions else {})


def work_of(
    who: Person,
    *,
    where: Unit | None = None,
    coef: str | None = "1.0",
    assigned: str = "1",
    done: str = "1",
    counts_on: dt.date = MID_JULY,
    **more: Any,
) -> Share:
    """A closed share of a task of its own."""
    unit = where or who.work_unit
    assert unit is not None
    task = Task.objects.create(
        unit=unit, title="Báo cáo", due_on=counts_on, on=counts_on.replace(day=1), search_text="bao cao"
    )
    values: dict[str, Any] = {"closed": True, "state": "accepted", "assigned_on": counts_on.replace(day=1)}
    return Share.objects.create(
        task=task, person=who, unit=unit, coef=None if coef is None else Decimal(coef), assigned=Decimal(assigned), done=Decimal(done),
        due_first=counts_on, due_on=counts_on, counts_on=counts_on, **{**values, **more},
    )  # fmt: skip


@pytest.fixture
def opened(manager: Actor) -> Callable[..., Cycle]:
    """Opens a cycle: ``opened(world.province)``."""

    def make(unit: Unit, period: str = "2026-07", rulebook: str = BOOK, **more: Any) -> Cycle:
        when = more.pop("at", at(D(2026, 7, 1)))
        return actions.open_cycle(manager, rulebook=rulebook, period=period, unit=unit, at=when, **more)

    return make


def sheet_of(cycle: Cycle, who: Person) -> Sheet:
    return Sheet.objects.get(cycle=cycle, person=who)


LATE_JULY = at(D(2026, 7, 27))


def self_score(sheet: Sheet, scores: dict[str, Any] | None = None) -> Sheet:
    """The person fills in her sheet and hands it in."""
    who = sheet.person or sheet.represented_by
    assert who is not None
    me = person_actor(who)
    for key, value in (scores or FULL).items():
        sheet = actions.save_self(me, sheet=sheet, version=sheet.version, field=f"score.{key}", value=value)
    return actions.submit_self(me, sheet=sheet, version=sheet.version, at=LATE_JULY)


def scored(sheet: Sheet, judged: dict[str, Any] | None = None, scores: dict[str, Any] | None = None) -> Sheet:
    """Handed in and reviewed by the superior."""
    sheet = self_score(sheet, scores)
    assert sheet.superior is not None
    row = actions.Review(sheet.pk, sheet.version, judged=judged, comment="Có minh chứng.")
    return actions.submit_reviews(person_actor(sheet.superior), rows=[row], at=LATE_JULY)[0]


def decided(sheet: Sheet, grade: str | None = None, reason: str = "", when: dt.datetime = LATE_JULY) -> Sheet:
    """Decided by the person the sheet names."""
    assert sheet.decider is not None
    row = actions.Verdict(sheet.pk, sheet.version, grade, reason)
    return actions.decide(person_actor(sheet.decider), rows=[row], at=when)[0]


@pytest.fixture
def as_person() -> Callable[..., Client]:
    """Signs somebody in: ``as_person(who, "thu_truong", unit)``."""

    def sign_in(who: Person, role: str | None = None, where: Unit | None = None) -> Client:
        user = factories.account(f"tk-{who.pk}", role, where)
        AccountPerson.objects.create(user=user, person_id=who.pk)
        client = Client()
        client.force_login(user)
        return client

    return sign_in


def ledger(number: str, on: dt.date = FIRST_JULY, custodian: str = "TM") -> Decision:
    """A decision in the ledger of the province, found by its number as people type it."""
    return Decision.objects.create(
        number=number, number_key=number_key(number), issued_on=on, issuer="Sở Nội vụ", issuer_key="so noi vu",
        abstract=f"Về việc {number}", custodian=custodian,
    )  # fmt: skip
