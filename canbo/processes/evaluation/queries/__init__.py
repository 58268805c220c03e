"""Reading evaluation: rulebooks of a cycle, who may act, what a sheet adds up to, what waits for whom."""

from .acting import may_decide, may_review, named_over
from .assessing import Assessed, assess
from .authority import authority
from .books import PARTY_TRACKS, base_of, book_at, book_of, books_of, group_of
from .caps import CapStanding, caps
from .explained import Criterion, SheetPage, sheet_page
from .facts import gathered, subordinate_floor
from .means import earned_by
from .mine import OwnPage, own_page, standing_results, suggestion_on
from .order import order_faults
from .posts import cap_group_names, parts, standings
from .reading import Standpoint, own_rows, readable_sheet
from .situation import Situation, situations
from .small import due, sheet_of_suggestion, suggestions_for
from .telling import noted, told
from .terms import Term, reference, terms, worked_ratio, working_days
from .totals import task_lines, totals, unit_totals

__all__ = [
    "PARTY_TRACKS",
    "Assessed",
    "CapStanding",
    "Criterion",
    "OwnPage",
    "SheetPage",
    "Situation",
    "Standpoint",
    "Term",
    "assess",
    "authority",
    "base_of",
    "book_at",
    "book_of",
    "books_of",
    "cap_group_names",
    "caps",
    "due",
    "earned_by",
    "gathered",
    "group_of",
    "may_decide",
    "may_review",
    "named_over",
    "noted",
    "order_faults",
    "own_page",
    "own_rows",
    "parts",
    "readable_sheet",
    "reference",
    "sheet_of_suggestion",
    "sheet_page",
    "situations",
    "standing_results",
    "standings",
    "subordinate_floor",
    "suggestion_on",
    "suggestions_for",
    "task_lines",
    "terms",
    "told",
    "totals",
    "unit_totals",
    "worked_ratio",
    "working_days",
]  # fmt: skip
