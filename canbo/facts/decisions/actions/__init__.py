"""Writing to the ledger, and to the facts that rest on it."""

from .annul import annul, obstacles
from .batches import annul_decisions, leaning_facts, take_back, touched
from .drafts import discard_draft, save_draft
from .facts import close, closing_faults, locked, reopen, rewrite, span, void
from .lists import take_list
from .rebuilding import LARGE, large_part, rebuilt_afterwards
from .record import preview, record

__all__ = [
    "LARGE",
    "annul",
    "annul_decisions",
    "close",
    "closing_faults",
    "discard_draft",
    "large_part",
    "leaning_facts",
    "locked",
    "obstacles",
    "preview",
    "rebuilt_afterwards",
    "record",
    "reopen",
    "rewrite",
    "save_draft",
    "span",
    "take_back",
    "take_list",
    "touched",
    "void",
]
