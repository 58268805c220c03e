"""Registering people, and changing or correcting their dossier."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from canbo.facts.decisions import actions as ledger
from canbo.facts.decisions.models import Batch, Decision
from canbo.facts.organisation.models import Unit
from canbo.facts.organisation.queries import require_over
from canbo.foundation.audit.actions import action
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.dates import format_date
from canbo.foundation.kernel.text import clean, name_key
from canbo.foundation.kernel.violation import Refused, Violation

from ..choices import WRITE
from ..models import Person, PersonRecord
from ..queries import require_person
from ..rules import citizen_faults, record_faults, search_text

_FIXED = {"id", "person", "in_force", "since", "since_precision", "closed_by", "closed_in", "historical"}
_FIXED |= {"opened_by", "opened_in", "voided_on", "voided_why"}
CONTENT = tuple(column.name for column in PersonRecord._meta.concrete_fields if column.name not in _FIXED)


@action("people.person.register", permission=WRITE, log=("code", "on", "work_unit", "party_unit"))
def register(
    actor: Actor,
    *,
    code: str,
    on: dt.date,
    citizen_id: str | None = None,
    work_unit: Unit | None = None,
    party_unit: Unit | None = None,
    batch: Batch | None = None,
    historical: bool = False,
    **content: Any,
) -> Person:
    """Opens a dossier. Its first record has no first day: what it says always held.

    Args:
        code: own code of the dossier, or the citizen number.
        on: the day it was opened.
        work_unit, party_unit: where the person is found until posts and memberships say so themselves; an actor
            whose reach is not everywhere names at least one that is in it.
        content: columns of ``PersonRecord``.

    Raises:
        Refused: with every fault found.
        OutOfScope, NotPermitted: neither place is the actor's.
    """
    places = [found for found in (work_unit, party_unit) if found is not None]
    if not actor.require(WRITE).everywhere:
        if not places:
            raise Refused(Violation("PERSON-PLACE", "Chọn đơn vị công tác hoặc nơi sinh hoạt đảng.", field="work_unit"))
        require_over(actor, WRITE, places[0], on)
    code = clean(code)
    content = _cleaned(content)
    faults = [*record_faults(content, on), *citizen_faults(citizen_id)]
    if not code:
        faults.append(Violation("PERSON-CODE", "Thiếu mã hồ sơ.", field="code"))
    elif Person.objects.filter(code=code).exists():
        faults.append(Violation("PERSON-CODE-TAKEN", f"Mã hồ sơ {code} đã có.", field="code"))
    faults += _taken(citizen_id, None)
    if faults:
        raise Refused(faults)
    person = Person(code=code, citizen_id=citizen_id or None, work_unit=work_unit, party_unit=party_unit)
    _name(person, content)
    person.save()
    PersonRecord.objects.create(
        person=person, in_force=ledger.span(None), since=on, opened_in=batch, historical=historical, **content
    )
    return person


@action("people.record.change", permission=WRITE, log=("person", "on", "decision"))
def change_record(
    actor: Actor,
    *,
    person: Person,
    on: dt.date,
    decision: Decision | None = None,
    batch: Batch | None = None,
    **changes: Any,
) -> PersonRecord:
    """Writes what changed in a dossier from a day on; the record before it ends.

    Raises:
        Refused: nothing changed, or a later change is already recorded.
    """
    require_person(actor, WRITE, person)
    old = _record(person, on)
    wanted = {name: getattr(old, name) for name in CONTENT} | _cleaned(changes)
    faults = [*ledger.closing_faults(old, on), *record_faults(wanted, on)]
    if all(wanted[name] == getattr(old, name) for name in CONTENT if name != "note"):
        faults.append(Violation("PERSON-SAME", "Hồ sơ không có gì thay đổi."))
    if faults:
        raise Refused(faults)
    ledger.close(old, on=on, decision=decision, batch=batch)
    new = PersonRecord.objects.create(
        person=person, in_force=ledger.span(on), since=on, opened_by=decision, opened_in=batch, **wanted
    )
    refresh_names([person.pk])
    return new


@action("people.record.correct", permission=WRITE, log=("person", "on"))
def correct_record(
    actor: Actor,
    *,
    person: Person,
    on: dt.date,
    reason: str,
    record: PersonRecord | None = None,
    batch: Batch | None = None,
    **changes: Any,
) -> PersonRecord:
    """Puts right what a record said wrongly: the row is voided with the reason and written anew.

    Args:
        on: the day of the correction.
        record: the record to correct; the one in force on that day when none is named.
    """
    require_person(actor, WRITE, person)
    old = record or _record(person, on)
    if old.person_id != person.pk:
        raise ValueError("record of another person")
    wanted = {name: getattr(old, name) for name in CONTENT} | _cleaned(changes)
    faults = record_faults(wanted, on)
    if not reason.strip():
        faults.append(Violation("FACT-VOID-REASON", "Ghi lý do sửa sai.", field="reason"))
    if faults:
        raise Refused(faults)
    new = ledger.rewrite(old, on=on, why=reason, batch=batch, **_cleaned(changes))
    refresh_names([person.pk])
    return new


@action("people.person.identify", permission=WRITE, log=("person",))
def set_citizen_id(actor: Actor, *, person: Person, citizen_id: str, reason: str = "") -> Person:
    """Enters or corrects a person's citizen number; the audit line does not keep the number itself."""
    require_person(actor, WRITE, person)
    faults = [*citizen_faults(citizen_id), *_taken(citizen_id, person)]
    if person.citizen_id and not reason.strip():
        faults.append(Violation("PERSON-CITIZEN-REASON", "Ghi lý do sửa số định danh.", field="reason"))
    if faults:
        raise Refused(faults)
    person.citizen_id = citizen_id
    person.save(update_fields=["citizen_id"])
    return person


