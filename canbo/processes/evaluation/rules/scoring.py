"""From a subject to an outcome: points, conditions side by side, knock-outs, ceilings, and what is missing."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from canbo.foundation.kernel.numbers import format_number

from .books import Book
from .checking import faults
from .conditions import Findings, findings
from .explaining import formula_lines
from .parts import BONUS, COMMON, Grade
from .results import Result, result_of
from .shapes import ZERO, Outcome, Reason, Subject, TaskTotals
from .totals import totals_of


def evaluate(book: Book, subject: Subject, *, explain: bool = True) -> Outcome:
    """Applies a rulebook to a subject.

    Args:
        explain: also fill in every formula; leave it out for many people at once.

    Raises:
        Refused: points above the maximum, unknown criteria and the like, all at once.
    """
    faults(book, subject, refuse=True)
    totals = subject.tasks if isinstance(subject.tasks, TaskTotals) else totals_of(subject.tasks, book)
    notes: list[str] = []
    common = _sum(book, subject, COMMON, notes)
    result = result_of(book, subject, totals)
    notes += result.notes
    total = _total(book, subject, common, result, notes)
    by_points = next((g for g in book.grades if total is not None and g.holds(total)), None)
    found = findings(book, subject, totals, total, by_points)
    notes += found.notes
    grade, suggestion = _conclude(book, subject, total, by_points, found, notes)
    return Outcome(
        common=_decimal(common),
        components={key: _decimal(value) for key, value in result.components.items()},
        result=_decimal(result.percent),
        result_points=_decimal(result.points),
        total=_decimal(total),
        grade_by_points=by_points.key if by_points else None,
        grade_by_conditions=found.best.key if found.best else None,
        grade=grade,
        suggestion=suggestion,
        exempt=found.exempt,
        enough=bool(found.knocked_out or found.exempt) or (total is not None and not found.unknown),
        reasons=(*_points_reason(book, total, by_points), *found.reasons),
        notes=tuple(dict.fromkeys(notes)),
        formula_lines=formula_lines(book, subject, totals, common, result, total) if explain else (),
    )


def _sum(book: Book, subject: Subject, part: str, notes: list[str]) -> Fraction | None:
    """Points of a part; None when one of its criteria is not scored yet."""
    scored = book.scored(subject.group, part)
    missing = [criterion.key for criterion in scored if subject.criteria.get(criterion.key) is None]
    if missing and part == BONUS:
        return Fraction(0)  # nothing given is no bonus
    if missing:
        notes.append(f"Chưa đủ dữ liệu: chưa chấm tiêu chí chung {', '.join(missing)}.")
        return None
    if not scored and part == COMMON:
        return None
    # Sums of points with a few decimals are exact in Decimal, and much quicker.
    return Fraction(sum((subject.criteria[c.key] or ZERO for c in scored), ZERO))


def _total(book: Book, subject: Subject, common: Fraction | None, result: Result, notes: list[str]) -> Fraction | None:
    if common is None or result.points is None:
        return None
    bonus = _sum(book, subject, BONUS, notes) or Fraction(0)
    total = common + result.points + bonus
    ceiling = Fraction(str(book.value("total_ceiling", 0)))
    return min(total, ceiling) if ceiling else total


def _conclude(
    book: Book, subject: Subject, total: Fraction | None, by_points: Grade | None, found: Findings, notes: list[str]
) -> tuple[str | None, str | None]:
    """The grade, else what is suggested to the person who decides."""
    lowest = book.grades[-1] if book.grades else None
    if found.exempt or lowest is None:
        return None, None
    if found.knocked_out:
        return found.knocked_out, None
    if total is None or by_points is None or found.unknown:
        return None, None
    grade = by_points
    if not found.holds[grade.key]:
        fit = next((g for g in book.grades[grade.place :] if found.holds[g.key] and g is not lowest), None)
        if book.value("no_match", "suggest") != "lower" or fit is None:
            words = f"Gợi ý: {fit.title}." if fit else "Không mức nào có đủ điều kiện."
            notes.append(
                f"Điểm đạt mức {by_points.title} nhưng điều kiện của mức này chưa đủ, mà mức thấp hơn lại ứng với điểm "
                f"khác. {words} Người có thẩm quyền quyết định và ghi lý do."
            )
            return None, fit.key if fit else None
        grade = fit
    if found.ceiling and found.ceiling.place > grade.place:
        grade = found.ceiling
    return grade.key, None


def _points_reason(book: Book, total: Fraction | None, by_points: Grade | None) -> tuple[Reason, ...]:
    if total is None or by_points is None:
        return ()
    low, high = by_points.min, by_points.below
    text = f"Từ {_vi(low)} điểm" + (f" đến dưới {_vi(high)} điểm" if high is not None else "")
    ruling = by_points.row.ruling
    return (
        Reason(
            f"points_{by_points.key}",
            ruling.reference,
            True,
            f"{_vi(_decimal(total))} điểm",
            "",
            text,
            by_points.key,
            "points",
            ruling.is_sure,
        ),
    )


def _vi(value: Decimal | None) -> str:
    return format_number(value, None if value is None or value == value.to_integral_value() else 2)


def _decimal(value: Fraction | None) -> Decimal | None:
    return None if value is None else Decimal(value.numerator) / Decimal(value.denominator)
