"""Reading work: what a period adds up to, and which periods are closed."""

from .lines import Line, Totals, lines, totals, totals_statement
from .locks import locked

__all__ = ["Line", "Totals", "lines", "locked", "totals", "totals_statement"]
