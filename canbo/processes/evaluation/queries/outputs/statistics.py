# ruff: noqa: S608 - statements are put together from the constants of this module; every value is a parameter
"""Counts of results for a rulebook, a period and a unit; every statement is one pass over the sheets concerned."""

from __future__ import annotations

import datetime as dt

from canbo.facts.organisation.models import Unit, UnitVersion
from canbo.foundation.runtime.statements import read

from ...models import Cycle
from .chosen import Chosen
from .figures import Counts, PeriodFigures

STANDING = "evaluation_sheet s LEFT JOIN evaluation_result r ON r.sheet_id = s.id AND r.replaced_on IS NULL"
GRADE, TOTAL, COMMON = (f"coalesce(r.{name}, s.{name})" for name in ("grade", "total", "common"))


def whole(chosen: Chosen) -> Counts:
    """The grades of everybody concerned."""
    where, values = chosen.clause()
    counts = Counts("Tất cả")
    for grade, number in read(f"SELECT {GRADE}, count(*) FROM {STANDING} WHERE {where} GROUP BY 1", values):
        counts.by_grade[grade] += number
    return counts


def by_group(chosen: Chosen) -> list[Counts]:
    """The grades by group of subjects, in the order of the rulebook."""
    where, values = chosen.clause()
    found: dict[str, Counts] = {}
    sql = f'SELECT s."group", {GRADE}, count(*) FROM {STANDING} WHERE {where} GROUP BY 1, 2'
    for group, grade, number in read(sql, values):
        known = chosen.book.groups.get(group)
        counts = found.setdefault(group, Counts(known.title if known else group, group))
        counts.by_grade[grade] += number
    order = list(chosen.book.groups)
    return sorted(found.values(), key=lambda c: (order.index(c.key) if c.key in order else len(order), c.label))


def by_unit(chosen: Chosen) -> list[Counts]:
    """The grades by the units directly under the one chosen, in the order of their names; what is its own comes first.

    Without a unit, under the topmost unit that counts, or by the topmost ones when there are several.
    """
    where, values = chosen.clause()
    parts = _parts(chosen)
    values |= {"parts": list(parts), "last": chosen.last}
    sql = (
        f"SELECT p.ancestor_id, {GRADE}, count(*) FROM {STANDING} "
        "LEFT JOIN organisation_unitpath p ON p.descendant_id = s.unit_id AND p.ancestor_id = ANY(%(parts)s) "
        f"AND p.valid_from <= %(last)s AND p.valid_to > %(last)s WHERE {where} GROUP BY 1, 2"
    )
    found: dict[int | None, Counts] = {}
    tops = _tops(chosen)
    for unit, grade, number in read(sql, values):
        if unit in parts:
            counts = found.setdefault(unit, Counts(*parts[unit]))
        else:
            counts = found.setdefault(None, Counts(tops[0].name, tops[0].code, own=True))
        counts.by_grade[grade] += number
    return [found[unit] for unit in (None, *parts) if unit in found]


def _tops(chosen: Chosen) -> list[Unit]:
    """The units to divide: the one chosen, else the scopes of the cycles, else what the actor reads."""
    if chosen.unit is not None:
        return [chosen.unit]
    ids = {cycle.unit_id for cycle in chosen.cycles} if chosen.reach.everywhere else set(chosen.reach.units)
    return list(Unit.objects.filter(pk__in=ids).order_by("sort_key", "pk"))


def _parts(chosen: Chosen) -> dict[int, tuple[str, str]]:
    """Name and code of the units to divide by, in order."""
    tops = [unit.pk for unit in _tops(chosen)]
    versions = UnitVersion.objects.at(chosen.last)
    versions = versions.filter(parent__in=tops) if len(tops) == 1 else versions.filter(unit__in=tops)
    rows = versions.select_related("unit").order_by("unit__sort_key", "unit_id")
    return {row.unit_id: (row.name, row.unit.code) for row in rows}


