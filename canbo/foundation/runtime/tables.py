"""Tables and their rows, asked from PostgreSQL itself: no package above needs to be known."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol

# Rows that mean nothing on another machine: cached pages, open sessions.
PASSING = frozenset({"canbo_cache", "django_session", "usersessions_usersession"})


class Cursor(Protocol):
    """What is needed of a cursor, Django's or psycopg's."""

    def execute(self, query: Any, params: Any = None) -> Any: ...
    def fetchone(self) -> Any: ...
    def fetchall(self) -> list[Any]: ...


def names(cursor: Cursor) -> list[str]:
    """Ordinary and partitioned tables of the schema ``public``, partitions left out."""
    cursor.execute(
        "SELECT c.relname FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace"
        " AND c.relkind IN ('r', 'p') AND NOT c.relispartition ORDER BY 1"
    )
    return [row[0] for row in cursor.fetchall()]


def exists(cursor: Cursor, table: str) -> bool:
    """Whether the schema ``public`` has this table."""
    cursor.execute("SELECT to_regclass(%s) IS NOT NULL", [f'public."{table}"'])
    return bool(cursor.fetchone()[0])


def count(cursor: Cursor, table: str) -> int:
    """Exact number of rows."""
    cursor.execute(f'SELECT count(*) FROM public."{table}"')  # noqa: S608 - a name read from the catalogue
    return int(cursor.fetchone()[0])


def counts(cursor: Cursor, tables: Iterable[str]) -> dict[str, int]:
    """Exact numbers of rows."""
    return {table: count(cursor, table) for table in tables}


def roughly(cursor: Cursor, table: str, exact_below: int = 100_000) -> tuple[int, bool]:
    """Number of rows and whether it is exact: large tables answer with PostgreSQL's estimate."""
    cursor.execute("SELECT reltuples::bigint FROM pg_class WHERE oid = to_regclass(%s)", [f'public."{table}"'])
    row = cursor.fetchone()
    estimate = int(row[0]) if row else 0
    return (estimate, False) if estimate >= exact_below else (count(cursor, table), True)


def chain_heads(cursor: Cursor) -> list[dict[str, Any]]:
    """Where each chain of the log stands; empty without a log."""
    if not exists(cursor, "audit_audithead"):
        return []
    cursor.execute("SELECT chain, seq, hash FROM audit_audithead ORDER BY chain")
    return [{"chain": chain, "seq": seq, "hash": mark} for chain, seq, mark in cursor.fetchall()]
