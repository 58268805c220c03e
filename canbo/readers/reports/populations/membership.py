"""Members, and how they come and go."""

# ruff: noqa: S608 - the SQL is put together from fixed words of this package; whatever is asked is a parameter.
from __future__ import annotations

from .base import Population, tree_day, under

_STAY = "m.admitted_on, m.ceremony_on, m.official_on, m.since, m.entry, m.closing_act"
# The day an admission is counted by: the decision or the ceremony, whichever the setting names first.
COUNTED = (
    "CASE WHEN %(by_ceremony)s THEN COALESCE(m.ceremony_on, m.admitted_on, m.since)"
    " ELSE COALESCE(m.admitted_on, m.ceremony_on, m.since) END"
)

MEMBERS = Population(
    "members",
    f"""SELECT m.id AS row_id, m.person_id, m.unit_id, %(day)s::date AS day, %(day)s::date AS tree_day, {_STAY}
        FROM party_membership m WHERE m.voided_on IS NULL AND m.in_force @> %(day)s::date""",
    "sinh hoạt đảng có hiệu lực trong ngày cuối kỳ",
)


def _beginnings() -> str:
    """First admissions, re-admissions and restorations; a stay written on in several rows begins once."""
    counted = f"CASE WHEN m.entry = 'phuc_hoi' THEN lower(m.in_force) ELSE {COUNTED} END"
    looked_up, join = tree_day("b.unit_id", "b.day", "b.starts")
    return f"""SELECT b.row_id, b.person_id, b.unit_id, b.day, {looked_up} AS tree_day, b.entry, b.admitted_on,
            b.ceremony_on, b.official_on, b.since
        FROM (SELECT DISTINCT ON (m.person_id, m.since, m.entry) m.id AS row_id, m.person_id, m.unit_id,
                {counted} AS day, lower(m.in_force) AS starts, {_STAY}
              FROM party_membership m
              WHERE m.voided_on IS NULL AND m.entry IN ('ket_nap', 'ket_nap_lai', 'phuc_hoi')
                AND {counted} BETWEEN %(first)s AND %(last)s
              ORDER BY m.person_id, m.since, m.entry, lower(m.in_force)) b{join}"""


BEGINNINGS = Population("beginnings", _beginnings(), "kết nạp, kết nạp lại, phục hồi ghi ở sinh hoạt đảng")


def _arrivals(entry: str = "chuyen_den") -> str:
    """Stays that begin here by a move, of people who were nowhere under the unit the day before."""
    start, eve = "lower(m.in_force)", "(lower(m.in_force) - 1)"
    return f"""SELECT m.id AS row_id, m.person_id, m.unit_id, {start} AS day, {start} AS tree_day, {_STAY}
        FROM party_membership m
        LEFT JOIN party_membership o ON o.person_id = m.person_id AND o.voided_on IS NULL AND o.in_force @> {eve}
        LEFT JOIN organisation_unitpath was ON {under("was", "o.unit_id", eve)}
        WHERE m.voided_on IS NULL AND m.entry = '{entry}' AND was.id IS NULL
          AND {start} BETWEEN %(first)s AND %(last)s"""


ARRIVALS = Population("arrivals", _arrivals(), "sinh hoạt đảng bắt đầu do chuyển đến từ ngoài đơn vị")


def _endings(*, moved: bool, act: str = "chuyen_di") -> str:
    """Stays that ended, counted on the day after their last; a move counts only when it leaves the whole unit."""
    end = "upper(m.in_force)"
    looked_up, standing = tree_day("m.unit_id", end, f"({end} - 1)")
    later = condition = ""
    if moved:
        later = f""" LEFT JOIN party_membership o ON o.person_id = m.person_id AND o.voided_on IS NULL
            AND o.in_force @> {end} LEFT JOIN organisation_unitpath still ON {under("still", "o.unit_id", end)}"""
        condition = f" AND m.closing_act = '{act}' AND still.id IS NULL"
    else:
        condition = " AND m.closing_act NOT IN ('', 'chuyen_di', 'sap_xep')"
    return f"""SELECT m.id AS row_id, m.person_id, m.unit_id, {end} AS day, {looked_up} AS tree_day, {_STAY}
        FROM party_membership m{standing}{later}
        WHERE m.voided_on IS NULL AND {end} BETWEEN %(first)s AND %(last)s{condition}"""


