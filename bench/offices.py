"""A city of offices to evaluate: bodies, divisions, people with one post each, and a month of work. Filled by statements."""

from __future__ import annotations

PEOPLE_IN_DIVISION, DIVISIONS = 20, 10

UNITS = """
INSERT INTO organisation_unit (code, name, sort_key, search_text)
SELECT 'TP', 'Thành phố Mẫu', 'a', 'thanh pho mau'
UNION ALL SELECT 'S' || b, 'Sở ' || b, 'b' || to_char(b, 'FM0000'), 'so ' || b FROM generate_series(1, %(bodies)s) b
UNION ALL SELECT 'S' || b || 'P' || d, 'Phòng ' || d, 'b' || to_char(b, 'FM0000') || d, 'phong ' || d
  FROM generate_series(1, %(bodies)s) b, generate_series(1, %(divisions)s) d
"""

VERSIONS = """
INSERT INTO organisation_unitversion (unit_id, name, kind, local_type, shelf, parent_id, party_code, base_type, area,
  in_force, since, since_precision, historical, note, voided_why)
SELECT u.id, u.name, CASE WHEN u.code = 'TP' THEN 'tỉnh' WHEN u.code ~ 'P[0-9]' THEN 'phòng' ELSE 'sở' END, '',
  'nha_nuoc', p.id, '', '', '', '[2015-01-01,)', '2015-01-01', 'd', false, '', ''
FROM organisation_unit u LEFT JOIN organisation_unit p ON p.code = CASE WHEN u.code = 'TP' THEN NULL
  WHEN u.code ~ 'P[0-9]' THEN split_part(u.code, 'P', 1) ELSE 'TP' END
"""

PEOPLE = """
INSERT INTO people_person (code, name, sort_key, search_text, work_unit_id)
SELECT u.code || 'N' || n, 'Nguyễn Văn ' || n || ' ' || u.code, 'nguyen ' || n, 'nguyen van ' || n || ' ' || lower(u.code), u.id
FROM organisation_unit u, generate_series(1, CASE WHEN u.code ~ 'P[0-9]' THEN %(each)s ELSE 1 END) n
"""

POSTS = """
INSERT INTO staffing_assignment (person_id, unit_id, title, title_key, acts, closing_act, concurrent, term_precision,
  managed_by, in_force, since, since_precision, historical, note, voided_why)
SELECT p.id, p.work_unit_id, t.title, t.key, ARRAY['bổ nhiệm'], '', false, 'd', '', '[2020-01-01,)', '2020-01-01', 'd',
  false, '', ''
FROM people_person p JOIN LATERAL (SELECT
  CASE WHEN p.code = 'TPN1' THEN 'Chủ tịch' WHEN p.code ~ '^S[0-9]+N1$' THEN 'Giám đốc' WHEN p.code ~ 'N1$' THEN 'Trưởng phòng'
    WHEN p.code ~ 'N2$' THEN 'Phó Trưởng phòng' ELSE 'Chuyên viên' END AS title,
  CASE WHEN p.code = 'TPN1' THEN 'chu tich' WHEN p.code ~ '^S[0-9]+N1$' THEN 'giam doc' WHEN p.code ~ 'N1$' THEN 'truong phong'
    WHEN p.code ~ 'N2$' THEN 'pho truong phong' ELSE 'chuyen vien' END AS key) t ON true
"""

TASKS = """
INSERT INTO work_task (unit_id, occurrence, title, content, responsibility, authority, output, coefficient, quantity, due_on,
  due_precision, source, source_text, assigned_by, search_text, "on", on_precision, historical, note, voided_why)
SELECT u.id, '', 'Nhiệm vụ ' || n, '', '', '', '', 1.0, 1000, '2026-07-20', 'd', 'routine', '', 'Giám đốc', 'nhiem vu', '2026-07-01',
  'd', false, '', ''
FROM organisation_unit u, generate_series(1, 8) n
"""

SHARES = """
INSERT INTO work_share (task_id, person_id, unit_id, part, origin, assigned_on, due_first, due_on, counts_on, coef, assigned,
  reported, done, quality_fails, excused_fails, delays, excused_delays, late_days, excused_days, ad_hoc, taken_over,
  handed_back, late, exceeded, failed, state, waiting, closed, closed_on, voided)
SELECT t.id, p.id, p.work_unit_id, 1, 'planned', '2026-07-01', '2026-07-20', '2026-07-20', '2026-07-20', 1.0 + (t.id %% 7), 4,
  4, 4, CASE WHEN (p.id + t.id) %% 9 = 0 THEN 1 ELSE 0 END, 0, CASE WHEN (p.id + t.id) %% 11 = 0 THEN 1 ELSE 0 END, 0, 0, 0,
  false, false, false, (p.id + t.id) %% 11 = 0, (p.id + t.id) %% 3 = 0, false, 'accepted', '', true, '2026-07-20', false
FROM people_person p JOIN work_task t ON t.unit_id = p.work_unit_id
"""


def settle(people: int) -> int:
    """Fills an empty database; returns how many people there are (heads of bodies come on top of the round number)."""
    from django.db import connection, transaction

    from canbo.facts.organisation.actions import rebuild_paths

    bodies = max(1, people // (PEOPLE_IN_DIVISION * DIVISIONS))
    values = {"bodies": bodies, "divisions": DIVISIONS, "each": PEOPLE_IN_DIVISION}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(UNITS, values)
        cursor.execute(VERSIONS)
        rebuild_paths()
        cursor.execute(PEOPLE, values)
        for statement in (POSTS, TASKS, SHARES):
            cursor.execute(statement, ())
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("SELECT count(*) FROM people_person")
        return int(cursor.fetchone()[0])
