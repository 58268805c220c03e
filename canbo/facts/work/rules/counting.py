"""What counts, where and how: the table of NĐ 335/2025, Điều 18, and the day that places a share in a period."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from canbo.foundation.kernel.numbers import format_number
from canbo.foundation.kernel.violation import Violation

from ..choices import Origin
from .clock import Calendar

ARTICLE = "NĐ 335/2025/NĐ-CP, Điều 18"


@dataclass(frozen=True)
class Settings:
    """The rules of counting in force on a day.

    Args:
        year_end: (month, day) after which a deadline belongs to the next year.
        early_days: days that count before the deadline by which work is beyond the mark; 0 never.
        penalty: the part of a product, in per cent, that each return or delay takes away.
        soon: days before a deadline from which it is called near.
    """

    calendar: Calendar = field(default_factory=Calendar)
    year_end: tuple[int, int] = (12, 15)
    early_days: int = 0
    penalty: int = 25
    soon: int = 7


def counting_day(due: dt.date, year_end: tuple[int, int]) -> dt.date:
    """The day that places a share in a period: its deadline; after 15/12 the first day of the next year."""
    return dt.date(due.year + 1, 1, 1) if (due.month, due.day) > year_end else due


def effect(origin: str, *, handed_back: bool, coefficient: Decimal | None) -> tuple[bool, bool, str]:
    """Whether a share stands in the denominator, whether what is done of it counts, and why.

    Returns:
        (in the denominator, in the numerator, the reason in the words of a page).
    """
    if coefficient is None:
        return False, False, "Sản phẩm chưa có trong danh mục: chưa tính cho đến khi được duyệt (Điều 13 khoản 3)."
    if handed_back:
        return True, False, "Đã chuyển người khác làm: vẫn nằm trong số được giao, không tính là hoàn thành (Điều 18)."
    if origin == Origin.TAKEN_OVER:
        return False, True, "Nhận thay người khác: không cộng vào số được giao, làm được thì tính (Điều 18)."
    if origin == Origin.AD_HOC:
        return False, True, "Việc đột xuất, phát sinh: không cộng vào số được giao, làm được thì tính (Điều 18)."
    return True, True, "Việc giao từ đầu: tính vào số được giao và số hoàn thành (Điều 14)."


def share_faults(whole: Decimal, parts: Iterable[Decimal]) -> list[Violation]:
    """The parts of one product never add up to more than the product (Điều 18)."""
    parts = list(parts)
    faults = []
    if not parts:
        faults.append(Violation("WORK-NOBODY", "Chưa chọn người thực hiện.", field="persons"))
    if whole <= 0 or any(part <= 0 for part in parts):
        faults.append(Violation("WORK-QUANTITY", "Số lượng phải lớn hơn 0.", field="quantity"))
    total = sum(parts, Decimal(0))
    if total > whole:
        message = f"Tổng các phần là {format_number(total)}, lớn hơn {format_number(whole)} của cả sản phẩm."
        fix = "Giảm phần của từng người hoặc tăng số lượng của cả nhiệm vụ."
        faults.append(Violation("WORK-SHARES", message, "quantity", ARTICLE, fix))
    return faults
