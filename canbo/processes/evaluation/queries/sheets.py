"""Reading sheets: the list of a scope, one sheet, one's own, and who may see what of them."""

from __future__ import annotations

import datetime as dt
from functools import reduce
from operator import or_

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, F, Func, Q, QuerySet

from canbo.facts.organisation.models import Unit
from canbo.facts.organisation.queries import broad, subtree_ids
from canbo.facts.people.models import Person
from canbo.facts.people.queries import matching
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.violation import OutOfScope

from ..choices import DECIDE, READ, SCORE
from ..models import Cycle, Sheet
from .acting import named_over

AT_HAND = ("person", "collective", "unit", "body", "superior", "decider", "cycle", "moved_from")


class OneOf(Func):
    """Whether a value is one of an array: the array is formed first, then each of it is looked up."""

    template, arg_joiner = "%(expressions)s)", " = ANY("
    output_field = BooleanField()


def visible(actor: Actor, day: dt.date) -> QuerySet[Sheet]:
    """Sheets an actor may read: of units in her reach, her own, and those she scores or decides; scores are restricted."""
    return _mine(actor, day).select_related(*AT_HAND).defer("explanation", "posts")


def _mine(actor: Actor, day: dt.date) -> QuerySet[Sheet]:
    reach = actor.reach(READ)
    if reach.everywhere:
        return Sheet.objects.all()
    named = named_over(actor, SCORE, day) | named_over(actor, DECIDE, day)
    seen = [Q(superior__in=named), Q(decider__in=named)] if named else []
    if actor.person_id is not None:
        seen += [Q(person=actor.person_id), Q(represented_by=actor.person_id)]
    if reach:
        seen.append(Q(unit__in=subtree_ids(reach.units, day)))
    if not seen:
        return Sheet.objects.none()
    if reach and broad(reach, day):
        return Sheet.objects.filter(reduce(or_, seen))
    # Each by its own index, and gathered before the list is ordered: along the order a small body is found last.
    parts = [Sheet.objects.order_by().filter(one).values("pk") for one in seen]
    ids = ArraySubquery(parts[0].union(*parts[1:]) if parts[1:] else parts[0])
    return Sheet.objects.filter(OneOf(F("pk"), ids))


def sheets(
    actor: Actor,
    day: dt.date,
    *,
    cycle: Cycle | None = None,
    unit: Unit | None = None,
    state: str = "",
    grade: str = "",
    period: str = "",
    text: str = "",
) -> QuerySet[Sheet]:
    """The list of sheets, newest first; ``text`` finds names with or without diacritics."""
    rows = visible(actor, day)
    if cycle is not None:
        rows = rows.filter(cycle=cycle)
    if unit is not None:
        rows = rows.filter(unit__in=subtree_ids([unit.pk], day))
    for name, value in (("state", state), ("grade", grade), ("period", period)):
        if value:
            rows = rows.filter(**{name: value})
    if text.strip():
        rows = rows.filter(person__in=matching(Person.objects.order_by(), text).values("pk"))
    return rows.order_by("-pk")


def sheet_by_id(actor: Actor, pk: int, day: dt.date, beside: tuple[str, ...] = (*AT_HAND, "cycle__unit")) -> Sheet:
    """One sheet with everything on it; whoever asks for her own is answered without asking who lent her what.

    Args:
        beside: what is read along with it.

    Raises:
        OutOfScope: there is none for this actor.
    """

    def among(rows: QuerySet[Sheet]) -> Sheet | None:
        return rows.select_related(*beside).filter(pk=pk).first()

    found = among(_own(actor)) or among(_mine(actor, day))
    if found is None:
        raise OutOfScope("phiếu đánh giá")
    return found


def _own(actor: Actor) -> QuerySet[Sheet]:
    if actor.person_id is None:
        return Sheet.objects.none()
    return Sheet.objects.filter(Q(person=actor.person_id) | Q(represented_by=actor.person_id))


def own_sheets(actor: Actor) -> QuerySet[Sheet]:
    """The person's own sheets, newest first; for whoever heads a body also that body's."""
    rows = _own(actor).select_related("cycle", "unit", "superior", "decider", "collective")
    return rows.order_by("-cycle__first", "-pk")
