"""Who sits on a committee: read from the posts held, never written twice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from canbo.facts.organisation.models import Unit, UnitLineage
from canbo.facts.organisation.queries import subtree_ids
from canbo.facts.party.models import Membership
from canbo.foundation import rulebooks

from ..choices import Body
from ..models import Assignment, Committee
from ..rules import mode_of, seat_titles
from ..rules.committees import Seat

TITLES, SIZES = "party.committees.titles", "party.committees.sizes"
JOINING = ("sap_nhap", "hop_nhat", "chuyen_giao")


def seats_of(body: str, day: dt.date) -> dict[str, Seat]:
    """By compared title: the place it gives in a committee, as the catalogue of a day says."""
    return seat_titles(rulebooks.current().catalogue(TITLES, on=day), body)


def seat_rows(body: str, day: dt.date, unit_ids: Iterable[int] | QuerySet | None = None) -> QuerySet[Assignment]:
    """Posts in force on a day that make their holder a member of a committee, wherever or at some units."""
    rows = Assignment.objects.at(day).filter(title_key__in=list(seats_of(body, day)))
    return rows if unit_ids is None else rows.filter(unit_id__in=unit_ids)


@dataclass(frozen=True)
class Member:
    """A member of a committee on a day: by which of her posts, in which role, and how she came to it.

    Args:
        outside: whether she is no member of a cell of this organisation on the day.
    """

    post: Assignment
    seat: Seat
    mode: str
    outside: bool


def members_of(unit: Unit, body: str, day: dt.date) -> list[Member]:
    """The members of a committee on a day, each once, by rank and name; three or four queries."""
    known = seats_of(body, day)
    rows = (
        Assignment.objects.at(day)
        .filter(unit=unit, title_key__in=list(known))
        .select_related("person", "opened_by", "unit")
    )
    best: dict[int, Assignment] = {}
    acts: dict[int, list[str]] = {}
    for row in rows.order_by("since", "pk"):
        acts.setdefault(row.person_id, []).extend(row.acts)
        held = best.get(row.person_id)
        if held is None or known[row.title_key].order < known[held.title_key].order:
            best[row.person_id] = row
    inside = set(
        Membership.objects.at(day)
        .filter(person_id__in=best, unit_id__in=subtree_ids([unit.pk], day))
        .values_list("person_id", flat=True)
    )
    # Where no membership is on record at all nobody is pointed out: the figures are still to be brought.
    judged = bool(inside) or Membership.objects.at(day).filter(unit_id__in=subtree_ids([unit.pk], day)).exists()
    found = [
        Member(row, known[row.title_key], mode_of(acts[pk]), judged and pk not in inside) for pk, row in best.items()
    ]
    return sorted(found, key=lambda m: (m.seat.order, m.post.person.sort_key, m.post.person_id))


def committees_at(unit: Unit, day: dt.date) -> dict[str, Committee]:
    """The numbers decided for the committees of an organisation, by which committee."""
    rows = Committee.objects.at(day).filter(unit=unit).select_related("opened_by")
    return {row.body: row for row in rows}


def committee_history(unit: Unit, body: str, day: dt.date) -> QuerySet[Committee]:
    """Every number decided for a committee up to a day, the newest first."""
    rows = Committee.objects.standing().filter(unit=unit, body=body, in_force__startswith__lte=day)
    return rows.select_related("opened_by", "closed_by").order_by("-in_force")


def has_committee(unit: Unit, day: dt.date) -> bool:
    """Whether an organisation has a committee: a number was decided, or somebody holds a title of one."""
    if Committee.objects.at(day).filter(unit=unit).exists():
        return True
    known = {title for body in (Body.COMMITTEE, Body.INSPECTION) for title in seats_of(body, day)}
    return Assignment.objects.at(day).filter(unit=unit, title_key__in=known, unit__versions__shelf="dang").exists()


def merged_from(unit: Unit, day: dt.date) -> int:
    """Of how many units an organisation was formed by merging, by a day."""
    rows = UnitLineage.objects.standing().filter(Q(operation__in=JOINING), new=unit, on__lte=day)
    return rows.exclude(old=unit).values("old_id").distinct().count()
