"""Reading job positions: the list of a body on a day, who holds what, what is vacant, what is described."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, QuerySet, Sum

from canbo.facts.organisation.models import Unit
from canbo.facts.organisation.queries import require_over, subtree_ids, within
from canbo.facts.people.models import Person, PersonRecord
from canbo.foundation import rulebooks
from canbo.foundation.kernel.actor import Actor

from ..choices import READ, ListState
from ..models import (
    Assignment,
    DescriptionDraft,
    JobPosition,
    Placement,
    PositionApproval,
    PositionDescription,
    PositionListDraft,
)
from ..rules import Filling, below_minimum, read_list
from ..rules.positions import FIELDS, Read

GROUPS, RANKS = "staffing.positions.groups", "staffing.ranks.ranks"


@dataclass(frozen=True)
class Holder:
    """Somebody on a position on a day.

    Args:
        rank: as her dossier of the day says, empty where it says none.
        below: whether that rank lies under the lowest the position is for.
        left: whether her posts at the body had all ended by the day.
    """

    placement: Placement
    rank: str = ""
    below: bool = False
    left: bool = False


@dataclass
class Position:
    """A position on a day with its holders."""

    row: JobPosition
    holders: list[Holder] = field(default_factory=list)
    described: bool = False

    @property
    def filling(self) -> Filling:
        """Places and holders."""
        return Filling(self.row.headcount, len(self.holders))


def position_at(unit: Unit | int, code: str, day: dt.date) -> JobPosition | None:
    """The position of a body with a code as it stands on a day."""
    return JobPosition.objects.at(day).filter(unit=unit, code=code).first()


def positions_at(actor: Actor, day: dt.date, unit: Unit | None = None) -> QuerySet[JobPosition]:
    """Positions in force on a day, in a unit and everything under it."""
    rows = within(JobPosition.objects.at(day), actor.require(READ), day)
    if unit is not None:
        rows = rows.filter(unit_id__in=subtree_ids([unit.pk], day))
    return rows.select_related("unit", "opened_by")


def position_by_id(actor: Actor, pk: int, day: dt.date) -> JobPosition:
    """A row of a position the actor may read; of the same position, the row of the day if there is one.

    Raises:
        JobPosition.DoesNotExist: no such row.
        OutOfScope: not for this actor.
    """
    row = JobPosition.objects.select_related("unit", "opened_by").get(pk=pk)
    require_over(actor, READ, row.unit_id, day)
    return position_at(row.unit_id, row.code, day) or row


def body_positions(unit: Unit, day: dt.date) -> list[Position]:
    """The positions of a body itself on a day, by group and code, with their holders; five queries."""
    rows = JobPosition.objects.at(day).filter(unit=unit).select_related("unit", "opened_by")
    return with_holders(list(rows.order_by("code", "id")), day)


def with_holders(rows: Sequence[JobPosition], day: dt.date) -> list[Position]:
    """Positions with those placed on them on a day, in the order of names."""
    found = {(row.unit_id, row.code): Position(row) for row in rows}
    units = {row.unit_id for row in rows}
    placed = Placement.objects.at(day).filter(unit_id__in=units).select_related("person")
    placements = [
        p
        for p in placed.order_by("concurrent", "person__sort_key", "person_id")
        if (p.unit_id, p.position_code) in found
    ]
    ranks, left = _ranks({p.person_id for p in placements}, day), _left(placements, day)
    known = rulebooks.current().catalogue(RANKS, on=day)
    for p in placements:
        position = found[(p.unit_id, p.position_code)]
        rank = ranks.get(p.person_id, "")
        below = below_minimum(rank, position.row.min_rank, known)
        position.holders.append(Holder(p, rank, below, (p.unit_id, p.person_id) in left))
    described = PositionDescription.objects.at(day).filter(unit_id__in=units)
    for key in described.values_list("unit_id", "position_code"):
        if key in found:
            found[key].described = True
    return list(found.values())


def _ranks(people: Iterable[int], day: dt.date) -> dict[int, str]:
    rows = PersonRecord.objects.at(day).filter(person_id__in=set(people))
    return dict(rows.values_list("person_id", "rank"))


def _left(placements: Sequence[Placement], day: dt.date) -> set[tuple[int, int]]:
    """Body and person where every post that she held there had ended by a day."""
    people = {p.person_id for p in placements}
    posts = Assignment.objects.standing().filter(
        person_id__in=people, unit_id__in={p.unit_id for p in placements}, in_force__startswith__lte=day
    )
    there: dict[tuple[int, int], bool] = defaultdict(bool)
    for unit_id, person_id, held in posts.values_list("unit_id", "person_id", "in_force"):
        there[(unit_id, person_id)] |= day in held
    return {key for key, holds in there.items() if not holds}


def strays(unit: Unit, day: dt.date) -> QuerySet[Placement]:
    """People placed on a code that the body's list of the day does not know."""
    known = JobPosition.objects.at(day).filter(unit=unit).values("code")
    rows = Placement.objects.at(day).filter(unit=unit).exclude(position_code__in=known)
    return rows.select_related("person").order_by("person__sort_key", "person_id", "id")


