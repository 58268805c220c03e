"""What follows from the rows of all sheets together: units that end while occupied, facts that end by a death."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

from canbo.foundation.kernel.dates import format_date
from canbo.foundation.runtime.statements import read

from ..faults import Fault
from .cleaning import Table
from .periods import DEATH
from .plan import Close, Plan
from .unittree import PARENT
from .world import FAR, World

OCCUPANTS = {
    "party_membership": ("đảng viên đang sinh hoạt", "Đảng viên"),
    "staffing_assignment": ("người đang giữ chức vụ", "Chức vụ"),
}


def refuse_occupied(world: World, table: Table | None, plan: Plan) -> bool:
    """Notes units that cease to exist while somebody, or some other unit, still stands in them.

    Returns:
        Whether any row was found faulty.
    """
    ends = {unit: end for unit, (_, end) in world.closing.items() if unit > 0}
    if table is None or not ends:
        return False
    left: dict[int, list[str]] = defaultdict(list)
    for unit, codes in _children(world, ends).items():
        shown = ", ".join(sorted(codes)[:5]) + (" …" if len(codes) > 5 else "")
        left[unit].append(f"{len(codes)} đơn vị trực thuộc ({shown}; trang Đơn vị)")
    for name, (what, sheet) in OCCUPANTS.items():
        for unit, count in _people(name, ends, plan).items():
            left[unit].append(f"{count} {what} (trang {sheet})")
    for unit, texts in left.items():
        row, end = world.closing[unit]
        table.fault(
            row,
            "until",
            f"sau ngày {format_date(end - dt.timedelta(days=1))} đơn vị vẫn còn {' và '.join(texts)}.",
            "Ghi Đến ngày hoặc chuyển họ sang đơn vị kế thừa trong cùng tệp, hoặc sửa Đến ngày của đơn vị.",
        )
    return bool(left)


def _ended(plan: Plan, table: str) -> tuple[set[int], dict[int, dt.date]]:
    gone = {v.id for v in plan.voids if v.table == table}
    return gone, {c.id: c.upper for c in plan.closes if c.table == table}


def _children(world: World, ends: dict[int, dt.date]) -> dict[int, set[str]]:
    codes = {ref: code for code, ref in world.units.items()}
    found: dict[int, set[str]] = defaultdict(set)
    for unit, line in world.unit_versions.items():
        for version in line:
            parent = version.content[PARENT]
            if version.row is None and parent in ends and version.upper > ends[parent]:
                found[parent].add(codes.get(unit, ""))
    for parent, unit, upper in read(
        "SELECT parent_id, unit_id, coalesce(upper(in_force), '9999-12-31') FROM organisation_unitversion "
        "WHERE voided_on IS NULL AND parent_id = ANY(%s::bigint[])",
        [list(ends)],
    ):
        if unit not in world.unit_versions and upper > ends[parent]:
            found[parent].add(codes.get(unit, ""))
    return found


def _people(name: str, ends: dict[int, dt.date], plan: Plan) -> dict[int, int]:
    gone, closed = _ended(plan, name)
    people: dict[int, set[int]] = defaultdict(set)
    for ref, unit, person, upper in read(
        f"SELECT f.id, f.unit_id, f.person_id, coalesce(upper(f.in_force), '9999-12-31') FROM {name} f "
        "JOIN unnest(%s::bigint[], %s::date[]) AS e(unit, day) ON e.unit = f.unit_id "
        "WHERE f.voided_on IS NULL AND coalesce(upper(f.in_force), '9999-12-31') > e.day",
        [list(ends), list(ends.values())],
    ):
        if ref not in gone and min(upper, closed.get(ref, FAR)) > ends[unit]:
            people[unit].add(person)
    return {unit: len(found) for unit, found in people.items()}


def end_by_death(world: World, table: Table | None, plan: Plan, remarks: list[Fault]) -> bool:
    """Closes the open stays and posts of people whose day of death the file tells.

    The last day in force is the day before. Rows of the file on the same facts come first; people one of whose rows
    has a fault are left for the corrected file.

    Returns:
        Whether any row was found faulty.
    """
    dead = {p: day for p, (_, day) in world.deaths.items() if p not in world.unsettled}
    if table is None or not dead:
        return False
    ended: dict[int, list[str]] = defaultdict(list)
    faulty = False
    for name, act in DEATH.items():
        gone, closed = _ended(plan, name)
        what = "sinh hoạt đảng" if name == "party_membership" else "chức vụ"
        counts: dict[int, int] = defaultdict(int)
        for ref, person, lower in read(
            f"SELECT id, person_id, lower(in_force) FROM {name} "
            "WHERE voided_on IS NULL AND upper_inf(in_force) AND person_id = ANY(%s::bigint[])",
            [list(dead)],
        ):
            if ref in gone or ref in closed:
                continue
            if lower >= dead[person]:
                row = world.deaths[person][0]
                message = f"người này còn {what} bắt đầu ngày {format_date(lower)}, không trước ngày mất."
                table.fault(row, "died_on", message, "Sửa Ngày mất, hoặc sửa dữ kiện đó trước.")
                faulty = True
                continue
            plan.closes.append(Close(name, ref, dead[person], None, act))
            plan.people_touched.add(person)
            counts[person] += 1
        for person, count in counts.items():
            ended[person].append(f"{count} {what}")
    for person, texts in ended.items():
        row, day = world.deaths[person]
        remarks.append(
            Fault(
                table.spec.name,
                table.row(row),
                "Ngày mất",
                format_date(day),
                f"{' và '.join(texts)} được kết thúc do từ trần, ngày cuối là {format_date(day - dt.timedelta(days=1))}.",
                "Không phải làm gì thêm; nếu ngày khác thì ghi Đến ngày ở trang của dữ kiện đó.",
            )
        )
    return faulty
