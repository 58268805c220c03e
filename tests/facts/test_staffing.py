"""Posts, moves, terms, places; as-of answers for somebody who moved."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from canbo.facts.decisions.acts import Item
from canbo.facts.decisions.models import Decision
from canbo.facts.organisation import actions as organisation
from canbo.facts.organisation import queries as units
from canbo.facts.organisation.models import Unit
from canbo.facts.people import queries as people
from canbo.facts.people.models import Person
from canbo.facts.staffing import actions, queries
from canbo.facts.staffing.models import Assignment, StaffQuota
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.violation import NotPermitted, OutOfScope, Refused

from .conftest import reaching

D = dt.date
Make = Callable[..., Unit]
MakePerson = Callable[..., Person]
Decide = Callable[..., Decision]
ALL = ("staffing.read", "staffing.write", "person.read", "unit.read")


def test_somebody_who_moved(unit: Make, person: MakePerson, decide: Decide, clerk: Actor) -> None:
    top = unit("T")
    a, b = unit("A", parent=top), unit("B", parent=top)
    who = person("HS1")
    decide("1-QĐ/TU", D(2020, 1, 1), Item("bo_nhiem", who.pk, {"unit": "A", "title": "Trưởng phòng"}))
    decide("2-QĐ/TU", D(2021, 1, 1), Item("bo_nhiem", who.pk, {"unit": "A", "title": "Bí thư", "concurrent": "x"}))
    decide("3-QĐ/TU", D(2025, 3, 1), Item("dieu_dong_bo_nhiem", who.pk, {"unit": "B", "title": "Giám đốc"}))
    held = {
        day: [(r.unit.code, r.title) for r in queries.posts_of(clerk, who, day)]
        for day in (D(2020, 6, 1), D(2025, 2, 28), D(2025, 3, 1))
    }
    assert held[D(2020, 6, 1)] == [("A", "Trưởng phòng")]
    assert sorted(held[D(2025, 2, 28)]) == [("A", "Bí thư"), ("A", "Trưởng phòng")]
    assert sorted(held[D(2025, 3, 1)]) == [("A", "Bí thư"), ("B", "Giám đốc")]
    new = Assignment.objects.get(unit=b)
    assert new.acts == ["điều động", "bổ nhiệm"]
    who.refresh_from_db()
    assert who.work_unit == b
    head_of_a = reaching(a, permissions=ALL)
    head_of_b = reaching(b, permissions=ALL)
    assert who not in people.visible(head_of_a, D(2026, 1, 1))
    assert people.search(head_of_b, "nguyen hs1", D(2026, 1, 1)) == [who]
    assert [r.title for r in queries.holders_at(head_of_a, D(2020, 6, 1))] == ["Trưởng phòng"]
    assert [r.title for r in queries.holders_at(head_of_b, D(2025, 3, 1))] == ["Giám đốc"]


def test_terms_seats_and_quotas(unit: Make, person: MakePerson, decide: Decide, clerk: Actor) -> None:
    room, first, second = unit("P"), person("HS1"), person("HS2")
    actions.open_post(clerk, unit=room, title="Phó trưởng phòng", seats=3, on=D(2020, 1, 1))
    with pytest.raises(Refused, match="đã khai"):
        actions.open_post(clerk, unit=room, title="phó trưởng phòng", seats=2, on=D(2019, 1, 1))
    for number, who in enumerate((first, second)):
        values = {"unit": "P", "title": "Phó Trưởng phòng", "term_until": f"{1 + number:02d}/02/2025"}
        decide(f"{number}-QĐ/TU", D(2020, 2, 1), Item("bo_nhiem", who.pk, values))
    assert [r.person for r in queries.expiring(clerk, D(2025, 1, 1), D(2025, 2, 1))] == [first]
    assert [seat.vacant for seat in queries.seats(clerk, room, D(2021, 1, 1))] == [1]
    assert [seat.vacant for seat in queries.vacancies(clerk, D(2020, 1, 15))] == [3]
    again = Item("bo_nhiem_lai", first.pk, {"term_until": "01/02/2030"})
    decide("9-QĐ/TU", D(2025, 2, 2), again)
    assert [r.acts for r in queries.posts_of(clerk, first)] == [["bổ nhiệm lại"], ["bổ nhiệm"]]
    assert [r.person for r in queries.overdue(clerk, D(2025, 3, 1))] == [second]
    actions.set_quota(clerk, unit=room, staff_group="công chức", assigned=12, on=D(2020, 1, 1))
    actions.set_quota(clerk, unit=room, staff_group="công chức", assigned=10, on=D(2024, 1, 1))
    actions.set_quota(clerk, unit=room, staff_group="công chức", assigned=20, on=D(2015, 1, 1), baseline=True)
    assert [q.assigned for q in queries.quotas(clerk, room, D(2023, 12, 31))] == [12]
    assert [q.assigned for q in queries.quotas(clerk, room, D(2024, 1, 1))] == [10]
    target = {"unit": room, "indicator": "KN01", "period": "2025"}
    organisation.set_target(clerk, value=100, on=D(2025, 1, 1), **target)  # type: ignore[arg-type]
    organisation.set_target(clerk, value=120, on=D(2025, 7, 1), **target)  # type: ignore[arg-type]
    with pytest.raises(Refused, match="Đã có chỉ tiêu"):
        organisation.set_target(clerk, value=90, on=D(2025, 7, 1), **target)  # type: ignore[arg-type]
    assert [t.value for t in units.targets(clerk, room, D(2025, 6, 30))] == [100]
    assert StaffQuota.objects.filter(baseline=True).count() == 1
    with pytest.raises(Refused, match="sau ngày này"):
        actions.set_quota(clerk, unit=room, staff_group="công chức", assigned=9, on=D(2023, 1, 1))


def test_retirement_ends_every_post(unit: Make, person: MakePerson, decide: Decide) -> None:
    unit("A"), unit("B")
    who = person("HS1")
    decide("1-QĐ/TU", D(2020, 1, 1), Item("bo_nhiem", who.pk, {"unit": "A", "title": "Giám đốc"}))
    decide("2-QĐ/TU", D(2020, 1, 1), Item("chi_dinh", who.pk, {"unit": "B", "title": "Ủy viên"}))
    with pytest.raises(Refused, match="đang giữ nhiều chức vụ"):
        decide("3-QĐ/TU", D(2024, 1, 1), Item("mien_nhiem", who.pk))
    decide("4-QĐ/TU", D(2024, 1, 1), Item("nghi_huu", who.pk), effective_on=D(2024, 6, 1))
    assert {(r.last_day, r.closing_act) for r in Assignment.objects.all()} == {(D(2024, 5, 31), "nghỉ hưu")}
    who.refresh_from_db()
    assert who.work_unit is not None, "the file keeps its last keeper"


def test_places_for_everybody_at_once(unit: Make, person: MakePerson, clerk: Actor) -> None:
    a, b = unit("A"), unit("B")
    who, idle = person("HS1"), person("HS2", work_unit=a)
    actions.assign(clerk, person=who, unit=a, title="X", acts=["bổ nhiệm"], on=D(2020, 1, 1))
    actions.transfer(clerk, person=who, unit=b, title="Y", acts=["điều động"], on=D(2022, 1, 1))
    assert actions.refresh_places(D(2021, 1, 1)) == 1
    who.refresh_from_db()
    idle.refresh_from_db()
    assert (who.work_unit, idle.work_unit) == (a, a)
    assert actions.refresh_places(D(2022, 1, 1)) == 1
    assert actions.refresh_places(D(2022, 1, 1)) == 0


def test_who_may_write(unit: Make, person: MakePerson) -> None:
    a, b = unit("A"), unit("B")
    who = person("HS1", work_unit=a)
    give = {"person": who, "title": "X", "acts": ["bổ nhiệm"], "on": D(2020, 1, 1)}
    with pytest.raises(NotPermitted):
        actions.assign(reaching(a, permissions=("staffing.read", "person.read")), unit=a, **give)  # type: ignore[arg-type]
    with pytest.raises(OutOfScope):
        actions.assign(reaching(b, permissions=ALL), unit=b, **give)  # type: ignore[arg-type]
    with pytest.raises(OutOfScope):
        actions.assign(reaching(a, permissions=ALL), unit=b, **give)  # type: ignore[arg-type]
    row = actions.assign(reaching(a, permissions=ALL), unit=a, **give)  # type: ignore[arg-type]
    with pytest.raises(OutOfScope):
        actions.relieve(reaching(b, permissions=ALL), assignment=row, on=D(2021, 1, 1), act="miễn nhiệm")
