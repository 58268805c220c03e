"""The advising body's opinion before the decision."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from canbo.facts.organisation.queries import require_over
from canbo.foundation.audit.actions import action
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.violation import Violation

from .. import queries
from ..choices import MANAGE, Happening, State
from ..models import Event, Sheet
from .rows import Advice, event, in_state, lock


@action("evaluation.sheet.advise", permission=MANAGE, log=("rows",))
def advise(actor: Actor, *, rows: Sequence[Advice], at: dt.datetime) -> list[Sheet]:
    """The advising body's opinion and proposed grade (thẩm định, đề xuất), before the decision.

    Raises:
        Refused: her own sheet, nothing said, no such grade, not scored yet; all at once.
        OutOfScope, NotPermitted: a sheet outside what she manages.
    """
    locked = lock(rows)
    units = {sheet.unit_id for sheet in locked.sheets.values()}
    for unit in sorted(units):
        require_over(actor, MANAGE, unit, locked.cycle.last)
    books = queries.books_of(locked.cycle, units)
    for row in rows:
        sheet = locked.sheets[row.sheet]
        if actor.person_id is not None and actor.person_id in (sheet.person_id, sheet.represented_by_id):
            locked.faults.append(Violation("EVAL-OWN", "Không ai thẩm định phiếu của chính mình.", field=str(sheet.pk)))
        locked.faults += in_state(sheet, State.SCORED)
        if not row.text.strip():
            locked.faults.append(Violation("EVAL-EMPTY", "Chưa ghi ý kiến.", field=str(sheet.pk)))
        if row.grade and row.grade not in {grade.key for grade in books[sheet.unit_id].grades}:
            locked.faults.append(Violation("EVAL-GRADE", f"Không có mức “{row.grade}”.", field=str(sheet.pk)))
    locked.refuse()
    for row in rows:
        sheet = locked.sheets[row.sheet]
        sheet.advice, sheet.advised_grade, sheet.advised_at = row.text.strip(), row.grade, at
        sheet.version += 1
    Sheet.objects.bulk_update(locked.sheets.values(), ["advice", "advised_grade", "advised_at", "version"])
    Event.objects.bulk_create(
        event(actor, locked.sheets[row.sheet], Happening.ADVISED, at, row.text, grade=row.grade) for row in rows
    )
    return list(locked.sheets.values())
