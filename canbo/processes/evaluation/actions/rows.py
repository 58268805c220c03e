"""What a person hands in for one sheet, and the parts every step shares: locking, versions, events, refusals."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from canbo.facts.organisation.queries import require_over
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.numbers import format_number
from canbo.foundation.kernel.violation import NotPermitted, OutOfScope, Refused, Violation

from .. import rules
from ..choices import MANAGE, Happening, Stage, State
from ..models import Cycle, Event, Sheet


@dataclass(frozen=True)
class Review:
    """The superior's word on one sheet.

    Args:
        scores: points by criterion; None confirms those the person gave herself.
        judged: d, dd, e of leaders, a, b, c of support staff, in per cent; None leaves what stands.
        axes: per cent of parts of axes by ``B1.quantity``; None confirms those the person gave herself.
    """

    sheet: int
    version: int
    scores: Mapping[str, Any] | None = None
    judged: Mapping[str, Any] | None = None
    axes: Mapping[str, Any] | None = None
    comment: str = ""
    proposed_grade: str = ""


@dataclass(frozen=True)
class Advice:
    """The opinion of the body that advises (tham mưu) on one sheet."""

    sheet: int
    version: int
    text: str
    grade: str = ""


@dataclass(frozen=True)
class Verdict:
    """The decision on one sheet.

    Args:
        grade: None takes what points and conditions say; an empty text decides that there is no grade.
        reason: needed wherever the decision is not simply what points and conditions say.
    """

    sheet: int
    version: int
    grade: str | None = None
    reason: str = ""


Row = Review | Advice | Verdict


@dataclass
class Locked:
    """The sheets of one batch, locked, with the faults found so far."""

    sheets: dict[int, Sheet]
    cycle: Cycle
    faults: list[Violation] = field(default_factory=list)

    def refuse(self) -> None:
        """Raises every fault at once; nothing of the batch is written then."""
        if self.faults:
            raise Refused(self.faults)


def lock(rows: Iterable[Row]) -> Locked:
    """The sheets of some rows, locked in one order; all of one cycle.

    Raises:
        OutOfScope: a sheet is not there.
        Refused: no rows, a sheet twice, several cycles at once, or the cycle is closed.
    """
    versions = {row.sheet: row.version for row in rows}
    found = lock_sheets(versions)
    for sheet in found.sheets.values():
        found.faults += outdated(sheet, versions[sheet.pk])
    return found


def lock_sheets(ids: Iterable[int]) -> Locked:
    """The same by ids alone."""
    wanted = sorted(set(ids))
    sheets = Sheet.objects.select_for_update(of=("self",)).select_related("person", "collective", "cycle__unit")
    sheets = sheets.defer("explanation", "posts")  # large, and written anew by whoever needs them
    found = {sheet.pk: sheet for sheet in sheets.filter(pk__in=wanted).order_by("pk")}
    if not wanted:
        raise Refused(Violation("EVAL-NONE", "Chưa chọn phiếu nào."))
    if len(found) < len(wanted):
        raise OutOfScope("phiếu đánh giá")
    cycles = {sheet.cycle_id: sheet.cycle for sheet in found.values()}
    if len(cycles) > 1:
        raise Refused(Violation("EVAL-CYCLES", "Các phiếu thuộc nhiều kỳ đánh giá; làm từng kỳ một."))
    cycle = next(iter(cycles.values()))
    if cycle.stage == Stage.CLOSED:
        raise Refused(
            Violation(
                "EVAL-CLOSED",
                f"Kỳ đánh giá {cycle.span} đã đóng.",
                fix="Kết quả đã đóng chỉ được thay bằng quyết định mới.",
            )
        )
    return Locked(found, cycle)


def outdated(sheet: Sheet, version: int) -> list[Violation]:
    """Somebody else, or another window, saved the sheet since it was shown."""
    if sheet.version == version:
        return []
    return [
        Violation(
            "EVAL-VERSION",
            f"Phiếu của {sheet.subject_name} đã được lưu ở nơi khác sau khi mở trang này.",
            field=str(sheet.pk),
            fix="Tải lại trang để xem bản mới rồi làm tiếp; nội dung của người kia không bị ghi đè.",
        )
    ]


def in_state(sheet: Sheet, *states: State) -> list[Violation]:
    """The step is taken in its order."""
    if sheet.state in states:
        return []
    return [
        Violation(
            "EVAL-STATE",
            f"Phiếu của {sheet.subject_name} đang ở bước “{sheet.get_state_display()}”.",
            field=str(sheet.pk),
            fix="Chờ bước trước hoàn thành hoặc trả lại để hoàn chỉnh.",
        )
    ]


def score_faults(book: rules.Book, sheet: Sheet, scores: Mapping[str, Any]) -> list[Violation]:
    """Points of criteria that the form has, none below nothing or above the maximum."""
    known = {criterion.key: criterion for criterion in book.scored(sheet.group)}
    faults = []
    for key, value in scores.items():
        where, criterion = f"{sheet.pk}.{key}", known.get(key)
        if criterion is None:
            faults.append(Violation("EVAL-CRITERION", f"Mẫu phiếu không có tiêu chí {key}.", field=where))
            continue
        points = as_points(value)
        most = criterion.max or Decimal(0)
        if value is not None and (points is None or not 0 <= points <= most):
            message = f"Tiêu chí {key}: điểm phải từ 0 đến {format_number(most)}."
            faults.append(Violation("EVAL-POINTS", message, where, str(criterion.row.ruling.reference)))
        elif points is not None and criterion.binary and points not in (0, most):
            message = f"Tiêu chí {key}: chỉ cho {format_number(most)} (đảm bảo) hoặc 0 (không đảm bảo)."
            faults.append(Violation("EVAL-BINARY", message, where, str(criterion.row.ruling.reference)))
    return faults


def as_points(value: Any) -> Decimal | None:
    """A number as typed; None when it is none."""
    try:
        points = Decimal(str(value).replace(",", "."))
    except InvalidOperation:
        return None
    return points if points.is_finite() else None


def stored(scores: Mapping[str, Any]) -> dict[str, float | int]:
    """Points as the sheet keeps them; what was emptied is not kept."""
    points = {key: as_points(value) for key, value in scores.items() if value not in (None, "")}
    return {k: int(v) if v == v.to_integral_value() else float(v) for k, v in points.items() if v is not None}


def event(actor: Actor, sheet: Sheet, kind: Happening, at: dt.datetime, reason: str = "", **data: object) -> Event:
    """What happened, unsaved; the sheet's version as it is after it."""
    return Event(
        sheet=sheet,
        kind=kind,
        at=at,
        by=actor.name,
        person_id=actor.person_id,
        on_behalf_of=actor.on_behalf_of or "",
        version=sheet.version,
        reason=reason.strip(),
        data=data,
    )


def owned(actor: Actor, sheet: Sheet) -> bool:
    """Whether the actor writes instead of the person, as those who manage the cycle may from a paper.

    Raises:
        OutOfScope, NotPermitted: neither her own sheet nor one she manages.
    """
    me = actor.person_id
    if me is not None and me in (sheet.person_id, sheet.represented_by_id):
        return False
    if not actor.may(MANAGE):
        raise OutOfScope(f"phiếu của {sheet.subject_name}")
    try:
        require_over(actor, MANAGE, sheet.unit_id, sheet.cycle.last)
    except NotPermitted:
        raise OutOfScope("phiếu đánh giá") from None
    return True
