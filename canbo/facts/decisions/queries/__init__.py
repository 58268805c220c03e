"""Reading the ledger."""

from .drafting import MISSING, Meaning, Row, drafted_lines, meaning, rows_of
from .ledger import (
    Effect,
    Preview,
    closed_facts,
    describe,
    draft,
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
from .listing import annulled, doc_types, listed, matching, with_act, with_facts
from .page import Effects, ItemLine, annulled_with, effects, item_lines, readable
from .reach import custodians, keepers
from .subjects import suggestions

__all__ = [
    "MISSING",
    "Effect",
    "Effects",
    "ItemLine",
    "Meaning",
    "Preview",
    "Row",
    "annulled",
    "annulled_with",
    "closed_facts",
    "custodians",
    "describe",
    "doc_types",
    "draft",
    "drafted_lines",
    "drafts",
    "effects",
    "find",
    "issuers",
    "item_lines",
    "keepers",
    "listed",
    "matching",
    "meaning",
    "numbering",
    "opened_facts",
    "readable",
    "rows_of",
    "same_number",
    "search",
    "standing_after",
    "suggestions",
    "units_above",
    "visible",
    "with_act",
    "with_facts",
]
