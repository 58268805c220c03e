"""Who gets a sheet when a cycle is opened, where, from whom, and why; and who gets none."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.violation import NotPermitted, OutOfScope, Refused
from canbo.processes.evaluation import actions
from canbo.processes.evaluation.models import Cycle, Leave, NotGraded, Sheet
from tests import factories

from .conftest import BOOK, World, at, person_actor, post, sheet_of

D = dt.date
Open = Callable[..., Cycle]


def test_the_ladder_of_authority_of_article_10(world: World, opened: Open):
    """NĐ 335, Điều 10: head of the division scores, head of the body decides; the body's head is decided above."""
    cycle = opened(world.province)
    found = {
        sheet.person.name: (
            sheet.standing,
            sheet.superior and sheet.superior.name,
            sheet.decider and sheet.decider.name,
        )
        for sheet in Sheet.objects.filter(cycle=cycle).select_related("person", "superior", "decider")
    }
    assert found == {
        "Chủ tịch": ("head", None, None),
        "Giám đốc": ("head", "Chủ tịch", "Chủ tịch"),
        "Phó giám đốc": ("deputy", "Giám đốc", "Giám đốc"),
        "Trưởng A": ("head", "Giám đốc", "Giám đốc"),
        "Phó A": ("deputy", "Trưởng A", "Giám đốc"),
        "Viên A1": ("staff", "Trưởng A", "Giám đốc"),
        "Viên A2": ("staff", "Trưởng A", "Giám đốc"),
        "Viên A3": ("staff", "Trưởng A", "Giám đốc"),
        "Trưởng B": ("head", "Giám đốc", "Giám đốc"),
        "Viên B1": ("staff", "Trưởng B", "Giám đốc"),
        "Lái xe": ("support", "Trưởng B", "Giám đốc"),
    }


def test_groups_of_the_rulebook_and_of_the_cap(world: World, opened: Open):
    cycle = opened(world.province)
    assert sheet_of(cycle, world["Giám đốc"]).group == "leader"
    assert sheet_of(cycle, world["Giám đốc"]).body == world.province, (
        "the head of a body is counted where she is decided"
    )
    assert sheet_of(cycle, world["Giám đốc"]).cap_group == "Người đứng đầu cơ quan, đơn vị"
    assert sheet_of(cycle, world["Viên A1"]).group == "non_leader"
    assert sheet_of(cycle, world["Viên A1"]).body == world.body
    assert sheet_of(cycle, world["Lái xe"]).group == "support"


def test_who_moved_is_graded_at_the_new_unit(world: World, opened: Open):
    """NĐ 335, Điều 19.1."""
    who = factories.person("Người chuyển", world.b)
    post(who, world.a, "Chuyên viên", D(2024, 1, 1), D(2026, 7, 10))
    post(who, world.b, "Chuyên viên", D(2026, 7, 10))
    sheet = sheet_of(opened(world.province), who)
    assert (sheet.unit, sheet.moved_from) == (world.b, world.a)
    assert (sheet.worked_first, sheet.worked_last) == (D(2026, 7, 1), D(2026, 7, 31))
    assert "Chuyển đến từ Phòng Tổ chức ngày 10/07/2026" in sheet.why
    assert "19 khoản 1" in sheet.why


def test_several_posts_give_one_sheet_at_the_main_one(world: World, opened: Open):
    post(world["Trưởng A"], world.b, "Phó Trưởng phòng", concurrent=True)
    sheet = sheet_of(opened(world.province), world["Trưởng A"])
    assert sheet.unit == world.a
    assert "Kiêm nhiệm Phó Trưởng phòng" in sheet.why
    assert [p["title"] for p in sheet.posts] == ["Trưởng phòng", "Phó Trưởng phòng"]


def test_who_heads_two_levels_is_never_her_own_superior(world: World, opened: Open):
    post(world["Giám đốc"], world.a, "Phụ trách phòng", D(2026, 6, 1), concurrent=True, acts=["giao phụ trách"])
    Sheet_ = sheet_of(opened(world.province), world["Giám đốc"])
    assert Sheet_.superior == world["Chủ tịch"]


