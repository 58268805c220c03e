"""Writing what a cycle concluded, for everybody in one statement each. All values are parameters."""

from __future__ import annotations

from ..models import TASK_COLUMNS

# The explanation stays on the sheet alone, which nothing changes once it is closed.
# Two plain joins: one on both columns at once, nulls alike, would compare every sheet with every fact.
RESULTS = """
WITH facts AS MATERIALIZED (
  SELECT id, person_id, unit_id FROM people_grade
  WHERE period = %(period)s AND basis = %(basis)s AND voided_on IS NULL
)
INSERT INTO evaluation_result (sheet_id, cycle_id, person_id, collective_id, rulebook, rulebook_version, period, unit_id,
  common, result, total, by_points, by_conditions, grade, reason, explanation, tasks, decided_on, decided_by,
  decision_id, grade_fact_id, recorded_at, replaced_why)
SELECT s.id, s.cycle_id, s.person_id, s.collective_id, s.rulebook, %(version)s, s.period, s.unit_id,
  s.common, s.result, s.total, s.by_points, s.by_conditions, s.grade, s.decision_reason, '{}',
  coalesce(w.tasks, '[]'), %(on)s, s.decided_by, %(decision)s, coalesce(p.id, b.id), %(now)s, ''
FROM evaluation_sheet s
LEFT JOIN facts p ON p.person_id = s.person_id
LEFT JOIN facts b ON b.unit_id = s.collective_id
LEFT JOIN (
  SELECT h.person_id, jsonb_agg(jsonb_build_array({task}) ORDER BY h.due_on, h.id) AS tasks
  FROM work_share h JOIN work_task t ON t.id = h.task_id
  WHERE h.counts_on BETWEEN %(first)s AND %(last)s AND NOT h.voided AND %(with_tasks)s
  GROUP BY h.person_id
) w ON w.person_id = s.person_id
WHERE s.cycle_id = %(cycle)s AND s.grade <> ''
ORDER BY s.id
""".replace("{task}", ", ".join({"key": "h.id", "title": "t.title"}.get(name, f"h.{name}") for name in TASK_COLUMNS))

NOT_GRADED = """
INSERT INTO evaluation_notgraded (cycle_id, person_id, unit_id, title, code, reason, source)
SELECT s.cycle_id, s.person_id, s.unit_id, s.title, 'decided',
  coalesce(nullif(s.decision_reason, ''), 'Thuộc trường hợp không xếp loại.'), ''
FROM evaluation_sheet s WHERE s.cycle_id = %(cycle)s AND s.grade = '' AND s.person_id IS NOT NULL
ON CONFLICT (cycle_id, person_id) DO UPDATE SET code = excluded.code, reason = excluded.reason
"""

EVENTS = """
INSERT INTO evaluation_event (sheet_id, kind, at, by, person_id, on_behalf_of, version, reason, data)
SELECT id, 'closed', %(now)s, %(by)s, %(person)s, %(behalf)s, version, '', jsonb_build_object('grade', grade)
FROM evaluation_sheet WHERE cycle_id = %(cycle)s ORDER BY id
"""

SHEETS = "UPDATE evaluation_sheet SET state = 'closed' WHERE cycle_id = %(cycle)s"
