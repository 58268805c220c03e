"""Rows that cannot be true, or lean on what is not there: each is named, with what to do."""

from __future__ import annotations

import pytest

from .books import PAPER, Row, make, paper, person, post, province, stay, unit
from .conftest import Load, contents, messages, rows

CASES: list[tuple[str, dict[str, list[Row]], list[tuple[str, int, str]], str]] = [
    ("unknown unit", {"Đảng viên": [stay("P1", "Z")]}, [("Đảng viên", 2, "Mã tổ chức đảng sinh hoạt")], "không có đơn vị mã Z"),
    ("unknown person", {"Chức vụ": [post("P9", "A")]}, [("Chức vụ", 2, "Mã hồ sơ")], "không có hồ sơ mã P9"),
    ("unknown decision", {"Chức vụ": [post("P1", "A", **{"Số quyết định": "77-QĐ/TU"})]},
     [("Chức vụ", 2, "Số quyết định")], "chưa có quyết định 77-QĐ/TU"),
    ("end before start", {"Đảng viên": [stay("P1", "A", **{"Đến ngày": "31/01/2012"})]},
     [("Đảng viên", 2, "Đến ngày")], "trước ngày bắt đầu 01/02/2012"),
    ("course", {"Đào tạo": [{"Mã hồ sơ": "P1", "Khóa học": "K", "Từ ngày": "02/2021", "Đến ngày": "01/2021",
                             "Trình độ": "bồi dưỡng", "Số quyết định": PAPER}]},
     [("Đào tạo", 2, "Đến ngày")], "trước ngày bắt đầu"),
    ("term of office", {"Chức vụ": [post("P1", "A", **{"Thời hạn đến": "2014"})]},
     [("Chức vụ", 2, "Thời hạn đến")], "hết trước ngày bắt đầu"),
    ("two cells on one day", {"Đảng viên": [stay("P1", "A", **{"Đến ngày": "01/01/2020"}),
                                            stay("P1", "B", "01/01/2020")]},
     [("Đảng viên", 3, "Từ ngày")], "trùng thời gian với sinh hoạt đảng tại A từ 01/02/2012 đến 01/01/2020 (dòng 2)"),
    ("one post twice", {"Chức vụ": [post("P1", "A"), post("P1", "A", "BÍ  THƯ", "01/01/2016")]},
     [("Chức vụ", 3, "Từ ngày")], "trùng thời gian"),
    ("the same row twice", {"Đảng viên": [stay("P1", "A"), stay("P1", "A")]},
     [("Đảng viên", 3, "Mã hồ sơ")], "dòng 2"),
    ("before its unit", {"Chức vụ": [post("P1", "A", since="31/12/1999")]},
     [("Chức vụ", 2, "Mã đơn vị")], "chỉ tồn tại 01/01/2000 đến nay"),
    ("act without a day", {"Đảng viên": [stay("P1", "A", **{"Hành vi kết thúc": "khai trừ"})]},
     [("Đảng viên", 2, "Đến ngày")], "thiếu Đến ngày"),
    ("two quotas at once", {"Biên chế": [
        {"Mã đơn vị": "A", "Nhóm": "công chức", "Từ ngày": "01/01/2021", "Giao": 3, "Số quyết định": PAPER},
        {"Mã đơn vị": "A", "Nhóm": "công chức", "Từ ngày": "01/01/2022", "Giao": 4, "Số quyết định": PAPER}]},
     [("Biên chế", 3, "Từ ngày")], "trùng thời gian"),
    ("two of one position at once", {"Vị trí việc làm": [
        {"Mã đơn vị": "A", "Mã vị trí": "CM01", "Tên vị trí": "Kế toán", "Nhóm": "nhóm lạ", "Số lượng": 0,
         "Từ ngày": "01/01/2021", "Số quyết định": PAPER},
        {"Mã đơn vị": "A", "Mã vị trí": "LD01", "Tên vị trí": "Trưởng ban", "Nhóm": "LĐQL", "Số lượng": 1,
         "Từ ngày": "01/01/2022", "Số quyết định": PAPER},
        {"Mã đơn vị": "A", "Mã vị trí": "LD01", "Tên vị trí": "Trưởng ban", "Nhóm": "LĐQL", "Số lượng": 1,
         "Từ ngày": "01/01/2023", "Số quyết định": PAPER}]},
     [("Vị trí việc làm", 2, "Nhóm"), ("Vị trí việc làm", 2, "Số lượng"), ("Vị trí việc làm", 4, "Từ ngày")],
     "trùng thời gian"),
    ("too many staff", {"Biên chế": [
        {"Mã đơn vị": "A", "Nhóm": "công chức", "Từ ngày": "01/01/2021", "Giao": 3e9, "Số quyết định": PAPER}]},
     [("Biên chế", 2, "Giao")], "quá lớn"),
    ("one number, two people", {"Hồ sơ": [person("P1", **{"Số định danh cá nhân": "038180000001"}), person("P2"),
                                          person("P3", **{"Số định danh cá nhân": "038180000001"})]},
     [("Hồ sơ", 4, "Số định danh cá nhân")], "trùng với dòng 2"),
    ("one person, two codes", {"Hồ sơ": [person("P1", **{"Số định danh cá nhân": "038180000001"}), person("P2"),
                                         person("038180000001")]},
     [("Hồ sơ", 4, "Số định danh cá nhân")], "trùng với dòng 2"),
    ("a cycle", {"Đơn vị": [unit("T", "A", "đảng bộ tỉnh"), unit("A", "B"), unit("B", "T")],
                 "Đảng viên": [], "Chức vụ": []},
     [("Đơn vị", 2, "Mã đơn vị cấp trên"), ("Đơn vị", 3, "Mã đơn vị cấp trên"), ("Đơn vị", 4, "Mã đơn vị cấp trên")],
     "nằm dưới chính đơn vị này"),
    ("its own superior", {"Đơn vị": [unit("T", kind="đảng bộ tỉnh"), unit("A", "T"), unit("B", "B")]},
     [("Đơn vị", 4, "Mã đơn vị cấp trên")], "nằm dưới chính đơn vị này"),
    ("no superior", {"Đơn vị": [unit("T", kind="đảng bộ tỉnh"), unit("A", "T"), unit("B", "X")]},
     [("Đơn vị", 4, "Mã đơn vị cấp trên")], "không có đơn vị mã X"),
    ("superior ends first", {"Đơn vị": [unit("T", kind="đảng bộ tỉnh"), unit("A", "T"), unit("B", "T"),
                                        unit("C", "T", **{"Đến ngày": "31/12/2010"}), unit("D", "C")]},
     [("Đơn vị", 6, "Mã đơn vị cấp trên")], "đơn vị cấp trên kết thúc ngày 31/12/2010"),
    ("two units at once", {"Đơn vị": [unit("T", kind="đảng bộ tỉnh"), unit("A", "T", **{"Đến ngày": "31/12/2030"}),
                                      unit("B", "T"), unit("A", "T", **{"Từ ngày": "01/01/2020"})]},
     [("Đơn vị", 5, "Từ ngày")], "(dòng 3)"),
    ("number used again", {"Quyết định": [paper(), paper("15-QĐ/TU", "01/12/2020"), paper("15-QĐ/TU", "01/06/2025")]},
     [("Quyết định", 4, "Số ký hiệu")], "trong cùng nhiệm kỳ"),
    ("State number used again", {"Quyết định": [paper(), paper("15/QĐ-UBND", "01/02/2020"),
                                                paper("15/QĐ-UBND", "30/12/2020")]},
     [("Quyết định", 4, "Số ký hiệu")], "trong cùng năm"),
    ("which decision", {"Quyết định": [paper(), paper("15-QĐ/TU", "01/12/2012"),
                                       paper("15-QĐ/TU", "01/12/2012", **{"Loại văn bản": "Quy định"})],
                        "Chức vụ": [post("P1", "A", **{"Số quyết định": "15-QĐ/TU"})]},
     [("Chức vụ", 2, "Số quyết định")], "có 2 quyết định số 15-QĐ/TU"),
    ("age", {"Hồ sơ": [person("P1", **{"Ngày mất": "01/01/1970"}), person("P2", **{"Ngày sinh": "2050"})]},
     [("Hồ sơ", 2, "Ngày mất"), ("Hồ sơ", 3, "Ngày sinh")], "sau ngày nạp"),
]  # fmt: skip


