"""A cycle, locked against closing while something is written into it."""

from __future__ import annotations

from canbo.foundation.kernel.violation import Refused, Violation

from ..choices import Stage
from ..models import Cycle


def open_cycle_row(cycle: Cycle) -> Cycle:
    """The cycle as it stands, locked.

    Raises:
        Refused: it is closed.
    """
    row = Cycle.objects.select_for_update(of=("self",)).select_related("unit").get(pk=cycle.pk)
    if row.stage == Stage.CLOSED:
        raise Refused(
            Violation(
                "EVAL-CLOSED",
                f"Kỳ đánh giá {row.span} đã đóng.",
                fix="Kết quả đã đóng chỉ được thay bằng quyết định mới.",
            )
        )
    return row
