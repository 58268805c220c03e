"""Finding, set-based, who is evaluated in a period, where, by whom, and why; or why not.

One temporary table after another, so that each statement stays readable and the planner knows their sizes. All values are
parameters.
"""

from __future__ import annotations

POSTS = """
CREATE TEMP TABLE opening_post ON COMMIT DROP AS
SELECT a.id, a.person_id, a.unit_id, a.title, a.concurrent, s.standing,
  lower(a.in_force) AS since, upper(a.in_force) AS until,
  (upper(a.in_force) IS NULL OR upper(a.in_force) > %(last)s) AS to_the_end,
  NOT coalesce(v.kind = ANY(%(aside)s), false) AS workplace, coalesce(v.kind = ANY(%(parts)s), false) AS part,
  a.acts && %(acting)s::varchar[] AS acting
FROM staffing_assignment a
JOIN unnest(%(titles)s::text[], %(standings)s::text[]) AS s(title_key, standing) ON s.title_key = a.title_key
LEFT JOIN LATERAL (
  SELECT kind FROM organisation_unitversion
  WHERE unit_id = a.unit_id AND voided_on IS NULL AND in_force && daterange(%(first)s, %(last)s, '[]')
  ORDER BY in_force DESC LIMIT 1) v ON true
WHERE a.voided_on IS NULL AND a.in_force && daterange(%(first)s, %(last)s, '[]')
"""

SCOPE = """
CREATE TEMP TABLE opening_scope ON COMMIT DROP AS
SELECT DISTINCT descendant_id AS unit_id FROM organisation_unitpath
WHERE ancestor_id = %(unit)s AND valid_from <= %(last)s AND valid_to > %(first)s
"""

# The main post: not held beside another, at a workplace, to the end of the period; a leading one before another.
MAIN = """
CREATE TEMP TABLE opening_main ON COMMIT DROP AS
SELECT DISTINCT ON (person_id) person_id, unit_id, title, standing, since, until, acting, part
FROM opening_post
ORDER BY person_id, concurrent, to_the_end DESC, workplace DESC, until DESC NULLS FIRST,
  (standing = 'head') DESC, (standing = 'deputy') DESC, since DESC, id
"""

MEMBERS = """
INSERT INTO opening_main (person_id, unit_id, title, standing, since, until, acting, part)
SELECT m.person_id, m.unit_id, coalesce(o.title, 'Đảng viên'), 'member', lower(m.in_force), upper(m.in_force), false, true
FROM party_membership m LEFT JOIN opening_main o ON o.person_id = m.person_id
WHERE m.voided_on IS NULL AND m.in_force @> %(last)s::date
"""

KEEP_LEADERS = """
DELETE FROM opening_main WHERE standing NOT IN ('head', 'deputy', 'member')
"""

LEADERS_ONCE = """
DELETE FROM opening_main m USING opening_main l
WHERE m.standing = 'member' AND l.standing <> 'member' AND l.person_id = m.person_id
"""

IN_SCOPE = "DELETE FROM opening_main WHERE unit_id NOT IN (SELECT unit_id FROM opening_scope)"

SPANS = """
CREATE TEMP TABLE opening_span ON COMMIT DROP AS
SELECT person_id, greatest(min(since), %(first)s) AS first,
  least(max(coalesce(until, 'infinity'::date)) - 1, %(last)s) AS last,
  string_agg(DISTINCT title, '; ') FILTER (WHERE concurrent) AS beside,
  jsonb_agg(jsonb_build_object('unit', unit_id, 'title', title, 'since', since, 'until', until,
    'concurrent', concurrent) ORDER BY concurrent, since, id) AS posts
FROM opening_post WHERE person_id IN (SELECT person_id FROM opening_main) GROUP BY person_id
"""

HEADS = """
CREATE TEMP TABLE opening_head ON COMMIT DROP AS
SELECT DISTINCT ON (unit_id) unit_id, person_id FROM opening_post
WHERE standing = 'head' AND to_the_end ORDER BY unit_id, concurrent, since, id
"""

