"""Lists of work, of repeating tasks, of products and of proposals."""

from .products import ProductFilter, ProductTable
from .proposals import ProposalTable, search_proposals
from .series import SeriesTable, search_series
from .shares import ShareFilter, ShareTable, search_shares

__all__ = [
    "ProductFilter",
    "ProductTable",
    "ProposalTable",
    "SeriesTable",
    "ShareFilter",
    "ShareTable",
    "search_proposals",
    "search_series",
    "search_shares",
]
