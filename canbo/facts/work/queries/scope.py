"""Whose work somebody may see and act on, and where a person works."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.db.models import Q, QuerySet

from canbo.facts.access.queries import sole_lenders
from canbo.facts.organisation.queries import acting_day, reaches, within
from canbo.facts.people.models import Person
from canbo.facts.staffing.models import Assignment
from canbo.foundation.kernel.actor import Actor, Reach
from canbo.foundation.kernel.violation import NotPermitted, OutOfScope

from ..choices import ASSIGN, READ
from ..models import Share


def visible(actor: Actor, day: dt.date) -> QuerySet[Share]:
    """Shares the actor may read: her own, and those in units where she reads work."""
    rows = within(Share.objects.all(), actor.reach(READ) | actor.reach(ASSIGN), day)
    if actor.person_id is None:
        return rows
    return rows | Share.objects.filter(person_id=actor.person_id)


def share_by_id(actor: Actor, pk: int) -> Share:
    """One share with its task; raises OutOfScope when there is none for this actor."""
    row = Share.objects.filter(pk=pk).select_related("task__product__unit", "task__proposal", "person", "unit").first()
    if row is None or not may_read(actor, row):
        raise OutOfScope("phần việc")
    return row


def may_read(actor: Actor, share: Share) -> bool:
    """Whether the actor may see a share."""
    if actor.person_id is not None and share.person_id == actor.person_id:
        return True
    return reaches(actor.reach(READ) | actor.reach(ASSIGN), share.unit_id, acting_day())


def require_own(actor: Actor, share: Share) -> None:
    """Refuses everybody but the person whose share it is.

    Raises:
        OutOfScope: she may not even see it. NotPermitted: she may, but it is somebody else's work.
    """
    if actor.person_id is not None and share.person_id == actor.person_id:
        return
    if not may_read(actor, share):
        raise OutOfScope("phần việc")
    raise NotPermitted("Chỉ người được giao mới báo kết quả việc của mình.")


def require_superior(actor: Actor, shares: Collection[Share], permission: str = ASSIGN) -> None:
    """Refuses whoever does not assign and accept work in the units of these shares.

    Raises:
        OutOfScope, NotPermitted: for the first share that is not hers.
    """
    day = acting_day()
    reach = actor.reach(permission)
    covered: dict[int, bool] = {}
    for share in shares:
        if share.unit_id not in covered:
            covered[share.unit_id] = reaches(reach, share.unit_id, day)
        if not covered[share.unit_id]:
            if may_read(actor, share):
                raise NotPermitted(permission)
            raise OutOfScope("phần việc")


def lent_by(actor: Actor, unit_ids: Collection[int]) -> dict[int, set[int]]:
    """By unit, the people on whose work the actor may not act, because only their lent rights would let her."""
    return sole_lenders(actor, ASSIGN, unit_ids, acting_day())


def places(persons: Collection[int], reach: Reach, day: dt.date) -> dict[int, int]:
    """The unit in which each person does her work, within a reach: where she holds her main post on that day.

    People without any post in the reach are missing; whoever has no post at all works where her file says.
    """
    held = within(Assignment.objects.at(day), reach, day).filter(person_id__in=persons)
    found: dict[int, int] = {}
    for person_id, unit_id in held.order_by("concurrent", "-in_force", "id").values_list("person_id", "unit_id"):
        found.setdefault(person_id, unit_id)
    rest = set(persons) - set(found)
    if rest:
        posted = Assignment.objects.at(day).filter(person_id__in=rest).values("person_id")
        free = within(Person.objects.all(), reach, day, "work_unit_id").filter(Q(pk__in=rest), ~Q(pk__in=posted))
        found |= {pk: unit for pk, unit in free.values_list("pk", "work_unit_id") if unit is not None}
    return found


def marked(actor: Actor, ids: Collection[str]) -> list[Share]:
    """Shares by their keys, those the actor may see; the others do not exist."""
    rows = visible(actor, acting_day()).filter(pk__in=[int(pk) for pk in ids])
    return list(rows.select_related("task__product", "person", "unit").order_by("due_on", "id"))