def test_newly_joined_and_retired_in_the_period_are_said(world: World, opened: Open):
    new = world.hire("Người mới", world.a, "Chuyên viên", since=D(2026, 7, 20))
    gone = world.hire("Người nghỉ hưu", world.a, "Chuyên viên", until=D(2026, 7, 16))
    cycle = opened(world.province)
    assert "Nhận việc trong kỳ, từ 20/07/2026" in sheet_of(cycle, new).why
    assert "ngày cuối 15/07/2026" in sheet_of(cycle, gone).why


def test_who_acts_as_head_is_said(world: World, opened: Open):
    who = world.hire("Người được giao", world.a, "Chuyên viên", since=D(2026, 1, 1), acts=["giao phụ trách"])
    assert "giao phụ trách" in sheet_of(opened(world.province), who).why


@pytest.mark.parametrize(
    ("since", "graded"),
    [
        pytest.param(D(2026, 7, 1), True, id="Điều 11: đúng 6 tháng"),
        pytest.param(D(2026, 7, 2), False, id="Điều 11: thiếu 1 ngày"),
    ],
)
def test_under_six_months_in_the_year_is_not_graded(world: World, opened: Open, since: dt.date, graded: bool):
    who = world.hire("Người mới", world.a, "Chuyên viên", since=since)
    cycle = opened(world.province, "2026", at=at(D(2026, 12, 1)))
    assert Sheet.objects.filter(cycle=cycle, person=who).exists() is graded
    left = NotGraded.objects.filter(cycle=cycle, person=who).first()
    assert (left is None) is graded
    if left:
        assert left.code == "under_6_months"
        assert "Điều 11" in left.source


@pytest.mark.parametrize(("kind", "graded"), [("maternity", True), ("sick", True), ("unpaid", False)])
def test_long_leave_by_its_kind(world: World, opened: Open, kind: str, graded: bool):
    """NĐ 335, Điều 11: sick and maternity leave do not make somebody ungraded; unpaid leave does below six months."""
    who = world["Viên A1"]
    Leave.objects.create(
        person=who, first=D(2026, 1, 1), last=D(2026, 8, 1), kind=kind, recorded_at=at(D(2026, 8, 1)), recorded_by="x"
    )
    cycle = opened(world.province, "2026", at=at(D(2026, 12, 1)))
    assert Sheet.objects.filter(cycle=cycle, person=who).exists() is graded
    if graded:
        assert "Nghỉ 213 ngày" in sheet_of(cycle, who).why


def test_absent_for_the_whole_month_is_listed_with_the_reason(world: World, opened: Open):
    who = world["Viên A1"]
    for first, last in ((D(2026, 6, 1), D(2026, 7, 20)), (D(2026, 7, 15), D(2026, 8, 3))):
        Leave.objects.create(person=who, first=first, last=last, kind="sick", recorded_at=at(first), recorded_by="x")
    cycle = opened(world.province)
    assert not Sheet.objects.filter(cycle=cycle, person=who).exists()
    assert NotGraded.objects.get(cycle=cycle, person=who).reason.startswith("Nghỉ cả kỳ")


def test_opening_again_adds_who_came_since_and_touches_nothing_else(world: World, opened: Open, manager: Actor):
    cycle = opened(world.province)
    Sheet.objects.filter(pk=sheet_of(cycle, world["Viên A1"]).pk).update(strengths="đã viết", version=5)
    late = world.hire("Người đến sau", world.b, "Chuyên viên", since=D(2026, 7, 25))
    before = Sheet.objects.filter(cycle=cycle).count()
    for _ in range(2):
        actions.add_late_joiners(manager, cycle=cycle, at=at(D(2026, 7, 26)))
    assert Sheet.objects.filter(cycle=cycle).count() == before + 1
    assert sheet_of(cycle, late).superior == world["Trưởng B"]
    assert sheet_of(cycle, world["Viên A1"]).strengths == "đã viết"


