"""A member's way: admission, full membership, a move, leaving, coming back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from canbo.facts.decisions import actions as decisions
from canbo.facts.decisions.acts import Item
from canbo.facts.decisions.models import Decision
from canbo.facts.organisation.models import Unit
from canbo.facts.party import actions, queries
from canbo.facts.party.models import Badge, Card, Membership
from canbo.facts.people.models import Person
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.violation import OutOfScope, Refused

from .conftest import reaching, snapshot

D = dt.date
Make = Callable[..., Unit]
MakePerson = Callable[..., Person]
Decide = Callable[..., Decision]


@pytest.fixture
def cells(unit: Make) -> tuple[Unit, Unit, Unit]:
    top = unit("DB", shelf="dang", kind="đảng bộ cơ sở")
    return (
        top,
        unit("C1", shelf="dang", kind="chi bộ", parent=top),
        unit("C2", shelf="dang", kind="chi bộ", parent=top),
    )


def admit(decide: Decide, who: Person, cell: Unit) -> Decision:
    item = Item("ket_nap", who.pk, {"unit": cell.code, "ceremony_on": "15/09/2024"})
    return decide("10-QĐ/TU", D(2024, 8, 25), item)


def test_from_admission_to_full_membership(
    cells: tuple[Unit, Unit, Unit], person: MakePerson, decide: Decide, clerk: Actor
) -> None:
    top, c1, _ = cells
    who = person("HS1")
    admit(decide, who, c1)
    stay = Membership.objects.get()
    assert (stay.first_day, stay.admitted_on, stay.ceremony_on) == (D(2024, 9, 15), D(2024, 8, 25), D(2024, 9, 15))
    assert not queries.members_at(clerk, D(2024, 9, 14), top).exists()
    assert [m.person for m in queries.members_at(clerk, D(2024, 9, 15), top)] == [who]
    assert queries.seniority_of(clerk, who, D(2025, 8, 25)).years == 1  # type: ignore[union-attr]
    assert not queries.probationers_overdue(clerk, D(2025, 9, 14), 12, top).exists()
    assert queries.probationers_overdue(clerk, D(2025, 9, 15), 12, top).count() == 1
    before = snapshot()
    late = decide("50-QĐ/TU", D(2025, 11, 3), Item("cong_nhan_chinh_thuc", who.pk, {"official_on": "15/09/2025"}))
    # recognised as of the day probation ended, although the decision came seven weeks later
    assert not queries.probationers_at(clerk, D(2025, 9, 15)).exists()
    assert queries.probationers_at(clerk, D(2025, 9, 14)).count() == 1
    now = queries.stay_at(who, D(2025, 9, 15))
    assert now is not None
    assert (now.since, now.entry, now.official_on) == (D(2024, 9, 15), "ket_nap", D(2025, 9, 15))
    with pytest.raises(Refused, match="đã là đảng viên chính thức từ ngày 15/09/2025"):
        decide("51-QĐ/TU", D(2025, 12, 1), Item("cong_nhan_chinh_thuc", who.pk, {"official_on": "16/09/2025"}))
    decisions.annul(clerk, decision=late, on=D(2026, 1, 1), reason="sai thẩm quyền")
    assert snapshot() == before


def test_a_move_carries_the_dates_and_keeps_the_total(
    cells: tuple[Unit, Unit, Unit], person: MakePerson, decide: Decide, clerk: Actor
) -> None:
    top, c1, c2 = cells
    who = person("HS1")
    admit(decide, who, c1)
    decide("30-QĐ/TU", D(2025, 3, 1), Item("chuyen_sinh_hoat", who.pk, {"unit": "C2"}))
    for day, cell in ((D(2025, 2, 28), c1), (D(2025, 3, 1), c2)):
        found = queries.members_at(clerk, day, top).get()
        assert (found.unit, found.admitted_on) == (cell, D(2024, 8, 25))
    who.refresh_from_db()
    assert who.party_unit == c2
    head_of_c1 = reaching(c1, permissions=("party.read", "person.read"))
    assert queries.members_at(head_of_c1, D(2025, 2, 28)).count() == 1
    assert not queries.members_at(head_of_c1, D(2025, 3, 1)).exists()
    with pytest.raises(OutOfScope):
        queries.stays(head_of_c1, who)
    with pytest.raises(Refused, match="đang sinh hoạt tại"):
        decide("31-QĐ/TU", D(2025, 5, 1), Item("chuyen_sinh_hoat", who.pk, {"unit": "C2"}))


def test_leaving_and_coming_back(
    cells: tuple[Unit, Unit, Unit], person: MakePerson, decide: Decide, clerk: Actor
) -> None:
    who = person("HS1")
    stay = actions.admit(clerk, person=who, unit=cells[1], on=D(2000, 1, 10), admitted_on=D(2000, 1, 10))
    actions.end(clerk, stay=stay, act="xoa_ten", on=D(2010, 1, 10))
    assert queries.seniority_of(clerk, who, D(2012, 1, 10)).years == 10  # type: ignore[union-attr]
    with pytest.raises(Refused, match="đã từng được kết nạp"):
        decide("3-QĐ/TU", D(2022, 1, 10), Item("ket_nap", who.pk, {"unit": "C2"}))
    back = decide("4-QĐ/TU", D(2022, 1, 10), Item("ket_nap_lai", who.pk, {"unit": "C2"}))
    found = queries.seniority_of(clerk, who, D(2025, 1, 10))
    assert found is not None
    assert found.years == 13
    decisions.annul(clerk, decision=back, on=D(2025, 1, 1), reason="khiếu nại đúng")
    decide("5-QĐ/TU", D(2022, 1, 10), Item("phuc_hoi", who.pk, {"unit": "C1"}))
    assert queries.seniority_of(clerk, who, D(2025, 1, 10)).years == 25  # type: ignore[union-attr]
    restored = queries.stay_at(who, D(2025, 1, 1))
    assert restored is not None
    assert restored.admitted_on == D(2000, 1, 10)


def test_refusals(cells: tuple[Unit, Unit, Unit], unit: Make, person: MakePerson, decide: Decide) -> None:
    _, c1, _ = cells
    unit("SO", kind="sở")
    who = person("HS1")
    with pytest.raises(Refused, match="không phải là tổ chức đảng"):
        decide("1-QĐ/TU", D(2020, 1, 10), Item("ket_nap", who.pk, {"unit": "SO"}))
    with pytest.raises(Refused, match="chưa từng ra khỏi Đảng"):
        decide("2-QĐ/TU", D(2020, 1, 10), Item("ket_nap_lai", who.pk, {"unit": "C1"}))
    with pytest.raises(Refused, match="không phải đảng viên"):
        decide("3-QĐ/TU", D(2020, 1, 10), Item("khai_tru", who.pk))
    admit(decide, who, c1)
    with pytest.raises(Refused, match=r"sinh hoạt đảng tại Đơn vị C1 từ ngày 15/09/2024"):
        decide("4-QĐ/TU", D(2024, 10, 10), Item("chuyen_den", who.pk, {"unit": "C2"}))


def test_cards_and_badges(cells: tuple[Unit, Unit, Unit], person: MakePerson, decide: Decide, clerk: Actor) -> None:
    who = person("HS1")
    dates = {"admitted_on": D(1990, 1, 10), "official_on": D(1991, 1, 10)}
    actions.arrive(clerk, person=who, unit=cells[1], on=D(2000, 1, 1), **dates)
    decide("2-QĐ/TU", D(2020, 1, 10), Item("phat_the", who.pk, {"number": "38.001234"}))
    decide("3-QĐ/TU", D(2020, 2, 3), Item("tang_huy_hieu", who.pk, {"years": 30, "number": "777"}))
    assert (Card.objects.get().number, Badge.objects.get().years) == ("38.001234", 30)
    with pytest.raises(Refused, match="Đã được tặng Huy hiệu 30"):
        decide("4-QĐ/TU", D(2020, 5, 19), Item("tang_huy_hieu", who.pk, {"years": 30}))


def test_moving_needs_both_cells(cells: tuple[Unit, Unit, Unit], person: MakePerson, decide: Decide) -> None:
    _, c1, c2 = cells
    who = person("HS1")
    admit(decide, who, c1)
    stay = Membership.objects.get()
    head = reaching(c1, permissions=("party.write", "party.read", "unit.read", "person.read"))
    with pytest.raises(OutOfScope):
        actions.move(head, stay=stay, unit=c2, on=D(2025, 1, 1))
    assert Membership.objects.count() == 1


def test_seniority_runs_from_the_decision_else_the_ceremony_else_the_card(
    cells: tuple[Unit, Unit, Unit], person: MakePerson, clerk: Actor
) -> None:
    who = person("HS1")
    assert queries.first_decision(who) is None
    Card.objects.create(person=who, form="phat", on=D(2001, 3, 3))
    assert queries.first_decision(who) == D(2001, 3, 3)
    stay = actions.arrive(clerk, person=who, unit=cells[1], on=D(2000, 1, 1), ceremony_on=D(1995, 2, 10))
    assert queries.first_decision(who) == D(1995, 2, 10), "the ceremony goes before the card"
    Membership.objects.filter(pk=stay.pk).update(admitted_on=D(1995, 1, 20))
    assert queries.first_decision(who) == D(1995, 1, 20)
    assert queries.first_decision(who, "ceremony") == D(1995, 2, 10)
    assert queries.seniority_of(clerk, who, D(2025, 1, 20)).years == 30  # type: ignore[union-attr]
