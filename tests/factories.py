"""Small rows for tests: two provinces, units, invented people, accounts.

Each function writes one thing and returns its row; what a test does not name is made up. Rows go in by the ORM,
past the actions, so that a test of reading does not depend on writing.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import count
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange

from canbo.facts.access.models import Grant
from canbo.facts.decisions.models import Decision
from canbo.facts.organisation.models import Unit, UnitPath, UnitVersion
from canbo.facts.party.models import Membership
from canbo.facts.people.models import Person, PersonRecord
from canbo.facts.people.rules import search_text
from canbo.facts.staffing.models import Assignment
from canbo.facts.training.models import Enrolment
from canbo.facts.work.models import Product, ProductProposal, Share, ShareEvent, Task
from canbo.foundation.accounts.models import User
from canbo.foundation.kernel.clock import VIETNAM
from canbo.foundation.kernel.text import fold, name_key, text_key

START = dt.date(2015, 1, 1)
DAY = dt.date(2024, 6, 15)
PASSWORD = "Mat-khau-thu-1"
_next = count(1)


def period(first: dt.date = START, until: dt.date | None = None) -> DateRange:
    """A period in force from ``first`` to the day before ``until``."""
    return DateRange(first, until, "[)")


def unit(name: str, parent: Unit | None = None, *, code: str = "", kind: str = "Chi bộ", shelf: str = "dang") -> Unit:
    """A unit with one open version, and its paths in the tree."""
    code = code or f"DV{next(_next):04d}"
    row = Unit.objects.create(code=code, name=name, sort_key=text_key(name), search_text=fold(f"{name} {code}"))
    UnitVersion.objects.create(
        unit=row, name=name, kind=kind, shelf=shelf, parent=parent, in_force=period(), since=START
    )
    above = [(row.pk, 0)]
    if parent:
        above += [(p.ancestor_id, p.depth + 1) for p in UnitPath.objects.filter(descendant=parent)]
    for ancestor, depth in above:
        UnitPath.objects.create(
            ancestor_id=ancestor, descendant=row, depth=depth, valid_from=START, valid_to=dt.date(9999, 12, 31)
        )
    return row


def person(name: str, at: Unit | None = None, **record: Any) -> Person:
    """A person with one dossier record; ``at`` is where she works and, for a Party body, is a member."""
    code = f"HS{next(_next):05d}"
    row = Person.objects.create(
        code=code,
        name=name,
        sort_key=name_key(name),
        search_text=search_text(name, "", code),
        work_unit=at,
        party_unit=at,
    )
    values = {"sex": "nu", "born_on": dt.date(1985, 5, 20), "ethnic_group": "Kinh", **record}
    PersonRecord.objects.create(person=row, full_name=name, in_force=period(), since=START, **values)
    return row


def membership(who: Person, cell: Unit, since: dt.date = START) -> Membership:
    """A stay in a cell that began by admission."""
    return Membership.objects.create(
        person=who, unit=cell, entry="ket_nap", ceremony_on=since, in_force=period(since), since=since
    )


def assignment(who: Person, where: Unit, title: str, since: dt.date = START) -> Assignment:
    """A post held."""
    return Assignment.objects.create(
        person=who,
        unit=where,
        title=title,
        title_key=fold(title),
        acts=["bo_nhiem"],
        in_force=period(since),
        since=since,
    )


def enrolment(who: Person, course: str, on: dt.date = DAY) -> Enrolment:
    """A course begun."""
    return Enrolment.objects.create(person=who, course=course, level="Trung cấp", on=on)


def decision(number: str, *, issuer: str = "Ban Tổ chức", on: dt.date = DAY, custodian: str = "") -> Decision:
    """A recorded decision without items."""
    return Decision.objects.create(
        number=number,
        number_key=fold(number),
        issued_on=on,
        issuer=issuer,
        issuer_key=fold(issuer),
        abstract=f"Về việc {number}",
        custodian=custodian,
    )


def account(username: str, role: str | None = None, where: Unit | None = None, **fields: Any) -> User:
    """An account that can sign in with ``PASSWORD``; with a role, granted over ``where`` (everywhere if None)."""
    row = User.objects.create_user(
        username, password=PASSWORD, display_name=fields.pop("display_name", username), **fields
    )
    if role:
        grant(row, role, where)
    return row


def grant(
    user: User, role: str, where: Unit | None = None, first: dt.date = START, until: dt.date | None = None
) -> Grant:
    """A role held over a unit."""
    return Grant.objects.create(user=user, role=role, unit=where, in_force=period(first, until), since=first)


def product(where: Unit, code: str = "VB", **fields: Any) -> Product:
    """A product of a body's catalogue; the same one when asked again."""
    found = Product.objects.filter(unit=where, code=code).first()
    values = {"name": f"Sản phẩm {code}", "group": 1, "points": 5, "coefficient": 1, "standard": code == "VB", **fields}
    return found or Product.objects.create(
        unit=where, code=code, search_text=fold(f"{values['name']} {code}"), in_force=period(), since=START, **values
    )


def proposal(who: Person, where: Unit, name: str = "Sản phẩm mới") -> ProductProposal:
    """Somebody asks for a product."""
    return ProductProposal.objects.create(
        unit=where, person=who, asked_by=who.name, asked_on=dt.date(2026, 7, 1), name=name, reason="Chưa có"
    )


def share(
    who: Person,
    where: Unit,
    title: str = "",
    *,
    due: dt.date = dt.date(2026, 7, 10),
    task: dict[str, Any] | None = None,
    **fields: Any,
) -> Share:
    """A person's share of a task of her own, with the event that gave it."""
    title, on = title or f"Nhiệm vụ của {who.name}", fields.pop("assigned_on", dt.date(2026, 7, 1))
    made = Task.objects.create(
        unit=where,
        on=on,
        title=title,
        product=product(where),
        coefficient=1,
        due_on=due,
        assigned_by="Người giao",
        search_text=fold(title),
        **(task or {}),
    )
    values = {"due_first": due, "due_on": due, "counts_on": due, "coef": 1, "assigned": 1, **fields}
    row = Share.objects.create(task=made, person=who, unit=where, assigned_on=on, **values)
    at = dt.datetime(on.year, on.month, on.day, 8, tzinfo=VIETNAM)
    ShareEvent.objects.create(share=row, kind="assigned", on=on, at=at, by_name="Người giao", quantity=1, due_on=due)
    return row


@dataclass(frozen=True)
class Province:
    """One of two provinces that know nothing of each other."""

    root: Unit
    cell: Unit
    person: Person
    decision: Decision
    marks: tuple[str, ...]
    """Words that appear on no page of anybody outside the province."""


def province(name: str, cell: str, who: str, number: str) -> Province:
    """A province with a cell, one member who holds a post and took a course, and a decision."""
    root = unit(name, code=f"T{next(_next):03d}", kind="Tỉnh ủy")
    inner = unit(cell, root)
    someone = person(who, inner)
    membership(someone, inner)
    assignment(someone, inner, "Bí thư")
    enrolment(someone, f"Lớp bồi dưỡng {cell}")
    paper = decision(number, issuer=f"Ban Tổ chức {name}", custodian=root.code)
    return Province(root, inner, someone, paper, (name, cell, who, number))


def two_provinces() -> tuple[Province, Province]:
    """The province of the reader, and the foreign one."""
    return (
        province("Tỉnh ủy Sông Hạ", "Chi bộ Bến Đò", "Lò Thị Mây", "101-QĐ/BTCSH"),
        province("Tỉnh ủy Núi Thượng", "Chi bộ Đèo Gió", "Vừ A Sáng", "202-QĐ/BTCNT"),
    )
