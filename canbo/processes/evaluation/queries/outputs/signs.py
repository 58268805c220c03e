"""The figures behind the signs of formality, by body, in one statement over the sheets concerned."""

from __future__ import annotations

# ruff: noqa: S608 - statements are put together from the constants of this package; every value is a parameter
from collections.abc import Mapping

from django.db import connection

from canbo.foundation.kernel.numbers import format_number

from ...rules import formality
from .chosen import Chosen
from .statistics import COMMON, GRADE, STANDING, TOTAL

UNCHANGED = (
    "s.self_scores = s.scores AND s.self_scores <> '{}'::jsonb AND s.self_grade = coalesce(r.grade, s.grade) "
    "AND s.proposed_grade IN ('', coalesce(r.grade, s.grade))"
)
"""A sheet on which nobody changed anything from the self-assessment to the decision."""


def bodies(chosen: Chosen, capped: Mapping[int, bool]) -> list[formality.Body]:
    """The figures of every body with somebody graded, by name.

    Args:
        capped: by body, whether it holds as many best grades as the cap allows; bodies without a cap are left out.
    """
    where, values = chosen.clause()
    values["most"] = chosen.book.value("common_max", 0)
    sql = (
        "WITH one AS MATERIALIZED ("
        f"SELECT s.body_id, round({TOTAL}, 1) AS total, ({UNCHANGED}) AS unchanged, "
        f"({COMMON} >= %(most)s AND %(most)s > 0) AS whole FROM {STANDING} WHERE {where} AND {GRADE} <> ''), "
        "same AS (SELECT DISTINCT ON (body_id) body_id, total, count(*) AS many FROM one WHERE total IS NOT NULL "
        "GROUP BY body_id, total ORDER BY body_id, many DESC, total) "
        "SELECT u.id, u.code, u.name, f.graded, coalesce(same.many, 0), same.total, f.unchanged, f.whole FROM ("
        "SELECT body_id, count(*) AS graded, count(*) FILTER (WHERE unchanged) AS unchanged, "
        "count(*) FILTER (WHERE whole) AS whole FROM one GROUP BY body_id) f "
        "JOIN organisation_unit u ON u.id = f.body_id LEFT JOIN same ON same.body_id = f.body_id "
        "ORDER BY u.sort_key, u.id"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        rows = cursor.fetchall()
    return [
        formality.Body(body, code, name, graded, many, format_number(total, 1), unchanged, whole, capped.get(body))
        for body, code, name, graded, many, total, unchanged, whole in rows
    ]
