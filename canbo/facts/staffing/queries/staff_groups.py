"""The groups of staff (nhóm biên chế): their official names, which are in the total, which name a unit already uses."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from canbo.facts.organisation.models import Unit, UnitPath
from canbo.foundation import rulebooks
from canbo.foundation.kernel.text import clean

from ..models import QuotaTotal, StaffQuota

CATALOGUE = "staffing.quota.groups"


@dataclass(frozen=True)
class StaffGroup:
    """A group of the catalogue; ``names`` are all the ways it is written, in lower case."""

    key: str
    label: str
    in_total: bool
    names: frozenset[str]
    cut_rule: str


def groups(day: dt.date) -> list[StaffGroup]:
    """The groups of a day, in the order of the catalogue."""
    return [
        StaffGroup(
            row.key,
            row.label,
            bool(row["in_total"]),
            frozenset({row.label.lower(), *(alias.lower() for alias in row.aliases)}),
            str(row.get("cut", "")),
        )
        for row in rulebooks.current().catalogue(CATALOGUE, on=day)
    ]


def outside_total(day: dt.date) -> list[str]:
    """In lower case, every name of the groups that are not part of the total of quotas."""
    return sorted(name for group in groups(day) if not group.in_total for name in group.names)


def names_of(key: str, day: dt.date) -> list[str]:
    """In lower case, every name of one group."""
    return sorted(name for group in groups(day) if group.key == key for name in group.names)


def group_in_use(unit: Unit, name: str, day: dt.date) -> str:
    """How records of the unit, or of those above it, already call a group; else its official name.

    Two names for one group would make two groups of it in every table.
    """
    wanted = next((group for group in groups(day) if clean(name).lower() in group.names), None)
    if wanted is None:
        return clean(name)
    above = UnitPath.objects.filter(descendant=unit, valid_from__lte=day, valid_to__gt=day).order_by("depth")
    depth = dict(above.values_list("ancestor_id", "depth"))
    used = [
        (depth[unit_id], text)
        for model in (StaffQuota, QuotaTotal)
        for unit_id, text in model.objects.standing().filter(unit_id__in=depth).values_list("unit_id", "staff_group")
        if text.lower() in wanted.names
    ]
    return min(used)[1] if used else wanted.label
