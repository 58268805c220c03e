"""Leaders and staff of the bodies of a province, chosen among its settled members."""

from __future__ import annotations

import random
from collections.abc import Iterator

from .days import dates, day, working_day, years_later
from .forest import Forest
from .ledger import Ledger, Paper, numbers
from .members import Members
from .posts import Post
from .state import State

PROVINCE = "Ban Thường vụ cấp ủy tỉnh quản lý"
DISTRICT = "Ban Thường vụ cấp ủy huyện quản lý"


class Appointer:
    """Puts members into posts, each by a paper, nobody twice in a main post."""

    def __init__(self, rng: random.Random, ledger: Ledger, members: Members) -> None:
        self.rng, self.ledger, self.members = rng, ledger, members
        self.until = members.figures.until.toordinal()
        self.posts: list[Post] = []
        self.taken: set[int] = set()
        self._home: dict[int, list[int]] = {}
        self._district: dict[int, list[int]] = {}
        youngest = self.until - 30 * 365
        oldest = self.until - 57 * 365
        for person in members.settled:
            if not members.stays[person].until and oldest < members.people.born[person] < youngest:
                self._home.setdefault(members.cell[person], []).append(person)
                self._district.setdefault(members.district(person), []).append(person)
        self._order = [person for people in self._district.values() for person in people]
        rng.shuffle(self._order)
        self._rest: Iterator[int] = iter(self._order)

    def anybody(self) -> int | None:
        return next((person for person in self._rest if person not in self.taken), None)

    def of_district(self, district: int) -> int | None:
        people = self._district.get(district, [])
        while people:
            person = people.pop(self.rng.randrange(len(people)))
            if person not in self.taken:
                return person
        return None

    def at_home(self, district: int) -> list[int]:
        """Everybody of a district who could hold a post there and has none."""
        return [person for person in self._district.get(district, ()) if person not in self.taken]

    def of_cell(self, cell: int) -> int | None:
        return next((person for person in self._home.get(cell, ()) if person not in self.taken), None)

    def appoint(
        self, person: int | None, unit: str, title: str, since: int, act: str, paper: Paper, *,
        managed_by: str | None = None, term: bool = True,
    ) -> bool:  # fmt: skip
        """Writes a post; False when there is nobody to hold it."""
        if person is None:
            return False
        self.taken.add(person)
        code = self.members.people.codes[person]
        last = years_later(since, 5) - 1 if term else None
        self.posts.append(Post(code, unit, title, since, act, paper, term=last, managed_by=managed_by))
        return True


def party_posts(appointer: Appointer, congress: int) -> None:
    """Secretaries and deputies of every body of the Party tree, elected at the congress held around a day."""
    members, ledger = appointer.members, appointer.ledger
    forest = members.forest_on(congress)
    place = forest.place
    higher, highest = (min(congress + days, appointer.until) for days in (30, 60))
    for title in ("Bí thư", "Phó Bí thư", "Phó Bí thư"):
        paper = ledger.once(("elect", forest.root), _ratified("-QĐ/TW", "Ban Bí thư", highest, place.committee))
        appointer.appoint(appointer.anybody(), forest.root, title, highest, "bầu cử", paper, managed_by=PROVINCE)
    for index, code in enumerate(forest.bodies):
        name = place.districts[index].committee[0]
        paper = ledger.once(("elect", code), _ratified("-QĐ/TU", place.committee, higher, name))
        for title in ("Bí thư", "Phó Bí thư"):
            appointer.appoint(appointer.of_district(index), code, title, higher, "bầu cử", paper, managed_by=PROVINCE)
    cells = {cell.code for cell in forest.cells}
    for code, index in forest.bases:
        if code in cells:
            continue
        paper = _base_paper(ledger, forest, index, congress)
        for title in ("Bí thư", "Phó Bí thư"):
            appointer.appoint(appointer.of_district(index), code, title, congress, "bầu cử", paper, managed_by=DISTRICT)
    for position, cell in enumerate(forest.cells):
        paper = _base_paper(ledger, forest, cell.district, congress)
        appointer.appoint(appointer.of_cell(position), cell.code, "Bí thư chi bộ", congress, "bầu cử", paper)


def _ratified(symbol: str, issuer: str, on: int, name: str) -> Paper:
    return Paper(symbol, issuer, working_day(on), f"Về việc chuẩn y kết quả bầu cử của {name}")


