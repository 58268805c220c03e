"""Reading evaluation: rulebooks of a cycle, who may act, what a sheet adds up to, what waits for whom."""

from .acting import may_decide, may_review, named_over
from .assessing import Assessed, assess
from .authority import authority
from .axes import AxisLine, AxisPart, axes_approved, axis_lines, engine_axes, maxima_of
from .books import PARTY_TRACKS, base_of, book_at, book_of, books_of, group_of
from .caps import CapStanding, caps
from .cycles import cycle_by_id, cycles, deadlines, not_graded, progress
from .explained import Criterion, SheetPage, sheet_page
from .facts import gathered, subordinate_floor
from .locks import closed_work
from .means import earned_by
from .mine import OwnPage, OwnSheet, own_page, suggestion_on
from .opening import AT_ONCE, asked, is_large, may_open, offered_books
from .order import order_faults
from .overview import (
    StepLine,
    advised_count,
    allowances,
    done_counts,
    grades_so_far,
    late_sheets,
    next_deadlines,
    sheets_within,
    step_lines,
)
from .posts import cap_group_names, parts, standings
from .results import appeals, line_of, reminders, results_of
from .sheets import own_sheets, sheet_by_id, sheets, visible
from .situation import Situation, situations
from .small import due, sheet_of_suggestion, standing_result, suggestions_for
from .standpoint import Standpoint, readable_sheet
from .table import Line, Table, cycle_for_head, table, tables
from .telling import noted, told
from .terms import Term, reference, terms, worked_ratio, working_days
from .totals import task_lines, totals, unit_totals
from .waiting import Waiting, to_answer, to_decide, to_fill, to_review, waiting

# fmt: off
__all__ = [
    "AT_ONCE",
    "PARTY_TRACKS",
    "Assessed",
    "AxisLine",
    "AxisPart",
    "CapStanding",
    "Criterion",
    "Line",
    "OwnPage",
    "OwnSheet",
    "SheetPage",
    "Situation",
    "Standpoint",
    "StepLine",
    "Table",
    "Term",
    "Waiting",
    "advised_count",
    "allowances",
    "appeals",
    "asked",
    "assess",
    "authority",
    "axes_approved",
    "axis_lines",
    "base_of",
    "book_at",
    "book_of",
    "books_of",
    "cap_group_names",
    "caps",
    "closed_work",
    "cycle_by_id",
    "cycle_for_head",
    "cycles",
    "deadlines",
    "done_counts",
    "due",
    "earned_by",
    "engine_axes",
    "gathered",
    "grades_so_far",
    "group_of",
    "is_large",
    "late_sheets",
    "line_of",
    "maxima_of",
    "may_decide",
    "may_open",
    "may_review",
    "named_over",
    "next_deadlines",
    "not_graded",
    "noted",
    "offered_books",
    "order_faults",
    "own_page",
    "own_sheets",
    "parts",
    "progress",
    "readable_sheet",
    "reference",
    "reminders",
    "results_of",
    "sheet_by_id",
    "sheet_of_suggestion",
    "sheet_page",
    "sheets",
    "sheets_within",
    "situations",
    "standing_result",
    "standings",
    "step_lines",
    "subordinate_floor",
    "suggestion_on",
    "suggestions_for",
    "table",
    "tables",
    "task_lines",
    "terms",
    "to_answer",
    "to_decide",
    "to_fill",
    "to_review",
    "told",
    "totals",
    "unit_totals",
    "visible",
    "waiting",
    "worked_ratio",
    "working_days",
]
# fmt: on
