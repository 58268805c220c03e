"""A small office: a head, two specialists, a catalogue with a standard product."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest

from canbo.facts.organisation.models import Unit
from canbo.facts.people.models import Person
from canbo.facts.work import actions
from canbo.facts.work.actions import Part, ProductEntry, Terms
from canbo.facts.work.models import Product, Share, Task
from canbo.foundation.kernel.actor import Actor, Reach
from canbo.foundation.kernel.clock import VIETNAM
from tests import factories

D = dt.date


def at(day: int, month: int = 7, year: int = 2026, hour: int = 9) -> dt.datetime:
    """A moment in Vietnam, July 2026 unless said otherwise."""
    return dt.datetime(year, month, day, hour, tzinfo=VIETNAM)


@dataclass
class Office:
    """What the tests of this folder act in."""

    body: Unit
    unit: Unit
    elsewhere: Unit
    lan: Person
    minh: Person
    chief: Person
    head: Actor
    keeper: Actor
    products: dict[str, Product]

    def own(self, person: Person) -> Actor:
        """A person with no permission at all, only her own work."""
        return Actor(person.name, user_id=100 + person.pk, person_id=person.pk)

    def assign(self, *persons: Person, day: int = 1, due: int = 10, **given: Any) -> list[Share]:
        """One share for each person, given on a day of July and due on another."""
        values = {"title": "Báo cáo tháng", "product": self.products["BC"], **given}
        quantity = values.pop("quantity", Decimal(1))
        terms = Terms(due_on=values.pop("due_on", D(2026, 7, due)), quantity=quantity * len(persons), **values)
        task = actions.assign(
            self.head, unit=self.unit, terms=terms, parts=[Part(who, quantity) for who in persons], at=at(day)
        )
        return list(Share.objects.filter(task=task).order_by("id"))

    def task(self) -> Task:
        return Task.objects.get()


@pytest.fixture(autouse=True)
def _database(db: None) -> None:
    """Every test here speaks to PostgreSQL."""


@pytest.fixture
def office() -> Office:
    body = factories.unit("Sở Mẫu", code="SM", kind="sở", shelf="nha_nuoc")
    unit = factories.unit("Phòng Tổng hợp", body, code="PTH", kind="phòng", shelf="nha_nuoc")
    elsewhere = factories.unit("Sở Khác", code="SK", kind="sở", shelf="nha_nuoc")
    people = [factories.person(name, unit) for name in ("Nguyễn Thị Lan", "Trần Văn Minh", "Lê Thị Hòa")]
    for person, title in zip(people, ("Chuyên viên", "Chuyên viên", "Trưởng phòng"), strict=True):
        factories.assignment(person, unit, title)
    lan, minh, chief = people
    reach = Reach(units=frozenset({unit.pk}))
    names = ("unit.read", "person.read", "work.read", "work.assign")
    head = Actor(chief.name, user_id=1, person_id=chief.pk, reaches=dict.fromkeys(names, reach))
    over = Reach(units=frozenset({body.pk}))
    keeper = Actor("Người giữ danh mục", user_id=2, reaches=dict.fromkeys((*names, "work.catalogue"), over))
    rows = actions.set_products(
        keeper,
        unit=body,
        entries=[
            ProductEntry("VB", "Soạn thảo văn bản", 1, Decimal(5), standard=True, usual=True),
            ProductEntry("BC", "Báo cáo số liệu", 1, Decimal(40)),
            ProductEntry("PH", "Phát hành văn bản", 1, Decimal(4), usual=True),
        ],
        on=D(2026, 1, 1),
    )
    return Office(body, unit, elsewhere, lan, minh, chief, head, keeper, {row.code: row for row in rows})


@pytest.fixture
def locks(settings: Any) -> Callable[..., None]:
    """Closes periods: ``locks(person, day)``."""

    def close(person: Person, *days: dt.date) -> None:
        CLOSED.update((person.pk, day) for day in days)

    CLOSED.clear()
    settings.WORK_LOCKS = ["tests.facts.work.conftest.closed"]
    return close


CLOSED: set[tuple[int, dt.date]] = set()


def closed(pairs: set[tuple[int, dt.date]]) -> set[tuple[int, dt.date]]:
    """The hook that another package would offer."""
    return pairs & CLOSED
