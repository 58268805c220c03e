"""From months to quarters, halves and years: means over the periods actually worked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from canbo.foundation.kernel.numbers import format_number
from canbo.foundation.kernel.period import Span

from .books import Book

ABSENCES = {"sick": "nghỉ ốm", "maternity": "nghỉ thai sản", "unpaid": "nghỉ không hưởng lương"}


@dataclass(frozen=True)
class Mean:
    """The points of a longer period.

    Args:
        points: the mean, unrounded; None while something is missing.
        used: codes of the periods it is the mean of.
        left_out: periods not worked, with the reason.
        missing: periods without a result and without a reason.
        basis: ``month`` or ``quarter``.
    """

    points: Decimal | None
    used: tuple[str, ...]
    left_out: Mapping[str, str]
    missing: tuple[str, ...]
    basis: str
    formula: str
    article: str
    notes: tuple[str, ...] = ()


def parts_of(span: Span, basis: str) -> tuple[str, ...]:
    """Codes of the months or quarters a period consists of."""
    step = 1 if basis == "month" else 3
    months = range(span.first.month, span.last.month + 1, step)
    year = span.first.year
    return tuple(f"{year}-{m:02d}" if step == 1 else f"{year}-Q{(m + 2) // 3}" for m in months)


def aggregate(
    book: Book,
    span: Span | str,
    results: Mapping[str, Decimal | None],
    absences: Mapping[str, str] | None = None,
) -> Mean:
    """The mean of the months of a period, else of its quarters when only quarters are evaluated.

    Args:
        results: points by code of the month (``2026-03``) or quarter (``2026-Q1``), wherever they were earned: the old
            unit of somebody who moved sends its months.
        absences: months not worked at all with ``sick``, ``maternity`` or ``unpaid``, or any other reason in words
            (such as "chưa được tuyển dụng"), which are left out.
    """
    whole = Span.parse(span) if isinstance(span, str) else span
    absences = absences or {}
    months, quarters = parts_of(whole, "month"), parts_of(whole, "quarter")
    by_quarter = len(months) >= 3 and not any(m in results for m in months) and any(q in results for q in quarters)
    basis, parts = ("quarter", quarters) if by_quarter else ("month", months)
    left_out = {part: ABSENCES.get(absences[part], absences[part]) for part in parts if part in absences}
    worked = [part for part in parts if part not in left_out]
    missing = tuple(part for part in worked if results.get(part) is None)
    rule = book.ruling("mean_of_quarters") if by_quarter else book.ruling("excused_absences")
    notes = []
    if by_quarter and not rule.value:
        return Mean(
            None, (), left_out, tuple(parts), basis, "", rule.reference, ("Bộ quy tắc không tính trung bình các quý.",)
        )
    if missing:
        notes.append(f"Chưa đủ dữ liệu: chưa có kết quả {', '.join(str(Span.parse(m)) for m in missing)}.")
    if not worked:
        notes.append("Không có kỳ nào làm việc thực tế.")
    if missing or not worked:
        return Mean(None, (), left_out, missing, basis, "", rule.reference, tuple(notes))
    values = [Fraction(results[part] or 0) for part in worked]
    mean = sum(values, Fraction(0)) / len(values)
    points = Decimal(mean.numerator) / Decimal(mean.denominator)
    filled = " + ".join(format_number(results[part], 1) for part in worked)
    formula = f"({filled}) ÷ {len(worked)} = {format_number(points, 1)}"
    return Mean(points, tuple(worked), left_out, (), basis, formula, rule.reference, tuple(notes))
