"""The very rows that stand in a unit, by kind: for lists that divide it, and for the work list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import Model

from canbo.facts.organisation.carriers import carrier
from canbo.facts.organisation.models import Unit, UnitVersion
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.text import fold

from ..choices import READ
from ..models import CarryPlace, Restructuring
from ..rules import UNIT
from .cases import require_case
from .counting import UNIT_LABEL, condition


@dataclass(frozen=True)
class Listed:
    """A row that stands in a unit: who or what, and where a list sends it."""

    row: int
    name: str
    code: str
    about: str
    target: str


def label_of(kind: str) -> str:
    """What rows of a kind are called."""
    return UNIT_LABEL if kind == UNIT else carrier(kind).label


def listed(actor: Actor, case: Restructuring, unit: Unit, kind: str) -> list[Listed]:
    """Rows of one kind that stand in a unit on the day of effect, in the order of names."""
    require_case(actor, READ, case)
    places = dict(CarryPlace.objects.filter(case=case, kind=kind).values_list("row", "target"))
    if kind == UNIT:
        rows = UnitVersion.objects.at(case.on).filter(parent=unit).select_related("unit")
        found = [Listed(r.unit_id, r.name, r.unit.code, r.kind, places.get(r.unit_id, "")) for r in rows]
        return sorted(found, key=lambda row: (fold(row.name), row.row))
    declared = carrier(kind)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT t.id FROM {declared.table} t WHERE t.{declared.column} = %(unit)s AND {condition(declared)}",  # noqa: S608
            {"unit": unit.pk, "on": case.on},
        )
        ids = [row[0] for row in cursor.fetchall()]
    return [
        Listed(row.pk, *_words(row), places.get(row.pk, ""))
        for row in sorted(_rows(kind, ids).values(), key=lambda row: (_order(row), row.pk))
    ]


def _rows(kind: str, ids: Iterable[int]) -> dict[int, Any]:
    """The rows themselves, with their people at hand."""
    declared = carrier(kind)
    model = next(model for model in apps.get_models() if model._meta.db_table == declared.table)
    rows = model._default_manager.filter(pk__in=list(ids))
    names = {field.name for field in model._meta.get_fields()}
    return {row.pk: row for row in (rows.select_related("person") if "person" in names else rows)}


def _words(row: Model) -> tuple[str, str, str]:
    """Name, code of the person if there is one, and what the row says."""
    person = getattr(row, "person", None)
    if person is None:
        return str(row), "", ""
    return person.name, person.code, str(row) if str(row) != person.name else ""


def _order(row: Any) -> str:
    person = getattr(row, "person", None)
    return person.sort_key if person is not None else fold(str(row))


def picked(rows: Sequence[Listed], typed: str) -> tuple[list[int], list[str]]:
    """Rows named one a line by code or full name, and the lines that name none or several."""
    by_word: dict[str, list[int]] = defaultdict(list)
    for row in rows:
        by_word[fold(row.code or row.name)].append(row.row)
        if row.code:
            by_word[fold(row.name)].append(row.row)
    found: list[int] = []
    unclear: list[str] = []
    for line in (text.strip() for text in typed.splitlines()):
        # pasted from a sheet: any cell of the line may name the row
        hits = {tuple(by_word[fold(cell)]) for cell in line.split("\t") if by_word.get(fold(cell))}
        single = {ids[0] for ids in hits if len(ids) == 1}
        if len(single) == 1:
            found += single
        elif line:
            unclear.append(line)
    return found, unclear


def for_waiting(rows: list[Any]) -> None:
    """Gives every row of a work list the words it is shown by; one query for each kind among them."""
    kinds: dict[str, list[int]] = defaultdict(list)
    for row in rows:
        kinds[row.kind].append(row.row)
    known: dict[tuple[str, int], Any] = {}
    for kind, ids in kinds.items():
        found = Unit.objects.in_bulk(ids) if kind == UNIT else _rows(kind, ids)
        known |= {(kind, pk): fact for pk, fact in found.items()}
    for row in rows:
        fact = known.get((row.kind, row.row))
        row.who = row.person.name if row.person else str(fact or "")
        row.label = label_of(row.kind) + (f": {fact}" if row.person and fact is not None else "")


def waiting_kinds(rows: Any) -> list[tuple[str, str]]:
    """The kinds on a work list, with their names."""
    kinds = rows.order_by("kind").values_list("kind", flat=True).distinct()
    return [(kind, label_of(kind)) for kind in kinds]


def ended_units(actor: Actor, case: Restructuring) -> Any:
    """Old units that a carried out case ended, in the order of names."""
    require_case(actor, READ, case)
    closed = UnitVersion.objects.standing().filter(closed_in=case.batch, in_force__endswith=case.on)
    going_on = UnitVersion.objects.at(case.on).values("unit_id")
    return Unit.objects.filter(pk__in=closed.values("unit_id")).exclude(pk__in=going_on).order_by("sort_key", "pk")
