"""How a unit hands on what it was given: its totals, what each unit below has, and the draft that would change it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from canbo.facts.staffing.queries import Holding, holdings
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.period import Span
from canbo.foundation.kernel.text import text_key

from .. import scope
from ..compute import Calculation
from ..scope import Place

MOST_ROWS = 500
# A unit below with a total of its own is given that total; the others are given quotas of their own.
_OWN = """
SELECT u.code, q.staff_group, q.assigned, 'own' FROM staffing_staffquota q
JOIN organisation_unit u ON u.id = q.unit_id
WHERE q.unit_id = ANY(%(units)s) AND q.voided_on IS NULL AND NOT q.baseline AND q.in_force @> %(day)s::date
UNION ALL
SELECT u.code, t.staff_group, t.assigned, 'total' FROM staffing_quotatotal t
JOIN organisation_unit u ON u.id = t.unit_id
WHERE t.unit_id = ANY(%(units)s) AND t.voided_on IS NULL AND t.in_force @> %(day)s::date
"""


@dataclass
class Allocation:
    """One unit's handing on: ``numbers`` by unit and group include everything below; ``own`` are rows written there."""

    place: Place
    day: dt.date
    groups: list[str]
    holdings: dict[str, Holding]
    units: list[Place]
    numbers: Mapping[tuple[str, str], int]
    own: dict[tuple[str, str, str], int] = field(default_factory=dict)

    @property
    def table(self) -> list[tuple[Place, list[int]]]:
        return [(one, [self.numbers.get((str(one.id), group), 0) for group in self.groups]) for one in self.units]

    @property
    def heads(self) -> list[tuple[str, Holding | None]]:
        return [(group, self.holdings.get(group)) for group in self.groups]

    @property
    def sums(self) -> list[int]:
        return [sum(number for (_, of), number in self.numbers.items() if of == group) for group in self.groups]

    @property
    def over(self) -> list[Holding]:
        """Groups of which more was handed on than was given."""
        return [one for one in self.holdings.values() if one.remaining < 0]

    def draft(self) -> dict[str, Any]:
        """The content of a decision that assigns to each unit what it has now, ready to be changed."""
        blocks: dict[str, list[dict[str, str]]] = {"giao_bien_che": [], "giao_tong_bien_che": []}
        for one in self.units[:MOST_ROWS]:
            for group in self.groups or [""]:
                total = None if one is self.place else self.own.get((one.code, group, "total"))
                act = "giao_bien_che" if total is None else "giao_tong_bien_che"
                number = total if total is not None else self.own.get((one.code, group, "own"))
                if number is None and (one is self.place or len(self.groups) > 1):
                    continue
                row = {"subject": one.code, "staff_group": group, "assigned": "" if number is None else str(number)}
                blocks[act].append({name: text for name, text in row.items() if text})
        return {
            "doc_type": "Quyết định",
            "abstract": f"giao biên chế cho các đơn vị thuộc {self.place.name}",
            "blocks": [
                {"act": act, "rows": rows[:MOST_ROWS]} for act, rows in blocks.items() if rows or act == "giao_bien_che"
            ],
        }


def allocation(actor: Actor, place: Place, day: dt.date) -> Allocation:
    """What a place already allowed was given and has handed on, on a day."""
    span = Span(day, day)
    calculation = Calculation(place.id, ("unit", "staff_group"))
    calculation.load([("BM01", span)])
    cells = {k: int(n) for k, n in calculation.cells("BM01", span, {}).items() if k is not None and n}
    held = {one.staff_group: one for one in holdings(actor, [place.id], day)}
    groups = sorted({key[1] for key in cells} | set(held), key=text_key)
    below = [place, *scope.subordinates(place.id, span).values()]
    made = Allocation(place, day, groups, held, below, {(key[0], key[1]): n for key, n in cells.items()})
    with connection.cursor() as cursor:
        cursor.execute(_OWN, {"units": [one.id for one in below], "day": day})
        made.own = {(code, group, kind): number for code, group, number, kind in cursor.fetchall()}
    return made
