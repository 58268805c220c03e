"""Builders of small, invented worlds on the real database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Model

from canbo.facts.decisions import actions as decisions
from canbo.facts.decisions.acts import Item, fact_models
from canbo.facts.decisions.models import Decision
from canbo.facts.organisation import actions as organisation
from canbo.facts.organisation.models import Unit
from canbo.facts.people import actions as people
from canbo.facts.people.models import Person
from canbo.foundation.kernel.actor import Actor, Reach, operator

D = dt.date


@pytest.fixture(autouse=True)
def _database(db: None) -> None:
    """Every test here speaks to PostgreSQL, in a transaction of its own."""


@pytest.fixture
def clerk() -> Actor:
    return operator("kiểm thử")


@pytest.fixture
def unit(clerk: Actor) -> Callable[..., Unit]:
    """Opens a unit: ``unit("A", parent=…, on=…)``."""

    def make(code: str, **given: Any) -> Unit:
        values: dict[str, Any] = {"name": f"Đơn vị {code}", "kind": "phòng", "shelf": "nha_nuoc", "on": D(2000, 1, 1)}
        return organisation.open_unit(clerk, code=code, **{**values, **given})

    return make


def reaching(*units: Unit, permissions: tuple[str, ...], everywhere: bool = False) -> Actor:
    """An actor who holds permissions over some units."""
    reach = Reach(everywhere, frozenset(found.pk for found in units))
    return Actor("Người dùng thử", user_id=7, reaches=dict.fromkeys(permissions, reach))


@pytest.fixture
def refused() -> Callable[[], Any]:
    """A block the database must refuse; the transaction of the test goes on after it."""
    from contextlib import contextmanager

    from django.db import DatabaseError

    @contextmanager
    def block(text: str) -> Iterator[None]:
        with pytest.raises(DatabaseError, match=text), transaction.atomic():
            yield

    return block


@pytest.fixture
def person(clerk: Actor) -> Callable[..., Person]:
    """Registers somebody: ``person("HS1", full_name=…)``."""

    def make(code: str, **given: Any) -> Person:
        values: dict[str, Any] = {
            "full_name": f"Nguyễn Thị {code}",
            "sex": "nu",
            "born_on": D(1980, 5, 20),
            "ethnic_group": "Kinh",
            "on": D(2020, 1, 1),
        }
        return people.register(clerk, code=code, **{**values, **given})

    return make


@pytest.fixture
def decide(clerk: Actor) -> Callable[..., Decision]:
    """Records a decision: ``decide("12-QĐ/TU", D(2024, 1, 5), Item(…), …)``."""

    def make(number: str, issued_on: dt.date, *items: Item, actor: Actor = clerk, **given: Any) -> Decision:
        values: dict[str, Any] = {"issuer": "Tỉnh ủy Mẫu", **given}
        return decisions.record(actor, number=number, issued_on=issued_on, items=items, **values)

    return make


def snapshot() -> dict[str, set[tuple[Any, ...]]]:
    """Every standing fact, column by column, to compare one state with another."""
    return {
        model._meta.label: set(model._default_manager.filter(voided_on=None).values_list(*_columns(model)))
        for model in fact_models()
    }


def _columns(model: type[Model]) -> list[str]:
    return [column.attname for column in model._meta.concrete_fields if column.get_internal_type() != "ArrayField"]
