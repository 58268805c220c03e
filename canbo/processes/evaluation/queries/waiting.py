"""What waits for somebody: her own sheets to fill in, those to review, those to decide, appeals to answer."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from canbo.foundation.kernel.actor import Actor

from ..choices import DECIDE, SCORE, State, Step
from ..models import Appeal, Cycle, Deadline, Sheet
from .acting import named_over


@dataclass(frozen=True)
class Waiting:
    """One line of the desk: so many sheets of a cycle wait for one step.

    Args:
        due: last day of the step, None where none is set.
        first: a sheet to begin with.
    """

    cycle: Cycle
    step: str
    sheets: int
    due: dt.date | None
    first: int


def to_fill(actor: Actor) -> QuerySet[Sheet]:
    """Her own sheets that are not handed in, and those of the body she heads."""
    mine = Q(person=actor.person_id) | Q(represented_by=actor.person_id)
    return Sheet.objects.filter(mine, state=State.DRAFT) if actor.person_id is not None else Sheet.objects.none()


def to_review(actor: Actor, day: dt.date) -> QuerySet[Sheet]:
    """Sheets handed in that she is to review, also for those who delegated to her; never her own."""
    named = named_over(actor, SCORE, day)
    return Sheet.objects.filter(superior__in=named, state=State.SUBMITTED).exclude(person=actor.person_id)


def to_decide(actor: Actor, day: dt.date) -> QuerySet[Sheet]:
    """Sheets she is to decide, also for those who delegated to her; never her own."""
    named = named_over(actor, DECIDE, day)
    return Sheet.objects.filter(decider__in=named, state=State.SCORED).exclude(person=actor.person_id)


def to_answer(actor: Actor, day: dt.date) -> QuerySet[Appeal]:
    """Appeals she is to answer, the most urgent first."""
    named = named_over(actor, DECIDE, day)
    rows = Appeal.objects.filter(ended="", result__sheet__decider__in=named).exclude(result__person=actor.person_id)
    return rows.select_related("result__person", "result__cycle").order_by("due_on", "pk")


def waiting(actor: Actor, day: dt.date) -> list[Waiting]:
    """Everything that waits for an actor, by cycle and step, what is due first at the top; five queries at most."""
    asked = ((Step.SELF, to_fill(actor)), (Step.REVIEW, to_review(actor, day)), (Step.DECIDE, to_decide(actor, day)))
    found: dict[tuple[int, str], list[int]] = {}
    for step, rows in asked:
        for cycle, pk in rows.order_by("pk").values_list("cycle_id", "pk"):
            found.setdefault((cycle, step), []).append(pk)
    cycles = Cycle.objects.in_bulk({cycle for cycle, _ in found})
    dues = {(d.cycle_id, d.step): d.on for d in Deadline.objects.filter(cycle__in=cycles).order_by("pk")}
    made = [
        Waiting(cycles[cycle], step, len(pks), dues.get((cycle, step)), pks[0]) for (cycle, step), pks in found.items()
    ]
    return sorted(made, key=lambda one: (one.due or dt.date.max, one.cycle.pk, one.step))
