"""The rows behind a value: as many as it says."""

# ruff: noqa: S608 - the SQL is put together from fixed words of this package; whatever is asked is a parameter.
from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from django.db import connection

from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.numbers import Number
from canbo.foundation.kernel.period import Span
from canbo.foundation.kernel.violation import NotPermitted, Refused, Violation

from . import scope
from .choices import READ, READ_SENSITIVE
from .compute import from_clause, parameters, part_span
from .indicators import CATALOGUE, Indicator
from .indicators.groupings import GROUPINGS, Grouping
from .rules import plain


@dataclass(frozen=True)
class Row:
    """One row behind a value.

    ``weight`` is what it adds to a sum (1 for a counted row); for a mean it is the value averaged.
    """

    id: int
    person: str
    name: str
    unit: str
    unit_name: str
    day: dt.date
    detail: str
    weight: Number

    def as_json(self) -> dict[str, object]:
        return asdict(self) | {"day": self.day.isoformat(), "weight": plain(self.weight)}


def rows(
    actor: Actor,
    code: str,
    unit: str,
    period: Span,
    group: Mapping[str, str] | None = None,
    limit: int | None = None,
    offset: int = 0,
) -> list[Row]:
    """Rows behind a value, people in Vietnamese order of names.

    Args:
        group: grouping to key, to open one part of a breakdown; units by their code.
        limit, offset: a page of them.

    Raises:
        NotPermitted: also when the rows would tell a person's religion and the actor may not read that.
        Refused, OutOfScope: as for the value.
    """
    place = scope.place(actor, READ, unit, period)
    indicator, span = counted(code, period)
    group = dict(group or {})
    if (indicator.sensitive or "religion" in group) and not actor.may(READ_SENSITIVE):
        raise NotPermitted(READ_SENSITIVE)
    chosen: list[tuple[Grouping, str]] = []
    for name, key in group.items():
        if name not in GROUPINGS or name not in indicator.groupings:
            raise Refused(Violation("REPORT-GROUPING", f"Chỉ tiêu {code} không chia theo {name}.", field="by"))
        chosen.append((GROUPINGS[name], key))
    found = _select(indicator, chosen, parameters(place.id, span), limit, offset)
    return [Row(*row) for row in found]


def counted(code: str, span: Span) -> tuple[Indicator, Span]:
    """The counted indicator whose rows stand for a code: itself, or the first part of a derived one."""
    indicator = CATALOGUE[code]
    while indicator.derived:
        part = indicator.parts[0]
        indicator, span = CATALOGUE[part.code], part_span(part, span)
    return indicator, span


def _select(
    indicator: Indicator,
    chosen: list[tuple[Grouping, str]],
    params: dict[str, Any],
    limit: int | None,
    offset: int,
) -> list[tuple[Any, ...]]:
    population, measure = indicator.population, indicator.measure
    assert population is not None  # noqa: S101 - counted() has looked
    conditions = [f"({indicator.where})"] if indicator.where else []
    for number, (grouping, key) in enumerate(chosen):
        column = "(SELECT code FROM organisation_unit WHERE id = branch.ancestor_id)" if grouping.join else grouping.key
        conditions.append(f"{column} = %(group{number})s")
        params[f"group{number}"] = key
    weight = measure.column if measure.of in ("sum", "mean") else "1"
    # A row that belongs to several units, or a person with several rows, is listed once.
    once = "e.person_id" if measure.of == "persons" else "e.row_id" if population.several_units else ""
    distinct, first = (f"DISTINCT ON ({once})", f"ORDER BY {once}, e.day") if once else ("", "")
    mentioned = " ".join([*conditions, indicator.detail, weight, "who."])
    sql = f"""SELECT x.row_id, x.person, x.name, u.code, COALESCE(v.name, u.name), x.day, x.detail, x.weight
        FROM (SELECT {distinct} e.row_id, COALESCE(who.code, '') AS person, COALESCE(who.name, '') AS name,
                COALESCE(who.sort_key, '') AS sort_key, e.unit_id, e.day, e.tree_day, {indicator.detail} AS detail,
                ({weight})::numeric AS weight
              {from_clause(population, mentioned, [grouping for grouping, _ in chosen])}
              {"WHERE " + " AND ".join(conditions) if conditions else ""} {first}) x
        JOIN organisation_unit u ON u.id = x.unit_id
        LEFT JOIN organisation_unitversion v ON v.unit_id = u.id AND v.voided_on IS NULL AND v.in_force @> x.tree_day
        ORDER BY x.sort_key, u.sort_key, x.day, x.row_id"""
    if limit is not None:
        sql += " LIMIT %(limit)s OFFSET %(offset)s"
        params |= {"limit": limit, "offset": offset}
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


def subjects(code: str, unit_id: int, span: Span) -> list[int]:
    """Whom each counted row speaks of: the id of its person, or its unit's as a negative number. Asks no permission."""
    indicator, span = counted(code, span)
    population = indicator.population
    assert population is not None  # noqa: S101 - counted() has looked
    once = "e.person_id" if indicator.measure.of == "persons" else "e.row_id" if population.several_units else ""
    distinct, first = (f"DISTINCT ON ({once})", f"ORDER BY {once}, e.day") if once else ("", "")
    where = f"WHERE ({indicator.where})" if indicator.where else ""
    sql = f"SELECT {distinct} COALESCE(e.person_id, -e.unit_id) {from_clause(population, where)} {where} {first}"
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters(unit_id, span))
        return sorted(row[0] for row in cursor.fetchall())


def total(found: list[Row]) -> Decimal:
    """What the rows add up to."""
    return sum((Decimal(str(row.weight)) for row in found), Decimal(0))
