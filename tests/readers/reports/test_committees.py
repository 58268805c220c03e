"""Committees and job positions as figures, counted by hand."""

from __future__ import annotations

from decimal import Decimal

from canbo.facts.staffing.models import Placement, PositionDescription
from canbo.readers.reports import queries

from . import world as w


def value(clerk, code, unit="T", period="2026", by=None):
    figure = queries.value(clerk, code, unit, period, [by] if by else [])
    return (figure.value, {g.key: int(g.value) for g in figure.groups}) if by else figure.value


def test_members_of_committees_by_structure(province, clerk):
    head = w.person("Lê Văn Bí", born="1970-01-01")
    w.post(head, province.a, "Bí thư", "2025-07-01", acts=("chỉ định",))
    w.post(head, province.a, "Đảng ủy viên", "2025-07-01", acts=("chỉ định",))
    w.post(head, province.top, "Ủy viên Ban Chấp hành", "2025-07-01", acts=("bầu cử",))
    young = w.person("Lò Thị Trẻ", sex="nu", born="1985-01-01", ethnic="Thái")
    w.post(young, province.a, "Ủy viên Ban Thường vụ", "2025-07-01", acts=("bầu cử",))
    w.post(w.person("Hà Văn Cũ"), province.b, "Đảng ủy viên", "2020-06-01", "2025-01-01")
    w.post(w.person("Vũ Văn Chức"), province.b, "Chuyên viên", "2020-06-01")
    assert value(clerk, "TC13", by="sex") == (3, {"nam": 2, "nu": 1})
    assert value(clerk, "TC13", "A") == 2, "two titles of one committee are one seat"
    assert value(clerk, "TC13D") == 2
    assert value(clerk, "TC13E") == 2
    assert (value(clerk, "TC13A"), value(clerk, "TC13B"), value(clerk, "TC13C")) == (1, 1, 1)
    assert value(clerk, "DH05") == value(clerk, "CB11") == Decimal("33.3")
    assert value(clerk, "DH06", "A") == Decimal("50.0")
    assert value(clerk, "TC13", period="2024") == 1
    assert value(clerk, "TC14", period="2025", by="act") == (3, {"bầu cử": 2, "chỉ định": 1})


def test_the_age_of_the_young_is_that_of_the_day(province, clerk):
    w.post(w.person("Tròn", born="1984-12-31"), province.a, "Đảng ủy viên", "2020-01-01")
    w.post(w.person("Kém một ngày", born="1985-01-01"), province.b, "Đảng ủy viên", "2020-01-01")
    assert value(clerk, "TC13B", period="2024-12-31") == 1, "under 40 on that day"
    assert value(clerk, "TC13B", period="2025-12-31") == 2, "under 42 since April 2025"


def test_positions_by_group_described_and_vacant(province, clerk):
    for code, group, places in (("A1", "lanh_dao", 1), ("A2", "chuyen_mon", 3), ("A3", "ho_tro", 2)):
        w.position(province.a, code, group, headcount=places)
    who = w.person("Lê Văn Vị")
    for model, more in ((PositionDescription, {}), (Placement, {"person": who})):
        model.objects.create(
            unit=province.a, position_code="A1", in_force=w.span("2021-01-01"), since=w.day("2021-01-01"), **more
        )
    fixed = {"lanh_dao": 1, "chuyen_mon": 1, "dung_chung": 0, "ho_tro": 1}
    assert value(clerk, "BM12", by="position_group") == (3, fixed)
    assert value(clerk, "BM12A") == 6
    assert value(clerk, "BM12B") == 2
    assert value(clerk, "BM13A") == 1
    assert value(clerk, "BM13") == Decimal("33.3")
    assert value(clerk, "BM13", period="2020") == Decimal("0.0")
