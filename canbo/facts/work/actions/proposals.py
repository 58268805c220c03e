"""People propose products; whoever keeps the catalogue adds them or says why not."""

from __future__ import annotations

import datetime as dt

from canbo.facts.decisions.models import Decision
from canbo.facts.organisation.models import Unit
from canbo.facts.organisation.queries import require_over
from canbo.foundation.audit.actions import action
from canbo.foundation.kernel.actor import EVERYWHERE, Actor
from canbo.foundation.kernel.text import clean, fold
from canbo.foundation.kernel.violation import NotPermitted, Refused, Violation

from ..choices import CATALOGUE
from ..models import Product, ProductProposal, Share, Task
from ..queries import locked, places, products_for
from .catalogue import Entry, set_products
from .events import speaker


@action("work.proposal.ask", permission=None, log=("name",))
def propose(
    actor: Actor, *, name: str, reason: str, at: dt.datetime, output: str = "", unit: Unit | None = None
) -> ProductProposal:
    """Asks to add a product to the catalogue of one's own unit (NĐ 335/2025, Điều 13 khoản 3).

    Args:
        unit: for whoever keeps catalogues; everybody else asks where she works.
    """
    if unit is None:
        if actor.person_id is None:
            raise NotPermitted("Tài khoản chưa gắn với hồ sơ.")
        where = places([actor.person_id], EVERYWHERE, at.date())
        if actor.person_id not in where:
            raise Refused(Violation("WORK-NO-POST", "Hồ sơ của bạn chưa có nơi công tác."))
        unit = Unit.objects.get(pk=where[actor.person_id])
    else:
        require_over(actor, CATALOGUE, unit, at.date())
    faults = []
    if not clean(name):
        faults.append(Violation("WORK-PRODUCT-NAME", "Thiếu tên sản phẩm, công việc.", field="name"))
    if not reason.strip():
        faults.append(Violation("WORK-REASON", "Ghi lý do.", field="reason"))
    same = products_for(unit, at.date()).filter(search_text__startswith=fold(clean(name)) + " ").first()
    if clean(name) and same is not None and fold(same.name) == fold(clean(name)):
        faults.append(
            Violation(
                "WORK-PRODUCT-THERE", f"Danh mục đã có “{same.name}” (mã {same.code}).", "name", fix="Chọn sản phẩm ấy."
            )
        )
    if faults:
        raise Refused(faults)
    return ProductProposal.objects.create(
        unit=unit,
        person_id=actor.person_id,
        asked_by=speaker(actor),
        asked_on=at.date(),
        name=clean(name),
        output=clean(output),
        reason=reason.strip(),
    )


@action("work.proposal.approve", permission=CATALOGUE, log=("proposal", "decision"))
def approve(
    actor: Actor,
    *,
    proposal: ProductProposal,
    unit: Unit,
    entry: Entry,
    at: dt.datetime,
    answer: str = "",
    decision: Decision | None = None,
) -> ProductProposal:
    """Adds the proposed product to a catalogue; work that waited for it counts from now on, in periods still open.

    Args:
        unit: whose catalogue, that of the proposal's unit or of a body above it.

    Raises:
        OutOfScope, NotPermitted: the catalogue is not the actor's.
        Refused: answered already, her own proposal, or the product may not stand there.
    """
    row = _unanswered(actor, proposal)
    on = at.date()
    product = _added(actor, unit, entry, on, decision)
    if not products_for(row.unit_id, on).filter(pk=product.pk).exists():
        raise Refused(Violation("WORK-PRODUCT-ELSEWHERE", f"Danh mục của {unit} không dùng cho {row.unit}.", "unit"))
    row.answered_on, row.answered_by, row.answer, row.product = on, speaker(actor), answer.strip(), product
    row.save(update_fields=["answered_on", "answered_by", "answer", "product"])
    _count_from_now(row, product)
    return row


@action("work.proposal.refuse", permission=CATALOGUE, log=("proposal",))
def decline(actor: Actor, *, proposal: ProductProposal, reason: str, at: dt.datetime) -> ProductProposal:
    """Does not add the product; work on it does not count, and its person reads why."""
    row = _unanswered(actor, proposal)
    if not reason.strip():
        raise Refused(Violation("WORK-REASON", "Ghi lý do.", field="reason"))
    row.answered_on, row.answered_by, row.answer = at.date(), speaker(actor), reason.strip()
    row.save(update_fields=["answered_on", "answered_by", "answer"])
    return row


def _added(actor: Actor, unit: Unit, entry: Entry, on: dt.date, decision: Decision | None) -> Product:
    """One more product in a catalogue; never a change of one that is there."""
    require_over(actor, CATALOGUE, unit, on)
    if Product.objects.at(on).filter(unit=unit, code=clean(entry.code)).exists():
        message = f"Mã {entry.code} đã dùng trong danh mục của {unit}."
        raise Refused(Violation("WORK-PRODUCT-TAKEN", message, "code", fix="Chọn mã khác."))
    return set_products(actor, unit=unit, entries=[entry], on=on, decision=decision)[0]


def _unanswered(actor: Actor, proposal: ProductProposal) -> ProductProposal:
    require_over(actor, CATALOGUE, proposal.unit_id, proposal.asked_on)
    row = ProductProposal.objects.select_for_update(of=("self",)).select_related("unit").get(pk=proposal.pk)
    faults = []
    if row.answered_on:
        faults.append(Violation("WORK-ANSWERED", "Đề nghị này đã được trả lời."))
    if actor.person_id is not None and row.person_id == actor.person_id:
        faults.append(Violation("WORK-OWN", "Không tự duyệt đề nghị của mình."))
    if faults:
        raise Refused(faults)
    return row


def _count_from_now(proposal: ProductProposal, product: Product) -> None:
    """Gives the coefficient to work that waited for it, except in periods that are closed."""
    tasks = list(Task.objects.filter(proposal=proposal, coefficient__isnull=True).values_list("pk", flat=True))
    shares = list(Share.objects.select_for_update().filter(task__in=tasks, coef__isnull=True).order_by("pk"))
    shut = locked({(share.person_id, share.counts_on) for share in shares})
    counted = [share.pk for share in shares if (share.person_id, share.counts_on) not in shut]
    Share.objects.filter(pk__in=counted).update(coef=product.coefficient)
    Task.objects.filter(pk__in=tasks).update(product=product, coefficient=product.coefficient)