# What lies above each unit where somebody is evaluated: every superior unit, whether it is a body, and its head.
ABOVE = """
CREATE TEMP TABLE opening_above ON COMMIT DROP AS
SELECT p.descendant_id AS unit_id, p.ancestor_id AS above_id, p.depth, h.person_id AS head_id,
  NOT coalesce(v.kind = ANY(%(parts)s), false) AS body
FROM organisation_unitpath p
LEFT JOIN opening_head h ON h.unit_id = p.ancestor_id
LEFT JOIN organisation_unitversion v ON v.unit_id = p.ancestor_id AND v.voided_on IS NULL
  AND v.in_force @> %(last)s::date
WHERE p.valid_from <= %(last)s AND p.valid_to > %(last)s AND p.descendant_id IN (SELECT unit_id FROM opening_place)
"""

PLACES = """
CREATE TEMP TABLE opening_place ON COMMIT DROP AS
SELECT unit_id FROM opening_main UNION SELECT unit_id FROM opening_scope WHERE %(collectives)s
"""

# The body that decides: the nearest one above; for the head of a body the next one. depth says where it lies.
DECIDES = """
CREATE TEMP TABLE opening_decides ON COMMIT DROP AS
SELECT DISTINCT ON (m.person_id) m.person_id, a.above_id AS body_id, a.depth
FROM opening_main m JOIN opening_above a ON a.unit_id = m.unit_id AND a.body
WHERE NOT (m.standing = 'head' AND a.depth = 0 AND NOT m.part)
ORDER BY m.person_id, a.depth
"""

SUPERIORS = """
CREATE TEMP TABLE opening_superior ON COMMIT DROP AS
SELECT DISTINCT ON (m.person_id) m.person_id, a.head_id
FROM opening_main m JOIN opening_above a ON a.unit_id = m.unit_id AND a.head_id <> m.person_id
ORDER BY m.person_id, a.depth
"""

DECIDERS = """
CREATE TEMP TABLE opening_decider ON COMMIT DROP AS
SELECT DISTINCT ON (m.person_id) m.person_id, a.head_id
FROM opening_main m JOIN opening_decides d ON d.person_id = m.person_id
JOIN opening_above a ON a.unit_id = m.unit_id AND a.depth >= d.depth AND a.head_id <> m.person_id
ORDER BY m.person_id, a.depth
"""

MOVES = """
CREATE TEMP TABLE opening_move ON COMMIT DROP AS
SELECT DISTINCT ON (m.person_id) m.person_id, p.unit_id, m.since
FROM opening_main m JOIN opening_post p ON p.person_id = m.person_id AND p.unit_id <> m.unit_id
  AND NOT p.concurrent AND p.until <= m.since AND p.workplace
WHERE m.standing <> 'member' AND m.since > %(first)s
ORDER BY m.person_id, p.until DESC, p.id
"""

# Overlapping absences are merged before their days are counted.
LEAVES = """
CREATE TEMP TABLE opening_leave ON COMMIT DROP AS
SELECT person_id, sum(days)::int AS days, (array_agg(kind ORDER BY days DESC))[1] AS kind,
  sum(days) FILTER (WHERE kind NOT IN ('sick', 'maternity'))::int AS uncounted,
  string_agg(kind || ' ' || days, ',' ORDER BY kind) AS told
FROM (SELECT person_id, kind, sum(upper(r) - lower(r)) AS days
  FROM (SELECT person_id, kind,
      range_agg(daterange(first, last, '[]') * daterange(%(first)s, %(last)s, '[]')) AS ranges
    FROM evaluation_leave
    WHERE voided_on IS NULL AND daterange(first, last, '[]') && daterange(%(first)s, %(last)s, '[]')
    GROUP BY person_id, kind) l, unnest(l.ranges) AS r
  GROUP BY person_id, kind) k
GROUP BY person_id
"""

INDEXES = (
    "CREATE INDEX ON opening_above (unit_id, depth)",
    "CREATE UNIQUE INDEX ON opening_main (person_id)",
    "ANALYZE opening_above",
    "ANALYZE opening_main",
)
