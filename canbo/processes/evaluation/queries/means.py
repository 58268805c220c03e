"""Points of shorter periods for sheets that average them, wherever the months were earned."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from canbo.foundation.kernel.period import Span

from .. import rules
from ..models import Cycle, NotGraded, Result, Sheet
from .known import LIMIT

NOT_YET, NO_LONGER = "chưa nhận việc", "đã thôi việc"


@dataclass(frozen=True)
class Earned:
    """What one person has of the months or quarters of a longer period (NĐ 335/2025, Điều 11.2 và 17).

    Args:
        points: total by code of the period.
        absences: periods she did not work, with the reason.
    """

    points: dict[str, Decimal | None] = field(default_factory=dict)
    absences: dict[str, str] = field(default_factory=dict)

    def mean(self, book: rules.Book, span: Span) -> rules.Mean:
        """The mean over the periods actually worked."""
        return rules.aggregate(book, span, self.points, self.absences)

    def items(self) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
        """The same in one order, for comparison."""
        return sorted((k, str(v)) for k, v in self.points.items()), sorted(self.absences.items())


def earned_by(cycle: Cycle, sheets: Sequence[Sheet]) -> dict[int, Earned]:
    """What each sheet averages, by id; two queries however many sheets there are.

    The months of somebody who moved are hers wherever they were decided; months not worked are left out.
    """
    parts = [*rules.parts_of(cycle.span, "month"), *rules.parts_of(cycle.span, "quarter")]
    persons = {sheet.person_id for sheet in sheets if sheet.person_id}
    points: dict[int, dict[str, Decimal | None]] = defaultdict(dict)
    results = Result.objects.filter(rulebook=cycle.rulebook, period__in=parts, replaced_on=None, person__isnull=False)
    left = NotGraded.objects.filter(cycle__rulebook=cycle.rulebook, cycle__period__in=parts)
    if len(sheets) < LIMIT:
        results, left = results.filter(person__in=persons), left.filter(person__in=persons)
    for person, period, total in results.order_by().values_list("person_id", "period", "total").iterator(50_000):
        points[person][period] = total
    away: dict[int, dict[str, str]] = defaultdict(dict)
    for person, period, reason in left.exclude(code="elsewhere").values_list("person_id", "cycle__period", "reason"):
        away[person].setdefault(period, reason.rstrip("."))
    spans = {part: Span.parse(part) for part in parts}
    return {sheet.pk: _earned(cycle, sheet, points, away, spans) for sheet in sheets}


def _earned(
    cycle: Cycle,
    sheet: Sheet,
    points: dict[int, dict[str, Decimal | None]],
    away: dict[int, dict[str, str]],
    spans: dict[str, Span],
) -> Earned:
    mine = points.get(sheet.person_id or 0, {})
    absent = {part: why for part, why in away.get(sheet.person_id or 0, {}).items() if part not in mine}
    if sheet.worked_first and sheet.worked_first > cycle.first:
        absent |= {p: NOT_YET for p, s in spans.items() if s.last < sheet.worked_first and p not in mine}
    if sheet.worked_last and sheet.worked_last < cycle.last:
        absent |= {p: NO_LONGER for p, s in spans.items() if s.first > sheet.worked_last and p not in mine}
    return Earned(mine, absent)
