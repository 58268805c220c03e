"""The published figures, counted from the rows by nothing but this file."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest

from canbo.readers.exchange.book import Book


def in_force(book: Book, on: dt.date) -> int:
    sheet = book["Đảng viên"]
    return sum(
        since <= on and (until is None or until >= on)
        for since, until in zip(sheet.column("Từ ngày"), sheet.column("Đến ngày"), strict=True)
    )


def admitted(book: Book, year: int) -> int:
    sheet = book["Đảng viên"]
    rows = zip(sheet.column("Hành vi"), sheet.column("Ngày quyết định kết nạp"), strict=True)
    return sum(act == "kết nạp" and day.year == year for act, day in rows)


def test_stock_is_the_published_one(thanh_hoa: Book) -> None:
    assert in_force(thanh_hoa, dt.date(2021, 12, 31)) == 230_741


def test_admissions_are_the_published_ones(thanh_hoa: Book) -> None:
    assert admitted(thanh_hoa, 2021) == 4710
    assert admitted(thanh_hoa, 2020) == 3914


def test_badges_are_the_published_ones(thanh_hoa: Book) -> None:
    days = thanh_hoa["Huy hiệu Đảng"].column("Ngày trao")
    assert sum(day.year == 2021 for day in days) == 12_033


def test_cards_are_the_published_ones(thanh_hoa: Book) -> None:
    days = thanh_hoa["Thẻ đảng"].column("Ngày cấp")
    assert Counter(day.year for day in days) == {2020: 12_896, 2021: 14_627}


@pytest.mark.parametrize("year", [2020, 2021])
def test_stock_moves_by_entries_and_exits_alone(thanh_hoa: Book, year: int) -> None:
    sheet = thanh_hoa["Đảng viên"]
    before, after = in_force(thanh_hoa, dt.date(year - 1, 12, 31)), in_force(thanh_hoa, dt.date(year, 12, 31))
    entries = Counter(
        act for act, day in zip(sheet.column("Hành vi"), sheet.column("Từ ngày"), strict=True) if day.year == year
    )
    exits = Counter(
        act
        for act, day in zip(sheet.column("Hành vi kết thúc"), sheet.column("Đến ngày"), strict=True)
        if act and (day + dt.timedelta(days=1)).year == year
    )
    assert entries["kết nạp"] == admitted(thanh_hoa, year)
    assert after == before + entries.total() - exits.total()
    assert min(exits[act] for act in ("chuyển đi", "từ trần", "khai trừ", "xóa tên", "ra khỏi Đảng")) > 0
