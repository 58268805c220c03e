"""Job positions: what a list must look like, how ranks compare, how holders fill a position."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from canbo.foundation.kernel.text import clean, fold
from canbo.foundation.kernel.violation import Violation
from canbo.foundation.rulebooks import Catalogue

LONGEST_CODE, LONGEST_NAME, MOST = 30, 200, 999
FIELDS = ("code", "name", "group", "min_rank", "max_rank", "headcount", "legal_basis")
"""What a line of a list holds, in the order of its columns."""


@dataclass(frozen=True)
class PositionLine:
    """One position of a list, read: the group by its key, ranks by their official names."""

    code: str
    name: str
    group: str
    min_rank: str = ""
    max_rank: str = ""
    headcount: int = 1
    legal_basis: str = ""


@dataclass(frozen=True)
class Read:
    """A list read: the sound lines, and what is wrong, each with the number of its line from 0."""

    lines: tuple[PositionLine, ...]
    faults: tuple[tuple[int, Violation], ...]

    @property
    def headcount(self) -> int:
        """People of all positions together."""
        return sum(line.headcount for line in self.lines)

    @property
    def violations(self) -> list[Violation]:
        """The faults with the number of their line in the message."""
        return [
            Violation(fault.code, f"Dòng {index + 1}: {fault.message}", fault.field, fault.source, fault.fix)
            for index, fault in self.faults
        ]


def filled(row: Mapping[str, str]) -> bool:
    """Whether anything was written in a line."""
    return any(clean(str(row.get(name) or "")) for name in FIELDS)


def read_list(rows: Sequence[Mapping[str, str]], groups: Catalogue, ranks: Catalogue) -> Read:
    """Reads a list of positions as it was typed; every fault at once, empty lines left out."""
    lines: list[PositionLine] = []
    faults: list[tuple[int, Violation]] = []
    codes: dict[str, int] = {}
    names: dict[str, int] = {}
    for index, row in enumerate(rows):
        if not filled(row):
            continue
        line, wrong = _line(row, groups, ranks)
        for seen, value, field, what in (
            (codes, fold(line.code), "code", "mã vị trí"),
            (names, fold(line.name), "name", "tên vị trí"),
        ):
            if value and value in seen:
                message = f"trùng {what} với dòng {seen[value] + 1}."
                wrong.append(Violation("POSITION-TWICE", message, field, fix="Gộp hai dòng, hoặc đổi một dòng."))
            elif value:
                seen[value] = index
        faults += [(index, fault) for fault in wrong]
        lines.append(line)
    return Read(tuple(lines), tuple(faults))


def _line(row: Mapping[str, str], groups: Catalogue, ranks: Catalogue) -> tuple[PositionLine, list[Violation]]:
    text = {name: clean(str(row.get(name) or "")) for name in FIELDS}
    faults = []
    for name, label, longest in (("code", "mã vị trí", LONGEST_CODE), ("name", "tên vị trí", LONGEST_NAME)):
        if not text[name]:
            faults.append(Violation("POSITION-MISSING", f"thiếu {label}.", name, fix=f"Ghi {label}."))
        elif len(text[name]) > longest:
            faults.append(Violation("POSITION-LONG", f"{label} dài quá {longest} ký tự.", name, fix="Rút gọn."))
    group = groups.find(text["group"]) if text["group"] else None
    if group is None:
        known = ", ".join(found.label for found in groups)
        said = f"không có nhóm “{text['group']}”." if text["group"] else "thiếu nhóm vị trí."
        faults.append(Violation("POSITION-GROUP", said, "group", fix=f"Chọn một trong: {known}."))
    low, high = (ranks.find(text[name]) if text[name] else None for name in ("min_rank", "max_rank"))
    for name, found in (("min_rank", low), ("max_rank", high)):
        if text[name] and found is None:
            known = ", ".join(rank.label for rank in ranks)
            message = f"không có ngạch “{text[name]}”."
            faults.append(Violation("POSITION-RANK", message, name, fix=f"Chọn một trong: {known}."))
    if low is not None and high is not None and low["level"] > high["level"]:
        message = f"ngạch tối thiểu {low.label} cao hơn ngạch cao nhất {high.label}."
        faults.append(Violation("POSITION-RANKS", message, "min_rank", fix="Đổi chỗ hai ngạch."))
    count = _count(text["headcount"])
    if count is None:
        message = f"số lượng “{text['headcount']}” không phải là số nguyên từ 1 đến {MOST}."
        faults.append(Violation("POSITION-COUNT", message, "headcount", fix="Ghi số nguyên, ví dụ 2."))
    return (
        PositionLine(
            text["code"],
            text["name"],
            group.key if group else "",
            low.label if low else "",
            high.label if high else "",
            count or 1,
            text["legal_basis"][:255],
        ),
        faults,
    )


def _count(text: str) -> int | None:
    """A whole number from 1; an empty cell means one."""
    if not text:
        return 1
    return int(text) if text.isascii() and text.isdecimal() and 1 <= int(text) <= MOST else None


def rank_level(rank: str, ranks: Catalogue) -> int | None:
    """Where a rank stands among all, 1 the lowest; None for a rank that is not in the catalogue, or none."""
    row = ranks.find(rank) if rank else None
    return int(row["level"]) if row is not None else None


def below_minimum(rank: str, minimum: str, ranks: Catalogue) -> bool:
    """Whether somebody's rank lies under the lowest a position is for; an unknown rank is not judged."""
    own, least = rank_level(rank, ranks), rank_level(minimum, ranks)
    return own is not None and least is not None and own < least


@dataclass(frozen=True)
class Filling:
    """How a position is filled: places, and how many hold it."""

    headcount: int
    holders: int

    @property
    def vacant(self) -> int:
        """Places without a holder."""
        return max(self.headcount - self.holders, 0)

    @property
    def over(self) -> int:
        """Holders above the number of places."""
        return max(self.holders - self.headcount, 0)


def shares(counts: Mapping[str, int], keys: Iterable[str]) -> dict[str, tuple[int, float | None]]:
    """Number and share in per cent of each key, in the order given; no share where there is nothing at all."""
    total = sum(counts.values())
    return {key: (counts.get(key, 0), round(counts.get(key, 0) * 100 / total, 1) if total else None) for key in keys}
