"""Reading the ledger."""

from .ledger import (
    Effect,
    Preview,
    closed_facts,
    describe,
    drafts,
    find,
    issuers,
    opened_facts,
    preview,
    same_number,
    search,
    standing_after,
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
    "opened_facts",
    "preview",
    "readable",
    "same_number",
    "search",
    "standing_after",
    "visible",
    "with_act",
    "with_facts",
]
