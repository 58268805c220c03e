"""What a decision may do about training."""

from __future__ import annotations

from collections.abc import Iterable

from canbo.facts.decisions.acts import Act, ActField, Prepared, judged
from canbo.facts.decisions.models import Decision, Sourced
from canbo.facts.decisions.rules import Heading
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.dates import format_date
from canbo.foundation.kernel.violation import Violation

from . import actions, queries

FIELDS = (
    ActField("course", "Khóa học", required=True),
    ActField("level", "Trình độ", required=True, catalogue=("training.levels.levels",), lower=True),
    ActField("on", "Ngày bắt đầu", "date", help="Để trống nếu là ngày hiệu lực"),
    ActField("ended_on", "Đến ngày", "date"),
    ActField("mode", "Hình thức", catalogue=("training.levels.modes",), lower=True),
    ActField("place", "Nơi học"),
)


def _check(actor: Actor, heading: Heading, item: Prepared) -> list[Violation]:
    values = item.values
    on = values["on"] or heading.in_effect_on
    return actions.enrolment_faults(item.subject, values["course"], values["level"], on, values["ended_on"])


def _apply(actor: Actor, decision: Decision, item: Prepared) -> Iterable[Sourced]:
    values = {**item.values, "on": item.values["on"] or decision.in_effect_on}
    return [actions.enrol(actor, person=item.subject, decision=decision, **values)]


def _explain(actor: Actor, heading: Heading, item: Prepared) -> list[str]:
    on = item.values["on"] or heading.in_effect_on
    return [f"mở khóa {item.values['course']} từ ngày {format_date(on)}"]


ACTS: list[Act] = [Act("cu_di_dao_tao", "cử đi đào tạo, bồi dưỡng", "person", FIELDS, _check, _apply, _explain)]

ADMISSIONS = ("ket_nap", "ket_nap_lai")


def objections(heading: Heading, item: Prepared) -> list[Violation]:
    """Whoever is admitted to the Party has the certificate of its course, still valid."""
    if item.act.code not in ADMISSIONS or heading.issued_on is None:
        return []
    day = item.values.get("considered_on") or heading.issued_on
    return judged(lambda: [queries.certificate_condition(item.subject, day, item.values.get("unit"))])
