"""Acts on cadres, courses, staff and organisations."""

from __future__ import annotations

from decimal import Decimal

from canbo.readers.reports import queries

from . import world as w


def groups(clerk, code, by, unit="T", period="2021"):
    figure = queries.value(clerk, code, unit, period, [by])
    return int(figure.value), {g.key: int(g.value) for g in figure.groups}


def test_combined_acts_are_one_case(province, clerk):
    both = w.person("Lê Văn Ghép")
    w.post(both, province.a, "Trưởng phòng", "2021-03-01", acts=("bổ nhiệm", "điều động"))
    w.post(w.person("Lê Văn Đơn"), province.b, "Phó phòng", "2021-04-01")
    w.post(both, province.b, "Giám đốc", "2021-09-01")
    w.post(w.person("Lê Văn Cũ"), province.b, "Phó phòng 2", "2020-04-01", "2021-05-01", end="cho thôi giữ chức vụ")
    assert groups(clerk, "CB02", "act") == (2, {"bổ nhiệm": 2, "điều động, bổ nhiệm": 1})
    assert groups(clerk, "CB05", "act") == (1, {"điều động, bổ nhiệm": 1})
    assert groups(clerk, "CB08", "act") == (1, {"cho thôi giữ chức vụ": 1})
    assert groups(clerk, "CB21", "act")[0] == 4
    assert len(queries.rows(clerk, "CB02", "T", "2021")) == 2


def test_courses_count_once_for_a_person_with_a_post_and_a_membership(province, clerk):
    who = w.person("Lê Văn Học")
    w.stay(who, province.a1, "2016-01-01")
    w.post(who, province.b, "Trưởng ban", "2016-01-01")
    w.course(who, "2021-03-01", "cao cấp lý luận chính trị", "tập trung")
    w.course(who, "2021-10-01", "bồi dưỡng")
    w.course(w.person("Không Thuộc"), "2021-10-01", "bồi dưỡng")
    assert groups(clerk, "DT01", "unit") == (2, {"A": 2, "B": 2})
    assert groups(clerk, "DT01", "level") == (2, {"bồi dưỡng": 1, "cao cấp lý luận chính trị": 1})
    assert groups(clerk, "DT02", "mode") == (1, {"tập trung": 1})
    assert len(queries.rows(clerk, "DT01", "T", "2021")) == 2


def test_quotas_presence_and_reduction_against_the_baseline(province, clerk):
    w.quota(province.a, "công chức", "2015-04-30", 40, baseline=True)
    w.quota(province.a, "công chức", "2016-01-01", 38, until="2021-01-01")
    w.quota(province.a, "công chức", "2021-01-01", 35)
    w.quota(province.a, "viên chức", "2015-04-30", 10, baseline=True)
    w.quota(province.a, "viên chức", "2021-01-01", 9)
    who = w.person("Lê Thị Có", sex="nu")
    w.post(who, province.a, "Chuyên viên", "2016-01-01")
    w.post(who, province.b, "Ủy viên", "2016-01-01", concurrent=True)
    assert groups(clerk, "BM01", "staff_group") == (44, {"công chức": 35, "viên chức": 9})
    assert groups(clerk, "BM02", "unit") == (1, {"A": 1, "B": 0})
    figure = queries.value(clerk, "BM05", "T", "2021", ["staff_group"])
    assert figure.value is None, "groups are never mixed in one percentage"
    plain = queries.value(clerk, "BM05", "T", "2021")
    assert plain.value is None
    assert "từng nhóm" in plain.note
    assert plain.groups == figure.groups
    assert {g.key: g.value for g in figure.groups} == {"công chức": Decimal("12.5"), "viên chức": Decimal("10.0")}
    assert queries.value(clerk, "BM03", "T", "2021").value == 43


def test_organisations_by_kind(province, clerk):
    asked = ("TC01", "TC02", "TC03", "TC05", "TC07", "TC08", "BM09")
    figures = queries.values(clerk, asked, "T", "2021")
    assert [int(figures[code].value) for code in asked] == [2, 2, 2, 4, 0, 0, 2]
    assert queries.value(clerk, "TC07", "T", "2015").value == 7
