"""From the codes in a sheet to the rows they mean."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from .cleaning import Table
from .factspecs import FactSpec
from .world import DecisionRef, World


@dataclass
class References:
    """By row: person, unit, opening and closing decision; None where there is none."""

    person: list[int | None]
    unit: list[int | None]
    decision: list[int | None] = field(default_factory=list)
    closing: list[int | None] = field(default_factory=list)
    days: list[dt.date | None] = field(default_factory=list)


def references(world: World, table: Table, spec: FactSpec) -> References:
    """Resolves every code of a sheet; what means nothing becomes a fault."""
    size = table.size
    refs = References([None] * size, [None] * size)
    if spec.subjects == ("either",):
        _either(world, table, refs)
    else:
        if "person" in spec.subjects:
            refs.person = people(world, table, "person")
        if "unit" in spec.subjects:
            refs.unit = units(world, table, "unit")
    starts = table.columns.get("since") or table.columns.get("on") or [None] * size
    refs.decision, refs.days = decisions(world, table, "decision", [s.first if s else None for s in starts])
    ends = table.columns.get("until") or [None] * size
    if "closing_decision" in table.columns:
        after = [e.first + dt.timedelta(days=1) if e else None for e in ends]
        refs.closing, _ = decisions(world, table, "closing_decision", after)
    else:
        refs.closing = [None] * size
    return refs


def people(world: World, table: Table, name: str) -> list[int | None]:
    """People by own code or citizen number."""
    found = [world.people.get(code) if code else None for code in table[name]]
    _unknown(table, name, found, world.bad_people, "hồ sơ", "trang Hồ sơ")
    return found


def units(world: World, table: Table, name: str) -> list[int | None]:
    """Units by code."""
    found = [world.units.get(code) if code else None for code in table[name]]
    _unknown(table, name, found, world.bad_units, "đơn vị", "trang Đơn vị", world.units)
    return found


def _unknown(
    table: Table, name: str, found: list, bad: set[str], what: str, where: str, known: dict[str, int] | None = None
) -> None:
    blamed = table.blamed(name)
    for index, (ref, code) in enumerate(zip(found, table[name], strict=True)):
        if ref is not None or code is None or index in blamed:
            continue
        if code in bad:
            table.fault(index, name, f"{what} {code} có trong tệp nhưng dòng đó có lỗi.", f"Sửa dòng ở {where} trước.")
            continue
        near = [c for c in (f"0{code}", f"00{code}") if known and c in known]
        hint = f" Có phải là {near[0]} (ô dạng số làm mất số 0 ở đầu)?" if near else ""
        table.fault(
            index,
            name,
            f"không có {what} mã {code} trong {where} và trong hệ thống.{hint}",
            f"Sửa mã, hoặc thêm {what} vào {where}.",
        )


def _either(world: World, table: Table, refs: References) -> None:
    blamed = table.blamed("subject")
    for index, code in enumerate(table["subject"]):
        if code is None or index in blamed:
            continue
        person, unit = world.people.get(code), world.units.get(code)
        if person is not None and unit is not None:
            table.fault(
                index, "subject", f"mã {code} vừa là hồ sơ vừa là đơn vị.", "Dùng số định danh thay cho mã hồ sơ."
            )
        elif person is None and unit is None:
            table.fault(index, "subject", f"không có hồ sơ hay đơn vị nào mã {code}.", "Sửa mã, hoặc thêm vào tệp.")
        refs.person[index], refs.unit[index] = person, unit


def decisions(
    world: World, table: Table, name: str, days: list[dt.date | None]
) -> tuple[list[int | None], list[dt.date | None]]:
    """Decisions by number, and the days they take effect."""
    written = table[name]
    if not any(written):
        return [None] * table.size, [None] * table.size
    blamed = table.blamed(name)
    refs: list[int | None] = []
    effective: list[dt.date | None] = []
    for index, cell in enumerate(written):
        found: DecisionRef | str | None = world.decision(cell, days[index]) if cell else None
        if isinstance(found, str):
            if index not in blamed:
                table.fault(index, name, found, "Thêm vào trang Quyết định, hoặc sửa số ký hiệu.")
            found = None
        refs.append(found.id if found else None)
        effective.append(found.in_effect_on if found else None)
    return refs, effective
