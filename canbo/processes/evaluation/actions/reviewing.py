"""What the direct superior says of a sheet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import transaction

from canbo.foundation.audit.actions import action
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.violation import Violation

from .. import queries, rules
from ..choices import Happening, State, Step
from ..models import Event, Sheet
from .axes import GIVEN, OWN, missing_parts, put_parts
from .judging import judged_faults, review_faults, superior_faults
from .rows import (
    Locked,
    Review,
    event,
    in_state,
    lock,
    lock_sheets,
    outdated,
    score_faults,
    stored,
)

REVIEWABLE = (State.SUBMITTED, State.SCORED, State.DECIDED)
WRITTEN = [
    "scores", "judged", "axes", "comment", "proposed_grade", "common", "result", "total", "by_points", "by_conditions",
    "explanation", "basis", "grade", "decision_reason", "decided_at", "decided_by", "state", "scored_at", "version",
]  # fmt: skip


def save_review(actor: Actor, *, sheet: Sheet, version: int, field: str, value: Any, on: dt.date) -> Sheet:
    """Keeps one field of a superior's review while it is being written; a draft, the sheet waits as before.

    Args:
        field: ``score.I.1``, ``judged.d``, ``axis.B1.quantity``, ``comment`` or ``proposed_grade``.

    Raises:
        Refused: not hers to review, her own, scored already, saved elsewhere meanwhile, points out of range.
    """
    with transaction.atomic():
        locked = lock_sheets([sheet.pk])
        row = locked.sheets[sheet.pk]
        locked.faults += (
            superior_faults(actor, [row], on) + outdated(row, version) + in_state(row, State.DRAFT, State.SUBMITTED)
        )
        kind, _, key = field.partition(".")
        book = queries.books_of(locked.cycle, [row.unit_id])[row.unit_id]
        given = {} if value in (None, "") else {key: value}
        if kind == "score":
            locked.faults += score_faults(book, row, given)
            row.scores = {k: v for k, v in row.scores.items() if k != key} | stored(given)
        elif kind == "judged":
            locked.faults += judged_faults(book, row, given)
            row.judged = {k: v for k, v in row.judged.items() if k != key} | stored(given)
        elif kind == "axis":
            locked.faults += put_parts(book, row, GIVEN, {key: value})
        elif field in ("comment", "proposed_grade"):
            setattr(row, field, str(value or "").strip())
        else:
            locked.faults.append(Violation("EVAL-FIELD", f"Phiếu không có mục {field}.", field=f"{row.pk}.{field}"))
        locked.refuse()
        row.version += 1
        row.save(update_fields=["scores", "judged", "axes", "comment", "proposed_grade", "version"])
    return row


@action("evaluation.sheet.review", permission=None, log=("rows",))
def submit_reviews(actor: Actor, *, rows: Sequence[Review], at: dt.datetime, reason: str = "") -> list[Sheet]:
    """The direct superior comments and scores (NĐ 335/2025, Điều 10); one sheet or thirty, all or nothing.

    A changed score voids a decision that was made on the old one. Full marks need a comment on the sheet, or one
    reason for the batch.

    Args:
        reason: why so many full marks, or why somebody who handed nothing in is scored.

    Raises:
        Refused: every fault of every row, with the sheet in its field.
    """
    locked = lock(rows)
    locked.faults += superior_faults(actor, list(locked.sheets.values()), at.date())
    books = queries.books_of(locked.cycle, {sheet.unit_id for sheet in locked.sheets.values()})
    due = queries.due(locked.cycle, Step.SELF)
    before_axes: dict[int, tuple[rules.Axis, ...]] = {}
    for row in rows:
        sheet = locked.sheets[row.sheet]
        book = books[sheet.unit_id]
        overdue = due is not None and at.date() > due
        if sheet.state == State.DRAFT and overdue and reason.strip():
            pass  # handed nothing in: scored without her, and the event says so
        else:
            locked.faults += in_state(sheet, *REVIEWABLE)
        locked.faults += review_faults(book, sheet, row, reason)
        before_axes[sheet.pk] = queries.engine_axes(sheet)
        locked.faults += put_parts(book, sheet, GIVEN, row.axes or {})
        locked.faults += [] if sheet.cycle.base else missing_parts(book, sheet, whose=(OWN, GIVEN))
    locked.refuse()
    before = {sheet.pk: (sheet.state, sheet.grade) for sheet in locked.sheets.values()}
    events: list[Event] = []
    for row in rows:
        sheet = locked.sheets[row.sheet]
        changed = _take(books[sheet.unit_id], sheet, row)
        changed |= queries.engine_axes(sheet) != before_axes[sheet.pk]
        sheet.version += 1
        silent = before[sheet.pk][0] == State.DRAFT
        if before[sheet.pk][0] == State.DECIDED and changed:
            events.append(event(actor, sheet, Happening.VOIDED, at, reason, grade=sheet.grade))
            sheet.grade = sheet.decision_reason = sheet.decided_by = ""
            sheet.decided_at = None
        if before[sheet.pk][0] != State.DECIDED or changed:
            sheet.state, sheet.scored_at = State.SCORED, at
        events.append(
            event(
                actor,
                sheet,
                Happening.SCORED,
                at,
                row.comment or reason,
                scores=sheet.scores,
                judged=sheet.judged,
                axes=sheet.axes,
                silent=silent,
            )
        )
    _note(locked, at.date())
    Sheet.objects.bulk_update(locked.sheets.values(), WRITTEN, batch_size=500)
    Event.objects.bulk_create(events, batch_size=500)
    return list(locked.sheets.values())


def _note(locked: Locked, on: dt.date) -> None:
    sheets = list(locked.sheets.values())
    assessed = queries.assess(locked.cycle, sheets, on)
    for sheet in sheets:
        found = assessed[sheet.pk]
        locked.faults += found.faults
        if found.outcome is not None:
            queries.noted(sheet, found.book, found.outcome, found.basis)
    locked.refuse()


def _take(book: rules.Book, sheet: Sheet, row: Review) -> bool:
    """Writes a review on its sheet; whether a score changed by it."""
    before = (dict(sheet.scores), dict(sheet.judged))
    given = sheet.scores or sheet.self_scores if row.scores is None else row.scores
    sheet.scores = stored(given)
    sheet.judged = dict(sheet.judged) | stored(row.judged or {})
    sheet.comment = row.comment.strip() or sheet.comment
    sheet.proposed_grade = row.proposed_grade or sheet.proposed_grade
    return (sheet.scores, sheet.judged) != before
