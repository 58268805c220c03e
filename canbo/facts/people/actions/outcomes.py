"""Writing what was concluded on a person or a unit: grades, rewards, discipline."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db.models import Model

from canbo.facts.decisions import actions as ledger
from canbo.facts.decisions.models import Batch, Decision
from canbo.facts.organisation.models import Unit
from canbo.facts.organisation.queries import require_over
from canbo.foundation.audit.actions import action
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.dates import DAY, format_date
from canbo.foundation.kernel.violation import Refused, Violation

from ..choices import WRITE
from ..models import Award, Discipline, Grade, Person
from ..queries import require_person


@action("people.grade.record", permission=WRITE, log=("subject", "period", "basis", "grade"))
def record_grade(
    actor: Actor,
    *,
    subject: Person | Unit,
    period: str,
    basis: str,
    grade: str,
    on: dt.date,
    points: Decimal | None = None,
    decision: Decision | None = None,
    batch: Batch | None = None,
    note: str = "",
) -> Grade:
    """Records an evaluation result (xếp loại).

    Args:
        period: ``2025``, ``2025-Q3`` or ``2025-07``.
        basis: the rulebook or document it was concluded under.
        on: the day it was decided.
    """
    about = _about(actor, subject, on)
    _once(Grade, {**about, "period": period, "basis": basis}, f"Đã có kết quả xếp loại kỳ {period} theo {basis}.")
    return Grade.objects.create(
        **about,
        period=period,
        basis=basis,
        grade=grade,
        points=points,
        on=on,
        opened_by=decision,
        opened_in=batch,
        note=note,
    )


@action("people.award.record", permission=WRITE, log=("subject", "form", "on", "decision"))
def record_award(
    actor: Actor,
    *,
    subject: Person | Unit,
    form: str,
    on: dt.date,
    on_precision: str = DAY,
    authority: str = "",
    award_reason: str = "",
    decision: Decision | None = None,
    batch: Batch | None = None,
) -> Award:
    """Records a reward (khen thưởng) of a person or a unit."""
    about = _about(actor, subject, on)
    _once(Award, {**about, "form": form, "on": on}, f"Đã ghi {form} ngày {format_date(on)}.")
    return Award.objects.create(
        **about,
        form=form,
        on=on,
        on_precision=on_precision,
        authority=authority,
        reason=award_reason,
        opened_by=decision,
        opened_in=batch,
    )


@action("people.discipline.record", permission=WRITE, log=("person", "form", "on", "decision"))
def record_discipline(
    actor: Actor,
    *,
    person: Person,
    form: str,
    on: dt.date,
    until: dt.date | None = None,
    authority: str = "",
    content: str = "",
    decision: Decision | None = None,
    batch: Batch | None = None,
) -> Discipline:
    """Records a disciplinary measure (kỷ luật).

    Args:
        on: the day it takes effect.
        until: the last day of its effect, when it is known.
    """
    require_person(actor, WRITE, person)
    if until is not None and until < on:
        raise Refused(Violation("DISCIPLINE-ORDER", "Ngày hết hiệu lực trước ngày kỷ luật.", field="until"))
    _once(Discipline, {"person": person, "form": form, "since": on}, f"Đã ghi {form} ngày {format_date(on)}.")
    return Discipline.objects.create(
        person=person,
        form=form,
        in_force=ledger.span(on, until + dt.timedelta(days=1) if until else None),
        since=on,
        authority=authority,
        content=content,
        opened_by=decision,
        opened_in=batch,
    )


@action("people.discipline.end", permission=WRITE, log=("discipline", "on", "decision"))
def end_discipline(
    actor: Actor, *, discipline: Discipline, on: dt.date, decision: Decision | None = None
) -> Discipline:
    """Ends the effect of a disciplinary measure: the day before ``on`` is its last one."""
    require_person(actor, WRITE, discipline.person)
    return ledger.close(discipline, on=on, decision=decision)


def _about(actor: Actor, subject: Person | Unit, on: dt.date) -> dict[str, Any]:
    if isinstance(subject, Person):
        require_person(actor, WRITE, subject)
        return {"person": subject}
    require_over(actor, WRITE, subject, on)
    return {"unit": subject}


def _once(model: type[Model], key: dict[str, Any], message: str) -> None:
    if model._default_manager.filter(voided_on=None, **key).exists():
        raise Refused(Violation("OUTCOME-TWICE", message))
