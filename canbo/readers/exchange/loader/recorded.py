"""The standing facts that the rows of a sheet may speak of."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from canbo.foundation.runtime.statements import read

from .cleaning import Table
from .factspecs import FactSpec
from .references import References
from .world import FAR, World

UNDATED_KEYS = frozenset({"people_grade", "party_badge", "organisation_target"})
"""Tables whose rows are known without a day: by period, by level."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """A standing row as the database holds it."""

    id: int
    lower: dt.date
    upper: dt.date
    closing_act: str
    opened_by: int | None
    content: tuple


def read_recorded(spec: FactSpec, refs: References, world: World) -> dict[object, Recorded]:
    """Standing rows of everybody and everything a sheet names, by key; of several rows of one key the newest."""
    people = sorted({p for p in refs.person if p in world.known_people})
    units = sorted({u for u in refs.unit if u is not None and u > 0})
    if spec.subjects[0] == "unit":
        where, parameters = "unit_id = ANY(%s::bigint[])", [units]
    elif spec.subjects[0] == "either":
        where, parameters = "(person_id = ANY(%s::bigint[]) OR unit_id = ANY(%s::bigint[]))", [people, units]
    else:
        where, parameters = "person_id = ANY(%s::bigint[])", [people]
    if not any(parameters):
        return {}
    sql = (
        f"SELECT {_columns(spec)} FROM {spec.table} "
        f"WHERE voided_on IS NULL AND {where} ORDER BY {'lower(in_force)' if spec.dated else 'id'}"
    )
    undated = spec.table in UNDATED_KEYS
    found: dict[object, Recorded] = {}
    for row in read(sql, parameters):
        ref, opened, person, unit, since, lower, upper, act = row[:8]
        at, parts = 8, []
        for part in spec.key:
            parts.append(tuple(row[at : at + len(part.columns)]))
            at += len(part.columns)
        key = (person, unit, *([] if undated else [since]), *parts)
        found[key] = Recorded(ref, lower, upper or FAR, act or "", opened, tuple(row[at:]))
    return found


def _columns(spec: FactSpec) -> str:
    both = {"person": "person_id, NULL", "unit": "NULL, unit_id", "either": "person_id, unit_id"}
    subject = "person_id, unit_id" if spec.subjects == ("person", "unit") else both[spec.subjects[0]]
    if spec.dated:
        time = "since, lower(in_force), coalesce(upper(in_force), '9999-12-31'), "
        time += "closing_act" if spec.closing_act else "''"
    else:
        time = '"on", "on", NULL, \'\''
    return ", ".join(
        ("id, opened_by_id", subject, time, *(f'"{c}"' for c in (*spec.key_columns, *spec.content_columns)))
    )


def row_keys(table: Table, spec: FactSpec, refs: References, lower: list[dt.date]) -> list:
    """The key of every row, in the form in which ``read_recorded`` gives those of the database."""
    parts: list[list] = []
    for part in spec.key:
        column = table[part.field]
        memo = {
            value: part.split(value) if value is not None or part.field in ("baseline", "breakdown") else None
            for value in set(column)
        }
        parts.append([memo[value] for value in column])
    dated = [] if spec.table in UNDATED_KEYS else [lower]
    return list(zip(refs.person, refs.unit, *dated, *parts, strict=True))
