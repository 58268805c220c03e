"""Approved job positions of two offices of the sample province, and who is placed on them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from .days import dates, day
from .ledger import Ledger, Paper, numbers
from .posts import Post

SINCE = day(2026, 3, 1)
LEADERS, TRADE, COMMON, SUPPORT = (
    "Lãnh đạo, quản lý", "Chuyên môn nghiệp vụ", "Chuyên môn dùng chung", "Hỗ trợ, phục vụ",
)  # fmt: skip
SENIOR, EXPERT, CLERK, HAND = "Chuyên viên chính", "Chuyên viên", "Cán sự", "Nhân viên"

Line = tuple[str, str, str, str, str | None, int]
"""Code, name, group, lowest and highest rank, number."""
BOARD: tuple[Line, ...] = (
    ("LD01", "Trưởng ban", LEADERS, SENIOR, "Chuyên viên cao cấp", 1),
    ("LD02", "Phó Trưởng ban", LEADERS, SENIOR, "Chuyên viên cao cấp", 1),
    ("CM01", "Chuyên viên về tổ chức đảng, đảng viên", TRADE, SENIOR, SENIOR, 1),
    ("CM02", "Chuyên viên về công tác cán bộ", TRADE, EXPERT, SENIOR, 1),
    ("DC01", "Chuyên viên về kế toán", COMMON, EXPERT, SENIOR, 1),
)
"""With one place vacant."""
DEPARTMENT: tuple[Line, ...] = (
    ("LD01", "Giám đốc", LEADERS, SENIOR, "Chuyên viên cao cấp", 1),
    ("LD02", "Phó Giám đốc", LEADERS, SENIOR, "Chuyên viên cao cấp", 2),
    ("LD03", "Trưởng phòng và tương đương", LEADERS, SENIOR, SENIOR, 3),
    ("LD04", "Phó Trưởng phòng và tương đương", LEADERS, EXPERT, SENIOR, 3),
    ("CM01", "Chuyên viên về tổ chức bộ máy", TRADE, EXPERT, SENIOR, 6),
    ("CM02", "Chuyên viên về cải cách hành chính", TRADE, EXPERT, SENIOR, 8),
    ("DC01", "Chuyên viên về tổng hợp", COMMON, EXPERT, SENIOR, 7),
    ("HT01", "Lái xe", SUPPORT, HAND, HAND, 1),
    ("HT02", "Nhân viên phục vụ", SUPPORT, HAND, HAND, 1),
)
"""With more people than places in one position and fewer in another."""
CODES = {
    "Trưởng ban": "LD01", "Phó Trưởng ban": "LD02", "Giám đốc": "LD01", "Phó Giám đốc": "LD02", "Trưởng phòng": "LD03",
    "Phó Trưởng phòng": "LD04", "Lái xe": "HT01", "Nhân viên phục vụ": "HT02",
}  # fmt: skip
BY_DIVISION = {"1": "DC01", "2": "CM01", "3": "CM02"}


@dataclass
class Positions:
    """The sheets ``Vị trí việc làm`` and ``Bố trí vị trí việc làm``, and the ranks of those placed."""

    ledger: Ledger
    lines: list[tuple[str, Line, Paper]] = field(default_factory=list)
    placed: list[tuple[str, str, str, int, Paper]] = field(default_factory=list)
    ranks: dict[str, str] = field(default_factory=dict)
    """By code of the person."""

    def office(
        self, unit: str, name: str, lines: Sequence[Line], posts: Sequence[Post], symbol: str, issuer: str
    ) -> None:
        """Lists the positions of an office and places its people, all but one with a rank that is high enough."""
        text = f"Về việc phê duyệt vị trí việc làm của {name}"
        paper = self.ledger.add(Paper(symbol, issuer, SINCE - 10, text, effective=SINCE))
        self.lines += [(unit, line, paper) for line in lines]
        rank_of = {line[0]: line[3] for line in lines}
        turn = 0
        for post in posts:
            if not (post.unit == unit or post.unit.startswith(f"{unit}.")) or post.until or post.concurrent:
                continue
            code = CODES.get(post.title)
            if code is None:
                turn += 1
                code = BY_DIVISION.get(post.unit.removeprefix(f"{unit}."), "CM01" if turn % 2 else "CM02")
            since = max(SINCE, post.since)
            self.placed.append((post.code, unit, code, since, paper))
            self.ranks[post.code] = rank_of[code]
        below = next((person for person, where, code, *_ in self.placed if where == unit and code == "CM01"), None)
        if below and rank_of["CM01"] != CLERK:
            self.ranks[below] = EXPERT if rank_of["CM01"] == SENIOR else CLERK

    def sheets(self) -> dict[str, dict[str, list[object]]]:
        """Both sheets, column by column."""
        lines = [line for _, line, _ in self.lines]
        return {
            "Vị trí việc làm": {
                "Mã đơn vị": [unit for unit, _, _ in self.lines],
                "Mã vị trí": [line[0] for line in lines],
                "Tên vị trí": [line[1] for line in lines],
                "Nhóm": [line[2] for line in lines],
                "Ngạch tối thiểu": [line[3] for line in lines],
                "Ngạch cao nhất": [line[4] for line in lines],
                "Số lượng": [line[5] for line in lines],
                "Từ ngày": dates([SINCE] * len(lines)),
                "Số quyết định": numbers(paper for _, _, paper in self.lines),
            },
            "Bố trí vị trí việc làm": {
                "Mã hồ sơ": [row[0] for row in self.placed],
                "Mã đơn vị": [row[1] for row in self.placed],
                "Mã vị trí": [row[2] for row in self.placed],
                "Từ ngày": dates(row[3] for row in self.placed),
                "Số quyết định": numbers(row[4] for row in self.placed),
            },
        }
