"""Leading a cycle along: its stage, its dates, larger shares, what was found wrong on a sheet."""

from __future__ import annotations

import datetime as dt
from typing import Any

from canbo.facts.decisions.models import Decision
from canbo.facts.organisation.models import Unit
from canbo.facts.organisation.queries import require_over
from canbo.foundation.audit.actions import action
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.violation import Refused, Violation

from .. import queries
from ..choices import DECIDE, MANAGE, Happening, Stage, Standing, State, Step
from ..models import Allowance, Cycle, Deadline, Sheet
from .locking import open_cycle_row
from .rows import event, lock_sheets

ORDER = list(Stage)
CORRECTABLE = ("unit", "body", "title", "standing", "cap_group", "superior", "decider", "decides_at", "represented_by")


@action("evaluation.cycle.advance", permission=MANAGE, log=("cycle", "stage"))
def advance(actor: Actor, *, cycle: Cycle, stage: str, at: dt.datetime, reason: str = "") -> Cycle:
    """Says which step the whole cycle is at; going back needs a reason.

    Raises:
        Refused: closed, no such stage, or back without a reason.
    """
    require_over(actor, MANAGE, cycle.unit, at.date())
    row = open_cycle_row(cycle)
    if stage not in Stage.values or stage == Stage.CLOSED:
        raise Refused(Violation("EVAL-STAGE", "Không có giai đoạn này.", field="stage"))
    if ORDER.index(Stage(stage)) < ORDER.index(Stage(row.stage)) and not reason.strip():
        raise Refused(Violation("EVAL-REASON", "Lùi giai đoạn phải ghi lý do.", field="reason"))
    row.stage = stage
    row.save(update_fields=["stage"])
    return row


@action("evaluation.cycle.extend", permission=MANAGE, log=("cycle", "step", "until"))
def extend_deadline(actor: Actor, *, cycle: Cycle, step: str, until: dt.date, reason: str, at: dt.datetime) -> Deadline:
    """Sets another last day for a step; the former one stays on record with its source.

    Raises:
        Refused: closed, no such step, no reason, or the same day.
    """
    require_over(actor, MANAGE, cycle.unit, at.date())
    row = open_cycle_row(cycle)
    faults = []
    if step not in Step.values:
        faults.append(Violation("EVAL-STEP", "Không có bước này.", field="step"))
    if not reason.strip():
        faults.append(Violation("EVAL-REASON", "Ghi lý do gia hạn.", field="reason"))
    if queries.due(row, step) == until:
        faults.append(Violation("EVAL-SAME-DAY", "Hạn này đang có hiệu lực.", field="until"))
    if until < row.first:
        faults.append(Violation("EVAL-EARLY", "Hạn trước ngày đầu kỳ.", field="until"))
    if faults:
        raise Refused(faults)
    return Deadline.objects.create(
        cycle=row, step=step, on=until, reason=reason.strip(), set_at=at, set_by=actor.name
    )  # fmt: skip


@action("evaluation.cycle.allow", permission=DECIDE, log=("cycle", "body", "cap_group", "outstanding", "limit"))
def allow_more(
    actor: Actor,
    *,
    cycle: Cycle,
    body: Unit,
    reason: str,
    at: dt.datetime,
    cap_group: str = "",
    outstanding: bool = False,
    limit: int | None = None,
    decision: Decision | None = None,
) -> Allowance:
    """Allows more top grades than the ordinary share (NĐ 335/2025, Điều 20; QĐ 366-QĐ/TW, Điều 11).

    Args:
        outstanding: the body is outstanding, its higher share holds; else ``limit`` is the number allowed.
        cap_group: one group of similar posts; empty: every group of the body.

    Raises:
        Refused: closed, no reason, both ways or neither, nobody there, or a body she is evaluated in herself.
        OutOfScope, NotPermitted: she does not decide above the body.
    """
    require_over(actor, DECIDE, cycle.unit, at.date())
    row = open_cycle_row(cycle)
    faults = []
    mine = Sheet.objects.filter(cycle=row, body=body)
    if not mine.exists():
        faults.append(Violation("EVAL-NO-SHEET", "Cơ quan này không có phiếu trong kỳ.", field="body"))
    if (
        actor.person_id
        and mine.filter(person=actor.person_id, **({"cap_group": cap_group} if cap_group else {})).exists()
    ):
        faults.append(Violation("EVAL-OWN", "Không ai nâng tỷ lệ cho nhóm có chính mình.", field="body"))
    if not reason.strip():
        faults.append(Violation("EVAL-REASON", "Ghi lý do cho phép vượt tỷ lệ.", field="reason"))
    if outstanding == (limit is not None):
        faults.append(
            Violation("EVAL-ALLOW", "Chọn tỷ lệ của đơn vị xuất sắc hoặc ghi số người, một trong hai.", field="limit")
        )
    if faults:
        raise Refused(faults)
    return Allowance.objects.create(
        cycle=row, body=body, cap_group=cap_group, outstanding=outstanding, limit=limit, reason=reason.strip(),
        decision=decision, allowed_at=at, allowed_by=actor.name,
    )  # fmt: skip


@action("evaluation.sheet.correct", permission=MANAGE, log=("sheet", "changes"))
def correct_sheet(actor: Actor, *, sheet: Sheet, reason: str, at: dt.datetime, changes: dict[str, Any]) -> Sheet:
    """Corrects what was found when the cycle was opened: unit, post, group, superior, decider (phân công bằng văn bản).

    Args:
        changes: new values by name of ``CORRECTABLE``.

    Raises:
        Refused: closed or decided, no reason, unknown names, her own sheet, or somebody made her own superior.
    """
    locked = lock_sheets([sheet.pk])
    row = locked.sheets[sheet.pk]
    require_over(actor, MANAGE, row.unit_id, locked.cycle.last)
    book = queries.books_of(locked.cycle, [row.unit_id])[row.unit_id]
    faults = []
    if actor.person_id is not None and actor.person_id in (row.person_id, row.represented_by_id):
        faults.append(Violation("EVAL-OWN", "Không ai sửa phiếu của chính mình.", field=str(row.pk)))
    if row.state == State.DECIDED:
        faults.append(Violation("EVAL-STATE", "Phiếu đã quyết định; trả lại trước khi sửa.", field=str(row.pk)))
    if not reason.strip():
        faults.append(Violation("EVAL-REASON", "Ghi lý do sửa.", field="reason"))
    faults += [
        Violation("EVAL-FIELD", f"Không sửa được mục {name}.", field=name)
        for name in changes
        if name not in CORRECTABLE
    ]
    for name in ("superior", "decider"):
        who = changes.get(name)
        if who is not None and who.pk == row.person_id:
            faults.append(Violation("EVAL-OWN", "Không ai là cấp trên của chính mình.", field=name))
    standing = changes.get("standing", row.standing)
    if standing not in Standing.values or not queries.group_of(book, standing):
        faults.append(Violation("EVAL-GROUP", "Bộ quy tắc không có nhóm cho vị trí này.", field="standing"))
    if faults:
        raise Refused(faults)
    before = {name: getattr(getattr(row, name), "pk", getattr(row, name)) for name in changes}
    for name, value in changes.items():
        setattr(row, name, value)
    row.group, row.version = queries.group_of(book, standing), row.version + 1
    row.save(update_fields=[*changes, "group", "version"])
    event(actor, row, Happening.CORRECTED, at, reason, before=before).save()
    return row
