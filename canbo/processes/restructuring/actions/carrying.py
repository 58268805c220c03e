"""Moving what stands in units that end or are divided, one kind at a time, each by a few statements over whole sets."""

# ruff: noqa: S608 - tables and columns are those that carriers declare and the database lists.
from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from canbo.facts.decisions.actions import rebuilt_for
from canbo.facts.decisions.models import Batch, Decision
from canbo.facts.organisation.carriers import Carrier, declared, ratios
from canbo.foundation.runtime.statements import read, run

from ..choices import Rule
from ..models import Restructuring
from ..queries.counting import condition
from ..rules import Move

HANDLED = frozenset(
    {"id", "in_force", "since", "since_precision", "historical", "opened_by_id", "opened_in_id", "closed_by_id",
     "closed_in_id", "voided_on", "voided_why", "closing_act"}
)  # fmt: skip
"""Columns of a dated fact that are not simply carried along."""


@dataclass
class Carried:
    """What moving came to: rows moved and rows that became one with another, by kind; people concerned by their ids."""

    moved: dict[str, int] = field(default_factory=dict)
    joined: dict[str, int] = field(default_factory=dict)
    people: set[int] = field(default_factory=set)


@dataclass(frozen=True)
class Under:
    """Under what rows move."""

    case: Restructuring
    on: dt.date
    today: dt.date
    decision: Decision | None
    batch: Batch

    def values(self, **more: object) -> dict[str, Any]:
        """Parameters of every statement."""
        return {
            "on": self.on,
            "today": self.today,
            "decision": self.decision.pk if self.decision else None,
            "batch": self.batch.pk,
            "case": self.case.pk,
            "why": f"Ghi lại do sắp xếp tổ chức: {self.case.title}",
            **more,
        }


def carry(
    under: Under,
    moves: Iterable[Move],
    places: Mapping[str, Mapping[int, str]],
    ids: Mapping[str, int],
) -> Carried:
    """Moves rows as the plan says.

    Args:
        moves: of all kinds; those of subordinate units are no rows and are left out.
        places: by kind and row, the code of the unit a row goes to.
        ids: ids of units by code, those that ended included.
    """
    carried = Carried()
    moves = list(moves)
    run("CREATE TEMP TABLE rs_way (kind text, unit bigint, target bigint, waits boolean) ON COMMIT DROP", {})
    run("CREATE TEMP TABLE rs_place (kind text, row bigint, target bigint) ON COMMIT DROP", {})
    run(
        "INSERT INTO rs_way SELECT kind, unit, target, waits FROM json_to_recordset(%(ways)s::json) "
        "AS x(kind text, unit bigint, target bigint, waits boolean)",
        {
            "ways": json.dumps(
                [
                    {
                        "kind": move.kind,
                        "unit": ids[move.code],
                        "target": ids[move.target],
                        "waits": move.rule != Rule.ALL,
                    }
                    for move in moves
                ]
            )
        },
    )
    listed = {move.kind for move in moves if move.rule == Rule.LIST}
    rows = [(kind, row, ids[code]) for kind in listed for row, code in places.get(kind, {}).items()]
    run(
        "INSERT INTO rs_place SELECT * FROM unnest(%(kinds)s::text[], %(rows)s::bigint[], %(targets)s::bigint[])",
        {"kinds": [r[0] for r in rows], "rows": [r[1] for r in rows], "targets": [r[2] for r in rows]},
    )
    run("CREATE INDEX ON rs_way (kind, unit)", {})
    run("ANALYZE rs_way, rs_place", {})
    for carrier in declared():
        if not carrier.via and not any(move.kind == carrier.code for move in moves):
            continue
        if carrier.via and carrier.via not in carried.moved:
            continue
        (_dated if carrier.dated else _pointed)(under, carrier, carried)
    run("DROP TABLE rs_way, rs_place", {})
    for carrier in declared():
        if carrier.dated and carrier.code in carried.moved:
            run(f"DROP TABLE rs_{carrier.code}", {})
    return carried


