"""The tree, derived from the versions by one statement: for all units, or for a few and what lies under them."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection, transaction

# Versions are merged per unit and superior first, so that a change of name does not cut a path in two.
# 9999-12-31 stands for an open end: comparisons stay plain, and never meet a null.
_REBUILD = """
WITH RECURSIVE
{relevant}
life AS MATERIALIZED (
  SELECT unit_id, lower(r) AS vf, coalesce(upper(r), DATE '9999-12-31') AS vt
  FROM (SELECT unit_id, unnest(range_agg(in_force)) AS r FROM organisation_unitversion
        WHERE voided_on IS NULL {only_affected} GROUP BY unit_id) x),
edge AS MATERIALIZED (
  SELECT unit_id, parent_id, lower(r) AS vf, coalesce(upper(r), DATE '9999-12-31') AS vt
  FROM (SELECT unit_id, parent_id, unnest(range_agg(in_force)) AS r FROM organisation_unitversion
        WHERE voided_on IS NULL AND parent_id IS NOT NULL {only_relevant} GROUP BY unit_id, parent_id) x),
walk AS (
  SELECT unit_id AS ancestor, unit_id AS descendant, 0 AS depth, vf, vt FROM life
  UNION ALL
  SELECT e.parent_id, w.descendant, w.depth + 1, greatest(w.vf, e.vf), least(w.vt, e.vt)
  FROM walk w JOIN edge e ON e.unit_id = w.ancestor
  WHERE e.vf < w.vt AND e.vt > w.vf AND w.depth < 64),
gone AS (DELETE FROM organisation_unitpath {which_gone})
INSERT INTO organisation_unitpath (ancestor_id, descendant_id, depth, valid_from, valid_to)
SELECT ancestor, descendant, depth, vf, vt FROM walk
"""

_AFFECTED = """
affected AS MATERIALIZED (
  SELECT unnest(%(units)s::bigint[]) AS id
  UNION SELECT descendant_id FROM organisation_unitpath WHERE ancestor_id = ANY(%(units)s::bigint[])),
relevant AS (
  SELECT id FROM affected
  UNION SELECT v.parent_id FROM relevant r JOIN organisation_unitversion v ON v.unit_id = r.id
  WHERE v.voided_on IS NULL AND v.parent_id IS NOT NULL),
"""

_ALL = {"relevant": "", "only_affected": "", "only_relevant": "", "which_gone": ""}
_FEW = {
    "relevant": _AFFECTED,
    "only_affected": "AND unit_id IN (SELECT id FROM affected)",
    "only_relevant": "AND unit_id IN (SELECT id FROM relevant)",
    "which_gone": "WHERE descendant_id IN (SELECT id FROM affected)",
}


def rebuild_paths(units: Iterable[int] | None = None) -> int:
    """Derives the tree anew from the versions and returns how many paths it wrote.

    Args:
        units: ids of units whose versions changed; their paths and those of everything under them are renewed.
            None renews the whole tree: about two seconds for 80.000 units, once at the end of a batch.
    """
    few = None if units is None else sorted(set(units))
    if few == []:
        return 0
    with transaction.atomic(), connection.cursor() as cursor:
        # Compiling the statement would take longer than running it for a few units.
        cursor.execute("SELECT set_config('jit', 'off', true)")
        # One rebuild at a time: two at once would each write what the other cannot see yet.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('organisation.paths'))")
        if few is None:
            cursor.execute(_REBUILD.format(**_ALL))
        else:
            cursor.execute(_REBUILD.format(**_FEW), {"units": few})
        written: int = cursor.rowcount
        if few is None:
            cursor.execute("ANALYZE organisation_unitpath")
    return written
