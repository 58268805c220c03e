"""Stocks of members and their changes, counted by hand."""

from __future__ import annotations

import pytest

from canbo.readers.reports import queries

from . import world as w


def value(clerk, code, unit="T", period="2021"):
    figure = queries.value(clerk, code, unit, period)
    found = queries.rows(clerk, code, unit, period)
    assert sum(row.weight for row in found) == figure.value, code
    return int(figure.value)


def test_stock_counts_probationary_women_and_minorities_on_the_last_day(province, clerk):
    w.stay(w.person("Lê Thị Mai", sex="nu"), province.a1, "2016-01-01")
    w.stay(w.person("Vàng A Páo", ethnic="Mông"), province.b1, "2021-03-01", official=None, entry="ket_nap")
    w.stay(w.person("Trần Văn Ba"), province.b1, "2021-03-01", official="2022-01-01", entry="ket_nap")
    w.stay(w.person("Ngô Văn Đi"), province.a1, "2016-01-01", "2021-12-31", end="chuyen_di")
    w.stay(w.person("Hồ Văn Ở"), province.a1, "2016-01-01", "2022-01-01", end="tu_tran")
    w.stay(w.person("Người Khác"), province.v1, "2016-01-01")
    assert [value(clerk, code) for code in ("DV01", "DV02", "DV03", "DV05")] == [4, 2, 1, 1]
    assert value(clerk, "DV02", period="2022-01-01") == 1
    assert value(clerk, "DV01", period="2020-12-31") == 3
    assert value(clerk, "DV01", "A") == 2


def test_a_voided_stay_counts_nowhere(province, clerk):
    row = w.stay(w.person("Lý Văn Sai"), province.a1, "2021-02-01", entry="ket_nap", admitted="2021-01-20")
    type(row).objects.filter(pk=row.pk).update(voided_on=w.day("2021-05-01"), voided_why="nhập nhầm")
    assert [value(clerk, code) for code in ("DV01", "KN01", "DV10", "DV16")] == [0, 0, 0, 0]


def test_a_dissolved_parent_keeps_its_cell_on_the_tree_of_each_day(province, clerk):
    w.stay(w.person("Phạm Văn Lâu"), province.x, "2016-01-01")
    assert [value(clerk, "DV01", unit, "2021-06-30") for unit in "AB"] == [1, 0]
    assert [value(clerk, "DV01", unit, "2021-07-01") for unit in "AB"] == [0, 1]
    # Nobody moved: the cell was hung under another committee, which is no transfer and leaves nothing unexplained.
    assert [value(clerk, "DV20", unit) for unit in "ABT"] == [0, 1, 0]
    assert [value(clerk, "DV21", unit) for unit in "ABT"] == [1, 0, 0]
    assert [value(clerk, code, unit) for code in ("DV10", "DV11", "DV16") for unit in "ABT"] == [0] * 9
    assert [value(clerk, code, "B") for code in ("DV10", "DV11")] == [0, 0]


def test_moves_count_only_across_the_border_of_the_unit(province, clerk):
    inner = w.person("Đỗ Văn Trong")
    w.stay(inner, province.a1, "2016-01-01", "2021-05-01", end="chuyen_di")
    w.stay(inner, province.a2, "2021-05-01")
    across = w.person("Bùi Văn Ngang")
    w.stay(across, province.a1, "2016-01-01", "2021-05-01", end="chuyen_di")
    w.stay(across, province.b1, "2021-05-01")
    newcomer = w.person("Vũ Văn Đến")
    w.stay(newcomer, province.v1, "2016-01-01", "2021-12-31", end="chuyen_di")
    w.stay(newcomer, province.a1, "2021-12-31")
    leaver = w.person("Hà Văn Đi")
    w.stay(leaver, province.b1, "2016-01-01", "2022-01-01", end="chuyen_di")  # leaves on 01/01/2022
    moved = {unit: (value(clerk, "DV10", unit), value(clerk, "DV11", unit)) for unit in ("T", "A", "B", "V")}
    assert moved == {"T": (1, 0), "A": (1, 1), "B": (1, 0), "V": (0, 1)}
    assert value(clerk, "DV11", "T", "2022") == 1
    assert all(value(clerk, "DV16", unit) == 0 for unit in ("T", "A", "B", "V"))


