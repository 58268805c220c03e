"""Statements of the organisation chart; each reads one thing for all boxes of a drawing at once."""

from __future__ import annotations

# From each superior down to the nearest units of the systems asked for: whoever looks at the Party alone still sees a
# cell that hangs under an agency. ``first`` is counted within the superior, so that a level of hundreds is cut.
_BELOW = """
WITH RECURSIVE walk AS (
  SELECT v.parent_id AS top, v.unit_id, v.shelf FROM organisation_unitversion v
  WHERE v.voided_on IS NULL AND v.in_force @> %(day)s::date AND v.parent_id = ANY(%(units)s)
  UNION ALL
  SELECT w.top, v.unit_id, v.shelf
  FROM walk w JOIN organisation_unitversion v ON v.parent_id = w.unit_id
  WHERE v.voided_on IS NULL AND v.in_force @> %(day)s::date AND NOT w.shelf = ANY(%(shelves)s)),
{vacant}
found AS (SELECT top, unit_id FROM walk WHERE shelf = ANY(%(shelves)s) {only_vacant})
"""
_VACANT = """
lacking AS MATERIALIZED (
  SELECT p.unit_id FROM staffing_post p
  WHERE p.voided_on IS NULL AND p.in_force @> %(day)s::date AND p.seats > (
    SELECT count(*) FROM staffing_assignment a
    WHERE a.unit_id = p.unit_id AND a.title_key = p.title_key
      AND a.voided_on IS NULL AND a.in_force @> %(day)s::date)),
above AS MATERIALIZED (
  SELECT DISTINCT q.ancestor_id AS id FROM lacking l JOIN organisation_unitpath q ON q.descendant_id = l.unit_id
  WHERE q.valid_from <= %(day)s AND q.valid_to > %(day)s),
"""
_LEVEL = """
SELECT top, unit_id, code, name, kind, shelf, siblings, first FROM (
  SELECT f.top, v.unit_id, u.code, v.name, v.kind, v.shelf,
         count(*) OVER (PARTITION BY f.top) AS siblings,
         row_number() OVER (PARTITION BY f.top ORDER BY v.shelf, v.kind, u.sort_key, u.id) AS first
  FROM found f
  JOIN organisation_unitversion v ON v.unit_id = f.unit_id
    AND v.voided_on IS NULL AND v.in_force @> %(day)s::date
  JOIN organisation_unit u ON u.id = v.unit_id) numbered
WHERE (first > %(skip)s AND first <= %(skip)s + %(most)s) OR top = ANY(%(whole)s)
ORDER BY top, first
"""
_COUNTS = "SELECT top, count(*) FROM found GROUP BY top"


def _statement(end: str, *, only_vacant: bool) -> str:
    vacant = _VACANT if only_vacant else ""
    condition = "AND unit_id IN (SELECT id FROM above)" if only_vacant else ""
    return _BELOW.replace("{vacant}", vacant).replace("{only_vacant}", condition) + end


LEVEL = {choice: _statement(_LEVEL, only_vacant=choice) for choice in (False, True)}
"""The next level under some units; by whether only units with vacant posts, or with such units below, are wanted."""

COUNTS = {choice: _statement(_COUNTS, only_vacant=choice) for choice in (False, True)}
"""How many boxes each of some units would open."""

VACANCIES = """
SELECT p.unit_id, sum(greatest(p.seats - coalesce(h.held, 0), 0))
FROM staffing_post p
LEFT JOIN (
  SELECT a.unit_id, a.title_key, count(*) AS held FROM staffing_assignment a
  WHERE a.unit_id = ANY(%(units)s) AND a.voided_on IS NULL AND a.in_force @> %(day)s::date
  GROUP BY a.unit_id, a.title_key) h ON h.unit_id = p.unit_id AND h.title_key = p.title_key
WHERE p.unit_id = ANY(%(units)s) AND p.voided_on IS NULL AND p.in_force @> %(day)s::date
GROUP BY p.unit_id
"""
"""Declared posts without a holder, in each of some units itself."""

HEADS = """
SELECT DISTINCT ON (a.unit_id) a.unit_id, a.title, p.name
FROM staffing_assignment a
JOIN unnest(%(titles)s::text[]) WITH ORDINALITY t(title, place)
  ON a.title_key = t.title OR a.title_key LIKE t.title || ' %%'
JOIN people_person p ON p.id = a.person_id
WHERE a.unit_id = ANY(%(units)s) AND a.voided_on IS NULL AND a.in_force @> %(day)s::date
ORDER BY a.unit_id, t.place, a.concurrent, a.in_force, a.id
"""
"""Who stands at the head of each of some units, by the order of titles."""
