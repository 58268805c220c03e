"""What every book must keep, whatever the case and the size."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from itertools import chain, pairwise

import pytest

from canbo.readers.exchange.book import Book
from canbo.readers.exchange.demo import province
from canbo.readers.exchange.demo.cases import CASES

TODAY = dt.date(2026, 11, 22)
SAMPLES = [
    ("tinh-mau", 5, TODAY),
    ("tinh-mau", 50, TODAY),
    ("tinh-mau", 500, dt.date(2024, 1, 10)),
    ("tinh-mau", 3000, TODAY),
    ("tinh-mau", 3000, dt.date(2025, 6, 30)),
    ("tinh-mau", 30_000, TODAY),
    ("thanh-hoa-2021", 5, TODAY),
    ("thanh-hoa-2021", 2307, TODAY),
    ("ho-chi-minh-city-2020", 836, TODAY),
    ("hau-giang", 1724, TODAY),
    ("in parts", 3000, TODAY),
]


@pytest.fixture(scope="module", params=SAMPLES, ids=lambda sample: f"{sample[0]}-{sample[1]}-{sample[2].year}")
def book(request: pytest.FixtureRequest) -> Book:
    name, size, today = request.param
    return in_parts(size, today) if name == "in parts" else CASES[name](size, 11, today)


def in_parts(size: int, today: dt.date) -> Book:
    """The parts of a large province, which must fit together as one book does."""
    whole: dict[str, dict[str, list[object]]] = defaultdict(lambda: defaultdict(list))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(province, "CHUNK", 700)
        parts = list(CASES["tinh-mau"].books(size, 11, today))
    assert len(parts) > 3
    assert all(part["Hồ sơ"].size <= 700 for part in parts)
    assert all("Đơn vị" not in part for part in parts[1:])
    for name, sheet in chain.from_iterable(part.items() for part in parts):
        done = max(map(len, whole[name].values()), default=0)
        for header in {*whole[name], *sheet.columns}:
            column = whole[name][header]
            column += [None] * (done - len(column)) + sheet.column(header)
    book = Book()
    for name, columns in whole.items():
        book.add(name, columns)
    return book


def rows(book: Book, sheet: str, *headers: str) -> list[tuple]:
    if sheet not in book:
        return []
    return list(zip(*(book[sheet].column(header) for header in headers), strict=True))


def test_references_exist(book: Book) -> None:
    people = set(book["Hồ sơ"].column("Mã hồ sơ"))
    units = set(book["Đơn vị"].column("Mã đơn vị"))
    papers = set(book["Quyết định"].column("Số ký hiệu"))
    for name, sheet in book.items():
        for header, cells in sheet.columns.items():
            if header.startswith("Số quyết định"):
                assert {cell for cell in cells if cell} <= papers, (name, header)
            elif header == "Mã hồ sơ":
                assert set(cells) <= people, name
            elif header in ("Mã đơn vị", "Mã tổ chức đảng sinh hoạt", "Mã đơn vị cũ", "Mã đơn vị mới"):
                assert set(cells) <= units, (name, header)
            elif header == "Mã hồ sơ hoặc mã đơn vị":
                assert set(cells) <= people | units, name
    assert {parent for (parent,) in rows(book, "Đơn vị", "Mã đơn vị cấp trên") if parent} <= units


@pytest.mark.parametrize("sheet", ["Chức vụ", "Đảng viên", "Đơn vị", "Đào tạo", "Biên chế", "Thẻ đảng", "Chỉ tiêu"])
def test_every_fact_rests_on_a_paper(book: Book, sheet: str) -> None:
    if sheet in book:
        assert all(book[sheet].column("Số quyết định"))


def test_ids_are_unique(book: Book) -> None:
    keys = {
        "Hồ sơ": ["Mã hồ sơ"],
        "Đơn vị": ["Mã đơn vị"],
        "Quyết định": ["Số ký hiệu"],
        "Đảng viên": ["Mã hồ sơ", "Mã tổ chức đảng sinh hoạt", "Từ ngày"],
        "Chức vụ": ["Mã hồ sơ", "Mã đơn vị", "Chức vụ", "Từ ngày"],
        "Thẻ đảng": ["Mã hồ sơ", "Ngày cấp"],
        "Huy hiệu Đảng": ["Mã hồ sơ", "Loại"],
        "Đào tạo": ["Mã hồ sơ", "Khóa học", "Từ ngày"],
        "Xếp loại": ["Mã hồ sơ hoặc mã đơn vị", "Kỳ", "Căn cứ"],
        "Khen thưởng": ["Mã hồ sơ hoặc mã đơn vị", "Hình thức", "Ngày"],
        "Kỷ luật": ["Mã hồ sơ", "Hình thức", "Ngày"],
        "Chỉ tiêu": ["Mã đơn vị", "Mã chỉ tiêu", "Kỳ"],
        "Biên chế": ["Mã đơn vị", "Nhóm", "Từ ngày", "Là mốc so sánh"],
        "Tổng biên chế giao": ["Mã đơn vị", "Nhóm", "Từ ngày"],
        "Vị trí việc làm": ["Mã đơn vị", "Mã vị trí", "Từ ngày"],
        "Bố trí vị trí việc làm": ["Mã hồ sơ", "Mã đơn vị", "Mã vị trí"],
        "Quan hệ đơn vị": ["Mã đơn vị cũ", "Mã đơn vị mới", "Ngày"],
    }
    assert set(book) <= set(keys)
    for sheet, headers in keys.items():
        found = rows(book, sheet, *headers)
        assert len(set(found)) == len(found), sheet
    citizens = book["Hồ sơ"].column("Số định danh cá nhân")
    assert len(set(citizens)) == len(citizens)


def test_citizen_numbers_are_well_formed_and_nobodys(book: Book) -> None:
    for number, sex, born in rows(book, "Hồ sơ", "Số định danh cá nhân", "Giới tính", "Ngày sinh"):
        assert len(number) == 12
        assert number.isdigit()
        assert not 1 <= int(number[:3]) <= 96
        assert int(number[3]) == (sex == "Nữ") + 2 * (born.year >= 2000)
        assert int(number[4:6]) == born.year % 100


def test_stays_do_not_overlap(book: Book) -> None:
    stays = defaultdict(list)
    for code, since, until in rows(book, "Đảng viên", "Mã hồ sơ", "Từ ngày", "Đến ngày"):
        stays[code].append((since, until or dt.date.max))
    for found in stays.values():
        assert all(since <= until for since, until in found)
        assert all(earlier[1] < later[0] for earlier, later in pairwise(sorted(found)))


def test_posts_do_not_overlap(book: Book) -> None:
    posts = defaultdict(list)
    for *key, since, until in rows(book, "Chức vụ", "Mã hồ sơ", "Mã đơn vị", "Chức vụ", "Từ ngày", "Đến ngày"):
        posts[tuple(key)].append((since, until or dt.date.max))
    for found in posts.values():
        assert all(since <= until for since, until in found)
        assert all(earlier[1] < later[0] for earlier, later in pairwise(sorted(found)))


def test_units_stand(book: Book) -> None:
    """Nobody is in a unit before it begins or after it ends, and no unit outlives its superior."""
    life = {
        code: (since, until or dt.date.max)
        for code, since, until in rows(book, "Đơn vị", "Mã đơn vị", "Từ ngày", "Đến ngày")
    }
    inside = chain(
        rows(book, "Đảng viên", "Mã tổ chức đảng sinh hoạt", "Từ ngày", "Đến ngày"),
        rows(book, "Chức vụ", "Mã đơn vị", "Từ ngày", "Đến ngày"),
        rows(book, "Biên chế", "Mã đơn vị", "Từ ngày", "Đến ngày"),
        (row for row in rows(book, "Đơn vị", "Mã đơn vị cấp trên", "Từ ngày", "Đến ngày") if row[0]),
    )
    for unit, since, until in inside:
        assert life[unit][0] <= since, unit
        assert (until or dt.date.max) <= life[unit][1], unit


def test_dates_of_admission_are_ordered(book: Book) -> None:
    born = dict(rows(book, "Hồ sơ", "Mã hồ sơ", "Ngày sinh"))
    headers = ("Mã hồ sơ", "Hành vi", "Từ ngày", "Ngày quyết định kết nạp", "Ngày kết nạp", "Ngày chính thức")
    for code, act, since, decided, ceremony, official in rows(book, "Đảng viên", *headers):
        months = (decided.year - born[code].year) * 12 + decided.month - born[code].month
        assert 18 * 12 <= months <= 60 * 12
        assert decided < ceremony <= decided + dt.timedelta(days=42)
        assert decided.year == ceremony.year
        assert official is None or (official - ceremony).days in (365, 366)
        if act == "kết nạp":
            assert since == ceremony
        else:
            assert since > ceremony


def test_admission_decision_bears_its_day(book: Book) -> None:
    issued = dict(rows(book, "Quyết định", "Số ký hiệu", "Ngày ban hành"))
    for act, day, number in rows(book, "Đảng viên", "Hành vi", "Ngày quyết định kết nạp", "Số quyết định"):
        if act == "kết nạp":
            assert issued[number] == day


def test_badges_fit_seniority(book: Book) -> None:
    decided = dict(rows(book, "Đảng viên", "Mã hồ sơ", "Ngày quyết định kết nạp"))
    for code, level, day in rows(book, "Huy hiệu Đảng", "Mã hồ sơ", "Loại", "Ngày trao"):
        years = day.year - decided[code].year - ((day.month, day.day) < (decided[code].month, decided[code].day))
        assert years == level or (years == level - 1 and decided[code].replace(year=day.year) <= day)
        assert (day.month, day.day) in ((2, 3), (5, 19), (9, 2), (11, 7))


def test_the_dead_left_the_day_before(book: Book) -> None:
    died = dict(rows(book, "Hồ sơ", "Mã hồ sơ", "Ngày mất"))
    gone = {
        code: until
        for code, until, act in rows(book, "Đảng viên", "Mã hồ sơ", "Đến ngày", "Hành vi kết thúc")
        if act == "từ trần"
    }
    assert {code for code, day in died.items() if day} == set(gone)
    assert all(died[code] == until + dt.timedelta(days=1) for code, until in gone.items())


def test_numbers_follow_the_days(book: Book, request: pytest.FixtureRequest) -> None:
    parted = "in parts" in request.node.callspec.id  # later parts have new numbers for old days
    last: dict[str, tuple[int, dt.date]] = {}
    for number, day in rows(book, "Quyết định", "Số ký hiệu", "Ngày ban hành"):
        digits, symbol = "".join(filter(str.isdigit, number)), "".join(c for c in number if not c.isdigit())
        before = last.get(symbol, (0, dt.date.min))
        assert int(digits) > before[0]
        assert parted or day >= before[1]
        last[symbol] = (int(digits), day)


def test_plans_of_the_districts_add_up(book: Book) -> None:
    plans: dict[tuple[str, bool], int] = defaultdict(int)
    for unit, period, value in rows(book, "Chỉ tiêu", "Mã đơn vị", "Kỳ", "Giá trị"):
        plans[period, "." in unit] += value
    for period in {period for period, _ in plans}:
        assert plans[period, True] == plans[period, False]


def test_party_codes_have_fourteen_digits(book: Book) -> None:
    for (code,) in rows(book, "Đơn vị", "Mã tổ chức đảng"):
        assert code is None or [len(part) for part in code.split(".")] == [2, 3, 3, 3, 3]
