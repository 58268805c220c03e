"""``canbo lineage``: what a unit became by a day, and what it is made of."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from canbo.foundation.kernel.clock import today
from canbo.foundation.kernel.dates import format_date
from canbo.foundation.runtime.cli import emit, operator

from .units import day

if TYPE_CHECKING:
    from canbo.facts.organisation.models import Unit, UnitLineage


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("unit", metavar="MÃ", help="mã đơn vị")
    parser.add_argument("--on", type=day, metavar="NGÀY", help="đến ngày (mặc định: hôm nay)")
    parser.add_argument("--json", action="store_true", help="in một tài liệu JSON")


def run(options: argparse.Namespace) -> int:
    from canbo.facts.organisation import queries  # the module is read before Django is set up

    actor, on = operator(), options.on or today()
    unit = queries.unit_by_code(actor, options.unit)
    became, made_of = queries.became(actor, unit, on), queries.made_of(actor, unit, on)
    forward, back = queries.successors(actor, unit, on), queries.predecessors(actor, unit, on)
    if options.json:
        emit(
            {
                "unit": _unit(unit),
                "on": on,
                "became": [_unit(found) for found in became],
                "made_of": [_unit(found) for found in made_of],
                "steps_after": [_step(step) for step in forward],
                "steps_before": [_step(step) for step in back],
            }
        )
        return 0
    print(f"{unit.code} {unit.name}, đến ngày {format_date(on)}")
    for title, steps in (("Hình thành từ:", back), ("Trở thành:", forward)):
        print(title)
        for step in steps:
            print(f"  {format_date(step.on)} {step.get_operation_display()}: {step.old.name} → {step.new.name}")
        if not steps:
            print("  (không có thay đổi nào được ghi)")
    print("Đang là: " + (", ".join(found.name for found in became) or "không còn đơn vị nào"))
    return 0


def _unit(unit: Unit) -> dict[str, str]:
    return {"code": unit.code, "name": unit.name}


def _step(step: UnitLineage) -> dict[str, Any]:
    return {
        "from": step.old.code,
        "to": step.new.code,
        "on": step.on,
        "operation": step.get_operation_display(),
        "decision": step.opened_by.number if step.opened_by else None,
    }
