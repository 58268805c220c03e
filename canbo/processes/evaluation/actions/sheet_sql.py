"""Writing the sheets of a cycle from what was found, and who gets none. All values are parameters."""

from __future__ import annotations

# Those whose period is not whole: the rules of special cases are asked about each of them.
INCOMPLETE = """
SELECT m.person_id, m.standing, coalesce(s.first, greatest(m.since, %(first)s)), coalesce(s.last, %(last)s),
  coalesce(l.days, 0), coalesce(l.uncounted, 0), coalesce(l.kind, ''),
  (SELECT min(since) FROM party_membership p WHERE p.person_id = m.person_id AND p.voided_on IS NULL
    AND p.entry IN ('ket_nap', 'ket_nap_lai')) AS admitted
FROM opening_main m LEFT JOIN opening_span s ON s.person_id = m.person_id
LEFT JOIN opening_leave l ON l.person_id = m.person_id
WHERE s.first > %(first)s OR s.last < %(last)s OR l.days > 0 OR (m.standing = 'member' AND m.since > %(joined_after)s)
"""

NOT_GRADED = """
INSERT INTO evaluation_notgraded (cycle_id, person_id, unit_id, title, code, reason, source)
SELECT %(cycle)s, m.person_id, m.unit_id, m.title, x.code, x.reason, x.source
FROM unnest(%(out_persons)s::bigint[], %(out_codes)s::text[], %(out_reasons)s::text[], %(out_sources)s::text[])
  AS x(person_id, code, reason, source) JOIN opening_main m ON m.person_id = x.person_id
ON CONFLICT (cycle_id, person_id) DO UPDATE SET code = excluded.code, reason = excluded.reason, source = excluded.source
"""

ELSEWHERE = """
INSERT INTO evaluation_notgraded (cycle_id, person_id, unit_id, title, code, reason, source)
SELECT %(cycle)s, m.person_id, m.unit_id, m.title, 'elsewhere',
  'Đã có phiếu cùng kỳ, cùng bộ quy tắc trong kỳ đánh giá của ' || u.name || '.', ''
FROM opening_main m JOIN evaluation_sheet s ON s.person_id = m.person_id AND s.period = %(period)s
  AND s.rulebook = %(rulebook)s AND s.cycle_id <> %(cycle)s
JOIN evaluation_cycle c ON c.id = s.cycle_id JOIN organisation_unit u ON u.id = c.unit_id
ON CONFLICT (cycle_id, person_id) DO NOTHING
"""

