"""Which sheets an actor may read, and as what: the person herself, her superior, who decides, or who answers for the unit."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from canbo.facts.organisation.queries import acting_day, reaches
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.violation import OutOfScope

from ..choices import DECIDE, MANAGE, READ, SCORE
from ..models import Sheet
from .acting import may_decide, may_review, named_over


@dataclass(frozen=True)
class Standpoint:
    """From where a reader looks at a sheet.

    Args:
        own: she fills it in: the person, or who represents the collective.
        reviews, decides: the step is hers on this day, by relation or delegation.
        manages: she may write from papers and put the sheet right.
    """

    own: bool
    reviews: bool
    decides: bool
    manages: bool

    @property
    def any(self) -> bool:
        return self.own or self.reviews or self.decides or self.manages


def own_rows(actor: Actor) -> QuerySet[Sheet]:
    """The sheets an actor fills in herself, the newest first: her own, and those of bodies she represents."""
    if actor.person_id is None:
        return Sheet.objects.none()
    rows = Sheet.objects.filter(Q(person=actor.person_id) | Q(represented_by=actor.person_id))
    return rows.select_related("cycle", "unit", "collective", "person").order_by("-cycle__last", "-id")


def readable_sheet(actor: Actor, pk: int, on: dt.date) -> tuple[Sheet, Standpoint]:
    """A sheet and from where the actor looks at it.

    Raises:
        OutOfScope: it is not there, or not for her to read.
    """
    related = (
        "cycle__unit",
        "unit",
        "body",
        "person",
        "collective",
        "superior",
        "decider",
        "represented_by",
        "moved_from",
    )
    sheet = Sheet.objects.select_related(*related).filter(pk=pk).first()
    if sheet is None:
        raise OutOfScope("phiếu đánh giá")
    found = standpoint(actor, sheet, on)
    if not found.any and not _inside(actor, READ, sheet) and not _named(actor, sheet, on):
        raise OutOfScope("phiếu đánh giá")
    return sheet, found


def standpoint(actor: Actor, sheet: Sheet, on: dt.date) -> Standpoint:
    """What a reader may do on a sheet."""
    me = actor.person_id
    own = me is not None and me in (sheet.person_id, sheet.represented_by_id)
    if own:
        return Standpoint(own=True, reviews=False, decides=False, manages=False)
    return Standpoint(
        own=False,
        reviews=may_review(actor, sheet, on),
        decides=may_decide(actor, sheet, on),
        manages=_inside(actor, MANAGE, sheet),
    )


def _inside(actor: Actor, permission: str, sheet: Sheet) -> bool:
    reach = actor.reach(permission)
    return any(reaches(reach, sheet.unit_id, day) for day in {sheet.cycle.last, acting_day()})


def _named(actor: Actor, sheet: Sheet, on: dt.date) -> bool:
    """Whether the sheet names her, or somebody who delegated to her, though the step itself is not hers now."""
    named = {sheet.superior_id, sheet.decider_id} - {None}
    return bool(named & (named_over(actor, SCORE, on) | named_over(actor, DECIDE, on)))
