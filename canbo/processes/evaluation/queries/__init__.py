"""Reading evaluation: rulebooks of a cycle, who may act, what a sheet adds up to, what waits for whom."""

from .acting import may_decide, may_review, named_over
from .authority import authority
from .books import PARTY_TRACKS, base_of, book_at, book_of, books_of, group_of
from .facts import gathered, subordinate_floor
from .posts import cap_group_names, parts, standings
from .terms import Term, reference, terms, worked_ratio, working_days
from .totals import task_lines, totals, unit_totals

__all__ = [
    "PARTY_TRACKS",
    "Term",
    "authority",
    "base_of",
    "book_at",
    "book_of",
    "books_of",
    "cap_group_names",
    "gathered",
    "group_of",
    "may_decide",
    "may_review",
    "named_over",
    "parts",
    "reference",
    "standings",
    "subordinate_floor",
    "task_lines",
    "terms",
    "totals",
    "unit_totals",
    "worked_ratio",
    "working_days",
]
