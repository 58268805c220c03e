"""Recording a decision applies its items; annulling it takes them back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from canbo.facts.decisions import actions, queries
from canbo.facts.decisions.acts import Item
from canbo.facts.decisions.models import Decision, DecisionItem
from canbo.facts.decisions.rules import Heading
from canbo.facts.organisation.models import Unit
from canbo.facts.people.models import Person
from canbo.facts.staffing.models import Assignment
from canbo.foundation.audit.models import AuditEntry
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.violation import NotPermitted, OutOfScope, Refused

from .conftest import reaching, snapshot

D = dt.date
Make = Callable[..., Unit]
MakePerson = Callable[..., Person]
Decide = Callable[..., Decision]


def appoint(who: Person, where: Unit, title: str = "Trưởng phòng", **more: object) -> Item:
    return Item("bo_nhiem", who.pk, {"unit": where.code, "title": title, **more})


def test_recording_opens_posts_and_says_so(unit: Make, person: MakePerson, decide: Decide, clerk: Actor) -> None:
    room, who = unit("P"), person("HS1")
    lines = AuditEntry.objects.count()
    decision = decide(
        "12-QĐ/TU", D(2024, 1, 5), appoint(who, room, term_until="31/01/2029"), effective_on=D(2024, 2, 1)
    )
    post = Assignment.objects.get()
    assert (post.first_day, post.last_day, post.acts, post.term_until) == (
        D(2024, 2, 1),
        None,
        ["bổ nhiệm"],
        D(2029, 1, 31),
    )
    assert post.opened_by == decision
    item = DecisionItem.objects.get()
    assert item.values == {"unit": room.pk, "title": "Trưởng phòng", "term_until": "2029-01-31"}
    effects = queries.effects(clerk, decision)
    assert [(e.label, e.subject, e.text, e.period) for e in effects.opened] == [
        ("giữ chức vụ", "Nguyễn Thị HS1", "Trưởng phòng, Đơn vị P", "từ 01/02/2024")
    ]
    verbs = list(AuditEntry.objects.order_by("seq").values_list("verb", flat=True)[lines:])
    assert verbs == ["staffing.assignment.open", "decisions.decision.record"]
    who.refresh_from_db()
    assert who.work_unit == room


def test_all_faults_of_all_items_at_once_and_nothing_written(unit: Make, person: MakePerson, decide: Decide) -> None:
    room, closed, who = unit("P"), unit("Q", on=D(2025, 1, 1)), person("HS1")
    decide("12-QĐ/TU", D(2024, 1, 5), appoint(who, room))
    before, lines = snapshot(), AuditEntry.objects.count()
    with pytest.raises(Refused) as refusal:
        decide(
            "12-QĐ/TU",
            D(2024, 3, 1),
            appoint(who, room),
            Item("bo_nhiem", who.pk, {"unit": "KHÔNG CÓ", "colour": "đỏ"}),
            appoint(who, closed, term_until="01/01/2020"),
            Item("nhay_mua", who.pk),
            Item("mien_nhiem", who.pk, {"title": "Giám đốc"}),
        )
    found = {(v.code, v.field) for v in refusal.value.violations}
    assert found == {
        ("DECISION-NUMBER", "number"),
        ("POST-HELD", "items.1.title"),
        ("ACT-FIELD", "items.2.unit"),
        ("ACT-FIELD-MISSING", "items.2.title"),
        ("ACT-FIELD-UNKNOWN", "items.2.colour"),
        ("POST-TERM", "items.3.term_until"),
        ("POST-UNIT", "items.3.unit"),
        ("ACT-UNKNOWN", "items.4.act"),
        ("POST-NOT-HELD", "items.5.title"),
    }
    assert snapshot() == before
    assert AuditEntry.objects.count() == lines
    assert Decision.objects.count() == 1


def test_a_later_item_sees_what_an_earlier_one_changed(unit: Make, person: MakePerson, decide: Decide) -> None:
    room, first, second = unit("P"), person("HS1"), person("HS2")
    decide("1-QĐ/TU", D(2024, 1, 5), appoint(first, room))
    decide("2-QĐ/TU", D(2025, 3, 1), Item("mien_nhiem", first.pk), appoint(first, room), appoint(second, room, "Phó"))
    rows = Assignment.objects.filter(person=first).order_by("in_force")
    assert [(r.first_day, r.last_day, r.closing_act) for r in rows] == [
        (D(2024, 1, 5), D(2025, 2, 28), "miễn nhiệm"),
        (D(2025, 3, 1), None, ""),
    ]


def test_annulling_restores_the_state_before(unit: Make, person: MakePerson, decide: Decide, clerk: Actor) -> None:
    a, b, who = unit("A"), unit("B"), person("HS1")
    decide("1-QĐ/TU", D(2024, 1, 5), appoint(who, a))
    before = snapshot()
    move = decide("2-QĐ/TU", D(2025, 3, 1), Item("dieu_dong_bo_nhiem", who.pk, {"unit": "B", "title": "Giám đốc"}))
    who.refresh_from_db()
    assert who.work_unit == b
    actions.annul(clerk, decision=move, on=D(2025, 4, 1), reason="sai thẩm quyền")
    assert snapshot() == before
    who.refresh_from_db()
    assert who.work_unit == a
    voided = Assignment.objects.get(unit=b)
    assert voided.voided_why == "Hủy quyết định số 2-QĐ/TU ngày 01/03/2025: sai thẩm quyền"
    assert [e.text for e in queries.effects(clerk, move).voided] == ["Giám đốc, Đơn vị B"]
    with pytest.raises(Refused, match="đã bị hủy ngày 01/04/2025"):
        actions.annul(clerk, decision=move, on=D(2025, 4, 2), reason="lần nữa")
    again = decide("2-QĐ/TU", D(2025, 3, 1), appoint(who, b))
    assert again.pk != move.pk, "the number of an annulled decision is free again"


def test_later_facts_stand_in_the_way_and_are_named(
    unit: Make, person: MakePerson, decide: Decide, clerk: Actor
) -> None:
    a, who = unit("A"), person("HS1")
    first = decide("1-QĐ/TU", D(2024, 1, 5), appoint(who, a))
    relieved = decide("2-QĐ/TU", D(2025, 3, 1), Item("mien_nhiem", who.pk))
    third = decide("3-QĐ/TU", D(2025, 6, 1), appoint(who, a))
    with pytest.raises(Refused) as refusal:
        actions.annul(clerk, decision=first, on=D(2026, 1, 1), reason="sai")
    assert "đã kết thúc sau đó" in str(refusal.value)
    assert "Hủy quyết định 2-QĐ/TU ngày 01/03/2025 trước." in str(refusal.value)
    with pytest.raises(Refused) as refusal:
        actions.annul(clerk, decision=relieved, on=D(2026, 1, 1), reason="sai")
    assert "Hủy quyết định 3-QĐ/TU ngày 01/06/2025 trước." in str(refusal.value)
    for decision in (third, relieved, first):
        actions.annul(clerk, decision=decision, on=D(2026, 1, 1), reason="sai")
    assert not Assignment.objects.standing().exists()


def test_preview_explains_without_writing(unit: Make, person: MakePerson, decide: Decide, clerk: Actor) -> None:
    a, who = unit("A"), person("HS1")
    unit("B")
    decide("1-QĐ/TU", D(2024, 1, 5), appoint(who, a))
    before = snapshot()
    heading = Heading("2-QĐ/TU", D(2025, 3, 1), "Tỉnh ủy Mẫu", effective_on=D(2025, 2, 1))
    seen = actions.preview(clerk, heading, [Item("dieu_dong", who.pk, {"unit": "B", "title": "Phó Giám đốc"})])
    assert [v.code for v in seen.violations] == ["DECISION-EFFECT-EARLY"]
    assert seen.explanations == [
        [
            "đóng chức vụ Trưởng phòng tại Đơn vị A, ngày cuối 31/01/2025",
            "mở chức vụ Phó Giám đốc tại Đơn vị B từ ngày 01/02/2025",
        ]
    ]
    assert snapshot() == before


def test_who_may_record(unit: Make, person: MakePerson, decide: Decide) -> None:
    top = unit("T")
    a, b = unit("A", parent=top), unit("B", parent=top)
    mine, other = person("HS1", work_unit=a), person("HS2", work_unit=b)
    every = ("decision.record", "decision.read", "decision.annul", "staffing.write", "person.read", "unit.read")
    chief = reaching(a, permissions=every)
    decision = decide("1-QĐ/SNV", D(2024, 1, 5), appoint(mine, a), actor=chief)
    assert decision.custodian == "A"
    with pytest.raises(OutOfScope):
        decide("2-QĐ/SNV", D(2024, 1, 5), appoint(other, a), actor=chief)
    with pytest.raises(OutOfScope):
        decide("3-QĐ/SNV", D(2024, 1, 5), appoint(mine, b), actor=chief)
    with pytest.raises(OutOfScope):
        decide("4-QĐ/SNV", D(2024, 1, 5), actor=chief, custodian="B")
    with pytest.raises(NotPermitted):
        decide("5-QĐ/SNV", D(2024, 1, 5), actor=reaching(a, permissions=("decision.read",)))
    with pytest.raises(NotPermitted):
        decide("6-QĐ/SNV", D(2024, 2, 5), appoint(mine, a, "Phó"), actor=reaching(a, permissions=every[:3] + every[4:]))
    assert list(queries.visible(chief, D(2024, 6, 1))) == [decision]
    outsider = reaching(b, permissions=every)
    assert not queries.visible(outsider, D(2024, 6, 1)).exists()
    with pytest.raises(OutOfScope):
        actions.annul(outsider, decision=decision, on=D(2024, 6, 1), reason="không phải việc của mình")
    assert Decision.objects.count() == 1


def test_drafts_belong_to_their_writer(unit: Make) -> None:
    a = unit("A")
    writer = reaching(a, permissions=("decision.record",))
    draft = actions.save_draft(writer, content={"number": "1"})
    assert actions.save_draft(writer, content={"number": "2"}, draft=draft.pk).pk == draft.pk
    stranger = Actor("Người khác", user_id=8, reaches=writer.reaches)
    with pytest.raises(OutOfScope):
        actions.save_draft(stranger, content={}, draft=draft.pk)
    assert [d.content for d in queries.drafts(writer)] == [{"number": "2"}]
    actions.discard_draft(writer, draft=draft.pk)
    assert not queries.drafts(writer).exists()
