"""What the tree of units must satisfy on every day: superiors exist, nobody lies under herself."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

from canbo.foundation.kernel.dates import format_date
from canbo.foundation.runtime.statements import read

from .unitlines import Lines, Version
from .world import FAR

PARENT = 3


def refuse_orphans(lines: Lines) -> None:
    """A superior must exist as long as its subordinate lies under it."""
    world, table = lines.world, lines.table
    lives: dict[int, list[tuple[dt.date, dt.date]]] = {}
    for line in lines.by_unit.values():
        for version in line:
            parent = version.content[PARENT]
            if version.row is None or parent is None or version.row in table.bad:
                continue
            if parent not in lives:
                own = lines.by_unit.get(parent)
                lives[parent] = (
                    world.unit_life.get(parent, [])
                    if own is None
                    else sorted((v.lower, v.upper) for v in own if v.row is None or v.row not in table.bad)
                )
            life = lives[parent]
            if len(life) == 1 and life[0][0] <= version.lower and version.upper <= life[0][1]:
                continue
            if not any(a <= version.lower < b for a, b in life):
                message = f"đơn vị cấp trên chưa có hoặc đã kết thúc vào ngày {format_date(version.lower)}."
                table.fault(version.row, "parent", message, "Sửa Từ ngày của một trong hai đơn vị.")
            elif (end := _reach(life, version.lower)) < version.upper:
                table.fault(
                    version.row,
                    "parent",
                    f"đơn vị cấp trên kết thúc ngày {format_date(end - dt.timedelta(days=1))}, "
                    "trước khi đơn vị này kết thúc.",
                    "Ghi Đến ngày, hoặc thêm dòng có Từ ngày mới và Mã đơn vị cấp trên mới.",
                )


def _reach(life: list[tuple[dt.date, dt.date]], day: dt.date) -> dt.date:
    """The day after the last one of an unbroken existence from a day on."""
    for lower, upper in life:
        if lower <= day < upper:
            day = upper
    return day


def refuse_cycles(lines: Lines) -> None:
    """Going up from any unit must reach the top on every day, through recorded superiors too."""
    above: dict[int, list[tuple[int, dt.date, dt.date]]] = defaultdict(list)
    for unit, line in lines.by_unit.items():
        for version in line:
            if version.content[PARENT] is not None and (version.row is None or version.row not in lines.table.bad):
                above[unit].append((version.content[PARENT], version.lower, version.upper))
    if any(v.id is not None for line in lines.by_unit.values() for v in line):
        for unit, parent, lower, upper in read(
            "SELECT unit_id, parent_id, lower(in_force), coalesce(upper(in_force), '9999-12-31') "
            "FROM organisation_unitversion WHERE voided_on IS NULL AND parent_id IS NOT NULL"
        ):
            if unit not in lines.by_unit:
                above[unit].append((parent, lower, upper))
    for unit in _tangled(above):
        for version in lines.by_unit.get(unit, ()):
            if version.row is not None and version.row not in lines.table.bad and _returns(above, unit, version):
                lines.table.fault(
                    version.row,
                    "parent",
                    "đơn vị cấp trên lại nằm dưới chính đơn vị này.",
                    "Sửa mã đơn vị cấp trên.",
                )


def _tangled(above: dict[int, list[tuple[int, dt.date, dt.date]]]) -> list[int]:
    """Units from which some superior of some day is never free of the others: the only ones worth a closer look."""
    waiting = {unit: len(parents) for unit, parents in above.items()}
    below: dict[int, list[int]] = defaultdict(list)
    for unit, parents in above.items():
        for parent, _, _ in parents:
            below[parent].append(unit)
    free = [parent for parent in below if parent not in waiting]
    while free:
        for unit in below.get(free.pop(), ()):
            waiting[unit] -= 1
            if not waiting[unit]:
                free.append(unit)
    return [unit for unit, left in waiting.items() if left]


def _returns(above: dict[int, list[tuple[int, dt.date, dt.date]]], unit: int, version: Version) -> bool:
    """Whether the way up from a version comes back to its unit on some day."""
    trail = [(version.content[PARENT], version.lower, version.upper, frozenset({unit}))]
    while trail:
        at, lower, upper, passed = trail.pop()
        if at == unit:
            return True
        if at in passed:
            continue
        for parent, first, end in above.get(at, ()):
            if max(lower, first) < min(upper, end):
                trail.append((parent, max(lower, first), min(upper, end), passed | {at}))
    return False


def closing_units(lines: Lines) -> dict[int, tuple[int, dt.date]]:
    """Units that cease to exist by a row of the file: the row, and the day after the last one."""
    found = {}
    for unit, (row, end) in lines.ends.items():
        if row not in lines.table.bad and max(v.upper for v in lines.by_unit[unit]) == end != FAR:
            found[unit] = (row, end)
    return found