def test_one_sheet_a_person_period_and_rulebook(world: World, opened: Open):
    opened(world.body)
    wider = opened(world.province)
    left = NotGraded.objects.filter(cycle=wider, code="elsewhere").order_by("person__name")
    assert {row.person.name for row in left} == set(world.people) - {"Chủ tịch"}
    assert "Sở Nội vụ" in left[0].reason
    assert Sheet.objects.filter(cycle=wider).count() == 1


def test_bodies_get_sheets_decided_by_the_body_above(world: World, opened: Open):
    """NĐ 335, Chương II: divisions are no bodies; the department is decided by the province."""
    cycle = opened(world.province, "2026", collectives=True, people=False, at=at(D(2026, 12, 1)))
    found = {
        s.collective.name: (s.represented_by and s.represented_by.name, s.decider and s.decider.name)
        for s in Sheet.objects.filter(cycle=cycle).select_related("collective", "represented_by", "decider")
    }
    assert found == {"Tỉnh Mẫu": ("Chủ tịch", None), "Sở Nội vụ": ("Giám đốc", "Chủ tịch")}


def test_deadlines_come_from_the_rulebook(world: World, opened: Open):
    """NĐ 335, Điều 21: before 15/12; special bodies before 15/01."""
    assert [(d.step, d.on) for d in opened(world.province, "2026").deadlines.all()] == [("decide", D(2026, 12, 14))]
    special = opened(world.body, "2026", special_dates=True)
    assert [(d.step, d.on) for d in special.deadlines.all()] == [("decide", D(2027, 1, 14))]


@pytest.mark.parametrize(
    ("period", "rulebook", "code"),
    [
        ("2026-13", BOOK, "EVAL-PERIOD"),
        ("2026-07-01", BOOK, "EVAL-PERIOD"),
        ("2025-12", BOOK, "EVAL-RULEBOOK"),
        ("2026-07", "khong-co", "EVAL-RULEBOOK"),
    ],
    ids=["no month", "a day", "before the decree", "no such rulebook"],
)
def test_what_cannot_be_opened(world: World, opened: Open, period: str, rulebook: str, code: str):
    with pytest.raises(Refused) as caught:
        opened(world.province, period, rulebook)
    assert [v.code for v in caught.value.violations] == [code]


def test_not_opened_twice(world: World, opened: Open):
    opened(world.province)
    with pytest.raises(Refused) as caught:
        opened(world.province)
    assert [v.code for v in caught.value.violations] == ["EVAL-CYCLE-TWICE"]


def test_who_may_open(world: World):
    stranger = person_actor(world["Trưởng A"], "evaluation.read")
    with pytest.raises(NotPermitted):
        actions.open_cycle(stranger, rulebook=BOOK, period="2026-07", unit=world.body, at=at(D(2026, 7, 1)))
    elsewhere = person_actor(world["Trưởng A"], "evaluation.manage", over=world.b)
    with pytest.raises(OutOfScope):
        actions.open_cycle(elsewhere, rulebook=BOOK, period="2026-07", unit=world.body, at=at(D(2026, 7, 1)))


@pytest.mark.parametrize(
    ("title", "standing"),
    [
        ("Trưởng phòng", "head"),
        ("Phó Trưởng phòng", "deputy"),
        ("Phó Giám đốc phụ trách", "head"),
        ("Quyền Giám đốc", "head"),
        ("Bí thư Đảng ủy", "head"),
        ("Phó Bí thư Thường trực", "deputy"),
        ("Chánh Văn phòng", "head"),
        ("Chuyên viên chính", "staff"),
        ("Lái xe", "support"),
        ("Trưởngphòng", "staff"),
    ],
)
def test_what_a_title_tells(title: str, standing: str):
    from canbo.foundation.kernel.text import fold
    from canbo.processes.evaluation.queries.posts import phrases, standing_of

    assert standing_of(fold(title), phrases(D(2026, 7, 1))) == standing


def test_the_number_of_queries_does_not_grow(world: World, opened: Open, django_assert_max_num_queries):
    for n in range(40):
        world.hire(f"Thêm {n}", world.a, "Chuyên viên")
    with django_assert_max_num_queries(60):
        opened(world.province)
