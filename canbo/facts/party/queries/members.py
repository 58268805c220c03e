"""Reading membership: who was a member where on a day, since when, with what seniority."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from canbo.facts.organisation.models import Unit
from canbo.facts.organisation.queries import subtree_ids, within
from canbo.facts.people.models import Person, PersonRecord
from canbo.facts.people.queries import require_person
from canbo.foundation.kernel.actor import Actor

from ..choices import READ, Entry, Exit
from ..models import Badge, Card, Membership
from ..rules import Gap, Seniority, add_months, seniority, seniority_start

LEFT = (Exit.EXPEL, Exit.STRIKE, Exit.QUIT)


def visible(actor: Actor, day: dt.date) -> QuerySet[Membership]:
    """Stays in units of the actor's reach on the tree of a day."""
    return within(Membership.objects.all(), actor.reach(READ), day)


def members_at(actor: Actor, day: dt.date, unit: Unit | None = None) -> QuerySet[Membership]:
    """Members on a day, in a unit and everything under it on the tree of that day, in the order of names."""
    rows = visible(actor, day).filter(voided_on=None, in_force__contains=day)
    if unit is not None:
        rows = rows.filter(unit_id__in=subtree_ids([unit.pk], day))
    return rows.select_related("person", "unit").order_by("person__sort_key", "person_id")


def probationers_at(actor: Actor, day: dt.date, unit: Unit | None = None) -> QuerySet[Membership]:
    """Members on a day who were not yet, or not known to be, full members."""
    return members_at(actor, day, unit).filter(Q(official_on=None) | Q(official_on__gt=day))


def probationers_overdue(
    actor: Actor, day: dt.date, probation_months: int, unit: Unit | None = None
) -> QuerySet[Membership]:
    """Probationers on a day whose probation had ended by then, the longest overdue first.

    Args:
        probation_months: the length of probation that the rulebook in force says.
    """
    latest = add_months(day, -probation_months)
    rows = probationers_at(actor, day, unit).annotate(started=Coalesce("ceremony_on", "admitted_on", "since"))
    return rows.filter(started__lte=latest).order_by("started", "person__sort_key")


def stay_at(person: Person, day: dt.date) -> Membership | None:
    """The stay of a person on a day; for acts that look at one person."""
    return Membership.objects.at(day).filter(person=person).select_related("unit").first()


def stays(actor: Actor, person: Person) -> QuerySet[Membership]:
    """Every stay of a person, the newest first."""
    require_person(actor, READ, person)
    rows = Membership.objects.standing().filter(person=person)
    return rows.select_related("unit", "opened_by", "closed_by").order_by("-in_force")


def cards(actor: Actor, person: Person) -> QuerySet[Card]:
    """Cards issued to a person, the newest first."""
    require_person(actor, READ, person)
    return Card.objects.standing().filter(person=person)


def badges(actor: Actor, person: Person) -> QuerySet[Badge]:
    """Badges awarded to a person, the newest first."""
    require_person(actor, READ, person)
    return Badge.objects.standing().filter(person=person)


def first_decision(person: Person, counted_from: str = "decision") -> dt.date | None:
    """The day from which seniority runs: the first admission decision, else the ceremony, else the card, else None.

    Args:
        counted_from: ``decision``, or ``ceremony`` where a rulebook counts from the first ceremony.
    """
    stays = Membership.objects.standing().filter(person=person).order_by()
    known = list(stays.values_list("admitted_on", "ceremony_on"))
    cards = Card.objects.standing().filter(person=person).order_by().values_list("on", flat=True)
    start = seniority_start((row[0] for row in known), (row[1] for row in known), cards, counted_from)
    return start.on if start is not None else None


def died_on(person: Person, day: dt.date) -> dt.date | None:
    """The day a person died, as known by the records of a day: her dossier, else the end of her last stay."""
    record = PersonRecord.objects.at(day).filter(person=person, died_on__lte=day).first()
    if record is not None:
        return record.died_on
    last = Membership.objects.standing().filter(person=person, closing_act=Exit.DIE, in_force__endswith__lte=day)
    row = last.order_by("-in_force").first()
    return row.last_day if row is not None else None


def gaps(person: Person, day: dt.date) -> list[Gap]:
    """Time out of the Party up to a day; a restored membership has none, it counts as never broken."""
    rows = Membership.objects.standing().filter(person=person, in_force__startswith__lte=day).order_by("in_force")
    return gaps_of(list(rows), day)


def gaps_of(stays: Sequence[Membership], day: dt.date) -> list[Gap]:
    """``gaps`` from the stays of one person already at hand, in order of time; those that begin later are left out."""
    begun = [stay for stay in stays if stay.in_force.lower <= day]
    found = []
    for stay, following in zip(begun, [*begun[1:], None], strict=True):
        if stay.closing_act not in LEFT or stay.in_force.upper is None:
            continue
        if following is None:
            found.append(Gap(stay.in_force.upper, day))
        elif following.entry != Entry.RESTORE:
            found.append(Gap(stay.in_force.upper, following.in_force.lower))
    return found


def seniority_of(actor: Actor, person: Person, day: dt.date) -> Seniority | None:
    """A person's Party seniority on a day; None when nothing says when she was admitted, or it was later."""
    require_person(actor, READ, person)
    start = first_decision(person)
    return seniority(start, day, gaps(person, day)) if start is not None and start <= day else None
