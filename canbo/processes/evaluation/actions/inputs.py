"""What evaluation needs recorded: absences, findings with their papers, points suggested from above."""

from __future__ import annotations

import datetime as dt
from typing import Any, TypeVar

from canbo.facts.decisions.models import Decision
from canbo.facts.organisation.models import Unit
from canbo.facts.organisation.queries import require_over
from canbo.facts.people.models import Person
from canbo.facts.people.queries import require_person
from canbo.foundation import rulebooks
from canbo.foundation.audit.actions import action
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.violation import Refused, Violation

from .. import queries
from ..choices import MANAGE, Rest, State
from ..models import Cycle, Finding, Leave, Suggestion

Subject = Person | Unit
Voidable = TypeVar("Voidable", Leave, Finding)


def _require(actor: Actor, subject: Subject, on: dt.date) -> None:
    """The actor manages evaluation where the subject is, and it is not herself."""
    if isinstance(subject, Unit):
        require_over(actor, MANAGE, subject, on)
        return
    if actor.person_id == subject.pk:
        raise Refused(Violation("EVAL-OWN", "Không ai ghi căn cứ xếp loại cho chính mình."))
    require_person(actor, MANAGE, subject)


@action("evaluation.leave.record", permission=MANAGE, log=("person", "first", "last", "kind"))
def record_leave(
    actor: Actor, *, person: Person, first: dt.date, last: dt.date, kind: str, at: dt.datetime, paper: str = ""
) -> Leave:
    """Records that somebody did not work for a time (nghỉ).

    Raises:
        Refused: out of order, no such kind, or recorded already.
    """
    _require(actor, person, first)
    faults = []
    if last < first:
        faults.append(Violation("EVAL-LEAVE-ORDER", "Ngày cuối trước ngày đầu.", field="last"))
    if kind not in Rest.values:
        faults.append(Violation("EVAL-LEAVE-KIND", "Không có loại nghỉ này.", field="kind"))
    if Leave.objects.filter(person=person, first=first, last=last, kind=kind, voided_on=None).exists():
        faults.append(Violation("EVAL-LEAVE-TWICE", "Thời gian nghỉ này đã được ghi.", field="first"))
    if faults:
        raise Refused(faults)
    return Leave.objects.create(
        person=person, first=first, last=last, kind=kind, paper=paper.strip(), recorded_at=at, recorded_by=actor.name
    )


@action("evaluation.leave.void", permission=MANAGE, log=("leave",))
def void_leave(actor: Actor, *, leave: Leave, reason: str, on: dt.date) -> Leave:
    """Takes back an absence recorded in error; Refused without a reason or twice."""
    _require(actor, leave.person, leave.first)
    return _void(leave, reason, on)


@action("evaluation.finding.record", permission=MANAGE, log=("subject", "fact", "value", "on", "record"))
def record_finding(
    actor: Actor,
    *,
    subject: Subject,
    fact: str,
    value: Any,
    on: dt.date,
    record: str,
    at: dt.datetime,
    at_unit: Unit | None = None,
    decision: Decision | None = None,
    mitigation: str = "",
) -> Finding:
    """Records what a condition asks about (căn cứ xếp loại): a conclusion, a breach, a ratio; always with its paper.

    Args:
        fact: name of the catalogue of facts.
        value: true, false, a number, or a ratio such as ``"80/100"``.
        on: day of the act or of the conclusion, by which it belongs to a period.
        at_unit: where it happened: it counts in the result of that unit (NĐ 335/2025, Điều 11).
        mitigation: the clause "xem xét" applied, with its reason; who records it answers for it.

    Raises:
        Refused: no paper, no such fact, or the same act recorded already: one act counts in one year only.
    """
    _require(actor, subject, on)
    about: dict[str, Any] = {"person": subject} if isinstance(subject, Person) else {"collective": subject}
    known = rulebooks.current().catalogue("evaluation.facts.facts", on=on)
    faults = []
    if fact not in known:
        faults.append(Violation("EVAL-FACT", f"Không có nội dung căn cứ “{fact}”.", field="fact"))
    if not record.strip():
        faults.append(
            Violation(
                "EVAL-RECORD", "Ghi văn bản, hồ sơ làm căn cứ.", field="record", fix="Ghi số, ngày, cơ quan ban hành."
            )
        )
    if Finding.objects.filter(**about, fact=fact, record=record.strip(), voided_on=None).exists():
        faults.append(
            Violation(
                "EVAL-ONCE",
                "Hành vi này đã được ghi theo cùng văn bản; một hành vi chỉ tính vào một năm.",
                field="record",
                source="NĐ 335/2025/NĐ-CP, Điều 11",
            )
        )
    if faults:
        raise Refused(faults)
    return Finding.objects.create(
        **about,
        fact=fact,
        value=value,
        on=on,
        record=record.strip(),
        at_unit=at_unit,
        decision=decision,
        mitigation=mitigation.strip(),
        recorded_at=at,
        recorded_by=actor.name,
    )


@action("evaluation.finding.void", permission=MANAGE, log=("finding",))
def void_finding(actor: Actor, *, finding: Finding, reason: str, on: dt.date) -> Finding:
    """Takes back a finding recorded in error; Refused without a reason or twice."""
    if (subject := finding.person or finding.collective) is not None:
        _require(actor, subject, finding.on)
    return _void(finding, reason, on)


@action("evaluation.suggestion.make", permission=MANAGE, log=("cycle", "subject", "issuer", "paper"))
def suggest(
    actor: Actor, *, cycle: Cycle, subject: Subject, text: str, issuer: str, at: dt.datetime, paper: str = ""
) -> Suggestion:
    """The level above asks that a point be reviewed (gợi ý kiểm điểm; HD 43-HD/BTCTW, mục 2).

    Raises:
        Refused: nothing said, no issuer, no sheet in the cycle, or the sheet was handed in already.
        NotPermitted: the actor does not manage the cycle.
    """
    require_over(actor, MANAGE, cycle.unit, cycle.last)
    about: dict[str, Any] = {"person": subject} if isinstance(subject, Person) else {"collective": subject}
    made = Suggestion(
        cycle=cycle,
        **about,
        text=text.strip(),
        issuer=issuer.strip(),
        paper=paper.strip(),
        made_at=at,
        made_by=actor.name,
    )
    faults = []
    if not made.text:
        faults.append(Violation("EVAL-EMPTY", "Chưa ghi nội dung gợi ý.", field="text"))
    if not made.issuer:
        faults.append(Violation("EVAL-ISSUER", "Ghi cấp gợi ý kiểm điểm.", field="issuer"))
    sheet = queries.sheet_of_suggestion(made)
    if sheet is None:
        faults.append(Violation("EVAL-NO-SHEET", "Không có phiếu trong kỳ đánh giá này.", field="subject"))
    elif sheet.state != State.DRAFT:
        message = "Phiếu đã được nộp."
        faults.append(Violation("EVAL-STATE", message, "subject", fix="Trả lại phiếu để giải trình rồi gợi ý."))
    if faults:
        raise Refused(faults)
    made.save()
    return made


def _void(row: Voidable, reason: str, on: dt.date) -> Voidable:
    if not reason.strip():
        raise Refused(Violation("EVAL-REASON", "Ghi lý do hủy.", field="reason"))
    if row.voided_on is not None:
        raise Refused(Violation("EVAL-VOIDED", "Dòng này đã hủy.", field="reason"))
    row.voided_on, row.voided_why = on, reason.strip()
    row.save(update_fields=["voided_on", "voided_why"])
    return row
