"""Whether an actor may take a step on a sheet, and on whose steps she may work."""

from __future__ import annotations

import datetime as dt

from canbo.facts.access.queries import principals
from canbo.foundation.kernel.actor import Actor

from ..choices import DECIDE, SCORE
from ..models import Sheet
from .authority import authority


def may_review(actor: Actor, sheet: Sheet, day: dt.date) -> bool:
    """Whether an actor may take the superior's step on a sheet."""
    return not authority(actor, SCORE, [sheet], day).faults(sheet, sheet.superior_id, sheet.unit_id)


def may_decide(actor: Actor, sheet: Sheet, day: dt.date) -> bool:
    """Whether an actor may decide on a sheet."""
    return not authority(actor, DECIDE, [sheet], day).faults(sheet, sheet.decider_id, sheet.body_id)


def named_over(actor: Actor, permission: str, day: dt.date) -> frozenset[int]:
    """Persons whose steps the actor may take on a day: herself and those who delegated to her."""
    me = frozenset() if actor.person_id is None else frozenset({actor.person_id})
    return me | frozenset(principals(actor, permission, day))
