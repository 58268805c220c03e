"""Dividing a product among people and over time, to the last hundredth."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import ROUND_DOWN, Decimal

from canbo.foundation.kernel.dates import add_months

CENT = Decimal("0.01")
WEEKLY, MONTHLY = "week", "month"


def divided(whole: Decimal, parts: int) -> list[Decimal]:
    """Equal parts of a quantity; what cannot be divided falls to the last."""
    if parts < 1:
        return []
    each = (whole / parts).quantize(CENT, rounding=ROUND_DOWN)
    return [*([each] * (parts - 1)), whole - each * (parts - 1)]


def rest_divided(whole: Decimal, fixed: Sequence[Decimal | None]) -> list[Decimal]:
    """The parts that were fixed, and the rest of the whole divided among the others; never less than nothing."""
    rest = max(whole - sum((part for part in fixed if part is not None), Decimal(0)), Decimal(0))
    free = iter(divided(rest, sum(part is None for part in fixed)))
    return [next(free) if part is None else part for part in fixed]


def split_dues(on: dt.date, due: dt.date, rhythm: str) -> list[dt.date]:
    """Deadlines of the parts of a long product: every week or month before the last one, which is its own.

    Args:
        on: the day it is given; no part is due on it or before.
    """
    found, step, day = [due], 1, due
    while True:
        day = due - dt.timedelta(weeks=step) if rhythm == WEEKLY else add_months(due, -step)
        if day <= on:
            return sorted(found)
        found.append(day)
        step += 1
