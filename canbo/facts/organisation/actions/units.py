"""Opening, changing and closing units; recording what became of them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from canbo.facts.decisions import actions as ledger
from canbo.facts.decisions.models import Batch, Decision
from canbo.foundation.audit.actions import action
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.dates import DAY, format_date
from canbo.foundation.kernel.text import clean, text_key
from canbo.foundation.kernel.violation import Refused, Violation

from ..choices import WRITE, Operation
from ..models import Target, Unit, UnitLineage, UnitPath, UnitVersion
from ..queries import require_over, version_at
from ..rules import search_text
from .paths import rebuild_paths

CONTENT = ("name", "kind", "local_type", "shelf", "parent", "party_code", "base_type", "area")


@action("organisation.unit.open", permission=WRITE, log=("code", "name", "on", "decision"))
def open_unit(
    actor: Actor,
    *,
    code: str,
    name: str,
    kind: str,
    shelf: str,
    on: dt.date,
    parent: Unit | None = None,
    local_type: str = "",
    party_code: str = "",
    base_type: str = "",
    area: str = "",
    decision: Decision | None = None,
    batch: Batch | None = None,
    historical: bool = False,
    note: str = "",
    since_precision: str = DAY,
    refresh: bool = True,
) -> Unit:
    """Brings a unit into being (thành lập).

    Args:
        code: stable code, never used by another unit.
        on: first day in force.
        parent: superior on that day; None for the top of a tree, which only an actor of everywhere may open.
        refresh: whether the tree is derived anew at once; a batch does it itself at its end.

    Raises:
        Refused: with every fault found.
        OutOfScope, NotPermitted: when the superior is not the actor's to organise.
    """
    require_over(actor, WRITE, parent, on)
    code, name = clean(code), clean(name)
    faults = [*_content_faults(name, kind), *parent_faults(None, parent, on)]
    if not code:
        faults.append(Violation("UNIT-CODE", "Thiếu mã đơn vị.", field="code"))
    unit = Unit.objects.select_for_update().filter(code=code).first()
    if unit is not None and UnitVersion.objects.standing().filter(unit=unit).exists():
        faults.append(Violation("UNIT-CODE-TAKEN", f"Mã {code} đã dùng cho {unit.name}.", field="code"))
    if faults:
        raise Refused(faults)
    if unit is None:
        unit = Unit(code=code)
    _name(unit, name)
    unit.save()
    UnitVersion.objects.create(
        unit=unit,
        name=name,
        kind=kind,
        local_type=local_type,
        shelf=shelf,
        parent=parent,
        party_code=party_code,
        base_type=base_type,
        area=area,
        in_force=ledger.span(on),
        since=on,
        since_precision=since_precision,
        opened_by=decision,
        opened_in=batch,
        historical=historical,
        note=note,
    )
    if refresh:
        rebuild_paths([unit.pk])
    return unit


@action("organisation.unit.change", permission=WRITE, log=("unit", "on", "decision"))
def change_unit(
    actor: Actor,
    *,
    unit: Unit,
    on: dt.date,
    decision: Decision | None = None,
    batch: Batch | None = None,
    note: str = "",
    refresh: bool = True,
    **content: Any,
) -> UnitVersion:
    """Renames, re-parents or re-types a unit from a day on: the version in force ends, the next one begins.

    Args:
        on: first day of the new version.
        content: what changes, of ``name kind local_type shelf parent party_code base_type area``.

    Raises:
        Refused: with every fault found.
        OutOfScope, NotPermitted: when the unit or its new superior is not the actor's to organise.
    """
    unknown = set(content) - set(CONTENT)
    if unknown:
        raise TypeError(f"not a column of a unit version: {sorted(unknown)}")
    require_over(actor, WRITE, unit, on)
    old = _version_or_refuse(unit, on)
    wanted = {name: content.get(name, getattr(old, name)) for name in CONTENT}
    wanted["name"] = clean(wanted["name"])
    faults = [*ledger.closing_faults(old, on), *_content_faults(wanted["name"], wanted["kind"])]
    if wanted["parent"] != old.parent:
        require_over(actor, WRITE, wanted["parent"], on)
        faults += parent_faults(unit, wanted["parent"], on)
    if all(wanted[name] == getattr(old, name) for name in CONTENT):
        faults.append(Violation("UNIT-SAME", f"{unit.name} không có gì thay đổi."))
    if faults:
        raise Refused(faults)
    ledger.close(old, on=on, decision=decision, batch=batch)
    new = UnitVersion.objects.create(
        unit=unit,
        in_force=ledger.span(on),
        since=on,
        opened_by=decision,
        opened_in=batch,
        note=note,
        **wanted,
    )
    _name(unit, new.name)
    unit.save(update_fields=["name", "sort_key", "search_text"])
    if refresh and new.parent_id != old.parent_id:
        rebuild_paths([unit.pk])
    return new


@action("organisation.unit.close", permission=WRITE, log=("unit", "on", "decision"))
def close_unit(
    actor: Actor,
    *,
    unit: Unit,
    on: dt.date,
    decision: Decision | None = None,
    batch: Batch | None = None,
    refresh: bool = True,
) -> UnitVersion:
    """Ends a unit (giải thể, kết thúc hoạt động): the day before ``on`` is its last one.

    Only its own subordinates are looked at here; whoever ends a unit sees to its people first.

    Raises:
        Refused: not in force, or subordinates would be left without a superior.
    """
    require_over(actor, WRITE, unit, on)
    old = _version_or_refuse(unit, on)
    faults = ledger.closing_faults(old, on)
    left = UnitVersion.objects.standing().filter(parent=unit, in_force__endswith__isnull=True).select_related("unit")
    names = [version.name for version in left.order_by("unit__sort_key")[:6]]
    if names:
        shown = ", ".join(names[:5]) + (" …" if len(names) > 5 else "")
        faults.append(
            Violation(
                "UNIT-HAS-CHILDREN",
                f"{unit.name} còn đơn vị trực thuộc: {shown}.",
                fix="Chuyển hoặc kết thúc các đơn vị trực thuộc trước.",
            )
        )
    if faults:
        raise Refused(faults)
    row = ledger.close(old, on=on, decision=decision, batch=batch)
    if refresh:
        rebuild_paths([unit.pk])
    return row


@action("organisation.lineage.record", permission=WRITE, log=("old", "new", "on", "operation", "decision"))
def record_lineage(
    actor: Actor,
    *,
    old: Unit,
    new: Unit,
    on: dt.date,
    operation: str,
    decision: Decision | None = None,
    batch: Batch | None = None,
    historical: bool = False,
    note: str = "",
) -> UnitLineage:
    """Records that one unit became, or became part of, another on a day (``operation`` of ``Operation``)."""
    require_over(actor, WRITE, new, on)
    faults = []
    if old.pk == new.pk:
        faults.append(Violation("LINEAGE-SELF", f"{old.name} không thể thành chính nó."))
    if operation not in Operation.values:
        faults.append(Violation("LINEAGE-OPERATION", f"Không có hình thức “{operation}”.", field="operation"))
    if UnitLineage.objects.standing().filter(old=old, new=new, on=on).exists():
        faults.append(Violation("LINEAGE-TWICE", f"Đã ghi quan hệ {old.name} → {new.name} ngày {format_date(on)}."))
    if faults:
        raise Refused(faults)
    return UnitLineage.objects.create(
        old=old,
        new=new,
        on=on,
        operation=operation,
        opened_by=decision,
        opened_in=batch,
        historical=historical,
        note=note,
    )


@action("organisation.target.set", permission=WRITE, log=("unit", "indicator", "period", "breakdown", "value"))
def set_target(
    actor: Actor,
    *,
    unit: Unit,
    indicator: str,
    period: str,
    value: Decimal | int,
    on: dt.date,
    breakdown: str = "",
    decision: Decision | None = None,
    batch: Batch | None = None,
) -> Target:
    """Assigns a figure to a unit for a period; a figure already assigned ends the day before ``on``."""
    require_over(actor, WRITE, unit, on)
    known = Target.objects.standing().filter(unit=unit, indicator=indicator, period=period, breakdown=breakdown)
    if known.filter(in_force__startswith__gte=on).exists():
        raise Refused(Violation("TARGET-LATER", "Đã có chỉ tiêu giao từ ngày này hoặc sau ngày này.", field="on"))
    old = known.filter(in_force__contains=on).first()
    if old is not None:
        ledger.close(old, on=on, decision=decision, batch=batch)
    return Target.objects.create(
        unit=unit,
        indicator=indicator,
        period=period,
        breakdown=breakdown,
        value=value,
        in_force=ledger.span(on),
        since=on,
        opened_by=decision,
        opened_in=batch,
    )


def parent_faults(unit: Unit | None, parent: Unit | None, on: dt.date) -> list[Violation]:
    """Why a unit may not hang under ``parent`` from a day on."""
    if parent is None:
        return []
    faults = []
    if version_at(parent, on) is None:
        faults.append(
            Violation("UNIT-PARENT", f"{parent.name} không hoạt động vào ngày {format_date(on)}.", field="parent")
        )
    if unit is not None:
        under = UnitPath.objects.filter(ancestor=unit, descendant=parent, valid_to__gt=on)
        if unit.pk == parent.pk or under.exists():
            faults.append(
                Violation("UNIT-CYCLE", f"{parent.name} nằm dưới {unit.name}, không thể là cấp trên.", field="parent")
            )
    return faults


def _content_faults(name: str, kind: str) -> list[Violation]:
    faults = []
    if not name:
        faults.append(Violation("UNIT-NAME", "Thiếu tên đơn vị.", field="name"))
    if not kind:
        faults.append(Violation("UNIT-KIND", "Thiếu loại hình đơn vị.", field="kind"))
    return faults


def _version_or_refuse(unit: Unit, on: dt.date) -> UnitVersion:
    version = version_at(unit, on)
    if version is None:
        raise Refused(
            Violation("UNIT-NOT-THERE", f"{unit.name} không hoạt động vào ngày {format_date(on)}.", field="on")
        )
    return version


def _name(unit: Unit, name: str) -> None:
    unit.name, unit.sort_key, unit.search_text = name, text_key(name)[:600], search_text(name, unit.code)
