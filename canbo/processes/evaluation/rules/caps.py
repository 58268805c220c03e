"""The cap on the highest grade (tỷ lệ hoàn thành xuất sắc): ratio, base, scope and rounding are data of the book."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from canbo.foundation.kernel.numbers import format_number
from canbo.foundation.rulebooks import Row

from .books import Book

NEXT, NEXT_OR_ABOVE, GRADED = "next", "next_or_above", "graded"
BASES = {NEXT: "số xếp mức kế tiếp", NEXT_OR_ABOVE: "số xếp mức kế tiếp trở lên", GRADED: "số được xếp loại"}
ROUNDINGS = {"floor": "làm tròn xuống", "half_up": "làm tròn gần nhất", "ceil": "làm tròn lên"}


@dataclass(frozen=True)
class Ranked:
    """A subject whose points and conditions reach the highest grade."""

    key: str
    name: str
    points: Decimal


@dataclass(frozen=True)
class CapResult:
    """How a group of similar posts stands to the cap.

    Args:
        limit: the most who may hold the grade.
        base: the number the ratio is taken of once the limit is kept.
        used: how many hold it now.
        cut: how many have to move to the next grade.
        boundary: the subjects next to the limit: the last inside and the first outside, with all who tie with them.
        tied: the limit falls between equal points, so that a person must choose.
        if_one_moves_down: the limit once one more of those in the grade is moved to the next one.
        if_one_joins: the limit once one more subject of a lower grade reaches the next one.
        formula: the computation filled in.
    """

    limit: int
    base: int
    used: int
    cut: int
    ratio: Fraction
    rounding: str
    boundary: tuple[Ranked, ...]
    tied: bool
    if_one_moves_down: int
    if_one_joins: int
    formula: str
    article: str
    sure: bool
    scope: str = ""

    @property
    def kept(self) -> bool:
        return self.used <= self.limit


def cap(
    book: Book,
    counts: Mapping[str, int],
    *,
    group: str,
    outstanding: bool = False,
    ranked: Sequence[Ranked] = (),
) -> CapResult | None:
    """The cap for one body and one group of similar posts; None when the book sets none for the group.

    With the base "number in the next grade" those who are cut join the base, so that the limit is the largest x
    with x ≤ ratio × (next + cut). It is found directly, not by repeated trial.

    Args:
        counts: how many subjects the decision as it stands gives each grade.
        outstanding: the body was found outstanding by the competent level, which raises the ratio.
        ranked: those in the highest grade, in any order.
    """
    row = cap_row(book, group, outstanding=outstanding)
    if row is None:
        return None
    ratio, base_kind = Fraction(row["ratio"]), row["base"]
    rounding, least = str(book.value("cap_rounding", "floor")), int(book.value("cap_small_group", 0))
    top, below = counts.get(row["grade"], 0), counts.get(row["next"], 0)
    graded = sum(counts.values())
    limit = _limit(ratio, base_kind, rounding, least, top, below, graded)
    # The person moved leaves the highest grade for good, so that only those left may fill it.
    down = _limit(ratio, base_kind, rounding, least, max(0, top - 1), below + (top > 0), graded)
    joins = _limit(ratio, base_kind, rounding, least, top, below + 1, graded + (base_kind == GRADED))
    base = _base(base_kind, top, below, graded, min(limit, top))
    boundary, tied = _boundary(ranked, limit)
    word = BASES[base_kind]
    percent = format_number(Decimal(ratio.numerator) * 100 / Decimal(ratio.denominator))
    exact = ratio * base
    filled = f"{percent}% × {base} ({word}) = {format_number(round(Decimal(exact.numerator) / exact.denominator, 2))}"
    settled = f", {ROUNDINGS[rounding]} → nhiều nhất {limit}"
    cut = max(0, top - limit)
    if cut and base_kind == NEXT:
        settled += f" ({cut} người chuyển xuống mức kế tiếp đã tính vào cơ sở)"
    return CapResult(
        limit,
        base,
        top,
        cut,
        ratio,
        rounding,
        boundary,
        tied,
        down,
        joins,
        filled + settled,
        row.ruling.reference,
        row.ruling.is_sure and book.ruling("cap_rounding").is_sure,
        row.get("scope", ""),
    )


def cap_row(book: Book, group: str, *, outstanding: bool) -> Row | None:
    """The cap of a group; where there is none for outstanding bodies the usual one holds."""
    key = book.group(group).key
    rows = [row for row in book.rows("caps") if key in row.get("groups", (key,))]
    raised = [row for row in rows if row.get("outstanding", False)]
    usual = [row for row in rows if not row.get("outstanding", False)]
    chosen = (raised or usual) if outstanding else usual
    return chosen[0] if chosen else None


def _base(kind: str, top: int, below: int, graded: int, kept: int) -> int:
    if kind == GRADED:
        return graded
    return top + below if kind == NEXT_OR_ABOVE else below + top - kept


def _limit(ratio: Fraction, kind: str, rounding: str, least: int, top: int, below: int, graded: int) -> int:
    """The largest number that keeps the cap; with the base "next" it depends on itself."""
    if kind == NEXT:
        limit = _largest(ratio, rounding, top + below)
    else:
        limit = _round(ratio * _base(kind, top, below, graded, 0), rounding)
    return max(limit, min(least, top + below))


def _largest(ratio: Fraction, rounding: str, people: int) -> int:
    """Largest x with x ≤ round(ratio × (people − x)); starts at ratio ÷ (1 + ratio) × people and looks nearby."""
    start = math.floor(people * ratio / (1 + ratio))
    best = 0
    for x in range(max(0, start - 2), start + 3):
        if x <= people and x <= _round(ratio * (people - x), rounding):
            best = x
    return best


def _round(value: Fraction, rounding: str) -> int:
    if rounding == "ceil":
        return math.ceil(value)
    return math.floor(value + Fraction(1, 2)) if rounding == "half_up" else math.floor(value)


def _boundary(ranked: Sequence[Ranked], limit: int) -> tuple[tuple[Ranked, ...], bool]:
    order = sorted(ranked, key=lambda one: (-one.points, one.key))
    if not order or limit >= len(order):
        return (), False
    edges = {order[limit].points} | ({order[limit - 1].points} if limit else set())
    tied = bool(limit) and order[limit - 1].points == order[limit].points
    return tuple(one for one in order if one.points in edges), tied
