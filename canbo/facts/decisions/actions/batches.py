"""Taking back everything one batch wrote, by statements over whole tables.

Called by the packages whose acts fill a batch: a load, a restructuring. What was derived from the facts (tree, names,
places) is renewed by the caller.
"""

# ruff: noqa: S608 - tables and columns are those of the fact models.
from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from canbo.foundation.runtime.statements import read, run

from .. import acts
from ..models import Batch, DatedFact, Sourced
from .rebuilding import rebuilt_for

Progress = Callable[[str, float], None]

NEW_PEOPLE = (
    "SELECT r.person_id FROM people_personrecord r WHERE r.opened_in_id = %(batch)s AND r.voided_on IS NULL "
    "AND NOT EXISTS (SELECT 1 FROM people_personrecord o WHERE o.person_id = r.person_id AND o.voided_on IS NULL "
    "AND o.opened_in_id IS DISTINCT FROM %(batch)s)"
)
NEW_UNITS = (
    "SELECT v.unit_id FROM organisation_unitversion v WHERE v.opened_in_id = %(batch)s AND v.voided_on IS NULL "
    "AND NOT EXISTS (SELECT 1 FROM organisation_unitversion o WHERE o.unit_id = v.unit_id AND o.voided_on IS NULL "
    "AND o.opened_in_id IS DISTINCT FROM %(batch)s)"
)
LEANING = {"person_id": NEW_PEOPLE, "unit_id": NEW_UNITS, "parent_id": NEW_UNITS, "old_id": NEW_UNITS}
"""Columns by which later facts lean on people or units that a batch brought."""


@dataclass(frozen=True)
class Later:
    """Facts written after a batch that stand in the way of taking it back.

    Args:
        ended: True, facts of the batch ended later; False, facts about people or units it brought.
        names: a few of the units or people concerned.
        sources: a few of the decisions or batches to take back first.
    """

    label: str
    count: int
    ended: bool
    names: tuple[str, ...]
    sources: tuple[str, ...]


def fact_models() -> list[type[Sourced]]:
    """Every kind of fact, in a stable order."""
    return sorted(acts.fact_models(), key=lambda model: model._meta.db_table)


def leaning_facts(batch: Batch) -> list[Later]:
    """What was written later and leans on a batch."""
    found: list[Later] = []
    for model in fact_models():
        columns = {field.column for field in model._meta.local_fields}
        if issubclass(model, DatedFact):
            found += _later(model, columns, batch, _ENDED, ended=True)
        for column, brought in LEANING.items():
            if column in columns:
                condition = f"t.opened_in_id IS DISTINCT FROM %(batch)s AND t.{column} IN ({brought})"
                found += _later(model, columns, batch, condition, ended=False)
    return found


# Facts of the batch that something else ended after it: a later batch, or a decision recorded later.
_ENDED = (
    "t.opened_in_id = %(batch)s AND NOT upper_inf(t.in_force) AND ((t.closed_in_id IS NOT NULL AND t.closed_in_id <> "
    "%(batch)s) OR (t.closed_in_id IS NULL AND cd.recorded_at > %(at)s "
    "AND cd.opened_in_id IS DISTINCT FROM %(batch)s))"
)


def _later(model: type[Sourced], columns: set[str], batch: Batch, condition: str, *, ended: bool) -> list[Later]:
    table = model._meta.db_table
    by, within = ("closed_by_id", "closed_in_id") if ended else ("opened_by_id", "opened_in_id")
    name, join = "NULL::text", ""
    if "unit_id" in columns:
        name, join = "s.name", "LEFT JOIN organisation_unit s ON s.id = t.unit_id"
    if "person_id" in columns:
        name, join = "s.name", "LEFT JOIN people_person s ON s.id = t.person_id"
    [(count, names, sources)] = read(
        f"SELECT count(*), (array_agg(DISTINCT {name}))[1:5], (array_agg(DISTINCT coalesce(cd.number, cb.source)))[1:5] "
        f"FROM {table} t LEFT JOIN decisions_decision cd ON cd.id = t.{by} "
        f"LEFT JOIN decisions_batch cb ON cb.id = t.{within} {join} WHERE t.voided_on IS NULL AND {condition}",
        {"batch": batch.pk, "at": batch.loaded_at},
    )
    if not count:
        return []
    said = [tuple(word for word in words or () if word) for words in (names, sources)]
    return [Later(str(model._meta.verbose_name), int(count), ended, *said)]


