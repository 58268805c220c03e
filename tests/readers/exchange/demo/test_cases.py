"""Figures of the other published reports, the sample province's life, seeds and sizes."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest

from canbo.readers.exchange.book import Book, Sheet
from canbo.readers.exchange.demo.cases import CASES

TODAY = dt.date(2026, 11, 22)


def acts(book: Book, first: dt.date, last: dt.date, under: str = "") -> Counter:
    sheet = book["Chức vụ"]
    rows = zip(sheet.column("Hành vi"), sheet.column("Từ ngày"), sheet.column("Mã đơn vị"), strict=True)
    return Counter(act for act, day, unit in rows if first <= day <= last and unit.startswith(under))


def courses(book: Book, first: dt.date, last: dt.date) -> Counter:
    sheet = book["Đào tạo"]
    rows = zip(sheet.column("Trình độ"), sheet.column("Hình thức"), sheet.column("Từ ngày"), strict=True)
    return Counter((level, mode) for level, mode, day in rows if first <= day <= last)


def test_ho_chi_minh_city() -> None:
    book = CASES["ho-chi-minh-city-2020"](836, 3, TODAY)
    year = dt.date(2020, 1, 1), dt.date(2020, 12, 31)
    found = acts(book, *year)
    assert found["điều động, bổ nhiệm"] == 96
    assert found["chỉ định"] + found["chuẩn y"] == 198
    assert (found["phân công lại"], found["bổ nhiệm lại"], found["giới thiệu ứng cử"]) == (51, 23, 18)
    assert found.total() == 386
    advanced = "cao cấp lý luận chính trị"
    assert courses(book, *year) == {
        (advanced, "tập trung"): 100,
        (advanced, "không tập trung"): 120,
        (advanced, "hoàn chỉnh"): 230,
    }
    awards = book["Khen thưởng"]
    assert Counter(zip(awards.column("Hình thức"), awards.column("Cơ quan"), strict=True)) == {
        ("Bằng khen", "Ban Thường vụ Thành ủy"): 8,
        ("Giấy khen", "Ban Tổ chức Thành ủy"): 16,
    }


def test_hau_giang_and_vi_thanh() -> None:
    book = CASES["hau-giang"](1724, 3, TODAY)
    term = dt.date(2020, 10, 1), dt.date(2023, 5, 31)
    found = acts(book, *term)
    assert (found["điều động"], found["điều động, chỉ định"], found["điều động, bổ nhiệm"]) == (9, 15, 24)
    levels: Counter = Counter()
    for (level, _), count in courses(book, *term).items():
        levels[level] += count
    assert levels == {
        "sau đại học": 108,
        "cao cấp lý luận chính trị": 171,
        "trung cấp lý luận chính trị": 1273,
    }
    posts = book["Chức vụ"]
    relieved = sum(
        act == "thôi giữ chức vụ" and term[0] <= day + dt.timedelta(days=1) <= term[1] and unit.startswith("HG.930.")
        for act, day, unit in zip(
            posts.column("Hành vi kết thúc"), posts.column("Đến ngày"), posts.column("Mã đơn vị"), strict=True
        )
    )
    assert acts(book, *term, under="HG.930.").total() + relieved == 128


def present(book: Book, on: dt.date) -> set[object]:
    sheet = book["Đảng viên"]
    rows = zip(*(sheet.column(header) for header in ("Mã hồ sơ", "Từ ngày", "Đến ngày")), strict=True)
    return {code for code, since, until in rows if since <= on and (until is None or until >= on)}


def in_force(book: Book, kind: str, on: dt.date) -> int:
    sheet = book["Đơn vị"]
    rows = zip(*(sheet.column(header) for header in ("Loại hình", "Từ ngày", "Đến ngày")), strict=True)
    return sum(shape == kind and since <= on and (until is None or until >= on) for shape, since, until in rows)


def test_sample_province_lives_through_the_reform() -> None:
    book = CASES["tinh-mau"](3000, 5, TODAY)
    before, after = dt.date(2025, 6, 30), dt.date(2025, 7, 1)
    assert len(present(book, TODAY)) == 3000
    assert present(book, before) - present(book, after) == set()
    assert in_force(book, "huyện", before) > 0
    assert in_force(book, "huyện", after) == 0
    assert in_force(book, "đảng bộ cấp trên trực tiếp cơ sở", after) == 0
    assert in_force(book, "đảng bộ xã", after) == in_force(book, "xã", after) + in_force(book, "phường", after) > 5
    assert set(book["Quan hệ đơn vị"].column("Ngày")) == {after}


def test_sample_province_has_work_to_do() -> None:
    book = CASES["tinh-mau"](3000, 5, TODAY)
    sheet = book["Đảng viên"]
    overdue = {
        code
        for code, ceremony, official, until in zip(
            *(sheet.column(h) for h in ("Mã hồ sơ", "Ngày kết nạp", "Ngày chính thức", "Đến ngày")), strict=True
        )
        if official is None and until is None and ceremony < TODAY - dt.timedelta(days=396)
    }
    assert overdue
    terms = [day for day in book["Chức vụ"].column("Thời hạn đến") if day]
    assert any(TODAY <= day <= TODAY + dt.timedelta(days=180) for day in terms)
    assert min(terms) >= TODAY
    days = [day for sheet in book.values() for h in ("Ngày ban hành", "Ngày") for day in sheet.column(h) if day]
    assert max(days) <= TODAY


@pytest.mark.parametrize("case", CASES)
def test_the_seed_decides_everything(case: str) -> None:
    def columns(seed: int) -> dict[str, dict[str, list[object]]]:
        (book,) = CASES[case].books(400, seed, TODAY)
        return {name: sheet.columns for name, sheet in book.items()}

    assert columns(1) == columns(1)
    assert columns(1) != columns(2)


@pytest.mark.parametrize(("size", "admitted"), [(230_741 // 10, 471), (2307, 47), (500, 10), (50, 1), (5, 0)])
def test_figures_shrink_with_the_size(size: int, admitted: int) -> None:
    book = CASES["thanh-hoa-2021"](size, 1, TODAY)
    assert len(present(book, dt.date(2021, 12, 31))) == size
    sheet = book["Đảng viên"]
    rows = zip(sheet.column("Hành vi"), sheet.column("Ngày quyết định kết nạp"), strict=True)
    assert sum(act == "kết nạp" and day.year == 2021 for act, day in rows) == admitted


@pytest.mark.parametrize("size", [5, 37, 50, 500])
def test_any_small_size_has_just_as_many_members(size: int) -> None:
    for today in (TODAY, dt.date(2026, 1, 3), dt.date(2025, 7, 1), dt.date(2021, 5, 19)):
        assert len(present(CASES["tinh-mau"](size, 9, today), today)) == size


@pytest.mark.parametrize("size", [4, 7_000_000])
def test_impossible_sizes_are_refused(size: int) -> None:
    with pytest.raises(ValueError, match="Số đảng viên"):
        next(CASES["tinh-mau"].books(size))


def test_a_sheet_has_columns_of_one_length() -> None:
    with pytest.raises(ValueError, match="dài ngắn khác nhau"):
        Sheet("Hồ sơ", {"Mã hồ sơ": ["1", "2"], "Dân tộc": ["Kinh"]})
    assert Sheet("Hồ sơ").size == 0
    assert Sheet("Hồ sơ", {"Mã hồ sơ": ["1", "2"]}).column("Tôn giáo") == [None, None]
