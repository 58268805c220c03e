"""What the scoring engine is handed and what it hands back. All frozen, all numbers exact, nothing rounded.

``None`` always means *not known* and leads to "chưa đủ dữ liệu"; it is never read as 0 or as full marks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType
from typing import Any

NOTHING: Mapping[str, Any] = MappingProxyType({})
ZERO = Decimal(0)


@dataclass(frozen=True)
class TaskLine:
    """One person's share of a task that counts in the period.

    Args:
        coef: conversion coefficient of the product (hệ số quy đổi), the standard product being 1.
        assigned, done: quantity in products.
        quality_fails: times the product was returned or judged not up to standard.
        delays: delays in the unit of the rulebook (``book.value("delay_unit")``: times, or working days).
        excused_fails, excused_delays: of those, the ones whose objective cause was confirmed.
        ad_hoc, taken_over: outside the initial total: counts above the line only.
        handed_back: reported as impossible and given to somebody else: counts below the line only.
        late: late without a confirmed cause; None: late when an unexcused delay remains.
        exceeded: done beyond what was asked, or early; None: more was done than assigned.
        failed: judged not done; None: something was assigned and nothing was done, or it was handed back.
        quality: per cent of quality, for rulebooks that score a task by it (``task_points``).
    """

    key: str = ""
    title: str = ""
    coef: Decimal = Decimal(1)
    assigned: Decimal = ZERO
    done: Decimal = ZERO
    quality_fails: int = 0
    delays: int = 0
    ad_hoc: bool = False
    taken_over: bool = False
    handed_back: bool = False
    excused_fails: int = 0
    excused_delays: int = 0
    late: bool | None = None
    exceeded: bool | None = None
    failed: bool | None = None
    quality: Decimal | None = None

    @property
    def outside(self) -> bool:
        """Whether the task is outside the number assigned at the start."""
        return self.ad_hoc or self.taken_over

    @property
    def counted_assigned(self) -> Decimal:
        """Quantity that enters the denominator."""
        return ZERO if self.outside else self.assigned

    @property
    def counted_done(self) -> Decimal:
        """Quantity that enters the numerators."""
        return ZERO if self.handed_back else self.done

    @property
    def fails(self) -> int:
        """Quality failures that count: those without a confirmed objective cause."""
        return max(0, self.quality_fails - self.excused_fails)

    @property
    def late_times(self) -> int:
        """Delays that count: those without a confirmed objective cause."""
        return max(0, self.delays - self.excused_delays)

    @property
    def is_late(self) -> bool:
        return self.late_times > 0 if self.late is None else self.late

    @property
    def is_exceeded(self) -> bool:
        if self.exceeded is not None:
            return self.exceeded
        return not self.outside and not self.handed_back and self.done > self.assigned

    @property
    def is_failed(self) -> bool:
        if self.failed is not None:
            return self.failed
        return self.handed_back or (self.assigned > 0 and self.done <= 0)

    @property
    def is_done(self) -> bool:
        """Whether everything asked for was done (a handed back or failed task is not)."""
        return not self.handed_back and not self.is_failed and self.done > 0 and self.done >= self.assigned


@dataclass(frozen=True)
class TaskTotals:
    """Sums over the lines of one subject that suffice to score her; a query can form them.

    With ``step_b`` and ``step_c`` the book's ``quality_step`` and ``delay_step`` divided by 100:

    Args:
        assigned: Σ coef·assigned over lines neither ad hoc nor taken over (A, the denominator).
        done: Σ coef·done over lines not handed back.
        quality: Σ coef·done·max(0, 1 − step_b·max(0, quality_fails − excused_fails)) over lines not handed back.
        progress: Σ coef·done·max(0, 1 − step_c·max(0, delays − excused_delays)) over lines not handed back.
        tasks: number of lines.
        tasks_done: lines done in full: not failed, not handed back, done > 0 and done ≥ assigned.
        tasks_late, tasks_exceeded, tasks_failed: lines of ``is_late``, ``is_exceeded``, ``is_failed``.
        tasks_on_time: lines done in full and not late and without a counting quality failure.
        planned, actual, bonus: points of rulebooks that give points to each task (``task_points``); None elsewhere.
    """

    assigned: Decimal = ZERO
    done: Decimal = ZERO
    quality: Decimal = ZERO
    progress: Decimal = ZERO
    tasks: int = 0
    tasks_done: int = 0
    tasks_late: int = 0
    tasks_exceeded: int = 0
    tasks_failed: int = 0
    tasks_on_time: int = 0
    planned: Decimal | None = None
    actual: Decimal | None = None
    bonus: Decimal | None = None


@dataclass(frozen=True)
class Axis:
    """One of the axes (trục) of the quarterly rule as approved for a person, with what she reached in per cent."""

    key: str
    max_points: Decimal
    parts: Mapping[str, Decimal | None] = field(default_factory=dict)
    main: bool = False


@dataclass(frozen=True)
class Mitigation:
    """A clause "xem xét" applied by a person who answers for it; without reason and decider it does not hold."""

    reason: str
    decided_by: str


@dataclass(frozen=True)
class Subject:
    """What is known of one person or body in one period.

    Args:
        group: key of ``book.groups`` (or another name of it).
        criteria: points by criterion; a missing one or None is not known.
        tasks: her lines, or their sums.
        leader: ``d``, ``dd``, ``e`` in per cent.
        components: ``a``, ``b``, ``c`` in per cent where they are judged and not computed (support staff).
        axes: for the quarterly rule.
        facts: what records say, by keys of ``book.facts``. A fact that is left out is what the register says when
            it holds nothing (no discipline, no conclusion); an explicit None is not known.
        records: the record behind a fact, to be shown where it counts against the subject.
        mitigations: by key of the knock-out.
        period: ``month``, ``quarter``, ``half_year``, ``year``, or empty when it does not matter.
    """

    group: str
    criteria: Mapping[str, Decimal | None] = field(default_factory=dict)
    tasks: tuple[TaskLine, ...] | TaskTotals = ()
    leader: Mapping[str, Decimal | None] = field(default_factory=dict)
    components: Mapping[str, Decimal | None] = field(default_factory=dict)
    axes: tuple[Axis, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)
    records: Mapping[str, str] = field(default_factory=dict)
    mitigations: Mapping[str, Mitigation] = field(default_factory=dict)
    period: str = ""


@dataclass(frozen=True)
class Reason:
    """One thing the grade depends on.

    Args:
        rule: key of the condition, knock-out, ceiling or threshold.
        article: where it stands.
        met: False counts against the subject, None is not known. For a knock-out, False means that it applies.
        value: what the records say, in words.
        record: the record that says so, if one was named.
        text: what is asked, in the words of the rule.
        grade: the grade the reason speaks of.
        kind: ``points``, ``condition``, ``knockout``, ``ceiling`` or ``special``.
        sure: whether the rule itself was verified.
    """

    rule: str
    article: str
    met: bool | None
    value: str
    record: str = ""
    text: str = ""
    grade: str = ""
    kind: str = "condition"
    sure: bool = True


@dataclass(frozen=True)
class FormulaLine:
    """A formula filled in: ``a = 100 × 15,06 / 16,8 = 89,6``.

    Args:
        key: criterion, component, ``task:KEY`` or ``total``.
        formula: the formula in symbols.
        filled: the same with the numbers.
        value: the result, unrounded; None when it cannot be formed.
        maximum: the most it could be, where the rule says so.
    """

    key: str
    label: str
    formula: str
    filled: str
    value: Decimal | None
    maximum: Decimal | None = None
    article: str = ""


@dataclass(frozen=True)
class Outcome:
    """What a rulebook says of a subject. It suggests; the competent person decides.

    Args:
        common: points of the common criteria.
        components: ``a``, ``b``, ``c`` … in per cent.
        result: per cent reached in the result part.
        result_points: the same in points.
        total: all points together.
        grade_by_points: the grade of the points alone.
        grade_by_conditions: the best grade whose conditions hold; None when none does or some are not known.
        grade: what follows from both; None when nothing follows.
        suggestion: where points and conditions match no grade, the one proposed to the person who decides.
        exempt: key of the special case by which the subject is not graded; empty when graded.
        enough: False when data is missing.
    """

    common: Decimal | None
    components: Mapping[str, Decimal | None]
    result: Decimal | None
    result_points: Decimal | None
    total: Decimal | None
    grade_by_points: str | None
    grade_by_conditions: str | None
    grade: str | None
    suggestion: str | None = None
    exempt: str = ""
    enough: bool = True
    reasons: tuple[Reason, ...] = ()
    notes: tuple[str, ...] = ()
    formula_lines: tuple[FormulaLine, ...] = ()

    @property
    def against(self) -> tuple[Reason, ...]:
        """What counts against the subject."""
        return tuple(reason for reason in self.reasons if reason.met is False)
