"""The dossier on any day, corrections, finding people, outcomes, courses."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from canbo.facts.decisions.acts import Item
from canbo.facts.decisions.models import Decision
from canbo.facts.organisation.models import Unit
from canbo.facts.people import actions, queries
from canbo.facts.people.models import Person, PersonRecord
from canbo.facts.training import actions as training
from canbo.facts.training import queries as courses
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.violation import NotPermitted, OutOfScope, Refused

from .conftest import reaching

D = dt.date
Make = Callable[..., Unit]
MakePerson = Callable[..., Person]
TODAY = D(2026, 1, 1)


def test_the_dossier_on_a_day(person: MakePerson, clerk: Actor) -> None:
    who = person("HS1", full_name="Trần Thị Hòa", qualification="đại học")
    actions.change_record(clerk, person=who, on=D(2023, 5, 1), qualification="thạc sĩ")
    assert queries.record_at(clerk, who, D(1990, 1, 1)).qualification == "đại học"  # type: ignore[union-attr]
    assert queries.record_at(clerk, who, D(2023, 4, 30)).qualification == "đại học"  # type: ignore[union-attr]
    assert queries.record_at(clerk, who, D(2023, 5, 1)).qualification == "thạc sĩ"  # type: ignore[union-attr]
    with pytest.raises(Refused, match="không có gì thay đổi"):
        actions.change_record(clerk, person=who, on=D(2024, 5, 1), qualification="thạc sĩ")
    with pytest.raises(Refused, match="đã kết thúc"):
        actions.change_record(clerk, person=who, on=D(2020, 5, 1), qualification="tiến sĩ")


def test_a_correction_keeps_what_was_said_before(person: MakePerson, clerk: Actor) -> None:
    who = person("HS1", full_name="Trần Thị Hòa")
    with pytest.raises(Refused, match="lý do"):
        actions.correct_record(clerk, person=who, on=TODAY, reason=" ", full_name="Trần Thị Hoa")
    actions.correct_record(clerk, person=who, on=TODAY, reason="đánh máy nhầm", full_name="Trần Thị Hoa")
    assert PersonRecord.objects.standing().get().full_name == "Trần Thị Hoa"
    old = PersonRecord.objects.get(voided_on=TODAY)
    assert (old.full_name, old.voided_why) == ("Trần Thị Hòa", "đánh máy nhầm")
    who.refresh_from_db()
    assert (who.name, who.search_text) == ("Trần Thị Hoa", "hoa tran thi hs1")


def test_all_faults_of_a_new_dossier(person: MakePerson) -> None:
    person("HS1", citizen_id="012345678901")
    with pytest.raises(Refused) as refusal:
        person("HS1", full_name="", born_on=D(2030, 1, 1), citizen_id="12", died_on=D(2000, 1, 1))
    assert {v.code for v in refusal.value.violations} == {
        "PERSON-MISSING",
        "PERSON-BORN",
        "PERSON-DIED",
        "PERSON-CITIZEN-ID",
        "PERSON-CODE-TAKEN",
    }
    with pytest.raises(Refused, match="đã có ở hồ sơ khác"):
        person("HS2", citizen_id="012345678901")


def test_finding_people(person: MakePerson, clerk: Actor) -> None:
    names = {"A1": "Đặng Văn Ánh", "A2": "Nguyễn Thị Ánh Đào", "A3": "Lê Văn Bình"}
    for code, name in names.items():
        person(code, full_name=name, citizen_id=f"0010010000{code[1]}0")
    found = {text: [p.code for p in queries.search(clerk, text, TODAY)] for text in ("ánh", "ANH dang", "văn", "a3")}
    assert found == {"ánh": ["A1", "A2"], "ANH dang": ["A1"], "văn": ["A1", "A3"], "a3": ["A3"]}
    assert [p.code for p in queries.search(clerk, "00100100002", TODAY)] == ["A2"]
    assert queries.search(clerk, "100%", TODAY) == []
    assert len(queries.search(clerk, "a", TODAY, limit=2)) == 2


def test_scope_of_people(unit: Make, person: MakePerson) -> None:
    a, b = unit("A"), unit("B")
    mine, other = person("HS1", party_unit=a), person("HS2", work_unit=b)
    head = reaching(a, permissions=("person.read", "person.write", "unit.read"))
    assert list(queries.visible(head, TODAY)) == [mine]
    with pytest.raises(OutOfScope):
        queries.record_at(head, other, TODAY)
    with pytest.raises(OutOfScope):
        actions.change_record(head, person=other, on=TODAY, religion="không")
    with pytest.raises(NotPermitted):
        actions.change_record(reaching(a, permissions=("person.read",)), person=mine, on=TODAY, religion="không")
    content = {"full_name": "Lê A", "sex": "nu", "born_on": D(1990, 1, 1), "ethnic_group": "Kinh", "on": TODAY}
    with pytest.raises(Refused, match="Chọn đơn vị"):
        actions.register(head, code="HS3", **content)  # type: ignore[arg-type]
    with pytest.raises(OutOfScope):
        actions.register(head, code="HS3", work_unit=b, **content)  # type: ignore[arg-type]
    assert actions.register(head, code="HS3", work_unit=a, **content) in queries.visible(head, TODAY)  # type: ignore[arg-type]


def test_outcomes(unit: Make, person: MakePerson, decide: Callable[..., Decision], clerk: Actor) -> None:
    room, who = unit("P"), person("HS1")
    actions.record_grade(clerk, subject=who, period="2025", basis="366-QĐ/TW", grade="tốt", on=TODAY)
    with pytest.raises(Refused, match="Đã có kết quả xếp loại"):
        actions.record_grade(clerk, subject=who, period="2025", basis="366-QĐ/TW", grade="xuất sắc", on=TODAY)
    actions.record_grade(clerk, subject=room, period="2025", basis="366-QĐ/TW", grade="tốt", on=TODAY)
    decide(
        "1-QĐ/TU",
        D(2025, 1, 1),
        Item("khen_thuong", who.pk, {"form": "bằng khen"}),
        Item("khen_thuong_tap_the", room.pk, {"form": "cờ thi đua"}),
        Item("ky_luat", who.pk, {"form": "khiển trách", "until": "31/12/2025"}),
    )
    assert [a.form for a in queries.awards(clerk, who)] == ["Bằng khen"]
    assert [a.form for a in queries.awards(clerk, room)] == ["Cờ thi đua"]
    assert [(d.form, d.last_day) for d in queries.disciplines(clerk, who)] == [("Khiển trách", D(2025, 12, 31))]
    assert queries.grades(clerk, who).count() == 1


def test_courses(person: MakePerson, decide: Callable[..., Decision], clerk: Actor) -> None:
    who = person("HS1")
    values = {"course": "Cao cấp lý luận chính trị", "level": "cao cấp", "on": "01/03/2025"}
    decide("1-QĐ/TU", D(2025, 2, 1), Item("cu_di_dao_tao", who.pk, values))
    (row,) = courses.beginning(clerk, D(2025, 3, 1), D(2025, 3, 1))
    assert list(courses.under_way(clerk, D(2025, 6, 1))) == [row]
    with pytest.raises(Refused, match="trước ngày bắt đầu"):
        training.complete(clerk, enrolment=row, ended_on=D(2025, 1, 1), result="giỏi")
    training.complete(clerk, enrolment=row, ended_on=D(2025, 12, 1), result="giỏi")
    with pytest.raises(Refused, match="đã có kết quả"):
        training.complete(clerk, enrolment=row, ended_on=D(2025, 12, 1), result="khá")
    assert not courses.under_way(clerk, D(2025, 12, 2)).exists()
    with pytest.raises(Refused, match="Đã ghi khóa học"):
        decide("2-QĐ/TU", D(2025, 2, 1), Item("cu_di_dao_tao", who.pk, values))
