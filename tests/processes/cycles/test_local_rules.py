"""Local rules: drafted, checked like every rulebook, tried on last month's sheets, put in force, withdrawn; never back."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction

from canbo.foundation import rulebooks
from canbo.foundation.audit.models import AuditEntry
from canbo.foundation.kernel.actor import EVERYWHERE, Actor, Reach
from canbo.foundation.kernel.violation import NotPermitted, OutOfScope, Refused
from canbo.processes.evaluation import choices
from canbo.processes.evaluation.actions import local_rules as acts
from canbo.processes.evaluation.models import Cycle, LocalRule
from canbo.processes.evaluation.queries.local_rules import differing_layers, local_rule, local_rules
from canbo.processes.evaluation.queries.local_trials import trial_cycle, trial_rows
from canbo.processes.evaluation.rules import book

from .conftest import BOOK, FULL, World, at, scored, sheet_of, work_of

D = dt.date
RIGHTS = (choices.RULES_READ, choices.RULES_WRITE, choices.READ, "unit.read")
HIGHER = {"rows": {"grades": {"HTXS": {"min": 95}, "HTT": {"min": 75}}}}


@pytest.fixture
def local(monkeypatch, tmp_path) -> Path:
    """An empty local directory of its own."""
    folder = tmp_path / "local"
    monkeypatch.delenv("RULEBOOKS", raising=False)
    monkeypatch.setenv("CANBO_LOCAL_RULES", os.fspath(folder))
    monkeypatch.setattr(rulebooks, "_last", None)
    return folder


@pytest.fixture
def setter() -> Actor:
    """Who sets rules everywhere and reads sheets."""
    return Actor("Lãnh đạo ban", reaches=dict.fromkeys(RIGHTS, EVERYWHERE))


SEPTEMBER = D(2026, 9, 1)
NOW = at(D(2026, 8, 15))


def draft(actor: Actor, unit, changes=HIGHER, since=SEPTEMBER, **more) -> LocalRule:
    values = {
        "rulebook": BOOK, "level": "unit", "number": "15-QĐ/SNV", "issued_on": D(2026, 8, 1), "issuer": "Sở Nội vụ",
        "subject": "Quy chế đánh giá", "since": since, "changes": changes, "at": NOW,
    }  # fmt: skip
    return acts.write_local_rule(actor, unit=unit, **{**values, **more})


def grade_min(code: str, day: dt.date, *units: str):
    found = book(BOOK, on=day, unit_codes=units)
    return next(grade.min for grade in found.grades if grade.key == code)


def codes(caught: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [v.code for v in caught.value.violations]


def test_in_force_from_its_day_for_its_unit_alone(world: World, setter: Actor, local: Path):
    row = acts.set_local_rule(setter, at=NOW, row=draft(setter, world.body))
    assert (row.state, row.set_by) == ("set", "Lãnh đạo ban")
    assert grade_min("HTXS", D(2026, 8, 31), "PTC", "SNV", "TM") == 90
    assert grade_min("HTXS", D(2026, 9, 1), "PTC", "SNV", "TM") == 95
    assert grade_min("HTXS", D(2026, 9, 1), "TM") == 90
    found = book(BOOK, on=D(2026, 9, 1), unit_codes=("SNV",))
    assert [(g.key, g.min, g.below) for g in found.grades] == [
        ("HTXS", 95, None), ("HTT", 75, 95), ("HT", 50, 75), ("KHT", 0, 50),
    ]  # fmt: skip
    ruling = found.grade("HTXS").row.ruling
    assert (ruling.source.number, ruling.layer.name, ruling.layer.level) == ("15-QĐ/SNV", "Sở Nội vụ", "unit")
    assert rulebooks.check(rulebooks.directories()) == []
    assert list(AuditEntry.objects.order_by("seq").values_list("verb", flat=True))[-2:] == [
        "evaluation.local_rule.write", "evaluation.local_rule.set",
    ]  # fmt: skip


def test_a_second_text_keeps_what_the_first_one_set(world: World, setter: Actor, local: Path):
    acts.set_local_rule(setter, at=NOW, row=draft(setter, world.body))
    later = {
        "values": {"delay_unit": "day"},
        "rows": {"caps": {"usual": {"ratio": "15/100"}}, "grades": {"HT": {"min": 55}}},
    }
    acts.set_local_rule(
        setter, at=NOW, row=draft(setter, world.body, later, D(2027, 1, 1), number="2-QĐ/SNV", issued_on=D(2026, 12, 1))
    )
    found = book(BOOK, on=D(2027, 1, 1), unit_codes=("SNV",))
    assert [g.min for g in found.grades] == [95, 75, 55, 0]
    assert found.value("delay_unit") == "day"
    assert found.rows("caps")[0]["ratio"] == "15/100"
    before = book(BOOK, on=D(2026, 12, 31), unit_codes=("SNV",))
    assert ([g.min for g in before.grades], before.value("delay_unit")) == ([95, 75, 50, 0], "event")


def test_sub_points_and_added_criteria(world: World, setter: Actor, local: Path):
    changes = {
        "rows": {"criteria_leader": {f"C.{n}": {"max": points} for n, points in enumerate((5, 5, 16, 2, 2), 1)}},
        "added": {"criteria_non_leader": [
            {"key": "C.1.1", "parent": "C", "label": "Tiêu chí riêng một", "max": 10},
            {"key": "C.1.2", "parent": "C", "label": "Tiêu chí riêng hai", "max": 20},
        ]},
    }  # fmt: skip
    acts.set_local_rule(
        setter, at=NOW, row=draft(setter, world.province, changes, level="province", rulebook="qd366-2025")
    )
    found = book("qd366-2025", on=D(2026, 9, 1), unit_codes=("PTC", "SNV", "TM"))
    assert [(c.key, c.max) for c in found.scored("leader", "common")] == [
        ("C.1", 5), ("C.2", 5), ("C.3", 16), ("C.4", 2), ("C.5", 2),
    ]  # fmt: skip
    assert [c.key for c in found.scored("non_leader", "common")] == ["C.1.1", "C.1.2"]


def test_every_fault_at_once_and_nothing_written(world: World, setter: Actor, local: Path):
    changes = {
        "values": {"quality_step": 130, "cap_rounding": "sideways"},
        "rows": {
            "criteria": {"I.1": {"max": 6}},
            "grades": {"HTT": {"min": 95}},
            "caps": {"usual": {"ratio": "0/100"}, "outstanding": {"ratio": "25/100"}},
        },
    }
    row = draft(setter, world.body, changes)
    with pytest.raises(Refused) as caught:
        acts.set_local_rule(setter, at=NOW, row=row)
    assert set(codes(caught)) == {"EVAL-LOCAL-SETTING", "EVAL-LOCAL-SUM", "EVAL-LOCAL-GRADES", "EVAL-LOCAL-CAP"}
    assert len(codes(caught)) >= 6
    assert not local.exists()
    row.refresh_from_db()
    assert row.is_draft


def test_a_draft_that_changes_nothing_is_refused(world: World, setter: Actor, local: Path):
    with pytest.raises(Refused) as caught:
        draft(setter, world.body, {"values": {}, "rows": {}})
    assert codes(caught) == ["EVAL-LOCAL-NOTHING"]


def test_a_day_before_the_book_is_refused(world: World, setter: Actor, local: Path):
    row = draft(setter, world.body, since=D(2025, 9, 1), issued_on=D(2025, 8, 1))
    with pytest.raises(Refused) as caught:
        acts.set_local_rule(setter, at=NOW, row=row)
    assert codes(caught) == ["EVAL-LOCAL-DAY"]


def test_never_back_into_a_closed_period_and_open_ones_need_agreement(world: World, setter: Actor, local: Path, opened):
    opened(world.province, "2026-08", at=dt.datetime(2026, 8, 1, tzinfo=dt.UTC))
    row = draft(setter, world.body, since=D(2026, 7, 1), issued_on=D(2026, 6, 1))
    with pytest.raises(Refused) as caught:
        acts.set_local_rule(setter, at=NOW, row=row)
    assert codes(caught) == ["EVAL-LOCAL-OPEN"]
    Cycle.objects.update(stage="closed", closed_at=dt.datetime(2026, 9, 1, tzinfo=dt.UTC))
    with pytest.raises(Refused) as caught:
        acts.set_local_rule(setter, at=NOW, row=row, agreed=True)
    assert codes(caught) == ["EVAL-LOCAL-CLOSED"]
    assert caught.value.violations[0].source == "Điều 21 khoản 3, 335/2025/NĐ-CP ngày 21/12/2025"
    later = draft(setter, world.body, since=D(2026, 9, 1))
    assert acts.set_local_rule(setter, at=NOW, row=later).state == "set"
    with pytest.raises(Refused) as caught:
        acts.withdraw_local_rule(setter, at=NOW, row=later, until=D(2026, 8, 1), reason="Nhầm")
    assert "EVAL-LOCAL-UNTIL" in codes(caught)


def test_withdrawn_from_a_day(world: World, setter: Actor, local: Path):
    row = acts.set_local_rule(setter, at=NOW, row=draft(setter, world.body))
    with pytest.raises(Refused) as caught:
        acts.withdraw_local_rule(setter, at=NOW, row=row, until=D(2026, 11, 1), reason=" ")
    assert codes(caught) == ["EVAL-LOCAL-REASON"]
    row = acts.withdraw_local_rule(setter, at=NOW, row=row, until=D(2026, 11, 1), reason="Có quy chế mới")
    assert grade_min("HTXS", D(2026, 10, 31), "SNV") == 95
    assert grade_min("HTXS", D(2026, 11, 1), "SNV") == 90
    with pytest.raises(Refused):
        acts.withdraw_local_rule(setter, at=NOW, row=row, until=D(2026, 12, 1), reason="Lần nữa")
    assert row.standing(D(2026, 12, 1)) == "đã thôi áp dụng"


def test_another_day(world: World, setter: Actor, local: Path):
    row = acts.set_local_rule(setter, at=NOW, row=draft(setter, world.body))
    again = acts.redate_local_rule(setter, at=NOW, row=row, since=D(2026, 10, 1), reason="Lùi một tháng")
    assert again.is_draft
    row.refresh_from_db()
    assert row.never_held
    assert grade_min("HTXS", D(2026, 9, 1), "SNV") == 90
    acts.set_local_rule(setter, at=NOW, row=again)
    assert grade_min("HTXS", D(2026, 9, 30), "SNV") == 90
    assert grade_min("HTXS", D(2026, 10, 1), "SNV") == 95
    assert rulebooks.check(rulebooks.directories()) == []


def test_the_database_keeps_what_was_set(world: World, setter: Actor, local: Path):
    row = acts.set_local_rule(setter, at=NOW, row=draft(setter, world.body))
    for statement in (
        "UPDATE evaluation_localrule SET since = '2026-01-01' WHERE id = %s",
        "UPDATE evaluation_localrule SET changes = '{}' WHERE id = %s",
        "UPDATE evaluation_localrule SET state = 'draft' WHERE id = %s",
        "DELETE FROM evaluation_localrule WHERE id = %s",
    ):
        with pytest.raises(IntegrityError, match="chỉ rút từ một ngày"), transaction.atomic(), connection.cursor() as c:
            c.execute(statement, [row.pk])
    with pytest.raises(Refused):
        acts.discard_local_rule(setter, row=row)
    with pytest.raises(Refused):
        draft(setter, world.body, row=row)
    loose = draft(setter, world.body, number="9-QĐ")
    acts.discard_local_rule(setter, row=loose)
    assert not LocalRule.objects.filter(number="9-QĐ").exists()


def test_files_lost_or_touched_are_written_anew(world: World, setter: Actor, local: Path):
    row = acts.set_local_rule(setter, at=NOW, row=draft(setter, world.body))
    assert differing_layers([row]) == []
    subject = local / "man-hinh-unit-SNV" / "evaluation" / f"{BOOK}.toml"
    subject.write_text(subject.read_text("utf-8").replace("min = 95", "min = 60"), "utf-8")
    assert differing_layers([row]) == ["man-hinh-unit-SNV"]
    acts.rewrite_local_files(setter)
    assert differing_layers([row]) == []
    assert grade_min("HTXS", D(2026, 9, 1), "SNV") == 95


def test_a_clash_with_a_file_written_by_hand_is_told(world: World, setter: Actor, local: Path):
    hand = local / "so-noi-vu"
    (hand / "evaluation").mkdir(parents=True)
    (hand / "layer.toml").write_text('level = "unit"\nname = "Sở Nội vụ"\nunit = "SNV"\n', "utf-8")
    (hand / "sources.toml").write_text(
        '[qc-1-2026-01-01]\nnumber = "1-QC"\nissued = 2026-01-01\nissuer = "Sở"\ntitle = "Quy chế"\n'
        'effective = 2026-01-01\ncertainty = "text"\n', "utf-8",
    )  # fmt: skip
    (hand / "evaluation" / f"{BOOK}.toml").write_text(
        f'subject = "evaluation.{BOOK}"\n[values.delay_unit]\ntitle = "Đơn vị tính chậm"\nentries = [\n'
        '  { from = 2026-01-01, value = "day", source = "qc-1-2026-01-01", certainty = "text" },\n]\n', "utf-8",
    )  # fmt: skip
    row = draft(setter, world.body, {"values": {"delay_unit": "event", "quality_step": 30}})
    with pytest.raises(Refused) as caught:
        acts.set_local_rule(setter, at=NOW, row=row)
    assert "EVAL-LOCAL-FILE" in codes(caught)
    assert "đã quy định ở" in str(caught.value)


def test_who_may(world: World, setter: Actor, local: Path):
    row = draft(setter, world.body)
    reader = Actor("Người đọc", reaches={choices.RULES_READ: EVERYWHERE})
    with pytest.raises(NotPermitted):
        acts.set_local_rule(reader, at=NOW, row=row)
    foreign = Actor("Phòng khác", reaches=dict.fromkeys(RIGHTS, Reach(units=frozenset({world.b.pk}))))
    with pytest.raises(OutOfScope):
        acts.set_local_rule(foreign, at=NOW, row=row)
    assert not local_rules(foreign).exists()
    with pytest.raises(OutOfScope):
        local_rule(foreign, row.pk)
    with pytest.raises(NotPermitted):
        local_rule(reader, row.pk, write=True)
    acts.set_local_rule(setter, at=NOW, row=row)
    assert list(local_rules(foreign)) == [row], "what binds the unit from above is read there"
    with pytest.raises(NotPermitted):
        local_rule(foreign, row.pk, write=True)


@pytest.fixture
def july(world: World, opened) -> Cycle:
    """A month with one person at 100 points, one at 76, the others without work."""
    cycle = opened(world.province)
    work_of(world["Viên A1"], assigned="4", done="4")
    work_of(world["Viên A2"], assigned="100", done="66")
    for name in ("Viên A1", "Viên A2"):
        scored(sheet_of(cycle, world[name]), scores=FULL)
    return cycle


def test_tried_on_last_month(world: World, setter: Actor, local: Path, july: Cycle):
    row = draft(setter, world.body, {"rows": {"grades": {"HTT": {"min": 80}}}})
    assert trial_cycle(row) == july
    row = acts.try_local_rule(setter, row=row, cycle=july, at=at(D(2026, 8, 1)))
    assert (row.trial["regraded"], row.trial["rescored"]) == (1, 1)
    assert row.trial["moves"]["HTT>HT"] == 1
    (found,) = trial_rows(setter, row)
    assert (found["who"], found["old"], found["new"]) == (world["Viên A2"], "HTT", "HT")
    assert "từ 50 điểm đến dưới 80 điểm" in found["why"]
    assert not local.exists(), "a trial writes no rule"
    assert sheet_of(july, world["Viên A2"]).by_points == "HTT", "a trial touches no sheet"
    administrator = Actor("Quản trị", reaches=dict.fromkeys(RIGHTS[:2], EVERYWHERE))
    assert trial_rows(administrator, row) == [], "who reads no sheets sees counts, not people"


def test_a_trial_says_when_scores_no_longer_fit(world: World, setter: Actor, local: Path, july: Cycle):
    changes = {"rows": {"criteria": {"I.1": {"max": 4}, "I.2": {"max": 6}}}}
    row = acts.try_local_rule(setter, row=draft(setter, world.body, changes), cycle=july, at=at(D(2026, 8, 1)))
    assert row.trial["moves"]["HTXS>?"] == 1
    assert any("ngoài khoảng 0 đến 4" in one["why"] for one in row.trial["rows"])


def test_a_trial_of_a_faulty_draft_is_refused(world: World, setter: Actor, local: Path, july: Cycle):
    row = draft(setter, world.body, {"rows": {"criteria": {"I.1": {"max": 9}}}})
    with pytest.raises(Refused):
        acts.try_local_rule(setter, row=row, cycle=july, at=at(D(2026, 8, 1)))


def test_a_trial_costs_queries_by_the_batch_not_by_the_sheet(
    world: World, setter: Actor, local: Path, opened, django_assert_max_num_queries
):
    for n in range(25):
        world.hire(f"Viên thêm {n}", world.a, "Chuyên viên")
    cycle = opened(world.province)
    row = draft(setter, world.body)
    with django_assert_max_num_queries(60):
        acts.try_local_rule(setter, row=row, cycle=cycle, at=at(D(2026, 8, 1)))


def test_changed_contents_void_the_trial(world: World, setter: Actor, local: Path, july: Cycle):
    row = acts.try_local_rule(setter, row=draft(setter, world.body), cycle=july, at=at(D(2026, 8, 1)))
    assert row.trial
    row = draft(setter, world.body, {"rows": {"grades": {"HTXS": {"min": 92}}}}, row=row)
    assert row.trial is None
