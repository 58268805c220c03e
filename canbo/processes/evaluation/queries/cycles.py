"""Reading cycles: those of a scope, how far each is, who is not graded, what is late."""

from __future__ import annotations

import datetime as dt

from django.db.models import Count, Q, QuerySet

from canbo.facts.organisation.models import Unit, UnitPath
from canbo.facts.organisation.queries import subtree_ids, within
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.violation import OutOfScope

from ..choices import READ, State, Step
from ..models import Cycle, Deadline, NotGraded, Sheet

WAITS = {Step.SELF: (State.DRAFT,), Step.REVIEW: (State.DRAFT, State.SUBMITTED), Step.ADVISE: (State.SCORED,),
         Step.DECIDE: (State.DRAFT, State.SUBMITTED, State.SCORED)}  # fmt: skip
"""The states in which a sheet has not passed a step."""


def cycles(actor: Actor, day: dt.date) -> QuerySet[Cycle]:
    """Cycles of units in an actor's reach and of units above them, the newest period first."""
    rows = Cycle.objects.select_related("unit", "decision").order_by("-first", "period", "rulebook", "-pk")
    reach = actor.require(READ)
    if reach.everywhere:
        return rows
    above = UnitPath.objects.filter(descendant__in=reach.units, valid_from__lte=day, valid_to__gt=day)
    return rows.filter(
        Q(unit__in=above.values("ancestor")) | Q(pk__in=within(Cycle.objects.order_by(), reach, day).values("pk"))
    )


def cycle_by_id(actor: Actor, pk: int, day: dt.date) -> Cycle:
    """One cycle; raises OutOfScope when there is none for this actor."""
    found = cycles(actor, day).filter(pk=pk).first()
    if found is None:
        raise OutOfScope("kỳ đánh giá")
    return found


def deadlines(cycle: Cycle) -> list[Deadline]:
    """Every day ever set for a cycle, the one that holds of each step last."""
    return list(Deadline.objects.filter(cycle=cycle).order_by("step", "pk"))


def progress(actor: Actor, cycle: Cycle, day: dt.date) -> dict[str, int]:
    """How many sheets of a cycle within the actor's reach are in each state; one query."""
    rows = within(Sheet.objects.filter(cycle=cycle), actor.require(READ), day).order_by()
    counts = dict(rows.values_list("state").annotate(Count("pk")))
    return {state: counts.get(state, 0) for state in State.values}


def not_graded(actor: Actor, cycle: Cycle, day: dt.date, under: Unit | None = None) -> QuerySet[NotGraded]:
    """People without a sheet in a cycle, with the reason, by unit.

    Args:
        under: only those of this unit and what lay under it at the end of the period.
    """
    rows = within(NotGraded.objects.filter(cycle=cycle), actor.require(READ), day)
    if under is not None:
        rows = rows.filter(unit__in=subtree_ids([under.pk], cycle.last))
    return rows.select_related("person", "unit").order_by("unit__sort_key", "person__sort_key", "pk")
