"""Reading appeals and results for whoever answers them or puts them right."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Q, QuerySet

from canbo.facts.organisation.queries import within
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.violation import OutOfScope

from ..choices import DECIDE, READ
from ..models import Appeal, Cycle, Result
from .acting import named_over
from .books import books_of
from .results import appeals

LONG = ("result__explanation", "result__tasks")


def appeal_register(actor: Actor, day: dt.date) -> QuerySet[Appeal]:
    """The register without the long parts of results."""
    return appeals(actor, day).defer(*LONG)


def appeal_by_id(actor: Actor, pk: int, day: dt.date) -> Appeal:
    """One appeal: of her scope, or hers to answer by relation or delegation.

    Raises:
        OutOfScope: there is none for this actor.
    """
    near = ("result__sheet__cycle__unit", "result__sheet__superior", "result__sheet__decider", "result__person",
            "result__collective", "result__unit", "result__cycle", "new_result__decision")  # fmt: skip
    rows = Appeal.objects.select_related(*near).filter(pk=pk)
    found = within(rows, actor.reach(READ), day, "result__unit_id").first()
    found = found or rows.filter(result__sheet__decider__in=named_over(actor, DECIDE, day)).first()
    if found is None:
        raise OutOfScope("kiến nghị")
    return found


def results_within(actor: Actor, cycle: Cycle, day: dt.date) -> QuerySet[Result]:
    """Every result of a cycle within reach, those replaced too."""
    rows = within(Result.objects.filter(cycle=cycle), actor.require(READ), day)
    return rows.select_related("person", "collective", "unit", "decision").defer("explanation", "tasks")


def result_to_replace(actor: Actor, pk: int, day: dt.date) -> Result:
    """A result with what deciding on it asks; raises OutOfScope when there is none for this actor."""
    near = ("sheet__cycle__unit", "sheet__superior", "sheet__decider", "sheet__person", "person", "collective", "unit",
            "cycle", "decision")  # fmt: skip
    rows = Result.objects.select_related(*near).filter(pk=pk)
    mine = Q(sheet__decider__in=named_over(actor, DECIDE, day))
    found = within(rows, actor.reach(READ), day).first() or rows.filter(mine).first()
    if found is None:
        raise OutOfScope("kết quả đánh giá")
    return found


def grades_of(result: Result) -> list[tuple[str, str]]:
    """Keys and names of the grades of a result's rulebook, best first."""
    sheet: Any = result.sheet
    book = books_of(sheet.cycle, [sheet.unit_id])[sheet.unit_id]
    return [(grade.key, grade.title) for grade in book.grades]
