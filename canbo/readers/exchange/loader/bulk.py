"""First loads: a nearly empty table is filled without its indexes, which are put up, and checked, once at the end."""

from __future__ import annotations

from canbo.facts.decisions.actions import LARGE, rebuilt_afterwards

from .world import rows_of

__all__ = ["rebuilt_afterwards", "worth_it"]


def worth_it(table: str, rows: int) -> bool:
    """Whether a table receives many rows and holds far fewer."""
    if rows < LARGE:
        return False
    held = rows_of(f"SELECT count(*) FROM (SELECT 1 FROM {table} LIMIT %s) t", [rows // 4 + 1])[0][0]
    return bool(held <= rows // 4)
