"""What a share counts, in words and numbers: coefficient times quantity, less a quarter for each return or delay."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from canbo.foundation.kernel.numbers import format_number

NUMBER = "NĐ 335/2025/NĐ-CP, Điều 14 khoản 2 điểm a"
QUALITY = "NĐ 335/2025/NĐ-CP, Điều 14 khoản 2 điểm b"
PROGRESS = "NĐ 335/2025/NĐ-CP, Điều 14 khoản 2 điểm c"


@dataclass(frozen=True)
class Worth:
    """One of the three figures of a share: its formula filled in, its value, its article."""

    label: str
    formula: str
    value: Decimal
    article: str


def kept(times: int, penalty: int) -> Decimal:
    """The part of a product that is left after so many returns or delays."""
    return max(Decimal(0), 1 - Decimal(penalty) / 100 * times)


def worth(
    *, coef: Decimal, assigned: Decimal, done: Decimal, fails: int, delays: int, penalty: int, in_denominator: bool
) -> list[Worth]:
    """What a share gives to A, a, b and c; ``fails`` and ``delays`` without those that were excused."""
    base = f"{format_number(coef)} × {format_number(done)}"

    def less(times: int) -> str:
        return f"{base} × (1 − {format_number(Decimal(penalty) / 100)} × {times})" if times else base

    given = coef * assigned if in_denominator else Decimal(0)
    formula = f"{format_number(coef)} × {format_number(assigned)}" if in_denominator else "không cộng"
    return [
        Worth("Số được giao", formula, given, NUMBER),
        Worth("Số lượng", base, coef * done, NUMBER),
        Worth("Chất lượng", less(fails), coef * done * kept(fails, penalty), QUALITY),
        Worth("Tiến độ", less(delays), coef * done * kept(delays, penalty), PROGRESS),
    ]
