"""Writing to the ledger, and to the facts that rest on it."""

from .facts import close, closing_faults, locked, reopen, span, void

__all__ = ["close", "closing_faults", "locked", "reopen", "span", "void"]
