"""Keeping a body's catalogue: products come in, are revised, end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from canbo.facts.decisions import actions as ledger
from canbo.facts.decisions.models import Decision
from canbo.facts.organisation.models import Unit
from canbo.facts.organisation.queries import require_over
from canbo.foundation.audit.actions import action
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.text import clean
from canbo.foundation.kernel.violation import Refused, Violation

from ..choices import CATALOGUE
from ..models import Product
from ..queries import chains, decimals, maxima, standard_of
from ..rules import coefficient, product_faults, product_text


@dataclass(frozen=True)
class Entry:
    """One product as it shall stand in a catalogue."""

    code: str
    name: str
    group: int | None
    points: Decimal | None
    duty: str = ""
    output: str = ""
    frequency: str = ""
    factors: Mapping[str, Decimal] = field(default_factory=dict)
    standard: bool = False
    usual: bool = False
    note: str = ""


CONTENT = ("name", "group", "points", "duty", "output", "frequency", "standard", "usual", "note")


@action("work.product.set", permission=CATALOGUE, log=("unit", "on", "decision"))
def set_products(
    actor: Actor, *, unit: Unit, entries: Sequence[Entry], on: dt.date, decision: Decision | None = None
) -> list[Product]:
    """Puts products into a body's catalogue from a day; one already there with another content is revised: the old
    row ends and a new one begins. When the standard product changes, all others are converted anew.

    Args:
        on: first day in force.
        decision: by which the catalogue was approved.

    Raises:
        OutOfScope, NotPermitted: the catalogue is not the actor's.
        Refused: with the faults of all products, each named by its place in ``entries``.
    """
    require_over(actor, CATALOGUE, unit, on)
    entries = [_cleaned(entry) for entry in entries]
    present = {row.code: row for row in Product.objects.at(on).filter(unit=unit).select_for_update()}
    faults = entry_faults(unit, entries, on, present)
    if faults:
        raise Refused(faults)
    standard = _standard_points(unit, entries, on, present) or Decimal(1)
    places_after = decimals(chains([unit.pk], on)[unit.pk], on)
    wanted = {entry.code: entry for entry in entries}
    restated = {code: row for code, row in present.items() if code not in wanted}
    changes: list[tuple[Product | None, Product]] = []
    for entry in entries:
        new = _row(unit, entry, coefficient(entry.points or Decimal(1), standard, places_after), on, decision)
        old = present.get(entry.code)
        if old is None or not _same(old, new):
            changes.append((old, new))
    for old in restated.values():
        found = coefficient(old.points, standard, places_after)
        if found != old.coefficient or (old.standard and any(entry.standard for entry in entries)):
            changes.append((old, _restated(old, found, on, decision, any(e.standard for e in entries))))
    for old, _ in changes:
        if old is not None:
            _end(old, on, decision)
    return [_saved(new) for _, new in changes]


@action("work.product.close", permission=CATALOGUE, log=("product", "on", "decision"))
def end_product(
    actor: Actor, *, product: Product, on: dt.date, reason: str, decision: Decision | None = None
) -> Product:
    """Takes a product out of the catalogue: ``on`` is the first day without it. Work already given keeps its coefficient.

    Raises:
        OutOfScope, NotPermitted: as in ``set_products``. Refused: the standard product while others are converted by it.
    """
    require_over(actor, CATALOGUE, product.unit_id, on)
    others = Product.objects.at(on).filter(unit_id=product.unit_id).exclude(pk=product.pk)
    if product.standard and others.exists():
        fix = "Chọn sản phẩm chuẩn khác trước."
        raise Refused(
            Violation("WORK-STANDARD-USED", "Các sản phẩm khác đang quy đổi theo sản phẩm chuẩn này.", fix=fix)
        )
    if not reason.strip():
        raise Refused(Violation("WORK-REASON", "Ghi lý do.", field="reason"))
    return _end(product, on, decision)


def entry_faults(unit: Unit, entries: Sequence[Entry], on: dt.date, present: Mapping[str, Product]) -> list[Violation]:
    """The faults of all entries; with several, each says which product it speaks of."""
    chain = chains([unit.pk], on)[unit.pk]
    most, after = maxima(chain, on), decimals(chain, on)
    points = _standard_points(unit, entries, on, present)
    found, seen = [], set[str]()
    if sum(entry.standard for entry in entries) > 1:
        found.append(Violation("WORK-STANDARDS", "Chỉ một sản phẩm là sản phẩm chuẩn.", field="standard"))
    for number, entry in enumerate(entries, start=1):
        faults = product_faults(
            code=entry.code,
            name=entry.name,
            group=entry.group,
            points=entry.points,
            maxima=most,
            standard=entry.standard,
            standard_points=points,
            decimals=after,
        )
        if entry.code in seen:
            faults.append(Violation("WORK-PRODUCT-TWICE", f"Mã {entry.code} có hai lần.", field="code"))
        seen.add(entry.code)
        old = present.get(entry.code)
        if (
            old is not None
            and old.in_force.lower >= on
            and not _same(old, _row(unit, entry, old.coefficient, on, None))
        ):
            message = f"Mã {entry.code} đã ghi từ ngày này hoặc sau đó."
            faults.append(Violation("WORK-PRODUCT-SAME-DAY", message, "on", fix="Chọn ngày hiệu lực sau ngày ấy."))
        if len(entries) > 1:
            label = entry.code or entry.name or "không mã"
            faults = [
                Violation(f.code, f"Dòng {number} ({label}): {f.message}", f.field, f.source, f.fix) for f in faults
            ]
        found += faults
    return found


def _standard_points(
    unit: Unit, entries: Sequence[Entry], on: dt.date, present: Mapping[str, Product]
) -> Decimal | None:
    """Points of the product by which the catalogue converts: the new one, the one there, else that of a body above."""
    for entry in entries:
        if entry.standard:
            return entry.points
    own = next((row for row in present.values() if row.standard), None)
    row = own or standard_of(unit, on)
    return row.points if row else None


def _cleaned(entry: Entry) -> Entry:
    texts = {name: clean(getattr(entry, name)) for name in ("code", "name", "duty", "output", "frequency", "note")}
    return Entry(
        **texts,
        group=entry.group,
        points=entry.points,
        factors=entry.factors,
        standard=entry.standard,
        usual=entry.usual,
    )


def _row(unit: Unit, entry: Entry, coef: Decimal, on: dt.date, decision: Decision | None) -> Product:
    return Product(
        unit=unit,
        code=entry.code,
        name=entry.name,
        duty=entry.duty,
        output=entry.output,
        frequency=entry.frequency,
        group=entry.group or 0,
        factors={key: str(value) for key, value in entry.factors.items()},
        points=entry.points or Decimal(0),
        coefficient=coef,
        standard=entry.standard,
        usual=entry.usual,
        note=entry.note,
        search_text=product_text(entry.code, entry.name, entry.duty, entry.output),
        in_force=ledger.span(on),
        since=on,
        opened_by=decision,
    )


def _same(old: Product, new: Product) -> bool:
    return old.coefficient == new.coefficient and all(getattr(old, name) == getattr(new, name) for name in CONTENT)


def _restated(old: Product, coef: Decimal, on: dt.date, decision: Decision | None, replaced: bool) -> Product:
    """The same product converted anew."""
    kept = {
        column.name: getattr(old, column.name)
        for column in Product._meta.concrete_fields
        if column.name not in ("id", "in_force", "closed_by", "closed_in", "opened_by", "coefficient", "standard")
    }
    return Product(
        **kept,
        coefficient=coef,
        standard=old.standard and not replaced,
        in_force=ledger.span(on),
        opened_by=decision or old.opened_by,
    )


def _end(product: Product, on: dt.date, decision: Decision | None) -> Product:
    if product.in_force.lower is not None and product.in_force.lower >= on:
        ledger.void(product, on=on, why="Thay bằng nội dung khác cùng ngày")
        return product
    return ledger.close(product, on=on, decision=decision)


def _saved(product: Product) -> Product:
    product.save()
    return product
