"""Admissions, cards, badges, plans and comparison."""

from __future__ import annotations

from decimal import Decimal

import pytest

from canbo.foundation.kernel.violation import Refused
from canbo.readers.reports import compute, queries

from . import world as w


def admit(where, decided, ceremony, **who):
    return w.stay(
        w.person("Nguyễn Văn Mới", **who),
        where,
        ceremony or decided,
        entry="ket_nap",
        admitted=decided,
        ceremony=ceremony,
        official=None,
    )


def test_admissions_count_by_the_decision_else_by_the_ceremony(province, clerk, monkeypatch):
    admit(province.a1, "2020-12-31", "2021-01-05")
    admit(province.a1, "2021-12-31", "2022-01-05", sex="nu")
    admit(province.b1, None, "2021-06-01", ethnic="Thái")
    figures = queries.values(clerk, ["KN01", "KN05", "KN06", "KN04"], "T", "2021")
    assert [int(figures[code].value) for code in ("KN01", "KN05", "KN06", "KN04")] == [2, 1, 1, 1]
    monkeypatch.setattr(compute, "counted_by_ceremony", lambda day: True)
    assert queries.value(clerk, "KN05", "T", "2021").value == 0


def test_a_stay_written_on_in_a_second_row_is_one_admission(province, clerk):
    who = w.person("Nguyễn Văn Tiếp")
    w.stay(who, province.a1, "2021-02-01", "2021-08-01", entry="ket_nap", admitted="2021-01-25", official=None)
    w.stay(who, province.a1, "2021-08-01", entry="ket_nap", admitted="2021-01-25", official=None, since="2021-02-01")
    assert queries.value(clerk, "KN01", "T", "2021").value == 1
    assert queries.value(clerk, "DV16", "T", "2021").value == 0


def test_later_stays_of_the_same_member_are_no_admissions(province, clerk):
    who = w.person("Nguyễn Văn Chuyển")
    w.stay(who, province.a1, "2021-02-01", "2021-08-01", entry="ket_nap", admitted="2021-01-25", end="chuyen_di")
    w.stay(who, province.b1, "2021-08-01", admitted="2021-01-25")
    by_unit = queries.value(clerk, "KN01", "T", "2021", ["unit"])
    assert [(g.key, int(g.value)) for g in by_unit.groups] == [("A", 1), ("B", 0)]


def test_plan_and_the_same_period_before(province, clerk):
    for month in (1, 2, 3, 4, 5):
        admit(province.a1, f"2021-{month:02d}-10", None)
    admit(province.b1, "2020-02-10", None)
    w.target(province.top, "KN01", "2021", 4)
    w.target(province.a, "KN01", "2021", 3)
    w.target(province.top, "KN01", "2021", 9, breakdown="Nữ")
    closed = w.target(province.top, "KN01", "2020", 7, until="2020-06-01")
    assert closed.in_force
    figure = queries.value(clerk, "KN01", "T", "2021", ["unit"])
    assert (figure.plan, figure.plan_ratio, figure.previous, figure.change) == (4, Decimal("125.0"), 1, 4)
    assert [(g.key, g.plan, g.plan_ratio) for g in figure.groups] == [("A", 3, Decimal("166.7")), ("B", None, None)]
    assert queries.value(clerk, "KN01", "T", "2021", ["sex"]).group("nu").plan == 9
    assert queries.value(clerk, "KN01", "T", "2020").plan is None
    assert queries.value(clerk, "KN02", "T", "2021").value == Decimal("125.0")
    assert queries.value(clerk, "KN02", "T", "2020").value is None
    assert figure.as_json()["plan_ratio"] == 125
    assert [int(f.value) for f in queries.series(clerk, "KN01", "T", ["2019", "2020", "2021"])] == [0, 1, 5]


def test_cards_and_badges_count_where_the_person_belonged(province, clerk):
    moved = w.person("Lê Văn Thẻ")
    w.stay(moved, province.a1, "2016-01-01", "2021-06-01", end="chuyen_di")
    w.stay(moved, province.b1, "2021-06-01")
    w.card(moved, "2021-05-31")
    w.card(moved, "2021-06-01", "doi")
    dead = w.person("Lê Văn Mất")
    w.stay(dead, province.a1, "2016-01-01", "2021-02-01", end="tu_tran")
    w.badge(dead, "2021-09-02", 50, "truy_tang")
    taken = w.badge(moved, "2021-09-02", 30)
    type(taken).objects.filter(pk=taken.pk).update(voided_on=w.day("2021-10-01"), voided_why="thu hồi")
    w.badge(w.person("Không Đảng Viên"), "2021-09-02", 30)
    cards = queries.value(clerk, "DV17", "T", "2021", ["unit"])
    assert (int(cards.value), [int(g.value) for g in cards.groups]) == (2, [1, 1])
    forms = queries.value(clerk, "DV17", "T", "2021", ["form"]).groups
    assert [(g.key, g.label) for g in forms] == [("doi", "đổi"), ("phat", "phát lần đầu")]
    badges = queries.value(clerk, "TK01", "T", "2021", ["badge"])
    assert [(g.key, g.label, int(g.value)) for g in badges.groups] == [("50", "50 năm tuổi Đảng", 1)]
    assert queries.value(clerk, "TK01", "A", "2021").value == 1


@pytest.mark.parametrize(
    ("code", "unit", "period", "by", "says"),
    [
        ("XX99", "T", "2021", [], "Không có chỉ tiêu"),
        ("DV01", "KHONG", "2021", [], "Không có đơn vị"),
        ("DV01", "T", "2021-13", [], "không đọc được"),
        ("DV01", "T", "2010", [], "không hoạt động"),
        ("DV01", "T", "2021", ["act"], "không chia theo"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_words(province, clerk, code, unit, period, by, says):
    with pytest.raises(Refused, match=says):
        queries.value(clerk, code, unit, period, by)