DEPARTURES = Population("departures", _endings(moved=True), "sinh hoạt đảng kết thúc do chuyển ra ngoài đơn vị")
ENDINGS = Population("endings", _endings(moved=False), "từ trần, khai trừ, xóa tên, ra khỏi Đảng ghi ở sinh hoạt đảng")


def _with_cell(*, came: bool) -> str:
    """Stays that went on while their cell came under the unit, or left it: it was hung under another superior.

    A cell that begins or ends that day is none of these: there the stays themselves begin and end.
    """
    day, beside = ("p.valid_from", "(p.valid_from - 1)") if came else ("p.valid_to", "(p.valid_to - 1)")
    other = beside if came else day
    return f"""SELECT m.id AS row_id, m.person_id, m.unit_id, {day} AS day, {day if came else beside} AS tree_day, {_STAY}
        FROM organisation_unitpath p
        JOIN party_membership m ON m.unit_id = p.descendant_id AND m.voided_on IS NULL
            AND m.in_force @> {day} AND m.in_force @> {beside}
        LEFT JOIN organisation_unitpath o ON {under("o", "p.descendant_id", other)}
        WHERE p.ancestor_id = %(unit)s AND o.id IS NULL AND {day} BETWEEN %(first)s AND %(last)s"""


REORGANISED_IN = Population(
    "reorganised_in",
    f"{_arrivals('sap_xep')} UNION ALL {_with_cell(came=True)}",
    "sinh hoạt đảng sang đơn vị do sắp xếp tổ chức, và chi bộ chuyển về trực thuộc",
)
REORGANISED_OUT = Population(
    "reorganised_out",
    f"{_endings(moved=True, act='sap_xep')} UNION ALL {_with_cell(came=False)}",
    "sinh hoạt đảng rời đơn vị do sắp xếp tổ chức, và chi bộ chuyển đi trực thuộc nơi khác",
)

OFFICIAL = Population(
    "official",
    f"""SELECT m.id AS row_id, m.person_id, m.unit_id, m.official_on AS day, m.official_on AS tree_day, {_STAY}
        FROM party_membership m
        WHERE m.voided_on IS NULL AND m.official_on BETWEEN %(first)s AND %(last)s AND m.in_force @> m.official_on""",
    "ngày chính thức ghi ở sinh hoạt đảng",
)


def _residual() -> str:
    """People whose presence at the two ends of the period is not explained by what is recorded between them.

    Each counts by what is missing: +1 for one who is there without having come, -1 for one who is gone without
    having left.
    """

    # Whoever stayed on in one cell cancels out on the spot; only those who came, left or moved are added up.
    there = """SELECT * FROM (
            SELECT m.person_id, m.id, m.unit_id, CASE WHEN now.id IS NULL THEN 0 ELSE 1 END
                - CASE WHEN once.id IS NULL THEN 0 ELSE 1 END AS weight
            FROM party_membership m
            LEFT JOIN organisation_unitpath now ON {now} AND m.in_force @> %(last)s::date
            LEFT JOIN organisation_unitpath once ON {once} AND m.in_force @> %(before)s::date
            WHERE m.voided_on IS NULL AND (m.in_force @> %(last)s::date OR m.in_force @> %(before)s::date)
        ) ends WHERE weight <> 0""".format(
        now=under("now", "m.unit_id", "%(last)s::date"), once=under("once", "m.unit_id", "%(before)s::date")
    )

    def events(population: Population, sign: int) -> str:
        return f"""SELECT x.person_id, x.row_id, x.unit_id, {sign} FROM ({population.sql}) x
            JOIN organisation_unitpath p ON {under("p", "x.unit_id", "x.tree_day")}"""

    came = [BEGINNINGS, ARRIVALS, REORGANISED_IN]
    left = [DEPARTURES, ENDINGS, REORGANISED_OUT]
    parts = [there, *(events(population, -1) for population in came), *(events(population, 1) for population in left)]
    together = " UNION ALL ".join(parts)
    return f"""SELECT max(u.id) AS row_id, u.person_id, max(u.unit_id) AS unit_id, %(last)s::date AS day,
            %(last)s::date AS tree_day, sum(u.weight) AS weight
        FROM ({together}) u GROUP BY u.person_id HAVING sum(u.weight) <> 0"""


RESIDUAL = Population(
    "residual", _residual(), "sinh hoạt đảng ở hai đầu kỳ và các biến động ghi trong kỳ", placed=False
)
