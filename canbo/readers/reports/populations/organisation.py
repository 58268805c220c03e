"""Units of a day, and units that came into being in a period."""

# ruff: noqa: S608 - the SQL is put together from fixed words of this package; whatever is asked is a parameter.
from __future__ import annotations

from .base import Population

_VERSION = "v.kind, v.area, v.base_type, v.shelf, v.name AS unit_name"

UNITS = Population(
    "units",
    f"""SELECT v.id AS row_id, NULL::bigint AS person_id, v.unit_id, %(day)s::date AS day,
            %(day)s::date AS tree_day, v.parent_id, {_VERSION}
        FROM organisation_unitversion v WHERE v.voided_on IS NULL AND v.in_force @> %(day)s::date""",
    "đơn vị có hiệu lực trong ngày cuối kỳ",
)
FOUNDED = Population(
    "founded",
    f"""SELECT v.id AS row_id, NULL::bigint AS person_id, v.unit_id, lower(v.in_force) AS day,
            lower(v.in_force) AS tree_day, v.parent_id, {_VERSION}
        FROM organisation_unitversion v
        LEFT JOIN organisation_unitversion o ON o.unit_id = v.unit_id AND o.voided_on IS NULL
            AND lower(o.in_force) < lower(v.in_force)
        WHERE v.voided_on IS NULL AND o.id IS NULL AND lower(v.in_force) BETWEEN %(first)s AND %(last)s""",
    "đơn vị bắt đầu hoạt động trong kỳ",
)
ENDED = Population(
    "ended",
    f"""SELECT v.id AS row_id, NULL::bigint AS person_id, v.unit_id, upper(v.in_force) AS day,
            upper(v.in_force) - 1 AS tree_day, v.parent_id, {_VERSION}
        FROM organisation_unitversion v
        LEFT JOIN organisation_unitversion o ON o.unit_id = v.unit_id AND o.voided_on IS NULL
            AND lower(o.in_force) > lower(v.in_force)
        WHERE v.voided_on IS NULL AND o.id IS NULL AND upper(v.in_force) BETWEEN %(first)s AND %(last)s""",
    "đơn vị kết thúc hoạt động trong kỳ",
)
