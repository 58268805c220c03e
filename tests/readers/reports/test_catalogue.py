"""Laws that hold for every indicator."""

from __future__ import annotations

from decimal import Decimal

import pytest

from canbo.foundation.kernel.actor import Actor, Reach
from canbo.foundation.kernel.numbers import percent
from canbo.foundation.kernel.period import Span
from canbo.foundation.kernel.violation import NotPermitted, OutOfScope
from canbo.readers.reports import behind, queries
from canbo.readers.reports.indicators import CATALOGUE
from canbo.readers.reports.indicators.groupings import GROUPINGS

from . import world as w


@pytest.fixture
def busy(province):
    """One of everything."""
    for number, cell in enumerate((province.a1, province.a2, province.b1, province.x)):
        who = w.person(f"Lê Văn {number}", sex="nu" if number % 2 else "nam", ethnic="Tày", religion="Phật giáo")
        w.stay(who, cell, "2016-01-01", admitted="2015-12-01", official="2021-02-01" if number else None)
        w.post(who, province.a if number < 3 else province.b, f"Chức vụ {number}", "2021-02-01", acts=("luân chuyển",))
        w.course(who, "2021-03-01", "trung cấp lý luận chính trị")
        w.card(who, "2021-03-03")
        w.badge(who, "2021-05-19", 30)
    for number in range(3):
        who = w.person(f"Trần Thị {number}", sex="nu", religion="Công giáo")
        w.stay(who, province.a1, "2021-04-01", entry="ket_nap", admitted=f"2021-0{number + 2}-01", official=None)
    w.stay(w.person("Trần Văn Đi"), province.b1, "2016-01-01", "2021-09-01", end="chuyen_di")
    for number, title in enumerate(("Bí thư", "Ủy viên Ban Thường vụ", "Đảng ủy viên")):
        w.post(w.person(f"Đỗ Thị {number}", sex="nu"), province.a, title, "2021-03-01", acts=("chỉ định",))
    for number in range(3):
        w.position(province.a, f"V{number}", "chuyen_mon" if number else "lanh_dao", headcount=number + 1)
    w.quota(province.a, "công chức", "2020-01-01", 12)
    w.quota(province.a, "công chức", "2015-04-30", 15, baseline=True)
    return province


@pytest.mark.parametrize("unit", ["T", "A", "X"])
@pytest.mark.parametrize("period", ["2021", "2021-H1", "2021-06-30"])
def test_every_value_is_the_sum_of_its_rows(busy, clerk, unit, period):
    figures = queries.values(clerk, list(CATALOGUE), unit, period)
    for code, _figure in figures.items():
        one, span = behind.counted(code, Span.parse(period))
        counted = figures[code].value if one.code == code else queries.value(clerk, one.code, unit, span).value
        rows = queries.rows(clerk, code, unit, period)
        if one.measure.of == "mean":
            assert (not rows) == (counted is None)
            assert counted is None or abs(behind.total(rows) / len(rows) - counted) <= Decimal("0.05"), code
        else:
            assert behind.total(rows) == counted, code
            assert one.measure.of == "sum" or len(rows) == counted, code


def test_every_grouping_can_be_asked_and_its_parts_open(busy, clerk):
    for code, one in CATALOGUE.items():
        for name in one.groupings:
            figure = queries.value(clerk, code, "T", "2021", [name])
            if one.derived or one.measure.of == "mean":
                continue
            for group in figure.groups:
                rows = queries.rows(clerk, code, "T", "2021", {name: group.key})
                assert behind.total(rows) == group.value, (code, name, group.key)
            if one.measure.of == "rows" and one.population and not one.population.several_units:
                assert sum(group.value for group in figure.groups) == figure.value, (code, name)


def test_the_catalogue_is_whole():
    assert len(CATALOGUE) >= 35
    for one in CATALOGUE.values():
        assert one.title
        assert one.definition
        assert one.source
        assert one.certainty in ("text", "news", "?")
        assert set(one.groupings) <= set(GROUPINGS)
        assert one.derived == (one.population is None) == (one.formula is not None)
        assert all(part.code in CATALOGUE for part in one.parts)


def test_shares_are_one_decimal_half_up():
    assert percent(4710, 3750) == Decimal("125.6")
    assert percent(1, 16) == Decimal("6.3")
    assert percent(1, 0) is None


def test_the_whole_catalogue_takes_few_statements(busy, clerk, django_assert_max_num_queries):
    with django_assert_max_num_queries(84):
        queries.values(clerk, list(CATALOGUE), "T", "2021")
    with django_assert_max_num_queries(8):
        queries.values(clerk, ["DV01", "DV02", "DV03", "DV05"], "T", "2021", ["unit"])


def test_an_actor_asks_only_within_her_reach(busy):
    mine = Actor(name="Cô Lan", reaches={"report.read": Reach(units=frozenset({busy.a.pk}))})
    assert queries.value(mine, "DV01", "A1", "2021").value == 4
    for code in ("T", "B", "KHONG"):
        with pytest.raises(OutOfScope):
            queries.value(mine, "DV01", code, "2021")
    with pytest.raises(NotPermitted):
        queries.value(Actor(name="Ai đó"), "DV01", "A", "2021")


def test_religion_is_told_in_sums_only(busy):
    mine = Actor(name="Cô Lan", reaches={"report.read": Reach(everywhere=True)})
    assert queries.value(mine, "KN07", "T", "2021").value == 3
    assert queries.value(mine, "DV01", "T", "2021", ["religion"]).groups
    for code, group in (("DV06", {}), ("DV01", {"religion": "Phật giáo"})):
        with pytest.raises(NotPermitted):
            queries.rows(mine, code, "T", "2021", group)
    allowed = Actor(name="Cô Lan", reaches=dict(mine.reaches) | {"person.read_sensitive": Reach(everywhere=True)})
    assert len(queries.rows(allowed, "DV06", "T", "2021")) == 7
