"""The order in which things are decided: civil servants before Party members (NĐ 335/2025, Điều 19 and 23)."""

from __future__ import annotations

from collections.abc import Sequence

from canbo.foundation.kernel.violation import Violation

from ..choices import State
from ..models import Cycle, Sheet
from .books import PARTY_TRACKS, book_of


def order_faults(cycle: Cycle, sheets: Sequence[Sheet]) -> list[Violation]:
    """Sheets whose subject still waits for a decision that has to come first; one query."""
    if book_of(cycle).track not in PARTY_TRACKS or len(cycle.period) != 4:
        return []
    persons: dict[int | None, Sheet] = {sheet.person_id: sheet for sheet in sheets if sheet.person_id}
    earlier = (
        Sheet.objects.filter(person__in=persons, period=cycle.period)
        .exclude(rulebook=cycle.rulebook)
        .exclude(state__in=(State.DECIDED, State.CLOSED))
        .select_related("person", "cycle")
    )
    return [
        Violation(
            "EVAL-ORDER",
            f"{row.person.name if row.person else ''} chưa được xếp loại theo “{row.cycle.rulebook_title}” kỳ {row.period}.",
            field=str(persons[row.person_id].pk),
            source="NĐ 335/2025/NĐ-CP, Điều 19, Điều 23",
            fix="Quyết định xếp loại công chức trước, xếp loại đảng viên sau.",
        )
        for row in earlier.order_by("pk")
    ]
