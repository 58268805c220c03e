"""The person's own part: scoring herself, answering what was suggested, explaining; for a collective its head does it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from canbo.foundation.audit.actions import action
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.violation import OutOfScope, Refused, Violation

from .. import queries, rules
from ..choices import Happening, State, Step
from ..models import Event, Sheet, Suggestion
from .axes import OWN, missing_parts, put_parts
from .rows import Locked, event, in_state, lock_sheets, outdated, owned, score_faults, stored

TEXTS = ("strengths", "weaknesses", "self_grade")
SCORE, AXIS, PART = "score.", "axis.", "part."


def save_self(actor: Actor, *, sheet: Sheet, version: int, field: str, value: Any) -> Sheet:
    """Keeps one field of a self-assessment while it is being written; a draft, no record yet.

    Args:
        field: ``score.I.1`` and so on, ``axis.B1.quantity``, ``part.plan`` of a review report, ``strengths``,
            ``weaknesses`` or ``self_grade``.
        version: the version shown when the field was typed.

    Raises:
        Refused: saved elsewhere meanwhile, handed in already, no such field, points out of range.
        OutOfScope: somebody else's sheet.
    """
    return _keep(actor, sheet, version, {field: value})


def save_form(actor: Actor, *, sheet: Sheet, version: int, values: Mapping[str, Any]) -> Sheet:
    """Keeps the fields of a whole form that differ from what the sheet holds, as a form without script sends it.

    Args:
        values: by field as in ``save_self``.

    Raises:
        Refused: every refused field at once; the sound ones were kept.
        OutOfScope: somebody else's sheet.
    """
    changed = _changed(sheet, values)
    if not changed and sheet.version == version and sheet.state == State.DRAFT:
        owned(actor, sheet)
        return sheet  # kept already, field by field, while it was typed
    return _keep(actor, sheet, version, changed)


def _keep(actor: Actor, sheet: Sheet, version: int, values: Mapping[str, Any]) -> Sheet:
    """Writes what is sound in one go, and refuses the rest; nothing is written on a sheet that went on meanwhile."""
    faults: list[Violation] = []
    with transaction.atomic():
        locked = lock_sheets([sheet.pk])
        row = locked.sheets[sheet.pk]
        owned(actor, row)
        stale = outdated(row, version) + in_state(row, State.DRAFT)
        book = queries.books_of(locked.cycle, [row.unit_id])[row.unit_id]
        columns = set()
        for field, value in values.items():
            wrong = _put(book, row, field, value)
            faults += wrong
            if not wrong:
                columns.add(_column(field))
        if stale:
            raise Refused([*stale, *faults])
        if columns:
            row.version += 1
            row.save(update_fields=[*columns, "version"])
    if faults:
        raise Refused(faults)
    return row


def _column(field: str) -> str:
    kept = {SCORE: "self_scores", AXIS: "axes", PART: "review"}
    return next((column for mark, column in kept.items() if field.startswith(mark)), field)


def _put(book: rules.Book, row: Sheet, field: str, value: Any) -> list[Violation]:
    """Puts one field on a sheet, unsaved; what is wrong with it changes nothing."""
    if field.startswith(SCORE):
        key = field.removeprefix(SCORE)
        given = {key: None if value in (None, "") else value}
        faults = score_faults(book, row, given)
        if not faults:
            row.self_scores = {k: v for k, v in row.self_scores.items() if k != key} | stored(given)
        return faults
    if field.startswith(AXIS):
        return put_parts(book, row, OWN, {field.removeprefix(AXIS): value})
    if field.startswith(PART) and field in {one.name for one in rules.sections(book, row.group, row.cycle.last)}:
        key, words = field.removeprefix(PART), str(value or "").strip()
        row.review = {k: v for k, v in row.review.items() if k != key} | ({key: words} if words else {})
        return []
    if field not in TEXTS:
        return [Violation("EVAL-FIELD", f"Phiếu không có mục {field}.", field=f"{row.pk}.{field}")]
    if field == "self_grade" and value and value not in {grade.key for grade in book.grades}:
        known = ", ".join(f"{grade.key} ({grade.title})" for grade in book.grades)
        return [
            Violation("EVAL-GRADE", f"Không có mức “{value}”.", f"{row.pk}.{field}", fix=f"Chọn một trong: {known}.")
        ]
    setattr(row, field, str(value or "").strip())
    return []


def _changed(sheet: Sheet, values: Mapping[str, Any]) -> dict[str, Any]:
    held = {SCORE + key: value for key, value in sheet.self_scores.items()}
    held |= {f"{AXIS}{a['key']}.{part}": v for a in sheet.axes for part, v in a.get(OWN, {}).items()}
    held |= {PART + key: words for key, words in sheet.review.items()}
    held |= {name: getattr(sheet, name) for name in TEXTS}
    return {name: value for name, value in values.items() if _plain(value) != _plain(held.get(name))}


def _plain(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)  # as it stands in the form
    return "" if value is None else str(value).strip().replace("\r\n", "\n").replace(",", ".")


@action("evaluation.sheet.submit", permission=None, log=("sheet", "version"))
def submit_self(actor: Actor, *, sheet: Sheet, version: int, at: dt.datetime) -> Sheet:
    """Hands in a self-assessment (nộp tự đánh giá). Late is said, not refused.

    Raises:
        Refused: a criterion without points, a suggested point without an answer, saved elsewhere, handed in already.
        OutOfScope: somebody else's sheet.
    """
    locked = lock_sheets([sheet.pk])
    row = locked.sheets[sheet.pk]
    instead = owned(actor, row)
    locked.faults += outdated(row, version) + in_state(row, State.DRAFT)
    if not locked.cycle.base:
        locked.faults += _unscored(locked, row)
    locked.faults += _unanswered(row)
    locked.refuse()
    due = queries.due(locked.cycle, Step.SELF)
    row.state, row.submitted_at, row.version = State.SUBMITTED, at, row.version + 1
    row.save(update_fields=["state", "submitted_at", "version"])
    late = due is not None and at.date() > due
    event(actor, row, Happening.SUBMITTED, at, late=late, instead=instead, scores=row.self_scores).save()
    return row


def _unscored(locked: Locked, row: Sheet) -> list[Violation]:
    book = queries.books_of(locked.cycle, [row.unit_id])[row.unit_id]
    missing = [c for c in book.scored(row.group) if c.part != "bonus" and c.key not in row.self_scores]
    return [
        Violation(
            "EVAL-UNSCORED",
            f"Chưa chấm tiêu chí {c.key}: {c.title}.",
            field=f"{row.pk}.{c.key}",
            fix="Cho điểm tiêu chí này.",
        )
        for c in missing
    ] + missing_parts(book, row)


def _unanswered(row: Sheet) -> list[Violation]:
    """HD 43-HD/BTCTW: section IV of the forms answers every suggested point."""
    open_ = queries.suggestions_for(row).filter(answered_at=None)
    return [
        Violation(
            "EVAL-SUGGESTION",
            f"Chưa giải trình nội dung gợi ý kiểm điểm: {point.text[:120]}",
            field=f"{row.pk}.suggestion.{point.pk}",
            source="HD 43-HD/BTCTW, mục 2",
            fix="Giải trình từng nội dung rồi nộp.",
        )
        for point in open_
    ]


@action("evaluation.sheet.recall", permission=None, log=("sheet",))
def recall(actor: Actor, *, sheet: Sheet, at: dt.datetime) -> Sheet:
    """Takes a self-assessment back while nobody has looked at it yet; OutOfScope and Refused as in ``submit_self``."""
    locked = lock_sheets([sheet.pk])
    row = locked.sheets[sheet.pk]
    owned(actor, row)
    locked.faults += in_state(row, State.SUBMITTED)
    locked.refuse()
    row.state, row.submitted_at, row.version = State.DRAFT, None, row.version + 1
    row.save(update_fields=["state", "submitted_at", "version"])
    event(actor, row, Happening.RECALLED, at).save()
    return row


@action("evaluation.sheet.explain", permission=None, log=("sheet",))
def explain(actor: Actor, *, sheet: Sheet, text: str, at: dt.datetime) -> Event:
    """The person explains something on her sheet (giải trình); kept beside it, whatever its state.

    Raises:
        Refused: nothing said.
        OutOfScope: somebody else's sheet.
    """
    owned(actor, sheet)
    if not text.strip():
        raise Refused(Violation("EVAL-EMPTY", "Chưa ghi nội dung giải trình.", field="text"))
    made = event(actor, sheet, Happening.EXPLAINED, at, text)
    made.save()
    return made


@action("evaluation.suggestion.answer", permission=None, log=("suggestion",))
def answer_suggestion(actor: Actor, *, suggestion: Suggestion, answer: str, at: dt.datetime) -> Suggestion:
    """Answers one suggested point (giải trình nội dung gợi ý kiểm điểm); until the sheet is handed in it may be changed.

    Raises:
        Refused: nothing said, or the sheet was handed in.
        OutOfScope: somebody else's.
    """
    row = queries.sheet_of_suggestion(suggestion)
    if row is None:
        raise OutOfScope("gợi ý kiểm điểm")
    locked = lock_sheets([row.pk])
    sheet = locked.sheets[row.pk]
    owned(actor, sheet)
    locked.faults += in_state(sheet, State.DRAFT)
    if not answer.strip():
        locked.faults.append(Violation("EVAL-EMPTY", "Chưa ghi nội dung giải trình.", field="answer"))
    locked.refuse()
    suggestion.answer, suggestion.answered_at = answer.strip(), at
    suggestion.save(update_fields=["answer", "answered_at"])
    return suggestion
