"""The department whose months are told: who heads whom, and acting as each of them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from canbo.facts.organisation.models import Unit
from canbo.facts.people.models import Person
from canbo.facts.staffing.models import Assignment
from canbo.facts.work.choices import ASSIGN
from canbo.foundation.kernel.actor import Actor, Reach
from canbo.processes.evaluation.choices import DECIDE, SCORE

HEADS = ("Chủ tịch Ủy ban nhân dân", "Giám đốc", "Trưởng phòng")
SUPPORT = ("Lái xe", "Nhân viên phục vụ")


@dataclass(frozen=True)
class Team:
    """A head and those whose work she gives and looks at.

    Args:
        unit: where the work is given.
        members: without support staff, who are judged without tasks.
    """

    unit: Unit
    head: Person
    members: tuple[Person, ...]

    @property
    def actor(self) -> Actor:
        """The head, with what a head may do over the unit."""
        return acting(self.head, self.unit)


@dataclass(frozen=True)
class Department:
    """The department: its unit, its director, and the teams from the top down."""

    unit: Unit
    director: Person
    teams: tuple[Team, ...]


def department(root: str, day: dt.date) -> Department | None:
    """The first department of the province, None in a province too small to have it manned."""
    body = Unit.objects.filter(code=f"{root}.SNV").first()
    if body is None:
        return None
    posts = Assignment.objects.at(day).filter(concurrent=False, unit__code__startswith=root)
    rows = list(posts.select_related("unit", "person").order_by("unit__code", "id"))
    heads = {row.unit.code: row for row in rows if row.title in HEADS}
    if root not in heads or body.code not in heads:
        return None
    divisions = [heads[code] for code in sorted(heads) if code.startswith(f"{body.code}.")]
    deputies = [row.person for row in rows if row.unit_id == body.pk and row.title not in HEADS]
    director = heads[body.code].person
    teams = [
        Team(body, heads[root].person, (director,)),
        Team(body, director, (*deputies, *(row.person for row in divisions))),
    ]
    for unit in {row.unit_id: row.unit for row in rows if row.unit.code.startswith(f"{body.code}.")}.values():
        head = heads[unit.code].person if unit.code in heads else director  # a vacant post: the director leads herself
        inside = [post.person for post in rows if post.unit_id == unit.pk and post.title not in SUPPORT]
        teams.append(Team(unit, head, tuple(person for person in inside if person != head)))
    return Department(body, director, tuple(team for team in teams if team.members))


def acting(person: Person, over: Unit | None = None) -> Actor:
    """Somebody herself; with a unit, also with what a head may do over it."""
    reach = Reach(units=frozenset({over.pk})) if over else None
    return Actor(
        person.name, person_id=person.pk, reaches=dict.fromkeys((ASSIGN, SCORE, DECIDE), reach) if reach else {}
    )
