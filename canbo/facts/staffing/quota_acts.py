"""What a decision may do to quotas: give a total, assign to a unit itself, adjust."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import Literal

from canbo.facts.decisions.acts import Act, ActField, Prepared
from canbo.facts.decisions.models import Decision, Sourced
from canbo.facts.decisions.rules import Heading
from canbo.facts.organisation.models import Unit
from canbo.facts.organisation.queries import version_at
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.dates import format_date
from canbo.foundation.kernel.numbers import format_number
from canbo.foundation.kernel.violation import Violation

from . import actions, queries
from .actions.totals import excess_faults
from .models import QuotaTotal, StaffQuota

Kind = Literal["own", "total"]
GROUP = ActField("staff_group", "Nhóm biên chế", required=True, catalogue=("staffing.quota.groups",))
AMOUNT = ActField("assigned", "Số giao", "number", required=True)
NEW_AMOUNT = ActField("assigned", "Số mới", "number", help="Ghi số mới, hoặc số tăng, giảm ở cột bên")
CHANGE = ActField("change", "Tăng (+), giảm (-)", "number", help="Ví dụ -3; bỏ trống nếu đã ghi số mới")
WHAT = {"own": "biên chế", "total": "tổng biên chế"}


def _standing(kind: Kind, unit: Unit, group: str, on: dt.date) -> StaffQuota | QuotaTotal | None:
    return queries.standing_total(unit, group, on) if kind == "total" else queries.standing_quota(unit, group, on)


def _amount(kind: Kind, item: Prepared, on: dt.date) -> tuple[str, int | None, list[Violation]]:
    """The group as the unit calls it, the number it would have, and what stands against it."""
    values, unit = item.values, item.subject
    group = queries.group_in_use(unit, values["staff_group"], on)
    given: Decimal | None = values.get("assigned")
    change: Decimal | None = values.get("change")
    faults = []
    if version_at(unit, on) is None:
        faults.append(Violation("UNIT-NOT-THERE", f"{unit} không hoạt động vào ngày {format_date(on)}."))
    if (given is None) == (change is None):
        return group, None, [*faults, Violation("QUOTA-NUMBER", "Ghi số mới, hoặc số tăng giảm.", field="assigned")]
    old = _standing(kind, unit, group, on)
    if change is not None and old is None:
        text = f"{unit} chưa được giao {WHAT[kind]} nhóm {group} vào ngày {format_date(on)}."
        return group, None, [*faults, Violation("QUOTA-NONE", text, field="change", fix="Dùng hành vi giao biên chế.")]
    number = given if given is not None else Decimal(old.assigned if old else 0) + (change or 0)
    field = "assigned" if given is not None else "change"
    if number != number.to_integral_value():
        faults.append(Violation("QUOTA-NUMBER", "Biên chế là số nguyên.", field=field))
    if number < 0:
        faults.append(Violation("QUOTA-NUMBER", f"Số giao không thể âm: {format_number(number)}.", field=field))
    return group, int(number), faults


def _act(code: str, label: str, kind: Kind, fields: tuple[ActField, ...]) -> Act:
    def check(actor: Actor, heading: Heading, item: Prepared) -> list[Violation]:
        return _amount(kind, item, heading.in_effect_on)[2]

    def apply(actor: Actor, decision: Decision, item: Prepared) -> Iterable[Sourced]:
        on = decision.in_effect_on
        group, number, _ = _amount(kind, item, on)
        old = _standing(kind, item.subject, group, on)
        write = actions.set_total if kind == "total" else actions.set_quota
        row = write(actor, unit=item.subject, staff_group=group, assigned=number or 0, on=on, decision=decision)
        return [row, old] if old is not None else [row]

    def explain(actor: Actor, heading: Heading, item: Prepared) -> list[str]:
        on = heading.in_effect_on
        group, number, _ = _amount(kind, item, on)
        old = _standing(kind, item.subject, group, on)
        before = f"từ {format_number(old.assigned)} " if old is not None else ""
        return [
            f"{item.subject}: {WHAT[kind]} nhóm {group} {before}thành {format_number(number)} từ ngày {format_date(on)}"
        ]

    return Act(code, label, "unit", fields, check, apply, explain)


ACTS: list[Act] = [
    _act("giao_bien_che", "giao biên chế", "own", (GROUP, AMOUNT)),
    _act("dieu_chinh_bien_che", "điều chỉnh biên chế", "own", (GROUP, NEW_AMOUNT, CHANGE)),
    _act("giao_tong_bien_che", "giao tổng biên chế", "total", (GROUP, AMOUNT)),
    _act("dieu_chinh_tong_bien_che", "điều chỉnh tổng biên chế", "total", (GROUP, NEW_AMOUNT, CHANGE)),
]


def afterthoughts(decision: Decision) -> list[Violation]:
    """Handing on more than was given, weighed when every item stands: one unit may lose what another one gets.

    A decision that does not add to an excess already recorded is not refused for it.
    """
    opened = _amounts(decision, "opened_by")
    if not opened:
        return []
    before, found = _amounts(decision, "closed_by"), []
    for group in sorted({group for _, _, group in opened}):
        mine = {key: number for key, number in opened.items() if key[2] == group}
        faults = excess_faults({unit for _, unit, _ in mine}, [group], decision.in_effect_on)
        # More was handed on, or less was given to hand on: either way somebody is now above what there is.
        rise = sum(number - before.get(key, 0) for key, number in mine.items() if key[0] == "own")
        fall = any(key[0] == "total" and number < before.get(key, number + 1) for key, number in mine.items())
        found += faults if rise > 0 or fall else [_remark(fault) for fault in faults]
    return found


def _remark(fault: Violation) -> Violation:
    return Violation(fault.code, fault.message, field=None, source=fault.source, fix=fault.fix, blocking=False)


def _amounts(decision: Decision, how: str) -> dict[tuple[str, int, str], int]:
    """By kind, unit and group: what the decision opened or closed."""
    return {
        (kind, row.unit_id, row.staff_group): row.assigned
        for kind, rows in (
            ("own", StaffQuota.objects.standing().filter(baseline=False, **{how: decision})),
            ("total", QuotaTotal.objects.standing().filter(**{how: decision})),
        )
        for row in rows
    }