SHEETS = """
INSERT INTO evaluation_sheet (cycle_id, rulebook, period, person_id, unit_id, body_id, title, posts, standing, "group",
  cap_group, moved_from_id, worked_first, worked_last, why, superior_id, decider_id, decides_at_id, state, version,
  self_scores, scores, judged, axes, strengths, weaknesses, self_grade, comment, proposed_grade, advice, advised_grade,
  by_points, by_conditions, grade, decision_reason, decided_by, basis, explanation, opened_at)
SELECT %(cycle)s, %(rulebook)s, %(period)s, m.person_id, m.unit_id, coalesce(d.body_id, m.unit_id), m.title,
  coalesce(s.posts, '[]'), m.standing, g.subject_group,
  CASE WHEN m.standing = 'head' AND NOT m.part THEN %(head_of_body)s ELSE g.cap_group END,
  v.unit_id, coalesce(s.first, greatest(m.since, %(first)s)), coalesce(s.last, %(last)s),
  concat_ws(' ',
    CASE WHEN m.standing = 'member' THEN 'Đảng viên sinh hoạt tại ' || u.name || ' từ ' || to_char(m.since, 'DD/MM/YYYY') || '.'
      ELSE m.title || ' tại ' || u.name || ' từ ' || to_char(m.since, 'DD/MM/YYYY') || '.' END,
    CASE WHEN v.unit_id IS NOT NULL THEN 'Chuyển đến từ ' || o.name || ' ngày ' || to_char(v.since, 'DD/MM/YYYY')
      || ': nơi mới xếp loại, nơi cũ gửi kết quả các kỳ trước' || %(transfer)s || '.' END,
    CASE WHEN s.beside IS NOT NULL THEN 'Kiêm nhiệm ' || s.beside || ': đánh giá theo chức vụ chính.' END,
    CASE WHEN m.acting THEN 'Được giao quyền, giao phụ trách.' END,
    CASE WHEN v.unit_id IS NULL AND s.first > %(first)s THEN 'Nhận việc trong kỳ, từ '
      || to_char(s.first, 'DD/MM/YYYY') || '.' END,
    CASE WHEN s.last < %(last)s THEN 'Thôi làm việc trong kỳ, ngày cuối ' || to_char(s.last, 'DD/MM/YYYY') || '.' END,
    CASE WHEN l.days > 0 THEN 'Nghỉ ' || l.days || ' ngày trong kỳ: xét thời gian làm việc thực tế.' END,
    CASE WHEN p.head_id IS NULL THEN 'Chưa tìm thấy cấp trên trực tiếp: cần chỉ định.' END),
  p.head_id, r.head_id, d.body_id, 'draft', 1,
  '{}', '{}', '{}', '[]', '', '', '', '', '', '', '', '', '', '', '', '', '', '{}', %(now)s
FROM opening_main m
JOIN unnest(%(standing_keys)s::text[], %(subject_groups)s::text[], %(cap_groups)s::text[])
  AS g(standing, subject_group, cap_group) ON g.standing = m.standing
JOIN organisation_unit u ON u.id = m.unit_id
LEFT JOIN opening_span s ON s.person_id = m.person_id AND m.standing <> 'member'
LEFT JOIN opening_decides d ON d.person_id = m.person_id
LEFT JOIN opening_superior p ON p.person_id = m.person_id
LEFT JOIN opening_decider r ON r.person_id = m.person_id
LEFT JOIN opening_move v ON v.person_id = m.person_id
LEFT JOIN organisation_unit o ON o.id = v.unit_id
LEFT JOIN opening_leave l ON l.person_id = m.person_id
WHERE NOT EXISTS (SELECT 1 FROM evaluation_notgraded n WHERE n.cycle_id = %(cycle)s AND n.person_id = m.person_id)
ORDER BY u.sort_key, m.unit_id, m.standing, m.person_id
ON CONFLICT (person_id, collective_id, period, rulebook) DO NOTHING
"""

COLLECTIVES = """
INSERT INTO evaluation_sheet (cycle_id, rulebook, period, collective_id, unit_id, body_id, title, posts, standing, "group",
  cap_group, why, represented_by_id, decider_id, decides_at_id, state, version, self_scores, scores, judged,
  axes, strengths, weaknesses, self_grade, comment, proposed_grade, advice, advised_grade, by_points, by_conditions, grade,
  decision_reason, decided_by, basis, explanation, opened_at)
SELECT %(cycle)s, %(rulebook)s, %(period)s, k.unit_id, k.unit_id, coalesce(b.above_id, k.unit_id), v.kind, '[]',
  'collective', %(collective_group)s, %(collective_cap)s || ': ' || v.kind,
  concat_ws(' ', v.name || ' (' || v.kind || ').',
    CASE WHEN h.person_id IS NULL THEN 'Chưa có người đứng đầu: cần chỉ định người làm báo cáo.' END,
    CASE WHEN b.above_id IS NULL THEN 'Chưa tìm thấy cấp quyết định: cần chỉ định.' END),
  h.person_id, b.head_id, b.above_id, 'draft', 1, '{}', '{}', '{}', '[]', '', '', '', '', '', '', '', '', '', '', '', '', '', '{}', %(now)s
FROM opening_scope k
JOIN organisation_unitversion v ON v.unit_id = k.unit_id AND v.voided_on IS NULL AND v.in_force @> %(last)s::date
  AND v.shelf = ANY(%(shelves)s) AND (v.shelf = 'dang' OR NOT v.kind = ANY(%(parts)s))
JOIN organisation_unit u ON u.id = k.unit_id
LEFT JOIN opening_head h ON h.unit_id = k.unit_id
LEFT JOIN LATERAL (SELECT above_id, head_id FROM opening_above a
  WHERE a.unit_id = k.unit_id AND a.depth > 0 AND a.body ORDER BY a.depth LIMIT 1) b ON true
ORDER BY u.sort_key, k.unit_id
ON CONFLICT (person_id, collective_id, period, rulebook) DO NOTHING
"""

SETTLED = """
DELETE FROM evaluation_notgraded n WHERE n.cycle_id = %(cycle)s AND EXISTS (
  SELECT 1 FROM evaluation_sheet s WHERE s.cycle_id = n.cycle_id AND s.person_id = n.person_id)
"""
