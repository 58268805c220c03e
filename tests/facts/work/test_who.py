"""Who may do what: one's own work, one's people's, nobody's own acceptance, closed periods, nothing rewritten."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from canbo.facts.access.models import AccountPerson, Delegation
from canbo.facts.work import actions
from canbo.facts.work.actions import Part, Terms
from canbo.facts.work.actions.events import STANDING, as_given, as_happened, with_settings
from canbo.facts.work.models import Share, ShareEvent, Task
from canbo.facts.work.queries import share_by_id, visible
from canbo.facts.work.rules import fold
from canbo.foundation.audit.models import AuditEntry
from canbo.foundation.kernel.actor import Actor, Reach
from canbo.foundation.kernel.violation import NotPermitted, OutOfScope, Refused
from tests import factories

from .conftest import Office, at

D = dt.date


def codes(refused: Any) -> set[str]:
    return {violation.code for violation in refused.value.violations}


def test_a_person_needs_no_permission_for_her_own_work(office: Office) -> None:
    share = office.assign(office.lan)[0]
    lan = office.own(office.lan)
    assert share_by_id(lan, share.pk) == share
    actions.report(lan, share=share, quantity=Decimal("0.5"), at=at(3))
    share.refresh_from_db()
    assert share.reported == Decimal("0.5")


def test_others_see_and_touch_nothing(office: Office) -> None:
    share = office.assign(office.lan)[0]
    minh = office.own(office.minh)
    stranger = Actor("Người khác", user_id=9, reaches={"work.assign": Reach(units=frozenset({office.elsewhere.pk}))})
    for actor in (minh, stranger):
        assert not visible(actor, D(2026, 7, 2)).exists()
        with pytest.raises(OutOfScope):
            actions.submit(actor, share=share, at=at(3))
    with pytest.raises(NotPermitted):
        actions.accept(minh, shares=[share], at=at(3))
    with pytest.raises(OutOfScope):
        actions.accept(stranger, shares=[share], at=at(3))
    reader = Actor("Người xem", user_id=8, reaches={"work.read": Reach(units=frozenset({office.unit.pk}))})
    with pytest.raises(NotPermitted):
        actions.submit(reader, share=share, at=at(3))
    assert ShareEvent.objects.count() == 1


def test_nobody_accepts_her_own_work(office: Office) -> None:
    above = replace(office.head, person_id=None, user_id=3)
    terms = Terms("Việc của trưởng phòng", D(2026, 7, 9), office.products["VB"])
    actions.assign(above, unit=office.unit, terms=terms, parts=[Part(office.chief, Decimal(1))], at=at(1))
    share = actions.submit(office.head, share=Share.objects.get(), at=at(3))
    for act in (
        lambda: actions.accept(office.head, shares=[share], at=at(4)),
        lambda: actions.give_back(office.head, shares=[share], reason="x", at=at(4)),
        lambda: actions.withdraw(office.head, shares=[share], reason="x", at=at(4)),
        lambda: actions.extend(office.head, shares=[share], due_on=D(2026, 7, 20), at=at(4)),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert codes(refused) == {"WORK-OWN"}
    actions.accept(above, shares=[share], at=at(4))


def test_lent_rights_do_not_accept_the_work_of_who_lent_them(office: Office) -> None:
    chief, deputy = factories.account("truong"), factories.account("pho")
    AccountPerson.objects.create(user=chief, person_id=office.chief.pk)
    grant = factories.grant(chief, "thu_truong", office.unit)
    Delegation.objects.create(
        grant=grant, delegate=deputy, reason="Đi công tác", in_force=factories.period(), since=D(2015, 1, 1)
    )
    lent = replace(office.head, person_id=None, user_id=deputy.pk, name="Phó phòng", on_behalf_of="Trưởng phòng")
    above = replace(office.head, person_id=None, user_id=3)
    terms = Terms("Việc của trưởng phòng", D(2026, 7, 9), office.products["VB"])
    actions.assign(above, unit=office.unit, terms=terms, parts=[Part(office.chief, Decimal(1))], at=at(1))
    share = actions.submit(office.own(office.chief), share=Share.objects.get(), at=at(3))
    with pytest.raises(Refused) as refused:
        actions.accept(lent, shares=[share], at=at(4))
    assert codes(refused) == {"WORK-OWN-LENT"}
    factories.grant(deputy, "thu_truong", office.unit)
    actions.accept(lent, shares=[share], at=at(4))
    assert ShareEvent.objects.order_by("id").last().by_name == "Phó phòng (thay Trưởng phòng)"  # type: ignore[union-attr]


def test_nobody_gives_work_to_herself_or_to_strangers(office: Office) -> None:
    other = factories.person("Phạm Văn Xa", office.elsewhere)
    factories.assignment(other, office.elsewhere, "Chuyên viên")
    terms = Terms("Báo cáo", D(2026, 6, 30), None)
    with pytest.raises(Refused) as refused:
        actions.assign_each(
            office.head, unit=office.unit, terms=terms, persons=[office.chief, other, office.lan], at=at(1)
        )
    assert codes(refused) == {"WORK-SELF", "WORK-ELSEWHERE", "WORK-PRODUCT", "WORK-DUE-PAST"}
    assert not Task.objects.exists()
    with pytest.raises(OutOfScope):
        actions.assign_each(office.head, unit=office.elsewhere, terms=terms, persons=[other], at=at(1))


def test_bulk_acts_tell_every_fault_and_do_nothing(office: Office) -> None:
    first, second = office.assign(office.lan, office.minh)
    first = actions.submit(office.own(office.lan), share=first, at=at(3))
    with pytest.raises(Refused, match=r"Trần Văn Minh, “Báo cáo tháng”: Chưa trình kết quả"):
        actions.accept(office.head, shares=[first, second], at=at(4))
    assert not ShareEvent.objects.filter(kind="accepted").exists()


def test_a_closed_period_takes_no_late_change(office: Office, locks: Callable[..., None]) -> None:
    share = office.assign(office.lan, due=10)[0]
    other = office.assign(office.lan, due_on=D(2026, 8, 10))[0]
    share = actions.submit(office.own(office.lan), share=share, at=at(9))
    locks(office.lan, D(2026, 7, 10))
    with pytest.raises(Refused) as refused:
        actions.accept(office.head, shares=[share], at=at(2, 8))
    assert codes(refused) == {"WORK-PERIOD-CLOSED"}
    terms = Terms("", D(2026, 7, 10), office.products["VB"])
    with pytest.raises(Refused) as refused:
        actions.register(office.own(office.lan), terms=terms, at=at(2, 8))
    assert codes(refused) == {"WORK-PERIOD-CLOSED"}
    actions.extend(office.head, shares=[other], due_on=D(2026, 8, 20), at=at(2, 8))


def test_a_correction_is_a_new_event(office: Office) -> None:
    share = office.assign(office.lan, due=10, quantity=Decimal(3))[0]
    share = actions.submit(office.own(office.lan), share=share, at=at(14))
    share = actions.accept(office.head, shares=[share], at=at(15))[0]
    assert (share.done, share.late) == (Decimal(3), True)
    with pytest.raises(Refused, match="Ghi lý do"):
        actions.correct(office.head, share=share, quantity=Decimal(2), reason=" ", at=at(16))
    share = actions.correct(
        office.head,
        share=share,
        quantity=Decimal(2),
        done_on=D(2026, 7, 10),
        reason="Đếm nhầm; nộp bản giấy ngày 10",
        at=at(16),
    )
    assert (share.done, share.late, share.state) == (Decimal(2), False, "accepted")
    assert list(ShareEvent.objects.order_by("id").values_list("kind", "quantity")) == [
        ("assigned", 3),
        ("submitted", 3),
        ("accepted", 3),
        ("corrected", 2),
    ]


def test_withdrawn_work_counts_nowhere_and_stays_readable(office: Office) -> None:
    share = office.assign(office.lan)[0]
    with pytest.raises(Refused, match="Ghi lý do"):
        actions.withdraw(office.head, shares=[share], reason="", at=at(3))
    share = actions.withdraw(office.head, shares=[share], reason="Cấp trên bỏ việc này", at=at(3))[0]
    assert (share.voided, share.closed, share.state) == (True, True, "withdrawn")
    assert office.task().voided_why == "Cấp trên bỏ việc này"
    with pytest.raises(Refused, match="đã rút"):
        actions.submit(office.own(office.lan), share=share, at=at(4))


def test_requests_are_answered_once_with_a_reason_for_no(office: Office) -> None:
    share = office.assign(office.lan)[0]
    lan = office.own(office.lan)
    with pytest.raises(Refused, match="Không có đề nghị nào"):
        actions.answer_cause(office.head, shares=[share], grant=True, at=at(2))
    share = actions.ask_cause(lan, share=share, about="delay", reason="Mất mạng", at=at(2))
    with pytest.raises(Refused, match="đang chờ cấp trên trả lời"):
        actions.ask_extension(lan, share=share, due_on=D(2026, 7, 20), reason="Thêm thời gian", at=at(2))
    with pytest.raises(Refused, match="vì sao không xác nhận"):
        actions.answer_cause(office.head, shares=[share], grant=False, at=at(3))
    share = actions.answer_cause(office.head, shares=[share], grant=False, text="Mạng vẫn dùng được", at=at(3))[0]
    assert (share.waiting, share.due_on) == ("", D(2026, 7, 10))
    share = actions.ask_extension(lan, share=share, due_on=D(2026, 7, 20), reason="Thêm thời gian", at=at(4))
    share = actions.refuse_request(office.head, shares=[share], text="Việc gấp", at=at(5))[0]
    assert share.due_on == D(2026, 7, 10)


def test_every_act_leaves_one_line_in_the_log(office: Office) -> None:
    share = office.assign(office.lan)[0]
    actions.submit(office.own(office.lan), share=share, at=at(3))
    actions.accept(office.head, shares=[share], at=at(4))
    verbs = list(AuditEntry.objects.filter(verb__startswith="work.").order_by("seq").values_list("verb", flat=True))
    assert verbs == ["work.product.set", "work.task.assign", "work.share.submit", "work.share.accept"]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE work_shareevent SET text = 'x'",
        "DELETE FROM work_shareevent",
        "UPDATE work_share SET assigned = 9",
        "UPDATE work_share SET coef = 9",
        "DELETE FROM work_share",
        "UPDATE work_task SET title = 'x'",
        "UPDATE work_product SET points = 1",
    ],
)
def test_the_database_refuses_rewriting(office: Office, statement: str) -> None:
    office.assign(office.lan)
    with pytest.raises(DatabaseError, match="canbo"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


STEPS = ("report", "submit", "accept", "return", "ask", "grant", "extend", "fail", "correct", "carry")


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 4)), max_size=8))
def test_a_share_always_says_what_its_events_add_up_to(office: Office, steps: list[tuple[str, int]]) -> None:
    with transaction.atomic():
        try:
            walk(office, steps)
            for share, rules in with_settings(list(Share.objects.order_by("id"))):
                events = [as_happened(e) for e in ShareEvent.objects.filter(share=share).order_by("id")]
                told = fold(as_given(share), events, rules)
                assert {name: getattr(share, name) for name in STANDING} == {
                    name: getattr(told, name) for name in STANDING
                }
                assert share.excused_delays <= share.delays
                assert share.excused_days <= share.late_days
                assert share.due_on >= share.due_first or share.quality_fails
        finally:
            transaction.set_rollback(True)


def walk(office: Office, steps: list[tuple[str, int]]) -> None:
    """Tries the steps one after the other; those that are refused change nothing."""
    share: Share = office.assign(office.lan, quantity=Decimal(2))[0]
    lan, head, day = office.own(office.lan), office.head, 1
    for step, days in steps:
        day += days
        now = at(min(day, 31))
        acts: dict[str, Callable[[], object]] = {
            "report": lambda now=now: actions.report(lan, share=share, quantity=Decimal(1), at=now),  # type: ignore[misc]
            "submit": lambda now=now: actions.submit(lan, share=share, at=now),  # type: ignore[misc]
            "accept": lambda now=now: actions.accept(head, shares=[share], at=now),  # type: ignore[misc]
            "return": lambda now=now: actions.give_back(  # type: ignore[misc]
                head, shares=[share], reason="Sửa", at=now, due_on=now.date() + dt.timedelta(days=2)
            ),
            "ask": lambda now=now: actions.ask_cause(lan, share=share, about="delay", reason="Bão", at=now),  # type: ignore[misc]
            "grant": lambda now=now: actions.answer_cause(head, shares=[share], grant=True, at=now),  # type: ignore[misc]
            "extend": lambda now=now: actions.extend(  # type: ignore[misc]
                head, shares=[share], due_on=now.date() + dt.timedelta(days=9), at=now
            ),
            "fail": lambda now=now: actions.fail(head, shares=[share], reason="Không làm", at=now),  # type: ignore[misc]
            "correct": lambda now=now: actions.correct(  # type: ignore[misc]
                head, share=share, quantity=Decimal(1), reason="Nhầm", at=now
            ),
            "carry": lambda now=now: actions.carry_over(head, shares=[share], due_on=D(2026, 8, 20), at=now),  # type: ignore[misc]
        }
        try:
            with transaction.atomic():
                acts[step]()
        except Refused:
            pass
        share.refresh_from_db()
