"""Placing those on the work list, one by one or many at a time, until it is empty."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from canbo.facts.decisions.actions import one_at_a_time
from canbo.facts.organisation.actions import rebuild_paths
from canbo.facts.organisation.carriers import carrier
from canbo.facts.organisation.models import Unit
from canbo.facts.organisation.queries import require_over, version_at
from canbo.facts.staffing.actions import refresh_places
from canbo.foundation.audit.actions import action
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.clock import now
from canbo.foundation.kernel.dates import format_date
from canbo.foundation.kernel.violation import Refused, Violation

from ..choices import PREPARE
from ..models import Restructuring, Waiting
from ..queries import require_case
from ..rules import UNIT
from .carrying import Under, place_rows
from .steps import held
from .units import move_under


@action("restructuring.place", permission=PREPARE, log=("case", "unit", "on"))
def place(actor: Actor, *, case: Restructuring, rows: Sequence[int], unit: Unit, on: dt.date, today: dt.date) -> int:
    """Gives rows of the work list their place; those that wait in that very unit stay there for good.

    It belongs to the case: annulling the case takes it back too.

    Args:
        rows: ids of the work list.
        unit: where they go.
        on: first day there, not before the day of effect.

    Returns:
        How many were placed.

    Raises:
        Refused: the unit is not there or of another system, or somebody was placed or moved meanwhile.
    """
    require_case(actor, PREPARE, case)
    require_over(actor, PREPARE, unit, on)
    one_at_a_time()
    row = held(case)
    waiting = list(
        Waiting.objects.select_for_update(of=("self",))
        .filter(case=row, pk__in=rows)
        .select_related("person", "old", "unit")
    )
    faults = _faults(row, waiting, unit, on)
    if faults:
        raise Refused(faults)
    batch = row.batch
    assert batch is not None  # noqa: S101 - a case with a work list was carried out
    under = Under(row, on, today, row.decision, batch)
    by_kind: dict[str, list[Waiting]] = {}
    for found in waiting:
        if found.unit_id != unit.pk:
            by_kind.setdefault(found.kind, []).append(found)
    missing = []
    for kind, members in by_kind.items():
        ids = [member.row for member in members]
        if kind == UNIT:
            done = move_under(ids, unit.pk, on=on, decision=row.decision, batch=batch)
        else:
            done = place_rows(under, carrier(kind), ids, unit.pk)
        missing += [member for member in members if member.row not in done]
    if missing:
        raise Refused([_gone(member) for member in missing[:20]])
    if UNIT in by_kind:
        rebuild_paths()
    refresh_places(today, [member.person_id for member in waiting if member.person_id])
    Waiting.objects.filter(pk__in=[member.pk for member in waiting]).update(
        placed=unit, placed_at=now(), placed_by=actor.name
    )
    return len(waiting)


def _faults(case: Restructuring, waiting: Sequence[Waiting], unit: Unit, on: dt.date) -> list[Violation]:
    if not case.applied:
        return [Violation("RESTRUCTURE-NOT-APPLIED", "Phương án chưa được thực hiện hoặc đã hủy.")]
    faults = []
    if not waiting:
        faults.append(Violation("RESTRUCTURE-PLACE-NOBODY", "Chưa chọn dòng nào.", field="rows"))
    version = version_at(unit, on)
    if version is None:
        faults.append(
            Violation("RESTRUCTURE-PLACE", f"{unit} không hoạt động vào ngày {format_date(on)}.", field="unit")
        )
    if on < case.on:
        faults.append(
            Violation(
                "RESTRUCTURE-PLACE-DAY",
                f"Ngày bố trí trước ngày sắp xếp có hiệu lực {format_date(case.on)}.",
                field="on",
            )
        )
    for member in waiting:
        name = member.person or member.old
        if member.placed_at is not None:
            faults.append(Violation("RESTRUCTURE-PLACED", f"{name} đã được bố trí về {member.placed}.", field="rows"))
        shelf = carrier(member.kind).shelf if member.kind != UNIT else ""
        if version is not None and shelf and version.shelf != shelf:
            faults.append(
                Violation("RESTRUCTURE-PLACE-SHELF", f"{name}: {unit} không phải là tổ chức đảng.", field="unit")
            )
    return faults


def _gone(member: Waiting) -> Violation:
    return Violation(
        "RESTRUCTURE-MOVED",
        f"{member.person or member.old}: dữ liệu tại {member.unit} đã thay đổi từ khi sắp xếp.",
        field="rows",
        fix="Xem lại hồ sơ; nếu đã chuyển bằng quyết định khác thì bỏ dòng này khỏi danh sách.",
    )
