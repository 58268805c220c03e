"""Sheets as far as an actor may read them, and as lists show them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet

from canbo.facts.organisation.models import Unit
from canbo.facts.organisation.queries import acting_day, subtree_ids, within
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.violation import OutOfScope

from ...choices import READ, State, Step
from ...models import Cycle, Result, Sheet
from ...models.cycle import newest

WAITS = {State.DRAFT: Step.SELF, State.SUBMITTED: Step.REVIEW, State.SCORED: Step.DECIDE}
"""The step a sheet waits for, by its state."""


def sheets(actor: Actor, cycle: Cycle, under: Unit | None = None) -> QuerySet[Sheet]:
    """The sheets of a cycle that the actor reads, by unit and given name.

    Args:
        under: only those of this unit and what lay under it at the end of the period.
    """
    rows = within(Sheet.objects.filter(cycle=cycle), actor.require(READ), acting_day(), "unit_id")
    if under is not None:
        rows = rows.filter(unit_id__in=subtree_ids([under.pk], cycle.last))
    return rows.select_related("person", "collective", "unit").order_by("unit__sort_key", "person__sort_key", "pk")


def sheet_by_id(actor: Actor, pk: int) -> Sheet:
    """A sheet the actor reads, or her own.

    Raises:
        OutOfScope: there is none, or not for this actor.
    """
    rows = Sheet.objects.select_related("cycle", "cycle__unit", "person", "collective", "unit", "body")
    row = rows.filter(pk=pk).first()
    own = row is not None and row.person_id is not None and row.person_id == actor.person_id
    if row is None:
        raise OutOfScope("phiếu đánh giá")
    if own or within(Sheet.objects.filter(pk=pk), actor.reach(READ), acting_day(), "unit_id").exists():
        return row
    raise OutOfScope("phiếu đánh giá")


def late(actor: Actor, cycle: Cycle, day: dt.date, under: Unit | None = None) -> dict[str, QuerySet[Sheet]]:
    """Sheets that wait for a step whose last day has gone by, by step."""
    due = newest(list(cycle.deadlines.all()))
    passed = {state: step for state, step in WAITS.items() if step in due and due[step] < day}
    rows = sheets(actor, cycle, under)
    return {step: rows.filter(state=state) for state, step in passed.items()}


@dataclass(frozen=True)
class Line:
    """A sheet as lists show it: the standing result where there is one, else how far the sheet is."""

    sheet: Sheet
    result: Result | None

    @property
    def name(self) -> str:
        return self.sheet.subject_name

    @property
    def common(self) -> Decimal | None:
        return self.result.common if self.result else self.sheet.common

    @property
    def points(self) -> Decimal | None:
        return self.result.result if self.result else self.sheet.result

    @property
    def total(self) -> Decimal | None:
        return self.result.total if self.result else self.sheet.total

    @property
    def grade(self) -> str:
        return self.result.grade if self.result else self.sheet.grade

    @property
    def proposed(self) -> str:
        """What the advisers propose, else the direct superior."""
        return self.sheet.advised_grade or self.sheet.proposed_grade

    @property
    def waits(self) -> str:
        """Why there is no grade: what the sheet waits for, or that it was closed without one."""
        return "không xếp loại" if self.sheet.state == State.CLOSED else self.sheet.get_state_display()

    @property
    def reason(self) -> str:
        return self.result.reason if self.result else self.sheet.decision_reason

    @property
    def by_points(self) -> str:
        return self.result.by_points if self.result else self.sheet.by_points

    @property
    def by_conditions(self) -> str:
        return self.result.by_conditions if self.result else self.sheet.by_conditions


def lines(rows: Iterable[Sheet]) -> list[Line]:
    """Sheets with their standing results, in two queries however many they are."""
    found = list(rows)
    standing = Result.objects.filter(sheet__in=[sheet.pk for sheet in found], replaced_on=None)
    by_sheet = {result.sheet_id: result for result in standing.defer("explanation", "tasks")}
    return [Line(sheet, by_sheet.get(sheet.pk)) for sheet in found]


def line_of(sheet: Sheet) -> Line:
    """One sheet with its standing result and its explanation."""
    return Line(sheet, Result.objects.filter(sheet=sheet, replaced_on=None).first())
