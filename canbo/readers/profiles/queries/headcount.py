"""How many members and staff units have on a day, each with everything under it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection

from canbo.facts.staffing.queries import present_in
from canbo.foundation.kernel.actor import Actor

from .rows import Prepare

# Members are counted per cell first and only then summed up the tree, so that a province costs one pass.
_MEMBERS = """
SELECT p.ancestor_id, sum(c.n)::bigint
FROM organisation_unitpath p
JOIN (
  SELECT m.unit_id, count(*) AS n FROM party_membership m
  WHERE m.voided_on IS NULL AND m.in_force @> %(day)s::date AND m.unit_id IN (
    SELECT descendant_id FROM organisation_unitpath
    WHERE ancestor_id = ANY(%(units)s) AND valid_from <= %(day)s AND valid_to > %(day)s)
  GROUP BY m.unit_id) c ON c.unit_id = p.descendant_id
WHERE p.ancestor_id = ANY(%(units)s) AND p.valid_from <= %(day)s AND p.valid_to > %(day)s
GROUP BY p.ancestor_id
"""
_STAFF = """
SELECT p.ancestor_id, count(DISTINCT a.person_id)
FROM organisation_unitpath p JOIN staffing_assignment a ON a.unit_id = p.descendant_id
WHERE p.ancestor_id = ANY(%(units)s) AND p.valid_from <= %(day)s AND p.valid_to > %(day)s
  AND a.voided_on IS NULL AND a.in_force @> %(day)s::date AND NOT a.concurrent
GROUP BY p.ancestor_id
"""


@dataclass(frozen=True)
class Head:
    """Members (đảng viên) and staff (giữ chức vụ không kiêm nhiệm) of a unit and everything under it."""

    members: int = 0
    staff: int = 0


def headcounts(unit_ids: Iterable[int], day: dt.date) -> dict[int, Head]:
    """Heads of units the reader sees, on the tree of a day, in two queries."""
    units = sorted(set(unit_ids))
    values: dict[str, Any] = {"units": units, "day": day}
    with connection.cursor() as cursor:
        cursor.execute(_MEMBERS, values)
        members = dict(cursor.fetchall())
        cursor.execute(_STAFF, values)
        staff = dict(cursor.fetchall())
    return {pk: Head(int(members.get(pk, 0)), int(staff.get(pk, 0))) for pk in units}


def for_units(day: dt.date) -> Prepare:
    """Gives every unit of a list its heads."""

    def prepare(rows: list[Any]) -> None:
        heads = headcounts([row.unit_id for row in rows], day)
        for row in rows:
            row.head = heads[row.unit_id]

    return prepare


def for_quotas(actor: Actor, day: dt.date) -> Prepare:
    """Gives every quota those of its group present in its unit itself, the difference, and those of no known group."""

    def prepare(rows: list[Any]) -> None:
        present = present_in(actor, [row.unit_id for row in rows], day)
        for row in rows:
            here = present.get(row.unit_id, {})
            row.present, row.unknown = here.get(row.staff_group, 0), here.get("", 0)
            row.difference = row.assigned - row.present

    return prepare
