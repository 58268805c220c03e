"""The database refuses what the code forgot: each refusal is provoked by plain SQL."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from canbo.facts.decisions import actions as decisions
from canbo.facts.decisions.acts import Item, fact_models
from canbo.facts.decisions.models import Decision
from canbo.facts.organisation.models import Unit
from canbo.facts.people.models import Person
from canbo.facts.staffing.models import Assignment
from canbo.foundation.audit.models import AuditEntry
from canbo.foundation.kernel.actor import Actor

D = dt.date


def sql(text: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(text, values)


@pytest.fixture
def world(unit: Callable[..., Unit], person: Callable[..., Person], decide: Callable[..., Decision]) -> Assignment:
    unit("P")
    top = unit("D", shelf="dang", kind="chi bộ")
    who = person("HS1")
    decide("1-QĐ/TU", D(2024, 1, 5), Item("bo_nhiem", who.pk, {"unit": "P", "title": "Trưởng phòng"}))
    decide("2-QĐ/TU", D(2024, 1, 5), Item("ket_nap", who.pk, {"unit": top.code}))
    return Assignment.objects.get()


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("staffing_assignment", "title = 'Giám đốc'"),
        ("party_membership", "admitted_on = '1999-01-01'"),
        ("people_personrecord", "full_name = 'Tên khác'"),
        ("organisation_unitversion", "name = 'Tên khác'"),
        ("decisions_decision", "number = '9-QĐ/TU'"),
        ("decisions_decisionitem", "act = 'khac'"),
        ("audit_auditentry", "actor = 'Người khác'"),
    ],
)
def test_no_rewriting_no_deletion_no_truncation(refused: Any, table: str, column: str) -> None:
    sql("SET CONSTRAINTS ALL IMMEDIATE")
    with refused("không"):
        sql(f"UPDATE {table} SET {column}")
    with refused("không được DELETE"):
        sql(f"DELETE FROM {table}")
    with refused("không được TRUNCATE"):
        sql(f"TRUNCATE {table} CASCADE")


def test_every_kind_of_fact_is_guarded() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, string_agg(t.tgname, ' ') FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
            "WHERE NOT t.tgisinternal GROUP BY 1"
        )
        guards: dict[str, str] = dict(cursor.fetchall())
    for model in fact_models():
        table = model._meta.db_table
        for guard in ("keep", "rows", "all"):
            assert f"{table}_{guard}" in guards.get(table, ""), f"{table} lacks the guard {guard}"


def test_no_overlap(world: Assignment, refused: Any) -> None:
    columns = "person_id, unit_id, title, title_key, acts, concurrent, closing_act, term_precision, managed_by, "
    columns += "historical, note, voided_why, since, since_precision"
    copy = f"INSERT INTO staffing_assignment ({columns}, in_force) SELECT {columns}, %s::daterange "
    copy += "FROM staffing_assignment"
    for period in ("[2024-01-05,)", "[2020-01-01,2024-01-06)", "[2030-01-01,2030-01-02)"):
        with refused("assignment_overlap"):
            sql(copy, period)
    with refused("assignment_period"):
        sql(copy, "(,2020-01-01)")
    sql(copy, "[2020-01-01,2024-01-05)")
    assert Assignment.objects.count() == 2


def test_disorder(world: Assignment, refused: Any) -> None:
    for text, why in (
        ("in_force = '[2024-01-05,2024-01-05)'", "ngày bắt đầu"),
        ("in_force = '[2023-01-05,)'", "ngày bắt đầu"),
        ("in_force = '[2024-01-06,2025-01-01)'", "ngày bắt đầu"),
        ("closing_act = 'miễn nhiệm'", "closing_act"),
    ):
        with refused(why):
            sql(f"UPDATE staffing_assignment SET {text}")


def test_closed_once_and_reopened_only_after_annulment(
    world: Assignment, refused: Any, decide: Callable[..., Decision], clerk: Actor
) -> None:
    ending = decide("3-QĐ/TU", D(2025, 1, 1), Item("mien_nhiem", world.person_id))
    with refused("đã đóng"):
        sql("UPDATE staffing_assignment SET in_force = '[2024-01-05,2025-06-01)'")
    with refused("đã đóng"):
        sql("UPDATE staffing_assignment SET in_force = '[2024-01-05,)', closed_by_id = NULL, closing_act = ''")
    decisions.annul(clerk, decision=ending, on=D(2025, 2, 1), reason="sai")
    world.refresh_from_db()
    assert (world.last_day, world.closed_by, world.closing_act) == (None, None, "")


def test_a_voided_fact_stays_as_it_is(world: Assignment, refused: Any) -> None:
    decisions.void(world, on=D(2025, 1, 1), why="ghi nhầm")
    with refused("đã hủy hiệu lực"):
        sql("UPDATE staffing_assignment SET voided_on = NULL, voided_why = ''")
    assert not Assignment.objects.at(D(2024, 6, 1)).exists()


def test_a_decision_is_annulled_once(world: Assignment, refused: Any, clerk: Actor) -> None:
    decision = world.opened_by
    assert decision is not None
    decisions.annul(clerk, decision=decision, on=D(2025, 1, 1), reason="sai")
    with refused("chỉ hủy được một lần"):
        sql("UPDATE decisions_decision SET annulled_on = NULL WHERE id = %s", decision.pk)


def test_every_write_left_its_line(world: Assignment) -> None:
    verbs = set(AuditEntry.objects.values_list("verb", flat=True))
    assert {
        "organisation.unit.open",
        "people.person.register",
        "staffing.assignment.open",
        "party.stay.open",
        "decisions.decision.record",
    } <= verbs