def refresh_names(persons: list[int]) -> None:
    """Repeats the newest standing record's name on the people, for lists and search."""
    for person in Person.objects.filter(pk__in=persons):
        newest = PersonRecord.objects.standing().filter(person=person).order_by("-in_force").first()
        if newest is not None:
            _name(person, {"full_name": newest.full_name, "other_names": newest.other_names})
            person.save(update_fields=["name", "sort_key", "search_text"])


def set_places(places: Mapping[int, int | None], *, field: str) -> None:
    """Says where people are found today; called by the packages that know posts and memberships.

    Args:
        places: person id to unit id.
        field: ``work_unit`` or ``party_unit``.
    """
    if field not in {"work_unit", "party_unit"}:
        raise ValueError(field)
    for person_id, unit_id in places.items():
        Person.objects.filter(pk=person_id).update(**{f"{field}_id": unit_id})


def _cleaned(content: Mapping[str, Any]) -> dict[str, Any]:
    unknown = set(content) - set(CONTENT)
    if unknown:
        raise TypeError(f"not a column of a record: {sorted(unknown)}")
    return {
        name: clean(value) if isinstance(value, str) and name != "note" else value for name, value in content.items()
    }


def _record(person: Person, on: dt.date) -> PersonRecord:
    found = PersonRecord.objects.at(on).filter(person=person).first()
    if found is None:
        raise Refused(Violation("PERSON-NO-RECORD", f"{person} không có hồ sơ vào ngày {format_date(on)}.", field="on"))
    return found


def _taken(citizen_id: str | None, person: Person | None) -> list[Violation]:
    others = Person.objects.filter(citizen_id=citizen_id)
    if person is not None:
        others = others.exclude(pk=person.pk)
    if citizen_id and others.exists():
        return [Violation("PERSON-CITIZEN-TAKEN", "Số định danh này đã có ở hồ sơ khác.", field="citizen_id")]
    return []


def _name(person: Person, content: Mapping[str, Any]) -> None:
    person.name = content["full_name"]
    person.sort_key = name_key(person.name)[:400]
    person.search_text = search_text(person.name, content.get("other_names", ""), person.code)
