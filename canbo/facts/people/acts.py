"""What a decision may say of a person: rewards and discipline."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Literal

from canbo.facts.decisions.acts import Act, ActField, Prepared
from canbo.facts.decisions.models import Decision, Sourced
from canbo.facts.decisions.rules import Heading
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.dates import format_date
from canbo.foundation.kernel.violation import Violation

from . import actions, queries
from .models import Award, Discipline, PersonRecord

SUBJECTS = {"person": queries.visible}

AWARD = (
    ActField(
        "form",
        "Hình thức khen thưởng",
        required=True,
        catalogue=("commendation.forms.party", "commendation.forms.state"),
    ),
    ActField("award_reason", "Lý do"),
)
DISCIPLINE = (
    ActField(
        "form",
        "Hình thức kỷ luật",
        required=True,
        catalogue=("discipline.forms.members", "discipline.forms.civil_servants"),
    ),
    ActField("until", "Hiệu lực đến ngày", "date"),
    ActField("content", "Nội dung"),
)


def _award(code: str, subject: Literal["person", "unit"]) -> Act:
    def check(actor: Actor, heading: Heading, item: Prepared) -> list[Violation]:
        on, form = heading.in_effect_on, item.values["form"]
        if Award.objects.standing().filter(**{str(subject): item.subject, "form": form, "on": on}).exists():
            return [Violation("OUTCOME-TWICE", f"Đã ghi {form} ngày {format_date(on)} cho {item.subject}.")]
        return []

    def apply(actor: Actor, decision: Decision, item: Prepared) -> Iterable[Sourced]:
        return [
            actions.record_award(
                actor,
                subject=item.subject,
                on=decision.in_effect_on,
                authority=decision.issuer,
                decision=decision,
                **item.values,
            )
        ]

    def explain(actor: Actor, heading: Heading, item: Prepared) -> list[str]:
        return [f"ghi khen thưởng {item.values['form']} cho {item.subject} ngày {format_date(heading.in_effect_on)}"]

    return Act(
        code, "khen thưởng" if subject == "person" else "khen thưởng tập thể", subject, AWARD, check, apply, explain
    )


def _discipline() -> Act:
    def check(actor: Actor, heading: Heading, item: Prepared) -> list[Violation]:
        on, until = heading.in_effect_on, item.values["until"]
        faults = []
        if until is not None and until < on:
            faults.append(Violation("DISCIPLINE-ORDER", "Ngày hết hiệu lực trước ngày kỷ luật.", field="until"))
        same = Discipline.objects.standing().filter(person=item.subject, form=item.values["form"], since=on)
        if same.exists():
            faults.append(Violation("OUTCOME-TWICE", f"Đã ghi kỷ luật này ngày {format_date(on)}."))
        return faults

    def apply(actor: Actor, decision: Decision, item: Prepared) -> Iterable[Sourced]:
        return [
            actions.record_discipline(
                actor,
                person=item.subject,
                on=decision.in_effect_on,
                authority=decision.issuer,
                decision=decision,
                **item.values,
            )
        ]

    def explain(actor: Actor, heading: Heading, item: Prepared) -> list[str]:
        return [f"ghi kỷ luật {item.values['form']} từ ngày {format_date(heading.in_effect_on)}"]

    return Act("ky_luat", "kỷ luật", "person", DISCIPLINE, check, apply, explain)


ACTS: list[Act] = [_award("khen_thuong", "person"), _award("khen_thuong_tap_the", "unit"), _discipline()]


def settle(facts: Iterable[Sourced], on: dt.date) -> None:
    """After an annulment: repeats the names of the people whose records came or went."""
    actions.refresh_names(sorted({fact.person_id for fact in facts if isinstance(fact, PersonRecord)}))
