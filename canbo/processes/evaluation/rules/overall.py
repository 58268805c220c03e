"""A longer period judged as a whole: points are the mean of shorter ones, conditions are asked of the whole."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from .aggregate import Mean
from .books import Book
from .conditions import findings
from .scoring import _conclude, _decimal, _points_reason
from .shapes import FormulaLine, Outcome, Subject, TaskTotals
from .totals import totals_of

EXACT = Decimal("1e-8")
"""Stored means are told apart no finer than this, so that two thirds and one third make a whole again."""


def evaluate_mean(book: Book, subject: Subject, mean: Mean) -> Outcome:
    """Applies a rulebook to somebody whose points are the mean of shorter periods (NĐ 335/2025, Điều 17).

    Raises:
        KeyError: the rulebook does not know the group.
    """
    totals = subject.tasks if isinstance(subject.tasks, TaskTotals) else totals_of(subject.tasks, book)
    points = None if mean.points is None else mean.points.quantize(EXACT)
    total = None if points is None else Fraction(points)
    notes = list(mean.notes)
    by_points = next((g for g in book.grades if total is not None and g.holds(total)), None)
    found = findings(book, subject, totals, total, by_points)
    notes += found.notes
    grade, suggestion = _conclude(book, subject, total, by_points, found, notes)
    line = FormulaLine("total", "Điểm trung bình các kỳ", "Σ điểm ÷ số kỳ", mean.formula, points, None, mean.article)
    return Outcome(
        common=None,
        components={},
        result=None,
        result_points=None,
        total=_decimal(total),
        grade_by_points=by_points.key if by_points else None,
        grade_by_conditions=found.best.key if found.best else None,
        grade=grade,
        suggestion=suggestion,
        exempt=found.exempt,
        enough=total is not None and not found.unknown,
        reasons=(*_points_reason(book, total, by_points), *found.reasons),
        notes=tuple(dict.fromkeys(notes)),
        formula_lines=(line,),
    )
