"""A whole restructuring from a file in one transaction, as the command line does it."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from canbo.facts.decisions import actions as ledger
from canbo.facts.decisions.models import Decision
from canbo.facts.decisions.queries import find
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.dates import format_date
from canbo.foundation.kernel.violation import Refused, Violation

from ..choices import APPLY, DECIDED
from ..models import Restructuring
from ..queries import Lines, lines_of, prepare, stages
from .applying import Progress, apply, decide
from .drafting import answer, draft
from .steps import take_step

UNKNOWN_ISSUER = "Chưa ghi cơ quan ban hành"
DOC_TYPES = {"NQ": "Nghị quyết", "KL": "Kết luận", "QĐ": "Quyết định", "QyĐ": "Quy định"}
WHY = "Thực hiện từ dòng lệnh theo phương án đã có."


def run_at_once(
    actor: Actor,
    *,
    lines: Lines,
    number: str,
    issuer: str = "",
    issued_on: dt.date | None = None,
    title: str,
    source: str,
    today: dt.date,
    progress: Progress | None = None,
) -> Restructuring:
    """Drafts, decides and carries out a case; when anything is refused, nothing of it stays.

    Args:
        lines: with every answer given.
        number: of the decision; one unknown to the ledger is recorded as issued on ``issued_on`` or the day of effect.

    Raises:
        Refused: with every reason.
    """
    actor.require(APPLY)
    with transaction.atomic():
        decision = _decision(actor, number, issuer, issued_on, lines.on, title)
        day = min(decision.issued_on, today)
        rows = [row for _, row in lines.rows]
        case = draft(actor, title=title, on=lines.on, scope=lines.scope, day=day, source=source, rows=rows)
        replies = [(unit, asked, reply.choice, reply.value) for (unit, asked), reply in lines.answers.items()]
        answer(actor, case=case, answers=replies)
        for stage in stages(lines.on):
            if stage.key == DECIDED:
                break
            if not stage.skip:
                take_step(actor, case=case, step=stage.key, on=day, paper=f"Tệp {source}", reason=WHY)
        ledger.one_at_a_time()
        ready = prepare(lines_of(case))  # once: deciding and carrying out happen in one breath
        decide(actor, case=case, decision=decision, on=day, reason=WHY, prepared=ready)
        return apply(actor, case=case, today=today, progress=progress, prepared=ready)


def _decision(actor: Actor, number: str, issuer: str, issued_on: dt.date | None, on: dt.date, title: str) -> Decision:
    found = list(find(actor, number, on, issued_on=issued_on, issuer=issuer).filter(annulled_on=None)[:5])
    if len(found) > 1:
        said = "; ".join(f"{row.issuer}, ngày {format_date(row.issued_on)}" for row in found)
        raise Refused(
            Violation("RESTRUCTURE-DECISION", f"Số {number} có nhiều văn bản: {said}.", field="decision",
                      fix="Ghi thêm --issued và --issuer.")
        )  # fmt: skip
    if found:
        return found[0]
    words = [word for word in DOC_TYPES if f"{word}-" in number or f"/{word}" in number]
    issued = issued_on or on
    return ledger.record(
        actor,
        number=number,
        issued_on=issued,
        issuer=issuer or UNKNOWN_ISSUER,
        doc_type=DOC_TYPES[words[0]] if words else "Quyết định",
        abstract=f"Sắp xếp tổ chức: {title}",
        effective_on=on if on != issued else None,
    )
