"""Reading the ledger."""

from .ledger import (
    Effect,
    Preview,
    closed_facts,
    describe,
    drafts,
    find,
    issuers,
    numbering,
    opened_facts,
    same_number,
    search,
    standing_after,
    units_above,
    visible,
)
from .listing import doc_types, listed, matching, with_act, with_facts
from .page import Effects, ItemLine, annulled_with, effects, item_lines, readable
from .reach import custodians

__all__ = [
    "Effect",
    "Effects",
    "ItemLine",
    "Preview",
    "annulled_with",
    "closed_facts",
    "custodians",
    "describe",
    "doc_types",
    "drafts",
    "effects",
    "find",
    "issuers",
    "item_lines",
    "listed",
    "matching",
    "numbering",
    "opened_facts",
    "readable",
    "same_number",
    "search",
    "standing_after",
    "units_above",
    "visible",
    "with_act",
    "with_facts",
]
