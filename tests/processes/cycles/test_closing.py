"""Closing: everything decided, nothing changed, the cap kept; afterwards only a new decision changes anything."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction

from canbo.facts.people.models import Grade
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.violation import NotPermitted, OutOfScope, Refused
from canbo.processes.evaluation import actions, queries
from canbo.processes.evaluation.models import Allowance, Cycle, Event, NotGraded, Result, Sheet
from tests import factories

from .conftest import FULL, World, at, decided, person_actor, scored, sheet_of, work_of
from .test_steps import codes

D = dt.date
Open = Callable[..., Cycle]
AUGUST = at(D(2026, 8, 3))


@pytest.fixture
def division(world: World, opened: Open) -> Cycle:
    """A cycle of one division, everybody decided: the head 100, her people 100, 96, 96."""
    cycle = opened(world.a)
    judged = {"d": 100, "dd": 100, "e": 100}
    for name in ("Viên A1", "Viên A2", "Viên A3", "Phó A", "Trưởng A"):
        work_of(world[name])
        leads = name in ("Phó A", "Trưởng A")
        scores = FULL if name == "Viên A1" else {**FULL, "I.1": 1}
        sheet = scored(sheet_of(cycle, world[name]), judged if leads else None, scores)
        decided(sheet, "HTT", "Ngoài tỷ lệ.")
    return cycle


def test_a_closed_cycle_becomes_results_and_facts(world: World, division: Cycle, manager: Actor):
    closed = actions.close_cycle(manager, cycle=division, at=AUGUST)
    assert (closed.stage, closed.closed_by) == ("closed", manager.name)
    result = Result.objects.get(person=world["Viên A1"])
    assert (result.grade, result.total, result.period) == ("HTT", 100, "2026-07")
    assert result.told["version"] == closed.rulebook_version
    assert len(result.tasks) == 1
    fact = Grade.objects.get(person=world["Viên A1"])
    assert (fact.grade, fact.points, fact.on) == ("Hoàn thành tốt nhiệm vụ", 100, D(2026, 8, 3))
    assert result.grade_fact == fact
    assert Event.objects.filter(kind="closed").count() == 5
    assert set(Sheet.objects.filter(cycle=division).values_list("state", flat=True)) == {"closed"}


def test_not_closed_while_somebody_waits(world: World, opened: Open, manager: Actor):
    with pytest.raises(Refused) as caught:
        actions.close_cycle(manager, cycle=opened(world.b), at=AUGUST)
    assert codes(caught) == ["EVAL-UNDECIDED"]
    assert "Trưởng B (chờ tự đánh giá)" in caught.value.violations[0].message


def test_work_changed_after_the_decision_is_noticed(world: World, division: Cycle, manager: Actor):
    work_of(world["Viên A2"], done="0")
    with pytest.raises(Refused) as caught:
        actions.close_cycle(manager, cycle=division, at=AUGUST)
    assert codes(caught) == ["EVAL-CHANGED"]
    assert "Viên A2" in caught.value.violations[0].message
    sheet = decided(sheet_of(division, world["Viên A2"]), when=AUGUST)
    assert (sheet.grade, sheet.total) == ("HT", 61)
    actions.close_cycle(manager, cycle=division, at=AUGUST)


def test_results_may_stand_as_decided_with_a_reason(world: World, division: Cycle, manager: Actor):
    work_of(world["Viên A2"], done="0")
    actions.close_cycle(manager, cycle=division, at=AUGUST, keep_as_decided="Chốt số liệu ngày 27/07.")
    assert Result.objects.get(person=world["Viên A2"]).total == 96


def test_a_year_needs_its_decision(world: World, opened: Open, manager: Actor):
    """NĐ 335, Điều 21."""
    cycle = opened(world.b, "2026", at=at(D(2026, 12, 1)))
    with pytest.raises(Refused) as caught:
        actions.close_cycle(manager, cycle=cycle, at=at(D(2026, 12, 10)))
    assert codes(caught) == ["EVAL-DECISION", "EVAL-UNDECIDED"]


def test_left_ungraded_is_listed(world: World, division: Cycle, manager: Actor):
    decided(sheet_of(division, world["Viên A3"]), "", "Đi học cả tháng.")
    actions.close_cycle(manager, cycle=division, at=AUGUST)
    assert NotGraded.objects.get(person=world["Viên A3"]).reason == "Đi học cả tháng."
    assert not Result.objects.filter(person=world["Viên A3"]).exists()


def test_results_that_stand_already_are_not_doubled(world: World, division: Cycle, manager: Actor):
    Grade.objects.create(
        person=world["Viên A1"], period="2026-07", basis=division.rulebook_title, grade="Hoàn thành", on=D(2026, 8, 1)
    )
    with pytest.raises(Refused) as caught:
        actions.close_cycle(manager, cycle=division, at=AUGUST)
    assert codes(caught) == ["EVAL-TWICE"]
    division.refresh_from_db()
    assert not division.closed


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE evaluation_sheet SET comment = 'x'",
        "UPDATE evaluation_cycle SET stage = 'decide', closed_at = NULL",
        "UPDATE evaluation_result SET grade = 'HTXS'",
        "UPDATE evaluation_event SET reason = 'x'",
        "DELETE FROM evaluation_result",
        "DELETE FROM evaluation_sheet",
        "DELETE FROM evaluation_event",
        "DELETE FROM evaluation_cycle",
        "TRUNCATE evaluation_event",
        "INSERT INTO evaluation_notgraded (cycle_id, person_id, unit_id, title, code, reason, source) "
        "SELECT id, (SELECT min(id) FROM people_person), unit_id, '', 'x', 'x', '' FROM evaluation_cycle",
    ],
)
def test_the_database_keeps_a_closed_cycle(world: World, division: Cycle, manager: Actor, statement: str):
    actions.close_cycle(manager, cycle=division, at=AUGUST)
    with pytest.raises(DatabaseError, match="canbo"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; " + statement)


def test_nothing_is_done_in_a_closed_cycle(world: World, division: Cycle, manager: Actor):
    actions.close_cycle(manager, cycle=division, at=AUGUST)
    sheet = sheet_of(division, world["Viên A1"])
    review = actions.Review(sheet.pk, sheet.version, comment="x")
    for act in (
        lambda: actions.submit_reviews(person_actor(world["Trưởng A"]), rows=[review], at=AUGUST),
        lambda: actions.decide(person_actor(world["Giám đốc"]), rows=[actions.Verdict(sheet.pk, 9)], at=AUGUST),
        lambda: actions.add_late_joiners(manager, cycle=division, at=AUGUST),
        lambda: actions.extend_deadline(
            manager, cycle=division, step="self", until=D(2026, 8, 9), reason="x", at=AUGUST
        ),
        lambda: actions.close_cycle(manager, cycle=division, at=AUGUST),
    ):
        with pytest.raises(Refused) as caught:
            act()
        assert codes(caught) == ["EVAL-CLOSED"]


def test_closed_work_is_kept(world: World, division: Cycle, manager: Actor):
    who = world["Viên A1"].pk
    pairs = {(who, D(2026, 7, 15)), (who, D(2026, 8, 1)), (world["Viên B1"].pk, D(2026, 7, 15))}
    assert queries.closed_work(pairs) == set()
    actions.close_cycle(manager, cycle=division, at=AUGUST)
    assert queries.closed_work(pairs) == {(who, D(2026, 7, 15))}


def test_a_wrong_result_is_replaced_by_a_decision(world: World, division: Cycle, manager: Actor):
    """NĐ 335, Điều 21.3: the old result stays readable, the new one stands."""
    actions.close_cycle(manager, cycle=division, at=AUGUST)
    old = Result.objects.get(person=world["Viên A1"])
    paper = factories.decision("45/QĐ-SNV", on=D(2026, 9, 1))
    director = person_actor(world["Giám đốc"], "evaluation.decide")
    new = actions.replace_result(
        director, result=old, grade="HT", reason="Kê khai không trung thực.", decision=paper, at=at(D(2026, 9, 1))
    )
    old.refresh_from_db()
    assert (old.replaced_on, new.replaces, new.grade, new.decision) == (D(2026, 9, 1), old, "HT", paper)
    facts = Grade.objects.filter(person=world["Viên A1"]).order_by("pk")
    assert [(f.grade, f.voided_on) for f in facts] == [
        ("Hoàn thành tốt nhiệm vụ", D(2026, 9, 1)),
        ("Hoàn thành nhiệm vụ", None),
    ]
    with pytest.raises(Refused) as caught:
        actions.replace_result(director, result=old, grade="HT", reason="x", decision=paper, at=at(D(2026, 9, 2)))
    assert "EVAL-REPLACED" in codes(caught)
    with pytest.raises(Refused) as caught:
        actions.replace_result(director, result=new, grade="HT", reason="", decision=paper, at=at(D(2026, 9, 2)))
    assert codes(caught) == ["EVAL-REASON", "EVAL-SAME"]


def test_who_may_replace(world: World, division: Cycle, manager: Actor):
    actions.close_cycle(manager, cycle=division, at=AUGUST)
    old, paper = Result.objects.get(person=world["Viên A1"]), factories.decision("45/QĐ-SNV")
    with pytest.raises(NotPermitted):
        actions.replace_result(
            person_actor(world["Trưởng A"]), result=old, grade="HT", reason="x", decision=paper, at=AUGUST
        )
    me = person_actor(world["Viên A1"], "evaluation.decide")
    with pytest.raises(Refused) as caught:
        actions.replace_result(me, result=old, grade="HTXS", reason="x", decision=paper, at=AUGUST)
    assert codes(caught) == ["EVAL-OWN"]


def test_an_appeal_is_answered_in_seven_working_days(world: World, division: Cycle, manager: Actor):
    """NĐ 335, Điều 22; National Day of 2026 is 1 and 2 September, 31 August is a day in lieu."""
    actions.close_cycle(manager, cycle=division, at=AUGUST)
    result = Result.objects.get(person=world["Viên A1"])
    with pytest.raises(OutOfScope):
        actions.file_appeal(person_actor(world["Viên A2"]), result=result, text="x", on=D(2026, 8, 27), at=AUGUST)
    me = person_actor(world["Viên A1"])
    appeal = actions.file_appeal(me, result=result, text="Tôi đạt mức cao hơn.", on=D(2026, 8, 27), at=AUGUST)
    assert appeal.due_on == D(2026, 9, 10)
    with pytest.raises(Refused) as caught:
        actions.file_appeal(me, result=result, text="Lần nữa", on=D(2026, 8, 28), at=AUGUST)
    assert codes(caught) == ["EVAL-APPEAL-OPEN"]
    director = person_actor(world["Giám đốc"], "evaluation.decide")
    with pytest.raises(Refused) as caught:
        actions.answer_appeal(
            director, appeal=appeal, ended="changed", answer="Đúng.", at=at(D(2026, 9, 3)), grade="HT"
        )
    assert codes(caught) == ["EVAL-DECISION"]
    paper = factories.decision("46/QĐ-SNV", on=D(2026, 9, 3))
    appeal = actions.answer_appeal(
        director, appeal=appeal, ended="changed", answer="Tính lại.", at=at(D(2026, 9, 3)), grade="HTXS", decision=paper
    )
    assert (appeal.ended, appeal.new_result and appeal.new_result.grade) == ("changed", "HTXS")
    with pytest.raises(Refused) as caught:
        actions.answer_appeal(director, appeal=appeal, ended="upheld", answer="x", at=AUGUST)
    assert codes(caught) == ["EVAL-ANSWERED"]


def test_an_appeal_before_tet_waits_until_after_it(world: World, opened: Open, manager: Actor):
    cycle = opened(world.b, "2026-01", at=at(D(2026, 1, 2)))
    for name, judged in (
        ("Viên B1", None),
        ("Lái xe", {"a": 90, "b": 90, "c": 90}),
        ("Trưởng B", {"dd": 100, "e": 100}),
    ):
        work_of(world[name], counts_on=D(2026, 1, 15))
        decided(scored(sheet_of(cycle, world[name]), judged), "HTT", "x", when=at(D(2026, 1, 28)))
    actions.close_cycle(manager, cycle=cycle, at=at(D(2026, 2, 2)))
    result = Result.objects.get(person=world["Viên B1"])
    appeal = actions.file_appeal(
        person_actor(world["Viên B1"]), result=result, text="x", on=D(2026, 2, 12), at=at(D(2026, 2, 12))
    )
    assert appeal.due_on == D(2026, 3, 2), "16 to 20 February are the five days of Tet"


def test_the_cap_and_going_beyond_it(world: World, opened: Open, manager: Actor):
    """NĐ 335, Điều 20: 6 in the group, floor(6 ÷ 6) = 1 may be excellent; more only with a reason of who may allow it."""
    names = [f"Người {n}" for n in range(6)]
    for name in names:
        world.hire(name, world.b, "Chuyên viên")
    cycle = opened(world.province)
    sheets = []
    for n, name in enumerate(names):
        work_of(world[name])
        sheets.append(scored(sheet_of(cycle, world[name]), None, {**FULL, "I.1": 5 - n * 0.5}))
    director = person_actor(world["Giám đốc"])
    rows = [
        actions.Verdict(s.pk, s.version, "HTXS" if n < 2 else "HTT", "Xét trong tỷ lệ") for n, s in enumerate(sheets)
    ]
    with pytest.raises(Refused) as caught:
        actions.decide(director, rows=rows, at=AUGUST)
    assert codes(caught) == ["EVAL-CAP"]
    assert "Người 0 (100.0)" in caught.value.violations[0].message
    assert "Người 1 (99.5)" in caught.value.violations[0].message
    group = sheets[0].cap_group
    chair = person_actor(world["Chủ tịch"], "evaluation.decide")
    with pytest.raises(Refused) as caught:
        actions.allow_more(chair, cycle=cycle, body=world.body, cap_group=group, limit=2, reason="", at=AUGUST)
    assert codes(caught) == ["EVAL-REASON"]
    actions.allow_more(chair, cycle=cycle, body=world.body, cap_group=group, limit=2, reason="Có sáng kiến.", at=AUGUST)
    actions.decide(director, rows=rows, at=AUGUST)
    standing = next(s for s in queries.caps(cycle) if s.cap_group == group)
    assert (standing.limit, standing.result and standing.result.used, standing.kept) == (2, 2, True)
    with pytest.raises(DatabaseError, match="canbo"), transaction.atomic():
        Allowance.objects.filter(cycle=cycle).delete()


def test_the_outstanding_share(world: World, opened: Open, manager: Actor):
    """25 %: floor(5 ÷ 5) = 1 where 20 % would give floor(5 ÷ 6) = 0."""
    for n in range(2):
        world.hire(f"Người {n}", world.b, "Chuyên viên")
    cycle = opened(world.province)
    group = [sheet_of(cycle, world[n]) for n in ("Viên A1", "Viên A2", "Viên A3", "Người 0", "Người 1")]
    for sheet in group:
        assert sheet.person is not None
        work_of(sheet.person)
    sheets = [scored(sheet) for sheet in group]
    rows = [actions.Verdict(s.pk, s.version, "HTXS" if n < 1 else "HTT", "x") for n, s in enumerate(sheets)]
    director = person_actor(world["Giám đốc"])
    with pytest.raises(Refused):
        actions.decide(director, rows=rows, at=AUGUST)
    chair = person_actor(world["Chủ tịch"], "evaluation.decide")
    actions.allow_more(chair, cycle=cycle, body=world.body, outstanding=True, reason="Đơn vị xuất sắc.", at=AUGUST)
    actions.decide(director, rows=rows, at=AUGUST)


def test_nobody_raises_the_share_of_her_own_group(world: World, opened: Open):
    cycle = opened(world.province)
    deputy = person_actor(world["Phó giám đốc"], "evaluation.decide")
    with pytest.raises(Refused) as caught:
        actions.allow_more(deputy, cycle=cycle, body=world.body, outstanding=True, reason="x", at=AUGUST)
    assert codes(caught) == ["EVAL-OWN"]
