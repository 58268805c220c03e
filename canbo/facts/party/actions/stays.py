"""Admission, moves, full membership, and the end of membership."""

from __future__ import annotations

import datetime as dt
from typing import Any

from canbo.facts.decisions import actions as ledger
from canbo.facts.decisions.models import Batch, Decision
from canbo.facts.organisation.models import Unit
from canbo.facts.organisation.queries import acting_day, require_over, version_at
from canbo.facts.people import actions as people
from canbo.facts.people.choices import READ as READ_PERSON
from canbo.facts.people.models import Person
from canbo.facts.people.queries import require_person
from canbo.foundation.audit.actions import action
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.dates import DAY, format_date
from canbo.foundation.kernel.violation import Refused, Violation

from ..choices import WRITE, Entry, Exit
from ..models import Card, Membership
from ..queries import LEFT, stay_at
from ..rules import dates_faults

# What belongs to the member and goes along from stay to stay.
CARRIED = (
    "admitted_on",
    "ceremony_on",
    "official_on",
    "admitted_precision",
    "ceremony_precision",
    "official_precision",
    "card_number",
    "file_number",
)


@action("party.stay.open", permission=WRITE, log=("person", "unit", "entry", "on", "decision"))
def enter(
    actor: Actor,
    *,
    person: Person,
    unit: Unit,
    entry: str,
    on: dt.date,
    since_precision: str = DAY,
    decision: Decision | None = None,
    batch: Batch | None = None,
    historical: bool = False,
    **dates: Any,
) -> Membership:
    """Begins a stay in a cell: by admission, re-admission, arrival or restoration.

    Args:
        on: first day of the stay.
        dates: of ``CARRIED``; an arrival or restoration takes those not given from the stay before.

    Raises:
        Refused: with every fault found.
        OutOfScope, NotPermitted: the person or the cell is not the actor's.
    """
    require_person(actor, READ_PERSON, person)
    require_over(actor, WRITE, unit, on)
    carried = _carried(person) if entry in (Entry.ARRIVE, Entry.RESTORE) else {}
    carried |= {name: value for name, value in dates.items() if value not in (None, "")}
    faults = entry_faults(person, unit, entry, on, carried)
    if faults:
        raise Refused(faults)
    row = Membership.objects.create(
        person=person,
        unit=unit,
        entry=entry,
        in_force=ledger.span(on),
        since=on,
        since_precision=since_precision,
        opened_by=decision,
        opened_in=batch,
        historical=historical,
        **carried,
    )
    refresh_place(person)
    return row


def admit(actor: Actor, *, person: Person, unit: Unit, on: dt.date, admitted_on: dt.date, **more: Any) -> Membership:
    """Admits a person (kết nạp): ``admitted_on`` is the day of the decision, ``on`` the day the stay begins."""
    return enter(actor, person=person, unit=unit, entry=Entry.ADMIT, on=on, admitted_on=admitted_on, **more)


def readmit(actor: Actor, *, person: Person, unit: Unit, on: dt.date, admitted_on: dt.date, **more: Any) -> Membership:
    """Admits a former member again (kết nạp lại); probation begins anew."""
    return enter(actor, person=person, unit=unit, entry=Entry.READMIT, on=on, admitted_on=admitted_on, **more)


def arrive(actor: Actor, *, person: Person, unit: Unit, on: dt.date, **more: Any) -> Membership:
    """Takes in a member who comes from elsewhere (chuyển đến)."""
    return enter(actor, person=person, unit=unit, entry=Entry.ARRIVE, on=on, **more)


def restore(actor: Actor, *, person: Person, unit: Unit, on: dt.date, **more: Any) -> Membership:
    """Gives membership back (phục hồi) after a wrongful exclusion; seniority counts as never broken."""
    return enter(actor, person=person, unit=unit, entry=Entry.RESTORE, on=on, **more)


@action("party.stay.close", permission=WRITE, log=("stay", "act", "on", "decision"))
def end(
    actor: Actor,
    *,
    stay: Membership,
    act: str,
    on: dt.date,
    decision: Decision | None = None,
    batch: Batch | None = None,
) -> Membership:
    """Ends a stay: the day before ``on`` is its last one.

    Args:
        act: of ``Exit``: chuyển đi, từ trần, khai trừ, xóa tên, ra khỏi Đảng.
    """
    require_over(actor, WRITE, stay.unit_id, on)
    if act not in Exit.values:
        raise Refused(Violation("PARTY-EXIT", f"Không có hành vi kết thúc “{act}”.", field="act"))
    row = ledger.close(stay, on=on, decision=decision, batch=batch, closing_act=act)
    refresh_place(row.person)
    return row


def depart(actor: Actor, *, stay: Membership, on: dt.date, **more: Any) -> Membership:
    """Lets a member go elsewhere (chuyển đi)."""
    return end(actor, stay=stay, act=Exit.LEAVE, on=on, **more)


@action("party.stay.move", permission=WRITE, log=("stay", "unit", "on", "decision"))
def move(
    actor: Actor,
    *,
    stay: Membership,
    unit: Unit,
    on: dt.date,
    decision: Decision | None = None,
    batch: Batch | None = None,
) -> Membership:
    """Moves a member from cell to cell in one act: one stay ends, the next begins the same day."""
    require_over(actor, WRITE, stay.unit_id, on)
    require_over(actor, WRITE, unit, on)
    faults = [*ledger.closing_faults(stay, on), *unit_faults(unit, on)]
    if stay.unit_id == unit.pk:
        faults.append(Violation("PARTY-SAME-UNIT", f"{stay.person} đang sinh hoạt tại {unit}.", field="unit"))
    if faults:
        raise Refused(faults)
    old = ledger.close(stay, on=on, decision=decision, batch=batch, closing_act=Exit.LEAVE)
    row = Membership.objects.create(
        person_id=old.person_id,
        unit=unit,
        entry=Entry.ARRIVE,
        in_force=ledger.span(on),
        since=on,
        opened_by=decision,
        opened_in=batch,
        **_carried(old.person),
    )
    refresh_place(row.person)
    return row


