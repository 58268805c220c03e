"""A list of job positions on its way: written, submitted, appraised, returned; copied from another body."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from django.db import transaction

from canbo.facts.organisation.models import Unit
from canbo.facts.organisation.queries import require_over
from canbo.foundation.audit.actions import action
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.text import clean
from canbo.foundation.kernel.violation import Refused, Violation

from ..choices import WRITE, ListState
from ..models import PositionListDraft
from ..queries.positions import list_rows, read_rows
from ..rules import filled

OPEN = (ListState.DRAFT, ListState.RETURNED)


@transaction.atomic
def save_list(
    actor: Actor, *, unit: Unit, rows: Sequence[Mapping[str, str]], on: dt.date, legal_basis: str = ""
) -> PositionListDraft:
    """Keeps a list being written, faults and all; one list at a time is open for a body.

    Raises:
        Refused: the list was submitted and is not to be changed.
    """
    require_over(actor, WRITE, unit, on)
    draft = PositionListDraft.objects.select_for_update().filter(unit=unit).exclude(state=ListState.APPROVED).first()
    if draft is not None and draft.state not in OPEN:
        raise Refused(
            Violation(
                "POSITION-LIST-SUBMITTED",
                f"Danh mục của {unit} {draft.get_state_display()}, không sửa được.",
                fix="Rút lại để sửa, rồi trình lại.",
            )
        )
    draft = draft or PositionListDraft(unit=unit)
    draft.rows = [{name: clean(str(text)) for name, text in row.items() if text} for row in rows if filled(row)]
    draft.legal_basis, draft.saved_by = clean(legal_basis)[:255], actor.name
    draft.save()
    return draft


@action("staffing.positions.submit", permission=WRITE, log=("draft", "on"))
def submit_list(actor: Actor, *, draft: PositionListDraft, on: dt.date) -> PositionListDraft:
    """Submits a list for appraisal (trình thẩm định).

    Raises:
        Refused: with every fault of every line.
    """
    row = _mine(actor, draft, on, *OPEN)
    found = read_rows(row.rows, on)
    faults = found.violations
    if not found.lines:
        faults.append(Violation("POSITION-EMPTY", "Danh mục chưa có vị trí nào.", fix="Ghi ít nhất một dòng."))
    if faults:
        raise Refused(faults)
    row.state, row.submitted_on, row.submitted_by, row.submitter_id = (
        ListState.SUBMITTED, on, actor.name, actor.user_id,
    )  # fmt: skip
    row.save()
    return row


@action("staffing.positions.withdraw", permission=WRITE, log=("draft", "on"))
def withdraw_list(actor: Actor, *, draft: PositionListDraft, on: dt.date) -> PositionListDraft:
    """Takes a submitted or appraised list back to change it; the appraisal no longer counts."""
    row = _mine(actor, draft, on, ListState.SUBMITTED, ListState.APPRAISED)
    row.state, row.appraised_on, row.appraised_by = ListState.DRAFT, None, ""
    row.save()
    return row


@action("staffing.positions.appraise", permission=WRITE, log=("draft", "on", "passed", "opinion"))
def appraise_list(
    actor: Actor, *, draft: PositionListDraft, on: dt.date, passed: bool, opinion: str = ""
) -> PositionListDraft:
    """Appraises a submitted list (thẩm định): ready for decision, or returned with the opinion what to change.

    Raises:
        Refused: by the one who submitted it; returned without saying why.
    """
    row = _mine(actor, draft, on, ListState.SUBMITTED)
    faults = []
    if actor.user_id is not None and actor.user_id == row.submitter_id:
        faults.append(
            Violation(
                "POSITION-LIST-OWN",
                "Không tự thẩm định danh mục do mình trình.",
                fix="Nhờ người khác có thẩm quyền thẩm định.",
            )
        )
    if not passed and not clean(opinion):
        faults.append(Violation("POSITION-LIST-WHY", "Trả lại mà chưa ghi ý kiến.", "opinion", fix="Ghi điều cần sửa."))
    if faults:
        raise Refused(faults)
    row.state = ListState.APPRAISED if passed else ListState.RETURNED
    row.appraised_on, row.appraised_by, row.opinion = on, actor.name, clean(opinion)
    row.save()
    return row


@action("staffing.positions.discard", permission=WRITE, log=("draft",))
def discard_list(actor: Actor, *, draft: PositionListDraft, on: dt.date) -> None:
    """Throws a list away that was not approved."""
    row = _mine(actor, draft, on, ListState.DRAFT, ListState.RETURNED)
    row.delete()


@action("staffing.positions.copy", permission=WRITE, log=("unit", "source", "on"))
def copy_list(actor: Actor, *, unit: Unit, source: Unit, on: dt.date) -> PositionListDraft:
    """Begins a body's list with the positions in force in another; what was written so far is replaced.

    Raises:
        Refused: the other body has none on that day, or this one's list was submitted.
    """
    rows = list_rows(source, on)
    if not rows:
        raise Refused(
            Violation(
                "POSITION-COPY-EMPTY",
                f"{source} chưa có vị trí việc làm nào đang dùng.",
                "source",
                fix="Chọn nơi khác.",
            )
        )
    return save_list(actor, unit=unit, rows=rows, on=on)


def _mine(actor: Actor, draft: PositionListDraft, on: dt.date, *states: str) -> PositionListDraft:
    """The draft, locked, if the actor may and it stands where the step begins."""
    require_over(actor, WRITE, draft.unit_id, on)
    row = PositionListDraft.objects.select_for_update(of=("self",)).select_related("unit").get(pk=draft.pk)
    if row.state not in states:
        raise Refused(
            Violation(
                "POSITION-LIST-STATE",
                f"Danh mục của {row.unit} {row.get_state_display()}, không làm bước này được.",
                fix="Tải lại trang để xem tình trạng mới.",
            )
        )
    return row
