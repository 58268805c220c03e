"""Facts of the units people lead: how their work stands, how they and their parts were graded."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from fractions import Fraction

from django.db.models import Count

from canbo.facts.organisation.models import UnitVersion

from .. import rules
from ..choices import State
from ..models import Cycle, Result, Sheet
from .known import LIMIT, Known
from .totals import unit_totals

UNIT_RATIOS = {
    "unit_done_ratio": "tasks_done",
    "unit_on_time_ratio": "tasks_on_time",
    "unit_late_ratio": "tasks_late",
    "unit_exceeded_ratio": "tasks_exceeded",
}


def unit_ratios(cycle: Cycle, book: rules.Book, sheets: Sequence[Sheet], found: dict[int, Known], on: dt.date) -> None:
    """How the work of a unit and everything under it stands; not known where there was none."""
    units = {sheet.unit_id for sheet in sheets}
    sums = unit_totals(book, cycle.first, cycle.last, on, sorted(units))
    for sheet in sheets:
        mine = sums.get(sheet.unit_id)
        for name, column in UNIT_RATIOS.items():
            found[sheet.pk].facts[name] = Fraction(getattr(mine, column), mine.tasks) if mine and mine.tasks else None


def unit_grades(cycle: Cycle, sheets: Sequence[Sheet], found: dict[int, Known]) -> None:
    """The grade of the body somebody heads: not known while the body waits for its own decision."""
    units = {sheet.unit_id for sheet in sheets}
    if not units:
        return
    bodies = Sheet.objects.filter(collective__in=units, period=cycle.period, rulebook=cycle.rulebook)
    grades = {unit: grade or None for unit, grade in bodies.values_list("collective_id", "grade")}
    replaced = Result.objects.filter(
        collective__in=units, period=cycle.period, rulebook=cycle.rulebook, replaced_on=None
    )
    grades |= dict(replaced.values_list("collective_id", "grade"))
    for sheet in sheets:
        if sheet.unit_id in grades:
            found[sheet.pk].facts["unit_grade"] = grades[sheet.unit_id]


def subunits(cycle: Cycle, book: rules.Book, sheets: Sequence[Sheet], found: dict[int, Known]) -> None:
    """Direct sub-units that failed; not known while one of them waits: the lower is decided before the higher."""
    units = {sheet.collective_id for sheet in sheets}
    if not units:
        return
    parents: dict[int | None, int | None] = dict(
        UnitVersion.objects.at(cycle.last).filter(parent__in=units).values_list("unit_id", "parent_id")
    )
    lowest = book.grades[-1].key
    failed: dict[int, int] = defaultdict(int)
    waiting: set[int] = set()
    below = Sheet.objects.filter(collective__in=parents, period=cycle.period, rulebook=cycle.rulebook)
    for below_id, grade, state in below.values_list("collective_id", "grade", "state"):
        parent = parents[below_id]
        if parent is not None:
            failed[parent] += grade == lowest
            waiting |= {parent} if state not in (State.DECIDED, State.CLOSED) else set()
    for sheet in sheets:
        unit = sheet.collective_id
        if unit in waiting or unit in failed:
            found[sheet.pk].facts["subunits_failed"] = None if unit in waiting else failed[unit]


def quarters(cycle: Cycle, book: rules.Book, sheets: Sequence[Sheet], found: dict[int, Known]) -> None:
    """In how many quarters of the year somebody failed, whatever the rulebook of the quarter."""
    persons = {sheet.person_id: sheet.pk for sheet in sheets if sheet.person_id}
    rows = Result.objects.filter(
        replaced_on=None, period__startswith=f"{cycle.first.year}-Q", grade=book.grades[-1].key, person__isnull=False
    )
    if len(sheets) < LIMIT:
        rows = rows.filter(person__in=persons)
    counted = rows.order_by().values("person_id").annotate(many=Count("period", distinct=True))
    for person, many in counted.values_list("person_id", "many"):
        if person in persons:
            found[persons[person]].facts["quarters_failed"] = many
