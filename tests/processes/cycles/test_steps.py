"""Self-score, review, decision: order, versions, refusals all at once, and what voids what."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

import pytest

from canbo.foundation.kernel.violation import OutOfScope, Refused
from canbo.processes.evaluation import actions
from canbo.processes.evaluation.models import Cycle, Event, Sheet

from .conftest import FULL, LATE_JULY, World, at, decided, person_actor, scored, self_score, sheet_of, work_of

D = dt.date
Open = Callable[..., Cycle]


def codes(caught: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [v.code for v in caught.value.violations]


@pytest.fixture
def cycle(world: World, opened: Open) -> Cycle:
    return opened(world.province)


@pytest.fixture
def a1(world: World, cycle: Cycle) -> Sheet:
    work_of(world["Viên A1"], assigned="4", done="4")
    return sheet_of(cycle, world["Viên A1"])


def test_from_self_score_to_decision(world: World, a1: Sheet):
    """NĐ 335, Điều 14 and 20: 30 + 70 = 100 → hoàn thành xuất sắc; the cap of one person in a group is none."""
    sheet = scored(a1)
    assert (sheet.state, sheet.common, sheet.result, sheet.total) == ("scored", 30, 70, 100)
    assert (sheet.by_points, sheet.by_conditions) == ("HTXS", "HTXS")
    assert sheet.explanation["lines"]
    with pytest.raises(Refused) as caught:
        decided(sheet)
    assert codes(caught) == ["EVAL-CAP"]
    sheet = decided(sheet, "HTT", "Ngoài tỷ lệ.")
    assert (sheet.state, sheet.grade, sheet.decided_by) == ("decided", "HTT", "Giám đốc")
    assert list(Event.objects.filter(sheet=sheet).values_list("kind", flat=True)) == ["submitted", "scored", "decided"]


def test_a_sheet_is_handed_in_only_when_every_criterion_has_points(world: World, a1: Sheet):
    me = person_actor(world["Viên A1"])
    sheet = actions.save_self(me, sheet=a1, version=1, field="score.I.1", value="4,5")
    with pytest.raises(Refused) as caught:
        actions.submit_self(me, sheet=sheet, version=sheet.version, at=LATE_JULY)
    assert codes(caught) == ["EVAL-UNSCORED"] * 9
    assert caught.value.violations[0].field == f"{a1.pk}.I.2"
    assert sheet.self_scores == {"I.1": 4.5}


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("score.I.1", "5.1", "EVAL-POINTS"),
        ("score.I.1", "-1", "EVAL-POINTS"),
        ("score.I.1", "nhiều", "EVAL-POINTS"),
        ("score.IX", "1", "EVAL-CRITERION"),
        ("score.KQ", "1", "EVAL-CRITERION"),
        ("self_grade", "A", "EVAL-GRADE"),
        ("state", "closed", "EVAL-FIELD"),
    ],
)
def test_what_a_draft_does_not_take(world: World, a1: Sheet, field: str, value: str, code: str):
    with pytest.raises(Refused) as caught:
        actions.save_self(person_actor(world["Viên A1"]), sheet=a1, version=1, field=field, value=value)
    assert codes(caught) == [code]


def test_two_windows_do_not_overwrite_each_other(world: World, a1: Sheet):
    me = person_actor(world["Viên A1"])
    actions.save_self(me, sheet=a1, version=1, field="strengths", value="Cửa sổ thứ nhất")
    with pytest.raises(Refused) as caught:
        actions.save_self(me, sheet=a1, version=1, field="strengths", value="Cửa sổ thứ hai")
    assert codes(caught) == ["EVAL-VERSION"]
    a1.refresh_from_db()
    assert a1.strengths == "Cửa sổ thứ nhất"


def test_an_emptied_score_is_not_zero(world: World, a1: Sheet):
    me = person_actor(world["Viên A1"])
    sheet = actions.save_self(me, sheet=a1, version=1, field="score.I.1", value="3")
    sheet = actions.save_self(me, sheet=sheet, version=2, field="score.I.1", value="")
    assert sheet.self_scores == {}


def test_somebody_elses_sheet_does_not_exist(world: World, a1: Sheet):
    with pytest.raises(OutOfScope):
        actions.save_self(person_actor(world["Viên A2"]), sheet=a1, version=1, field="strengths", value="x")
    with pytest.raises(OutOfScope):
        actions.submit_self(person_actor(world["Viên A2"]), sheet=a1, version=1, at=LATE_JULY)


def test_who_manages_the_cycle_may_type_from_paper(world: World, a1: Sheet, manager):
    sheet = actions.save_self(manager, sheet=a1, version=1, field="strengths", value="Theo bản giấy")
    assert sheet.strengths == "Theo bản giấy"


def test_taken_back_until_somebody_looked_at_it(world: World, a1: Sheet):
    sheet = self_score(a1)
    sheet = actions.recall(person_actor(world["Viên A1"]), sheet=sheet, at=LATE_JULY)
    assert sheet.state == "draft"
    sheet = scored(sheet)
    with pytest.raises(Refused) as caught:
        actions.recall(person_actor(world["Viên A1"]), sheet=sheet, at=LATE_JULY)
    assert codes(caught) == ["EVAL-STATE"]


def test_only_the_named_superior_reviews(world: World, a1: Sheet):
    sheet = self_score(a1)
    row = actions.Review(sheet.pk, sheet.version, comment="Tốt")
    for name in ("Trưởng B", "Viên A2", "Giám đốc"):
        with pytest.raises(Refused) as caught:
            actions.submit_reviews(person_actor(world[name], "evaluation.score"), rows=[row], at=LATE_JULY)
        assert codes(caught) == ["EVAL-NOT-YOURS"]


def test_nobody_acts_on_her_own_sheet(world: World, cycle: Cycle):
    """Also not with a permission that reaches everywhere."""
    sheet = self_score(sheet_of(cycle, world["Giám đốc"]))
    me = person_actor(world["Giám đốc"], "evaluation.score", "evaluation.decide", "evaluation.manage")
    with pytest.raises(Refused) as caught:
        actions.submit_reviews(me, rows=[actions.Review(sheet.pk, sheet.version, comment="x")], at=LATE_JULY)
    assert codes(caught) == ["EVAL-OWN"]
    with pytest.raises(Refused) as caught:
        actions.advise(me, rows=[actions.Advice(sheet.pk, sheet.version, "Tốt")], at=LATE_JULY)
    assert "EVAL-OWN" in codes(caught)
    Sheet.objects.filter(pk=sheet.pk).update(state="scored")
    with pytest.raises(Refused) as caught:
        actions.decide(me, rows=[actions.Verdict(sheet.pk, sheet.version)], at=LATE_JULY)
    assert codes(caught) == ["EVAL-OWN"]


def test_a_changed_score_voids_the_decision_and_keeps_the_event(world: World, a1: Sheet):
    sheet = decided(scored(a1), "HTT", "Ngoài tỷ lệ.")
    row = actions.Review(sheet.pk, sheet.version, scores={**FULL, "I.1": 1}, comment="Vi phạm giờ giấc.")
    sheet = actions.submit_reviews(person_actor(world["Trưởng A"]), rows=[row], at=LATE_JULY)[0]
    assert (sheet.state, sheet.grade, sheet.decided_at, sheet.total) == ("scored", "", None, 96)
    voided = Event.objects.get(sheet=sheet, kind="voided")
    assert voided.data == {"grade": "HTT"}


def test_the_same_scores_again_void_nothing(world: World, a1: Sheet):
    sheet = decided(scored(a1), "HTT", "Ngoài tỷ lệ.")
    row = actions.Review(sheet.pk, sheet.version, comment="Xem lại, giữ nguyên.")
    sheet = actions.submit_reviews(person_actor(world["Trưởng A"]), rows=[row], at=LATE_JULY)[0]
    assert (sheet.state, sheet.grade) == ("decided", "HTT")


def test_given_back_by_the_superior_and_by_the_decider(world: World, a1: Sheet):
    sheet = self_score(a1)
    boss, director = person_actor(world["Trưởng A"]), person_actor(world["Giám đốc"])
    with pytest.raises(Refused) as caught:
        actions.give_back(boss, sheet=sheet, reason=" ", at=LATE_JULY)
    assert codes(caught) == ["EVAL-REASON"]
    sheet = actions.give_back(boss, sheet=sheet, reason="Thiếu ưu điểm.", at=LATE_JULY)
    assert sheet.state == "draft"
    sheet = decided(scored(sheet), "HTT", "Ngoài tỷ lệ.")
    sheet = actions.give_back(director, sheet=sheet, reason="Xem lại tiêu chí II.", at=LATE_JULY)
    assert (sheet.state, sheet.grade) == ("submitted", "")
    assert Event.objects.filter(sheet=sheet, kind="voided").exists()


def test_full_marks_for_many_need_a_reason(world: World, cycle: Cycle):
    sheets = []
    for n in (1, 2, 3):
        work_of(world[f"Viên A{n}"])
        sheets.append(self_score(sheet_of(cycle, world[f"Viên A{n}"])))
    rows = [actions.Review(s.pk, s.version) for s in sheets]
    boss = person_actor(world["Trưởng A"])
    with pytest.raises(Refused) as caught:
        actions.submit_reviews(boss, rows=rows, at=LATE_JULY)
    assert codes(caught) == ["EVAL-FULL"] * 3
    done = actions.submit_reviews(boss, rows=rows, at=LATE_JULY, reason="Cả phòng hoàn thành đề án trước hạn.")
    assert {s.state for s in done} == {"scored"}


def test_all_or_nothing_with_every_reason(world: World, cycle: Cycle):
    work_of(world["Viên A1"])
    good = scored(sheet_of(cycle, world["Viên A1"]))
    bare = scored(sheet_of(cycle, world["Viên A2"]))
    early = self_score(sheet_of(cycle, world["Viên A3"]))
    director = person_actor(world["Giám đốc"])
    rows = [actions.Verdict(s.pk, s.version, "HTT", "x") for s in (good, bare, early)]
    with pytest.raises(Refused) as caught:
        actions.decide(director, rows=rows, at=LATE_JULY)
    assert [(v.code, v.field) for v in caught.value.violations] == [("EVAL-STATE", str(early.pk))]
    with pytest.raises(Refused) as caught:
        actions.decide(director, rows=rows[:2], at=LATE_JULY)
    assert [(v.code, v.field) for v in caught.value.violations] == [("EVAL-NOT-ENOUGH", str(bare.pk))]
    good.refresh_from_db()
    assert good.state == "scored"


def test_no_task_is_no_data_and_may_be_left_ungraded_with_a_reason(world: World, cycle: Cycle):
    sheet = scored(sheet_of(cycle, world["Viên A2"]))
    assert (sheet.total, sheet.by_points) == (None, "")
    assert "chưa đủ dữ liệu" in " ".join(sheet.explanation["notes"])
    with pytest.raises(Refused) as caught:
        decided(sheet)
    assert codes(caught) == ["EVAL-NOT-ENOUGH"]
    sheet = decided(sheet, "", "Trong tháng đi học, không giao việc.")
    assert (sheet.state, sheet.grade) == ("decided", "")


def test_heads_are_scored_by_those_they_lead(world: World, cycle: Cycle):
    """NĐ 335, Điều 15: d is 100 while nobody is below 50, not known while somebody has no total, 50 as soon as one is below."""
    work_of(world["Trưởng A"])
    judged = {"dd": 100, "e": 100}
    sheet = scored(sheet_of(cycle, world["Trưởng A"]), judged)
    assert sheet.total is None
    assert "d" in " ".join(sheet.explanation["notes"])
    for n, done in ((1, "1"), (2, "1"), (3, "0")):
        work_of(world[f"Viên A{n}"], done=done)
        scored(sheet_of(cycle, world[f"Viên A{n}"]))
    work_of(world["Phó A"])
    scored(sheet_of(cycle, world["Phó A"]), {"d": 100, **judged})
    row = actions.Review(sheet.pk, sheet.version, comment="Xem lại")
    sheet = actions.submit_reviews(person_actor(world["Giám đốc"]), rows=[row], at=LATE_JULY)[0]
    low = sheet_of(cycle, world["Viên A3"])
    assert low.total == 30
    assert sheet.explanation["components"]["d"] == "50"
    assert sheet.result == pytest.approx(Decimal(550) / 6 * Decimal("0.7"))


def test_levels_of_leaders(world: World, cycle: Cycle):
    sheet = self_score(sheet_of(cycle, world["Phó A"]))
    row = actions.Review(sheet.pk, sheet.version, judged={"d": 75, "dd": 50, "f": 1}, comment="x")
    with pytest.raises(Refused) as caught:
        actions.submit_reviews(person_actor(world["Trưởng A"]), rows=[row], at=LATE_JULY)
    assert codes(caught) == ["EVAL-LEVEL", "EVAL-FIELD"]


def test_support_staff_are_judged(world: World, cycle: Cycle):
    sheet = scored(sheet_of(cycle, world["Lái xe"]), {"a": 90, "b": 80, "c": 100})
    assert (sheet.result, sheet.total) == (63, 93)


def test_a_disciplinary_measure_asks_whether_it_was_for_duty(world: World, a1: Sheet, manager):
    """NĐ 335, Điều 20: discipline for duty is a knock-out; whether it was is not guessed."""
    from canbo.facts.people.models import Discipline
    from tests import factories

    Discipline.objects.create(
        person=world["Viên A1"], form="Khiển trách", in_force=factories.period(D(2026, 7, 8)), since=D(2026, 7, 8)
    )
    sheet = scored(a1)
    with pytest.raises(Refused) as caught:
        decided(sheet, "HT", "x")
    assert codes(caught) == ["EVAL-NOT-ENOUGH"]
    actions.record_finding(
        manager, subject=world["Viên A1"], fact="disciplined_for_duty", value=True, on=D(2026, 7, 8),
        record="Quyết định 12/QĐ-SNV", at=LATE_JULY,
    )  # fmt: skip
    with pytest.raises(Refused) as caught:
        decided(sheet, "HT", "x")
    assert codes(caught) == ["EVAL-FORBIDDEN"]
    assert "Quyết định 12/QĐ-SNV" in caught.value.violations[0].message
    assert decided(sheet).grade == "KHT"


def test_delegation_of_the_day(world: World, a1: Sheet):
    """Who was delegated to acts in the name of the head on those days only, never on herself nor on the head."""
    from django.db.backends.postgresql.psycopg_any import DateRange

    from canbo.facts.access.models import AccountPerson, Delegation, Grant
    from canbo.facts.access.queries import build_actor
    from tests import factories

    head, deputy = factories.account("truong.a", "thu_truong", world.a), factories.account("pho.a")
    AccountPerson.objects.create(user=head, person_id=world["Trưởng A"].pk)
    AccountPerson.objects.create(user=deputy, person_id=world["Phó A"].pk)
    Delegation.objects.create(
        grant=Grant.objects.get(user=head), delegate=deputy,
        reason="Đi công tác", in_force=DateRange(D(2026, 7, 26), D(2026, 7, 28)), since=D(2026, 7, 26),
    )  # fmt: skip
    sheet = self_score(a1)
    row = actions.Review(sheet.pk, sheet.version, comment="Thay mặt")

    def acting(day: dt.date):
        return build_actor(deputy, day, at(day))

    with pytest.raises(Refused) as caught:
        actions.submit_reviews(acting(D(2026, 7, 28)), rows=[row], at=at(D(2026, 7, 28)))
    assert codes(caught) == ["EVAL-NOT-YOURS"]
    done = actions.submit_reviews(acting(D(2026, 7, 27)), rows=[row], at=LATE_JULY)[0]
    assert done.state == "scored"
    assert Event.objects.get(sheet=done, kind="scored").on_behalf_of == "truong.a"
    own = self_score(sheet_of(a1.cycle, world["Phó A"]))
    of_head = self_score(sheet_of(a1.cycle, world["Trưởng A"]))
    with pytest.raises(Refused) as caught:
        actions.submit_reviews(
            acting(D(2026, 7, 27)),
            rows=[
                actions.Review(s.pk, s.version, comment="x", judged={"d": 100, "dd": 100, "e": 100})
                for s in (own, of_head)
            ],
            at=LATE_JULY,
        )
    assert sorted(codes(caught)) == ["EVAL-NOT-YOURS", "EVAL-OWN"]
