"""What a person sees of her own evaluation: what she has to do, her line over the months, her results."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from canbo.facts.people.models import Person
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.violation import OutOfScope

from ..choices import Stage, State, Step
from ..models import Appeal, Deadline, Result, Sheet, Suggestion
from .results import line_of, results_of
from .sheets import own_sheets
from .small import suggestions_for

SHOWN = 40


@dataclass(frozen=True)
class OwnSheet:
    """A sheet of a cycle that is not closed, and until when it waits for her."""

    sheet: Sheet
    due: dt.date | None
    days: int | None

    @property
    def hers(self) -> bool:
        return self.sheet.state == State.DRAFT

    @property
    def late(self) -> bool:
        return self.hers and self.days is not None and self.days < 0


@dataclass
class OwnPage:
    """A person's own evaluation.

    Args:
        line: the standing results of the last twelve months, oldest first, of the rulebook she has most of.
        linked: whether the account belongs to a person at all.
    """

    linked: bool
    waiting: list[OwnSheet] = field(default_factory=list)
    results: list[Result] = field(default_factory=list)
    line: list[Result] = field(default_factory=list)
    appeals: list[Appeal] = field(default_factory=list)


def own_page(actor: Actor, on: dt.date) -> OwnPage:
    """The own page of an actor on a day."""
    if actor.person_id is None:
        return OwnPage(linked=False)
    open_ = list(own_sheets(actor).exclude(cycle__stage=Stage.CLOSED)[:SHOWN])
    dates = _dates({row.cycle_id for row in open_})
    waiting = [OwnSheet(row, dates.get(row.cycle_id), _left(dates.get(row.cycle_id), on)) for row in open_]
    waiting.sort(key=lambda item: (not item.hers, item.due or dt.date.max, item.sheet.pk))
    person = Person.objects.get(pk=actor.person_id)
    return OwnPage(
        linked=True,
        waiting=waiting,
        results=list(results_of(actor, person)[:SHOWN]),
        line=_of_one_book(line_of(actor, person, on)),
        appeals=list(
            Appeal.objects.filter(result__person=actor.person_id)
            .select_related("result")
            .order_by("-received_on", "-id")
        ),
    )


def suggestion_on(sheet: Sheet, pk: int) -> Suggestion:
    """One point suggested for the subject of a sheet.

    Raises:
        OutOfScope: it is not one of hers.
    """
    row = suggestions_for(sheet).filter(pk=pk).first()
    if row is None:
        raise OutOfScope("gợi ý kiểm điểm")
    return row


def _dates(cycles: set[int]) -> dict[int, dt.date]:
    rows = Deadline.objects.filter(cycle__in=cycles, step=Step.SELF).order_by("pk")
    return dict(rows.values_list("cycle_id", "on"))


def _left(due: dt.date | None, on: dt.date) -> int | None:
    return None if due is None else (due - on).days


def _of_one_book(line: list[Result]) -> list[Result]:
    """Points of different rulebooks do not stand on one line: the one she has most of."""
    books = [row.rulebook for row in line]
    most = max(dict.fromkeys(books), key=books.count, default="")
    return [row for row in line if row.rulebook == most]
