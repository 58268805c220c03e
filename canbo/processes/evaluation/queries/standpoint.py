"""Which sheets an actor may read, and as what: the person herself, her superior, who decides, or who answers for the unit."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from canbo.facts.organisation.queries import acting_day, reaches
from canbo.foundation.kernel.actor import Actor

from ..choices import MANAGE
from ..models import Sheet
from .acting import may_decide, may_review
from .sheets import sheet_by_id


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


def readable_sheet(actor: Actor, pk: int, on: dt.date) -> tuple[Sheet, Standpoint]:
    """A sheet and from where the actor looks at it.

    Raises:
        OutOfScope: it is not there, or not for her to read.
    """
    sheet = sheet_by_id(actor, pk, on)
    return sheet, standpoint(actor, sheet, on)


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
