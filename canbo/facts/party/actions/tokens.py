"""Cards issued and badges awarded."""

from __future__ import annotations

import datetime as dt

from canbo.facts.decisions.models import Batch, Decision
from canbo.facts.people.models import Person
from canbo.facts.people.queries import require_person
from canbo.foundation.audit.actions import action
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.dates import DAY, format_date
from canbo.foundation.kernel.violation import Refused, Violation

from ..choices import WRITE, BadgeForm, CardForm, Exit
from ..models import Badge, Card, Membership


@action("party.card.issue", permission=WRITE, log=("person", "form", "on", "decision"))
def issue_card(
    actor: Actor,
    *,
    person: Person,
    form: str,
    on: dt.date,
    number: str = "",
    on_precision: str = DAY,
    decision: Decision | None = None,
    batch: Batch | None = None,
) -> Card:
    """Issues, exchanges or replaces a member card; ``form`` of ``CardForm``."""
    require_person(actor, WRITE, person)
    faults = card_faults(person, form, on)
    if faults:
        raise Refused(faults)
    return Card.objects.create(
        person=person,
        form=form,
        on=on,
        on_precision=on_precision,
        number=number,
        opened_by=decision,
        opened_in=batch,
    )


@action("party.badge.award", permission=WRITE, log=("person", "years", "form", "on", "decision"))
def award_badge(
    actor: Actor,
    *,
    person: Person,
    years: int,
    on: dt.date,
    form: str = BadgeForm.REGULAR,
    number: str = "",
    decision: Decision | None = None,
    batch: Batch | None = None,
) -> Badge:
    """Awards a Party badge; whether the member is entitled to it, the rules say beforehand."""
    require_person(actor, WRITE, person)
    faults = badge_entry_faults(person, years, form, on)
    if faults:
        raise Refused(faults)
    return Badge.objects.create(
        person=person, years=years, form=form, on=on, number=number, opened_by=decision, opened_in=batch
    )


def card_faults(person: Person, form: str, on: dt.date) -> list[Violation]:
    """Why a card may not be issued to a person on a day."""
    faults = []
    if form not in CardForm.values:
        faults.append(Violation("PARTY-CARD-FORM", f"Không có hình thức “{form}”.", field="form"))
    if not Membership.objects.at(on).filter(person=person).exists():
        faults.append(Violation("PARTY-NOT-MEMBER", f"{person} không phải đảng viên vào ngày {format_date(on)}."))
    if Card.objects.standing().filter(person=person, form=form, on=on).exists():
        faults.append(Violation("PARTY-CARD-TWICE", f"Đã ghi thẻ cấp ngày {format_date(on)}."))
    return faults


def badge_entry_faults(person: Person, years: int, form: str, on: dt.date) -> list[Violation]:
    """Why a badge may not be entered for a person; a posthumous one goes to a member who died."""
    faults = []
    if form not in BadgeForm.values:
        faults.append(Violation("PARTY-BADGE-FORM", f"Không có hình thức “{form}”.", field="form"))
    member = Membership.objects.at(on).filter(person=person).exists()
    died = Membership.objects.standing().filter(person=person, closing_act=Exit.DIE).exists()
    if not member and not (form == BadgeForm.POSTHUMOUS and died):
        faults.append(Violation("PARTY-NOT-MEMBER", f"{person} không phải đảng viên vào ngày {format_date(on)}."))
    if Badge.objects.standing().filter(person=person, years=years).exists():
        faults.append(Violation("PARTY-BADGE-TWICE", f"{person} đã được tặng Huy hiệu {years} năm tuổi Đảng."))
    return faults