@pytest.mark.parametrize(
    ("act", "code"), [("tu_tran", "DV12"), ("khai_tru", "DV13"), ("xoa_ten", "DV14"), ("ra_khoi_dang", "DV15")]
)
def test_an_ending_counts_on_the_day_after_the_last(province, clerk, act, code):
    w.stay(w.person("Lê Văn Hết"), province.a1, "2016-01-01", "2021-12-31", end=act)
    w.stay(w.person("Lê Văn Sau"), province.a1, "2016-01-01", "2022-01-01", end=act)
    assert [value(clerk, code, period=period) for period in ("2021", "2021-12-31", "2022-01-01")] == [1, 1, 1]
    assert [value(clerk, "DV16", period=period) for period in ("2021", "2022")] == [0, 0]


def test_an_ending_in_a_unit_that_is_gone_is_looked_up_on_the_last_day(province, clerk):
    gone = w.unit("G", "chi bộ trực thuộc", (province.b, "2015-01-01", "2021-07-01"))
    w.grow()
    w.stay(w.person("Lê Văn Cuối"), gone, "2016-01-01", "2021-07-01", end="tu_tran")
    assert [value(clerk, "DV12", unit) for unit in ("T", "B", "A")] == [1, 1, 0]
    assert value(clerk, "DV16", "B") == 0


def test_restored_and_readmitted_stand_apart_and_the_balance_holds(province, clerk):
    back = w.person("Trịnh Văn Phục")
    w.stay(back, province.a1, "2016-01-01", "2020-03-01", end="khai_tru")
    w.stay(back, province.a1, "2021-03-01", entry="phuc_hoi", admitted="2010-01-01")
    again = w.person("Trịnh Văn Lại")
    w.stay(again, province.a1, "2021-04-01", entry="ket_nap_lai", admitted="2021-04-01", official=None)
    assert [value(clerk, code) for code in ("KN01", "KN15", "DV19", "DV10", "DV16")] == [0, 1, 1, 0, 0]


def test_an_unexplained_presence_is_shown_with_its_person(province, clerk):
    lost = w.person("Cao Văn Rơi")
    w.stay(lost, province.a1, "2016-01-01", "2021-05-01")
    w.stay(w.person("Cao Văn Từ"), province.a1, "2021-02-01", entry="ket_nap", admitted="2020-12-30", official=None)
    rows = queries.rows(clerk, "DV16", "T", "2021")
    assert [(row.name, int(row.weight)) for row in rows] == [("Cao Văn Rơi", -1), ("Cao Văn Từ", 1)]
    assert queries.value(clerk, "DV16", "T", "2021").value == 0
    assert "không ghi việc đi" in rows[0].detail


def test_groups_by_sex_age_and_subordinate(province, clerk):
    w.stay(w.person("Lê Thị Mai", sex="nu", born="1991-01-01"), province.a1, "2016-01-01")
    w.stay(w.person("Lê Văn Già", born="1950-01-01"), province.b1, "2016-01-01")
    w.stay(w.person("Lê Văn Gộc", born="1990-12-31"), province.top, "2016-01-01")
    by_age = queries.value(clerk, "DV01", "T", "2021", ["age_band"])
    assert {g.key: int(g.value) for g in by_age.groups if g.value} == {"18-30": 1, "31-35": 1, "61+": 1}
    assert next(g.key for g in by_age.groups) == "18-30"
    by_unit = queries.value(clerk, "DV01", "T", "2021", ["unit"])
    assert [(g.key, int(g.value)) for g in by_unit.groups] == [("A", 1), ("B", 1), ("T", 1)]
    crossed = queries.value(clerk, "DV01", "T", "2021", ["unit", "sex"])
    assert [(g.key, int(g.value)) for g in crossed.groups] == [("A|nu", 1), ("B|nam", 1), ("T|nam", 1)]
    assert queries.value(clerk, "DV04", "T", "2021", ["unit"]).group("A").value == 100
    assert len(queries.rows(clerk, "DV01", "T", "2021", {"unit": "A", "sex": "nu"})) == 1
