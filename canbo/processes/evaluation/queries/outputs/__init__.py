"""Reading what evaluation puts out: cycles and their rows in scope, summaries, statistics, signs of formality, sendings."""

from .chosen import Chosen, choices, chosen
from .rows import Line, cycle_by_id, cycles, late, line_of, lines, not_graded, sheet_by_id, sheets

__all__ = [
    "Chosen",
    "Line",
    "choices",
    "chosen",
    "cycle_by_id",
    "cycles",
    "late",
    "line_of",
    "lines",
    "not_graded",
    "sheet_by_id",
    "sheets",
]
