"""The pieces a book is made of: groups, criteria, grades, and conditions that facts meet or fail."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any

from canbo.foundation.rulebooks import Row

COMMON, RESULT, BONUS = "common", "result", "bonus"
PARTS = {COMMON: "tiêu chí chung", RESULT: "kết quả thực hiện nhiệm vụ", BONUS: "điểm thưởng"}


@dataclass(frozen=True)
class Group:
    """A group of subjects (nhóm đối tượng) scored in one way.

    Args:
        kind: ``person`` or ``collective``.
        formula: how the result part is formed: ``mean_abc``, ``mean_abcdde``, ``mean_support``, ``scored``, ``axes``,
            ``task_points``, or ``given`` where only a grade is kept.
        criteria: catalogue of its criteria.
        leads: whether its members lead others.
        form: key of the form they fill in.
    """

    key: str
    title: str
    kind: str
    formula: str
    criteria: str
    leads: bool
    form: str
    aliases: tuple[str, ...]
    row: Row

    @classmethod
    def of(cls, row: Row) -> Group:
        return cls(
            row.key,
            row.label,
            row["kind"],
            row["formula"],
            row.get("criteria", ""),
            row.get("leads", False),
            row.get("form", ""),
            row.aliases,
            row,
        )


@dataclass(frozen=True)
class Criterion:
    """A criterion of the form.

    Args:
        max: most points; None where the text leaves them to a lower level.
        part: ``common``, ``result`` or ``bonus``.
        scored: whether points are given here: it has a maximum, and nothing below it has one.
        binary: full points or none.
    """

    key: str
    title: str
    max: Decimal | None
    parent: str
    part: str
    scored: bool
    binary: bool
    row: Row

    @classmethod
    def tree(cls, rows: Iterable[Row]) -> tuple[Criterion, ...]:
        """The criteria in order; parents whose children carry points are sums, the others receive points."""
        rows = tuple(rows)
        summed = {row.get("parent", "") for row in rows if row.get("max") is not None}
        made = []
        for row in rows:
            most = None if row.get("max") is None else Decimal(str(row["max"]))
            scored = most is not None and row.key not in summed and row.get("kind", "") != "kpi"
            made.append(
                cls(
                    row.key,
                    row.label,
                    most,
                    row.get("parent", ""),
                    row["part"],
                    scored,
                    row.get("kind", "") == "binary",
                    row,
                )
            )
        return tuple(made)


@dataclass(frozen=True)
class Grade:
    """A grade (mức xếp loại); ``place`` 0 is the best. ``below`` is excluded."""

    key: str
    title: str
    place: int
    min: Decimal | None
    below: Decimal | None
    row: Row

    @classmethod
    def of(cls, row: Row, place: int) -> Grade:
        low, high = row.get("min"), row.get("below")
        return cls(
            row.key,
            row.label,
            place,
            None if low is None else Decimal(str(low)),
            None if high is None else Decimal(str(high)),
            row,
        )

    def holds(self, points: Fraction | Decimal) -> bool:
        """Whether the points fall to this grade."""
        if self.min is None:
            return False
        return points >= self._low and (self._high is None or points < self._high)

    @cached_property
    def _low(self) -> Fraction:
        return Fraction(self.min or 0)

    @cached_property
    def _high(self) -> Fraction | None:
        return None if self.below is None else Fraction(self.below)


@dataclass(frozen=True)
class Test:
    """One comparison: a fact, how, and with what; ratios stand as ``"30/100"`` so that they are exact."""

    fact: str
    sign: str
    than: Any

    def holds(self, value: Any) -> bool | None:
        """True, False, or None when the fact is not known."""
        if value is None:
            return None
        if self.sign == "in":
            return value in self.than
        if isinstance(self.than, (bool, str)) or isinstance(value, bool):
            return bool(value == self.than)
        left, right = Fraction(value), self.than
        return {
            "=": left == right, ">=": left >= right, "<=": left <= right, ">": left > right, "<": left < right
        }[self.sign]  # fmt: skip


@dataclass(frozen=True)
class Condition:
    """A condition, knock-out, ceiling or special case of a book, with the article it stands in.

    ``every`` must all hold and ``some`` at least one; ``unless`` takes the condition away when one of it holds.
    """

    key: str
    title: str
    grade: str
    groups: tuple[str, ...]
    every: tuple[Test, ...]
    some: tuple[Test, ...]
    unless: tuple[Test, ...]
    mitigation: str
    row: Row

    @classmethod
    def of(cls, row: Row) -> Condition:
        unless = row.get("unless", ())
        return cls(
            row.key,
            row.label,
            row.get("grade", ""),
            tuple(row.get("groups", ())),
            tests_of(row.get("all", ())),
            tests_of(row.get("any", ())),
            (Test(unless, "=", True),) if isinstance(unless, str) else tests_of(unless),
            row.get("mitigation", ""),
            row,
        )

    @cached_property
    def facts(self) -> tuple[str, ...]:
        """The facts it asks for, each once."""
        asked = [test.fact for test in (*self.every, *self.some, *self.unless)]
        if self.row.get("fact"):
            asked.append(self.row["fact"])
        return tuple(dict.fromkeys(asked))

    @cached_property
    def article(self) -> str:
        """The article with its text, as it is cited."""
        return self.row.ruling.reference

    def holds(self, facts: Mapping[str, Any]) -> bool | None:
        """Three-valued: False as soon as a known fact fails it, None when an unknown one could still decide."""
        every = [test.holds(facts.get(test.fact)) for test in self.every]
        some = [test.holds(facts.get(test.fact)) for test in self.some]
        if False in every or (some and not any(s is not False for s in some)):
            return False
        if None in every or (some and True not in some):
            return None
        return True

    def excepted(self, facts: Mapping[str, Any]) -> bool:
        """Whether an exception of the rule takes it away."""
        return any(test.holds(facts.get(test.fact)) for test in self.unless)


def tests_of(rows: Iterable[Mapping[str, Any]]) -> tuple[Test, ...]:
    """The comparisons of a row of a rulebook."""
    return tuple(Test(row["fact"], row["is"], _exact(row["than"])) for row in rows)


def _exact(value: Any) -> Any:
    if isinstance(value, (bool, tuple)):
        return value
    if isinstance(value, str):
        return Fraction(value) if value[:1].isdigit() else value
    return Fraction(str(value))