def not_graded_reasons(chosen: Chosen) -> list[tuple[str, int]]:
    """Why people have no sheet, and how many."""
    where, values = chosen.clause("s")
    sql = f"SELECT s.reason, count(*) FROM evaluation_notgraded s WHERE {where} GROUP BY 1 ORDER BY 2 DESC, 1"
    return [(reason, number) for reason, number in read(sql, values)]


def series(chosen: Chosen, length: int = 12) -> list[PeriodFigures]:
    """The last periods of the same length up to the one chosen, oldest first; points by mean, grades by number."""
    span = (chosen.cycle.last - chosen.cycle.first).days
    rows = Cycle.objects.filter(rulebook=chosen.rulebook, last__lte=chosen.last).order_by("-first", "pk")
    ids: dict[str, list[int]] = {}
    firsts: dict[str, dt.date] = {}
    for row in rows.values_list("pk", "period", "first", "last"):
        pk, period, first, last = row
        if abs((last - first).days - span) > 4 or (period not in ids and len(ids) == length):
            continue
        ids.setdefault(period, []).append(pk)
        firsts[period] = first
    if not ids:
        return []
    where, values = chosen.clause()
    best, lowest = chosen.grades[0][0], chosen.grades[-1][0]
    values |= {"cycles": [pk for found in ids.values() for pk in found], "best": best, "lowest": lowest}
    sql = (
        f"SELECT s.period, count(*) FILTER (WHERE {GRADE} <> ''), avg({TOTAL}) FILTER (WHERE {GRADE} <> ''), "
        f"count(*) FILTER (WHERE {GRADE} = %(best)s), count(*) FILTER (WHERE {GRADE} = %(lowest)s) "
        f"FROM {STANDING} WHERE {where} GROUP BY 1"
    )
    found = {row[0]: PeriodFigures(*row) for row in read(sql, values)}
    ordered = sorted(ids, key=lambda period: firsts[period])
    return [found.get(period, PeriodFigures(period, 0, None, 0, 0)) for period in ordered]


def tracks(chosen: Chosen) -> list[tuple[str, str, str, int]]:
    """The same people under two rulebooks in the same year or period: other rulebook, grade here, grade there, number."""
    where, values = chosen.clause()
    values |= {"period": chosen.period, "rulebook": chosen.rulebook}
    sql = (
        "SELECT o.rulebook, r.grade, o.grade, count(*) FROM evaluation_result r "
        "JOIN evaluation_sheet s ON s.id = r.sheet_id "
        "JOIN evaluation_result o ON o.person_id = r.person_id AND o.period = r.period AND o.rulebook <> r.rulebook "
        f"AND o.replaced_on IS NULL WHERE {where} AND r.replaced_on IS NULL AND r.period = %(period)s "
        "AND r.rulebook = %(rulebook)s GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"
    )
    return [tuple(row) for row in read(sql, values)]


def regraded(chosen: Chosen) -> int:
    """How many results were replaced by a new decision."""
    where, values = chosen.clause()
    sql = (
        "SELECT count(*) FROM evaluation_result r JOIN evaluation_sheet s ON s.id = r.sheet_id "
        f"WHERE {where} AND r.replaced_on IS NOT NULL"
    )
    return int(read(sql, values)[0][0])


def disciplined(chosen: Chosen) -> dict[str, int]:
    """Of those under discipline that began in the period: how many have each grade."""
    where, values = chosen.clause()
    values |= {"first": chosen.cycle.first, "end": chosen.last}
    sql = (
        f"SELECT {GRADE}, count(DISTINCT s.id) FROM {STANDING} "
        "JOIN people_discipline d ON d.person_id = s.person_id AND d.voided_on IS NULL "
        f"AND d.since BETWEEN %(first)s AND %(end)s WHERE {where} GROUP BY 1"
    )
    return dict(read(sql, values))
