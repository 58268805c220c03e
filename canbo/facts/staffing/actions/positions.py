"""Approving the list of job positions of a body; describing a position."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from django.db.models import Func, Q, Value

from canbo.facts.decisions import actions as ledger
from canbo.facts.decisions.models import Batch, Decision, Sourced
from canbo.facts.organisation.models import Unit
from canbo.facts.organisation.queries import require_over, version_at
from canbo.foundation.audit.actions import action
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.dates import format_date
from canbo.foundation.kernel.violation import Refused, Violation

from ..choices import WRITE, ListState
from ..models import DescriptionDraft, JobPosition, PositionApproval, PositionDescription, PositionListDraft
from ..queries.positions import described_as, position_at
from ..rules import PositionLine, title_key

Fields = tuple[str, ...]
CONTENT: Fields = ("name", "group", "min_rank", "max_rank", "headcount", "legal_basis")


@action("staffing.positions.approve", permission=WRITE, log=("unit", "on", "decision"))
def approve_positions(
    actor: Actor,
    *,
    unit: Unit,
    lines: Sequence[PositionLine],
    on: dt.date,
    legal_basis: str = "",
    decision: Decision | None = None,
    batch: Batch | None = None,
) -> PositionApproval:
    """Approves the whole list of a body from a day on.

    Positions that stay as they were go on; changed ones end and begin anew; those no longer in the list end.

    Raises:
        Refused: an empty list, a body that is not there on the day, a list approved from that day or later.
    """
    require_over(actor, WRITE, unit, on)
    if faults := approval_faults(unit, lines, on):
        raise Refused(faults)
    wanted = {line.code: line for line in lines}
    present = {row.code: row for row in JobPosition.objects.at(on).filter(unit=unit)}
    same = {code for code, row in present.items() if code in wanted and _content(row) == _wanted(wanted[code])}
    end_many(JobPosition, [row.pk for code, row in present.items() if code not in same], on, decision, batch)
    made = {"unit": unit, "in_force": ledger.span(on), "since": on, "opened_by": decision, "opened_in": batch}
    JobPosition.objects.bulk_create(
        JobPosition(**asdict(line), name_key=title_key(line.name), **made)
        for code, line in wanted.items()
        if code not in same
    )
    end_many(PositionApproval, PositionApproval.objects.at(on).filter(unit=unit).values("pk"), on, decision, batch)
    row = PositionApproval.objects.create(legal_basis=legal_basis[:255], **made)
    PositionListDraft.objects.filter(unit=unit, state=ListState.APPRAISED).update(
        state=ListState.APPROVED, approval=row
    )
    return row


def approval_faults(unit: Unit, lines: Sequence[PositionLine], on: dt.date) -> list[Violation]:
    """Why a list may not be approved from a day on."""
    faults = []
    if not lines:
        faults.append(Violation("POSITION-EMPTY", f"Danh mục vị trí việc làm của {unit} chưa có vị trí nào."))
    if version_at(unit, on) is None:
        faults.append(Violation("POSITION-UNIT", f"{unit} không hoạt động vào ngày {format_date(on)}."))
    for model in (PositionApproval, JobPosition):
        later = Q(in_force__startswith__gte=on) | Q(in_force__endswith__gt=on)
        if model._default_manager.standing().filter(later, unit=unit).exists():
            faults.append(
                Violation(
                    "POSITION-LATER",
                    f"{unit} đã có danh mục vị trí việc làm thay đổi từ ngày {format_date(on)} hoặc sau ngày ấy.",
                    fix="Hủy quyết định ghi sau trước, hoặc chọn ngày hiệu lực muộn hơn.",
                )
            )
            break
    return faults


def _content(row: JobPosition) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in CONTENT)


def _wanted(line: PositionLine) -> tuple[Any, ...]:
    return tuple(getattr(line, name) for name in CONTENT)


def end_many(model: Any, ids: Any, on: dt.date, decision: Decision | None, batch: Batch | None) -> None:
    """Ends many facts at once: the day before ``on`` is their last one."""
    until = Func(Func("in_force", function="lower"), Value(on), Value("[)"), function="daterange")
    model._default_manager.filter(pk__in=ids).update(in_force=until, closed_by=decision, closed_in=batch)


@action("staffing.positions.describe", permission=WRITE, log=("unit", "code", "on", "decision"))
def describe_position(
    actor: Actor,
    *,
    unit: Unit,
    code: str,
    content: dict[str, Any],
    on: dt.date,
    decision: Decision | None = None,
) -> PositionDescription:
    """Puts a description and competency framework in force from a day on; the one before it ends.

    Raises:
        Refused: no such position on the day, nothing written, one in force from that day or later.
    """
    require_over(actor, WRITE, unit, on)
    faults = []
    if position_at(unit, code, on) is None:
        faults.append(
            Violation(
                "POSITION-UNKNOWN",
                f"{unit} không có vị trí {code} vào ngày {format_date(on)}.",
                field="on",
                fix="Chọn ngày vị trí đã được phê duyệt.",
            )
        )
    if not str(content.get("purpose", "")).strip() or not content.get("tasks"):
        faults.append(
            Violation(
                "DESCRIPTION-EMPTY",
                "Bản mô tả chưa có mục tiêu vị trí hoặc chưa có nhiệm vụ nào.",
                field="purpose",
                fix="Ghi mục tiêu và ít nhất một nhiệm vụ.",
            )
        )
    known = PositionDescription.objects.standing().filter(unit=unit, position_code=code)
    old = known.filter(in_force__contains=on).first()
    if known.filter(in_force__startswith__gte=on).exists():
        faults.append(
            Violation(
                "DESCRIPTION-LATER",
                f"Đã có bản mô tả từ ngày {format_date(on)} hoặc sau ngày ấy.",
                field="on",
                fix="Chọn ngày muộn hơn; bản ghi sai trong ngày thì hủy hiệu lực ở trang vị trí rồi ghi lại.",
            )
        )
    if faults:
        raise Refused(faults)
    if old is not None:
        ledger.close(old, on=on, decision=decision)
    row = PositionDescription.objects.create(
        unit=unit, position_code=code, content=content, in_force=ledger.span(on), since=on, opened_by=decision
    )
    DescriptionDraft.objects.filter(unit=unit, position_code=code).delete()
    return row


@action("staffing.positions.undescribe", permission=WRITE, log=("description", "on"))
def void_description(actor: Actor, *, description: PositionDescription, on: dt.date, reason: str) -> None:
    """Declares that a description was recorded wrongly; what the one before it says goes on from the same day."""
    require_over(actor, WRITE, description.unit_id, on)
    ledger.void(description, on=on, why=reason)
    first = description.in_force.lower
    known = PositionDescription.objects.standing().filter(
        unit=description.unit_id, position_code=description.position_code
    )
    before = known.filter(in_force__endswith=first).first()
    if before is None or description.in_force.upper is not None:
        return
    PositionDescription.objects.create(
        unit_id=before.unit_id,
        position_code=before.position_code,
        content=before.content,
        in_force=ledger.span(first),
        since=before.since,
        opened_by=before.opened_by,
    )


def save_description_draft(actor: Actor, *, unit: Unit, code: str, content: dict[str, Any], on: dt.date) -> None:
    """Keeps a description being written; the last one to save wins, and her name is shown."""
    require_over(actor, WRITE, unit, on)
    DescriptionDraft.objects.update_or_create(
        unit=unit, position_code=code, defaults={"content": content, "saved_by": actor.name}
    )


def drop_description_draft(actor: Actor, *, unit: Unit, code: str, on: dt.date) -> None:
    """Throws a description being written away."""
    require_over(actor, WRITE, unit, on)
    DescriptionDraft.objects.filter(unit=unit, position_code=code).delete()


@action("staffing.positions.copy_descriptions", permission=WRITE, log=("unit", "source", "on"))
def copy_descriptions(actor: Actor, *, unit: Unit, source: Unit, on: dt.date) -> int:
    """Drafts the descriptions of another body's positions of the same name here, where there is none yet.

    Returns:
        How many were drafted.
    """
    require_over(actor, WRITE, unit, on)
    theirs = described_as(source, on)
    have = set(PositionDescription.objects.at(on).filter(unit=unit).values_list("position_code", flat=True))
    have |= set(DescriptionDraft.objects.filter(unit=unit).values_list("position_code", flat=True))
    rows = [
        DescriptionDraft(unit=unit, position_code=row.code, content=theirs[row.name_key], saved_by=actor.name)
        for row in JobPosition.objects.at(on).filter(unit=unit)
        if row.code not in have and row.name_key in theirs
    ]
    DescriptionDraft.objects.bulk_create(rows)
    return len(rows)


def settle_drafts(facts: Iterable[Sourced]) -> None:
    """After an annulment the list that was approved is again one that waits for its decision."""
    voided = [f.pk for f in facts if isinstance(f, PositionApproval) and f.voided_on is not None]
    busy = PositionListDraft.objects.exclude(state=ListState.APPROVED).values("unit_id")
    newest: dict[int, int] = dict(
        PositionListDraft.objects.filter(approval_id__in=voided)
        .exclude(unit_id__in=busy)
        .order_by("pk")
        .values_list("unit_id", "pk")
    )
    PositionListDraft.objects.filter(pk__in=newest.values()).update(state=ListState.APPRAISED, approval=None)
