"""The acts of decisions know the dated rules: choices of the day, refusals with their article, remarks in a preview."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from django.db import connection

from canbo.facts.decisions import actions, queries
from canbo.facts.decisions.acts import Item, registry
from canbo.facts.decisions.models import Decision
from canbo.facts.decisions.rules import Heading, Numbering, number_faults
from canbo.facts.organisation.models import Unit
from canbo.facts.party import actions as party
from canbo.facts.party.models import Membership
from canbo.facts.party.queries import badge_conditions
from canbo.facts.people.models import Person
from canbo.facts.staffing.models import Assignment
from canbo.facts.training import actions as training
from canbo.foundation import rulebooks
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.violation import Refused

from .conftest import snapshot

D = dt.date
Make = Callable[..., Unit]
MakePerson = Callable[..., Person]
Decide = Callable[..., Decision]
DAY = D(2025, 7, 10)


@pytest.fixture
def cell(unit: Make) -> Unit:
    return unit("C1", shelf="dang", kind="chi bộ", parent=unit("DB", shelf="dang", kind="đảng bộ cơ sở"))


def look(clerk: Actor, *items: Item, day: dt.date = DAY) -> set[tuple[str, bool]]:
    """Codes a preview finds, and whether each blocks."""
    seen = actions.preview(clerk, Heading("9-QĐ/TU", day, "Tỉnh ủy Mẫu"), items)
    return {(fault.code, fault.blocking) for fault in seen.violations}


def member(clerk: Actor, who: Person, cell: Unit, *, official: bool = True) -> Membership:
    dates = {"admitted_on": D(2018, 2, 1), "ceremony_on": D(2018, 2, 3)} | (
        {"official_on": D(2019, 2, 3)} if official else {}
    )
    return party.arrive(clerk, person=who, unit=cell, on=D(2020, 1, 1), **dates)


def test_choices_are_those_of_the_day() -> None:
    kind = next(field for field in registry()["thanh_lap"].fields if field.name == "kind")
    assert ("huyện", "Huyện") in kind.options(D(2025, 6, 30))
    assert ("huyện", "Huyện") not in kind.options(D(2025, 7, 1))
    with pytest.raises(ValueError, match="danh mục ngày 01/07/2025 không có “huyện”"):
        kind.chosen("huyện", D(2025, 7, 1))
    form = registry()["ky_luat"].fields[0]
    assert form.chosen("khai trừ khỏi đảng", DAY) == "Khai trừ"
    years = registry()["tang_huy_hieu"].fields[0]
    assert (years.chosen("45", DAY), years.chosen("45 năm", DAY)) == ("45", "45")
    with pytest.raises(ValueError, match="Huy hiệu 30 năm"):
        years.chosen("35", DAY)


def test_every_act_has_its_name_in_the_catalogues() -> None:
    rules = rulebooks.current()
    lost = [(a.code, n) for a in registry().values() for p, n in a.named if rules.catalogue(p, on=DAY).find(n) is None]
    assert lost == []
    assert sum(bool(act.named) for act in registry().values()) > 30


def test_a_kind_that_is_no_more_is_refused(unit: Make, decide: Decide) -> None:
    top = unit("T", kind="tỉnh")
    values = {"code": "H1", "name": "Huyện Mẫu", "kind": "Huyện", "shelf": "nha_nuoc"}
    decide("1-QĐ/TU", D(2025, 6, 30), Item("thanh_lap", top.pk, values))
    with pytest.raises(Refused, match="danh mục ngày 01/07/2025"):
        decide(
            "2-QĐ/TU", D(2025, 6, 30), Item("thanh_lap", top.pk, values | {"code": "H2"}), effective_on=D(2025, 7, 1)
        )


def test_admission_is_judged_on_the_day_the_cell_considered_it(cell: Unit, person: MakePerson, clerk: Actor) -> None:
    young = person("HS1", born_on=D(2007, 7, 31))
    values = {"unit": "C1"}
    assert look(clerk, Item("ket_nap", young.pk, values)) == {("PARTY-ADMISSION-CERTIFICATE", False)}
    early = Item("ket_nap", young.pk, values | {"considered_on": "30/06/2025"})
    assert ("PARTY-ADMISSION-AGE", True) in look(clerk, early)
    training.enrol(clerk, person=young, course="Lớp cảm tình Đảng", level="nhận thức về đảng", on=D(2020, 7, 10))
    assert look(clerk, Item("ket_nap", young.pk, values)) == set()
    assert look(clerk, Item("ket_nap", young.pk, values), day=D(2025, 7, 11)) == {("PARTY-ADMISSION-CERTIFICATE", True)}


def test_without_a_rule_of_that_day_an_act_is_refused_and_says_so(
    cell: Unit, person: MakePerson, decide: Decide
) -> None:
    with pytest.raises(Refused) as refusal:
        decide("1-QĐ/TU", D(2010, 3, 1), Item("ket_nap", person("HS1").pk, {"unit": "C1"}))
    codes = {fault.code for fault in refusal.value.violations}
    assert codes == {"RULE-NOT-IN-FORCE"}
    assert "có hiệu lực ngày 01/03/2010" in str(refusal.value)


def test_full_membership_takes_the_day_probation_ended(cell: Unit, person: MakePerson, decide: Decide) -> None:
    who = person("HS1")
    decide("1-QĐ/TU", D(2024, 8, 25), Item("ket_nap", who.pk, {"unit": "C1", "ceremony_on": "15/09/2024"}))
    with pytest.raises(Refused, match="hết thời gian dự bị ngày 15/09/2025"):
        decide("2-QĐ/TU", D(2025, 9, 14), Item("cong_nhan_chinh_thuc", who.pk))
    decide("3-QĐ/TU", D(2025, 11, 3), Item("cong_nhan_chinh_thuc", who.pk), Item("phat_the", who.pk))
    assert Membership.objects.at(D(2025, 9, 15)).get(person=who).official_on == D(2025, 9, 15)


def test_probationary_members_are_not_expelled(cell: Unit, person: MakePerson, clerk: Actor) -> None:
    new, old = person("HS1"), person("HS2")
    member(clerk, new, cell, official=False)
    member(clerk, old, cell)
    assert ("PARTY-PROBATIONARY-DISCIPLINE", True) in look(clerk, Item("khai_tru", new.pk))
    assert ("PARTY-PROBATIONARY-DISCIPLINE", True) in look(clerk, Item("ky_luat", new.pk, {"form": "khai trừ"}))
    assert ("PARTY-PROBATIONARY-DISCIPLINE", False) in look(clerk, Item("ky_luat", new.pk, {"form": "cách chức"}))
    assert look(clerk, Item("ky_luat", new.pk, {"form": "cảnh cáo"})) == set()
    assert look(clerk, Item("khai_tru", old.pk)) == {("PARTY-CELL-SMALL", False)}


def test_badges_by_what_the_records_say(cell: Unit, person: MakePerson, decide: Decide, clerk: Actor) -> None:
    who = person("HS1", born_on=D(1960, 1, 1))
    party.arrive(clerk, person=who, unit=cell, on=D(2000, 1, 1), admitted_on=D(1995, 9, 2), official_on=D(1996, 9, 2))
    with pytest.raises(Refused, match="chưa đủ 30 năm"):
        decide("1-QĐ/TU", D(2025, 8, 20), Item("tang_huy_hieu", who.pk, {"years": 30, "round_on": "19/05/2025"}))
    decide("2-QĐ/TU", D(2025, 8, 20), Item("tang_huy_hieu", who.pk, {"years": "30 năm", "round_on": "02/09/2025"}))
    found = {condition.code: condition.met for condition in badge_conditions(who, 30, D(2025, 11, 7))}
    assert found == {"PARTY-BADGE-TWICE": False, "PARTY-BADGE-DAY": True, "PARTY-BADGE-SENIORITY": True}


def test_the_dead_are_given_nothing(cell: Unit, unit: Make, person: MakePerson, clerk: Actor) -> None:
    room, who = unit("P"), person("HS1", died_on=D(2025, 7, 9))
    assert look(clerk, Item("bo_nhiem", who.pk, {"unit": room.code, "title": "Trưởng phòng"})) == {
        ("PERSON-DEAD", True)
    }
    assert ("PERSON-DEAD", True) in look(clerk, Item("ket_nap", who.pk, {"unit": "C1"}))


def test_a_post_past_the_age_of_retirement_is_remarked(unit: Make, person: MakePerson, clerk: Actor) -> None:
    room, who = unit("P"), person("HS1", born_on=D(1968, 9, 10))
    post = {"unit": room.code, "title": "Trưởng phòng"}
    assert look(clerk, Item("bo_nhiem", who.pk, post | {"term_until": "31/12/2025"})) == {("POST-RETIREMENT", False)}
    assert look(clerk, Item("bo_nhiem", who.pk, post | {"term_until": "31/05/2025"}), day=D(2025, 1, 10)) == set()


def test_nobody_decides_upon_herself(unit: Make, person: MakePerson, clerk: Actor) -> None:
    room, who = unit("P"), person("HS1")
    herself = replace(clerk, person_id=who.pk)
    assert ("DECISION-SELF", True) in look(herself, Item("bo_nhiem", who.pk, {"unit": room.code, "title": "Giám đốc"}))


def test_a_preview_sees_what_earlier_items_change(unit: Make, person: MakePerson, decide: Decide, clerk: Actor) -> None:
    room, who = unit("P"), person("HS1")
    post = {"unit": room.code, "title": "Trưởng phòng"}
    decide("1-QĐ/TU", D(2024, 1, 5), Item("bo_nhiem", who.pk, post))
    before, papers = snapshot(), Decision.objects.count()
    heading = Heading("", DAY, "Tỉnh ủy Mẫu")
    seen = actions.preview(clerk, heading, [Item("mien_nhiem", who.pk), Item("bo_nhiem", who.pk, post)])
    assert [fault.code for fault in seen.violations] == ["DECISION-MISSING"]
    assert [len(lines) for lines in seen.explanations] == [1, 1]
    again = actions.preview(clerk, heading, [Item("mien_nhiem", who.pk), Item("mien_nhiem", who.pk)])
    assert [(f.code, f.field) for f in again.violations][1:] == [("POST-NOT-HELD", "items.2.title")]
    assert (snapshot(), Decision.objects.count()) == (before, papers)


def test_terms_come_from_the_rulebook(decide: Decide) -> None:
    numbering = queries.numbering(DAY)
    assert D(2020, 11, 1) in numbering.terms
    assert numbering.source == "36-HD/VPTW ngày 03/04/2018"
    decide("12-QĐ/TU", D(2021, 6, 1))
    with pytest.raises(Refused, match="trong cùng nhiệm kỳ"):
        decide("12-QĐ/TU", D(2024, 8, 9))
    decide("12-QĐ/TU", D(2024, 8, 9), doc_type="Quy định")
    decide("12-QĐ/TU", D(2025, 12, 1))


def test_near_a_day_nobody_verified_a_number_used_twice_is_a_remark() -> None:
    old, new = Heading("12-QĐ/TU", D(2021, 6, 1), "A"), Heading("12-QĐ/TU", D(2025, 10, 5), "A")
    terms = (D(2020, 11, 1), D(2025, 11, 1))
    assert [f.blocking for f in number_faults(new, [old], Numbering(terms, frozenset(terms)))] == [False]
    assert [f.blocking for f in number_faults(new, [old], Numbering(terms))] == [True]
    edge = replace(new, issued_on=D(2025, 11, 1) - dt.timedelta(days=184))
    assert [f.blocking for f in number_faults(edge, [old], Numbering(terms, frozenset(terms)))] == [True]


@pytest.mark.django_db(transaction=True)
def test_two_records_of_one_number_wait_for_each_other(clerk: Actor) -> None:
    def enter(day: int) -> bool:
        try:
            actions.record(clerk, number="77-QĐ/TU", issued_on=D(2023, 5, day), issuer="Tỉnh ủy Mẫu")
        except Refused:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(6) as pool:
        done = list(pool.map(enter, range(1, 7)))
    assert sorted(done) == [False] * 5 + [True]


def test_official_names_are_kept(unit: Make, person: MakePerson, decide: Decide) -> None:
    room, who = unit("P"), person("HS1")
    decide("1-QĐ/TU", D(2024, 1, 5), Item("bo_nhiem", who.pk, {"unit": room.code, "title": "Trưởng phòng"}))
    decide("2-QĐ/TU", D(2025, 1, 5), Item("nghi_huu_truoc_tuoi", who.pk))
    assert Assignment.objects.get().closing_act == "nghỉ hưu"
