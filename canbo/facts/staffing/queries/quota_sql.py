"""The selects behind every figure on quotas: assigned, present, and the figures they are compared with.

Whatever counts staff — indicators, tables, charts — reads one of these, so that they cannot disagree. The day is an SQL
expression, so that several days can stand in one statement.
"""

# ruff: noqa: S608 - the SQL is put together from fixed words; days and units are parameters of whoever runs it.
from __future__ import annotations

DAY = "%(day)s::date"


def assigned_sql(day: str = DAY) -> str:
    """Quotas in force on a day, with the part of each total that nobody below was given yet.

    A total (tổng biên chế giao) speaks of a unit with everything under it, a quota of the unit itself. What a total holds
    beyond the quotas and totals directly beneath it is a row of its own at the unit that holds it, so that adding up
    rows gives the total, wherever one stands in the tree, and nothing twice. The row is negative when more was handed on than
    was given. Columns: ``row_id`` (negative for such a row), ``unit_id``, ``staff_group``, ``assigned``, ``unallocated``.
    """
    # What meets in one unit and group is gathered by grouping, not by a join: the planner expects one total where there
    # are many places under it, and would go through every quota for each of them.
    return f"""WITH own AS MATERIALIZED (
        SELECT q.id, q.unit_id, q.staff_group, q.assigned FROM staffing_staffquota q
        WHERE q.voided_on IS NULL AND NOT q.baseline AND q.in_force @> {day}),
    total AS MATERIALIZED (
        SELECT t.id, t.unit_id, t.staff_group, t.assigned FROM staffing_quotatotal t
        WHERE t.voided_on IS NULL AND t.in_force @> {day}),
    met AS (
        SELECT x.unit_id, x.staff_group, sum(x.own) AS own, sum(x.total) AS total,
            (array_agg(x.holder ORDER BY x.depth) FILTER (WHERE x.holder IS NOT NULL))[1] AS at_or_above,
            (array_agg(x.holder ORDER BY x.depth) FILTER (WHERE x.depth > 0))[1] AS above
        FROM (
            SELECT unit_id, staff_group, assigned AS own, 0 AS total, NULL::bigint AS holder, NULL::int AS depth FROM own
            UNION ALL SELECT unit_id, staff_group, 0, assigned, NULL, NULL FROM total
            UNION ALL SELECT p.descendant_id, t.staff_group, 0, 0, t.id, p.depth FROM total t
                JOIN organisation_unitpath p ON p.ancestor_id = t.unit_id AND p.valid_from <= {day}
                    AND {day} < p.valid_to) x
        GROUP BY x.unit_id, x.staff_group),
    handed AS (
        SELECT h.id, sum(h.assigned) AS assigned FROM (
            SELECT at_or_above AS id, own AS assigned FROM met WHERE own <> 0
            UNION ALL SELECT above, total FROM met WHERE total <> 0) h GROUP BY h.id)
    SELECT id AS row_id, unit_id, staff_group, assigned::bigint, FALSE AS unallocated FROM own
    UNION ALL
    SELECT -t.id, t.unit_id, t.staff_group, (t.assigned - COALESCE(h.assigned, 0))::bigint, TRUE
    FROM total t LEFT JOIN handed h ON h.id = t.id"""


def present_sql(day: str = DAY, where: str = "") -> str:
    """Posts held on a day, with whether they take up a place of the quota and of which group.

    Officers of Party organisations and cells are elected and draw on no quota; staff are those whose main post is in an
    agency, on whichever shelf it stands, or in a Party organisation that was itself given a quota. The group is the one written
    at the post; else that of the unit, or of the agency whose division (phòng) it is, where only one group was given
    there; else it is not known, and stays empty. ``home_id`` is the unit whose quota it is held against.
    """
    return f"""WITH given AS (
        SELECT q.unit_id, CASE WHEN count(DISTINCT q.staff_group) = 1 THEN min(q.staff_group) ELSE '' END AS only_group
        FROM staffing_staffquota q
        WHERE q.voided_on IS NULL AND NOT q.baseline AND q.in_force @> {day} GROUP BY q.unit_id)
    SELECT a.id AS row_id, a.person_id, a.unit_id, {day} AS day, {day} AS tree_day, a.title, a.concurrent,
        a.managed_by, a.term_until, COALESCE(NULLIF(a.staff_group, ''), g.only_group, room.only_group, '') AS staff_group,
        COALESCE(g.unit_id, room.unit_id, a.unit_id) AS home_id,
        NOT a.concurrent AND (g.unit_id IS NOT NULL
            OR NOT (v.shelf = 'dang' AND (v.kind LIKE 'đảng bộ%%' OR v.kind LIKE 'chi bộ%%'))) AS staff
    FROM staffing_assignment a
    JOIN organisation_unitversion v ON v.unit_id = a.unit_id AND v.voided_on IS NULL AND v.in_force @> {day}
    LEFT JOIN given g ON g.unit_id = a.unit_id
    LEFT JOIN given room ON room.unit_id = v.parent_id AND g.unit_id IS NULL AND v.kind = 'phòng'
    WHERE a.voided_on IS NULL AND a.in_force @> {day} {where}"""


