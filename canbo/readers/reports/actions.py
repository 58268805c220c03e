"""Writing reports: keeping the writer's words, issuing."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from canbo.foundation.audit.actions import action
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.period import Span
from canbo.foundation.kernel.text import clean
from canbo.foundation.kernel.violation import Refused

from . import drafting, paper, queries, revisions, scope
from .choices import ISSUE, WRITE
from .counting import rulebook_version
from .document import for_issue
from .heads import Head
from .models import Issue, QuotaProposal, ReportDraft
from .quotas.proposals import faults as proposal_faults


@action("reports.draft.write", permission=WRITE, log=("kind", "unit", "period", "place"))
def write_words(actor: Actor, *, kind: str, unit: str, period: str, place: str, text: str) -> ReportDraft:
    """Keeps the writer's words at one place of a report.

    Args:
        place: the id of the place in the template.
        text: one paragraph or item per line; empty text clears the place.
    """
    span = queries.span(period)
    where = scope.place(actor, WRITE, unit, span)
    known = {part["words"] for part in drafting.shape(kind).all_parts() if "words" in part}
    if place not in known:
        raise queries.refused("REPORT-PLACE", f"Báo cáo không có chỗ ghi “{place}”.")
    draft, _ = ReportDraft.objects.select_for_update().get_or_create(
        kind=kind, unit_id=where.id, period=span.code, defaults={"saved_by": actor.name}
    )
    lines = [clean(line) for line in text.splitlines()]
    draft.texts = {**draft.texts, place: "\n".join(line for line in lines if line)}
    draft.saved_by = actor.name
    draft.save()
    return draft


@action("reports.report.issue", permission=ISSUE, log=("kind", "unit", "period", "number", "dated"))
def issue(
    actor: Actor,
    *,
    kind: str,
    unit: str,
    period: str | Span,
    dated: dt.date,
    issued_at: dt.datetime,
    number: str = "",
    head: Head | None = None,
) -> Issue:
    """Issues a report: its text, figures and files are frozen as they are at this moment.

    Args:
        dated: the date on the paper.
        issued_at: the moment of issue.
        number: its number, when the records office has given one.
        head: issuer, place and signer; as the last issue, or the unit's organisation board, when left out.
    """
    span = queries.span(period)
    where = scope.place(actor, ISSUE, unit, span)
    document = for_issue(drafting.document(actor, kind, unit, span))
    head = replace(head or drafting.head(actor, document, dated), dated=dated, number=number)
    files = {name: paper.written(f"x.{name}", document, head, numbered=True) for name in ("docx", "pdf")}
    return Issue.objects.create(
        kind=kind,
        unit_id=where.id,
        period=span.code,
        number=number,
        dated=dated,
        issued_at=issued_at,
        issued_by=actor.name,
        rulebook_version=rulebook_version(),
        content=document.as_json(),
        head=head.remembered(),
        subjects=revisions.subjects(where, document, span),
        docx=files["docx"],
        docx_sha256=hashlib.sha256(files["docx"]).hexdigest(),
        pdf=files["pdf"],
        pdf_sha256=hashlib.sha256(files["pdf"]).hexdigest(),
    )


@action(
    "reports.proposal.write",
    permission=WRITE,
    log=("unit", "staff_group", "first_year", "last_year", "percent", "total"),
)
def write_proposal(
    actor: Actor,
    *,
    unit: str,
    staff_group: str,
    first_year: int,
    last_year: int,
    percent: Decimal,
    total: int,
    numbers: Mapping[str, int],
    day: dt.date,
) -> QuotaProposal:
    """Keeps what a unit proposes for a period; a draft that decides nothing.

    Args:
        numbers: at the end of the period, by the code of the unit; they must add up to ``total``.
        day: on which the unit is looked up.

    Raises:
        Refused: the numbers do not add up; says by how many.
    """
    where = scope.place(actor, WRITE, unit, Span(day, day))
    if found := proposal_faults(numbers, total):
        raise Refused(found)
    row, _ = QuotaProposal.objects.update_or_create(
        unit_id=where.id,
        staff_group=staff_group,
        first_year=first_year,
        last_year=last_year,
        defaults={"percent": percent, "total": total, "numbers": dict(numbers), "saved_by": actor.name},
    )
    return row
