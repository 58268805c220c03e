"""A small province before its reform: two districts, three communes with their people's committees and Party bodies."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import pytest
from django.db import connection

from canbo.facts.decisions.models import Decision
from canbo.facts.organisation.actions import rebuild_paths
from canbo.facts.organisation.models import Unit
from canbo.facts.people.models import Person
from canbo.facts.staffing.actions import refresh_places
from canbo.facts.staffing.models import StaffQuota
from canbo.foundation.kernel.actor import Actor, operator
from canbo.processes.restructuring import actions, queries
from canbo.processes.restructuring.models import Restructuring

from ... import factories as make

ON = dt.date(2025, 7, 1)
EVE = dt.date(2025, 6, 30)
TODAY = dt.date(2025, 7, 2)

Rows = Sequence[dict[str, str]]


@dataclass
class World:
    units: dict[str, Unit] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)

    def __getitem__(self, code: str) -> Unit:
        return self.units[code]

    def add(self, code: str, name: str, parent: str | None, kind: str, shelf: str = "nha_nuoc") -> Unit:
        above = self.units[parent] if parent else None
        self.units[code] = make.unit(name, above, code=code, kind=kind, shelf=shelf)
        return self.units[code]


@pytest.fixture(autouse=True)
def _database(db: None) -> None:
    """Every test here speaks to PostgreSQL, in a transaction of its own."""


@pytest.fixture
def boss() -> Actor:
    return operator("kiểm thử")


@pytest.fixture
def world() -> World:
    """P province; D1, D2 districts; X, Y, Z communes; U* committees; PP, PX, PY, PZ Party bodies with cells."""
    world = World()
    world.add("P", "Tỉnh Thử", None, "tỉnh")
    world.add("D1", "Huyện Một", "P", "huyện")
    world.add("D2", "Huyện Hai", "P", "huyện")
    for code, name, above in (("X", "Xã An", "D1"), ("Y", "Xã Bình", "D1"), ("Z", "Xã Cần", "D2")):
        world.add(code, name, above, "xã")
        world.add(f"U{code}", f"Ủy ban nhân dân {name}", code, "cơ quan")
    world.add("PP", "Đảng bộ tỉnh Thử", None, "đảng bộ tỉnh", "dang")
    for code, name in (("X", "xã An"), ("Y", "xã Bình"), ("Z", "xã Cần")):
        world.add(f"P{code}", f"Đảng bộ {name}", "PP", "đảng bộ cơ sở", "dang")
        for number in (1, 2):
            world.add(f"P{code}.{number}", f"Chi bộ thôn {number} {name}", f"P{code}", "chi bộ trực thuộc", "dang")
    for code in ("X", "Y", "Z"):
        for number in range(1, 5):
            who = make.person(f"Nguyễn Văn {code}{number}")
            world.people[f"{code}{number}"] = who
            make.membership(who, world[f"P{code}.{1 + number % 2}"])
            make.assignment(who, world[f"U{code}"], "Chủ tịch" if number == 1 else "Chuyên viên")
        StaffQuota.objects.create(
            unit=world[f"U{code}"], staff_group="Cán bộ, công chức cấp xã", assigned=20, in_force=make.period(),
            since=make.START,
        )  # fmt: skip
    rebuild_paths()
    refresh_places(EVE)
    return world


MERGE: list[dict[str, str]] = [
    {"level": "commune", "old_code": "X", "new_code": "X", "new_name": "Phường An", "new_kind": "phường", "new_parent": "P"},
    {"level": "commune", "old_code": "Y", "new_code": "X"},
    {"level": "commune", "old_code": "Z", "new_code": "Z", "new_parent": "P"},
    {"level": "district", "old_code": "D1", "operation": "kết thúc hoạt động"},
    {"level": "district", "old_code": "D2", "operation": "kết thúc hoạt động"},
    {"level": "agency", "old_code": "UX", "new_code": "UX", "new_name": "Ủy ban nhân dân phường An"},
    {"level": "agency", "old_code": "UY", "new_code": "UX"},
    {"level": "party", "old_code": "PX", "new_code": "PX", "new_name": "Đảng bộ phường An", "new_kind": "đảng bộ xã"},
    {"level": "party", "old_code": "PY", "new_code": "PX"},
    {"level": "party", "old_code": "PX.1", "new_code": "PX.9", "new_name": "Chi bộ thôn chung", "new_kind": "chi bộ trực thuộc",
     "new_parent": "PX"},
    {"level": "party", "old_code": "PY.1", "new_code": "PX.9"},
]  # fmt: skip
"""X and Y become one; Z leaves its district; one cell of each commune is united into a new one."""


@pytest.fixture
def case(boss: Actor, world: World) -> Callable[..., Restructuring]:
    """A case with lines, not decided upon."""

    def build(rows: Rows = MERGE, on: dt.date = ON, **more: object) -> Restructuring:
        return actions.draft(boss, title="Sắp xếp thử", on=on, day=EVE, rows=rows, **more)

    return build


@pytest.fixture
def carry_out(boss: Actor, case: Callable[..., Restructuring]) -> Callable[..., Restructuring]:
    """Decides upon a case and carries it out."""

    def run(found: Restructuring | None = None, paper: Decision | None = None, **more: object) -> Restructuring:
        found = found or case(**more)
        paper = paper or make.decision("1-QĐ/TU", on=EVE)
        actions.take_step(boss, case=found, step="de_an", on=EVE, paper="Đề án 1")
        actions.decide(boss, case=found, decision=paper, on=EVE, reason="thử")
        return actions.apply(boss, case=queries.case_by_id(boss, found.pk), today=TODAY)

    return run


def dump() -> dict[str, list[tuple]]:
    """Every standing fact by content, without row numbers, and where people are found."""
    from canbo.facts.decisions.acts import fact_models

    found: dict[str, list[tuple]] = {}
    with connection.cursor() as cursor:
        for model in fact_models():
            names = [f.column for f in model._meta.local_fields if f.column not in {"id", "voided_on", "voided_why"}]
            columns = ", ".join(f'"{n}"::text' for n in names)
            cursor.execute(
                f"SELECT {columns} FROM {model._meta.db_table} WHERE voided_on IS NULL ORDER BY 1, 2, 3, 4, 5, 6, 7, 8"
            )
            found[model._meta.db_table] = sorted(cursor.fetchall(), key=str)
        cursor.execute("SELECT id, work_unit_id, party_unit_id FROM people_person ORDER BY id")
        found["people"] = cursor.fetchall()
        cursor.execute(
            "SELECT id, name, search_text FROM organisation_unit WHERE id IN (SELECT unit_id FROM organisation_unitversion WHERE voided_on IS NULL) ORDER BY id"
        )
        found["names"] = cursor.fetchall()
        cursor.execute(
            "SELECT ancestor_id, descendant_id, depth, valid_from, valid_to FROM organisation_unitpath ORDER BY 1, 2, 3, 4"
        )
        found["paths"] = cursor.fetchall()
    return found
