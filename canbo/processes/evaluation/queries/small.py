"""Small questions about a cycle and its sheets that steps ask."""

from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet

from ..models import Cycle, Deadline, Result, Sheet, Suggestion


def due(cycle: Cycle, step: str) -> dt.date | None:
    """The last day of a step as it stands now; None where the cycle has none."""
    return Deadline.objects.filter(cycle=cycle, step=step).order_by("-pk").values_list("on", flat=True).first()


def suggestions_for(sheet: Sheet) -> QuerySet[Suggestion]:
    """What the level above asks the subject of a sheet to answer, in the order it was asked."""
    rows = Suggestion.objects.filter(cycle=sheet.cycle_id).order_by("pk")
    return rows.filter(person=sheet.person_id) if sheet.person_id else rows.filter(collective=sheet.collective_id)


def sheet_of_suggestion(suggestion: Suggestion) -> Sheet | None:
    """The sheet on which a suggested point is answered."""
    rows = Sheet.objects.filter(cycle=suggestion.cycle_id).select_related("cycle")
    if suggestion.person_id:
        return rows.filter(person=suggestion.person_id).first()
    return rows.filter(collective=suggestion.collective_id).first()


def standing_result(sheet: Sheet) -> Result | None:
    """The result of a sheet that stands; None before its cycle was closed."""
    return Result.objects.filter(sheet=sheet, replaced_on=None).first()
