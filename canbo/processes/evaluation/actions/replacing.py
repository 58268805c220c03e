"""A result found wrong later is replaced by a new decision; the old one stays, marked (NĐ 335/2025, Điều 21.3)."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from canbo.facts.decisions.models import Decision
from canbo.facts.people.actions import replace_grade
from canbo.foundation.audit.actions import action
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.violation import Refused, Violation

from .. import queries
from ..choices import DECIDE, Happening
from ..models import Result
from .rows import event


@action("evaluation.result.replace", permission=DECIDE, log=("result", "grade", "decision"))
def replace_result(
    actor: Actor,
    *,
    result: Result,
    grade: str,
    reason: str,
    decision: Decision,
    at: dt.datetime,
    total: Decimal | None = None,
) -> Result:
    """Replaces a result by a new decision (quyết định mới thay thế; Mẫu 03 of HD 43).

    Args:
        total: the corrected points; None keeps the points as they were.

    Raises:
        Refused: replaced already, her own, not hers to decide, no reason, no such grade, the same grade and points.
    """
    row = (
        Result.objects.select_for_update(of=("self",))
        .select_related("sheet__cycle__unit", "grade_fact")
        .get(pk=result.pk)
    )
    sheet, faults = row.sheet, []
    faults += queries.authority(actor, DECIDE, [sheet], at.date()).faults(sheet, sheet.decider_id, sheet.body_id)
    book = queries.books_of(sheet.cycle, [sheet.unit_id])[sheet.unit_id]
    titles = {one.key: one.title for one in book.grades}
    if row.replaced_on is not None:
        faults.append(Violation("EVAL-REPLACED", "Kết quả này đã được thay.", field="result"))
    if not reason.strip():
        faults.append(Violation("EVAL-REASON", "Ghi lý do thay kết quả.", field="reason"))
    if grade not in titles:
        faults.append(Violation("EVAL-GRADE", f"Không có mức “{grade}”.", field="grade"))
    points = row.total if total is None else total
    if grade == row.grade and points == row.total:
        faults.append(Violation("EVAL-SAME", "Kết quả mới giống kết quả đang có.", field="grade"))
    if faults:
        raise Refused(faults)
    fact = None
    if row.grade_fact is not None:
        fact = replace_grade(
            actor,
            grade=row.grade_fact,
            to=titles[grade],
            points=points,
            on=at.date(),
            reason=reason.strip(),
            decision=decision,
        )
    # The old row steps aside before the new one stands: one standing result a subject, period and rulebook.
    row.replaced_on, row.replaced_why = at.date(), reason.strip()
    Result.objects.filter(pk=row.pk).update(replaced_on=at.date(), replaced_why=reason.strip())
    made = Result.objects.create(
        sheet=sheet, cycle=row.cycle, person_id=row.person_id, collective_id=row.collective_id, rulebook=row.rulebook,
        rulebook_version=row.rulebook_version, period=row.period, unit_id=row.unit_id, common=row.common,
        result=row.result, total=points, by_points=row.by_points, by_conditions=row.by_conditions, grade=grade,
        reason=reason.strip(), explanation=row.explanation, tasks=row.tasks, decided_on=at.date(),
        decided_by=actor.name, decision=decision, grade_fact=fact, replaces=row, recorded_at=at,
    )  # fmt: skip
    event(actor, sheet, Happening.REPLACED, at, reason, old=row.grade, new=grade, decision=str(decision)).save()
    return made
