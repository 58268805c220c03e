"""Reading posts: who held what on a day, whose term ends, what is filled and what is vacant."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from dataclasses import dataclass

from django.db.models import QuerySet

from canbo.facts.decisions.queries import units_above
from canbo.facts.organisation.models import Unit
from canbo.facts.organisation.queries import subtree_ids, within
from canbo.facts.people.choices import Sex
from canbo.facts.people.models import Person, PersonRecord
from canbo.facts.people.queries import require_person
from canbo.foundation import rulebooks
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.condition import Condition
from canbo.foundation.kernel.dates import YEAR

from ..choices import READ
from ..models import Assignment, Post, StaffQuota
from ..rules import age_condition, retirement_on, term_condition, title_key


@dataclass(frozen=True)
class Seat:
    """A post of a unit on a day: how many may hold it, and who does."""

    unit: Unit
    title: str
    seats: int
    holders: list[Assignment]

    @property
    def vacant(self) -> int:
        return max(self.seats - len(self.holders), 0)


def visible(actor: Actor, day: dt.date) -> QuerySet[Assignment]:
    """Assignments to units in the actor's reach on the tree of a day."""
    return within(Assignment.objects.all(), actor.reach(READ), day)


def holders_at(actor: Actor, day: dt.date, unit: Unit | None = None, title: str = "") -> QuerySet[Assignment]:
    """Who held posts on a day, in a unit and everything under it on the tree of that day."""
    rows = visible(actor, day).filter(voided_on=None, in_force__contains=day)
    if unit is not None:
        rows = rows.filter(unit_id__in=subtree_ids([unit.pk], day))
    if title:
        rows = rows.filter(title_key=title_key(title))
    return rows.select_related("person", "unit").order_by("person__sort_key", "person_id", "concurrent", "id")


def posts_of(actor: Actor, person: Person, day: dt.date | None = None) -> QuerySet[Assignment]:
    """A person's posts, on a day or through all time, the newest first."""
    require_person(actor, READ, person)
    rows = Assignment.objects.standing() if day is None else Assignment.objects.at(day)
    return rows.filter(person=person).select_related("unit", "opened_by", "closed_by").order_by("-in_force", "id")


def held(person: Person, day: dt.date) -> list[Assignment]:
    """A person's posts in force on a day, main ones first; for acts that look at one person."""
    rows = Assignment.objects.at(day).filter(person=person).select_related("unit")
    return list(rows.order_by("concurrent", "in_force", "id"))


def expiring(actor: Actor, first: dt.date, last: dt.date, unit: Unit | None = None) -> QuerySet[Assignment]:
    """Posts in force on ``first`` whose term ends from that day to ``last``, the soonest first."""
    return holders_at(actor, first, unit).filter(term_until__range=(first, last)).order_by("term_until", "id")


def overdue(actor: Actor, day: dt.date, unit: Unit | None = None) -> QuerySet[Assignment]:
    """Posts still in force on a day although their term had ended before it."""
    return holders_at(actor, day, unit).filter(term_until__lt=day).order_by("term_until", "id")


def seats(actor: Actor, unit: Unit, day: dt.date) -> list[Seat]:
    """The posts of a unit itself on a day, filled and vacant; posts held without being declared have no vacancy."""
    holders: dict[str, list[Assignment]] = {}
    for row in holders_at(actor, day).filter(unit=unit):
        holders.setdefault(row.title_key, []).append(row)
    declared = within(Post.objects.at(day), actor.reach(READ), day).filter(unit=unit).order_by("title")
    found = [Seat(unit, post.title, post.seats, holders.pop(post.title_key, [])) for post in declared]
    found += [Seat(unit, rows[0].title, len(rows), rows) for rows in holders.values()]
    return found


def vacancies(actor: Actor, day: dt.date, unit: Unit | None = None) -> list[Seat]:
    """Declared posts with a free seat on a day, in a unit and everything under it."""
    posts = within(Post.objects.at(day), actor.reach(READ), day).select_related("unit")
    if unit is not None:
        posts = posts.filter(unit_id__in=subtree_ids([unit.pk], day))
    holders: dict[tuple[int, str], list[Assignment]] = {}
    for row in holders_at(actor, day, unit).filter(unit_id__in=posts.values("unit_id")):
        holders.setdefault((row.unit_id, row.title_key), []).append(row)
    found = [Seat(p.unit, p.title, p.seats, holders.get((p.unit_id, p.title_key), [])) for p in posts]
    return [seat for seat in found if seat.vacant]


def quotas(actor: Actor, unit: Unit, day: dt.date) -> QuerySet[StaffQuota]:
    """The staff a unit may have on a day, by group; baselines are not quotas."""
    return within(StaffQuota.objects.at(day), actor.reach(READ), day).filter(unit=unit, baseline=False)


def post_conditions(
    person: Person, unit: Unit, on: dt.date, term_until: dt.date | None = None, limit: str = ""
) -> list[Condition]:
    """What to point out about somebody who is given a post: her age and the length of the term.

    Where no rule is in force on the day there is nothing to point out: none of these conditions refuses.

    Args:
        term_until: last day of the term.
        limit: rule that says how many months one such act may give, such as ``staffing.acts.appointment_term``.
    """
    rules, above = rulebooks.current(), units_above(unit.code, on)
    found = []
    record = PersonRecord.objects.at(on).filter(person=person).first()
    if record is not None:
        with suppress(rulebooks.NoRuleInForce):
            ages = rules.brackets("staffing.retirement.ages", on=on, unit=above)
            born = record.born_on.replace(month=1, day=1) if record.born_precision == YEAR else record.born_on
            last = retirement_on(born, man=record.sex == Sex.MALE, ages=ages)
            found.append(age_condition(last, on, term_until, ages))
    if term_until is not None and limit:
        with suppress(rulebooks.NoRuleInForce):
            found.append(term_condition(on, term_until, rules.value(limit, on=on, unit=above)))
    return found