def approval_at(unit: Unit, day: dt.date) -> PositionApproval | None:
    """The approval in force for a body on a day."""
    return PositionApproval.objects.at(day).filter(unit=unit).select_related("opened_by").first()


def approvals(unit: Unit, day: dt.date) -> QuerySet[PositionApproval]:
    """Every approval of a body up to a day, the newest first."""
    rows = PositionApproval.objects.standing().filter(unit=unit, in_force__startswith__lte=day)
    return rows.select_related("opened_by", "closed_by").order_by("-in_force")


def placements_of(person: Person, day: dt.date) -> list[tuple[Placement, JobPosition | None]]:
    """The positions somebody is placed on on a day, the main one first; for her page."""
    rows = list(Placement.objects.at(day).filter(person=person).select_related("unit", "opened_by"))
    known = {
        (row.unit_id, row.code): row
        for row in JobPosition.objects.at(day).filter(
            unit_id__in=[p.unit_id for p in rows], code__in=[p.position_code for p in rows]
        )
    }
    rows.sort(key=lambda p: (p.concurrent, p.since, p.pk))
    return [(p, known.get((p.unit_id, p.position_code))) for p in rows]


def descriptions(unit: Unit | int, code: str, day: dt.date) -> QuerySet[PositionDescription]:
    """Every description of a position up to a day, the newest first."""
    rows = PositionDescription.objects.standing().filter(unit=unit, position_code=code, in_force__startswith__lte=day)
    return rows.select_related("opened_by").order_by("-in_force")


def descriptions_at(unit: Unit, day: dt.date) -> dict[str, dict[str, Any]]:
    """What describes each position of a body on a day, by its code."""
    rows = PositionDescription.objects.at(day).filter(unit=unit)
    return dict(rows.values_list("position_code", "content"))


def described_as(unit: Unit, day: dt.date) -> dict[str, dict[str, Any]]:
    """What describes the positions of a body on a day, by the compared form of their name."""
    content = descriptions_at(unit, day)
    rows = JobPosition.objects.at(day).filter(unit=unit)
    return {row.name_key: content[row.code] for row in rows if row.code in content}


def description_draft(unit: Unit | int, code: str) -> DescriptionDraft | None:
    """What is being written about a position."""
    return DescriptionDraft.objects.filter(unit=unit, position_code=code).first()


def open_list(unit: Unit) -> PositionListDraft | None:
    """The list of a body that is on its way to approval."""
    return PositionListDraft.objects.filter(unit=unit).exclude(state=ListState.APPROVED).first()


def list_rows(unit: Unit, day: dt.date) -> list[dict[str, str]]:
    """The list in force on a day as lines of a draft."""
    groups = {row.key: row.label for row in rulebooks.current().catalogue(GROUPS, on=day)}
    rows = JobPosition.objects.at(day).filter(unit=unit).order_by("code", "id")
    found = []
    for row in rows:
        line = {name: str(getattr(row, name)) for name in FIELDS}
        found.append({**line, "group": groups.get(row.group, row.get_group_display())})
    return found


def read_rows(rows: Sequence[Mapping[str, str]], day: dt.date) -> Read:
    """Lines of a draft as the catalogues of a day understand them."""
    rules = rulebooks.current()
    return read_list(rows, rules.catalogue(GROUPS, on=day), rules.catalogue(RANKS, on=day))


def placement_by_id(actor: Actor, pk: int) -> Placement | None:
    """A placement the actor may read.

    Raises:
        OutOfScope: not for this actor.
    """
    row = Placement.objects.select_related("person", "unit").filter(pk=pk).first()
    if row is not None:
        require_over(actor, READ, row.unit_id, row.since)
    return row


def description_by_id(actor: Actor, pk: int) -> PositionDescription | None:
    """A description the actor may read.

    Raises:
        OutOfScope: not for this actor.
    """
    row = PositionDescription.objects.filter(pk=pk).first()
    if row is not None:
        require_over(actor, READ, row.unit_id, row.since)
    return row


def any_position(unit: int, code: str) -> JobPosition | None:
    """The newest row of a position, in force or not."""
    return JobPosition.objects.standing().filter(unit=unit, code=code).order_by("-in_force").first()


def unplaced(unit: Unit, day: dt.date) -> list[Person]:
    """People whose main post is at a body itself and who are placed on no position there, in the order of names."""
    placed = Placement.objects.at(day).filter(unit=unit).values("person_id")
    posts = Assignment.objects.at(day).filter(unit=unit, concurrent=False).exclude(person_id__in=placed)
    return list(Person.objects.filter(pk__in=posts.values("person_id")).order_by("sort_key", "pk"))


def position_figures(unit: Unit, day: dt.date) -> tuple[int, int, int]:
    """Positions of a body itself on a day, their places, and those placed."""
    found = JobPosition.objects.at(day).filter(unit=unit).aggregate(n=Count("pk"), places=Sum("headcount"))
    placed = Placement.objects.at(day).filter(unit=unit).count() if found["n"] else 0
    return found["n"], found["places"] or 0, placed
