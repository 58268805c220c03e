"""Which work is kept as it is because its period was closed; the work package asks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from ..choices import State
from ..models import Sheet

Pair = tuple[int, dt.date]


def closed_work(pairs: Collection[Pair]) -> set[Pair]:
    """Of (person, day that counts), those whose period was closed for her; one query."""
    persons = {person for person, _ in pairs}
    days = [day for _, day in pairs]
    if not days:
        return set()
    rows = Sheet.objects.filter(
        person__in=persons, state=State.CLOSED, cycle__base="", cycle__first__lte=max(days), cycle__last__gte=min(days)
    )
    spans: dict[int, list[tuple[dt.date, dt.date]]] = {}
    for person, first, last in rows.order_by().values_list("person_id", "cycle__first", "cycle__last"):
        if person is not None:
            spans.setdefault(person, []).append((first, last))
    return {
        (person, day) for person, day in pairs if any(first <= day <= last for first, last in spans.get(person, []))
    }
