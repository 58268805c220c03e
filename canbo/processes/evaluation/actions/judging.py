"""What may not stand in a review: points, levels, gaps, full marks without a word, a sheet that is not hers."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.violation import Violation

from .. import queries, rules
from ..choices import SCORE, Standing
from ..models import Sheet
from .rows import Review, as_points, score_faults


def review_faults(book: rules.Book, sheet: Sheet, row: Review, reason: str) -> list[Violation]:
    """What keeps a review from being taken: points, grades, gaps, full marks without a word."""
    scores = sheet.scores or sheet.self_scores if row.scores is None else row.scores
    faults = score_faults(book, sheet, scores)
    faults += judged_faults(book, sheet, row.judged or {})
    if row.proposed_grade and row.proposed_grade not in {grade.key for grade in book.grades}:
        faults.append(
            Violation("EVAL-GRADE", f"Không có mức “{row.proposed_grade}”.", field=f"{sheet.pk}.proposed_grade")
        )
    wanted = [c for c in book.scored(sheet.group) if c.part != "bonus"]
    if not sheet.cycle.base and not faults:
        missing = [c.key for c in wanted if as_points(scores.get(c.key)) is None]
        if missing:
            message = f"Phiếu của {sheet.subject_name} chưa có điểm tiêu chí {', '.join(missing)}."
            faults.append(Violation("EVAL-UNSCORED", message, field=str(sheet.pk), fix="Chấm đủ các tiêu chí."))
        elif (
            wanted
            and all(as_points(scores[c.key]) == c.max for c in wanted)
            and not (row.comment.strip() or reason.strip())
        ):
            faults.append(
                Violation(
                    "EVAL-FULL",
                    f"Phiếu của {sheet.subject_name} được điểm tối đa ở mọi tiêu chí mà không có nhận xét.",
                    field=str(sheet.pk),
                    fix="Ghi nhận xét, minh chứng cho phiếu này, hoặc ghi một lý do chung.",
                )
            )
    return faults


def judged_faults(book: rules.Book, sheet: Sheet, judged: dict[str, Any] | Any) -> list[Violation]:
    """d, đ, e take the levels of the decree; what is judged of support staff is a per cent."""
    levels = {Decimal(str(level)) for level in book.value("leader_levels", ())}
    leads = sheet.standing in (Standing.HEAD, Standing.DEPUTY)
    faults = []
    for key, value in judged.items():
        points, where = as_points(value), f"{sheet.pk}.judged.{key}"
        if leads and key in ("d", "dd", "e"):
            if points not in levels:
                known = " hoặc ".join(f"{level:f}" for level in sorted(levels, reverse=True))
                source = "NĐ 335/2025/NĐ-CP, Điều 15"
                faults.append(
                    Violation("EVAL-LEVEL", f"Tiêu chí {key.replace('dd', 'đ')} chỉ nhận {known}.", where, source)
                )
        elif key in ("a", "b", "c") and not leads:
            if points is None or not 0 <= points <= 100:
                faults.append(Violation("EVAL-POINTS", f"Mục {key} phải từ 0 đến 100.", where))
        else:
            faults.append(Violation("EVAL-FIELD", f"Phiếu này không chấm mục {key}.", where))
    return faults


def superior_faults(actor: Actor, sheets: list[Sheet], day: dt.date) -> list[Violation]:
    """Why an actor may not take the superior's step on some sheets."""
    found = queries.authority(actor, SCORE, sheets, day)
    return [fault for sheet in sheets for fault in found.faults(sheet, sheet.superior_id, sheet.unit_id)]
