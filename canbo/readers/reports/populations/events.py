"""What happened to people on a day: cards, badges, courses, rewards, discipline, grades."""

# ruff: noqa: S608 - the SQL is put together from fixed words of this package; whatever is asked is a parameter.
from __future__ import annotations

from .base import Population, tree_day


def _by_membership(table: str, columns: str) -> str:
    """Events placed in the cell where the person was a member that day, else where she was last before it."""
    looked_up, join = tree_day("b.unit_id", 'x."on"', "b.known_on")
    return f"""SELECT x.id AS row_id, x.person_id, b.unit_id, x."on" AS day, {looked_up} AS tree_day, {columns}
        FROM {table} x
        JOIN LATERAL (
            SELECT m.unit_id, CASE WHEN m.in_force @> x."on" THEN x."on" ELSE upper(m.in_force) - 1 END AS known_on
            FROM party_membership m
            WHERE m.person_id = x.person_id AND m.voided_on IS NULL AND lower(m.in_force) <= x."on"
            ORDER BY lower(m.in_force) DESC LIMIT 1) b ON TRUE{join}
        WHERE x.voided_on IS NULL AND x."on" BETWEEN %(first)s AND %(last)s"""


def belonging(person: str, day: str) -> str:
    """A lateral select of every unit a person belongs to on a day, by a post or by membership."""
    return f"""(SELECT a.unit_id FROM staffing_assignment a
            WHERE a.person_id = {person} AND a.voided_on IS NULL AND a.in_force @> {day}
        UNION SELECT m.unit_id FROM party_membership m
            WHERE m.person_id = {person} AND m.voided_on IS NULL AND m.in_force @> {day})"""


def _by_belonging(table: str, columns: str, *, day: str = 'x."on"', condition: str = "") -> str:
    condition = condition or f"{day} BETWEEN %(first)s AND %(last)s"
    return f"""SELECT x.id AS row_id, x.person_id, b.unit_id, {day} AS day, {day} AS tree_day, {columns}
        FROM {table} x JOIN LATERAL {belonging("x.person_id", day)} b ON TRUE
        WHERE x.voided_on IS NULL AND x.person_id IS NOT NULL AND {condition}"""


def _of_units(table: str, columns: str, condition: str) -> str:
    return f"""SELECT x.id AS row_id, NULL::bigint AS person_id, x.unit_id, x."on" AS day, x."on" AS tree_day, {columns}
        FROM {table} x WHERE x.voided_on IS NULL AND x.unit_id IS NOT NULL AND {condition}"""


CARDS = Population("cards", _by_membership("party_card", "x.form, x.number"), "thẻ đảng viên đã cấp")
BADGES = Population("badges", _by_membership("party_badge", "x.years, x.form, x.number"), "Huy hiệu Đảng đã trao")
ENROLMENTS = Population(
    "enrolments",
    _by_belonging("training_enrolment", "x.level, x.mode, x.course"),
    "khóa đào tạo, bồi dưỡng bắt đầu trong kỳ",
    several_units=True,
)
AWARDS = Population(
    "awards", _by_belonging("people_award", "x.form, x.authority"), "khen thưởng cá nhân", several_units=True
)
MEMBER_AWARDS = Population(
    "member_awards", _by_membership("people_award", "x.form, x.authority"), "khen thưởng đảng viên"
)
UNIT_AWARDS = Population(
    "unit_awards",
    _of_units("people_award", "x.form, x.authority", 'x."on" BETWEEN %(first)s AND %(last)s'),
    "khen thưởng tập thể",
)
DISCIPLINE = Population(
    "discipline",
    _by_belonging("people_discipline", "x.form, x.authority", day="lower(x.in_force)"),
    "kỷ luật bắt đầu có hiệu lực trong kỳ",
    several_units=True,
)
GRADES = Population(
    "grades",
    _by_belonging("people_grade", "x.grade, x.basis, x.period", condition="x.period = %(period)s"),
    "kết quả xếp loại cá nhân của kỳ",
    several_units=True,
)
UNIT_GRADES = Population(
    "unit_grades",
    _of_units("people_grade", "x.grade, x.basis, x.period", "x.period = %(period)s"),
    "kết quả xếp loại tập thể của kỳ",
)