@pytest.mark.parametrize(("sheets", "places", "words"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_refused(sheets: dict[str, list[Row]], places: list[tuple[str, int, str]], words: str, load: Load) -> None:
    found = load(province(**sheets))
    own = [m for m in messages(found) if m[0] in sheets]
    assert own == places
    assert any(words in f.message for f in found.faults), [f.message for f in found.faults]
    assert all(f.message and f.fix for f in found.faults)


@pytest.mark.parametrize(("sheets", "places", "words"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_the_clean_rows_load_without_them(
    sheets: dict[str, list[Row]], places: list[tuple[str, int, str]], words: str, load: Load
) -> None:
    """Whatever leans on a faulty row is faulty too, so what is left always goes in, and goes in once."""
    book = province(**sheets)
    first = load(book, accept_clean=True)
    assert rows("SELECT count(*) FROM decisions_decision")[0][0] > 0
    before = contents()
    again = load(book, accept_clean=True)
    assert contents() == before
    assert messages(again) == messages(first)


def test_overlap_with_what_is_recorded(load: Load) -> None:
    load(province(), clean=True)
    found = load(make({"Đảng viên": [stay("P1", "B", "01/01/2020")]}))
    assert messages(found) == [("Đảng viên", 2, "Từ ngày")]
    assert "tại A từ 01/02/2012 đến nay (trong hệ thống)" in found.faults[0].message


def test_a_number_of_another_person_in_the_records(load: Load) -> None:
    load(province(**{"Hồ sơ": [person("P1", **{"Số định danh cá nhân": "038180000001"}), person("P2")]}), clean=True)
    found = load(make({"Hồ sơ": [person("P3", **{"Số định danh cá nhân": "038180000001"})]}))
    assert messages(found) == [("Hồ sơ", 2, "Số định danh cá nhân")]
    both = make({"Hồ sơ": [person("P1"), person("038180000001", "Nguyễn Thị Khác")]})
    assert messages(load(both)) == [("Hồ sơ", 3, "Mã hồ sơ")]


def test_numbers_used_again_where_they_may_be(load: Load) -> None:
    papers = [
        paper(),
        paper("15-QĐ/TU", "01/12/2016"),
        paper("15-QĐ/TU", "01/12/2021"),
        paper("15-QĐ/TU", "02/12/2021", **{"Loại văn bản": "Quy định"}),
        paper("15/QĐ-UBND", "30/12/2020"),
        paper("15/QĐ-UBND", "04/01/2021"),
        paper("8-QĐ/TU", "04/01/2009"),
        paper("8-QĐ/TU", "04/01/2011"),
    ]
    load(province(**{"Quyết định": papers}), clean=True)
    found = load(make({"Quyết định": [paper("15-QĐ/TU", "03/02/2022")]}))
    assert "(trong sổ) trong cùng nhiệm kỳ" in found.faults[0].message


def test_a_decision_with_its_day(load: Load) -> None:
    papers = [paper(), paper("15-QĐ/TU", "01/12/2014"), paper("15-QĐ/TU", "01/12/2021")]
    named = post("P1", "A", **{"Số quyết định": "15-qđ/tu ngày 01/12/2014"})
    load(province(**{"Quyết định": papers, "Chức vụ": [named, post("P2", "A", since="05/12/2021",
         **{"Số quyết định": "15-QĐ/TU"})]}), clean=True)  # fmt: skip
    assert rows("SELECT d.issued_on::text FROM staffing_assignment a JOIN decisions_decision d ON d.id = a.opened_by_id "
                "ORDER BY a.id") == [("2014-12-01",), ("2021-12-01",)]  # fmt: skip


def test_recorded_decisions_are_not_rewritten(load: Load) -> None:
    load(province(), clean=True)
    found = load(make({"Quyết định": [paper(**{"Trích yếu": "về việc khác"})]}))
    assert messages(found) == [("Quyết định", 2, "Trích yếu")]


def test_a_cycle_through_recorded_units(load: Load) -> None:
    load(province(**{"Đơn vị": [unit("T", kind="đảng bộ tỉnh"), unit("A", "T"), unit("B", "A")]}), clean=True)
    found = load(make({"Đơn vị": [unit("A", "B", **{"Từ ngày": "01/01/2024"})]}))
    assert messages(found) == [("Đơn vị", 2, "Mã đơn vị cấp trên")]


def test_superiors_may_change_places_over_time(load: Load) -> None:
    load(province(**{"Đơn vị": [
        unit("T", kind="đảng bộ tỉnh"), unit("A", "T"), unit("B", "A", **{"Đến ngày": "31/12/2019"}),
        unit("B", "T", **{"Từ ngày": "01/01/2020"}), unit("A", "B", **{"Từ ngày": "01/01/2020"}),
    ]}), clean=True)  # fmt: skip
    assert rows("SELECT count(*) FROM organisation_unitversion") == [(5,)]


def test_rows_beneath_a_faulty_unit_are_faulty_to_the_last(load: Load) -> None:
    units = [unit("T", kind="đảng bộ tỉnh", **{"Từ ngày": "31/02/2000"}), unit("A", "T"), unit("B", "A"), unit("C")]
    found = load(province(**{"Đơn vị": units}), accept_clean=True)
    assert messages(found) == [
        ("Đơn vị", 2, "Từ ngày"), ("Đơn vị", 3, "Mã đơn vị cấp trên"), ("Đơn vị", 4, "Mã đơn vị cấp trên"),
        ("Chức vụ", 2, "Mã đơn vị"),
        ("Đảng viên", 2, "Mã tổ chức đảng sinh hoạt"), ("Đảng viên", 3, "Mã tổ chức đảng sinh hoạt"),
    ]  # fmt: skip
    assert rows("SELECT code FROM organisation_unit") == [("C",)]


def test_a_faulty_row_ends_nothing_that_others_lean_on(load: Load) -> None:
    load(province(), clean=True)
    ended = stay("P1", "A", **{"Đến ngày": "31/12/2020", "Số quyết định kết thúc": "77-QĐ/TU"})
    found = load(make({"Đảng viên": [ended, stay("P1", "B", "01/01/2021")]}), accept_clean=True)
    assert messages(found) == [("Đảng viên", 2, "Số quyết định kết thúc"), ("Đảng viên", 3, "Từ ngày")]
    twice = [
        unit("A", "T", **{"Đến ngày": "31/12/2030", "Từ ngày": "01/01/2020"}),
        unit("A", "T", **{"Từ ngày": "2025"}),
    ]
    before = contents()
    found = load(make({"Đơn vị": [{**twice[0], "Mã đơn vị cấp trên": "X"}, twice[1]]}))
    assert messages(found) == [("Đơn vị", 2, "Mã đơn vị cấp trên")]
    assert contents() == before


def test_kinds_beside_the_level(load: Load) -> None:
    def place(code: str, kind: str, parent: str | None) -> Row:
        return unit(code, parent, kind)

    load(province(**{"Đảng viên": [], "Chức vụ": [], "Đơn vị": [
        place("TW", "trung ương", None), place("01", "thành phố", "TW"), place("01.1", "quận", "01"),
        place("01.2", "thị xã", "01"), place("01.3", "thành phố", "01"), place("01.11", "phường", "01.1"),
        place("01.12", "Thị trấn", "01.2"), place("01.13", "ĐẶC KHU", "01"), place("01.14", "xã", "01"),
    ]}), clean=True)  # fmt: skip
    load(make({"Đơn vị": [place("02", "thành phố", "TW"), place("02.1", "thành phố", "01")]}), clean=True)
    assert rows("SELECT u.code, v.kind, v.local_type FROM organisation_unitversion v "
                "JOIN organisation_unit u ON u.id = v.unit_id ORDER BY u.code COLLATE \"C\"") == [
        ("01", "tỉnh", "thành phố"), ("01.1", "huyện", "quận"), ("01.11", "xã", "phường"),
        ("01.12", "xã", "thị trấn"), ("01.13", "xã", "đặc khu"), ("01.14", "xã", ""), ("01.2", "huyện", "thị xã"),
        ("01.3", "huyện", "thành phố"), ("02", "tỉnh", "thành phố"), ("02.1", "huyện", "thành phố"),
        ("TW", "trung ương", ""),
    ]  # fmt: skip


def test_every_fault_of_a_row_at_once(load: Load) -> None:
    row = stay("P9", "KHONG", "31/02/2012", **{"Số quyết định": "99-QĐ/TU"})
    found = load(province(**{"Đảng viên": [row]}))
    assert sorted(messages(found)) == [
        ("Đảng viên", 2, "Mã hồ sơ"),
        ("Đảng viên", 2, "Mã tổ chức đảng sinh hoạt"),
        ("Đảng viên", 2, "Số quyết định"),
        ("Đảng viên", 2, "Từ ngày"),
    ]
