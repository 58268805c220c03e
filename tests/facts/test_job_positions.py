"""Job positions: from a typed list to an approved one, who is placed on them, and taking it all back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from canbo.facts.decisions import actions as decisions
from canbo.facts.decisions.acts import Item
from canbo.facts.organisation.models import Unit
from canbo.facts.people.models import Person
from canbo.facts.staffing import actions
from canbo.facts.staffing.actions import PlacementLine
from canbo.facts.staffing.models import (
    Committee,
    DescriptionDraft,
    JobPosition,
    Placement,
    PositionApproval,
    PositionDescription,
    PositionListDraft,
)
from canbo.facts.staffing.queries import positions as queries
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.violation import NotPermitted, OutOfScope, Refused

from .conftest import reaching

D = dt.date
ON = D(2026, 3, 1)
LATER = D(2026, 9, 1)
Make = Callable[..., Any]

ROWS = [
    {"code": "LD01", "name": "Trưởng ban", "group": "lãnh đạo, quản lý", "min_rank": "Chuyên viên chính"},
    {
        "code": "CM01", "name": "Chuyên viên về tổ chức đảng", "group": "Chuyên môn nghiệp vụ",
        "min_rank": "Chuyên viên", "max_rank": "Chuyên viên chính", "headcount": "3",
    },
    {"code": "HT01", "name": "Văn thư", "group": "hỗ trợ", "min_rank": "cán sự"},
]  # fmt: skip


@pytest.fixture
def body(unit: Make) -> Unit:
    return unit("BTC", name="Ban Tổ chức Tỉnh ủy", kind="cơ quan tham mưu của cấp ủy", shelf="dang")


def appraised(clerk: Actor, body: Unit, rows: list[dict[str, str]], on: D = ON) -> PositionListDraft:
    draft = actions.save_list(clerk, unit=body, rows=rows, on=on)
    actions.submit_list(clerk, draft=draft, on=on)
    return actions.appraise_list(clerk, draft=draft, on=on, passed=True)


@pytest.fixture
def approved(clerk: Actor, body: Unit, decide: Make) -> Unit:
    appraised(clerk, body, ROWS)
    decide("5-QĐ/TU", ON, Item("phe_duyet_vi_tri", body.pk))
    return body


def codes(refusal: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [fault.code for fault in refusal.value.violations]


def in_force(body: Unit, day: D) -> dict[str, tuple[str, int]]:
    return {row.code: (row.name, row.headcount) for row in JobPosition.objects.at(day).filter(unit=body)}


def test_a_decision_approves_the_appraised_list_from_its_day(approved: Unit) -> None:
    assert in_force(approved, D(2026, 2, 28)) == {}
    assert in_force(approved, ON) == {
        "LD01": ("Trưởng ban", 1), "CM01": ("Chuyên viên về tổ chức đảng", 3), "HT01": ("Văn thư", 1),
    }  # fmt: skip
    row = JobPosition.objects.get(code="HT01")
    assert (row.group, row.min_rank, row.opened_by.number) == ("ho_tro", "Cán sự", "5-QĐ/TU")
    assert queries.approval_at(approved, ON) is not None
    assert queries.open_list(approved) is None


def test_every_fault_of_every_line_is_told_at_once(clerk: Actor, body: Unit) -> None:
    rows = [
        {"code": "A", "name": "Trưởng phòng", "group": "không có", "min_rank": "Chuyên viên cao cấp",
         "max_rank": "Cán sự"},
        {"code": "a", "name": "trưởng phòng", "group": "hỗ trợ", "headcount": "0"},
        {"name": "Kế toán", "group": "dùng chung", "min_rank": "ngạch lạ", "headcount": "2,5"},
    ]  # fmt: skip
    draft = actions.save_list(clerk, unit=body, rows=rows, on=ON)
    with pytest.raises(Refused) as refusal:
        actions.submit_list(clerk, draft=draft, on=ON)
    assert codes(refusal) == [
        "POSITION-GROUP", "POSITION-RANKS",
        "POSITION-COUNT", "POSITION-TWICE", "POSITION-TWICE",
        "POSITION-MISSING", "POSITION-RANK", "POSITION-COUNT",
    ]  # fmt: skip
    assert "Dòng 2:" in refusal.value.violations[2].message
    assert PositionListDraft.objects.get().state == "soan", "the draft is kept, faults and all"


def test_an_unappraised_list_is_not_approved(clerk: Actor, body: Unit, decide: Make) -> None:
    draft = actions.save_list(clerk, unit=body, rows=ROWS, on=ON)
    actions.submit_list(clerk, draft=draft, on=ON)
    with pytest.raises(Refused) as refusal:
        decide("5-QĐ/TU", ON, Item("phe_duyet_vi_tri", body.pk))
    assert codes(refusal) == ["POSITION-LIST-NOT-READY"]


def test_nobody_appraises_what_she_submitted_and_returning_says_why(body: Unit) -> None:
    writer = reaching(body, permissions=("staffing.write", "unit.read"))
    draft = actions.save_list(writer, unit=body, rows=ROWS, on=ON)
    actions.submit_list(writer, draft=draft, on=ON)
    with pytest.raises(Refused) as refusal:
        actions.appraise_list(writer, draft=draft, on=ON, passed=False)
    assert codes(refusal) == ["POSITION-LIST-OWN", "POSITION-LIST-WHY"]
    other = Actor("Người khác", user_id=8, reaches=writer.reaches)
    returned = actions.appraise_list(other, draft=draft, on=ON, passed=False, opinion="Thiếu vị trí kế toán")
    assert (returned.state, returned.opinion) == ("tra_lai", "Thiếu vị trí kế toán")
    actions.save_list(writer, unit=body, rows=ROWS[:2], on=ON)
    with pytest.raises(Refused) as refusal:
        actions.appraise_list(other, draft=draft, on=ON, passed=True)
    assert codes(refusal) == ["POSITION-LIST-STATE"], "it was not submitted again"


def test_a_submitted_list_is_not_changed_unless_withdrawn(clerk: Actor, body: Unit) -> None:
    draft = appraised(clerk, body, ROWS)
    with pytest.raises(Refused) as refusal:
        actions.save_list(clerk, unit=body, rows=ROWS[:1], on=ON)
    assert codes(refusal) == ["POSITION-LIST-SUBMITTED"]
    actions.withdraw_list(clerk, draft=draft, on=ON)
    assert len(actions.save_list(clerk, unit=body, rows=ROWS[:1], on=ON).rows) == 1
    actions.discard_list(clerk, draft=draft, on=ON)
    assert not PositionListDraft.objects.exists()


def test_a_later_decision_adjusts_the_list_and_annulling_it_brings_the_first_back(
    clerk: Actor, approved: Unit, decide: Make
) -> None:
    before = in_force(approved, LATER)
    kept = JobPosition.objects.get(code="LD01").pk
    changed = [ROWS[0], {**ROWS[1], "headcount": "2"}, {"code": "CM02", "name": "Thống kê", "group": "chuyên ngành"}]
    appraised(clerk, approved, changed, LATER)
    decision = decide("9-QĐ/TU", LATER, Item("phe_duyet_vi_tri", approved.pk))
    assert in_force(approved, D(2026, 8, 31)) == before
    assert set(in_force(approved, LATER)) == {"LD01", "CM01", "CM02"}
    assert in_force(approved, LATER)["CM01"][1] == 2
    assert JobPosition.objects.get(code="LD01").pk == kept, "what stays as it was goes on"
    decisions.annul(clerk, decision=decision, on=LATER, reason="sai số lượng")
    assert in_force(approved, LATER) == before
    assert PositionApproval.objects.at(LATER).get().opened_by.number == "5-QĐ/TU"
    waiting = queries.open_list(approved)
    assert waiting is not None
    assert waiting.state == "tham_dinh", "the list waits for a decision again"


def test_a_list_is_not_put_before_a_later_one(clerk: Actor, approved: Unit, decide: Make) -> None:
    appraised(clerk, approved, ROWS[:1])
    with pytest.raises(Refused) as refusal:
        decide("4-QĐ/TU", D(2026, 2, 1), Item("phe_duyet_vi_tri", approved.pk))
    assert codes(refusal) == ["POSITION-LATER"]


def test_a_list_is_copied_from_another_body(clerk: Actor, approved: Unit, unit: Make) -> None:
    other = unit("BTC2")
    draft = actions.copy_list(clerk, unit=other, source=approved, on=ON)
    assert [row["code"] for row in draft.rows] == ["CM01", "HT01", "LD01"]
    assert not queries.read_rows(draft.rows, ON).faults
    with pytest.raises(Refused) as refusal:
        actions.copy_list(clerk, unit=approved, source=unit("BTC3"), on=ON)
    assert codes(refusal) == ["POSITION-COPY-EMPTY"]


class TestPlacing:
    """Bố trí người vào vị trí."""

    @pytest.fixture
    def people(self, person: Make) -> list[Person]:
        return [person(f"HS{n}", rank=rank) for n, rank in enumerate(("Chuyên viên", "Cán sự", ""), 1)]

    def place(self, clerk: Actor, body: Unit, *pairs: tuple[str, str], on: D = ON, **more: Any) -> list[Placement]:
        return actions.place(clerk, unit=body, lines=[PlacementLine(*pair) for pair in pairs], on=on, **more)

    def test_holders_vacancies_and_those_below_the_lowest_rank(
        self, clerk: Actor, approved: Unit, people: list[Person]
    ) -> None:
        self.place(clerk, approved, ("HS1", "LD01"), ("HS2", "CM01"), ("HS3", "CM01"))
        found = {p.row.code: p for p in queries.body_positions(approved, ON)}
        assert {code: (p.filling.vacant, p.filling.over) for code, p in found.items()} == {
            "LD01": (0, 0), "CM01": (1, 0), "HT01": (1, 0),
        }  # fmt: skip
        below = {h.placement.person.code: h.below for p in found.values() for h in p.holders}
        assert below == {"HS1": True, "HS2": True, "HS3": False}, "an unknown rank is not judged"
        assert [p.row.code for p in queries.body_positions(approved, D(2026, 2, 1))] == []

    def test_a_main_placement_ends_the_one_before_it(self, clerk: Actor, approved: Unit, people: list[Person]) -> None:
        self.place(clerk, approved, ("HS1", "CM01"))
        actions.place(clerk, unit=approved, lines=[PlacementLine("HS1", "HT01", concurrent=True)], on=LATER)
        self.place(clerk, approved, ("HS1", "LD01"), on=D(2026, 10, 1))
        rows = queries.placements_of(people[0], D(2026, 10, 1))
        assert [(p.position_code, p.concurrent) for p, _ in rows] == [("LD01", False), ("HT01", True)]
        assert Placement.objects.get(position_code="CM01").last_day == D(2026, 9, 30)

    def test_all_faults_of_all_lines_and_nothing_written(
        self, clerk: Actor, approved: Unit, people: list[Person]
    ) -> None:
        with pytest.raises(Refused) as refusal:
            self.place(
                clerk, approved, ("HS1", "LD01"), ("HS1", "CM01"), ("HS1", "LD01"), ("HS9", "CM01"), ("HS2", "XX")
            )
        assert codes(refusal) == [
            "PLACEMENT-MAIN", "PLACEMENT-TWICE", "PLACEMENT-MAIN", "PLACEMENT-PERSON", "PLACEMENT-POSITION",
        ]  # fmt: skip
        assert not Placement.objects.exists()
        self.place(clerk, approved, ("HS1", "LD01"))
        with pytest.raises(Refused) as refusal:
            self.place(clerk, approved, ("HS1", "LD01"), on=LATER)
        assert codes(refusal) == ["PLACEMENT-HELD"]

    def test_not_before_a_placement_that_is_still_to_come(
        self, clerk: Actor, approved: Unit, people: list[Person]
    ) -> None:
        self.place(clerk, approved, ("HS1", "LD01"), on=LATER)
        with pytest.raises(Refused) as refusal:
            self.place(clerk, approved, ("HS1", "CM01"))
        assert codes(refusal) == ["PLACEMENT-LATER"]

    def test_nobody_places_herself_or_outside_her_scope(
        self, clerk: Actor, approved: Unit, unit: Make, people: list[Person]
    ) -> None:
        reach = {"staffing.write", "unit.read", "person.read"}
        actor = reaching(approved, permissions=tuple(reach), everywhere=True)
        own = Actor("Chính mình", user_id=3, reaches=actor.reaches, person_id=people[0].pk)
        with pytest.raises(Refused) as refusal:
            self.place(own, approved, ("HS1", "LD01"))
        assert codes(refusal) == ["PLACEMENT-SELF"]
        elsewhere = reaching(unit("KH"), permissions=tuple(reach))
        with pytest.raises(OutOfScope):
            self.place(elsewhere, approved, ("HS2", "CM01"))
        reader = reaching(approved, permissions=("unit.read",))
        with pytest.raises(NotPermitted):
            self.place(reader, approved, ("HS2", "CM01"))

    def test_positions_with_people_on_them_are_not_annulled_away(
        self, clerk: Actor, approved: Unit, people: list[Person]
    ) -> None:
        (row,) = self.place(clerk, approved, ("HS1", "LD01"))
        decision = JobPosition.objects.get(code="LD01").opened_by
        with pytest.raises(Refused) as refusal:
            decisions.annul(clerk, decision=decision, on=LATER, reason="thử")
        assert codes(refusal) == ["ANNUL-POSITION-USED"]
        actions.void_placement(clerk, placement=row, on=LATER, reason="ghi nhầm")
        decisions.annul(clerk, decision=decision, on=LATER, reason="thử")
        assert in_force(approved, LATER) == {}

    def test_whoever_left_the_body_is_told_apart(
        self, clerk: Actor, approved: Unit, people: list[Person], decide: Make
    ) -> None:
        given = {"unit": "BTC", "title": "Chuyên viên"}
        decide("6-QĐ/TU", ON, Item("tuyen_dung", people[0].pk, given))
        self.place(clerk, approved, ("HS1", "CM01"))
        decide("7-QĐ/TU", LATER, Item("nghi_huu", people[0].pk, {}))
        left = {day: [h.left for p in queries.body_positions(approved, day) for h in p.holders] for day in (ON, LATER)}
        assert left == {ON: [False], LATER: [True]}
        (held,) = Placement.objects.all()
        actions.displace(clerk, placement=held, on=LATER)
        assert not Placement.objects.at(LATER).exists()


class TestDescribing:
    """Bản mô tả và khung năng lực."""

    CONTENT = {"purpose": "Tham mưu về tổ chức đảng", "tasks": [{"task": "Tham mưu", "work": "Soạn đề án"}]}

    def test_versions_follow_each_other_and_a_wrong_one_is_taken_back(self, clerk: Actor, approved: Unit) -> None:
        given: dict[str, Any] = {"unit": approved, "code": "CM01"}
        actions.save_description_draft(clerk, **given, content=self.CONTENT, on=ON)
        first = actions.describe_position(clerk, **given, content=self.CONTENT, on=ON)
        assert not DescriptionDraft.objects.exists()
        second = actions.describe_position(clerk, **given, content={**self.CONTENT, "purpose": "Khác"}, on=LATER)
        assert [r.pk for r in queries.descriptions(approved, "CM01", LATER)] == [second.pk, first.pk]
        assert queries.descriptions_at(approved, ON)["CM01"]["purpose"] == "Tham mưu về tổ chức đảng"
        actions.void_description(clerk, description=second, on=LATER, reason="nhầm vị trí")
        now = PositionDescription.objects.at(LATER).get()
        assert (now.content, now.since) == (first.content, ON), "what it said goes on"

    def test_what_is_refused(self, clerk: Actor, approved: Unit) -> None:
        with pytest.raises(Refused) as refusal:
            actions.describe_position(clerk, unit=approved, code="XX", content={}, on=ON)
        assert codes(refusal) == ["POSITION-UNKNOWN", "DESCRIPTION-EMPTY"]
        actions.describe_position(clerk, unit=approved, code="CM01", content=self.CONTENT, on=LATER)
        with pytest.raises(Refused) as refusal:
            actions.describe_position(clerk, unit=approved, code="CM01", content=self.CONTENT, on=ON)
        assert codes(refusal) == ["DESCRIPTION-LATER"]

    def test_descriptions_come_along_from_a_body_of_the_same_kind(
        self, clerk: Actor, approved: Unit, unit: Make, decide: Make
    ) -> None:
        actions.describe_position(clerk, unit=approved, code="CM01", content=self.CONTENT, on=ON)
        other = unit("BTC2")
        renamed = [{**row, "code": f"X{n}"} for n, row in enumerate(queries.list_rows(approved, ON))]
        appraised(clerk, other, renamed)
        decide("8-QĐ/TU", ON, Item("phe_duyet_vi_tri", other.pk))
        assert actions.copy_descriptions(clerk, unit=other, source=approved, on=ON) == 1
        assert DescriptionDraft.objects.get(unit=other).position_code == "X0"
        assert actions.copy_descriptions(clerk, unit=other, source=approved, on=ON) == 0, "never over a draft"


class TestCommitteeNumbers:
    """Quy định số lượng cấp ủy."""

    @pytest.fixture
    def commune(self, unit: Make) -> Unit:
        return unit("BM", kind="đảng bộ xã", shelf="dang")

    def test_a_decision_sets_it_a_later_one_changes_it_annulling_brings_it_back(
        self, clerk: Actor, commune: Unit, decide: Make
    ) -> None:
        first = {"body": "Ban Chấp hành", "size": "27", "term": "2025–2030", "term_until": "30/06/2030"}
        decide("1-QĐ/TU", ON, Item("so_luong_cap_uy", commune.pk, first))
        decision = decide("2-QĐ/TU", LATER, Item("so_luong_cap_uy", commune.pk, {"body": "bch", "size": "29"}))
        row = Committee.objects.at(LATER).get()
        assert (row.size, row.term, row.term_until) == (29, "2025–2030", D(2030, 6, 30)), "the term goes on"
        assert Committee.objects.at(ON).get().size == 27
        decisions.annul(clerk, decision=decision, on=LATER, reason="sai")
        assert Committee.objects.at(LATER).get().size == 27

    def test_what_is_refused(self, commune: Unit, unit: Make, decide: Make) -> None:
        values = {"body": "bch", "size": "0", "term_until": "01/01/2020"}
        with pytest.raises(Refused) as refusal:
            decide("1-QĐ/TU", ON, Item("so_luong_cap_uy", commune.pk, values))
        assert codes(refusal) == ["COMMITTEE-SIZE", "COMMITTEE-TERM"]
        with pytest.raises(Refused) as refusal:
            decide("1-QĐ/TU", ON, Item("so_luong_cap_uy", unit("SO").pk, {"body": "bch", "size": "9,5"}))
        assert codes(refusal) == ["COMMITTEE-NUMBER", "COMMITTEE-PARTY"]
        decide("1-QĐ/TU", LATER, Item("so_luong_cap_uy", commune.pk, {"body": "bch", "size": "27"}))
        with pytest.raises(Refused) as refusal:
            decide("2-QĐ/TU", ON, Item("so_luong_cap_uy", commune.pk, {"body": "bch", "size": "25"}))
        assert codes(refusal) == ["COMMITTEE-LATER"]
