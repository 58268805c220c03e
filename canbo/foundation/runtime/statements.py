"""Statements over whole sets, sent as they are written: one way to run one, one way to read what it gives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection

Values = Sequence[Any] | Mapping[str, Any] | None


def run(sql: str, values: Values = None) -> int:
    """Runs one statement and gives the number of its rows.

    Args:
        values: by place or by name; without any, a per cent sign in the statement stands for itself.
    """
    with connection.cursor() as cursor:
        cursor.execute(sql, values or None)
        return int(cursor.rowcount)


def read(sql: str, values: Values = None) -> list[tuple[Any, ...]]:
    """All rows of one statement; ``values`` as in ``run``."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values or None)
        return list(cursor.fetchall())
