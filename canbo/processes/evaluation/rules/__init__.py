"""Evaluation (đánh giá, xếp loại): rulebooks as data, and the pure engine that applies one to one subject.

Points suggest, conditions stand beside them, the competent person decides. Nothing here knows Django or the clock::

    from canbo.processes.evaluation.rules import Subject, TaskLine, book, evaluate
    outcome = evaluate(book("nd335-2025-civil-servant", on=period.first), Subject("non_leader", criteria, tasks))
"""

from .aggregate import Mean, aggregate, parts_of
from .axes import Maximum, axis_parts, axis_titles, by_axes, maxima_faults, part_faults
from .books import Book, book, books, codes
from .caps import CapResult, Ranked, cap, cap_row
from .checking import faults
from .deadlines import Deadline, deadlines, period_kind
from .overall import evaluate_mean
from .parts import Condition, Criterion, Grade, Group
from .reviews import WEAKNESSES, Section, sections
from .scoring import evaluate
from .shapes import (
    Axis,
    FormulaLine,
    Mitigation,
    Outcome,
    Reason,
    Subject,
    TaskLine,
    TaskTotals,
)
from .totals import totals_of

__all__ = [
    "WEAKNESSES",
    "Axis",
    "Book",
    "CapResult",
    "Condition",
    "Criterion",
    "Deadline",
    "FormulaLine",
    "Grade",
    "Group",
    "Maximum",
    "Mean",
    "Mitigation",
    "Outcome",
    "Ranked",
    "Reason",
    "Section",
    "Subject",
    "TaskLine",
    "TaskTotals",
    "aggregate",
    "axis_parts",
    "axis_titles",
    "book",
    "books",
    "by_axes",
    "cap",
    "cap_row",
    "codes",
    "deadlines",
    "evaluate",
    "evaluate_mean",
    "faults",
    "maxima_faults",
    "part_faults",
    "parts_of",
    "period_kind",
    "sections",
    "totals_of",
]
