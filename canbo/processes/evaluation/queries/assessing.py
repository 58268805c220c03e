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
from .books import books_of
from .facts import gathered, subordinate_floor
from .known import Known
from .means import means_of
from .totals import NONE, task_lines, totals

Floor = tuple[Decimal | None, int]
NOBODY: Floor = (None, -1)
JUDGED = ("d", "dd", "e")


@dataclass(frozen=True)
class Assessed:
    """What the rulebook says of one sheet; ``faults`` where its scores cannot be read at all."""

    book: rules.Book
    outcome: rules.Outcome | None
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
    books = books or books_of(cycle, {sheet.unit_id for sheet in sheets})
    found: dict[int, Assessed] = {}
    heads = [sheet.person_id for sheet in sheets if sheet.standing == Standing.HEAD and sheet.person_id]
    floors: dict[int, Floor] = subordinate_floor(cycle, heads) if heads else {}
    for book in set(books.values()):
        mine = [sheet for sheet in sheets if books[sheet.unit_id] is book]
        persons = [sheet.person_id for sheet in mine if sheet.person_id]
        known = gathered(cycle, book, mine, on)
        means = means_of(cycle, book, mine) if cycle.base else {}
        tasks: Mapping[int, Any] = (
            task_lines(book, persons, cycle.first, cycle.last, on)
            if explain
            else totals(book, cycle.first, cycle.last, on, persons=persons)
        )
        for sheet in mine:
            floor = floors.get(sheet.person_id or 0, NOBODY)
            work = tasks.get(sheet.person_id or 0, () if explain else NONE)
            found[sheet.pk] = assess_one(
                cycle, book, sheet, work, known[sheet.pk], floor, means.get(sheet.pk), explain=explain
            )
    return found


def assess_one(
    cycle: Cycle,
    book: rules.Book,
    sheet: Sheet,
    work: tuple[rules.TaskLine, ...] | rules.TaskTotals,
    known: Known,
    floor: Floor,
    mean: rules.Mean | None,
    *,
    explain: bool,
) -> Assessed:
    """Applies a rulebook to one sheet whose surroundings were gathered.

    Args:
        floor: the lowest total among those she is the superior of, and how many have none yet.
        mean: the mean of shorter periods, for cycles that average them.
    """
    subject = subject_of(cycle, book, sheet, work, known, floor)
    try:
        if mean is not None:
            return Assessed(book, rules.evaluate_mean(book, subject, mean))
        return Assessed(book, rules.evaluate(book, subject, explain=explain))
    except Refused as refusal:
        return Assessed(book, None, tuple(replace(v, field=f"{sheet.pk}.{v.field or ''}") for v in refusal.violations))


def subject_of(
    cycle: Cycle,
    book: rules.Book,
    sheet: Sheet,
    work: tuple[rules.TaskLine, ...] | rules.TaskTotals,
    known: Known,
    floor: Floor,
) -> rules.Subject:
    """A sheet as the scoring engine reads it: the superior's scores, before them the person's own."""
    given = sheet.scores or sheet.self_scores
    judged = {key: number(sheet.judged.get(key)) for key in JUDGED}
    if sheet.standing == Standing.HEAD and floor[1] >= 0:
        judged["d"] = team_score(book, floor)
    mitigations = {
        case.key: known.mitigated[fact]
        for case in book.knockouts(sheet.group)
        for fact in case.facts
        if fact in known.mitigated
    }
    return rules.Subject(
        group=sheet.group,
        criteria={key: number(value) for key, value in given.items()},
        tasks=work,
        leader=judged,
        components={key: number(sheet.judged.get(key)) for key in ("a", "b", "c")},
        axes=tuple(
            rules.Axis(
                row["key"],
                Decimal(str(row["max"])),
                {part: number(value) for part, value in row.get("parts", {}).items()},
                bool(row.get("main")),
            )
            for row in sheet.axes
        ),
        facts=known.facts,
        records=known.records,
        mitigations=mitigations,
        period=rules.period_kind(cycle.span),
    )


def team_score(book: rules.Book, floor: Floor) -> Decimal | None:
    """d (NĐ 335/2025, Điều 15): the high mark when nobody led is below the floor, the low one as soon as somebody is."""
    levels = book.value("leader_levels")
    if not levels:
        return None
    lowest, open_ = floor
    if lowest is not None and lowest < book.decimal("subordinate_floor"):
        return Decimal(str(min(levels)))
    return None if open_ else Decimal(str(max(levels)))


def number(value: Any) -> Decimal | None:
    """A stored score; None stays not known."""
    return None if value is None else Decimal(str(value))
