"""The registry of acts: what an item of a decision may do, declared by the packages that own the facts.

A package lists its acts in ``ACTS`` of its own ``acts`` module; ``settings.ACTS`` lists the modules. A module may also
offer ``obstacles(decision, opened) -> list[Violation]``, asked before a decision is annulled, and
``settle(facts, on)``, called after it was, to renew what is derived from the facts that came or went. The module of the
package that owns a kind of subject says in ``SUBJECTS`` which of them an actor sees, for naming them in an item.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Any, Literal

from django.apps import apps
from django.conf import settings
from django.db import models

from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.dates import parse_date
from canbo.foundation.kernel.text import clean
from canbo.foundation.kernel.violation import OutOfScope, Violation

from .models import DatedFact, Decision, EventFact, Sourced
from .rules import Heading

SUBJECTS = {"person": "people.Person", "unit": "organisation.Unit"}


@dataclass(frozen=True)
class ActField:
    """Something an act needs to know beside its subject.

    Args:
        name: key in the item's values.
        label: how the form names it.
        kind: how it is read.
        choices: value and label, for ``choice``.
        catalogue: name of the rulebook catalogue that offers values, if any.
    """

    name: str
    label: str
    kind: Literal["text", "date", "number", "flag", "choice", "unit", "person"] = "text"
    required: bool = False
    choices: tuple[tuple[str, str], ...] = ()
    catalogue: str = ""
    help: str = ""


@dataclass(frozen=True)
class Item:
    """One item as it comes from a form or a file: the act, its subject's id, and plain values."""

    act: str
    subject_id: int
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Prepared:
    """One item read: subject and values are rows, days and numbers."""

    act: Act
    subject: Any
    values: dict[str, Any]


@dataclass(frozen=True)
class Act:
    """An act (hành vi) that an item of a decision can perform.

    Args:
        code: stable identifier, kept in the item.
        label: its official name.
        subject: what it is done to.
        fields: what else it needs.
        check: why it cannot be done; empty when it can.
        apply: does it, and returns the facts it opened or closed.
        explain: says in plain words what would open and what would close.
    """

    code: str
    label: str
    subject: Literal["person", "unit"]
    fields: tuple[ActField, ...]
    check: Callable[[Actor, Heading, Prepared], list[Violation]]
    apply: Callable[[Actor, Decision, Prepared], Iterable[Sourced]]
    explain: Callable[[Actor, Heading, Prepared], list[str]]


@cache
def modules() -> tuple[ModuleType, ...]:
    """The modules that declare acts, in the order of ``settings.ACTS``."""
    return tuple(import_module(name) for name in settings.ACTS)


@cache
def registry() -> dict[str, Act]:
    """Every act by its code."""
    found: dict[str, Act] = {}
    for module in modules():
        for act in module.ACTS:
            if act.code in found:
                raise ValueError(f"act declared twice: {act.code}")
            found[act.code] = act
    return found


@cache
def fact_models() -> tuple[type[Sourced], ...]:
    """Every kind of fact there is, so that what a decision opened and closed can be found."""
    return tuple(m for m in apps.get_models() if issubclass(m, DatedFact | EventFact))


@cache
def seen() -> dict[str, Callable[[Actor, dt.date], models.QuerySet]]:
    """By kind of subject: those an actor sees on a day."""
    return {kind: rows for module in modules() for kind, rows in getattr(module, "SUBJECTS", {}).items()}


def own_faults(actor: Actor, prepared: Prepared) -> list[Violation]:
    """Nobody records a decision about herself."""
    if prepared.act.subject != "person" or actor.person_id is None or prepared.subject.pk != actor.person_id:
        return []
    return [
        Violation(
            "DECISION-SELF",
            "Không tự ghi quyết định về chính mình.",
            field="subject",
            fix="Nhờ người khác có quyền ghi quyết định này.",
        )
    ]


def prepare(item: Item) -> tuple[Prepared | None, list[Violation]]:
    """Reads an item: its act, its subject and each value by its kind; all faults at once.

    Raises:
        OutOfScope: when the subject does not exist.
    """
    act = registry().get(item.act)
    if act is None:
        return None, [Violation("ACT-UNKNOWN", f"Không có hành vi “{item.act}”.", field="act")]
    subject = apps.get_model(SUBJECTS[act.subject]).objects.filter(pk=item.subject_id).first()
    if subject is None:
        raise OutOfScope("đối tượng của quyết định")
    values: dict[str, Any] = {}
    faults: list[Violation] = []
    for known in act.fields:
        raw = item.values.get(known.name)
        if raw is None or raw == "":
            values[known.name] = {"flag": False, "text": "", "choice": ""}.get(known.kind)
            if known.required:
                faults.append(Violation("ACT-FIELD-MISSING", f"Thiếu {known.label.lower()}.", field=known.name))
            continue
        try:
            values[known.name] = _read(known, raw)
        except ValueError as error:
            faults.append(Violation("ACT-FIELD", f"{known.label}: {error}.", field=known.name))
    for name in sorted(set(item.values) - {known.name for known in act.fields}):
        faults.append(Violation("ACT-FIELD-UNKNOWN", f"{act.label} không có mục “{name}”.", field=name))
    return Prepared(act, subject, values), faults


def _read(known: ActField, raw: Any) -> Any:
    if known.kind == "date":
        return raw if isinstance(raw, dt.date) else parse_date(raw).first
    if known.kind == "flag":
        return raw is True or str(raw).strip().lower() in {"x", "1", "true", "on", "có"}
    if known.kind == "number":
        try:
            return Decimal(str(raw).replace(",", "."))
        except InvalidOperation:
            raise ValueError(f"{raw} không phải là số") from None
    if known.kind == "choice":
        return _choose(known.choices, str(raw))
    if known.kind in SUBJECTS:
        return _row(SUBJECTS[known.kind], raw)
    return clean(str(raw))


def _choose(choices: Sequence[tuple[str, str]], raw: str) -> str:
    for value, label in choices:
        if clean(raw).lower() in {value, label.lower()}:
            return value
    raise ValueError(f"không có lựa chọn “{raw}”")


def _row(model: str, raw: Any) -> models.Model:
    if isinstance(raw, models.Model):
        return raw
    rows = apps.get_model(model).objects
    found = rows.filter(pk=raw).first() if isinstance(raw, int) else rows.filter(code=clean(str(raw))).first()
    if found is None:
        raise ValueError(f"không tìm thấy “{raw}”")
    return found


def kept(values: Mapping[str, Any]) -> dict[str, Any]:
    """An item's values as the ledger keeps them: days as ISO, rows as their id, nothing that was left empty."""
    plain: dict[str, Any] = {}
    for name, value in values.items():
        if value is None or value is False or value == "":
            continue
        if isinstance(value, models.Model):
            plain[name] = value.pk
        elif isinstance(value, dt.date):
            plain[name] = value.isoformat()
        elif isinstance(value, Decimal):
            plain[name] = str(value)
        else:
            plain[name] = value
    return plain
