"""Rows of the lists of a unit: proposals of everybody who has a say, members not reviewed, groups under the cap."""

from __future__ import annotations

from canbo.facts.organisation.models import Unit
from canbo.facts.organisation.queries import acting_day
from canbo.facts.party.choices import Entry
from canbo.facts.party.models import Membership
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.dates import format_date

from ...choices import READ
from ...models import Cycle, Result
from ..caps import CapStanding, caps
from ..cycles import not_graded
from .chosen import Chosen
from .rows import lines, sheets

VOICES = ("Tự xếp loại", "Cơ quan, đơn vị (xếp loại công chức)", "Cấp trên trực tiếp, chi uỷ", "Thẩm định")
MOST_GROUPS = 200
"""Groups of similar posts shown at once; a whole province has thousands, nobody reads them in one table."""


def of_cycle(actor: Actor, cycle: Cycle, under: Unit | None) -> Chosen:
    """One cycle and one unit as something to count."""
    return Chosen(cycle.rulebook, cycle.period, (cycle,), under, actor.require(READ), acting_day())


def groups_under_cap(actor: Actor, cycle: Cycle, under: Unit | None) -> list[CapStanding] | None:
    """How the groups of similar posts of a unit stand to the cap; None when there are too many to show."""
    rows = sheets(actor, cycle, under).order_by().values_list("body_id", "cap_group").distinct()
    keys = list(rows[: MOST_GROUPS + 1])
    if len(keys) > MOST_GROUPS:
        return None
    return [standing for standing in caps(cycle, keys) if standing.result is not None] if keys else []


def proposals(actor: Actor, cycle: Cycle, under: Unit | None) -> list[tuple[str, str, tuple[str, ...]]]:
    """Name, unit and what each of ``VOICES`` proposes; the State's grade is that of the same person and period."""
    rows = list(sheets(actor, cycle, under).filter(person__isnull=False))
    others = Result.objects.filter(
        person__in=[row.person_id for row in rows], period=cycle.period, replaced_on=None
    ).exclude(rulebook=cycle.rulebook)
    state = {
        person: grade
        for person, grade, rulebook in others.order_by("pk").values_list("person_id", "grade", "rulebook")
        if rulebook.startswith("nd")
    }
    return [
        (
            row.person.name if row.person else "",
            row.unit.name,
            (row.self_grade, state.get(row.person_id or 0, ""), row.proposed_grade, row.advised_grade),
        )
        for row in rows
    ]


def not_reviewed(actor: Actor, cycle: Cycle, under: Unit | None) -> list[tuple[str, str, str, str]]:
    """Name, unit, day of admission and why: people without a sheet, and those whose sheet has no grade."""
    absent = [
        (row.person_id, row.person.name, row.unit.name, row.reason)
        for row in not_graded(actor, cycle, acting_day(), under)
    ]
    waiting = [
        (line.sheet.person_id, line.name, line.sheet.unit.name, line.sheet.get_state_display())
        for line in lines(sheets(actor, cycle, under).filter(person__isnull=False, grade=""))
        if not line.grade
    ]
    found = [*absent, *waiting]
    days = _admitted([person for person, *_ in found if person])
    return [(name, unit, days.get(person or 0, ""), why) for person, name, unit, why in found]


def _admitted(persons: list[int]) -> dict[int, str]:
    rows = Membership.objects.filter(person__in=persons, voided_on=None, entry=Entry.ADMIT)
    return {
        person: format_date(day, precision or "d")
        for person, day, precision in rows.values_list("person_id", "ceremony_on", "ceremony_precision")
    }
