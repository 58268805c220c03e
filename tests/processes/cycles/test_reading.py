"""What waits for whom, who sees what, the head's table, lateness, reminders, the line of months."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.violation import NotPermitted, OutOfScope, Refused
from canbo.processes.evaluation import actions, queries
from canbo.processes.evaluation.models import Cycle, Deadline, Reminder, Result

from .conftest import FULL, LATE_JULY, World, at, decided, person_actor, scored, self_score, sheet_of, work_of
from .test_steps import codes

D = dt.date
Open = Callable[..., Cycle]
DAY = D(2026, 7, 27)


@pytest.fixture
def cycle(world: World, opened: Open) -> Cycle:
    return opened(world.province)


def test_what_waits_for_whom(world: World, cycle: Cycle):
    self_score(sheet_of(cycle, world["Viên A1"]))
    work_of(world["Viên A2"])
    scored(sheet_of(cycle, world["Viên A2"]))
    head = {(w.step, w.sheets) for w in queries.waiting(person_actor(world["Trưởng A"]), DAY)}
    assert head == {("self", 1), ("review", 1)}
    director = {(w.step, w.sheets) for w in queries.waiting(person_actor(world["Giám đốc"]), DAY)}
    assert director == {("self", 1), ("decide", 1)}
    assert [(w.step, w.sheets) for w in queries.waiting(person_actor(world["Viên A3"]), DAY)] == [("self", 1)]
    assert queries.waiting(Actor("Không có hồ sơ"), DAY) == []


def test_who_sees_whose_sheet(world: World, cycle: Cycle, manager: Actor):
    sheet = sheet_of(cycle, world["Viên A1"])
    for name in ("Viên A1", "Trưởng A", "Giám đốc"):
        assert queries.sheet_by_id(person_actor(world[name]), sheet.pk, DAY) == sheet
    inside = person_actor(world["Viên A2"], "evaluation.read", over=world.a)
    assert queries.sheet_by_id(inside, sheet.pk, DAY) == sheet
    for stranger in (
        person_actor(world["Viên A2"]),
        person_actor(world["Trưởng B"]),
        person_actor(world["Viên B1"], "evaluation.read", over=world.b),
    ):
        with pytest.raises(OutOfScope):
            queries.sheet_by_id(stranger, sheet.pk, DAY)
    assert queries.sheets(manager, DAY, cycle=cycle).count() == 11
    assert [s.person and s.person.name for s in queries.sheets(manager, DAY, text="vien a1")] == ["Viên A1"]
    assert queries.sheets(manager, DAY, unit=world.b, state="draft").count() == 3
    assert queries.own_sheets(person_actor(world["Viên A1"])).get() == sheet


def test_the_heads_table(world: World, cycle: Cycle, opened: Open, manager: Actor, django_assert_num_queries):
    """Everybody she reviews or decides but herself; last month beside it; the same number of queries for any number."""
    director = person_actor(world["Giám đốc"])
    work_of(world["Viên A1"], done="0")
    scored(sheet_of(cycle, world["Viên A1"]), None, {**FULL, "I.1": 0})
    queries.table(director, cycle, DAY)
    with django_assert_num_queries(6):
        found = queries.table(director, cycle, DAY)
    names = {line.sheet.person.name for line in found.lines if line.sheet.person}
    assert names == set(world.people) - {"Chủ tịch", "Giám đốc"}
    assert [line.reviews for line in found.lines if line.sheet.superior == world["Trưởng A"]] == [False] * 4
    assert {c.cap_group for c in found.caps} == {
        "Cấp phó", "Không giữ chức vụ lãnh đạo", "Người đứng đầu bộ phận", "Hỗ trợ, phục vụ"
    }  # fmt: skip
    for n in range(20):
        world.hire(f"Thêm {n}", world.a, "Chuyên viên")
    actions.add_late_joiners(manager, cycle=cycle, at=LATE_JULY)
    with django_assert_num_queries(6):
        assert len(queries.table(director, cycle, DAY).lines) == 29


@pytest.mark.parametrize(
    ("period", "before"),
    [("2026-07", "2026-06"), ("2026-01", "2025-12"), ("2026-Q1", "2025-Q4"), ("2026-H2", "2026-H1"), ("2026", "2025")],
)
def test_the_period_before(period: str, before: str):
    from canbo.foundation.kernel.period import Span
    from canbo.processes.evaluation.queries.table import period_before

    assert period_before(Span.parse(period)) == before


def late(actor: Actor, cycle: Cycle, day: dt.date):
    """Sheets within reach that were not handed in by the last day."""
    return queries.late_sheets(queries.sheets_within(actor, cycle, day), cycle, "self", day)


def test_late_submitters_and_extensions(world: World, cycle: Cycle, manager: Actor):
    assert late(manager, cycle, D(2026, 8, 1)).count() == 0, "no day is set in the decree"
    actions.extend_deadline(manager, cycle=cycle, step="self", until=D(2026, 7, 24), reason="Lịch của sở", at=LATE_JULY)
    self_score(sheet_of(cycle, world["Viên A1"]))
    assert late(manager, cycle, D(2026, 7, 24)).count() == 0
    assert late(manager, cycle, D(2026, 7, 25)).count() == 10
    actions.extend_deadline(manager, cycle=cycle, step="self", until=D(2026, 7, 26), reason="Bão", at=LATE_JULY)
    assert late(manager, cycle, D(2026, 7, 26)).count() == 0
    assert [d.on for d in Deadline.objects.filter(cycle=cycle, step="self").order_by("pk")] == [
        D(2026, 7, 24),
        D(2026, 7, 26),
    ]
    with pytest.raises(Refused) as caught:
        actions.extend_deadline(manager, cycle=cycle, step="self", until=D(2026, 7, 26), reason="", at=LATE_JULY)
    assert codes(caught) == ["EVAL-REASON", "EVAL-SAME-DAY"]


def test_who_hands_nothing_in_is_scored_without_her_after_the_day(world: World, cycle: Cycle, manager: Actor):
    sheet = sheet_of(cycle, world["Viên A1"])
    row = actions.Review(sheet.pk, sheet.version, scores=FULL)
    boss = person_actor(world["Trưởng A"])
    for reason in ("", "Không nộp phiếu."):
        with pytest.raises(Refused) as caught:
            actions.submit_reviews(boss, rows=[row], at=LATE_JULY, reason=reason)
        assert "EVAL-STATE" in codes(caught)
    actions.extend_deadline(manager, cycle=cycle, step="self", until=D(2026, 7, 24), reason="Lịch", at=LATE_JULY)
    done = actions.submit_reviews(boss, rows=[row], at=LATE_JULY, reason="Không nộp phiếu.")[0]
    assert done.state == "scored"
    assert done.events.get(kind="scored").data["silent"] is True


def test_reminders_are_written_once_a_night(world: World, cycle: Cycle, manager: Actor):
    actions.extend_deadline(manager, cycle=cycle, step="self", until=D(2026, 7, 25), reason="Lịch", at=LATE_JULY)
    assert actions.remind(manager, on=D(2026, 7, 21)) == 0
    assert actions.remind(manager, on=D(2026, 7, 22)) == 11
    assert actions.remind(manager, on=D(2026, 7, 22)) == 11
    assert Reminder.objects.count() == 11
    mine = queries.reminders(person_actor(world["Viên A1"]), D(2026, 7, 22)).get()
    assert (mine.step, mine.sheets, mine.due_on) == ("self", 1, D(2026, 7, 25))


def test_the_stage_of_a_cycle(world: World, cycle: Cycle, manager: Actor):
    assert actions.advance(manager, cycle=cycle, stage="review", at=LATE_JULY).stage == "review"
    with pytest.raises(Refused) as caught:
        actions.advance(manager, cycle=cycle, stage="self", at=LATE_JULY)
    assert codes(caught) == ["EVAL-REASON"]
    with pytest.raises(Refused) as caught:
        actions.advance(manager, cycle=cycle, stage="closed", at=LATE_JULY)
    assert codes(caught) == ["EVAL-STAGE"]
    with pytest.raises(NotPermitted):
        actions.advance(person_actor(world["Giám đốc"]), cycle=cycle, stage="decide", at=LATE_JULY)


def test_authority_given_in_writing(world: World, cycle: Cycle, manager: Actor):
    """Thanh Hóa 1053, Điều 9: who decides may be told by a paper; it stands on the sheet with its reason."""
    sheet = sheet_of(cycle, world["Viên A1"])
    work_of(world["Viên A1"])
    changes = {"superior": world["Phó A"], "decider": world["Phó giám đốc"]}
    with pytest.raises(Refused) as caught:
        actions.correct_sheet(manager, sheet=sheet, reason="", changes={"superior": world["Viên A1"]}, at=LATE_JULY)
    assert codes(caught) == ["EVAL-REASON", "EVAL-OWN"]
    sheet = actions.correct_sheet(manager, sheet=sheet, reason="Ủy quyền 05/UQ-SNV", changes=changes, at=LATE_JULY)
    assert decided(scored(sheet), "HTT", "x").decided_by == "Phó giám đốc"
    assert sheet.events.get(kind="corrected").data["before"] == {
        "superior": world["Trưởng A"].pk, "decider": world["Giám đốc"].pk
    }  # fmt: skip


def test_the_year_is_the_mean_of_the_months_worked(world: World, opened: Open, manager: Actor):
    """NĐ 335, Điều 11.2, 17, 19.1: months before she came are left out; the old unit's months are hers."""
    from decimal import Decimal

    from canbo.processes.evaluation.models import Sheet

    who = world.hire("Người mới", world.b, "Chuyên viên", since=D(2026, 5, 1))
    cycle = opened(world.province, "2026", at=at(D(2026, 12, 1)))
    assert cycle.base == "month"
    sheet = sheet_of(cycle, who)
    assert list(queries.earned_by(cycle, [sheet])[sheet.pk].absences) == [
        "2026-01", "2026-02", "2026-03", "2026-04", "2026-Q1"
    ]  # fmt: skip
    for month in range(5, 13):
        months = opened(world.province, f"2026-{month:02d}", at=at(D(2026, month, 1)))
        Result.objects.create(
            sheet=Sheet.objects.get(cycle=months, person=who), cycle=months, person=who, rulebook=cycle.rulebook,
            period=months.period, unit=world.a if month < 8 else world.b, total=Decimal(88 if month % 2 else 92),
            grade="HTT", decided_on=D(2026, 12, 1), decided_by="x", recorded_at=at(D(2026, 12, 1)),
        )  # fmt: skip
    me = person_actor(who)
    sheet = actions.submit_self(me, sheet=sheet, version=sheet.version, at=at(D(2026, 12, 2)))
    row = actions.Review(sheet.pk, sheet.version, comment="Tốt")
    sheet = actions.submit_reviews(person_actor(world["Trưởng B"]), rows=[row], at=at(D(2026, 12, 3)))[0]
    assert (sheet.total, sheet.by_points) == (90, "HTXS"), "90 exactly is excellent"
    assert "÷ 8 = 90" in sheet.explanation["lines"][0]["filled"]
    assert [r.period for r in queries.line_of(me, who, D(2026, 12, 31))] == [f"2026-{m:02d}" for m in range(5, 13)]
