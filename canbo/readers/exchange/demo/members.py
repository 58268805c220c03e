"""Memberships (sheet ``Đảng viên``) that give the figures asked for."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Hashable
from dataclasses import dataclass, field
from itertools import accumulate

from .cohorts import Calendar, Month, calendar
from .days import dates, day, working_day, years_later
from .figures import Figures, Year
from .forest import Forest
from .ledger import Ledger, Paper, numbers
from .people import People, make

_EXITS = {"left": "chuyển đi", "died": "từ trần", "expelled": "khai trừ", "struck": "xóa tên", "quit": "ra khỏi Đảng"}


@dataclass(slots=True)
class Stay:
    """One row of the sheet: a person in a cell."""

    person: int
    cell: int
    since: int
    entry: str
    paper: Paper
    until: int | None = None
    ending: str | None = None


@dataclass
class Members:
    """The members of a province, or of a part of it."""

    forest: Forest
    figures: Figures
    calendar: Calendar
    people: People = field(default_factory=People)
    cell: list[int] = field(default_factory=list)
    """Position of the first cell of each person."""
    admitted: list[int] = field(default_factory=list)
    ceremony: list[int] = field(default_factory=list)
    stays: list[Stay] = field(default_factory=list)
    windows: dict[tuple[int, int], range] = field(default_factory=dict)
    """Who reaches a badge level in a year."""
    settled: range = range(0)
    """Members through all the years reported on, without a badge in them."""
    removed: list[tuple[int, str, int, Paper]] = field(default_factory=list)
    """Who was expelled, struck off or let go: person, act, day, decision."""
    last: dict[int, Stay] = field(default_factory=dict)
    """The newest stay of those who have more than one."""

    def official(self, person: int) -> int:
        """The day probation ends: a year after the ceremony."""
        return years_later(self.ceremony[person], 1)

    def district(self, person: int) -> int:
        return self.forest.cells[self.cell[person]].district

    def sheet(self) -> dict[str, list[object]]:
        """The columns of ``Đảng viên``."""
        stays, cells, codes = self.stays, self.forest.cells, self.people.codes
        who = [stay.person for stay in stays]
        official = [years_later(value, 1) for value in self.ceremony]
        until = self.figures.until.toordinal()
        first = self.people.first
        letters = self.forest.place.letters
        cards = [f"{self.forest.place.code}{first + index:06d}" for index in range(len(codes))]
        return {
            "Mã hồ sơ": [codes[person] for person in who],
            "Mã tổ chức đảng sinh hoạt": [cells[stay.cell].code for stay in stays],
            "Từ ngày": dates(stay.since for stay in stays),
            "Đến ngày": dates(stay.until for stay in stays),
            "Hành vi": [stay.entry for stay in stays],
            "Ngày quyết định kết nạp": dates(self.admitted[person] for person in who),
            "Ngày kết nạp": dates(self.ceremony[person] for person in who),
            "Ngày chính thức": dates(official[person] if official[person] <= until else None for person in who),
            "Số thẻ": [cards[person] if official[person] <= until else None for person in who],
            "Số lý lịch": [f"{first + person + 1:06d}{letters}" for person in who],
            "Hành vi kết thúc": [stay.ending for stay in stays],
            "Số quyết định": numbers(stay.paper for stay in stays),
        }


class Recorder:
    """Writes the papers that memberships rest on, one for a district and a month."""

    def __init__(self, ledger: Ledger, forest: Forest) -> None:
        self.ledger, self.forest = ledger, forest
        self._issuers = [district.committee for district in forest.place.districts]

    def paper(self, key: Hashable, district: int, on: int, abstract: str, kind: str = "Quyết định") -> Paper:
        issuer, letters = self._issuers[district]
        symbol = f"-{'QĐ' if kind == 'Quyết định' else 'TB'}/{letters}"
        return self.ledger.once((key, district), Paper(symbol, f"Ban Thường vụ {issuer}", on, abstract, kind))

    def admission(self, rng: random.Random, district: int, month: Month) -> Paper:
        found = self.ledger.known((("admit", month), district))
        if found:
            return found
        year, number = month
        # a decision of December comes early enough for its ceremonies to be held in the same year
        latest = 6 if number == 12 else 24
        on = working_day(day(year, number, rng.randint(3, latest)))
        return self.paper(("admit", month), district, on, f"Về việc kết nạp đảng viên tháng {number:02d}/{year}")

    def event(self, act: str, district: int, on: int) -> Paper:
        """The paper behind a move or a removal, of the first working days of its month."""
        date = dt.date.fromordinal(on)
        month = (date.year, date.month)
        start = working_day(day(*month, 5))
        text = f"tháng {month[1]:02d}/{month[0]}"
        if act == "chuyển đến":
            return self.paper((act, month), district, start, f"Danh sách đảng viên chuyển đến {text}", "Thông báo")
        return self.paper((act, month), district, start, f"Về việc {act} đối với đảng viên {text}")


def gather(rng: random.Random, recorder: Recorder, figures: Figures, first: int = 0) -> Members:
    """People and their memberships that give ``figures``.

    Args:
        rng: source of chance.
        recorder: writes the papers.
        figures: what the records have to add up to.
        first: number of people made before in the same data set.
    """
    members = Members(recorder.forest, figures, calendar(figures))
    months, groups = _months(rng, members)
    cells, districts = _places(rng, members, len(months))
    members.cell = cells
    papers = [recorder.admission(rng, district, month) for district, month in zip(districts, months, strict=True)]
    members.admitted = [paper.on for paper in papers]
    members.ceremony = [day + 4 + int(rng.random() * 20) for day in members.admitted]
    women = [0.48 if year >= 2010 else 0.35 if year >= 1990 else 0.24 for year, _ in months]
    members.people = make(rng, recorder.forest.place, districts, members.admitted, women, first)
    members.stays = [
        Stay(person, cell, since, "kết nạp", paper)
        for person, (cell, since, paper) in enumerate(zip(cells, members.ceremony, papers, strict=True))
    ]
    for year, act, people in groups:
        for person in people:
            _happen(rng, recorder, members, year, act, person)
    _move(rng, recorder, members)
    return members


Group = tuple[Year, str, range]


def _months(rng: random.Random, members: Members) -> tuple[list[Month], list[Group]]:
    """The month of admission of everybody, and who came or went in which year."""
    figures, found = members.figures, members.calendar
    until = figures.until.toordinal()
    months: list[Month] = []
    groups: list[Group] = []

    def extend(more: list[Month]) -> range:
        months.extend(more)
        return range(len(months) - len(more), len(months))

    admitted: list[list[Month]] = []
    for year in figures.years:
        open_months = [m for m in range(1, 13) if _latest_ceremony(year.year, m) <= until]
        admitted.append([(year.year, m) for m in rng.choices(open_months, k=year.admitted)] if open_months else [])
        for level, count in year.badges.items():
            possible = found.windows.get((year.year, level), [])
            if count and not possible:
                raise ValueError(f"Không có tháng kết nạp nào cho Huy hiệu {level} năm trao năm {year.year}")
            if count:
                members.windows[year.year, level] = extend(rng.choices(possible, k=count))
    arrived = sum(year.arrived for year in figures.years)
    base = figures.stock - len(months) - sum(map(len, admitted)) - arrived
    if base < 0:
        raise ValueError("Số liệu trong kỳ lớn hơn tổng số đảng viên")
    members.settled = extend(found.draw(rng, base))
    for new in admitted:
        extend(new)
    for year in figures.years:
        groups.append((year, "chuyển đến", extend(found.draw(rng, year.arrived))))
        for name, act in _EXITS.items():
            groups.append((year, act, extend(found.draw(rng, getattr(year, name)))))
    return months, groups


def _latest_ceremony(year: int, month: int) -> int:
    return day(year, month, 6 if month == 12 else 24) + 24


def _places(rng: random.Random, members: Members, count: int) -> tuple[list[int], list[int]]:
    """A cell for everybody: three settled members for each cell first, so that no cell is too small to meet."""
    cells = members.forest.cells
    sure = min(3, len(members.settled) // len(cells))
    weights = list(accumulate(cell.weight for cell in cells))
    found = rng.choices(range(len(cells)), cum_weights=weights, k=count)
    start = members.settled.start
    found[start : start + sure * len(cells)] = list(range(len(cells))) * sure
    return found, [cells[cell].district for cell in found]


def _moment(rng: random.Random, year: int, until: int) -> int:
    """A day between the sixth and the 27th of a month of the year, not after ``until``."""
    months = [m for m in range(1, 13) if day(year, m, 27) <= until] or [1]
    return day(year, rng.choice(months), rng.randint(6, 27))


def _happen(rng: random.Random, recorder: Recorder, members: Members, year: Year, act: str, person: int) -> None:
    stay = members.stays[person]
    on = _moment(rng, year.year, members.figures.until.toordinal())
    if act == "chuyển đến":
        stay.since, stay.entry = on, act
        stay.paper = recorder.event(act, members.district(person), on)
        return
    # an ending act takes effect the day after the last day in force
    stay.until, stay.ending = on - 1, act
    if act == "từ trần":
        members.people.died[person] = on
    if act in ("khai trừ", "xóa tên", "ra khỏi Đảng"):
        members.removed.append((person, act, on, recorder.event(act, members.district(person), on)))


def _move(rng: random.Random, recorder: Recorder, members: Members) -> None:
    """Moves between cells of the same province, of people settled there."""
    cells = members.forest.cells
    wanted = [year for year in members.figures.years for _ in range(year.moved)]
    if len(cells) < 2:
        return
    movers = rng.sample(members.settled, min(len(wanted), len(members.settled)))
    for person, year in zip(movers, wanted, strict=False):
        old = members.stays[person]
        on = _moment(rng, year.year, members.figures.until.toordinal())
        new = rng.randrange(len(cells))
        new = new if new != old.cell else (new + 1) % len(cells)
        old.until, old.ending = on - 1, "chuyển đi"
        stay = Stay(person, new, on, "chuyển đến", recorder.event("chuyển đến", cells[new].district, on))
        members.stays.append(stay)
        members.last[person] = stay
