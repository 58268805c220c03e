"""How titles are compared."""

from __future__ import annotations

from canbo.foundation.kernel.text import fold


def title_key(title: str) -> str:
    """One form of a title for comparison: no diacritics, capitals or extra spaces."""
    return fold(title)[:200]
