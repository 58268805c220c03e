"""``canbo verify`` finds what an intruder with the database in her hands has changed."""

from __future__ import annotations

import argparse
import datetime as dt
import json

import pytest
from django.db import connection

from canbo.foundation.audit.actions import record
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.clock import VIETNAM
from canbo.foundation.runtime.commands import backup
from canbo.readers.desk.commands import verify
from canbo.readers.desk.integrity import checks

from ... import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _records() -> None:
    home, _ = factories.two_provinces()
    record(Actor(name="Lan"), "thu.dong.ghi", row=home.person)


def sql(*statements: str) -> None:
    with connection.cursor() as cursor:
        # Pending checks of foreign keys would forbid changing the tables.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for statement in statements:
            cursor.execute(statement)


def broken() -> dict[str, str]:
    return {check.name: check.message for check in checks(factories.DAY) if not check.ok}


def test_untouched_records_are_whole():
    assert broken() == {}


def off(table: str) -> str:
    return f"ALTER TABLE {table} DISABLE TRIGGER USER"


def on(table: str) -> str:
    return f"ALTER TABLE {table} ENABLE TRIGGER USER"


ALTERED = [off("audit_auditentry"), "UPDATE audit_auditentry SET actor = 'x'", on("audit_auditentry")]
KEEP_OFF = ["ALTER TABLE party_membership DISABLE TRIGGER party_membership_keep"]
COLUMNS = (
    "in_force, since, since_precision, person_id, unit_id, entry, historical, note, voided_why, closing_act,"
    "admitted_precision, ceremony_precision, official_precision, card_number, file_number"
)
HOLLOW = "CREATE OR REPLACE FUNCTION canbo_refuse() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NEW; END$$"
PLACE = "UPDATE people_person p SET party_unit_id = m.unit_id FROM party_membership m WHERE m.person_id = p.id"
SPOILT = [((), 0), (("DELETE FROM organisation_unitpath",), 2)]


@pytest.mark.parametrize(
    ("name", "statements", "words"),
    [
        ("audit_chain", ALTERED, "đã bị sửa"),
        ("guards", KEEP_OFF, "party_membership_keep đang tắt"),
        ("guards", ["DROP TRIGGER audit_auditentry_rows ON audit_auditentry"], "thiếu chốt audit_auditentry_rows"),
        (
            "guards",
            [HOLLOW],
            "hàm canbo_refuse đã bị sửa",
        ),
        ("constraints", ["ALTER TABLE party_membership DROP CONSTRAINT membership_overlap"], "membership_overlap"),
        ("constraints", ["DROP INDEX person_citizen_id_once"], "person_citizen_id_once"),
        ("tree", ["DELETE FROM organisation_unitpath WHERE depth = 1"], "2 đường thiếu"),
        ("tree", ["UPDATE organisation_unitpath SET valid_from = '2020-01-01' WHERE depth = 1"], "2 đường thừa"),
        ("names", ["UPDATE people_person SET search_text = 'x' || search_text"], "2 người có tên"),
        ("names", ["UPDATE people_person SET sort_key = 'a0 0' WHERE id IN (SELECT min(id) FROM people_person)"], "1 "),
        ("places", ["UPDATE people_person SET party_unit_id = NULL"], "2 người có nơi sinh hoạt đảng"),
        ("places", ["UPDATE people_person SET work_unit_id = NULL"], "2 người có nơi công tác"),
        (
            "overlaps",
            [
                "ALTER TABLE party_membership DROP CONSTRAINT membership_overlap",
                f"INSERT INTO party_membership ({COLUMNS}) SELECT {COLUMNS} FROM party_membership",
            ],
            "sinh hoạt đảng: 2",
        ),
    ],
)  # fmt: skip
def test_a_fault_is_found(name: str, statements: list[str], words: str):
    sql(*statements)
    assert words in broken()[name]


def test_a_fact_left_standing_on_an_annulled_decision_is_found():
    paper = factories.decision("303-QĐ/BTC")
    who = factories.person("Hà Thị Nước")
    factories.Membership.objects.create(
        person=who, unit=factories.unit("Chi bộ Cồn"), entry="ket_nap", opened_by=paper,
        in_force=factories.period(), since=factories.START,
    )  # fmt: skip
    sql(PLACE)
    assert broken() == {}
    paper.annulled_on, paper.annulled_why = factories.DAY, "Ghi nhầm"
    paper.save()
    assert broken() == {"annulled": "sinh hoạt đảng: 1"}


@pytest.mark.parametrize(("spoil", "status"), SPOILT)
def test_the_command_answers_in_json(spoil: tuple[str, ...], status: int, capsys, monkeypatch, tmp_path):
    monkeypatch.setenv("CANBO_DATA", str(tmp_path))
    sql(*spoil)
    assert verify.run(argparse.Namespace(json=True)) == status
    answer = json.loads(capsys.readouterr().out)
    assert answer["ok"] is (status == 0)
    assert {c["name"] for c in answer["checks"]} >= {"audit_chain", "guards", "tree", "places", "backup"}
    assert all(set(c) == {"name", "ok", "message", "count"} for c in answer["checks"])


def test_a_backup_grows_old(monkeypatch, tmp_path):
    monkeypatch.setenv("CANBO_DATA", str(tmp_path))
    at = dt.datetime(2024, 6, 15, 8, tzinfo=VIETNAM)
    assert verify.backup_age(at).message.startswith("Chưa sao lưu")
    (tmp_path / backup.LAST).write_text(json.dumps({"at": (at - dt.timedelta(days=31)).isoformat()}))
    assert not verify.backup_age(at).ok
    (tmp_path / backup.LAST).write_text(json.dumps({"at": (at - dt.timedelta(days=2)).isoformat()}))
    assert verify.backup_age(at).ok
