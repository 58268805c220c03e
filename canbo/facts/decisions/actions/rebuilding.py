"""Large moves of rows: constraints and indexes are checked once over the whole table instead of once per row.

Within one transaction the constraints of a table are taken down and put up again after the rows are in. Putting them up
checks every row, so nothing can slip by; if anything fails, the transaction restores them.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from canbo.foundation.runtime.statements import read, run

LARGE = 20_000


@dataclass(frozen=True)
class _Part:
    down: str
    up: str


def one_at_a_time() -> None:
    """One large write at a time, a load or a restructuring: each would miss what the other writes.

    Whoever has the turn may sort and join in memory.
    """
    read("SELECT pg_advisory_xact_lock(hashtext('canbo.exchange.load')), set_config('work_mem', '256MB', true)")


@contextmanager
def rebuilt_for(table: str, rows: int, times: float = 4) -> Iterator[None]:
    """For so many rows that are written: as ``rebuilt_afterwards`` where that is quicker, else without any ado.

    Args:
        rows: how many will be written or changed.
        times: it is quicker where the table holds no more than so many times the rows.
    """
    if rows < LARGE or _held(table, int(rows * times) + 1) > rows * times:
        yield
        return
    with rebuilt_afterwards(table):
        yield


def _held(table: str, most: int) -> int:
    statement = f"SELECT count(*) FROM (SELECT 1 FROM {table} LIMIT %s) t"  # noqa: S608 - a table of the code
    return int(read(statement, [most])[0][0])


@contextmanager
def rebuilt_afterwards(table: str) -> Iterator[None]:
    """Takes down foreign keys, overlap and uniqueness constraints and indexes of a table, and puts them up at the end.

    The primary key, the checks and the guards against rewriting stay up. The table is locked until the transaction ends.
    """
    parts = [*_constraints(table), *_indexes(table)]
    run("SET CONSTRAINTS ALL IMMEDIATE")
    for part in parts:
        run(part.down)
    yield
    for part in reversed(parts):
        run(part.up)
    run("SET CONSTRAINTS ALL DEFERRED")
    run(f"ANALYZE {table}")


def _constraints(table: str) -> list[_Part]:
    found = read(
        "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint "
        "WHERE conrelid = %s::regclass AND contype IN ('f', 'x', 'u') "
        # a unique key that a foreign key of another table leans on must stay
        "AND NOT EXISTS (SELECT 1 FROM pg_constraint o WHERE o.contype = 'f' AND o.conindid = pg_constraint.conindid "
        "AND pg_constraint.contype <> 'f') ORDER BY contype, conname",
        [table],
    )
    return [
        _Part(
            f'ALTER TABLE {table} DROP CONSTRAINT "{name}"', f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}'
        )
        for name, definition in found
    ]


def _indexes(table: str) -> list[_Part]:
    found = read(
        "SELECT c.relname, pg_get_indexdef(i.indexrelid) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid "
        "WHERE i.indrelid = %s::regclass AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = i.indexrelid) "
        "ORDER BY c.relname",
        [table],
    )
    return [_Part(f'DROP INDEX "{name}"', definition) for name, definition in found]
