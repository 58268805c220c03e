"""What the page of a decision says: its items in words, and the facts it opened, closed and lost."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import IntegerField, Q, Value

from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.dates import format_date
from canbo.foundation.kernel.violation import OutOfScope

from .. import acts
from ..choices import READ
from ..models import DatedFact, Decision, DecisionItem, Sourced
from . import reach as scope
from .ledger import Effect, describe


@dataclass(frozen=True)
class Effects:
    """What a decision opened, closed, and what of it was voided since."""

    opened: list[Effect]
    closed: list[Effect]
    voided: list[Effect]


@dataclass(frozen=True)
class ItemLine:
    """One item in words.

    Args:
        subject_code: code of the person or unit it is about, None when the row is gone.
        values: label and text of everything the item says, in the order of the act's fields.
    """

    position: int
    act: str
    label: str
    subject_type: str
    subject: str
    subject_code: str | None
    values: list[tuple[str, str]]


def readable(actor: Actor, pk: int, day: dt.date) -> tuple[Decision, bool]:
    """A decision the actor may read, and whether she may read all of it.

    Whoever reads it only because it touched somebody in her reach sees the items and facts about those alone.

    Raises:
        NotPermitted: she reads no decisions at all.
        OutOfScope: for this actor there is no such decision.
    """
    reach = actor.require(READ)
    row = Decision.objects.select_related("annulled_by", "opened_in").filter(pk=pk).first()
    if row is None:
        raise OutOfScope("quyết định")
    if reach.everywhere or scope.custodians(reach, day).filter(code=row.custodian).exists():
        return row, True
    if _items(actor, row, day, whole=False).exists() or any(_touched(actor, row, day, whole=False).values()):
        return row, False
    raise OutOfScope("quyết định")


def effects(actor: Actor, decision: Decision, day: dt.date | None = None, *, whole: bool = True) -> Effects:
    """What a decision opened and closed, and what of it was voided.

    Args:
        day: the day whose tree decides what is in reach; needed when not ``whole``.
        whole: False leaves out what is about nobody in the actor's reach.
    """
    actor.require(READ)
    opened, closed, voided = [], [], []
    for facts in _touched(actor, decision, day, whole=whole).values():
        for fact in facts:
            if fact.voided_on is not None:
                if fact.opened_by_id == decision.pk:
                    voided.append(describe(fact))
                continue
            if fact.opened_by_id == decision.pk:
                opened.append(describe(fact))
            if isinstance(fact, DatedFact) and fact.closed_by_id == decision.pk:
                closed.append(describe(fact))
    return Effects(opened, closed, voided)


def _touched(
    actor: Actor, decision: Decision, day: dt.date | None, *, whole: bool
) -> dict[type[Sourced], Sequence[Sourced]]:
    """Every fact a decision opened or closed. One query tells which kinds there are, then one for each of those."""
    models = acts.fact_models()
    parts = [
        model._default_manager.filter(_by(model, decision)).order_by().values_list(Value(n, IntegerField()))[:1]
        for n, model in enumerate(models)
    ]
    found = {n for (n,) in parts[0].union(*parts[1:], all=True)}
    facts: dict[type[Sourced], Sequence[Sourced]] = {}
    for n in sorted(found):
        model = models[n]
        rows = model._default_manager.filter(_by(model, decision)).order_by("pk")
        if not whole and day is not None:
            rows = rows.filter(scope.inside(model, actor.reach(READ), day))
        facts[model] = list(rows.select_related(*scope.about(model)) if scope.about(model) else rows)
    return facts


def _by(model: type[Sourced], decision: Decision) -> Q:
    by = Q(opened_by=decision)
    return by | Q(closed_by=decision) if issubclass(model, DatedFact) else by


def _items(actor: Actor, decision: Decision, day: dt.date, *, whole: bool) -> Any:
    rows = DecisionItem.objects.filter(decision=decision).order_by("position")
    if whole:
        return rows
    reach = actor.reach(READ)
    return rows.filter(
        Q(subject_type="person", subject_id__in=scope.people(reach, day))
        | Q(subject_type="unit", subject_id__in=scope.units(reach, day))
    )


def item_lines(actor: Actor, decision: Decision, day: dt.date, *, whole: bool = True) -> list[ItemLine]:
    """The items of a decision in words, in at most three queries."""
    items = list(_items(actor, decision, day, whole=whole))
    known = {item.pk: acts.registry().get(item.act) for item in items}
    wanted: dict[str, set[int]] = {"person": set(), "unit": set()}
    for item in items:
        wanted.setdefault(item.subject_type, set()).add(item.subject_id)
        act = known[item.pk]
        for column in act.fields if act else ():
            if column.kind in wanted and isinstance(item.values.get(column.name), int):
                wanted[column.kind].add(item.values[column.name])
    rows = {kind: _rows(kind, ids) for kind, ids in wanted.items() if kind in acts.SUBJECTS}
    lines = []
    for item in items:
        act = known[item.pk]
        subject = rows.get(item.subject_type, {}).get(item.subject_id)
        lines.append(
            ItemLine(
                item.position,
                item.act,
                act.label if act else item.act,
                item.subject_type,
                item.subject_name,
                subject.code if subject else None,
                _values(act.fields if act else (), item.values, rows),
            )
        )
    return lines


def _rows(kind: str, ids: Iterable[int]) -> dict[int, Any]:
    return apps.get_model(acts.SUBJECTS[kind]).objects.in_bulk(list(ids)) if ids else {}


def _values(
    fields: Iterable[acts.ActField], values: dict[str, Any], rows: dict[str, dict[int, Any]]
) -> list[tuple[str, str]]:
    told = []
    for column in fields:
        raw: Any = values.get(column.name)
        if raw in (None, "", False):
            continue
        if column.kind == "flag":
            told.append((column.label, "có"))
        elif column.kind == "date":
            told.append((column.label, format_date(dt.date.fromisoformat(raw))))
        elif column.kind in rows:
            told.append((column.label, str(rows[column.kind].get(raw, raw))))
        else:
            told.append((column.label, dict(column.choices).get(raw, str(raw))))
    return told


def annulled_with(decision: Decision) -> list[Decision]:
    """Decisions that this one annulled."""
    return list(Decision.objects.filter(annulled_by=decision))
