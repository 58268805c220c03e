"""The decision on sheets: one or thirty at once, within the cap, on what the rulebook says that day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from canbo.foundation.audit.actions import action
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.violation import Violation

from .. import queries
from ..choices import DECIDE, Happening, State
from ..models import Event, Sheet
from .rows import Locked, Verdict, event, in_state, lock
from .verdicts import chosen, verdict_faults

WRITTEN = [
    "common", "result", "total", "by_points", "by_conditions", "explanation", "basis", "grade", "decision_reason", "state",
    "decided_at", "decided_by", "version",
]  # fmt: skip


@action("evaluation.sheet.decide", permission=None, log=("rows",))
def decide(actor: Actor, *, rows: Sequence[Verdict], at: dt.datetime, reason: str = "") -> list[Sheet]:
    """Decides the grade of sheets (quyết định xếp loại): all of them, or none with every reason why not.

    Args:
        reason: stands for rows without one of their own.

    Raises:
        Refused: not hers to decide, her own, not scored, no data, a grade that a knock-out or a ceiling forbids, a
            departure without a reason, more top grades than the cap allows; each with the sheet in its field.
        OutOfScope: a sheet is not there.
    """
    locked = lock(rows)
    sheets = list(locked.sheets.values())
    found = queries.authority(actor, DECIDE, sheets, at.date())
    for sheet in sheets:
        locked.faults += found.faults(sheet, sheet.decider_id, sheet.body_id)
        locked.faults += in_state(sheet, State.SCORED, State.DECIDED)
    locked.faults += queries.order_faults(locked.cycle, sheets)
    locked.refuse()
    assessed = queries.assess(locked.cycle, sheets, at.date())
    grades: dict[int, str] = {}
    for row in rows:
        sheet, said = locked.sheets[row.sheet], assessed[row.sheet]
        locked.faults += said.faults
        if said.outcome is None:
            continue
        locked.faults += verdict_faults(said.book, sheet, row, said.outcome, row.reason or reason)
        grades[sheet.pk] = chosen(row, said.outcome)
        queries.noted(sheet, said.book, said.outcome, said.basis)
    locked.faults += _over_cap(locked, grades)
    locked.refuse()
    for row in rows:
        sheet = locked.sheets[row.sheet]
        sheet.grade, sheet.decision_reason = grades[sheet.pk], (row.reason or reason).strip()
        sheet.state, sheet.decided_at, sheet.decided_by = State.DECIDED, at, actor.name
        sheet.version += 1
    Sheet.objects.bulk_update(sheets, WRITTEN, batch_size=500)
    Event.objects.bulk_create(
        (
            event(actor, sheet, Happening.DECIDED, at, sheet.decision_reason, grade=sheet.grade, total=sheet.total)
            for sheet in sheets
        ),
        batch_size=500,
    )
    return sheets


def _over_cap(locked: Locked, grades: dict[int, str]) -> list[Violation]:
    """The cap on the highest grade in each group these sheets belong to; two deciders of one group wait for each other."""
    keys = {(sheet.body_id, sheet.cap_group) for sheet in locked.sheets.values()}
    list(
        Sheet.objects.select_for_update(of=("self",))
        .filter(cycle=locked.cycle, body__in={body for body, _ in keys}, cap_group__in={group for _, group in keys})
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    faults = []
    for standing in queries.caps(locked.cycle, keys, grades):
        if standing.kept or standing.result is None:
            continue
        names = ", ".join(f"{one.name} ({one.points:.1f})" for one in standing.result.boundary)
        faults.append(
            Violation(
                "EVAL-CAP",
                f"{standing.body}, nhóm “{standing.cap_group}”: {standing.result.used} người xếp mức cao nhất, "
                f"được nhiều nhất {standing.limit} ({standing.result.formula}). Sát ranh giới: {names or 'chưa có'}.",
                field="rows",
                source=standing.result.article,
                fix="Chuyển bớt xuống mức kế tiếp, hoặc đề nghị người có thẩm quyền cho phép vượt có lý do.",
            )
        )
    return faults