def _base_paper(ledger: Ledger, forest: Forest, district: int, congress: int) -> Paper:
    issuer, letters = forest.place.districts[district].committee
    text = "Về việc chuẩn y kết quả bầu cử cấp ủy các tổ chức cơ sở đảng"
    return ledger.once(("base", district, congress), Paper(f"-QĐ/{letters}", f"Ban Thường vụ {issuer}", congress, text))


def staff(appointer: Appointer, state: State, first_year: int) -> dict[str, int]:
    """Leaders and staff of the departments, boards and district offices; returns the staff of each unit."""
    rng, ledger = appointer.rng, appointer.ledger
    place = appointer.members.forest.place
    state_issuer = f"Ủy ban nhân dân {place.name[0].lower()}{place.name[1:]}"
    party_issuer = f"Ban Thường vụ {place.committee}"
    counts: dict[str, int] = {}

    def fill(unit: str, titles: tuple[str, ...], managed_by: str | None, party: bool) -> None:
        for title in titles:
            year = rng.randint(first_year - 4, first_year)
            since = working_day(day(year, rng.randint(1, 12), rng.randint(6, 24)))
            # no term has run out yet; those of the oldest appointments soon will
            since = max(since, working_day(years_later(appointer.until, -5) + rng.randint(25, 160)))
            leader = not title.startswith("Chuyên viên")
            act = "bổ nhiệm" if leader else "tuyển dụng"
            what = f"Về việc {act} {title} {state.names[unit]}"
            symbol, issuer = ("-QĐ/TU", party_issuer) if party else ("/QĐ-UBND", state_issuer)
            paper = ledger.add(Paper(symbol, issuer, working_day(since - 5), what, effective=since))
            if appointer.appoint(
                appointer.anybody(), unit, title, since, act, paper, managed_by=managed_by, term=leader
            ):
                counts[unit] = counts.get(unit, 0) + 1

    for unit in state.departments:
        fill(unit, ("Giám đốc", "Phó Giám đốc", "Phó Giám đốc"), PROVINCE, False)
    for unit in state.boards:
        fill(unit, ("Trưởng ban", "Phó Trưởng ban", "Chuyên viên", "Chuyên viên chính"), PROVINCE, True)
    for unit in state.divisions:
        fill(unit, ("Trưởng phòng", "Phó Trưởng phòng", "Chuyên viên", "Chuyên viên", "Chuyên viên"), None, False)
    for unit in state.offices:
        fill(unit, ("Trưởng phòng", "Chuyên viên", "Chuyên viên"), DISTRICT, False)
    return counts


def quotas(appointer: Appointer, counts: dict[str, int], years: list[int]) -> dict[str, list[object]]:
    """``Biên chế``: a baseline, and a quota for each year that leaves a few posts vacant."""
    ledger = appointer.ledger
    place = appointer.members.forest.place
    issuer = f"Hội đồng nhân dân {place.name[0].lower()}{place.name[1:]}"
    rows: list[tuple[str, int, int | None, int, bool, Paper]] = []
    base_day = day(2015, 4, 30)
    base = Paper("/NQ-HĐND", issuer, base_day, "Về biên chế có mặt ngày 30/4/2015", "Nghị quyết")
    base = ledger.once(("quota", "base"), base)
    for year in years:
        text = f"Về việc giao biên chế năm {year}"
        paper = Paper("/NQ-HĐND", issuer, day(year - 1, 12, 10), text, "Nghị quyết", effective=day(year, 1, 1))
        paper = ledger.once(("quota", year), paper)
        for unit, count in counts.items():
            last = None if year == years[-1] else day(year, 12, 31)
            rows.append((unit, day(year, 1, 1), last, count + 1, False, paper))
    rows += [(unit, base_day, None, count + 2, True, base) for unit, count in counts.items()]
    return {
        "Mã đơn vị": [row[0] for row in rows],
        "Nhóm": ["công chức"] * len(rows),
        "Từ ngày": dates(row[1] for row in rows),
        "Đến ngày": dates(row[2] for row in rows),
        "Giao": [row[3] for row in rows],
        "Là mốc so sánh": ["x" if row[4] else None for row in rows],
        "Số quyết định": numbers(row[5] for row in rows),
    }
