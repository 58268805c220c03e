"""Whole numbers that must add up: shares of a total, and steps from one number to another. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from fractions import Fraction


def target_number(base: int, percent: Decimal) -> int:
    """What may remain of a figure that has to be cut by at least so many per cent: a part of a place goes as well."""
    return int((Decimal(base) * (100 - percent) / 100).to_integral_value(rounding=ROUND_FLOOR))


def shared(total: int, weights: Sequence[int]) -> list[int]:
    """A total divided by weights into whole numbers that add up to it.

    Everybody gets the whole part of her share; the places left over go to the largest remainders, among equals to the
    larger weight, then to the one listed first. Without any weight the first one gets all.
    """
    if not weights:
        return []
    whole = sum(weights)
    if whole == 0:
        return [total, *([0] * (len(weights) - 1))]
    exact = [Fraction(total * weight, whole) for weight in weights]
    parts = [int(share) for share in exact]
    order = sorted(range(len(weights)), key=lambda n: (parts[n] - exact[n], -weights[n], n))
    for n in order[: total - sum(parts)]:
        parts[n] += 1
    return parts


def steps(start: int, end: int, years: int) -> list[int]:
    """Year by year from one number to another in equal steps, half a place rounded up; the last one is ``end``."""
    return [
        int((Decimal(start) + Decimal(end - start) * n / years).quantize(Decimal(1), rounding=ROUND_HALF_UP))
        for n in range(1, years + 1)
    ]


def rebalanced(numbers: Mapping[str, int], total: int) -> dict[str, int]:
    """Numbers changed in proportion until they add up to the total."""
    return dict(zip(numbers, shared(total, list(numbers.values())), strict=True))
