"""What records say about many subjects at once, by the names rulebooks ask for. A fact nobody recorded is left out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Any

from django.db.models import Count, Min, Q

from .. import rules
from ..choices import Standing
from ..models import Cycle, Sheet
from . import bodies, recorded
from .absences import absences
from .bodies import UNIT_RATIOS
from .known import Known


def gathered(cycle: Cycle, book: rules.Book, sheets: Sequence[Sheet], on: dt.date) -> dict[int, Known]:
    """Facts by sheet, in a number of queries that does not depend on how many sheets there are."""
    found = {sheet.pk: Known() for sheet in sheets}
    asked = {group: {row.key for row in book.facts_of(group)} for group in {sheet.group for sheet in sheets}}
    everything: set[str] = set().union(*asked.values()) if asked else set()
    for sheet in sheets:
        facts = found[sheet.pk].facts
        facts["is_head"], facts["is_deputy"] = sheet.standing == Standing.HEAD, sheet.standing == Standing.DEPUTY
    recorded.disciplines(cycle, sheets, found)
    absences(cycle, sheets, found)
    if everything & set(UNIT_RATIOS):
        bodies.unit_ratios(cycle, book, [s for s in sheets if asked[s.group] & set(UNIT_RATIOS)], found, on)
    if any(ceiling.row.get("fact") == "unit_grade" for group in asked for ceiling in book.ceilings(group)):
        bodies.unit_grades(cycle, [s for s in sheets if s.standing == Standing.HEAD], found)
    if "subunits_failed" in everything:
        bodies.subunits(cycle, book, [s for s in sheets if s.collective_id], found)
    if "quarters_failed" in everything:
        bodies.quarters(cycle, book, sheets, found)
    recorded.findings(cycle, sheets, found)
    return found


def subordinate_floor(cycle: Cycle, heads: Collection[int]) -> dict[int, tuple[Any, int]]:
    """By head: the lowest total among those she is the superior of, and how many of them have no total yet."""
    rows = (
        Sheet.objects.filter(cycle=cycle, superior__in=heads)
        .order_by()
        .values("superior_id")
        .annotate(low=Min("total"), open=Count("pk", filter=Q(total=None)))
    )
    return {row["superior_id"]: (row["low"], row["open"]) for row in rows}
