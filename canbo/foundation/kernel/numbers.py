"""Numbers as Vietnamese papers print them: 1.234,5 and percentages with one decimal, half up."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

Number = int | float | Decimal


def format_number(value: Number | None, decimals: int | None = None) -> str:
    """``1.234,5``; without ``decimals`` trailing zeros are dropped; an empty string for no value."""
    if value is None:
        return ""
    number = Decimal(str(value))
    if decimals is not None:
        number = number.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    text = f"{number:,f}"
    if decimals is None and "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace(",", "\0").replace(".", ",").replace("\0", ".")


def percent(part: Number | None, whole: Number | None) -> Decimal | None:
    """``part`` in per cent of ``whole``, one decimal, half up; None when it cannot be formed."""
    if part is None or not whole:
        return None
    return (Decimal(str(part)) * 100 / Decimal(str(whole))).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)


def format_percent(value: Number | None) -> str:
    """``125,6%``; an empty string for no value."""
    return "" if value is None else f"{format_number(value, 1)}%"
