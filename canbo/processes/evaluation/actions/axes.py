"""The axes of a quarter: maxima proposed by the person and approved by her superior, then per cents of every part."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from canbo.foundation.audit.actions import action
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.violation import Refused, Violation

from .. import queries, rules
from ..choices import Happening, State
from ..models import Sheet
from .judging import superior_faults
from .rows import Locked, as_points, event, in_state, lock_sheets, outdated, owned, stored

OWN, GIVEN = "own", "parts"
"""Where the per cents stand on an axis of the sheet: those of the person, those of her superior."""


@action("evaluation.axes.propose", permission=None, log=("sheet", "version"))
def propose_axes(
    actor: Actor, *, sheet: Sheet, version: int, maxima: Sequence[rules.Maximum], at: dt.datetime
) -> Sheet:
    """The person proposes what each axis may bring her this quarter (đăng ký điểm tối đa từng trục, đầu quý).

    Raises:
        Refused: the rulebook has no axes for her, a sum that is not whole, main axes too small, approved already.
        OutOfScope: somebody else's sheet.
    """
    locked, row, book = _locked(sheet, version)
    instead = owned(actor, row)
    if queries.axes_approved(row):
        locked.faults.append(
            Violation(
                "EVAL-AXES-APPROVED",
                f"Điểm tối đa các trục của {row.subject_name} đã được duyệt.",
                field=str(row.pk),
                fix="Cần đổi giữa quý: đề nghị cấp trên trực tiếp duyệt lại, có ghi lý do.",
            )
        )
    locked.faults += _placed(row, rules.maxima_faults(book, maxima))
    locked.refuse()
    _put(row, maxima, approved=False)
    event(actor, row, Happening.PLANNED, at, axes=row.axes, instead=instead, late=at.date() > row.cycle.last).save()
    return row


@action("evaluation.axes.approve", permission=None, log=("sheet", "version"))
def approve_axes(
    actor: Actor,
    *,
    sheet: Sheet,
    version: int,
    at: dt.datetime,
    maxima: Sequence[rules.Maximum] | None = None,
    reason: str = "",
) -> Sheet:
    """The direct superior approves the maxima of the axes (duyệt điểm từng trục); with changes of her own for a reason.

    Args:
        maxima: what is approved instead of what was proposed; None approves the proposal.

    Raises:
        Refused: not hers to review, her own, nothing proposed, changed or approved again without a reason, a sum that is
            not whole, the sheet was handed in.
    """
    locked, row, book = _locked(sheet, version)
    locked.faults += superior_faults(actor, [row], at.date())
    proposed = queries.maxima_of(row)
    wanted = proposed if maxima is None else list(maxima)
    if not wanted:
        message = f"{row.subject_name} chưa đề xuất điểm tối đa các trục."
        locked.faults.append(Violation("EVAL-AXES-NONE", message, str(row.pk), fix="Chờ đề xuất, hoặc tự ghi điểm."))
    else:
        locked.faults += _placed(row, rules.maxima_faults(book, wanted))
    again = queries.axes_approved(row)
    if (again or sorted(wanted, key=_key) != sorted(proposed, key=_key)) and not reason.strip():
        what = "Duyệt lại các trục đã duyệt" if again else "Duyệt khác đề xuất"
        locked.faults.append(Violation("EVAL-REASON", f"{what} phải ghi lý do.", field="reason"))
    locked.refuse()
    _put(row, wanted, approved=True)
    event(actor, row, Happening.APPROVED, at, reason, axes=row.axes, again=again).save()
    return row


def _key(one: rules.Maximum) -> str:
    return one.key


def _locked(sheet: Sheet, version: int) -> tuple[Locked, Sheet, rules.Book]:
    locked = lock_sheets([sheet.pk])
    row = locked.sheets[sheet.pk]
    book = queries.books_of(locked.cycle, [row.unit_id])[row.unit_id]
    if not rules.by_axes(book, row.group):
        raise Refused(Violation("EVAL-AXES", f"“{book.title}” không chấm phiếu này theo trục.", field=str(row.pk)))
    locked.faults += outdated(row, version) + in_state(row, State.DRAFT)
    return locked, row, book


def _placed(row: Sheet, faults: list[Violation]) -> list[Violation]:
    return [replace(fault, field=f"{row.pk}.{fault.field}") for fault in faults]


def _put(row: Sheet, maxima: Sequence[rules.Maximum], *, approved: bool) -> None:
    """Writes maxima; per cents already given on an axis stay with it."""
    before = {axis["key"]: axis for axis in row.axes}
    row.axes = [
        {
            "key": one.key,
            **stored({"max": one.points}),
            "main": one.main,
            "approved": approved,
            OWN: before.get(one.key, {}).get(OWN, {}),
            GIVEN: before.get(one.key, {}).get(GIVEN, {}),
        }
        for one in maxima
    ]
    row.version += 1
    row.save(update_fields=["axes", "version"])


def put_parts(book: rules.Book, row: Sheet, whose: str, given: Mapping[str, Any]) -> list[Violation]:
    """Sets per cents of parts on the axes of a sheet, unsaved; ``B1.quantity`` and so on. Sound ones are kept.

    Args:
        whose: ``own`` for the person's, ``parts`` for her superior's.
    """
    if not given:
        return []
    if not (rules.by_axes(book, row.group) and queries.axes_approved(row)):
        message = f"Điểm tối đa các trục của {row.subject_name} chưa được duyệt."
        return [Violation("EVAL-AXES-NONE", message, f"{row.pk}.axes", fix="Đề xuất và duyệt điểm từng trục trước.")]
    axes = {axis["key"]: {**axis, whose: dict(axis.get(whose, {}))} for axis in row.axes}
    faults: list[Violation] = []
    for name, value in given.items():
        key, _, part = name.partition(".")
        empty = value in (None, "")
        if found := rules.part_faults(book, row.group, axes, name, as_points(0 if empty else value)):
            faults += _placed(row, found)
            continue
        axes[key][whose].pop(part, None)
        axes[key][whose] |= stored({part: value})
    row.axes = list(axes.values())
    return faults


def missing_parts(book: rules.Book, row: Sheet, *, whose: tuple[str, ...] = (OWN,)) -> list[Violation]:
    """Parts nobody gave a per cent yet; axes that bring nothing this quarter need none."""
    if not rules.by_axes(book, row.group):
        return []
    if not queries.axes_approved(row):
        message = f"Điểm tối đa các trục của {row.subject_name} chưa được duyệt."
        return [Violation("EVAL-AXES-NONE", message, f"{row.pk}.axes", fix="Đề xuất và duyệt điểm từng trục trước.")]
    return [
        Violation(
            "EVAL-UNSCORED",
            f"Phiếu của {row.subject_name}: trục {axis['key']} chưa chấm {words.lower()}.",
            field=f"{row.pk}.axis.{axis['key']}.{part}",
            fix="Ghi phần trăm của thành phần này.",
        )
        for axis in row.axes
        if axis["max"]
        for part, words in rules.axis_parts(book, row.group).items()
        if not any(part in axis.get(side, {}) for side in whose)
    ]
