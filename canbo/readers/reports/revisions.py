"""What has changed since a report was issued: its figures, and who came into them or dropped out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db import connection

from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.numbers import Number
from canbo.foundation.kernel.period import Span

from . import behind, drafting, scope
from .assembly import Assembly
from .choices import READ
from .document import Document, Fig, from_json
from .indicators import CATALOGUE
from .indicators.groupings import GROUPINGS
from .models import Issue
from .scope import Place

KEPT = 5000
"""Largest figure whose people are kept with an issue; of larger ones only the number can be compared."""

_NAMES = """
SELECT id, code, name FROM people_person WHERE id = ANY(%(people)s)
UNION ALL SELECT -id, code, name FROM organisation_unit WHERE id = ANY(%(units)s)
"""
_ASPECTS = {
    "value": "",
    "plan": ", chỉ tiêu giao",
    "plan_ratio": ", tỷ lệ đạt kế hoạch",
    "previous": ", cùng kỳ năm trước",
    "change": ", tăng giảm so với cùng kỳ",
    "share": ", tỷ trọng",
    "reached": ", số đơn vị đạt chỉ tiêu",
}


@dataclass(frozen=True)
class Difference:
    """A figure of an issued report that would be another one today.

    ``appeared`` and ``gone`` name the people or units that make the difference, code and name; both are empty when
    the figure was too large for them to be kept.
    """

    id: str
    title: str
    old: Number | None
    new: Number | None
    unit: str = ""
    appeared: tuple[tuple[str, str], ...] = ()
    gone: tuple[tuple[str, str], ...] = ()

    @property
    def change(self) -> Decimal | None:
        if self.old is None or self.new is None:
            return None
        return Decimal(str(self.new)) - Decimal(str(self.old))


def subjects(place: Place, document: Document, span: Span) -> dict[str, list[int]]:
    """Who stands behind the figures of a report, by code: ids of people, negative for units.

    Large figures and those that tell a person's religion are left out.
    """
    kept = {}
    for figure in document.figures().values():
        one = CATALOGUE[figure.code]
        small = figure.number is not None and 0 <= Decimal(str(figure.number)) <= KEPT
        if figure.aspect == "value" and not figure.group and small and not one.derived and not one.sensitive:
            kept[one.code] = behind.subjects(one.code, place.id, span)
    return kept


def differences(actor: Actor, frozen: Issue) -> list[Difference]:
    """Figures of an issued report that the records of today give differently; the issue itself stays."""
    span = Span.parse(frozen.period)
    place = scope.place(actor, READ, frozen.unit.code, span)
    old = from_json(frozen.content).figures()
    new = Assembly(drafting.shape(frozen.kind), place, span, {}).document().figures()
    changed = [(key, figure, now) for key, figure in old.items() if _differs(figure, now := _now(figure, key, new))]
    moved = {}
    for key, figure, _ in changed:
        if key == figure.code and figure.code in frozen.subjects:
            before, after = Counter(frozen.subjects[key]), Counter(behind.subjects(key, place.id, span))
            moved[key] = (list((after - before).elements()), list((before - after).elements()))
    names = _names(one for pair in moved.values() for side in pair for one in side)
    labels = {place.code: place.name} | {
        below.code: below.name for below in scope.subordinates(place.id, span).values()
    }
    found = []
    for key, figure, now in changed:
        appeared, gone = (tuple(names[one] for one in side) for side in moved.get(key, ((), ())))
        unit = CATALOGUE[figure.code].unit if figure.aspect != "plan_ratio" else "%"
        found.append(Difference(key, _title(figure, labels), figure.number, now, unit, appeared, gone))
    return found


def _now(figure: Fig, key: str, new: dict[str, Fig]) -> Number | None:
    if key in new:
        return new[key].number
    # A group that no longer has rows counts nothing; a paragraph that shows only what there is left it out.
    return 0 if figure.group or figure.aspect == "value" else None


def _differs(figure: Fig, now: Number | None) -> bool:
    return now is None or figure.number is None or Decimal(str(now)) != Decimal(str(figure.number))


def _names(ids: Iterable[int]) -> dict[int, tuple[str, str]]:
    wanted = set(ids)
    if not wanted:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_NAMES, {"people": [i for i in wanted if i > 0], "units": [-i for i in wanted if i < 0]})
        return {row[0]: (row[1], row[2]) for row in cursor.fetchall()}


def _title(figure: Fig, units: dict[str, str]) -> str:
    name, _, key = figure.group.partition("=")
    part = ""
    if name:
        part = f" ({units.get(key, key) if name == 'unit' else GROUPINGS[name].label(key)})"
    return f"{CATALOGUE[figure.code].title}{part}{_ASPECTS[figure.aspect]}"