@action("party.stay.recognise", permission=WRITE, log=("stay", "official_on", "decision"))
def recognise_official(
    actor: Actor,
    *,
    stay: Membership,
    official_on: dt.date,
    on: dt.date,
    decision: Decision | None = None,
    batch: Batch | None = None,
) -> Membership:
    """Recognises a probationer as a full member (công nhận chính thức).

    She is a full member from the day probation ended, even when the decision came later: the stay is cut on that day,
    or, where she has moved since, on the day of the decision. It keeps its entry and its ``since``.

    Args:
        official_on: the day probation ended.
        on: the day the decision takes effect.
    """
    require_over(actor, WRITE, stay.unit_id, on)
    cut = official_cut(stay, official_on, on)
    faults = recognition_faults(stay, official_on, on)
    if faults:
        raise Refused(faults)
    old = ledger.close(stay, on=cut, decision=decision, batch=batch)
    carried = {name: getattr(old, name) for name in CARRIED} | {"official_on": official_on, "official_precision": DAY}
    return Membership.objects.create(
        person_id=old.person_id,
        unit_id=old.unit_id,
        entry=old.entry,
        in_force=ledger.span(cut),
        since=old.since,
        since_precision=old.since_precision,
        opened_by=decision,
        opened_in=batch,
        **carried,
    )


def official_cut(stay: Membership, official_on: dt.date, on: dt.date) -> dt.date:
    """The day on which recognition cuts a stay in two."""
    return official_on if official_on > stay.in_force.lower else on


def recognition_faults(stay: Membership, official_on: dt.date, on: dt.date) -> list[Violation]:
    """Why a probationer may not be recognised, as the records stand; the conditions of the rulebook come besides."""
    faults = [*ledger.closing_faults(stay, official_cut(stay, official_on, on))]
    if stay.official_on is not None:
        day = format_date(stay.official_on)
        faults.append(Violation("PARTY-OFFICIAL-TWICE", f"{stay.person} đã là đảng viên chính thức từ ngày {day}."))
    return faults + dates_faults(stay.admitted_on, stay.ceremony_on, official_on)


def entry_faults(person: Person, unit: Unit, entry: str, on: dt.date, dates: dict[str, Any]) -> list[Violation]:
    """Why a person may not begin a stay in a cell on a day; empty when she may."""
    faults = unit_faults(unit, on)
    if entry not in Entry.values:
        faults.append(Violation("PARTY-ENTRY", f"Không có hành vi “{entry}”.", field="entry"))
    other = Membership.objects.standing().filter(person=person, in_force__overlap=(on, None)).first()
    if other is not None:
        faults.append(
            Violation(
                "PARTY-ALREADY",
                f"{person} sinh hoạt đảng tại {other.unit} từ ngày {format_date(other.in_force.lower)}.",
                fix="Chuyển sinh hoạt đảng, hoặc kết thúc lần sinh hoạt đó trước.",
            )
        )
    before = Membership.objects.standing().filter(person=person, in_force__startswith__lt=on).order_by("-in_force")
    last = before.first()
    if entry == Entry.ADMIT and last is not None:
        faults.append(Violation("PARTY-KNOWN", f"{person} đã từng được kết nạp, dùng “kết nạp lại” hoặc “chuyển đến”."))
    if entry in (Entry.READMIT, Entry.RESTORE) and (last is None or last.closing_act not in LEFT):
        faults.append(Violation("PARTY-NEVER-LEFT", f"{person} chưa từng ra khỏi Đảng theo hồ sơ này."))
    return faults + dates_faults(dates.get("admitted_on"), dates.get("ceremony_on"), dates.get("official_on"))


def refresh_place(person: Person) -> None:
    """Says anew in which cell a person is found today: the one in force, else the last one."""
    today = acting_day()
    here = stay_at(person, today)
    if here is None:
        past = Membership.objects.standing().filter(person=person).order_by("-in_force")
        here = past.filter(in_force__startswith__lte=today).first() or past.last()
    if here is not None and here.unit_id != person.party_unit_id:
        people.set_places({person.pk: here.unit_id}, field="party_unit")


def _carried(person: Person) -> dict[str, Any]:
    last = Membership.objects.standing().filter(person=person).order_by("-in_force").first()
    if last is None:
        return {}
    kept = {name: getattr(last, name) for name in CARRIED}
    card = Card.objects.standing().filter(person=person).exclude(number="").first()
    return kept | ({"card_number": card.number} if card is not None else {})


def unit_faults(unit: Unit, on: dt.date) -> list[Violation]:
    """Why nobody can be a member in a unit on a day: it is not there, or is no Party body."""
    version = version_at(unit, on)
    if version is None:
        return [Violation("PARTY-UNIT", f"{unit} không hoạt động vào ngày {format_date(on)}.", field="unit")]
    if version.shelf != "dang":
        return [Violation("PARTY-UNIT-SHELF", f"{unit} không phải là tổ chức đảng.", field="unit")]
    return []
