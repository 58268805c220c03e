"""Reading what evaluation puts out: cycles and their rows in scope, summaries, statistics, signs of formality, sendings."""

from .chosen import Chosen, choices, chosen
from .rows import Line, late, line_of, lines, sheet_by_id, sheets

__all__ = [
    "Chosen",
    "Line",
    "choices",
    "chosen",
    "late",
    "line_of",
    "lines",
    "sheet_by_id",
    "sheets",
]
