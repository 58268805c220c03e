"""Writing to the ledger, and to the facts that rest on it."""

from .annul import annul, obstacles
from .batches import annul_decisions, leaning_facts, take_back, touched
from .drafts import discard_draft, save_draft
from .facts import close, closing_faults, locked, reopen, rewrite, span, void
from .lists import take_list
from .rebuilding import one_at_a_time, rebuilt_afterwards, rebuilt_for
from .record import preview, record

__all__ = [
    "annul",
    "annul_decisions",
    "close",
    "closing_faults",
    "discard_draft",
    "leaning_facts",
    "locked",
    "obstacles",
    "one_at_a_time",
    "preview",
    "rebuilt_afterwards",
    "rebuilt_for",
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
