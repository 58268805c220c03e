"""Committees: who is a member by which title, how she came to it, what the number and structure must be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from canbo.foundation.kernel.text import fold
from canbo.foundation.kernel.violation import Violation
from canbo.foundation.rulebooks import Catalogue, Row, Ruling

ELECTED, DESIGNATED, RATIFIED, EX_OFFICIO = "bầu cử", "chỉ định", "chuẩn y", "đương nhiên"


@dataclass(frozen=True)
class Seat:
    """A title as a place in a committee: its role there and its rank in the list."""

    title: str
    role: str
    order: int


def seat_titles(titles: Catalogue, body: str) -> dict[str, Seat]:
    """By the compared form of a title: the place it gives in a committee (``bch``, ``btv``, ``thuong_truc``, ``ubkt``)."""
    found: dict[str, Seat] = {}
    for row in titles:
        if body in row["bodies"]:
            for name in (row.label, *row.aliases):
                found[fold(name)] = Seat(row.label, row["role"], int(row["order"]))
    return found


def mode_of(acts: Iterable[str]) -> str:
    """How somebody came to a committee, by the acts of the post that makes her a member.

    A seat that was elected and ratified is an elected one; a seat without any of these acts comes with the post.
    """
    written = {fold(act) for act in acts}
    for mode in (ELECTED, DESIGNATED, RATIFIED):
        if any(act.startswith(fold(mode)) or act == fold(mode).split()[0] for act in written):
            return mode
    return EX_OFFICIO


def allowed(sizes: Iterable[Row], kind: str, body: str, merged_from: int) -> Row | None:
    """The rule on the number of a committee of a Party organisation; None where there is none.

    Args:
        kind: kind of the organisation, such as ``đảng bộ xã``.
        body: ``bch``, ``btv``, ``ubkt`` or ``deputies``.
        merged_from: of how many units it was formed.
    """
    fit = [
        row
        for row in sizes
        if row["body"] == body and fold(kind) in {fold(k) for k in row["kinds"]} and merged_from >= row["merged_from"]
    ]
    return max(fit, key=lambda row: int(row["merged_from"]), default=None)


def size_faults(number: int, decided: int | None, rule: Row | None, what: str) -> list[Violation]:
    """What is wrong with the number of a committee: over what was decided, outside what is allowed."""
    faults = []
    if decided is not None and number > decided:
        faults.append(
            Violation(
                "COMMITTEE-OVER-DECIDED",
                f"{what} có {number} người, vượt {number - decided} so với số lượng đã quyết định ({decided}).",
                fix="Rà lại người đã thôi tham gia, hoặc ghi quyết định số lượng mới.",
            )
        )
    most = rule.columns.get("most") if rule else None
    least = rule.columns.get("least") if rule else None
    size = max(number, decided or 0)
    if rule is not None and most is not None and size > most:
        faults.append(
            Violation(
                "COMMITTEE-OVER-ALLOWED",
                f"{what} {size} người, nhiều hơn mức cho phép {most} ({rule.label}).",
                source=rule.ruling.reference,
                fix="Giảm dần về mức quy định, hoặc ghi văn bản cho phép.",
            )
        )
    if rule is not None and least is not None and decided is not None and decided < least:
        faults.append(
            Violation(
                "COMMITTEE-UNDER-ALLOWED",
                f"{what} được quyết định {decided} người, ít hơn mức {least} ({rule.label}).",
                source=rule.ruling.reference,
            )
        )
    return faults


def standing_share_faults(standing: int, committee: int, share: Ruling) -> list[Violation]:
    """The standing committee may not be more than a part of the committee."""
    most = Fraction(share.value)
    if not committee or Fraction(standing, committee) <= most:
        return []
    return [
        Violation(
            "COMMITTEE-STANDING-SHARE",
            f"Ban Thường vụ có {standing} trên {committee} cấp ủy viên, quá {share.value}.",
            source=share.reference,
            fix=f"Nhiều nhất {int(most * committee)} ủy viên Ban Thường vụ.",
        )
    ]


@dataclass(frozen=True)
class Goal:
    """A structure goal and how far it is met: a share in per cent of the members."""

    key: str
    label: str
    number: int
    total: int
    wanted: float
    reference: str
    sure: bool

    @property
    def share(self) -> float | None:
        """Share in per cent, one decimal; None for an empty committee."""
        return round(self.number * 100 / self.total, 1) if self.total else None

    @property
    def met(self) -> bool:
        """Whether the goal is reached; compared exactly, not by the rounded share."""
        return bool(self.total) and Fraction(self.number * 100, self.total) >= Fraction(str(self.wanted))

    @property
    def missing(self) -> int:
        """How many more of the present members would have to be so."""
        need = Fraction(str(self.wanted)) * self.total / 100
        return max(0, -int(-need // 1) - self.number)


def counted(values: Iterable[str], order: Mapping[str, str]) -> list[tuple[str, str, int]]:
    """Key, label and number of each value, in the order given; values outside it last."""
    found: dict[str, int] = dict.fromkeys(order, 0)
    for value in values:
        found[value] = found.get(value, 0) + 1
    return [(key, order.get(key, key), number) for key, number in found.items()]
