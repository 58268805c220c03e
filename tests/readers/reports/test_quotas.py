"""Figures on quotas: totals and what is handed on, groups never mixed, baselines that follow what became of a unit."""

from __future__ import annotations

from decimal import Decimal

import pytest

from canbo.facts.organisation.models import UnitLineage
from canbo.facts.staffing.models import QuotaTotal
from canbo.readers.reports import queries

from . import world as w

CC, VC = "công chức", "viên chức"


def total(where, group, first, assigned, until=None):
    return QuotaTotal.objects.create(
        unit=where, staff_group=group, in_force=w.span(first, until), since=w.day(first), assigned=assigned
    )


def by(clerk, code, unit, grouping, period="2021"):
    figure = queries.value(clerk, code, unit, period, [grouping])
    return {group.key: group.value for group in figure.groups if group.value}


def rows(clerk, code, unit, period="2021", **group):
    return sorted((r.unit, r.detail, int(r.weight)) for r in queries.rows(clerk, code, unit, period, group))


@pytest.fixture
def nation(db):
    """Centre over two provinces, each with two boards; the boards of T are rooms of an agency."""
    top = w.unit("TW", "trung ương", shelf="nha_nuoc")
    t, v = (w.unit(c, "tỉnh", (top, "2015-01-01", None), shelf="nha_nuoc") for c in ("T", "V"))
    boards = [
        w.unit(c, "ban", (over, "2015-01-01", None), shelf="dang")
        for c, over in (("A", t), ("B", t), ("C", v), ("D", v))
    ]
    w.grow()
    return dict(zip(("TW", "T", "V", "A", "B", "C", "D"), (top, t, v, *boards), strict=True))


def test_a_total_counts_once_wherever_one_stands(nation, clerk):
    total(nation["TW"], CC, "2020-01-01", 1000)
    total(nation["T"], CC, "2020-01-01", 100)
    w.quota(nation["A"], CC, "2020-01-01", 60)
    w.quota(nation["B"], CC, "2020-01-01", 35)
    w.quota(nation["C"], CC, "2020-01-01", 70)
    assert queries.value(clerk, "BM01", "TW", "2021").value == 1000
    assert by(clerk, "BM01", "TW", "unit") == {"TW": 830, "T": 100, "V": 70}
    assert by(clerk, "BM01", "T", "unit") == {"T": 5, "A": 60, "B": 35}
    assert by(clerk, "BM01A", "TW", "unit") == {"TW": 830, "T": 5}
    assert rows(clerk, "BM01", "T") == [
        ("A", "công chức: 60", 60),
        ("B", "công chức: 35", 35),
        ("T", "chưa phân bổ, công chức: 5", 5),
    ]
    assert queries.value(clerk, "BM01", "V", "2021").value == 70, "nobody gave V a total: what its boards have counts"
    assert queries.value(clerk, "BM01", "TW", "2019").value == 0


def test_handing_on_too_much_shows_as_less_than_nothing(nation, clerk):
    total(nation["T"], CC, "2020-01-01", 50)
    w.quota(nation["A"], CC, "2020-01-01", 60)
    assert queries.value(clerk, "BM01", "T", "2021").value == 50
    assert queries.value(clerk, "BM01A", "T", "2021").value == -10


def test_totals_of_one_group_leave_the_others_alone(nation, clerk):
    total(nation["T"], CC, "2020-01-01", 50)
    w.quota(nation["A"], VC, "2020-01-01", 7)
    w.quota(nation["A"], "không chuyên trách", "2020-01-01", 400)
    assert by(clerk, "BM01", "T", "staff_group") == {CC: 50, VC: 7}, "part-time actors are outside the total"
    assert queries.value(clerk, "BM01", "T", "2021").value == 57


def test_present_by_group_says_when_it_is_not_known(nation, clerk):
    room = w.unit("P", "phòng", (nation["A"], "2015-01-01", None), shelf="dang")
    w.grow()
    w.quota(nation["A"], CC, "2020-01-01", 3)
    w.quota(nation["B"], CC, "2020-01-01", 1)
    w.quota(nation["B"], VC, "2020-01-01", 4)
    for number, (where, group) in enumerate(
        ((nation["A"], ""), (room, ""), (room, "hợp đồng"), (nation["B"], VC), (nation["B"], ""), (nation["C"], ""))
    ):
        post = w.post(w.person(f"Người {number}"), where, "Chuyên viên", "2019-01-01")
        type(post).objects.filter(pk=post.pk).update(staff_group=group)
    assert by(clerk, "BM02", "TW", "staff_group") == {CC: 2, "hợp đồng": 1, VC: 1, "": 2}
    unknown = queries.value(clerk, "BM02", "TW", "2021", ["staff_group"]).groups[-1]
    assert unknown.label == "Chưa rõ nhóm"
    assert [r[1] for r in rows(clerk, "BM02", "TW", staff_group="")] == ["Chuyên viên · chưa rõ nhóm"] * 2
    # A: 2 of 3, and one on contract without a quota; B holds somebody of an unknown group, so it is compared as a whole
    assert by(clerk, "BM03A", "TW", "unit") == {"T": 1 + 3}
    assert by(clerk, "BM03B", "TW", "unit") == {"T": 1, "V": 1}
    assert ("B", "chưa rõ nhóm: giao 5, có mặt 2", 3) in rows(clerk, "BM03A", "T")
    assert queries.value(clerk, "BM15", "TW", "2021").value == 1


