"""Builders of small, invented worlds on the real database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import transaction

from canbo.facts.organisation import actions as organisation
from canbo.facts.organisation.models import Unit
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
    def block(text: str = "") -> Iterator[None]:
        with pytest.raises(DatabaseError, match=text), transaction.atomic():
            yield

    return block
