"""Seats in committees, read from the posts held; job positions and their descriptions."""

# ruff: noqa: S608 - the SQL is put together from fixed words of this package; whatever is asked is a parameter.
from __future__ import annotations

from .base import Population
from .staffing import _ORDERED

_PARTY = """JOIN organisation_unitversion v ON v.unit_id = a.unit_id AND v.voided_on IS NULL AND v.shelf = 'dang'"""

# Whoever holds two titles of one committee, such as secretary and member, sits there once.
SEATS = Population(
    "seats",
    f"""SELECT DISTINCT ON (a.person_id, a.unit_id) a.id AS row_id, a.person_id, a.unit_id, %(day)s::date AS day,
            %(day)s::date AS tree_day, a.title, v.kind,
            bool_or(a.title_key = ANY(%(standing_titles)s)) OVER (PARTITION BY a.person_id, a.unit_id) AS standing
        FROM staffing_assignment a {_PARTY} AND v.in_force @> %(day)s::date
        WHERE a.voided_on IS NULL AND a.in_force @> %(day)s::date AND a.title_key = ANY(%(committee_titles)s)
        ORDER BY a.person_id, a.unit_id, a.since, a.id""",
    "chức vụ cấp ủy đang giữ trong ngày cuối kỳ",
)
SEATED = Population(
    "seated",
    f"""SELECT DISTINCT ON (a.person_id, a.unit_id, a.since) a.id AS row_id, a.person_id, a.unit_id, a.since AS day,
            a.since AS tree_day, a.title, v.kind, {_ORDERED} AS acts
        FROM staffing_assignment a {_PARTY} AND v.in_force @> a.since
        WHERE a.voided_on IS NULL AND a.since BETWEEN %(first)s AND %(last)s AND a.title_key = ANY(%(committee_titles)s)
            AND NOT EXISTS (SELECT 1 FROM staffing_assignment o WHERE o.person_id = a.person_id
                AND o.unit_id = a.unit_id AND o.voided_on IS NULL AND o.title_key = ANY(%(committee_titles)s)
                AND o.in_force @> a.since - 1)
        ORDER BY a.person_id, a.unit_id, a.since, a.id""",
    "chức vụ cấp ủy bắt đầu giữ trong kỳ của người trước đó chưa ở cấp ủy ấy",
)
COMMITTEES = Population(
    "committees",
    f"""SELECT min(a.id) AS row_id, NULL::bigint AS person_id, a.unit_id, %(day)s::date AS day,
            %(day)s::date AS tree_day, v.kind, count(DISTINCT a.person_id) AS members
        FROM staffing_assignment a {_PARTY} AND v.in_force @> %(day)s::date
        WHERE a.voided_on IS NULL AND a.in_force @> %(day)s::date AND a.title_key = ANY(%(committee_titles)s)
        GROUP BY a.unit_id, v.kind""",
    "tổ chức đảng có người giữ chức vụ cấp ủy trong ngày cuối kỳ",
)
POSITIONS = Population(
    "positions",
    """SELECT j.id AS row_id, NULL::bigint AS person_id, j.unit_id, %(day)s::date AS day, %(day)s::date AS tree_day,
            j.name, j.code, j."group" AS position_group, j.headcount,
            EXISTS (SELECT 1 FROM staffing_positiondescription d WHERE d.unit_id = j.unit_id
                AND d.position_code = j.code AND d.voided_on IS NULL AND d.in_force @> %(day)s::date) AS described,
            (SELECT count(*) FROM staffing_placement h WHERE h.unit_id = j.unit_id AND h.position_code = j.code
                AND h.voided_on IS NULL AND h.in_force @> %(day)s::date) AS held
        FROM staffing_jobposition j
        WHERE j.voided_on IS NULL AND j.in_force @> %(day)s::date""",
    "vị trí việc làm có hiệu lực trong ngày cuối kỳ",
)