def _next_id(table: str) -> str:
    """The next row number of a table, as an expression: the inner query is asked once, not once for each row."""
    return f"nextval((SELECT pg_get_serial_sequence('{table}', 'id')))"


def _columns(table: str) -> list[str]:
    with connection.cursor() as cursor:
        return [column.name for column in connection.introspection.get_table_description(cursor, table)]


def _dated(under: Under, carrier: Carrier, carried: Carried) -> None:
    """A dated fact closes and goes on as a new row.

    One that begins on or after the day, or whose end is recorded ahead, cannot be closed: it is set aside and written
    anew, in two rows where it had begun before.
    """
    table, name, column = carrier.table, f"rs_{carrier.code}", carrier.column
    key = (
        "ROW(" + ", ".join(["{target}", *(f"t.{part}" for part in carrier.same)]) + ")::text"
        if carrier.same
        else "NULL"
    )
    if carrier.via:
        source = f"JOIN rs_{carrier.via} w ON w.id = t.{column} AND w.leaves"
        target, waits = "coalesce(w.new_id, w.becomes)", "false"
    else:
        source = (
            f"JOIN rs_way w ON w.kind = '{carrier.code}' AND w.unit = t.{column} "
            f"LEFT JOIN rs_place p ON p.kind = '{carrier.code}' AND p.row = t.id"
        )
        target, waits = "coalesce(p.target, w.target)", "w.waits AND p.target IS NULL"
    where = condition(carrier)
    run(
        f"CREATE TEMP TABLE {name} ON COMMIT DROP AS SELECT t.id, t.{column} AS old, {target} AS target, "
        f"lower(t.in_force) AS lo, upper(t.in_force) AS up, {waits} AS waits, true AS leaves, {key.format(target=target)} AS key, "
        f"NULL::bigint AS new_id, NULL::bigint AS becomes, NULL::numeric AS amount FROM {table} t {source} WHERE {where}",
        under.values(),
    )
    _stay_and_wait(under, carrier, name)
    if carrier.same and not carrier.ends:
        _alike(under, carrier, name, key, where)
    elif not carrier.ends:
        run(f"UPDATE {name} SET new_id = {_next_id(table)}", {})
        run(f"CREATE INDEX ON {name} (id)", {})
    run(f"ANALYZE {name}", {})
    [(leaving,)] = read(f"SELECT count(*) FROM {name} WHERE leaves")
    with rebuilt_for(table, leaving):
        _close(under, carrier, name)
        _write_on(under, carrier, name)
    [(closed, opened, carried.moved[carrier.code])] = read(
        "SELECT count(*) FILTER (WHERE leaves AND lo <= %(on)s), count(*) FILTER (WHERE new_id IS NOT NULL AND lo <= %(on)s), "
        f"count(*) FILTER (WHERE leaves AND old <> target) FROM {name}",
        under.values(),
    )
    if carrier.total == "count(*)" and closed != opened and not carrier.ends:
        carried.joined[carrier.code] = closed - opened
    if carrier.person:
        moved = read(f"SELECT DISTINCT t.{carrier.person} FROM {name} m JOIN {table} t ON t.id = m.id")
        carried.people |= {row[0] for row in moved}
    if not carrier.via:
        person = f"t.{carrier.person}" if carrier.person else "NULL::bigint"
        run(
            f"INSERT INTO restructuring_waiting (case_id, kind, row, person_id, old_id, unit_id, placed_by) "
            f"SELECT %(case)s, '{carrier.code}', m.new_id, {person}, m.old, m.target, '' FROM {name} m "
            f"JOIN {table} t ON t.id = m.id WHERE m.waits AND m.new_id IS NOT NULL",
            under.values(),
        )


def _stay_and_wait(under: Under, carrier: Carrier, name: str) -> None:
    """Rows of a unit that goes on and is divided stay until somebody places them, and stand on the work list."""
    if carrier.via:
        return
    person = f"t.{carrier.person}" if carrier.person else "NULL::bigint"
    run(
        f"INSERT INTO restructuring_waiting (case_id, kind, row, person_id, old_id, unit_id, placed_by) "
        f"SELECT %(case)s, '{carrier.code}', m.id, {person}, m.old, m.target, '' FROM {name} m "
        f"JOIN {carrier.table} t ON t.id = m.id WHERE m.waits AND m.target = m.old",
        under.values(),
    )
    run(f"DELETE FROM {name} WHERE target = old", {})


