"""Means of shorter periods for sheets that average them, wherever the months were earned."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from canbo.foundation.kernel.period import Span

from .. import rules
from ..models import Cycle, NotGraded, Result, Sheet
from .known import LIMIT

NOT_YET, NO_LONGER = "chưa nhận việc", "đã thôi việc"


def means_of(cycle: Cycle, book: rules.Book, sheets: Sequence[Sheet]) -> dict[int, rules.Mean]:
    """The mean of each sheet by id (NĐ 335/2025, Điều 11.2 and 17); two queries however many sheets there are.

    The old unit's months of somebody who moved are hers wherever they were decided; months not worked are left out.
    """
    parts = [*rules.parts_of(cycle.span, "month"), *rules.parts_of(cycle.span, "quarter")]
    persons = {sheet.person_id for sheet in sheets if sheet.person_id}
    points: dict[int, dict[str, Decimal | None]] = defaultdict(dict)
    earned = Result.objects.filter(rulebook=cycle.rulebook, period__in=parts, replaced_on=None, person__isnull=False)
    left = NotGraded.objects.filter(cycle__rulebook=cycle.rulebook, cycle__period__in=parts)
    if len(sheets) < LIMIT:
        earned, left = earned.filter(person__in=persons), left.filter(person__in=persons)
    for person, period, total in earned.order_by().values_list("person_id", "period", "total"):
        points[person][period] = total
    away: dict[int, dict[str, str]] = defaultdict(dict)
    for person, period, reason in left.exclude(code="elsewhere").values_list("person_id", "cycle__period", "reason"):
        away[person].setdefault(period, reason.rstrip("."))
    spans = {part: Span.parse(part) for part in parts}
    found = {}
    for sheet in sheets:
        mine = points.get(sheet.person_id or 0, {})
        absent = {part: why for part, why in away.get(sheet.person_id or 0, {}).items() if part not in mine}
        if sheet.worked_first and sheet.worked_first > cycle.first:
            absent |= {p: NOT_YET for p, s in spans.items() if s.last < sheet.worked_first and p not in mine}
        if sheet.worked_last and sheet.worked_last < cycle.last:
            absent |= {p: NO_LONGER for p, s in spans.items() if s.first > sheet.worked_last and p not in mine}
        found[sheet.pk] = rules.aggregate(book, cycle.span, mine, absent)
    return found
