"""Entering a decision: its head, its items, and every fact they change, in one transaction."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import uuid4

from django.db import IntegrityError, connection, transaction

from canbo.foundation.audit.actions import action
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.text import clean
from canbo.foundation.kernel.violation import OutOfScope, Refused, Violation

from .. import acts, queries
from ..choices import RECORD
from ..models import Batch, Decision, DecisionItem
from ..rules import Heading, heading_faults, issuer_key, number_faults, number_key


@dataclass(frozen=True)
class Look:
    """What one item met, and what it did, in words."""

    faults: list[Violation]
    lines: list[str] = field(default_factory=list)


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
    secrecy: str = "",
    batch: Batch | None = None,
) -> Decision:
    """Records an issued decision and applies its items in their order.

    Args:
        effective_on: the day its items take effect, when it is not the day of issue.
        custodian: code of the unit that keeps the decision; whoever reads there reads it.
        items: the acts it performs; later ones see what earlier ones changed.
        secrecy: the marking on the paper; anything but none is refused.

    Raises:
        Refused: with every fault of the head and of all items; nothing was written.
        OutOfScope, NotPermitted: when a subject is not the actor's to decide upon.
    """
    heading = Heading(
        clean(number), issued_on, clean(issuer), clean(doc_type), abstract, effective_on, signer, signer_post, on_behalf
    )
    _hold(heading)
    custodian, faults = _custodian(actor, custodian, heading)
    faults = _blocking([*_head_faults(heading, custodian, secrecy), *faults])
    decision = None if faults else _enter(actor, heading, custodian, batch)
    for position, item in enumerate(items, start=1):
        faults += _placed(_blocking(_perform(actor, heading, decision, position, item).faults), position)
    if decision is not None and not faults:
        faults = _blocking(acts.afterthoughts(decision))
    if faults or decision is None:
        raise Refused(faults)
    return decision


def preview(
    actor: Actor, heading: Heading, items: Iterable[acts.Item], *, custodian: str = "", secrecy: str = ""
) -> queries.Preview:
    """What recording a decision would meet and do: it is carried out, looked at, and taken back.

    Each item sees what the ones before it changed, as in recording. Remarks are among the reasons; they do not block.

    Raises:
        OutOfScope, NotPermitted: when a subject is not the actor's to decide upon.
    """
    actor.require(RECORD)
    with transaction.atomic():
        try:
            custodian, faults = _custodian(actor, custodian, heading)
        except OutOfScope:  # perhaps not yet typed to the end
            faults = [Violation("DECISION-CUSTODIAN", f"Không có đơn vị mã “{custodian}”.", field="custodian")]
            custodian = ""
        faults = [*_head_faults(heading, custodian, secrecy), *faults]
        # Under a number of its own, so that a number still missing or already used does not hide what items would do.
        trial = dataclasses.replace(heading, number=f"xem trước {uuid4()}")
        decision = _enter(actor, trial, custodian, None) if heading.issued_on is not None else None
        looks = [_perform(actor, heading, decision, position, item) for position, item in enumerate(items, start=1)]
        if decision is not None:
            faults += acts.afterthoughts(decision)
        transaction.set_rollback(True)
    placed = [fault for position, look in enumerate(looks, start=1) for fault in _placed(look.faults, position)]
    return queries.Preview([*faults, *placed], [look.lines for look in looks], [look.faults for look in looks])


def _hold(heading: Heading) -> None:
    """Lets one record of an issuer's number go on at a time, so that the second one sees the first."""
    key = f"{issuer_key(heading.issuer)}\n{number_key(heading.number)}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])


def _head_faults(heading: Heading, custodian: str, secrecy: str) -> list[Violation]:
    faults = heading_faults(heading, secrecy)
    if heading.issued_on is None:
        return faults
    numbering = queries.numbering(heading.issued_on, custodian)
    return [*faults, *number_faults(heading, queries.same_number(heading), numbering)]


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


def _perform(actor: Actor, heading: Heading, decision: Decision | None, position: int, item: acts.Item) -> Look:
    """Checks an item and, when there is a decision to apply it under, applies it."""
    prepared, faults = acts.prepare(item, heading.in_effect_on if heading.issued_on else None)
    lines: list[str] = []
    if prepared is not None and not faults and heading.issued_on is not None:
        faults = acts.objections(actor, heading, prepared)
        if decision is not None and not _blocking(faults):
            lines = prepared.act.explain(actor, heading, prepared)
            faults += _apply(actor, decision, position, prepared)
    return Look(faults, lines)


def _apply(actor: Actor, decision: Decision, position: int, prepared: acts.Prepared) -> list[Violation]:
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
    except IntegrityError:
        message = f"{prepared.act.label.capitalize()}: trùng với dữ liệu đã ghi của {prepared.subject}."
        return [Violation("FACT-OVERLAP", message, fix="Xem lại hồ sơ, có thể việc này đã được ghi.")]
    return []


def _blocking(faults: list[Violation]) -> list[Violation]:
    return [fault for fault in faults if fault.blocking]


def _placed(faults: Iterable[Violation], position: int) -> list[Violation]:
    """The faults of an item as those of the whole decision: which item, and which field of it."""
    return [
        dataclasses.replace(
            fault,
            message=f"Điều {position}: {fault.message}",
            field=f"items.{position}.{fault.field}" if fault.field else f"items.{position}",
        )
        for fault in faults
    ]