def _alike(under: Under, carrier: Carrier, name: str, key: str, where: str) -> None:
    """Rows that mean the same thing in the new unit become one: that of the unit, else the oldest that comes."""
    table = carrier.table
    there = key.format(target=f"t.{carrier.column}")
    run(f"CREATE INDEX ON {name} (id)", {})
    run(f"ANALYZE {name}", {})
    run(
        f"INSERT INTO {name} (id, old, target, lo, up, waits, leaves, key) "
        f"SELECT t.id, t.{carrier.column}, t.{carrier.column}, lower(t.in_force), upper(t.in_force), false, false, {there} "
        f"FROM {table} t WHERE t.{carrier.column} IN (SELECT target FROM {name}) AND {where} "
        f"AND {there} IN (SELECT key FROM {name}) AND NOT EXISTS (SELECT 1 FROM {name} x WHERE x.id = t.id)",
        under.values(),
    )
    run(
        f"CREATE TEMP TABLE rs_head ON COMMIT DROP AS SELECT DISTINCT ON (key) key, id, leaves, "
        f"count(*) OVER (PARTITION BY key) AS rows FROM {name} ORDER BY key, leaves, lo, id",
        {},
    )
    serial = _next_id(table)
    if carrier.together == "drop":
        # Written anew in one go: nearly every row gets a number, and changing them in place takes far longer.
        run(
            f"CREATE TEMP TABLE rs_numbered ON COMMIT DROP AS SELECT m.id, m.old, m.target, m.lo, m.up, m.waits, m.leaves, "
            f"m.key, CASE WHEN h.id = m.id AND h.leaves THEN {serial} END AS new_id, "
            "CASE WHEN m.leaves AND NOT h.leaves THEN h.id END AS becomes, m.amount "
            f"FROM {name} m JOIN rs_head h ON h.key = m.key",
            {},
        )
        run(f"DROP TABLE {name}", {})
        run(f"ALTER TABLE rs_numbered RENAME TO {name}", {})
        run(f"CREATE INDEX ON {name} (id)", {})
        run(f"ANALYZE {name}", {})
    else:
        if carrier.ratio:
            _ratios(carrier, name)
        function = "sum" if carrier.together == "sum" else "max"
        run(
            f"UPDATE {name} m SET leaves = true FROM rs_head h WHERE h.key = m.key AND h.rows > 1 AND NOT m.leaves",
            {},
        )
        run(f"UPDATE {name} m SET new_id = {serial} FROM rs_head h WHERE h.id = m.id", {})
        run(
            f"UPDATE {name} m SET amount = s.amount FROM (SELECT key, {function}(t.{carrier.amount}) AS amount "
            f"FROM {name} JOIN {table} t USING (id) GROUP BY key) s WHERE s.key = m.key AND m.new_id IS NOT NULL "
            "AND s.key IN (SELECT key FROM rs_head)",
            {},
        )
    run(
        f"UPDATE {name} m SET becomes = k.new_id FROM {name} k WHERE k.key = m.key AND k.new_id IS NOT NULL "
        "AND m.new_id IS NULL AND m.leaves AND m.becomes IS NULL",
        {},
    )
    run("DROP TABLE rs_head", {})


