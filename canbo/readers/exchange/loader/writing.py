"""Writing a plan, set by set: COPY for new rows, one statement per table for closings, voids and completions.

This is the one place outside ``actions.py`` that writes rows of the fact packages: hundreds of thousands of facts at a
time cannot pass through one function call each. The database's own guards hold here as everywhere.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from canbo.facts.decisions.actions import rebuilt_for
from canbo.foundation.runtime.statements import run

from .copying import copy_rows
from .plan import Close, Fill, Inserts, Plan, Void

BATCH_TABLES = {"organisation_unit", "people_person"}
FIRST_LOAD = 1 / 4
"""A table that holds no more than this share of the rows to come is filled without its indexes."""


def write(plan: Plan, *, batch: int, today: dt.date) -> None:
    """Writes every row of a plan inside the caller's transaction.

    Args:
        plan: made by ``check`` with real row numbers.
        batch: row number of the batch that the facts point to.
        today: the day on which voided rows are marked.
    """
    _void(plan.voids, today)
    _close(plan.closes, batch)
    _fill(plan.fills)
    _people(plan.people_changed)
    for insert in _in_order(plan.inserts):
        _insert(insert, batch)


def _in_order(inserts: Iterable[Inserts]) -> list[Inserts]:
    first = ["decisions_decision", "organisation_unit", "organisation_unitversion", "people_person"]
    return sorted(inserts, key=lambda i: first.index(i.table) if i.table in first else len(first))


def _insert(insert: Inserts, batch: int) -> None:
    columns = dict(insert.columns)
    if insert.table not in BATCH_TABLES:
        columns["opened_in_id"] = [batch] * insert.size
    columns |= _defaults(insert.table, columns, insert.size)
    with rebuilt_for(insert.table, insert.size, FIRST_LOAD):
        copy_rows(insert.table, columns)


_NOT_NULL = {
    "decisions_decision": {"annulled_why": "", "recorded_by": "", "custodian": "", "recorded_at": "now"},
}


def _defaults(table: str, columns: dict[str, list], size: int) -> dict[str, list]:
    """Columns that the model fills in by itself when a row is written one by one."""
    wanted = dict(_NOT_NULL.get(table, {}))
    if table not in BATCH_TABLES and table != "decisions_decision":
        wanted.setdefault("voided_why", "")
    return {name: [value] * size for name, value in wanted.items() if name not in columns}


def _void(voids: list[Void], today: dt.date) -> None:
    for table, rows in _by_table(voids).items():
        run(
            f"UPDATE {table} t SET voided_on = %s, voided_why = v.why "
            "FROM unnest(%s::bigint[], %s::text[]) AS v(id, why) WHERE t.id = v.id",
            [today, [v.id for v in rows], [v.why for v in rows]],
        )


def _close(closes: list[Close], batch: int) -> None:
    for table, rows in _by_table(closes).items():
        with_act = [c for c in rows if c.closing_act is not None]
        for group, act in ((with_act, True), ([c for c in rows if c.closing_act is None], False)):
            if not group:
                continue
            extra = ", closing_act = v.act" if act else ""
            run(
                f"UPDATE {table} t SET in_force = daterange(lower(t.in_force), v.upper), closed_by_id = v.paper, "
                f"closed_in_id = %s{extra} FROM unnest(%s::bigint[], %s::date[], %s::bigint[], %s::text[]) "
                "AS v(id, upper, paper, act) WHERE t.id = v.id",
                [
                    batch,
                    [c.id for c in group],
                    [c.upper for c in group],
                    [c.closed_by for c in group],
                    [c.closing_act for c in group],
                ],
            )


def _fill(fills: list[Fill]) -> None:
    groups: dict[tuple, list[Fill]] = defaultdict(list)
    for fill in fills:
        groups[fill.table, tuple(name for name, _ in fill.values)].append(fill)
    for (table, names), rows in groups.items():
        types = [
            _sql_type(next((v for f in rows for n, v in f.values if n == name and v is not None), "")) for name in names
        ]
        sets = ", ".join(f"{name} = v.{name}" for name in names)
        arrays = ", ".join(f"%s::{kind}[]" for kind in types)
        run(
            f"UPDATE {table} t SET {sets} FROM unnest(%s::bigint[], {arrays}) AS v(id, {', '.join(names)}) WHERE t.id = v.id",
            [[f.id for f in rows], *([dict(f.values)[name] for f in rows] for name in names)],
        )


def _sql_type(value: object) -> str:
    if isinstance(value, dt.date):
        return "date"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int):
        return "bigint"
    return "numeric" if isinstance(value, Decimal) else "text"


def _people(changed: dict[int, dict[str, object]]) -> None:
    for name in ("citizen_id", "name", "sort_key", "search_text"):
        rows = [(person, values[name]) for person, values in changed.items() if name in values]
        if rows:
            run(
                f"UPDATE people_person t SET {name} = v.value FROM unnest(%s::bigint[], %s::text[]) AS v(id, value) "
                "WHERE t.id = v.id",
                [[p for p, _ in rows], [v for _, v in rows]],
            )


def _by_table(rows: Iterable) -> dict[str, list]:
    found: dict[str, list] = defaultdict(list)
    for row in rows:
        found[row.table].append(row)
    return found