def gap_sql(day: str = DAY) -> str:
    """Assigned against present, unit by unit and group by group, for telling what is unused and what is too much.

    A person with several main posts under one quota is counted once. Where the group of somebody present is not known, the unit is
    compared as a whole, under an empty group: a free place of one group is not filled by a guess.
    """
    return f"""WITH held AS (
        SELECT h.home_id AS unit_id, h.staff_group, count(DISTINCT h.person_id) AS present,
            bool_or(h.staff_group = '') OVER (PARTITION BY h.home_id) AS vague
        FROM ({present_sql(day)}) h WHERE h.staff AND NOT lower(h.staff_group) = ANY(%(outside)s)
        GROUP BY h.home_id, h.staff_group),
    given AS (
        SELECT q.unit_id, q.staff_group, q.assigned FROM ({assigned_sql(day)}) q
        WHERE NOT q.unallocated AND NOT lower(q.staff_group) = ANY(%(outside)s)),
    vague AS (SELECT DISTINCT unit_id FROM held WHERE vague)
    SELECT row_number() OVER (ORDER BY x.unit_id, x.staff_group) AS row_id, x.unit_id, x.staff_group,
        sum(x.assigned)::bigint AS assigned, sum(x.present)::bigint AS present
    FROM (
        SELECT g.unit_id, CASE WHEN v.unit_id IS NULL THEN g.staff_group ELSE '' END AS staff_group, g.assigned,
            0 AS present FROM given g LEFT JOIN vague v ON v.unit_id = g.unit_id
        UNION ALL
        SELECT h.unit_id, CASE WHEN h.vague THEN '' ELSE h.staff_group END, 0, h.present FROM held h) x
    GROUP BY x.unit_id, x.staff_group"""


def baseline_sql(day: str = DAY) -> str:
    """The newest marked baseline of every unit and group up to a day, placed where it belongs on the tree of that day."""
    rows = f"""SELECT DISTINCT ON (q.unit_id, q.staff_group) q.id AS row_id, q.unit_id, q.staff_group, q.assigned,
            q.since
        FROM staffing_staffquota q
        WHERE q.voided_on IS NULL AND q.baseline AND q.since <= {day} AND {_standing(day)}
        ORDER BY q.unit_id, q.staff_group, q.since DESC"""
    return _followed(rows, day)


def dated_baseline_sql(base: str, day: str = DAY) -> str:
    """What was assigned on the day of comparison ``base``, placed where it belongs on the tree of ``day``.

    A baseline marked on that very day stands in place of the unit's quota of that group; at a unit that held a total, in
    place of the total with all that was handed on. A quota that nobody ended when its unit did ends with the unit.
    """
    rows = f"""SELECT q.id AS row_id, q.unit_id, q.staff_group, q.assigned::bigint, q.since
        FROM staffing_staffquota q WHERE q.voided_on IS NULL AND q.baseline AND q.since = {base} AND {_standing(day)}
        UNION ALL
        SELECT x.row_id, x.unit_id, x.staff_group, x.assigned, {base} FROM ({assigned_sql(base)}) x
        JOIN organisation_unitpath there ON there.ancestor_id = x.unit_id AND there.descendant_id = x.unit_id
            AND there.valid_from <= {base} AND {base} < there.valid_to
        WHERE (x.unit_id, x.staff_group) NOT IN (SELECT c.unit_id, c.staff_group FROM covered c)
            AND (x.unallocated OR NOT EXISTS (SELECT 1 FROM staffing_staffquota m WHERE m.unit_id = x.unit_id
                AND m.staff_group = x.staff_group AND m.voided_on IS NULL AND m.baseline AND m.since = {base}))"""
    covered = f"""covered AS (SELECT p.descendant_id AS unit_id, m.staff_group FROM staffing_staffquota m
        JOIN staffing_quotatotal t ON t.unit_id = m.unit_id AND t.staff_group = m.staff_group AND t.voided_on IS NULL
            AND t.in_force @> {base}
        JOIN organisation_unitpath p ON p.ancestor_id = m.unit_id AND p.valid_from <= {base} AND {base} < p.valid_to
        WHERE m.voided_on IS NULL AND m.baseline AND m.since = {base})"""
    return _followed(rows, day, covered)


def _standing(day: str) -> str:
    """A baseline outlives the end it was given, but not a decision that ended it or carried it to another unit."""
    return f"""lower(q.in_force) <= {day} AND (upper_inf(q.in_force) OR upper(q.in_force) > {day}
            OR (q.closed_by_id IS NULL AND q.closed_in_id IS NULL))"""


def _followed(rows: str, day: str, first: str = "") -> str:
    """Rows of units that are gone by ``day`` are put to what became of them.

    A unit that went into one other is found there; one that was divided, or ended without a successor, is counted with
    the superior it last had: a figure is neither lost nor shared out by guess.
    """
    standing = f"""EXISTS (SELECT 1 FROM organisation_unitpath s WHERE s.ancestor_id = w.at AND s.descendant_id = w.at
        AND s.valid_from <= {day} AND {day} < s.valid_to)"""
    return f"""WITH RECURSIVE {first + "," if first else ""} figure AS ({rows}),
    walk(origin, at, step) AS (
        SELECT DISTINCT unit_id, unit_id, 0 FROM figure
        UNION ALL
        SELECT w.origin, n.at, w.step + 1 FROM walk w CROSS JOIN LATERAL (SELECT COALESCE(
            (SELECT min(l.new_id) FROM organisation_unitlineage l
             WHERE l.old_id = w.at AND l.new_id <> l.old_id AND l.voided_on IS NULL AND l."on" <= {day}
             HAVING count(DISTINCT l.new_id) = 1),
            (SELECT v.parent_id FROM organisation_unitversion v
             WHERE v.unit_id = w.at AND v.voided_on IS NULL AND lower(v.in_force) <= {day}
             ORDER BY lower(v.in_force) DESC LIMIT 1)) AS at) n
        WHERE w.step < 30 AND n.at IS NOT NULL AND NOT {standing})
    SELECT f.row_id, w.at AS unit_id, f.unit_id AS origin_id, f.staff_group, f.assigned, f.since
    FROM figure f JOIN walk w ON w.origin = f.unit_id WHERE {standing}"""
