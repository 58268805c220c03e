"""Which unit is asked about, whether the actor may ask, and what stands directly under it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import connection

from canbo.foundation.kernel.actor import Actor, Reach
from canbo.foundation.kernel.period import Span
from canbo.foundation.kernel.text import fold
from canbo.foundation.kernel.violation import NotPermitted, OutOfScope, Refused, Violation


@dataclass(frozen=True)
class Place:
    """A unit under the name it had in the period."""

    id: int
    code: str
    name: str
    kind: str = ""


# The name and the standing of a unit are those of the last of its versions that touches the period.
_FIND = """
SELECT u.id, u.code, COALESCE(v.name, u.name), COALESCE(v.kind, ''), v.id IS NOT NULL
FROM organisation_unit u
LEFT JOIN organisation_unitversion v ON v.unit_id = u.id AND v.voided_on IS NULL
    AND v.in_force && daterange(%(first)s, %(last)s, '[]')
WHERE u.code = %(code)s ORDER BY v.in_force DESC NULLS LAST LIMIT 1
"""
_REACHED = """
SELECT 1 FROM organisation_unitpath
WHERE descendant_id = %(unit)s AND ancestor_id = ANY(%(reach)s)
    AND valid_from <= %(last)s AND %(first)s < valid_to LIMIT 1
"""
_STOOD = """
SELECT 1 FROM organisation_unitpath
WHERE descendant_id = %(unit)s AND ancestor_id = %(unit)s AND valid_from <= %(last)s AND %(first)s < valid_to LIMIT 1
"""
_BELOW = """
SELECT DISTINCT ON (u.sort_key, u.id) u.id, u.code, COALESCE(v.name, u.name)
FROM organisation_unitpath p JOIN organisation_unit u ON u.id = p.descendant_id
LEFT JOIN organisation_unitversion v ON v.unit_id = u.id AND v.voided_on IS NULL
    AND v.in_force && daterange(%(first)s, %(last)s, '[]')
WHERE p.ancestor_id = %(unit)s AND p.depth = 1 AND p.valid_from <= %(last)s AND %(first)s < p.valid_to
ORDER BY u.sort_key, u.id, v.in_force DESC
"""

_TOPS = """
SELECT u.id, u.code, v.name FROM organisation_unitversion v JOIN organisation_unit u ON u.id = v.unit_id
WHERE v.voided_on IS NULL AND v.in_force @> %(day)s::date
    AND ((%(everywhere)s AND v.parent_id IS NULL) OR v.unit_id = ANY(%(reach)s))
ORDER BY u.sort_key, u.id LIMIT %(limit)s
"""


def place(actor: Actor, permission: str, code: str, span: Span) -> Place:
    """The unit of a code for an actor who may read its figures.

    Raises:
        NotPermitted: the actor holds the permission nowhere.
        OutOfScope: the unit lies outside her reach, or does not exist and she may not know.
        Refused: the unit does not exist, or did not stand on any day of the period.
    """
    reach = actor.require(permission)
    with connection.cursor() as cursor:
        cursor.execute(_FIND, {"code": code.strip(), "first": span.first, "last": span.last})
        found = cursor.fetchone()
        if found is None:
            if not reach.everywhere:
                raise OutOfScope(code)
            raise Refused(Violation("REPORT-UNIT", f"Không có đơn vị mang mã “{code}”.", field="don_vi"))
        unit_id, unit_code, name, kind, standing = found
        if not reach.everywhere:
            cursor.execute(
                _REACHED, {"unit": unit_id, "reach": list(reach.units), "first": span.first, "last": span.last}
            )
            if cursor.fetchone() is None:
                raise OutOfScope(code)
    if not standing:
        raise Refused(
            Violation("REPORT-UNIT-PERIOD", f"Đơn vị {name} ({unit_code}) không hoạt động trong {span}.", field="ky")
        )
    return Place(unit_id, unit_code, name, kind)


def stood(unit_id: int, span: Span) -> bool:
    """Whether the unit was in the tree on some day of a period."""
    with connection.cursor() as cursor:
        cursor.execute(_STOOD, {"unit": unit_id, "first": span.first, "last": span.last})
        return cursor.fetchone() is not None


def subordinates(unit_id: int, span: Span) -> dict[str, Place]:
    """Units directly under one on some day of the period, by id as text, in Vietnamese order of their names."""
    with connection.cursor() as cursor:
        cursor.execute(_BELOW, {"unit": unit_id, "first": span.first, "last": span.last})
        found = {str(row[0]): Place(*row) for row in cursor.fetchall()}
    return found


def starting_points(actor: Actor, permission: str, on: dt.date, limit: int = 200) -> list[Place]:
    """Units to begin with: those the actor was given, or the tops of the trees of that day."""
    reach = actor.require(permission)
    with connection.cursor() as cursor:
        cursor.execute(_TOPS, {"everywhere": reach.everywhere, "reach": list(reach.units), "day": on, "limit": limit})
        return [Place(*row) for row in cursor.fetchall()]


_FOUND = """
SELECT DISTINCT ON (u.sort_key, u.id) u.id, u.code, v.name, v.kind FROM organisation_unit u
JOIN organisation_unitversion v ON v.unit_id = u.id AND v.voided_on IS NULL
    AND v.in_force && daterange(%(first)s, %(last)s, '[]')
WHERE (u.search_text LIKE %(like)s OR u.code = %(text)s)
    AND (%(everywhere)s OR u.id IN (SELECT p.descendant_id FROM organisation_unitpath p
        WHERE p.ancestor_id = ANY(%(reach)s) AND p.valid_from <= %(last)s AND %(first)s < p.valid_to))
ORDER BY u.sort_key, u.id LIMIT %(limit)s
"""
_ABOVE = """
SELECT u.code FROM organisation_unitpath p JOIN organisation_unit u ON u.id = p.ancestor_id
WHERE p.descendant_id = %(unit)s AND p.depth = 1 AND p.valid_from <= %(last)s AND %(last)s < p.valid_to LIMIT 1
"""


def find(actor: Actor, permission: str, text: str, span: Span, limit: int = 20) -> list[Place]:
    """Units of a period whose name holds a text, with or without diacritics, or whose code it is."""
    reach = actor.require(permission)
    asked: dict[str, Any] = {
        "like": f"%{fold(text).replace('%', '').replace('_', '')}%",
        "text": text.strip(),
        "everywhere": reach.everywhere,
        "reach": list(reach.units),
        "first": span.first,
        "last": span.last,
        "limit": limit,
    }
    with connection.cursor() as cursor:
        cursor.execute(_FOUND, asked)
        return [Place(*row) for row in cursor.fetchall()]


def superior(actor: Actor, permission: str, unit_id: int, span: Span) -> Place | None:
    """The unit directly above on the last day of the period, if there is one and the actor may read its figures."""
    with connection.cursor() as cursor:
        cursor.execute(_ABOVE, {"unit": unit_id, "last": span.last})
        found = cursor.fetchone()
    try:
        return place(actor, permission, found[0], span) if found else None
    except (OutOfScope, NotPermitted, Refused):
        return None


def reached(reach: Reach) -> list[int]:
    """Ids of every unit that ever lay under the units of a reach."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT descendant_id FROM organisation_unitpath WHERE ancestor_id = ANY(%s)", [list(reach.units)]
        )
        return [row[0] for row in cursor.fetchall()]
