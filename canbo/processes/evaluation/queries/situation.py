"""Everything around sheets that their points depend on, gathered for any number of them, and a mark of it."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from .. import rules
from ..choices import Standing
from ..models import Cycle, Sheet
from .books import books_of
from .facts import gathered, subordinate_floor
from .known import Known
from .means import Earned, earned_by
from .totals import NONE, totals

Floor = tuple[Decimal | None, int]
NOBODY: Floor = (None, -1)


@dataclass(frozen=True)
class Situation:
    """What one sheet is judged on beside its scores.

    Args:
        floor: the lowest total among those she is the superior of, and how many have none yet; -1: she leads nobody.
        earned: points of shorter periods, for cycles that average them.
    """

    book: rules.Book
    work: rules.TaskTotals = NONE
    known: Known = field(default_factory=Known)
    floor: Floor = NOBODY
    earned: Earned | None = None

    @property
    def team(self) -> Decimal | None:
        """d of a head (NĐ 335/2025, Điều 15): high while nobody led is below the floor, low as soon as somebody is."""
        levels = self.book.value("leader_levels")
        if not levels or self.floor[1] < 0:
            return None
        lowest, open_ = self.floor
        if lowest is not None and lowest < self.book.decimal("subordinate_floor"):
            return Decimal(str(min(levels)))
        return None if open_ else Decimal(str(max(levels)))

    @property
    def basis(self) -> str:
        """A mark of the situation: another one means that the points have to be worked out again."""
        work = self.work
        numbers = [f"{n.normalize():f}" for n in (work.assigned, work.done, work.quality, work.progress)]
        counts = (
            work.tasks,
            work.tasks_done,
            work.tasks_late,
            work.tasks_exceeded,
            work.tasks_failed,
            work.tasks_on_time,
        )
        facts = sorted((name, str(value)) for name, value in self.known.facts.items())
        parts = (numbers, counts, facts, str(self.team), self.earned.items() if self.earned else None)
        return hashlib.md5(repr(parts).encode(), usedforsecurity=False).hexdigest()


def situations(
    cycle: Cycle,
    sheets: Sequence[Sheet],
    on: dt.date,
    *,
    everybody: bool = False,
    books: Mapping[int, rules.Book] | None = None,
) -> Iterator[tuple[Sheet, Situation]]:
    """The situation of each sheet, in a number of queries that does not depend on how many there are.

    Args:
        on: the day of looking; work open past its deadline counts as late.
        everybody: sums of all people are read at once, for whole cycles.
        books: other rulebooks by unit than those in force, to try a draft.
    """
    books = books or books_of(cycle, {sheet.unit_id for sheet in sheets})
    heads = [sheet.person_id for sheet in sheets if sheet.standing == Standing.HEAD and sheet.person_id]
    floors: Mapping[int, Floor] = subordinate_floor(cycle, heads) if heads else {}
    for book in dict.fromkeys(books.values()):
        mine = [sheet for sheet in sheets if books[sheet.unit_id] is book]
        persons = [sheet.person_id for sheet in mine if sheet.person_id]
        known = gathered(cycle, book, mine, on)
        earned = earned_by(cycle, mine) if cycle.base else {}
        work = totals(book, cycle.first, cycle.last, on, persons=None if everybody else persons)
        for sheet in mine:
            key = sheet.person_id or 0
            yield (
                sheet,
                Situation(book, work.get(key, NONE), known[sheet.pk], floors.get(key, NOBODY), earned.get(sheet.pk)),
            )