def test_use_and_cut_are_told_group_by_group(nation, clerk):
    w.quota(nation["A"], CC, "2015-04-30", 40, baseline=True)
    w.quota(nation["A"], CC, "2020-01-01", 36)
    whole = queries.value(clerk, "BM05", "TW", "2021")
    assert (whole.value, whole.note) == (Decimal("10.0"), ""), "one group alone may be told as a whole"
    w.quota(nation["C"], VC, "2015-04-30", 50, baseline=True)
    w.quota(nation["C"], VC, "2020-01-01", 40)
    mixed = queries.value(clerk, "BM05", "TW", "2021")
    assert mixed.value is None
    assert mixed.as_json()["note"] == "Không gộp các nhóm biên chế vào một tỷ lệ: xem từng nhóm."
    assert {g.key: g.value for g in mixed.groups} == {CC: Decimal("10.0"), VC: Decimal("20.0")}
    assert by(clerk, "BM05", "TW", "unit") == {"T": Decimal("10.0"), "V": Decimal("20.0")}
    w.quota(nation["B"], VC, "2020-01-01", 1)
    assert by(clerk, "BM05", "TW", "unit") == {"V": Decimal("20.0")}, "two groups meet in T"
    crossed = queries.value(clerk, "BM05", "TW", "2021", ["unit", "staff_group"])
    assert {g.key: g.value for g in crossed.groups if g.value} == {"T|công chức": 10, "V|viên chức": 20}


def test_a_baseline_follows_what_became_of_the_unit(clerk, db):
    top = w.unit("TW", "trung ương", shelf="nha_nuoc")
    old = [w.unit(c, "tỉnh", (top, "2015-01-01", "2025-07-01"), shelf="nha_nuoc") for c in ("T1", "T2", "T3")]
    new = [w.unit(c, "tỉnh", (top, "2025-07-01", None), shelf="nha_nuoc") for c in ("M", "N")]
    district = w.unit("H", "huyện", (old[0], "2015-01-01", "2025-07-01"), shelf="nha_nuoc")
    w.grow()
    for start, end in ((old[0], new[0]), (old[1], new[0]), (old[2], new[0]), (old[2], new[1])):
        UnitLineage.objects.create(old=start, new=end, on=w.day("2025-07-01"), operation="hop_nhat")
    for number, where in enumerate((*old, district), 1):
        w.quota(where, CC, "2015-04-30", 100 * number, baseline=True)
    w.quota(new[0], CC, "2025-07-01", 630)
    # T1 and T2 went into M, H ended without a successor under T1; T3 was divided, so the Centre keeps its figure
    assert by(clerk, "BM05A", "TW", "unit", "2025-06-30") == {"T1": 500, "T2": 200, "T3": 300}
    assert by(clerk, "BM05A", "TW", "unit", "2026") == {"M": 700, "TW": 300}
    assert queries.value(clerk, "BM05A", "TW", "2026").value == 1000
    assert queries.value(clerk, "BM05", "M", "2026").value == Decimal("10.0")


def test_any_day_may_be_the_day_of_comparison(nation, clerk):
    total(nation["TW"], CC, "2016-01-01", 300, until="2020-01-01")
    total(nation["TW"], CC, "2020-01-01", 270)
    w.quota(nation["A"], CC, "2016-01-01", 100, until="2020-01-01")
    w.quota(nation["A"], CC, "2020-01-01", 90)
    w.quota(nation["C"], VC, "2015-12-31", 50, baseline=True)
    w.quota(nation["C"], VC, "2015-12-31", 52, until="2020-01-01")
    w.quota(nation["C"], VC, "2020-01-01", 40)
    assert by(clerk, "BM05B", "TW", "unit", "2016-06-30..2021-12-31") == {"TW": 200, "T": 100, "V": 52}
    assert by(clerk, "BM05B", "TW", "staff_group", "2015-12-31..2021-12-31") == {VC: 50}, (
        "the marked row, not the quota"
    )
    cut = queries.value(clerk, "BM05C", "TW", "2016-06-30..2021-12-31")
    assert {g.key: g.value for g in cut.groups} == {CC: Decimal("10.0"), VC: Decimal("23.1")}
    assert sum(r[2] for r in rows(clerk, "BM05B", "TW", "2016-06-30..2021-12-31")) == 352
    w.quota(nation["TW"], CC, "2016-06-30", 310, baseline=True)
    assert by(clerk, "BM05B", "TW", "unit", "2016-06-30..2021-12-31") == {"TW": 310, "V": 52}, "in place of the total"