def _ratios(carrier: Carrier, name: str) -> None:
    """Ratios that meet are never added up: the unit's own stays, else equal ones go on as one; others end there."""
    table, values = carrier.table, {"ratios": list(ratios())}
    run(
        f"CREATE TEMP TABLE rs_ratio ON COMMIT DROP AS SELECT h.key, h.id, h.leaves, count(DISTINCT t.{carrier.amount}) AS kinds "
        f"FROM rs_head h JOIN {name} m ON m.key = h.key JOIN {table} t ON t.id = m.id "
        f"WHERE h.rows > 1 AND t.{carrier.ratio} = ANY(%(ratios)s) GROUP BY h.key, h.id, h.leaves",
        values,
    )
    run(f"UPDATE {name} m SET becomes = r.id FROM rs_ratio r WHERE r.key = m.key AND NOT r.leaves AND m.leaves", {})
    run(
        f"UPDATE {name} m SET new_id = {_next_id(table)} FROM rs_ratio r "
        "WHERE r.id = m.id AND r.leaves AND r.kinds = 1",
        {},
    )
    run("DELETE FROM rs_head h USING rs_ratio r WHERE r.key = h.key", {})
    run("DROP TABLE rs_ratio", {})


def _close(under: Under, carrier: Carrier, name: str) -> None:
    acts = "".join(f", {column} = {sql}" for column, sql in carrier.closing.items())
    run(
        f"UPDATE {carrier.table} t SET in_force = daterange(m.lo, %(on)s), closed_by_id = %(decision)s, "
        f"closed_in_id = %(batch)s{acts} FROM {name} m WHERE t.id = m.id AND m.leaves AND m.lo < %(on)s AND m.up IS NULL",
        under.values(),
    )
    aside = f"SELECT m.id FROM {name} m WHERE m.leaves AND (m.lo >= %(on)s OR m.up IS NOT NULL)"
    run(
        'INSERT INTO restructuring_rewritten (case_id, "table", row, value) '
        f"SELECT %(case)s, '{carrier.table}', id, NULL FROM ({aside}) a",
        under.values(),
    )
    run(
        f"UPDATE {carrier.table} SET voided_on = %(today)s, voided_why = %(why)s WHERE id IN ({aside})",
        under.values(),
    )
    kept = [column for column in _columns(carrier.table) if column not in HANDLED]
    listed = ", ".join(f'"{column}"' for column in kept)
    taken = ", ".join(f't."{column}"' for column in kept)
    extra = "".join(f", {column}" for column in carrier.closing)
    acts = "".join(f", {sql}" for sql in carrier.closing.values())
    run(
        f"INSERT INTO {carrier.table} ({listed}, in_force, since, since_precision, historical, opened_by_id, opened_in_id, "
        f"closed_by_id, closed_in_id, voided_why{extra}) SELECT {taken}, "
        f"daterange(m.lo, %(on)s), t.since, t.since_precision, t.historical, t.opened_by_id, %(batch)s, %(decision)s, "
        f"%(batch)s, ''{acts} FROM {name} m JOIN {carrier.table} t ON t.id = m.id "
        "WHERE m.leaves AND m.lo < %(on)s AND m.up IS NOT NULL",
        under.values(),
    )


def _write_on(under: Under, carrier: Carrier, name: str) -> None:
    columns = _columns(carrier.table)
    begun = "m.lo < %(on)s"
    written = {
        "id": "m.new_id",
        "in_force": "daterange(greatest(m.lo, %(on)s), m.up)",
        "since": f"CASE WHEN {begun} THEN %(on)s::date ELSE t.since END",
        "since_precision": f"CASE WHEN {begun} THEN 'd' ELSE t.since_precision END",
        "historical": f"t.historical AND NOT ({begun})",
        "opened_by_id": f"CASE WHEN {begun} THEN %(decision)s::bigint ELSE t.opened_by_id END",
        "opened_in_id": "%(batch)s",
        "closed_by_id": "CASE WHEN m.up IS NOT NULL THEN t.closed_by_id END",
        "closed_in_id": "CASE WHEN m.up IS NOT NULL THEN t.closed_in_id END",
        "voided_on": "NULL",
        "voided_why": "''",
        carrier.column: "m.target",
    }
    if "closing_act" in columns:
        written["closing_act"] = "CASE WHEN m.up IS NOT NULL THEN t.closing_act ELSE '' END"
    if carrier.amount:
        written[carrier.amount] = f"coalesce(m.amount, t.{carrier.amount})"
    for column, sql in carrier.opening.items():
        written[column] = f"CASE WHEN {begun} THEN {sql} ELSE t.{column} END" if column != "since" else sql
    if "since" in carrier.same:
        written["since"], written["since_precision"] = "t.since", "t.since_precision"
    values = ", ".join(written.get(column, f't."{column}"') for column in columns)
    listed = ", ".join(f'"{column}"' for column in columns)
    run(
        f"INSERT INTO {carrier.table} ({listed}) SELECT {values} "
        f"FROM {name} m JOIN {carrier.table} t ON t.id = m.id WHERE m.new_id IS NOT NULL",
        under.values(),
    )


