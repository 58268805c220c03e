"""A commune and its cells, and somebody who moved from one cell and post to another."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.test import Client

from canbo.facts.organisation.models import Unit
from canbo.facts.party.models import Membership
from canbo.facts.people.models import Person, PersonRecord
from canbo.facts.staffing.models import Assignment
from canbo.foundation.kernel.text import fold
from canbo.foundation.ui.day import SESSION_KEY

from ... import factories

MOVED = dt.date(2025, 7, 1)
BEFORE = dt.date(2021, 6, 30)
ADMITTED = dt.date(1990, 3, 10)


@dataclass(frozen=True)
class World:
    """What the tests look at."""

    root: Unit
    old_cell: Unit
    new_cell: Unit
    mover: Person


@pytest.fixture
def world(db: None) -> World:
    """Đặng Thị Hoà was in one cell and post until 30/06/2025, and is in others since."""
    root = factories.unit("Đảng bộ xã Bình An", code="X1", kind="đảng bộ xã")
    old_cell = factories.unit("Chi bộ thôn Đông", root, code="X1.01")
    new_cell = factories.unit("Chi bộ thôn Tây", root, code="X1.02")
    mover = factories.person("Đặng Thị Hoà", new_cell, born_on=dt.date(1968, 2, 5), religion="Phật giáo")
    paper = factories.decision("12-QĐ/ĐU", on=dt.date(2025, 6, 28), issuer="Đảng ủy xã Bình An")
    Membership.objects.create(
        person=mover, unit=old_cell, entry="ket_nap", closing_act="chuyen_di", admitted_on=ADMITTED,
        ceremony_on=dt.date(1990, 4, 1), official_on=dt.date(1991, 4, 1), card_number="380012345678",
        in_force=factories.period(dt.date(1990, 4, 1), MOVED), since=dt.date(1990, 4, 1), closed_by=paper,
    )  # fmt: skip
    Membership.objects.create(
        person=mover, unit=new_cell, entry="chuyen_den", admitted_on=ADMITTED, ceremony_on=dt.date(1990, 4, 1),
        official_on=dt.date(1991, 4, 1), card_number="380012345678", in_force=factories.period(MOVED), since=MOVED,
        opened_by=paper,
    )  # fmt: skip
    held(mover, old_cell, "Trưởng thôn", dt.date(2018, 1, 1), MOVED)
    held(mover, new_cell, "Phó Bí thư", MOVED, opened_by=paper)
    return World(root, old_cell, new_cell, mover)


def held(who: Person, where: Unit, title: str, first: dt.date, until: dt.date | None = None, **more: object) -> None:
    """A post held for a while."""
    Assignment.objects.create(
        person=who, unit=where, title=title, title_key=fold(title), acts=["bổ nhiệm"],
        in_force=factories.period(first, until), since=first, **more,
    )  # fmt: skip


def renewed(who: Person, on: dt.date, **changes: object) -> PersonRecord:
    """A new version of the dossier from a day on, with some columns changed."""
    old = PersonRecord.objects.get(person=who, in_force__upper_inf=True)
    old.in_force = factories.period(old.in_force.lower, on)
    old.save(update_fields=["in_force"])
    values = {f.attname: getattr(old, f.attname) for f in PersonRecord._meta.concrete_fields if f.name != "id"}
    if "opened_by" in changes:
        values.pop("opened_by_id")
    return PersonRecord.objects.create(**{**values, "in_force": factories.period(on), "since": on, **changes})


Enter = Callable[..., Client]


@pytest.fixture
def enter(db: None) -> Enter:
    """A browser signed in: ``enter("chuyen_vien", unit, day=…)``; without a unit everywhere."""

    def sign_in(role: str = "chuyen_vien", where: Unit | None = None, day: dt.date | None = None) -> Client:
        user = factories.account(f"vai-{role}", role, where)
        client = Client()
        client.force_login(user, "allauth.account.auth_backends.AuthenticationBackend")
        if day is not None:
            session = client.session
            session[SESSION_KEY] = day.isoformat()
            session.save()
        return client

    return sign_in
