"""Entering a decision: its head, its items, and every fact they change, in one transaction."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction

from canbo.foundation.audit.actions import action
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.text import clean
from canbo.foundation.kernel.violation import OutOfScope, Refused, Violation

from .. import acts, queries
from ..choices import RECORD
from ..models import Batch, Decision, DecisionItem
from ..rules import Heading, heading_faults, issuer_key, number_faults, number_key


@action("decisions.decision.record", permission=RECORD, log=("number", "issued_on", "issuer", "doc_type"))
def record(
    actor: Actor,
    *,
    number: str,
    issued_on: dt.date,
    issuer: str,
    doc_type: str = "Quyết định",
    abstract: str = "",
    effective_on: dt.date | None = None,
    signer: str = "",
    signer_post: str = "",
    on_behalf: str = "",
    custodian: str = "",
    items: Iterable[acts.Item] = (),
    terms: Sequence[dt.date] = (),
    secrecy: str = "",
    batch: Batch | None = None,
) -> Decision:
    """Records an issued decision and applies its items in their order.

    Args:
        effective_on: the day its items take effect, when it is not the day of issue.
        custodian: code of the unit that keeps the decision; whoever reads there reads it.
        items: the acts it performs; later ones see what earlier ones changed.
        terms: first days of the issuing committee's terms, within which a Party number is used once.
        secrecy: the marking on the paper; anything but none is refused.

    Raises:
        Refused: with every fault of the head and of all items; nothing was written.
        OutOfScope, NotPermitted: when a subject is not the actor's to decide upon.
    """
    heading = Heading(
        clean(number), issued_on, clean(issuer), clean(doc_type), abstract, effective_on, signer, signer_post, on_behalf
    )
    faults = _blocking(heading_faults(heading, secrecy))
    faults += number_faults(heading, queries.same_number(heading), terms)
    custodian, missing = _custodian(actor, custodian, heading)
    faults += missing
    decision = None if faults else _enter(actor, heading, custodian, batch)
    for position, item in enumerate(items, start=1):
        faults += [_placed(fault, position) for fault in _perform(actor, heading, decision, position, item)]
    if faults or decision is None:
        raise Refused(faults)
    return decision


def _custodian(actor: Actor, code: str, heading: Heading) -> tuple[str, list[Violation]]:
    reach = actor.reach(RECORD)
    if reach.everywhere or heading.issued_on is None:
        return code, []
    codes = queries.custodians(reach, heading.in_effect_on).values_list("code", flat=True)
    if code:
        if not codes.filter(code=code).exists():
            raise OutOfScope("đơn vị quản lý quyết định")
        return code, []
    if len(reach.units) == 1 and (own := codes.filter(pk__in=reach.units).first()):
        return str(own), []
    return "", [Violation("DECISION-CUSTODIAN", "Chọn đơn vị quản lý quyết định.", field="custodian")]


def _enter(actor: Actor, heading: Heading, custodian: str, batch: Batch | None) -> Decision:
    return Decision.objects.create(
        **dataclasses.asdict(heading),
        number_key=number_key(heading.number)[:60],
        issuer_key=issuer_key(heading.issuer)[:255],
        custodian=custodian,
        recorded_by=actor.name,
        opened_in=batch,
    )


def _perform(
    actor: Actor, heading: Heading, decision: Decision | None, position: int, item: acts.Item
) -> list[Violation]:
    """Checks an item and, when there is a decision to apply it under, applies it; returns what stands against it."""
    prepared, faults = acts.prepare(item)
    if prepared is None or faults or heading.issued_on is None:
        return faults
    faults = [*acts.own_faults(actor, prepared), *_blocking(prepared.act.check(actor, heading, prepared))]
    if faults or decision is None:
        return faults
    DecisionItem.objects.create(
        decision=decision,
        position=position,
        act=prepared.act.code,
        subject_type=prepared.act.subject,
        subject_id=prepared.subject.pk,
        subject_name=str(prepared.subject)[:255],
        values=acts.kept(prepared.values),
    )
    try:
        with transaction.atomic():
            prepared.act.apply(actor, decision, prepared)
    except Refused as refusal:
        return refusal.violations
    return []


def _blocking(faults: list[Violation]) -> list[Violation]:
    return [fault for fault in faults if fault.blocking]


def _placed(fault: Violation, position: int) -> Violation:
    changes: dict[str, Any] = {"message": f"Điều {position}: {fault.message}"}
    changes["field"] = f"items.{position}.{fault.field}" if fault.field else f"items.{position}"
    return dataclasses.replace(fault, **changes)
