"""Appeals against a result: filed by the person, answered in time, changed only by a new decision."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from canbo.facts.decisions.models import Decision
from canbo.facts.organisation.queries import require_over
from canbo.foundation.audit.actions import action
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.violation import OutOfScope, Refused, Violation
from canbo.foundation.kernel.workdays import add_working

from .. import queries
from ..choices import DECIDE, MANAGE, Answer
from ..models import Appeal, Result
from .replacing import replace_result

WORKING_DAYS = 7
APPEAL = "appeal"


@action("evaluation.appeal.file", permission=None, log=("result", "on"))
def file_appeal(actor: Actor, *, result: Result, text: str, on: dt.date, at: dt.datetime) -> Appeal:
    """The person appeals against her result (kiến nghị; NĐ 335/2025, Điều 22).

    Args:
        on: the day it was received; the days to answer are working days after it, Tet and other holidays left out.

    Raises:
        Refused: nothing said, replaced already, or an appeal against it is open.
        OutOfScope: somebody else's result.
    """
    sheet = result.sheet
    if actor.person_id is None or actor.person_id not in (result.person_id, sheet.represented_by_id):
        if not actor.may(MANAGE):
            raise OutOfScope("kết quả đánh giá")
        require_over(actor, MANAGE, sheet.unit_id, on)  # brought on paper
    faults = []
    if not text.strip():
        faults.append(Violation("EVAL-EMPTY", "Chưa ghi nội dung kiến nghị.", field="text"))
    if result.replaced_on is not None:
        faults.append(Violation("EVAL-REPLACED", "Kết quả này đã được thay; kiến nghị kết quả mới.", field="result"))
    if on < result.decided_on:
        faults.append(Violation("EVAL-EARLY", "Ngày nhận trước ngày có kết quả.", field="on"))
    if Appeal.objects.filter(result=result, ended="").exists():
        faults.append(Violation("EVAL-APPEAL-OPEN", "Đang có kiến nghị chưa trả lời.", field="result"))
    if faults:
        raise Refused(faults)
    book = queries.books_of(sheet.cycle, [sheet.unit_id])[sheet.unit_id]
    days, source = queries.working_days(book, APPEAL, WORKING_DAYS)
    return Appeal.objects.create(
        result=result, text=text.strip(), received_on=on, due_on=add_working(on, days), source=source, filed_at=at,
        filed_by=actor.name,
    )  # fmt: skip


@action("evaluation.appeal.answer", permission=DECIDE, log=("appeal", "ended", "decision"))
def answer_appeal(
    actor: Actor,
    *,
    appeal: Appeal,
    ended: str,
    answer: str,
    at: dt.datetime,
    grade: str = "",
    total: Decimal | None = None,
    decision: Decision | None = None,
) -> Appeal:
    """Answers an appeal; a changed result needs its decision.

    Args:
        ended: ``upheld`` or ``changed``.
        grade: the new grade, where the result changes.

    Raises:
        Refused: answered already, nothing said, her own, not hers to decide, a change without decision or grade.
    """
    row = Appeal.objects.select_for_update(of=("self",)).select_related("result__sheet__cycle__unit").get(pk=appeal.pk)
    sheet = row.result.sheet
    faults = queries.authority(actor, DECIDE, [sheet], at.date()).faults(sheet, sheet.decider_id, sheet.body_id)
    if row.ended:
        faults.append(Violation("EVAL-ANSWERED", "Kiến nghị này đã được trả lời.", field="appeal"))
    if ended not in (Answer.UPHELD, Answer.CHANGED):
        faults.append(Violation("EVAL-ANSWER", "Chọn giữ nguyên hoặc thay đổi kết quả.", field="ended"))
    if not answer.strip():
        faults.append(Violation("EVAL-EMPTY", "Chưa ghi nội dung trả lời.", field="answer"))
    if ended == Answer.CHANGED and decision is None:
        faults.append(
            Violation(
                "EVAL-DECISION",
                "Thay đổi kết quả phải theo quyết định mới.",
                field="decision",
                source="NĐ 335/2025/NĐ-CP, Điều 21 khoản 3",
            )
        )
    if faults:
        raise Refused(faults)
    made = None
    if ended == Answer.CHANGED and decision is not None:
        made = replace_result(
            actor, result=row.result, grade=grade, reason=answer, decision=decision, at=at, total=total
        )
    return _end(row, ended, answer, actor, at, made)


@action("evaluation.appeal.withdraw", permission=None, log=("appeal",))
def withdraw_appeal(actor: Actor, *, appeal: Appeal, at: dt.datetime) -> Appeal:
    """The person takes her appeal back; OutOfScope for anybody else, Refused when it was answered."""
    row = Appeal.objects.select_for_update(of=("self",)).select_related("result__sheet").get(pk=appeal.pk)
    if actor.person_id is None or actor.person_id not in (row.result.person_id, row.result.sheet.represented_by_id):
        raise OutOfScope("kiến nghị")
    if row.ended:
        raise Refused(Violation("EVAL-ANSWERED", "Kiến nghị này đã được trả lời.", field="appeal"))
    return _end(row, Answer.WITHDRAWN, "", actor, at, None)


def _end(row: Appeal, ended: str, answer: str, actor: Actor, at: dt.datetime, made: Result | None) -> Appeal:
    row.ended, row.answer, row.answered_on, row.answered_by = ended, answer.strip(), at.date(), actor.name
    row.new_result = made
    row.save(update_fields=["ended", "answer", "answered_on", "answered_by", "new_result"])
    return row
