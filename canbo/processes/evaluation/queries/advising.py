"""What the advising body works through: scored sheets of a cycle that are hers to speak of, those without a word first."""

from __future__ import annotations

import datetime as dt

from django.db.models import F, QuerySet

from canbo.facts.organisation.queries import within
from canbo.facts.people.queries import matching
from canbo.foundation.kernel.actor import Actor

from ..choices import MANAGE, Stage, State
from ..models import Cycle, Sheet
from .cycles import cycles


def to_advise(actor: Actor, cycle: Cycle, day: dt.date, text: str = "") -> QuerySet[Sheet]:
    """Scored sheets within the reach of managing, never her own; those not spoken of first, then by unit and name."""
    rows = within(Sheet.objects.filter(cycle=cycle, state=State.SCORED), actor.require(MANAGE), day)
    if actor.person_id is not None:
        rows = rows.exclude(person=actor.person_id).exclude(represented_by=actor.person_id)
    if text.strip():
        rows = rows.filter(pk__in=matching(rows.order_by(), text, "person__").values("pk"))
    rows = rows.select_related("person", "collective", "unit", "superior").defer("posts")
    return rows.order_by(F("advised_at").asc(nulls_first=True), "unit__sort_key", "person__sort_key", "pk")


def cycles_to_advise(actor: Actor, day: dt.date) -> list[Cycle]:
    """Cycles with scored sheets within the reach of managing, the newest period first."""
    scored = within(Sheet.objects.filter(state=State.SCORED), actor.require(MANAGE), day).order_by()
    return list(cycles(actor, day).exclude(stage=Stage.CLOSED).filter(pk__in=scored.values("cycle"))[:40])
