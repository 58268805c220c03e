"""Which step of a restructuring may follow which."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from canbo.foundation.kernel.dates import format_date
from canbo.foundation.kernel.violation import Violation

ORDER = "organisation.restructuring.stages"


@dataclass(frozen=True)
class Stage:
    """A step as the rulebook describes it.

    Args:
        paper: whether the step is taken on a paper, which is then named.
        skip: whether it may be left out for a stated reason.
    """

    key: str
    label: str
    paper: bool = False
    skip: bool = False


def step_faults(
    stages: Sequence[Stage],
    now: str,
    wanted: str,
    on: dt.date,
    last: dt.date | None,
    *,
    paper: str = "",
    reason: str = "",
    source: str = "",
) -> list[Violation]:
    """Why a case in step ``now`` may not go to ``wanted`` on a day; empty when it may. All reasons at once.

    Args:
        stages: every step in its order.
        now: where the case is.
        wanted: where it shall go; an earlier step means it is given back.
        on: the day of the step; ``last`` is the day of the newest step.
    """
    keys = [stage.key for stage in stages]
    if wanted not in keys:
        return [Violation("RESTRUCTURE-STEP", f"Không có bước “{wanted}”.", field="step", source=source)]
    faults = []
    if last is not None and on < last:
        faults.append(
            Violation(
                "RESTRUCTURE-STEP-DAY",
                f"Ngày {format_date(on)} trước ngày của bước trước ({format_date(last)}).",
                field="on",
            )
        )
    at = keys.index(now) if now in keys else -1
    to = keys.index(wanted)
    if to == at:
        faults.append(
            Violation("RESTRUCTURE-STEP-SAME", f"Đợt sắp xếp đang ở bước “{stages[to].label}”.", field="step")
        )
    if to < at and not reason.strip():
        faults.append(Violation("RESTRUCTURE-BACK-REASON", "Ghi lý do trả lại bước trước.", field="reason"))
    for stage in stages[at + 1 : to]:
        if not stage.skip:
            faults.append(
                Violation(
                    "RESTRUCTURE-STEP-SKIPPED",
                    f"Chưa qua bước “{stage.label}”.",
                    field="step",
                    source=source,
                    fix=f"Ghi bước “{stage.label}” trước.",
                )
            )
        elif not reason.strip():
            faults.append(
                Violation(
                    "RESTRUCTURE-SKIP-REASON",
                    f"Bỏ qua bước “{stage.label}” thì phải ghi lý do.",
                    field="reason",
                    source=source,
                )
            )
    if to > at and stages[to].paper and not paper.strip():
        faults.append(
            Violation(
                "RESTRUCTURE-PAPER",
                f"Bước “{stages[to].label}” cần ghi văn bản (số, ngày).",
                field="paper",
                source=source,
            )
        )
    return faults
