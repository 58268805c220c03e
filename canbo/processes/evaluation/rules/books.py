"""One evaluation rulebook as it stands on a day for a unit: the frame, its layers and what a lawyer would change.

A book is chosen by the **first day of the period evaluated**. Old periods keep old books; no book on a day is an error.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Any

from canbo.foundation import rulebooks
from canbo.foundation.kernel.dates import format_date
from canbo.foundation.rulebooks import NoRuleInForce, Row, Rulebooks, Ruling

from .parts import Condition, Criterion, Grade, Group
from .shapes import Reason

SUBJECT = "evaluation."
FACTS = "evaluation.facts.facts"
_FRAME = "track"  # the value every book has; a book is in force when it is


@dataclass(frozen=True)
class Book:
    """One rulebook on one day for one unit.

    Args:
        code: name of the rulebook, such as ``nd335-2025-civil-servant``.
        title: what it governs.
        on: the day it was asked for.
        unit_codes: the unit concerned and those above it, nearest first.
        rules: the loaded rules it reads from; ``rules.version`` is kept with a result.
    """

    code: str
    title: str
    on: dt.date
    unit_codes: tuple[str, ...]
    rules: Rulebooks

    def ruling(self, name: str) -> Ruling:
        """A value of the book with its article, else of the book it builds on.

        Raises:
            NoRuleInForce: neither says anything on the day.
        """
        found = self._ruling(name)
        if found is None:
            raise NoRuleInForce(f"“{self.title}” không quy định “{name}” ngày {self.on:%d/%m/%Y}.")
        return found

    def _ruling(self, name: str) -> Ruling | None:
        if name not in self._rulings:
            self._rulings[name] = None
            for code in (self.code, *self.based_on):
                with suppress(NoRuleInForce):
                    self._rulings[name] = self.rules.value(f"{SUBJECT}{code}.{name}", on=self.on, unit=self.unit_codes)
                    break
        return self._rulings[name]

    @cached_property
    def _rulings(self) -> dict[str, Ruling | None]:
        return {}

    def value(self, name: str, default: Any = None) -> Any:
        """A value of the book; ``default`` where the book has no such notion (not: where it is not known)."""
        found = self._ruling(name)
        return default if found is None else found.value

    def rows(self, name: str) -> tuple[Row, ...]:
        """The rows of a catalogue of the book, else of the book it builds on; empty when neither has one."""
        if name not in self._catalogues:
            self._catalogues[name] = ()
            for code in (self.code, *self.based_on):
                with suppress(NoRuleInForce):
                    path = f"{SUBJECT}{code}.{name}"
                    self._catalogues[name] = self.rules.catalogue(path, on=self.on, unit=self.unit_codes).rows
                    break
        return self._catalogues[name]

    @cached_property
    def _catalogues(self) -> dict[str, tuple[Row, ...]]:
        return {}

    def steps(self, name: str) -> tuple[Any, ...]:
        """Ordered steps of the procedure, mappings with ``key`` and ``label``."""
        try:
            return tuple(self.rules.steps(f"{SUBJECT}{self.code}.{name}", on=self.on, unit=self.unit_codes).value)
        except NoRuleInForce:
            return ()

    @cached_property
    def based_on(self) -> tuple[str, ...]:
        """Books whose formulas and settings this one takes over."""
        found = self.rules.value_or_none(f"{SUBJECT}{self.code}.based_on", on=self.on, unit=self.unit_codes)
        return tuple(found.value) if found else ()

    @cached_property
    def frame(self) -> Ruling:
        """The ruling that says the book holds, with its text and layer."""
        return self.rules.value(f"{SUBJECT}{self.code}.{_FRAME}", on=self.on, unit=self.unit_codes)

    @property
    def source(self) -> str:
        return str(self.frame.source)

    @property
    def version(self) -> str:
        """Fingerprint of the rules in use, to be kept with what is concluded under them."""
        return self.rules.version

    @property
    def track(self) -> str:
        """``state``, ``party_year``, ``party_quarter``, ``local_month`` or ``history``."""
        return str(self.frame.value)

    @cached_property
    def periods(self) -> tuple[str, ...]:
        return tuple(self.value("periods", ()))

    @cached_property
    def groups(self) -> dict[str, Group]:
        """Subject groups by key."""
        return {row.key: Group.of(row) for row in self.rows("groups")}

    def group(self, name: str) -> Group:
        """The group of a key or of another name of it.

        Raises:
            KeyError: with a Vietnamese message.
        """
        found = self._group_names.get(name)
        if found is None:
            known = ", ".join(f"{group.key} ({group.title})" for group in self.groups.values())
            raise KeyError(f"Không có nhóm đối tượng “{name}”. Các nhóm: {known}")
        return found

    @cached_property
    def _group_names(self) -> dict[str, Group]:
        return {name: group for group in self.groups.values() for name in (group.key, *group.aliases)}

    def criteria(self, group: str) -> tuple[Criterion, ...]:
        """The tree of a group in the order of the form; ``scored`` tells which ones receive points."""
        return self._criteria(self.group(group).criteria)

    def _criteria(self, name: str) -> tuple[Criterion, ...]:
        if name not in self._trees:
            self._trees[name] = Criterion.tree(self.rows(name)) if name else ()
        return self._trees[name]

    @cached_property
    def _trees(self) -> dict[str, tuple[Criterion, ...]]:
        return {}

    def scored(self, group: str, part: str = "") -> tuple[Criterion, ...]:
        """The criteria that receive points, of one part (``common``, ``result``, ``bonus``) or of all."""
        key = (self.group(group).key, part)
        if key not in self._leaves:
            found = (criterion for criterion in self.criteria(group) if criterion.scored)
            self._leaves[key] = tuple(c for c in found if not part or c.part == part)
        return self._leaves[key]

    @cached_property
    def _leaves(self) -> dict[tuple[str, str], tuple[Criterion, ...]]:
        return {}

    @cached_property
    def grades(self) -> tuple[Grade, ...]:
        """Best first; the last is the one knock-outs lead to."""
        return tuple(Grade.of(row, place) for place, row in enumerate(self.rows("grades")))

    def grade(self, key: str) -> Grade:
        """The grade of a key.

        Raises:
            KeyError: with a Vietnamese message.
        """
        for grade in self.grades:
            if grade.key == key:
                return grade
        raise KeyError(f"Không có mức “{key}”. Các mức: {', '.join(g.key for g in self.grades)}")

    def conditions(self, group: str) -> tuple[Condition, ...]:
        """Conditions beside points, of every grade, for a group."""
        return self._for_group("conditions", group)

    def knockouts(self, group: str) -> tuple[Condition, ...]:
        """What leads to the lowest grade whatever the points."""
        return self._for_group("knockouts", group)

    def ceilings(self, group: str) -> tuple[Condition, ...]:
        """What the grade may not exceed."""
        return self._for_group("ceilings", group)

    def special(self, group: str) -> tuple[Condition, ...]:
        """Special cases that keep a subject from being graded."""
        return tuple(c for c in self._for_group("special", group) if c.row.get("effect") == "not_graded")

    def _for_group(self, name: str, group: str) -> tuple[Condition, ...]:
        key = (name, self.group(group).key)
        if key not in self._conditions:
            found = (Condition.of(row) for row in self.rows(name))
            self._conditions[key] = tuple(c for c in found if not c.groups or key[1] in c.groups)
        return self._conditions[key]

    @cached_property
    def _conditions(self) -> dict[tuple[str, str], tuple[Condition, ...]]:
        return {}

    @cached_property
    def quiet(self) -> dict[tuple[str, str, bool | None], Reason]:
        """Reasons that rest on empty registers alone: the same for everybody, made once."""
        return {}

    @cached_property
    def silent(self) -> dict[str, Any]:
        """What each fact is when the register holds nothing; None where that means not known."""
        return {key: row.get("absent") for key, row in self.facts.items()}

    @cached_property
    def facts(self) -> dict[str, Row]:
        """Every fact a condition may ask for, with its Vietnamese name, kind and what an empty register means."""
        return {row.key: row for row in self.rules.catalogue(FACTS, on=self.on)}

    def facts_of(self, group: str) -> tuple[Row, ...]:
        """The facts the rules of a group ask for: what a period must gather."""
        asked: dict[str, None] = {}
        for name in ("conditions", "knockouts", "ceilings", "special"):
            for condition in self._for_group(name, group):
                asked |= dict.fromkeys(condition.facts)
        return tuple(self.facts[key] for key in asked if key in self.facts)

    def decimal(self, name: str) -> Decimal:
        """A number of the book.

        Raises:
            NoRuleInForce: the book has no such number.
        """
        return Decimal(str(self.ruling(name).value))


def book(code: str, *, on: dt.date, unit_codes: Iterable[str] = (), rules: Rulebooks | None = None) -> Book:
    """The rulebook of a name on a day.

    Args:
        code: its code, one of its other names, or the number of its text.
        on: first day of the period evaluated.
        unit_codes: the unit concerned and those above it, nearest first, by which local layers are chosen.
        rules: other rules than those of this installation, to try a draft.

    Raises:
        NoRuleInForce: no such book is in force on the day.
    """
    loaded = rules or rulebooks.current()
    return _book(loaded, loaded.version, _code(loaded, code, on), on, tuple(unit_codes))


@lru_cache(maxsize=256)
def _book(rules: Rulebooks, _version: str, code: str, on: dt.date, chain: tuple[str, ...]) -> Book:
    home = rules.home(f"{SUBJECT}{code}")
    if home and not set(home) & set(chain):
        chain = (*chain, *home)  # naming a book of one place is asking for it, wherever the subject is
    try:
        rules.value(f"{SUBJECT}{code}.{_FRAME}", on=on, unit=chain)
    except NoRuleInForce as error:
        title = rules.title(f"{SUBJECT}{code}")
        raise NoRuleInForce(f"“{title}” ({code}) không có hiệu lực ngày {format_date(on)}. {_spans(error)}") from None
    return Book(code, rules.title(f"{SUBJECT}{code}"), on, chain, rules)


def books(*, on: dt.date, unit_codes: Iterable[str] | None = None, rules: Rulebooks | None = None) -> tuple[str, ...]:
    """Codes of the rulebooks in force on a day.

    Args:
        unit_codes: a unit and those above it: only books that bind it; None: every book there is.
    """
    loaded = rules or rulebooks.current()
    chain = None if unit_codes is None else tuple(unit_codes)
    found = []
    for code in codes(loaded):
        layers = loaded.layers_of(f"{SUBJECT}{code}.{_FRAME}")
        if chain is not None and not any(not layer.unit or layer.unit in chain for layer in layers):
            continue
        try:
            book(code, on=on, unit_codes=chain or (), rules=loaded)
        except NoRuleInForce:
            continue
        found.append(code)
    return tuple(found)


def codes(rules: Rulebooks) -> tuple[str, ...]:
    """Every evaluation rulebook the rules know, whatever the day."""
    ends = f".{_FRAME}"
    return tuple(
        path.removeprefix(SUBJECT).removesuffix(ends)
        for path in rules.paths("values")
        if path.startswith(SUBJECT) and path.endswith(ends)
    )


def _code(rules: Rulebooks, name: str, on: dt.date) -> str:
    known = codes(rules)
    if name in known:
        return name
    wanted = name.casefold()
    for code in known:
        path = f"{SUBJECT}{code}.aliases"
        for layer in rules.layers_of(path):
            names = [n for r in rules.history(path, unit=layer.unit or None) for n in r.value]
            if wanted in (n.casefold() for n in names):
                return code
    raise NoRuleInForce(f"Không có bộ quy tắc đánh giá “{name}”. Hiện có: {', '.join(known)}.")


def _spans(error: NoRuleInForce) -> str:
    """The part of a refusal that says on which days there is an answer."""
    _, mark, rest = str(error).partition("Bộ quy tắc chỉ có:")
    return f"{mark}{rest}" if mark else ""
