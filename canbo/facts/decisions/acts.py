"""The registry of acts: what an item of a decision may do, declared by the packages that own the facts.

A package lists its acts in ``ACTS`` of its own ``acts`` module; ``settings.ACTS`` lists the modules. A module may also
offer ``objections(heading, item) -> list[Violation]``, what its own records say against the acts of another package;
``afterthoughts(decision) -> list[Violation]``, what stands against a decision as a whole once its items are applied;
``obstacles(decision, opened) -> list[Violation]``, asked before a decision is annulled; and ``settle(facts, on)``,
called after it was, to renew what is derived from the facts that came or went.
The module of the package that owns a kind of subject says in ``SUBJECTS`` which of them an actor sees, for naming them
in an item.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import cache, partial
from importlib import import_module
from types import ModuleType
from typing import Any, Literal

from django.apps import apps
from django.conf import settings
from django.db import models

from canbo.foundation import rulebooks
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.condition import Condition, unmet
from canbo.foundation.kernel.dates import format_date, parse_date
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
        catalogue: paths of the rulebooks' catalogues that offer the values; what they offer, depends on the day.
        column: the column of the catalogue that is kept; without it, the label.
        lower: whether the label is kept in lower case, as kinds are written inside a sentence.
    """

    name: str
    label: str
    kind: Literal["text", "date", "number", "flag", "choice", "unit", "person"] = "text"
    required: bool = False
    choices: tuple[tuple[str, str], ...] = ()
    catalogue: tuple[str, ...] = ()
    column: str = ""
    lower: bool = False
    help: str = ""

    def options(self, on: dt.date, unit: rulebooks.UnitCodes = None) -> list[tuple[str, str]]:
        """What may be chosen on a day, as value and label; empty for a field that is typed freely.

        Raises:
            NoRuleInForce: the catalogue holds nothing on that day.
        """
        if not self.catalogue:
            return list(self.choices)
        found = {self.kept(row): row.label for row in self._rows(on, unit)}
        return list(found.items())

    def kept(self, row: rulebooks.Row) -> str:
        """What is kept of a row of the catalogue."""
        if self.column:
            return str(row[self.column])
        return row.label.lower() if self.lower else row.label

    def chosen(self, raw: str, on: dt.date, unit: rulebooks.UnitCodes = None) -> str:
        """The value meant by a word of the catalogue: its label, another name, or the value itself.

        Raises:
            ValueError: no catalogue offers it on that day; says what does.
        """
        options, written = self.options(on, unit), clean(raw).lower()
        for value, label in options:  # a name of its own comes before another name of an earlier row
            if written in {value.lower(), label.lower()}:
                return value
        for path in self.catalogue:
            row = rulebooks.current().catalogue(path, on=on, unit=unit).find(raw)
            if row is not None:
                return self.kept(row)
        shown = ", ".join(label for _, label in options)
        raise ValueError(f"danh mục ngày {format_date(on)} không có “{raw}”; chọn một trong: {shown}")

    def _rows(self, on: dt.date, unit: rulebooks.UnitCodes) -> list[rulebooks.Row]:
        rules = rulebooks.current()
        return [row for path in self.catalogue for row in rules.catalogue(path, on=on, unit=unit)]


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
        named: rows of rulebooks' catalogues, as path and name, that the act writes; they must be in force.
    """

    code: str
    label: str
    subject: Literal["person", "unit"]
    fields: tuple[ActField, ...]
    check: Callable[[Actor, Heading, Prepared], list[Violation]]
    apply: Callable[[Actor, Decision, Prepared], Iterable[Sourced]]
    explain: Callable[[Actor, Heading, Prepared], list[str]]
    named: tuple[tuple[str, str], ...] = ()


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


def prepare(item: Item, on: dt.date | None = None) -> tuple[Prepared | None, list[Violation]]:
    """Reads an item: its act, its subject and each value by its kind; all faults at once.

    Args:
        on: the day on which catalogues are read; None leaves their words as they are.

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
            if known.catalogue and on is not None:
                raw = known.chosen(str(raw), on)
            values[known.name] = _read(known, raw)
        except ValueError as error:
            faults.append(Violation("ACT-FIELD", f"{known.label}: {error}.", field=known.name))
        except rulebooks.NoRuleInForce as gap:
            faults.append(no_rule(gap, known.name))
    for name in sorted(set(item.values) - {known.name for known in act.fields}):
        faults.append(Violation("ACT-FIELD-UNKNOWN", f"{act.label} không có mục “{name}”.", field=name))
    return Prepared(act, subject, values), faults


def objections(actor: Actor, heading: Heading, item: Prepared) -> list[Violation]:
    """Everything that stands against an item, from every package; remarks among them do not block.

    The rules are those of the day the thing happens. Where none is in force, the item is refused and says so.
    """
    found = _own(actor, item)
    asked: list[Callable[[Heading, Prepared], list[Violation]]] = [_names, partial(item.act.check, actor)]
    asked += [module.objections for module in modules() if hasattr(module, "objections")]
    for ask in asked:
        try:
            found += ask(heading, item)
        except rulebooks.NoRuleInForce as gap:
            found.append(no_rule(gap))
    return found


def afterthoughts(decision: Decision) -> list[Violation]:
    """What stands against a decision as a whole, where its items are sound one by one; asked after they were applied."""
    found: list[Violation] = []
    for module in modules():
        if ask := getattr(module, "afterthoughts", None):
            found += ask(decision)
    return found


def _own(actor: Actor, item: Prepared) -> list[Violation]:
    """Nobody decides upon herself."""
    if item.act.subject != "person" or actor.person_id is None or item.subject.pk != actor.person_id:
        return []
    return [
        Violation(
            "DECISION-SELF",
            "Không tự ghi quyết định về chính mình.",
            field="subject",
            fix="Nhờ người khác có thẩm quyền ghi quyết định này.",
        )
    ]


def _names(heading: Heading, item: Prepared) -> list[Violation]:
    """What an act calls itself is a row of a catalogue, in force on the day."""
    day, rules = heading.in_effect_on, rulebooks.current()
    return [
        Violation("ACT-NAME", f"Danh mục ngày {format_date(day)} không có hành vi “{name}”.", field="act")
        for path, name in item.act.named
        if rules.catalogue(path, on=day).find(name) is None
    ]


def official_name(path: str, name: str, on: dt.date) -> str:
    """How a catalogue calls an act on a day, in lower case; another name is turned into the official one."""
    row = rulebooks.current().catalogue(path, on=on).find(name)
    return row.label.lower() if row is not None else name


def judged(ask: Callable[[], Iterable[Condition]]) -> list[Violation]:
    """The conditions that are not met; where no rule is in force to judge by, that is the reason against."""
    try:
        return unmet(ask())
    except rulebooks.NoRuleInForce as gap:
        return [no_rule(gap)]


def no_rule(gap: rulebooks.NoRuleInForce, field: str | None = None) -> Violation:
    """No rule answers for that day: the act is refused, never judged by a default."""
    return Violation(
        "RULE-NOT-IN-FORCE",
        str(gap),
        field=field,
        fix="Bổ sung quy định của thời gian đó vào bộ quy tắc; hồ sơ cũ thì nạp từ tệp số liệu lịch sử.",
    )


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
