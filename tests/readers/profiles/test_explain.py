"""``canbo explain``: conditions one by one, each with its article and its record."""

from __future__ import annotations

import argparse
import datetime as dt
import json

import pytest

from canbo.facts.party.models import Badge, Membership
from canbo.facts.party.queries import badge_conditions
from canbo.foundation.audit.models import AuditEntry
from canbo.foundation.kernel.actor import Actor
from canbo.readers.profiles.commands import explain as command
from canbo.readers.profiles.queries.explaining import explain

from ... import factories
from .conftest import World

TODAY = dt.date(2026, 11, 22)


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    parser = argparse.ArgumentParser()
    command.configure(parser)
    status = command.run(parser.parse_args(list(words)))
    told = capsys.readouterr()
    return status, told.out, told.err


def test_a_badge_is_due_from_the_round_in_which_the_years_are_full(world: World, the_operator: Actor) -> None:
    """Admitted on 10/03/1990: thirty-five years are full on 10/03/2025, in time for 19/05/2025, not for 03/02/2025."""
    early = explain(the_operator, "party.badges", world.mover.code, TODAY, dt.date(2025, 1, 20))
    assert "Huy hiệu 30 năm" in early.result
    Badge.objects.create(person=world.mover, years=30, on=dt.date(2020, 5, 19))
    later = explain(the_operator, "party.badges", world.mover.code, TODAY, dt.date(2025, 4, 1))
    assert later.result == "đã có Huy hiệu 30 năm", "there is no badge of thirty-five years"
    assert not later.met
    forty = explain(the_operator, "party.badges", world.mover.code, TODAY, dt.date(2030, 4, 1))
    assert forty.met
    assert "Huy hiệu 40 năm, đợt 19/05/2030" in forty.result
    asked = {condition.label for condition in badge_conditions(world.mover, 40, dt.date(2030, 5, 19))}
    assert asked <= {condition.text for condition in forty.conditions}, "what the act asks is what is explained"


def test_full_membership_needs_its_months_and_its_decision(world: World, the_operator: Actor) -> None:
    new = factories.person("Vũ Thị Mới", world.new_cell)
    factories.membership(new, world.new_cell, dt.date(2025, 8, 10))
    waiting = explain(the_operator, "party.official", new.code, TODAY, dt.date(2026, 8, 9))
    ready = explain(the_operator, "party.official", new.code, TODAY, dt.date(2026, 8, 10))
    assert [c.met for c in waiting.conditions] == [True, False, True, False]
    assert [c.met for c in ready.conditions] == [True, True, True, False]
    assert all(condition.article for condition in ready.conditions)
    assert explain(the_operator, "party.official", world.mover.code, TODAY, TODAY).met


def test_seniority_names_its_date_its_gaps_and_its_record(world: World, the_operator: Actor) -> None:
    who = factories.person("Lâm Văn Lâu", world.new_cell)
    Membership.objects.create(
        person=who, unit=world.new_cell, entry="ket_nap", admitted_on=dt.date(1990, 3, 10),
        opened_by=factories.decision("5-QĐ/HU"), in_force=factories.period(dt.date(1990, 4, 1)),
        since=dt.date(1990, 4, 1),
    )  # fmt: skip
    found = explain(the_operator, "party.seniority", who.code, TODAY, dt.date(2026, 3, 10))
    assert found.result == "36 năm 0 tháng"
    assert found.conditions[0].value == "10/03/1990"
    assert found.conditions[0].record.startswith("5-QĐ/HU")
    assert "HD/TW" in found.conditions[0].article


def test_somebody_outside_the_party_meets_nothing(world: World, the_operator: Actor) -> None:
    outsider = factories.person("Lê Thị Ngoài", world.new_cell)
    for rule in ("party.badges", "party.official", "party.seniority"):
        assert not explain(the_operator, rule, outsider.code, TODAY, TODAY).met


def test_the_command_prints_one_json_document_and_leaves_a_line(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, _ = run(capsys, "party.seniority", "--person", world.mover.code, "--on", "2026-03-10", "--json")
    document = json.loads(out)
    assert status == 0
    assert document["on"] == "2026-03-10"
    assert {"text", "met", "value", "article", "record"} == set(document["conditions"][0])
    assert AuditEntry.objects.filter(verb="people.person.read", object_id=world.mover.pk).exists()


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (["party.nothing", "--person", "X"], 2, "party.badges"),
        (["party.seniority", "--person", "KHONG-CO"], 1, "Không có hồ sơ mã KHONG-CO"),
        (["party.seniority", "--person", "X", "--on", "31/02/2025"], 2, "không phải là ngày có thật"),
        (["party.seniority", "--person", "X", "--on", "2025"], 2, "thiếu ngày"),
    ],
)
def test_what_cannot_be_explained_is_refused_in_words(
    world: World, capsys: pytest.CaptureFixture[str], words: list[str], status: int, said: str
) -> None:
    found, out, err = run(capsys, *words)
    assert (found, out) == (status, "")
    assert said in err