def touched(batch: Batch) -> tuple[list[int], list[int]]:
    """People and units about whom a batch wrote anything."""
    people: set[int] = set()
    units: set[int] = set()
    for model in fact_models():
        columns = {field.column for field in model._meta.local_fields}
        mine = "opened_in_id = %s" + (" OR closed_in_id = %s" if "closed_in_id" in columns else "")
        values: list[object] = [batch.pk] * mine.count("%s")
        table = model._meta.db_table
        if "person_id" in columns:
            people |= _about(f"SELECT DISTINCT person_id FROM {table} WHERE {mine}", values)
        if table == "organisation_unitversion":
            units |= _about(f"SELECT DISTINCT unit_id FROM {table} WHERE {mine}", values)
    return sorted(people), sorted(units)


def _about(sql: str, values: Sequence[Any]) -> set[int]:
    return {row[0] for row in read(sql, values) if row[0] is not None}


def take_back(
    batch: Batch, on: dt.date, why: str, tell: Progress, rewritten: Mapping[str, Iterable[int]] | None = None
) -> None:
    """Voids what a batch opened, opens again what it closed, records again what it set aside.

    The batch must carry the mark that it was undone, else the database refuses to open facts again.

    Args:
        on: the day of taking back.
        rewritten: rows that the batch set aside, by table.
    """
    models = fact_models()
    for at, model in enumerate(models):
        tell(f"Trả lại {model._meta.verbose_name}", at / len(models))
        replaced = list((rewritten or {}).get(model._meta.db_table, ()))
        with rebuilt_for(model._meta.db_table, _written(model, batch) + len(replaced)):
            _restore(model, batch, on, why, replaced)


def _written(model: type[Sourced], batch: Batch) -> int:
    """How many rows a batch opened, and how many it closed."""
    columns = ["opened_in_id", "closed_in_id"] if issubclass(model, DatedFact) else ["opened_in_id"]
    table = model._meta.db_table
    counts = ", ".join(f"(SELECT count(*) FROM {table} WHERE {column} = %(batch)s)" for column in columns)
    return sum(read(f"SELECT {counts}", {"batch": batch.pk})[0])


def _restore(model: type[Sourced], batch: Batch, on: dt.date, why: str, replaced: list[int]) -> None:
    table, columns = model._meta.db_table, {field.column for field in model._meta.local_fields}
    run(
        f"UPDATE {table} SET voided_on = %s, voided_why = %s WHERE opened_in_id = %s AND voided_on IS NULL",
        [on, why, batch.pk],
    )
    if issubclass(model, DatedFact):
        act = ", closing_act = ''" if "closing_act" in columns else ""
        run(
            f"UPDATE {table} SET in_force = daterange(lower(in_force), NULL), closed_by_id = NULL, "
            f"closed_in_id = NULL{act} WHERE closed_in_id = %s AND voided_on IS NULL",
            [batch.pk],
        )
    if replaced:
        kept = ", ".join(f'"{c}"' for c in sorted(columns - {"id", "voided_on", "voided_why"}))
        run(
            f"INSERT INTO {table} ({kept}, voided_why) SELECT {kept}, '' FROM {table} "
            "WHERE id = ANY(%s::bigint[]) AND opened_in_id IS DISTINCT FROM %s",
            [replaced, batch.pk],
        )


def annul_decisions(batch: Batch, on: dt.date, why: str) -> None:
    """Annuls the decisions a batch brought; one on which standing facts or items rest stays."""
    leaning = " OR ".join(
        f"EXISTS (SELECT 1 FROM {model._meta.db_table} f WHERE f.voided_on IS NULL AND ({condition}))"
        for model in fact_models()
        for condition in (
            ["f.opened_by_id = d.id"] + (["f.closed_by_id = d.id"] if issubclass(model, DatedFact) else [])
        )
    )
    run(
        "UPDATE decisions_decision d SET annulled_on = greatest(%s, d.issued_on), annulled_why = %s "
        "WHERE d.opened_in_id = %s AND d.annulled_on IS NULL "
        f"AND NOT EXISTS (SELECT 1 FROM decisions_decisionitem i WHERE i.decision_id = d.id) AND NOT ({leaning})",
        [on, why, batch.pk],
    )
