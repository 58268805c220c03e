"""Time worked in a period, where it is not the whole of it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence

from canbo.foundation.kernel.dates import whole_months

from ..models import Cycle, Leave, Sheet
from .known import LIMIT, Known
from .terms import worked_ratio


def absences(cycle: Cycle, sheets: Sequence[Sheet], found: dict[int, Known]) -> None:
    """Time worked, told only of those who did not work the whole period."""
    persons = {sheet.person_id for sheet in sheets if sheet.person_id}
    rows = Leave.objects.filter(voided_on=None, first__lte=cycle.last, last__gte=cycle.first)
    if len(sheets) < LIMIT:
        rows = rows.filter(person__in=persons)
    leaves: dict[int, list[Leave]] = defaultdict(list)
    for row in rows.order_by("first", "id"):
        leaves[row.person_id].append(row)
    for sheet in sheets:
        first, last = sheet.worked_first or cycle.first, sheet.worked_last or cycle.last
        mine = leaves.get(sheet.person_id or 0, [])
        if first <= cycle.first and last >= cycle.last and not mine:
            continue
        days: dict[dt.date, str] = {}
        for row in mine:
            day = max(row.first, first)
            while day <= min(row.last, last):
                days.setdefault(day, row.kind)
                day += dt.timedelta(days=1)
        uncounted = sum(kind not in ("sick", "maternity") for kind in days.values())
        kinds = sorted(set(days.values()), key=lambda kind: -sum(k == kind for k in days.values()))
        found[sheet.pk].facts |= {
            "months_worked": max(0, whole_months(first, last + dt.timedelta(days=1)) - uncounted // 30),
            "worked_days_ratio": worked_ratio(cycle.span, first, last, len(days)),
            "leave_kind": kinds[0] if kinds else "",
        }
