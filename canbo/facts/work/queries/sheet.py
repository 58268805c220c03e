"""Everything one share's page says, gathered once."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from canbo.facts.organisation.queries import reaches
from canbo.foundation.kernel.actor import EVERYWHERE as ANYWHERE
from canbo.foundation.kernel.actor import Actor

from ..choices import ASSIGN, Kind, State
from ..models import Product, Share, ShareEvent
from ..rules import Settings, Worth, effect, worth
from .catalogue import matching_products, products_for, usual_products
from .locks import locked
from .mine import line_of, siblings
from .settings import causes, chains, settings_of

__all__ = ["ANYWHERE", "Sheet", "sheet", "to_choose"]
MOST = 40


@dataclass(frozen=True)
class Sheet:
    """A share as its reader sees it.

    Args:
        counts: in the denominator, in the numerator, and why.
        worth: what it gives to A, a, b and c by the event; ``worth_by_day`` the last of these by the day.
        request: the latest request that waits for an answer.
        locked: whether its period is closed. to_submit: whether a result is still to be handed in.
    """

    is_own: bool
    is_superior: bool
    is_late: bool
    days_left: int
    settings: Settings
    counts: tuple[bool, bool, str]
    worth: list[Worth]
    worth_by_day: Decimal | None
    events: list[ShareEvent]
    request: ShareEvent | None
    siblings: list[Share]
    causes: list[str]
    locked: bool
    to_submit: bool
    cause_since: dt.date


def sheet(actor: Actor, share: Share, day: dt.date) -> Sheet:
    """The page of a share that the actor was found to read."""
    chain = chains([share.unit_id], share.assigned_on)[share.unit_id]
    settings = settings_of(chain, share.assigned_on)
    events = line_of(share)
    answered = {event.answers_id for event in events}
    asks = (Kind.CAUSE_ASKED, Kind.EXTENSION_ASKED, Kind.HANDING_ASKED)
    request = next((e for e in events if e.kind in asks and e.pk not in answered), None) if share.waiting else None
    own = actor.person_id is not None and share.person_id == actor.person_id
    counts = effect(share.origin, handed_back=share.handed_back, coefficient=share.coef)
    found: list[Worth] = []
    by_day = None
    if share.coef is not None and not share.voided:
        given: dict[str, Any] = {
            "coef": share.coef,
            "assigned": share.assigned,
            "done": share.done,
            "fails": max(share.quality_fails - share.excused_fails, 0),
            "penalty": settings.penalty,
            "in_denominator": counts[0],
        }
        found = worth(**given, delays=max(share.delays - share.excused_delays, 0))
        days = max(share.late_days - share.excused_days, 0)
        by_day = worth(**given, delays=days)[-1].value if days else None
    return Sheet(
        is_own=own,
        is_superior=not own and reaches(actor.reach(ASSIGN), share.unit_id, day),
        is_late=share.late or (not share.closed and not share.submitted_on and share.due_on < day),
        days_left=(share.due_on - day).days,
        settings=settings,
        counts=counts,
        worth=found,
        worth_by_day=by_day,
        events=events,
        request=request,
        siblings=siblings(share),
        causes=causes(chain, share.assigned_on),
        locked=bool(locked({(share.person_id, share.counts_on)})),
        to_submit=share.state in (State.OPEN, State.RETURNED)
        or (share.state == State.ASKED and not share.submitted_on),
        cause_since=min(day, share.due_on),
    )


def to_choose(unit_id: int, person_id: int, day: dt.date, text: str = "") -> list[Product]:
    """Products to choose from on a small screen: the usual ones, or those that hold the text."""
    if not text:
        usual = usual_products(unit_id, person_id, day)
        return usual or list(products_for(unit_id, day)[:MOST])
    return list(matching_products(products_for(unit_id, day), text)[:MOST])
