"""What stands in the way of annulling a decision on job positions."""

from __future__ import annotations

from collections.abc import Iterable

from canbo.facts.decisions.models import Decision, Sourced
from canbo.foundation.kernel.violation import Violation

from ..models import JobPosition, Placement


def placed_on_gone(decision: Decision, opened: Iterable[Sourced]) -> list[Violation]:
    """People placed on positions that would be gone with a decision."""
    gone = [fact for fact in opened if isinstance(fact, JobPosition)]
    units = {row.unit_id for row in gone}
    kept = set(
        JobPosition.objects.standing()
        .filter(unit_id__in=units)
        .exclude(pk__in=[row.pk for row in gone])
        .values_list("unit_id", "code")
    )
    lost = {(row.unit_id, row.code): row for row in gone if (row.unit_id, row.code) not in kept}
    placed: dict[tuple[int, str], int] = {}
    rows = Placement.objects.standing().filter(unit_id__in=units).exclude(opened_by=decision)
    for key in rows.values_list("unit_id", "position_code"):
        placed[key] = placed.get(key, 0) + 1
    return [
        Violation(
            "ANNUL-POSITION-USED",
            f"Vị trí {row} do quyết định này lập đã bố trí {placed[key]} người.",
            fix="Kết thúc hoặc hủy việc bố trí những người ấy trước.",
        )
        for key, row in lost.items()
        if key in placed
    ]
