"""What a decision may do to units."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from canbo.facts.decisions.actions import closing_faults
from canbo.facts.decisions.acts import Act, ActField, Prepared
from canbo.facts.decisions.models import Decision, Sourced
from canbo.facts.decisions.rules import Heading
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.dates import format_date
from canbo.foundation.kernel.violation import Violation

from . import actions
from .choices import Operation, Shelf
from .models import Unit, UnitLineage, UnitVersion
from .queries import vanishing, version_at, visible

SUBJECTS = {"unit": visible}

NEW = (
    ActField("code", "Mã đơn vị", required=True),
    ActField("name", "Tên đơn vị", required=True),
    ActField("kind", "Loại hình", required=True, catalogue=("organisation.kinds.units",), lower=True),
    ActField("shelf", "Hệ thống", "choice", required=True, choices=tuple(Shelf.choices)),
    ActField("local_type", "Kiểu đơn vị hành chính"),
    ActField("party_code", "Mã tổ chức đảng"),
    ActField("base_type", "Loại hình cơ sở", catalogue=("organisation.kinds.base_types",)),
    ActField("area", "Khu vực", catalogue=("organisation.kinds.areas",)),
    ActField("origin", "Hình thành từ đơn vị", "unit", help="Ghi khi tách, chia hoặc kế thừa một đơn vị"),
    ActField("operation", "Hình thức", "choice", choices=tuple(Operation.choices)),
)
CHANGES = {
    "doi_ten": ("đổi tên", ActField("name", "Tên mới", required=True)),
    "chuyen_cap_tren": ("chuyển đơn vị cấp trên", ActField("parent", "Đơn vị cấp trên mới", "unit", required=True)),
    "doi_loai_hinh": (
        "đổi loại hình",
        ActField("kind", "Loại hình mới", required=True, catalogue=("organisation.kinds.units",), lower=True),
    ),
}


def _found() -> Act:
    def check(actor: Actor, heading: Heading, item: Prepared) -> list[Violation]:
        values, on = item.values, heading.in_effect_on
        faults = actions.parent_faults(None, item.subject, on)
        taken = Unit.objects.filter(code=values["code"], versions__voided_on=None).first()
        if taken is not None:
            faults.append(Violation("UNIT-CODE-TAKEN", f"Mã {values['code']} đã dùng cho {taken.name}.", field="code"))
        if values["origin"] and not values["operation"]:
            faults.append(Violation("LINEAGE-OPERATION", "Chọn hình thức hình thành.", field="operation"))
        return faults

    def apply(actor: Actor, decision: Decision, item: Prepared) -> Iterable[Sourced]:
        values, on = dict(item.values), decision.in_effect_on
        origin, operation = values.pop("origin"), values.pop("operation")
        unit = actions.open_unit(actor, parent=item.subject, on=on, decision=decision, **values)
        facts: list[Sourced] = list(UnitVersion.objects.filter(unit=unit, opened_by=decision))
        if origin:
            facts.append(
                actions.record_lineage(actor, old=origin, new=unit, on=on, operation=operation, decision=decision)
            )
        return facts

    def explain(actor: Actor, heading: Heading, item: Prepared) -> list[str]:
        on = format_date(heading.in_effect_on)
        return [f"mở đơn vị {item.values['name']} trực thuộc {item.subject} từ ngày {on}"]

    return Act("thanh_lap", "thành lập", "unit", NEW, check, apply, explain)


def _change(code: str) -> Act:
    label, field = CHANGES[code]

    def check(actor: Actor, heading: Heading, item: Prepared) -> list[Violation]:
        on = heading.in_effect_on
        faults = _there(item.subject, on)
        if field.name == "parent":
            faults += actions.parent_faults(item.subject, item.values["parent"], on)
        return faults

    def apply(actor: Actor, decision: Decision, item: Prepared) -> Iterable[Sourced]:
        change = {field.name: item.values[field.name]}
        on = decision.in_effect_on
        return [actions.change_unit(actor, unit=item.subject, on=on, decision=decision, **change)]

    def explain(actor: Actor, heading: Heading, item: Prepared) -> list[str]:
        on, value = format_date(heading.in_effect_on), item.values[field.name]
        return [f"{item.subject}: {field.label.lower()} là {value} từ ngày {on}"]

    return Act(code, label, "unit", (field,), check, apply, explain)


def _end(code: str, label: str, operation: Operation | None) -> Act:
    """Ends the subject; where it goes on in another unit, the lineage says so."""
    fields = (ActField("into", "Vào đơn vị", "unit", required=operation is not None),)

    def check(actor: Actor, heading: Heading, item: Prepared) -> list[Violation]:
        on, into = heading.in_effect_on, item.values["into"]
        faults = _there(item.subject, on)
        if into is not None and version_at(into, on) is None:
            faults.append(Violation("UNIT-NOT-THERE", f"{into} không hoạt động vào ngày này.", field="into"))
        return faults

    def apply(actor: Actor, decision: Decision, item: Prepared) -> Iterable[Sourced]:
        on, into = decision.in_effect_on, item.values["into"]
        facts: list[Sourced] = [actions.close_unit(actor, unit=item.subject, on=on, decision=decision)]
        if into is not None:
            facts.append(
                actions.record_lineage(
                    actor,
                    old=item.subject,
                    new=into,
                    on=on,
                    operation=operation or Operation.DISSOLVE,
                    decision=decision,
                )
            )
        return facts

    def explain(actor: Actor, heading: Heading, item: Prepared) -> list[str]:
        last = format_date(heading.in_effect_on - dt.timedelta(days=1))
        lines = [f"đóng đơn vị {item.subject}, ngày cuối {last}"]
        if item.values["into"] is not None:
            lines.append(f"ghi quan hệ {item.subject} → {item.values['into']}")
        return lines

    return Act(code, label, "unit", fields, check, apply, explain)


def _there(unit: Unit, on: dt.date) -> list[Violation]:
    version = version_at(unit, on)
    if version is None:
        return [Violation("UNIT-NOT-THERE", f"{unit} không hoạt động vào ngày {format_date(on)}.")]
    return closing_faults(version, on)


ACTS: list[Act] = [
    _found(),
    *(_change(code) for code in CHANGES),
    _end("giai_the", "giải thể", None),
    _end("sap_nhap", "sáp nhập", Operation.MERGE),
    _end("hop_nhat", "hợp nhất", Operation.UNITE),
    _end("chia", "chia", Operation.DIVIDE),
]


def obstacles(decision: Decision, opened: Sequence[Sourced]) -> list[Violation]:
    """Units hung, or grown, later out of units that would be gone."""
    faults = []
    for unit in vanishing(opened):
        children = UnitVersion.objects.standing().filter(parent=unit).exclude(opened_by=decision)
        lineage = UnitLineage.objects.standing().filter(old=unit).exclude(opened_by=decision)
        names = [row.name for row in children[:5]] + [row.new.name for row in lineage.select_related("new")[:5]]
        if names:
            faults.append(
                Violation(
                    "ANNUL-UNIT-USED",
                    f"Đơn vị {unit} do quyết định này lập đã có đơn vị khác gắn vào: {', '.join(names)}.",
                    fix="Hủy các quyết định về những đơn vị đó trước.",
                )
            )
    return faults


def settle(facts: Iterable[Sourced], on: dt.date) -> None:
    """After an annulment: derives the tree and the names of the units concerned anew."""
    units = sorted({fact.unit_id for fact in facts if isinstance(fact, UnitVersion)})
    actions.rebuild_paths(units)
    actions.refresh_unit_names(units)
