"""Cases, where they are, and what waits."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet

from canbo.facts.decisions.rules import number_key
from canbo.facts.organisation.queries import acting_day, reaches, subtree_ids
from canbo.foundation import rulebooks
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.violation import NotPermitted, OutOfScope, Refused, Violation

from ..choices import DECIDED, HANDING, READ, WITHDRAWN
from ..models import HandOver, Operation, Restructuring, Step, Waiting
from ..rules.stages import ORDER, Stage, step_faults


@dataclass(frozen=True)
class Offer:
    """A step a case might take next, and what stands against it if it were taken without a word."""

    stage: Stage
    back: bool
    faults: list[Violation]


def cases(actor: Actor, day: dt.date) -> QuerySet[Restructuring]:
    """Cases whose scope lies in the actor's reach, the newest day of effect first."""
    reach = actor.reach(READ)
    rows = Restructuring.objects.select_related("scope", "decision")
    if reach.everywhere:
        return rows
    return rows.filter(scope__in=subtree_ids(reach.units, day)) if reach else rows.none()


def case_by_id(actor: Actor, pk: int, permission: str = READ) -> Restructuring:
    """One case; raises OutOfScope when for this actor it does not exist, NotPermitted when she may only read it."""
    row = Restructuring.objects.select_related("scope", "decision", "batch").filter(pk=pk).first()
    if row is None:
        raise OutOfScope("đợt sắp xếp")
    require_case(actor, permission, row)
    return row


def require_case(actor: Actor, permission: str, case: Restructuring) -> None:
    """Refuses an actor who does not hold the permission over the case's scope, today or on its day of effect."""
    days = {acting_day(), case.on - dt.timedelta(days=1), case.on}
    if any(reaches(actor.reach(permission), case.scope_id, day) for day in days):
        return
    if any(reaches(actor.reach(READ), case.scope_id, day) for day in days):
        raise NotPermitted(permission)
    raise OutOfScope("đợt sắp xếp")


def applied_under(actor: Actor, number: str) -> Restructuring:
    """The newest case carried out under a decision, by the number of the decision.

    Raises:
        Refused: there is none.
    """
    rows = cases(actor, acting_day()).filter(decision__number_key=number_key(number), annulled_at=None)
    row = rows.exclude(applied_at=None).order_by("-applied_at").first()
    if row is None:
        raise Refused(
            Violation(
                "RESTRUCTURE-NONE",
                f"Không có đợt sắp xếp nào đang thực hiện theo quyết định {number}.",
                field="decision",
            )
        )
    return row


def operations(actor: Actor, case: Restructuring) -> QuerySet[Operation]:
    """The lines of the plan in their order."""
    require_case(actor, READ, case)
    return Operation.objects.filter(case=case)


def steps(actor: Actor, case: Restructuring) -> QuerySet[Step]:
    """Every step taken, oldest first."""
    require_case(actor, READ, case)
    return Step.objects.filter(case=case)


def stages(day: dt.date) -> list[Stage]:
    """The steps a case goes through, as the rulebook of a day orders them."""
    rows = rulebooks.current().steps(ORDER, on=day).value
    return [Stage(r["key"], r["label"], bool(r.get("paper")), bool(r.get("skip"))) for r in rows]


def stages_source(day: dt.date) -> str:
    """Where the order of the steps is laid down, as refusals quote it."""
    return rulebooks.current().steps(ORDER, on=day).reference


def state_label(case: Restructuring) -> str:
    """Where a case is, in words."""
    if case.annulled_at is not None:
        return "Đã hủy"
    if case.state == WITHDRAWN:
        return "Đã rút"
    return next((stage.label for stage in stages(case.on) if stage.key == case.state), case.state)


def next_stages(actor: Actor, case: Restructuring, on: dt.date) -> list[Offer]:
    """Steps the case might take on a day: the later ones, then earlier ones it could be given back to."""
    require_case(actor, READ, case)
    if case.state == WITHDRAWN or case.annulled_at is not None:
        return []
    known = stages(case.on)
    keys = [stage.key for stage in known]
    at = keys.index(case.state)
    last = Step.objects.filter(case=case).order_by("-id").values_list("on", flat=True).first()
    decided, source = keys.index(DECIDED), stages_source(case.on)
    later = known[at + 1 :] if case.applied_at else known[at + 1 : decided + 1]
    earlier = [stage for stage in known[:at] if not case.applied_at or keys.index(stage.key) >= keys.index(HANDING)]
    return [
        Offer(stage, back, step_faults(known, case.state, stage.key, on, last, source=source))
        for back, found in ((False, later), (True, earlier))
        for stage in found
    ]


def waiting(actor: Actor, case: Restructuring | None = None) -> QuerySet[Waiting]:
    """The work list: rows still to be placed one by one, of one case or of all the actor reads."""
    rows = Waiting.objects.filter(placed_at=None, case__annulled_at=None).select_related(
        "person", "old", "unit", "case"
    )
    if case is not None:
        require_case(actor, READ, case)
        return rows.filter(case=case)
    return rows.filter(case__in=cases(actor, acting_day()))


def hand_overs(actor: Actor, case: Restructuring) -> QuerySet[HandOver]:
    """What was handed over so far."""
    require_case(actor, READ, case)
    return HandOver.objects.filter(case=case).select_related("unit")
