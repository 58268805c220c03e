"""All changes of the apparatus between two days, grouped by what there is at the end, as many steps as it took."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from canbo.facts.organisation.choices import READ
from canbo.facts.organisation.models import Unit
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.text import fold

MADE, NEW, ENDED, ALTERED = "gop", "moi", "het", "doi"
SORTS = {
    MADE: "hình thành từ đơn vị khác",
    NEW: "mới, không có đơn vị trước đó",
    ENDED: "kết thúc, không có nơi kế tục",
    ALTERED: "đổi tên, loại hình hoặc cấp trên",
}
PAGE = 30

_CHANGES = """
WITH RECURSIVE step AS MATERIALIZED (
  SELECT old_id, new_id, "on" FROM organisation_unitlineage
  WHERE voided_on IS NULL AND "on" > %(first)s AND "on" <= %(last)s),
walk AS (
  SELECT new_id AS goal, old_id AS source, "on" FROM step
  UNION
  SELECT w.goal, s.old_id, s."on" FROM walk w JOIN step s ON s.new_id = w.source AND s."on" <= w."on"),
was AS MATERIALIZED (
  SELECT unit_id, name, kind, parent_id FROM organisation_unitversion
  WHERE voided_on IS NULL AND in_force @> %(first)s::date),
now AS MATERIALIZED (
  SELECT unit_id, name, kind, parent_id FROM organisation_unitversion
  WHERE voided_on IS NULL AND in_force @> %(last)s::date),
pair AS MATERIALIZED (
  SELECT DISTINCT goal, source FROM walk
  WHERE goal <> source AND goal IN (SELECT unit_id FROM now) AND source IN (SELECT unit_id FROM was)),
sorted AS (
  SELECT DISTINCT goal AS unit_id, 'gop' AS sort FROM pair
  UNION ALL
  SELECT n.unit_id, 'moi' FROM now n
  WHERE NOT EXISTS (SELECT FROM was WHERE was.unit_id = n.unit_id)
    AND NOT EXISTS (SELECT FROM pair WHERE pair.goal = n.unit_id)
  UNION ALL
  SELECT w.unit_id, 'het' FROM was w
  WHERE NOT EXISTS (SELECT FROM now WHERE now.unit_id = w.unit_id)
    AND NOT EXISTS (SELECT FROM pair WHERE pair.source = w.unit_id)
  UNION ALL
  SELECT w.unit_id, 'doi' FROM was w JOIN now n USING (unit_id)
  WHERE (w.name, w.kind, coalesce(w.parent_id, 0)) <> (n.name, n.kind, coalesce(n.parent_id, 0))
    AND NOT EXISTS (SELECT FROM pair WHERE pair.goal = w.unit_id)),
seen AS (
  SELECT s.unit_id, s.sort FROM sorted s
  WHERE %(everywhere)s OR EXISTS (
    SELECT FROM organisation_unitpath p
    WHERE p.ancestor_id = ANY(%(units)s)
      AND (p.descendant_id = s.unit_id OR p.descendant_id IN (SELECT source FROM pair WHERE goal = s.unit_id))
      AND (p.valid_from <= %(first)s AND p.valid_to > %(first)s
        OR p.valid_from <= %(last)s AND p.valid_to > %(last)s)))
"""
_ROWS = """
SELECT s.unit_id, s.sort, u.code, coalesce(n.name, w.name), coalesce(n.kind, w.kind), w.name, w.kind,
       wp.name, np.name
FROM seen s JOIN organisation_unit u ON u.id = s.unit_id
LEFT JOIN was w ON w.unit_id = s.unit_id
LEFT JOIN now n ON n.unit_id = s.unit_id
LEFT JOIN was wp ON wp.unit_id = w.parent_id
LEFT JOIN now np ON np.unit_id = n.parent_id
WHERE (%(sort)s = '' OR s.sort = %(sort)s)
  AND (%(text)s = '' OR u.search_text LIKE '%%' || %(text)s || '%%' OR EXISTS (
    SELECT FROM pair JOIN organisation_unit o ON o.id = pair.source
    WHERE pair.goal = s.unit_id AND o.search_text LIKE '%%' || %(text)s || '%%'))
ORDER BY array_position(ARRAY['gop', 'moi', 'het', 'doi'], s.sort), u.sort_key, u.id
LIMIT %(most)s OFFSET %(skip)s
"""
_TOTALS = """
SELECT s.sort, count(*) FROM seen s JOIN organisation_unit u ON u.id = s.unit_id
WHERE (%(text)s = '' OR u.search_text LIKE '%%' || %(text)s || '%%' OR EXISTS (
  SELECT FROM pair JOIN organisation_unit o ON o.id = pair.source
  WHERE pair.goal = s.unit_id AND o.search_text LIKE '%%' || %(text)s || '%%'))
GROUP BY s.sort
"""
_SOURCES = """
SELECT pair.goal, u.code, w.name, w.kind, p.name
FROM pair JOIN was w ON w.unit_id = pair.source JOIN organisation_unit u ON u.id = pair.source
LEFT JOIN was p ON p.unit_id = w.parent_id
WHERE pair.goal = ANY(%(goals)s) ORDER BY u.sort_key, u.id
"""


@dataclass(frozen=True)
class Source:
    """A unit of the first day that went into another."""

    code: str
    name: str
    kind: str
    parent: str


@dataclass
class Group:
    """A unit of the last day (or one that ended) and what it came from."""

    sort: str
    code: str
    name: str
    kind: str
    was_name: str | None
    was_kind: str | None
    was_parent: str | None
    parent: str | None
    sources: list[Source] = field(default_factory=list)

    @property
    def label(self) -> str:
        """What happened, in words."""
        return SORTS[self.sort]


@dataclass(frozen=True)
class Across:
    """One page of the changes, and how many there are of each sort."""

    groups: list[Group]
    totals: dict[str, int]
    count: int
    page: int

    @property
    def pages(self) -> int:
        """Number of pages."""
        return max(1, -(-self.count // PAGE))


def across(
    actor: Actor, first: dt.date, last: dt.date, *, under: Unit | None, sort: str, text: str, page: int
) -> Across:
    """Changes between two days within the actor's reach, or under one unit.

    Args:
        under: a unit the actor sees; what lies under it on either day counts.
        sort: one of ``SORTS``, empty for all.
        text: words of a unit before or after, diacritics or not.
        page: from 1; a page past the end is the last one.
    """
    reach = actor.require(READ)
    values: dict[str, Any] = {
        "first": first, "last": last, "everywhere": reach.everywhere and under is None,
        "units": [under.pk] if under else sorted(reach.units), "sort": sort, "text": fold(text),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_CHANGES + _TOTALS, values)
        totals = dict(cursor.fetchall())
        count = totals.get(sort, 0) if sort else sum(totals.values())
        page = max(1, min(page, -(-count // PAGE)))
        cursor.execute(_CHANGES + _ROWS, values | {"most": PAGE, "skip": (page - 1) * PAGE})
        groups = {row[0]: Group(*row[1:]) for row in cursor.fetchall()}
        cursor.execute(_CHANGES + _SOURCES, values | {"goals": list(groups)})
        sources = defaultdict(list)
        for goal, *rest in cursor.fetchall():
            sources[goal].append(Source(*rest))
    for goal, found in sources.items():
        groups[goal].sources = found
    return Across(list(groups.values()), totals, count, page)