def _pointed(under: Under, carrier: Carrier, carried: Carried) -> None:
    """A row that is no fact is pointed to the new unit; one that would be there twice stays where it is."""
    free = ""
    if carrier.same:
        alike = " AND ".join(f"o.{column} = t.{column}" for column in carrier.same)
        free = (
            f" AND NOT EXISTS (SELECT 1 FROM {carrier.table} o WHERE o.{carrier.column} = w.target AND {alike})"
            f" AND NOT EXISTS (SELECT 1 FROM {carrier.table} o JOIN rs_way ow ON ow.kind = '{carrier.code}' "
            f"AND ow.unit = o.{carrier.column} AND ow.target = w.target WHERE {alike} AND o.id < t.id)"
        )
    chosen = (
        f"SELECT t.id, t.{carrier.column} AS old, coalesce(p.target, w.target) AS target FROM {carrier.table} t "
        f"JOIN rs_way w ON w.kind = '{carrier.code}' AND w.unit = t.{carrier.column} "
        f"LEFT JOIN rs_place p ON p.kind = '{carrier.code}' AND p.row = t.id "
        f"WHERE {condition(carrier)} AND coalesce(p.target, w.target) <> t.{carrier.column}{free}"
    )
    run(f"CREATE TEMP TABLE rs_pointed ON COMMIT DROP AS {chosen}", under.values())
    label = f"{carrier.table}.{carrier.column}"
    run(
        'INSERT INTO restructuring_rewritten (case_id, "table", row, value) '
        "SELECT %(case)s, %(label)s, id, old FROM rs_pointed",
        under.values(label=label),
    )
    carried.moved[carrier.code] = run(
        f"UPDATE {carrier.table} t SET {carrier.column} = m.target FROM rs_pointed m WHERE t.id = m.id", {}
    )
    run("DROP TABLE rs_pointed", {})


def place_rows(under: Under, carrier: Carrier, rows: list[int], target: int) -> set[int]:
    """Moves single rows to one unit from a day on; gives the rows that were still there to be moved."""
    name = f"rs_{carrier.code}"
    found = read(
        f"SELECT t.id FROM {carrier.table} t JOIN restructuring_waiting w ON w.case_id = %(case)s "
        f"AND w.kind = '{carrier.code}' AND w.row = t.id AND w.unit_id = t.{carrier.column} "
        f"WHERE t.id = ANY(%(rows)s::bigint[]) AND {condition(carrier)}",
        under.values(rows=rows),
    )
    there = {row[0] for row in found}
    run("CREATE TEMP TABLE rs_way (kind text, unit bigint, target bigint, waits boolean) ON COMMIT DROP", {})
    run("CREATE TEMP TABLE rs_place (kind text, row bigint, target bigint) ON COMMIT DROP", {})
    run(
        f"INSERT INTO rs_way SELECT DISTINCT '{carrier.code}', t.{carrier.column}, t.{carrier.column}, false "
        f"FROM {carrier.table} t WHERE t.id = ANY(%(rows)s::bigint[])",
        {"rows": list(there)},
    )
    run(
        f"INSERT INTO rs_place SELECT '{carrier.code}', id, %(target)s FROM unnest(%(rows)s::bigint[]) AS x(id)",
        {"rows": list(there), "target": target},
    )
    (_dated if carrier.dated else _pointed)(under, carrier, Carried())
    run("DROP TABLE rs_way, rs_place", {})
    if carrier.dated:
        run(f"DROP TABLE {name}", {})
    return there
