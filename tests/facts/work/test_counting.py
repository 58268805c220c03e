"""The table of NĐ 335/2025, Điều 18, row by row; coefficients; what a period adds up to."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from canbo.facts.work import actions
from canbo.facts.work.actions import Part, ProductEntry, Terms
from canbo.facts.work.models import Share
from canbo.facts.work.queries import lines, totals
from canbo.facts.work.rules import coefficient, counting_day, effect
from canbo.foundation.kernel.violation import Refused

from .conftest import Office, at

D = dt.date
JULY = (D(2026, 7, 1), D(2026, 7, 31), D(2026, 7, 31))


def sums(office: Office, person: object | None = None, **options: object) -> tuple[Decimal, Decimal, Decimal, Decimal]:
    rows = {row.person_id: row for row in totals(*JULY, **options)}  # type: ignore[arg-type]
    row = rows.get((person or office.lan).pk)  # type: ignore[attr-defined]
    return (row.assigned, row.done, row.quality, row.progress) if row else (Decimal(0),) * 4


@pytest.mark.parametrize(
    ("points", "standard", "found"),
    [
        ("5", "5", "1.0"),
        ("4", "5", "0.8"),
        ("40", "5", "8.0"),
        ("100", "5", "20.0"),
        ("11", "8", "1.4"),
        ("9", "8", "1.1"),
    ],
    ids=["standard", "issuing", "report", "estimate", "half-up", "down"],
)
def test_a_coefficient_is_points_over_the_standard(points: str, standard: str, found: str) -> None:
    assert coefficient(Decimal(points), Decimal(standard)) == Decimal(found)


@pytest.mark.parametrize(
    ("due", "counts"),
    [
        (D(2026, 12, 15), D(2026, 12, 15)),
        (D(2026, 12, 16), D(2027, 1, 1)),
        (D(2026, 12, 31), D(2027, 1, 1)),
        (D(2026, 7, 31), D(2026, 7, 31)),
    ],
    ids=["15/12", "16/12", "31/12", "july"],
)
def test_what_is_due_after_15_12_belongs_to_the_next_year(due: dt.date, counts: dt.date) -> None:
    assert counting_day(due, (12, 15)) == counts


@pytest.mark.parametrize(
    ("origin", "handed", "coef", "denominator", "numerator"),
    [
        ("planned", False, Decimal(1), True, True),
        ("planned", True, Decimal(1), True, False),
        ("taken_over", False, Decimal(1), False, True),
        ("ad_hoc", False, Decimal(1), False, True),
        ("carried", False, Decimal(1), True, True),
        ("planned", False, None, False, False),
    ],
    ids=["Đ18-ordinary", "Đ18-handed-back", "Đ18-taken-over", "Đ18-ad-hoc", "carried", "Đ13.3-not-in-catalogue"],
)
def test_where_each_kind_counts(
    origin: str, handed: bool, coef: Decimal | None, denominator: bool, numerator: bool
) -> None:
    assert effect(origin, handed_back=handed, coefficient=coef)[:2] == (denominator, numerator)


def test_an_ordinary_task_counts_when_it_is_accepted(office: Office) -> None:
    share = office.assign(office.lan)[0]
    assert sums(office) == (Decimal(8), 0, 0, 0)
    share = actions.submit(office.own(office.lan), share=share, at=at(9))
    assert sums(office) == (Decimal(8), 0, 0, 0)
    actions.accept(office.head, shares=[share], at=at(10))
    assert sums(office) == (Decimal(8), Decimal(8), Decimal(8), Decimal(8))


def test_handed_back_stays_with_the_giver_and_is_extra_for_the_taker(office: Office) -> None:
    share = office.assign(office.lan)[0]
    share = actions.ask_handing(office.own(office.lan), share=share, reason="Đi học", at=at(3))
    assert share.waiting == "handing_asked"
    new = actions.hand_over(office.head, share=share, to=office.minh, at=at(4))
    new = actions.submit(office.own(office.minh), share=new, at=at(8))
    actions.accept(office.head, shares=[new], at=at(9))
    assert sums(office) == (Decimal(8), 0, 0, 0)
    assert sums(office, office.minh) == (0, Decimal(8), Decimal(8), Decimal(8))
    giver, taker = lines(*JULY[:2], [office.lan.pk, office.minh.pk])
    assert (giver.handed_back, taker.taken_over, taker.due_on) == (True, True, D(2026, 7, 10))


def test_ad_hoc_work_counts_above_what_was_given(office: Office) -> None:
    terms = Terms("", D(2026, 7, 5), office.products["VB"], quantity=Decimal(2))
    share = actions.register(office.own(office.lan), terms=terms, at=at(5), done=True)
    assert (share.state, share.ad_hoc, share.counts_on) == ("asked", True, D(2026, 7, 5))
    assert sums(office) == (0, 0, 0, 0)
    actions.accept(office.head, shares=[share], at=at(6))
    assert sums(office) == (0, Decimal(2), Decimal(2), Decimal(2))


def test_ad_hoc_work_that_is_not_confirmed_counts_nowhere(office: Office) -> None:
    terms = Terms("", D(2026, 7, 5), office.products["VB"])
    share = actions.register(office.own(office.lan), terms=terms, at=at(5))
    actions.refuse(office.head, shares=[share], reason="Thuộc quy trình của việc khác", at=at(6))
    assert not totals(*JULY)


def test_a_product_outside_the_catalogue_counts_once_it_is_approved(office: Office) -> None:
    proposal = actions.propose(office.own(office.lan), name="Tờ trình mới", reason="Chưa có", at=at(1))
    terms = Terms("Tờ trình", D(2026, 7, 9), proposal=proposal)
    actions.assign(office.head, unit=office.unit, terms=terms, parts=[Part(office.lan, Decimal(1))], at=at(1))
    share = actions.submit(office.own(office.lan), share=Share.objects.get(), at=at(5))
    actions.accept(office.head, shares=[share], at=at(6))
    row = totals(*JULY)[0]
    assert (row.assigned, row.done, row.tasks, row.uncounted) == (0, 0, 0, 1)
    entry = ProductEntry("TT", "Tờ trình mới", 1, Decimal(20))
    actions.approve(office.keeper, proposal=proposal, unit=office.body, entry=entry, at=at(7))
    assert sums(office) == (Decimal(4), Decimal(4), Decimal(4), Decimal(4))


def test_approval_does_not_reach_into_a_closed_period(office: Office, locks: object) -> None:
    proposal = actions.propose(office.own(office.lan), name="Tờ trình mới", reason="Chưa có", at=at(1))
    terms = Terms("Tờ trình", D(2026, 7, 9), proposal=proposal)
    actions.assign(office.head, unit=office.unit, terms=terms, parts=[Part(office.lan, Decimal(1))], at=at(1))
    locks(office.lan, D(2026, 7, 9))  # type: ignore[operator]
    entry = ProductEntry("TT", "Tờ trình mới", 1, Decimal(20))
    actions.approve(office.keeper, proposal=proposal, unit=office.body, entry=entry, at=at(7, 8))
    assert Share.objects.get().coef is None


def test_shares_of_a_group_product_never_add_up_to_more_than_it(office: Office) -> None:
    terms = Terms("Đề án", D(2026, 7, 20), office.products["BC"], quantity=Decimal(1))
    parts = [Part(office.lan, Decimal("0.6")), Part(office.minh, Decimal("0.5"))]
    with pytest.raises(Refused, match=r"Tổng các phần là 1,1.*Điều 18"):
        actions.assign(office.head, unit=office.unit, terms=terms, parts=parts, at=at(1))
    parts[1] = Part(office.minh, Decimal("0.4"))
    actions.assign(office.head, unit=office.unit, terms=terms, parts=parts, at=at(1))
    assert sums(office)[0] == Decimal("4.8")
    assert sums(office, office.minh)[0] == Decimal("3.2")


def test_a_long_product_is_split_over_weeks_each_with_its_deadline(office: Office) -> None:
    terms = Terms("Đề án", D(2026, 8, 7), office.products["BC"], quantity=Decimal(1))
    dues = [D(2026, 7, 10), D(2026, 7, 24), D(2026, 8, 7)]
    parts = [Part(office.lan, q, due) for q, due in zip(map(Decimal, ("0.3", "0.3", "0.4")), dues, strict=True)]
    actions.assign(office.head, unit=office.unit, terms=terms, parts=parts, at=at(1))
    assert list(Share.objects.order_by("part").values_list("part", "counts_on")) == list(enumerate(dues, start=1))
    assert sums(office)[0] == Decimal("4.8")


def test_sub_tasks_share_the_product_of_their_parent(office: Office) -> None:
    parent = Terms("Đề án", D(2026, 7, 31), office.products["BC"], quantity=Decimal(1))
    task = actions.assign(
        office.head, unit=office.unit, terms=parent, parts=[Part(office.lan, Decimal("0.5"))], at=at(1)
    )
    child = Terms("Phần số liệu", D(2026, 8, 5), office.products["BC"], quantity=Decimal("0.6"), parent=task)
    with pytest.raises(Refused) as refused:
        actions.assign(office.head, unit=office.unit, terms=child, parts=[Part(office.minh, Decimal("0.6"))], at=at(1))
    assert {v.code for v in refused.value.violations} == {"WORK-PARENT-DUE", "WORK-SHARES"}


def test_every_return_takes_a_quarter_of_the_product(office: Office) -> None:
    share = office.assign(office.lan)[0]
    lan = office.own(office.lan)
    for day in (2, 3):
        share = actions.submit(lan, share=share, at=at(day))
        share = actions.give_back(office.head, shares=[share], reason="Thiếu số liệu", at=at(day))[0]
    share = actions.submit(lan, share=share, at=at(6))
    share = actions.accept(office.head, shares=[share], at=at(7))[0]
    assert (share.quality_fails, share.delays) == (2, 0)
    assert sums(office) == (Decimal(8), Decimal(8), Decimal(4), Decimal(8))
    share = actions.ask_cause(lan, share=share, about="quality", reason="Số liệu cấp trên đổi", at=at(8))
    share = actions.answer_cause(office.head, shares=[share], grant=True, at=at(9))[0]
    assert sums(office) == (Decimal(8), Decimal(8), Decimal(6), Decimal(8))


@pytest.mark.parametrize(("by_day", "left"), [(False, Decimal(6)), (True, Decimal(2))], ids=["by-event", "by-day"])
def test_lateness_counts_by_the_event_or_by_the_day(office: Office, by_day: bool, left: Decimal) -> None:
    share = office.assign(office.lan, due=10)[0]
    share = actions.submit(office.own(office.lan), share=share, at=at(15))
    share = actions.accept(office.head, shares=[share], at=at(20))[0]
    assert (share.delays, share.late_days, share.late) == (1, 3, True)
    assert sums(office, by_day=by_day)[3] == left


def test_a_confirmed_cause_stops_the_clock(office: Office) -> None:
    share = office.assign(office.lan, due=10)[0]
    lan = office.own(office.lan)
    share = actions.ask_cause(
        lan, share=share, about="delay", reason="Bão", since=D(2026, 7, 8), until=D(2026, 7, 10), at=at(8)
    )
    share = actions.answer_cause(office.head, shares=[share], grant=True, at=at(9))[0]
    assert (share.waiting, share.due_on, share.due_first) == ("", D(2026, 7, 15), D(2026, 7, 10))
    share = actions.submit(lan, share=share, at=at(15))
    share = actions.accept(office.head, shares=[share], at=at(20))[0]
    assert (share.delays, share.excused_delays, share.late_days, share.excused_days) == (1, 1, 3, 3)
    assert not share.late
    assert sums(office)[3] == Decimal(8)


def test_days_with_the_superior_are_nobodys_lateness(office: Office) -> None:
    share = office.assign(office.lan, due=10)[0]
    lan = office.own(office.lan)
    share = actions.submit(lan, share=share, at=at(8))
    share = actions.give_back(office.head, shares=[share], reason="Sửa phần 2", at=at(20))[0]
    share = actions.submit(lan, share=share, at=at(22))
    assert (share.delays, share.late_days) == (0, 0)


def test_a_new_deadline_of_a_return_is_a_deadline_of_its_own(office: Office) -> None:
    share = office.assign(office.lan, due=10)[0]
    lan = office.own(office.lan)
    share = actions.submit(lan, share=share, at=at(13))
    share = actions.give_back(office.head, shares=[share], reason="Sửa", due_on=D(2026, 7, 15), at=at(14))[0]
    assert (share.due_on, share.counts_on) == (D(2026, 7, 15), D(2026, 7, 10))
    share = actions.submit(lan, share=share, at=at(17))
    assert (share.delays, share.late_days) == (2, 3)


def test_an_extension_moves_the_share_and_keeps_the_first_deadline(office: Office) -> None:
    share = office.assign(office.lan, due=30)[0]
    lan = office.own(office.lan)
    share = actions.ask_extension(lan, share=share, due_on=D(2026, 8, 14), reason="Chờ số liệu", at=at(28))
    share = actions.extend(office.head, shares=[share], at=at(29))[0]
    assert (share.due_on, share.counts_on, share.due_first) == (D(2026, 8, 14), D(2026, 8, 14), D(2026, 7, 30))
    assert sums(office) == (0, 0, 0, 0)


def test_what_is_left_goes_to_the_next_period(office: Office) -> None:
    share = office.assign(office.lan, due=30, quantity=Decimal(3))[0]
    share = actions.report(office.own(office.lan), share=share, quantity=Decimal(1), at=at(20))
    new = actions.carry_over(office.head, shares=[share], due_on=D(2026, 8, 20), at=at(31))[0]
    assert sums(office)[:2] == (Decimal(24), Decimal(8))
    assert (new.assigned, new.part, new.origin, new.counts_on) == (Decimal(2), 2, "carried", D(2026, 8, 20))
    share.refresh_from_db()
    assert (share.state, share.failed) == ("carried", True)


def test_beyond_the_mark_needs_a_reason_or_more_than_was_asked(office: Office) -> None:
    first, second = office.assign(office.lan, office.minh)
    first = actions.submit(office.own(office.lan), share=first, at=at(5))
    with pytest.raises(Refused, match="vì sao là vượt mức"):
        actions.accept(office.head, shares=[first], exceeded=True, at=at(6))
    actions.accept(office.head, shares=[first], exceeded=True, text="Xong trước 5 ngày, được khen", at=at(6))
    second = actions.submit(office.own(office.minh), share=second, quantity=Decimal(2), at=at(5))
    second = actions.accept(office.head, shares=[second], at=at(6))[0]
    assert second.exceeded
    assert {row.exceeded for row in totals(*JULY)} == {1}


def test_the_worked_example_of_the_handbook(office: Office) -> None:
    """(coef, assigned, done, days late, returns): A = 16.8; a = 89.6; b = 68.8; c = 41.7."""
    actions.set_products(
        office.keeper,
        unit=office.body,
        entries=[
            ProductEntry("X", "Sản phẩm X", 1, Decimal("13.5")),
            ProductEntry("Y", "Sản phẩm Y", 1, Decimal("18.5")),
        ],
        on=D(2026, 7, 1),
    )
    rows = [("VB", "5", "4", 4, 0), ("X", "3", "3", 2, 1), ("Y", "1", "0.8", 0, 2)]
    for code, assigned, done, late, fails in rows:
        product = office.products["VB"].__class__.objects.at(D(2026, 7, 1)).get(code=code)
        share = office.assign(office.lan, product=product, quantity=Decimal(assigned), due=10)[0]
        lan = office.own(office.lan)
        for _ in range(fails):
            share = actions.submit(lan, share=share, quantity=Decimal(done), at=at(9))
            share = actions.give_back(office.head, shares=[share], reason="Chưa đạt", at=at(9))[0]
        day = {0: 10, 2: 14, 4: 16}[late]
        share = actions.submit(lan, share=share, quantity=Decimal(done), at=at(day))
        actions.accept(office.head, shares=[share], at=at(17))
    base, a, b, c = sums(office, by_day=True)
    assert base == Decimal("16.8")
    assert [round(100 * part / base, 1) for part in (a, b, c)] == [Decimal("89.6"), Decimal("68.8"), Decimal("41.7")]
