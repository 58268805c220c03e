"""What the rulebook says of sheets: their scores, work and records brought together and handed to the engine."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from canbo.foundation.kernel.violation import Refused, Violation

from .. import rules
from ..choices import Standing
from ..models import Cycle, Sheet
from .axes import engine_axes
from .situation import Situation, situations
from .totals import task_lines

JUDGED = ("d", "dd", "e")


@dataclass(frozen=True)
class Assessed:
    """What the rulebook says of one sheet; ``faults`` where its scores cannot be read at all."""

    book: rules.Book
    outcome: rules.Outcome | None
    basis: str
    faults: tuple[Violation, ...] = ()


def assess(
    cycle: Cycle,
    sheets: Sequence[Sheet],
    on: dt.date,
    *,
    explain: bool = True,
    books: Mapping[int, rules.Book] | None = None,
) -> dict[int, Assessed]:
    """Applies the rulebook to some sheets of a cycle.

    Args:
        on: the day of looking; work open past its deadline counts as late.
        explain: also fill in every formula, from each task; without it sums are enough.
        books: other rulebooks by unit than those in force, to try a draft.
    """
    around = list(situations(cycle, sheets, on, books=books))
    work: dict[int, tuple[rules.TaskLine, ...]] = {}
    if explain and not cycle.base:
        for book in dict.fromkeys(situation.book for _, situation in around):
            persons = [s.person_id for s, found in around if found.book is book and s.person_id]
            work |= task_lines(book, persons, cycle.first, cycle.last, on)
    return {
        sheet.pk: _one(cycle, sheet, found, work.get(sheet.person_id or 0, ()) if explain else found.work, explain)
        for sheet, found in around
    }


def _one(
    cycle: Cycle,
    sheet: Sheet,
    found: Situation,
    work: tuple[rules.TaskLine, ...] | rules.TaskTotals,
    explain: bool,
) -> Assessed:
    subject = subject_of(cycle, sheet, found, work)
    try:
        if found.earned is not None:
            mean = found.earned.mean(found.book, cycle.span)
            return Assessed(found.book, rules.evaluate_mean(found.book, subject, mean), found.basis)
        return Assessed(found.book, rules.evaluate(found.book, subject, explain=explain), found.basis)
    except Refused as refusal:
        faults = tuple(replace(v, field=f"{sheet.pk}.{v.field or ''}") for v in refusal.violations)
        return Assessed(found.book, None, found.basis, faults)


def subject_of(
    cycle: Cycle, sheet: Sheet, found: Situation, work: tuple[rules.TaskLine, ...] | rules.TaskTotals
) -> rules.Subject:
    """A sheet as the scoring engine reads it: the superior's scores, before them the person's own."""
    given = sheet.scores or sheet.self_scores
    judged = {key: number(sheet.judged.get(key)) for key in JUDGED}
    if sheet.standing == Standing.HEAD and found.floor[1] >= 0:
        judged["d"] = found.team
    mitigations = {
        case.key: found.known.mitigated[fact]
        for case in found.book.knockouts(sheet.group)
        for fact in case.facts
        if fact in found.known.mitigated
    }
    return rules.Subject(
        group=sheet.group,
        criteria={key: number(value) for key, value in given.items()},
        tasks=work,
        leader=judged,
        components={key: number(sheet.judged.get(key)) for key in ("a", "b", "c")},
        axes=engine_axes(sheet),
        facts=found.known.facts,
        records=found.known.records,
        mitigations=mitigations,
        period=rules.period_kind(cycle.span),
    )


def number(value: Any) -> Decimal | None:
    """A stored score; None stays not known."""
    return None if value is None else Decimal(str(value))
