"""What a decision on one sheet may be, given what points and conditions say."""

from __future__ import annotations

from canbo.foundation.kernel.violation import Violation

from .. import rules
from ..models import Sheet
from .rows import Verdict


def chosen(row: Verdict, outcome: rules.Outcome) -> str:
    """The grade a verdict comes to; empty: not graded."""
    if outcome.exempt:
        return ""
    return (outcome.grade or "") if row.grade is None else row.grade


def verdict_faults(
    book: rules.Book, sheet: Sheet, row: Verdict, outcome: rules.Outcome, reason: str
) -> list[Violation]:
    """Why a verdict may not stand: the engine suggests, the person decides with a reason, within what is forbidden."""
    where, name = str(sheet.pk), sheet.subject_name
    grade, places = chosen(row, outcome), {one.key: one.place for one in book.grades}
    said = bool(reason.strip())
    if grade and grade not in places:
        known = ", ".join(f"{one.key} ({one.title})" for one in book.grades)
        return [Violation("EVAL-GRADE", f"Không có mức “{grade}”.", where, fix=f"Chọn một trong: {known}.")]
    if outcome.exempt:
        return [Violation("EVAL-EXEMPT", f"{name} thuộc trường hợp không xếp loại.", where)] if row.grade else []
    if not grade:
        return [] if row.grade == "" and said else [_undecided(where, name, outcome)]
    faults = []
    if not outcome.enough:
        notes = " ".join(outcome.notes)
        faults.append(
            Violation(
                "EVAL-NOT-ENOUGH",
                f"{name}: chưa đủ dữ liệu để xếp loại. {notes}",
                where,
                fix="Bổ sung dữ liệu còn thiếu, hoặc quyết định không xếp loại kèm lý do.",
            )
        )
    if forbidden := _forbids(book, sheet, outcome, grade):
        for one in forbidden:
            message = f"{name}: không thể xếp {book.grade(grade).title}. {one.text} ({one.value})."
            record = f" Căn cứ: {one.record}." if one.record else ""
            faults.append(Violation("EVAL-FORBIDDEN", message + record, where, one.article))
    elif grade != outcome.grade and not said:
        title = book.grade(outcome.grade).title if outcome.grade else "không mức nào"
        faults.append(
            Violation(
                "EVAL-DEPARTURE",
                f"{name}: điểm và điều kiện cho {title}, quyết định {book.grade(grade).title}.",
                where,
                fix="Ghi lý do của quyết định.",
            )
        )
    return faults


def _undecided(where: str, name: str, outcome: rules.Outcome) -> Violation:
    if not outcome.enough:
        fix = "Bổ sung dữ liệu còn thiếu, hoặc quyết định không xếp loại kèm lý do."
        return Violation("EVAL-NOT-ENOUGH", f"{name}: chưa đủ dữ liệu. {' '.join(outcome.notes)}", where, fix=fix)
    fix = "Chọn mức và ghi lý do."
    return Violation("EVAL-NO-MATCH", f"{name}: {' '.join(outcome.notes)}", where, fix=fix)


def _forbids(book: rules.Book, sheet: Sheet, outcome: rules.Outcome, grade: str) -> list[rules.Reason]:
    """Knock-outs that apply and ceilings that lie below the grade; mitigated ones no longer apply."""
    places = {one.key: one.place for one in book.grades}
    fixed = {ceiling.key: ceiling.row.get("limit") for ceiling in book.ceilings(sheet.group)}
    found = []
    for reason in outcome.reasons:
        if reason.kind == "knockout" and reason.met is False and places.get(reason.grade, -1) > places[grade]:
            found.append(reason)
        if reason.kind == "ceiling":
            if fixed.get(reason.rule):
                limit = places[fixed[reason.rule]] if reason.met is False else None
            else:
                limit = places.get(reason.value.rpartition(": ")[2])
            if limit is not None and places[grade] < limit:
                found.append(reason)
    return found
