"""Figures assigned in advance (chỉ tiêu giao), for a unit, its subordinates and its groups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection

from canbo.foundation.kernel.period import Span

from .compute import Cells
from .indicators.groupings import GROUPINGS
from .scope import Place

_PLANS = """
SELECT indicator, unit_id::text, breakdown, value FROM organisation_target
WHERE voided_on IS NULL AND upper_inf(in_force) AND period = %(period)s
  AND indicator = ANY(%(codes)s) AND unit_id = ANY(%(units)s)
"""


def plans_of(
    codes: Sequence[str], place: Place, span: Span, by: tuple[str, ...], units: Mapping[str, Place]
) -> dict[str, Cells]:
    """Plans in force by indicator: of the whole under None, of a group under its key.

    A subordinate's plan is her own; the plan of any other group is written at the unit, named by its key or label.
    """
    wanted: dict[str, Any] = {
        "period": span.code,
        "codes": list(codes),
        "units": [place.id, *(int(key) for key in units)],
    }
    plans: dict[str, Cells] = {}
    with connection.cursor() as cursor:
        cursor.execute(_PLANS, wanted)
        for code, unit, breakdown, value in cursor.fetchall():
            cells = plans.setdefault(code, {})
            if unit == str(place.id) and not breakdown:
                cells[None] = value
            elif by == ("unit",) and not breakdown:
                cells[(unit,)] = value
            elif len(by) == 1 and by != ("unit",) and breakdown:
                cells[(_key(by[0], breakdown),)] = value
    return plans


def _key(name: str, breakdown: str) -> str:
    """The key of a group that a plan names by its label."""
    grouping = GROUPINGS[name]
    return next((key for key in grouping.fixed if grouping.label(key) == breakdown), breakdown)
