"""Decisions on cadres and courses, for cases that report them without the members behind."""

from __future__ import annotations

import random
from collections.abc import Sequence

from . import outcomes
from .days import day, working_day, years_later
from .forest import Forest, party_tree
from .ledger import Ledger, Paper
from .outcomes import Course, Reward
from .people import make
from .places import Place
from .posts import Post, post_sheet
from .province import STATE_SINCE, Book, bound
from .state import State, state_tree

KEEPS = ("chỉ định", "chuẩn y", "phân công lại", "giới thiệu ứng cử", "bầu bổ sung")
"""Acts that leave a person's main post as it is; the new one is held beside it."""


class Casework:
    """Cadres of the Party bodies of a place, each with a post held since before the period.

    Args:
        place: province with the districts that matter.
        seed: the same seed gives the same records.
        cadres: how many people there are.
        period: first and last day of the period that the case reports.
        members: members for whom cells are made, so that communes have a body of their own.
    """

    def __init__(self, place: Place, seed: int, cadres: int, period: tuple[int, int], members: int = 0) -> None:
        self.rng = random.Random(seed)  # noqa: S311
        self.ledger, self.place, self.period = Ledger(), place, period
        self.forest: Forest = party_tree(self.rng, self.ledger, place, members)
        self.state: State = state_tree(self.forest.units, self.ledger, place, STATE_SINCE)
        self.issuer = f"Ban Thường vụ {place.committee}"
        self.courses: list[Course] = []
        self.rewards: list[Reward] = []
        self.posts: list[Post] = []
        self.units = [*self.state.boards, *self._district_boards()]
        districts = [self.rng.randrange(len(place.districts)) for _ in range(cadres)]
        start = [day(2008, 1, 2) + self.rng.randrange(2500) for _ in range(cadres)]
        self.people = make(self.rng, place, districts, start, [0.38] * cadres, 0)
        self._next = 0

    def _district_boards(self) -> list[str]:
        units, found = self.forest.units, []
        paper = self.ledger.once(
            "boards", Paper("-QĐ/TU", self.issuer, STATE_SINCE, "Về việc lập các ban (ngày quy ước)")
        )
        for district, body in zip(self.place.districts, self.forest.bodies, strict=True):
            committee = district.committee[0]
            for letters, name in (("BTC", "Ban Tổ chức"), ("BTG", "Ban Tuyên giáo"), ("VP", "Văn phòng")):
                found.append(units.add(f"{body}.{letters}", f"{name} {committee}", "ban", body, STATE_SINCE, paper))
        return found

    def cadre(self, unit: str, title: str = "Chuyên viên") -> Post:
        """The next person, in a main post of a unit since before the period."""
        code = self.people.codes[self._next]
        self._next += 1
        since = working_day(self.period[0] - self.rng.randint(400, 1700))
        key = ("recruited", since)
        paper = self.ledger.once(key, Paper("-QĐ/TU", self.issuer, since, "Về việc phân công công tác cán bộ"))
        post = Post(code, unit, title, since, "bổ nhiệm" if title != "Chuyên viên" else "tuyển dụng", paper)
        self.posts.append(post)
        return post

    def moment(self) -> int:
        """A working day of the period."""
        first, last = self.period
        return working_day(self.rng.randint(first + 12, last))

    def decide(self, act: str, count: int, title: str, units: Sequence[str], old: str = "Chuyên viên") -> None:
        """Opens ``count`` posts by an act, each for another person and by a decision of its own."""
        for number in range(count):
            unit = units[number % len(units)]
            stays = act in ("bổ nhiệm", "bổ nhiệm lại", *KEEPS)
            before = self.cadre(unit if stays else self._elsewhere(unit), title if act == "bổ nhiệm lại" else old)
            on = self.moment()
            paper = self.ledger.add(Paper("-QĐ/TU", self.issuer, on, f"Về việc {act} cán bộ giữ chức vụ {title}"))
            beside = act in KEEPS
            if not beside:
                before.until, before.ending, before.closing = on - 1, act, paper
            nominated = act == "giới thiệu ứng cử"
            self.posts.append(
                Post(
                    before.code, unit, title, on, act, paper, concurrent=beside,
                    until=on + 45 if nominated else None, ending="hết thời hạn" if nominated else None,
                    term=None if beside else years_later(on, 5) - 1, managed_by=f"{self.issuer} quản lý",
                )
            )  # fmt: skip

    def _elsewhere(self, unit: str) -> str:
        """A unit of another subtree than the one given, so that coming from there is a move."""
        return next(found for found in self.state.boards if found != unit)

    def relieve(self, count: int, units: Sequence[str]) -> None:
        """Ends ``count`` posts by ``thôi giữ chức vụ``, taking effect within the period."""
        for number in range(count):
            post = self.cadre(units[number % len(units)], "Phó Trưởng ban")
            on = self.moment()
            paper = Paper("-QĐ/TU", self.issuer, on, "Về việc cho thôi giữ chức vụ")
            post.until, post.ending, post.closing = on - 1, "thôi giữ chức vụ", self.ledger.add(paper)

    def send(self, level: str, mode: str, count: int, length: int) -> None:
        """Sends ``count`` cadres on courses of some days' length that begin within the period."""
        first, last = self.period
        days = [working_day(value) for value in range(first + 20, last - 30, 75)]
        for number in range(count):
            post = self.cadre(self.units[number % len(self.units)])
            since = days[number % len(days)]
            name = f"Lớp {level}{' ' + mode if mode else ''} khai giảng {outcomes.opening(since)}"
            text = f"Về việc cử cán bộ học {name.lower()}"
            paper = self.ledger.once(("send", name), Paper("-QĐ/TU", self.issuer, since - 10, text))
            until = since + length
            school = (
                "Học viện Chính trị khu vực" if level == outcomes.ADVANCED else f"Trường Chính trị {self.place.short}"
            )
            self.courses.append(Course(post.code, name, since, until, level, mode, school, "Hoàn thành", paper))

    def praise(self, form: str, authority: str, units: Sequence[str], on: int) -> None:
        """One reward of a form for each of the units."""
        paper = self.ledger.add(Paper("-QĐ/TU", authority, on, f"Về việc tặng {form}"))
        self.rewards += [Reward(unit, form, on, authority, "Thành tích xuất sắc trong năm", paper) for unit in units]

    def book(self) -> Book:
        """Everything as one book; people nobody needed are left out."""
        people = self.people.sheet(self.rng)
        return bound(
            self.ledger,
            {
                "Đơn vị": self.forest.units.columns(),
                "Hồ sơ": {header: cells[: self._next] for header, cells in people.items()},
                "Chức vụ": post_sheet(self.posts),
                "Đào tạo": outcomes.course_sheet(self.courses),
                "Khen thưởng": outcomes.reward_sheet(self.rewards),
            },
        )
