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
from .reform import DAY

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
    after: Forest | None = None
    """The units since the reform, cell by cell in the order of ``forest``; None where it was not yet."""
    cell: list[int] = field(default_factory=list)
    """Position of the first cell of each person."""
    admitted: list[int] = field(default_factory=list)
    ceremony: list[int] = field(default_factory=list)
    stays: list[Stay] = field(default_factory=list)
    windows: dict[tuple[int, int], range] = field(default_factory=dict)
    """Who reaches a badge level in a year."""
    settled: range = range(0)
    """Members through all the years reported on, without a badge in them."""
    overdue: set[int] = field(default_factory=set)
    """Probationers whose twelve months ended some time ago and who were not yet recognised."""
    removed: list[tuple[int, str, int, Paper]] = field(default_factory=list)
    """Who was expelled, struck off or let go: person, act, day, decision."""
    last: dict[int, Stay] = field(default_factory=dict)
    """The newest stay of those who have more than one."""

    def official(self, person: int) -> int:
        """The day probation ends: a year after the ceremony."""
        return years_later(self.ceremony[person], 1)

    def forest_on(self, on: int) -> Forest:
        """The units of a day."""
        return self.after if self.after and on >= DAY else self.forest

    def district(self, person: int, on: int | None = None) -> int:
        """Position of the person's district on a day, on the last day by default."""
        forest = self.forest_on(self.figures.until.toordinal() if on is None else on)
        return forest.cells[self.cell[person]].district

    def _rows(self, recorder: Recorder) -> list[Stay]:
        """Stays as they are written: one that goes on after the reform does so in a new cell."""
        if not self.after:
            return self.stays
        found = []
        for stay in self.stays:
            if stay.since < DAY <= (stay.until or DAY):
                paper = recorder.handed_over(stay.cell)
                found.append(Stay(stay.person, stay.cell, stay.since, stay.entry, stay.paper, DAY - 1, "chuyển đi"))
                found.append(Stay(stay.person, stay.cell, DAY, "chuyển đến", paper, stay.until, stay.ending))
            else:
                found.append(stay)
        return found

    def sheet(self, recorder: Recorder) -> dict[str, list[object]]:
        """The columns of ``Đảng viên``."""
        stays, codes = self._rows(recorder), self.people.codes
        before = [cell.code for cell in self.forest.cells]
        later = [cell.code for cell in self.after.cells] if self.after else before
        who = [stay.person for stay in stays]
        official = [years_later(value, 1) for value in self.ceremony]
        until = self.figures.until.toordinal()
        full = [value <= until and person not in self.overdue for person, value in enumerate(official)]
        first = self.people.first
        letters = self.forest.place.letters
        cards = [f"{self.forest.place.code}{first + index:06d}" for index in range(len(codes))]
        return {
            "Mã hồ sơ": [codes[person] for person in who],
            "Mã tổ chức đảng sinh hoạt": [(before if stay.since < DAY else later)[stay.cell] for stay in stays],
            "Từ ngày": dates(stay.since for stay in stays),
            "Đến ngày": dates(stay.until for stay in stays),
            "Hành vi": [stay.entry for stay in stays],
            "Ngày quyết định kết nạp": dates(self.admitted[person] for person in who),
            "Ngày kết nạp": dates(self.ceremony[person] for person in who),
            "Ngày chính thức": dates(official[person] if full[person] else None for person in who),
            "Số thẻ": [cards[person] if full[person] else None for person in who],
            "Số lý lịch": [f"{first + person + 1:06d}{letters}" for person in who],
            "Hành vi kết thúc": [stay.ending for stay in stays],
            "Số quyết định": numbers(stay.paper for stay in stays),
        }


class Recorder:
    """Writes the papers that memberships rest on, one for a committee and a month.

    Before the reform the committee is the district's, afterwards the commune's.
    """

    def __init__(self, ledger: Ledger, forest: Forest, after: Forest | None = None) -> None:
        self.ledger, self.forest, self.after = ledger, forest, after
        self._old = [cell.district for cell in forest.cells]
        self._new = [cell.district for cell in after.cells] if after else self._old

    def committee(self, cell: int, on: int) -> tuple[Hashable, str, str]:
        """A key, the name and the letters of the committee above a cell on a day."""
        if self.after and on >= DAY:
            return ("after", self._new[cell]), *self.after.place.districts[self._new[cell]].committee
        return self._old[cell], *self.forest.place.districts[self._old[cell]].committee

    def paper(self, key: Hashable, cell: int, on: int, abstract: str, kind: str = "Quyết định") -> Paper:
        which, issuer, letters = self.committee(cell, on)
        symbol = f"-{'QĐ' if kind == 'Quyết định' else 'TB'}/{letters}"
        return self.ledger.once((key, which), Paper(symbol, f"Ban Thường vụ {issuer}", on, abstract, kind))

    def handed_over(self, cell: int) -> Paper:
        text = "Danh sách đảng viên chuyển sinh hoạt do sắp xếp tổ chức đảng"
        return self.paper("handed over", cell, DAY, text, "Thông báo")

    def admission(self, rng: random.Random, cell: int, month: Month) -> Paper:
        year, number = month
        late = self.after is not None and month >= (2025, 7)
        which: Hashable = ("after", self._new[cell]) if late else self._old[cell]
        found = self.ledger.known((("admit", month), which))
        if found:
            return found
        # a decision of December comes early enough for its ceremonies to be held in the same year
        latest = 6 if number == 12 else 24
        on = day(year, number, rng.randint(5, latest))
        return self.paper(
            ("admit", month), cell, working_day(on), f"Về việc kết nạp đảng viên tháng {number:02d}/{year}"
        )

    def event(self, act: str, cell: int, on: int) -> Paper:
        """The paper behind a move or a removal, of the first working days of its month."""
        date = dt.date.fromordinal(on)
        month = (date.year, date.month)
        start = working_day(day(*month, 5))
        text = f"tháng {month[1]:02d}/{month[0]}"
        if act == "chuyển đến":
            return self.paper((act, month), cell, start, f"Danh sách đảng viên chuyển đến {text}", "Thông báo")
        return self.paper((act, month), cell, start, f"Về việc {act} đối với đảng viên {text}")


def gather(rng: random.Random, recorder: Recorder, figures: Figures, first: int = 0) -> Members:
    """People and their memberships that give ``figures``.

    Args:
        rng: source of chance.
        recorder: writes the papers.
        figures: what the records have to add up to.
        first: number of people made before in the same data set.
    """
    members = Members(recorder.forest, figures, calendar(figures), after=recorder.after)
    months, groups = _months(rng, members)
    cells, districts = _places(rng, members, len(months))
    members.cell = cells
    papers = [recorder.admission(rng, cell, month) for cell, month in zip(cells, months, strict=True)]
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
    if figures.waiting:
        until = figures.until.toordinal()
        ended = (p for p, on in enumerate(members.ceremony) if until - 520 < on < until - 410)
        members.overdue = {p for p in ended if not members.stays[p].until and rng.random() < 0.2}
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
        stay.paper = recorder.event(act, stay.cell, on)
        return
    # an ending act takes effect the day after the last day in force
    stay.until, stay.ending = on - 1, act
    if act == "từ trần":
        members.people.died[person] = on
    if act in ("khai trừ", "xóa tên", "ra khỏi Đảng"):
        members.removed.append((person, act, on, recorder.event(act, stay.cell, on)))


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
        stay = Stay(person, new, on, "chuyển đến", recorder.event("chuyển đến", new, on))
        members.stays.append(stay)
        members.last[person] = stay
