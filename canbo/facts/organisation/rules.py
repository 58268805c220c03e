"""What is derived from a unit's name."""

from __future__ import annotations

from canbo.foundation.kernel.text import fold


def search_text(name: str, code: str) -> str:
    """What a unit is found by: its name without diacritics, and its code."""
    return fold(f"{name} {code}")[:300]
