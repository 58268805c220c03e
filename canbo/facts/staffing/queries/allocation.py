"""How totals are handed on: what a unit was given, what it gave to those below, what remains."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection

from canbo.facts.organisation.models import Unit
from canbo.foundation.kernel.actor import Actor

from ..choices import READ
from ..models import QuotaTotal, StaffQuota
from .quota_sql import assigned_sql, present_sql


@dataclass(frozen=True)
class Holding:
    """A total that a unit holds for a group: given, handed on, and what remains (negative: more than was given)."""

    unit_id: int
    unit: str
    staff_group: str
    total: int
    remaining: int

    @property
    def allocated(self) -> int:
        return self.total - self.remaining


# Totals of units the reader may see: her own and those above her would tell of others, so only within her reach.
_HOLDINGS = """
SELECT e.unit_id, COALESCE(v.name, u.name), e.staff_group, t.assigned, e.assigned
FROM ({rows}) e JOIN staffing_quotatotal t ON t.id = -e.row_id
JOIN organisation_unit u ON u.id = e.unit_id
LEFT JOIN organisation_unitversion v ON v.unit_id = u.id AND v.voided_on IS NULL AND v.in_force @> %(day)s::date
WHERE e.unallocated AND {where} ORDER BY u.sort_key, u.id, e.staff_group
"""
_ABOVE = """e.staff_group = ANY(%(groups)s) AND e.assigned < 0 AND e.unit_id IN (
    SELECT ancestor_id FROM organisation_unitpath WHERE descendant_id = ANY(%(units)s)
        AND valid_from <= %(day)s AND %(day)s < valid_to)"""


def holdings(actor: Actor, units: Iterable[int], day: dt.date) -> list[Holding]:
    """Totals that some units hold on a day; the caller has narrowed the units to the actor's reach."""
    actor.require(READ)
    return _select("e.unit_id = ANY(%(units)s)", {"units": sorted(units), "day": day})


def over_allocated(units: Iterable[int], groups: Iterable[str], day: dt.date) -> list[Holding]:
    """Totals above some units, of some groups, of which more was handed on than was given; asks no permission."""
    return _select(_ABOVE, {"units": sorted(units), "groups": sorted(groups), "day": day})


def _select(where: str, values: dict[str, Any]) -> list[Holding]:
    with connection.cursor() as cursor:
        cursor.execute(_HOLDINGS.format(rows=assigned_sql(), where=where), values)
        return [
            Holding(unit_id, unit, group, total, int(left)) for unit_id, unit, group, total, left in cursor.fetchall()
        ]


# People of a division (phòng) are held against the quota of its agency.
_HELD = "AND a.unit_id IN (SELECT unnest(%(units)s::bigint[]) UNION SELECT r.unit_id FROM organisation_unitversion r"
_HELD += " WHERE r.parent_id = ANY(%(units)s) AND r.voided_on IS NULL AND r.in_force @> %(day)s::date)"
_PRESENT = f"""
SELECT h.home_id, h.staff_group, count(DISTINCT h.person_id) FROM ({present_sql(where=_HELD)}) h
WHERE h.staff AND h.home_id = ANY(%(units)s) GROUP BY h.home_id, h.staff_group
"""  # noqa: S608 - put together from fixed words


def present_in(actor: Actor, units: Iterable[int], day: dt.date) -> dict[int, dict[str, int]]:
    """Those present in units themselves, by group; an empty group is not known. The caller has narrowed the units."""
    actor.require(READ)
    found: dict[int, dict[str, int]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_PRESENT, {"units": sorted(set(units)), "day": day})
        for unit_id, group, number in cursor.fetchall():
            found.setdefault(unit_id, {})[group] = number
    return found


def standing_quota(unit: Unit, staff_group: str, day: dt.date) -> StaffQuota | None:
    """The quota of a unit and group in force on a day."""
    return StaffQuota.objects.at(day).filter(unit=unit, staff_group=staff_group, baseline=False).first()


def standing_total(unit: Unit, staff_group: str, day: dt.date) -> QuotaTotal | None:
    """The total that a unit holds for a group on a day."""
    return QuotaTotal.objects.at(day).filter(unit=unit, staff_group=staff_group).first()
