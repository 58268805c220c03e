"""The sheet "Đơn vị": each row is a unit during a time; a later row of the same code continues it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from canbo.facts.organisation.rules import search_text
from canbo.foundation.kernel.dates import format_date
from canbo.foundation.kernel.text import text_key

from .cleaning import Table, refuse_repeats
from .periods import ONE_DAY, day_after
from .plan import Close, Inserts, Plan, Terms, Void
from .references import decisions
from .world import FAR, World, rows_of

TABLE = "organisation_unitversion"
CONTENT = ("name", "kind", "local_type", "parent_id", "party_code", "base_type", "area")


@dataclass
class Version:
    """A version recorded, or about to be."""

    id: int | None
    since: dt.date
    lower: dt.date
    upper: dt.date
    content: tuple
    paper: int | None = None
    row: int | None = None
    precision: str = "d"


def plan_units(world: World, table: Table, plan: Plan, terms: Terms) -> None:
    """Decides which units are new, and which versions open and close."""
    codes = table["code"]
    since = [s.first if s else None for s in table["since"]]
    refuse_repeats(table, list(zip(codes, since, strict=True)))
    papers, _ = decisions(world, table, "decision", since)
    new_codes = list(dict.fromkeys(codes[i] for i in table.good() if codes[i] not in world.units))
    world.units.update(zip(new_codes, world.ids.take("organisation_unit", len(new_codes)), strict=True))
    kinds = _kinds(world, table)
    lines = _recorded(world, [world.units[c] for c in dict.fromkeys(codes) if c in world.units])
    order = sorted(table.good(), key=lambda i: (codes[i], since[i] or FAR))
    for index in order:
        if index not in table.bad:
            _place(world, table, plan, terms, index, kinds[index], papers[index], lines)
    _refuse_orphans(world, table, lines)
    _refuse_cycles(table, lines)
    _insert(world, table, plan, new_codes, lines, terms)
    for unit, line in lines.items():
        world.unit_life[unit] = sorted((v.lower, v.upper) for v in line if v.row is None or v.row not in table.bad)
        if line:
            world.unit_shelf[unit] = line[-1].content[-1]
    good = {codes[i] for i in table.good()}
    world.bad_units |= {codes[i] for i in table.bad if codes[i] and codes[i] not in good}
    for code in set(new_codes) & world.bad_units:
        del world.units[code]


def _kinds(world: World, table: Table) -> list[tuple[str, str, str]]:
    """Kind, local type, shelf; a "thành phố" is a province or a district by what stands above it."""
    by_code: dict[str, tuple[str, ...]] = {
        c: k[0] for c, k in zip(table["code"], table["kind"], strict=True) if c and k
    }
    found = []
    for kind, parent in zip(table["kind"], table["parent"], strict=True):
        names, local, shelf = kind or (("",), "", "nha_nuoc")
        above = by_code.get(parent, ("",)) if parent else ("trung ương",)
        chosen = names[0] if len(names) == 1 else ("huyện" if "tỉnh" in above and "huyện" in names else names[0])
        if len(names) > 1 and parent and parent not in by_code and "huyện" in names:
            chosen = "huyện"
        found.append((chosen, local, shelf))
    return found


def _recorded(world: World, units: list[int]) -> dict[int, list[Version]]:
    lines: dict[int, list[Version]] = defaultdict(list)
    for row in rows_of(
        "SELECT unit_id, id, since, lower(in_force), coalesce(upper(in_force), '9999-12-31'), opened_by_id, name, kind, "
        "local_type, parent_id, party_code, base_type, area, shelf FROM organisation_unitversion "
        "WHERE voided_on IS NULL AND unit_id = ANY(%s) ORDER BY unit_id, in_force",
        [[u for u in units if u > 0]],
    ):
        lines[row[0]].append(Version(row[1], row[2], row[3], row[4], tuple(row[6:]), row[5]))
    return lines


def _place(
    world: World,
    table: Table,
    plan: Plan,
    terms: Terms,
    index: int,
    kind: tuple[str, str, str],
    paper: int | None,
    lines: dict[int, list[Version]],
) -> None:
    code, start = table["code"][index], table["since"][index]
    lower = start.first
    upper = day_after(u) if (u := table["until"][index]) else FAR
    if upper <= lower:
        table.fault(index, "until", f"kết thúc trước ngày bắt đầu {format_date(lower)}.", "Sửa Từ ngày hoặc Đến ngày.")
        return
    parent_code = table["parent"][index]
    parent = world.units.get(parent_code) if parent_code else None
    if parent_code and parent is None:
        table.fault(
            index,
            "parent",
            f"không có đơn vị mã {parent_code} trong trang Đơn vị và trong hệ thống.",
            "Sửa mã đơn vị cấp trên, hoặc thêm đơn vị đó vào trang.",
        )
        return
    content = (
        table["name"][index],
        kind[0],
        kind[1],
        parent,
        table["party_code"][index] or "",
        table["base_type"][index] or "",
        table["area"][index] or "",
        kind[2],
    )
    line = lines[world.units[code]]
    known = next((v for v in reversed(line) if v.since == lower), None) or next(
        (v for v in line if v.lower <= lower < v.upper and v.content == content and upper == v.upper), None
    )
    unpaid = paper is None and not terms.historical
    if known is None:
        if unpaid:
            _no_paper(table, index)
            return
        last = line[-1] if line else None
        if last and last.lower < lower < last.upper == FAR and last.id is not None:
            plan.closes.append(Close(TABLE, last.id, lower, paper))
            last.upper = lower
        elif last and last.lower < lower < last.upper == FAR:
            last.upper = lower
        clash = next((v for v in line if v.lower < upper and lower < v.upper), None)
        if clash:
            until = "nay" if clash.upper == FAR else format_date(clash.upper - ONE_DAY)
            table.fault(
                index,
                "since",
                f"trùng thời gian với đơn vị {code} từ {format_date(clash.lower)} đến {until}.",
                "Ghi Đến ngày cho dòng trước, hoặc sửa Từ ngày.",
            )
            return
        line.append(Version(None, lower, lower, upper, content, paper, index, start.precision))
        line.sort(key=lambda v: v.lower)
        table.count.changed += bool(last)
        table.count.new += not last
        return
    _meet(table, plan, terms, index, content, paper, lower, upper, known, line, unpaid)


def _meet(
    table: Table,
    plan: Plan,
    terms: Terms,
    index: int,
    content: tuple,
    paper: int | None,
    lower: dt.date,
    upper: dt.date,
    known: Version,
    line: list[Version],
    unpaid: bool,
) -> None:
    same = content == known.content and paper in (None, known.paper)
    # a version followed by another one ends where that begins: an open row in an older file says nothing else
    followed = upper == FAR and any(v.lower == known.upper for v in line)
    if same and (upper == known.upper or followed):
        table.count.same += 1
    elif unpaid:
        _no_paper(table, index)
    elif table["fix"][index]:
        if not table["note"][index]:
            table.fault(index, "note", "dòng sửa sai chưa có lý do.", "Ghi lý do sửa vào Ghi chú.")
            return
        assert known.id is not None  # noqa: S101
        plan.voids.append(Void(TABLE, known.id, table["note"][index]))
        line[line.index(known)] = Version(None, lower, lower, known.upper if followed else upper, content, paper, index)
        table.count.changed += 1
    elif known.upper != FAR:
        table.fault(
            index,
            "",
            f"phiên bản này của đơn vị đã kết thúc ngày {format_date(known.upper - ONE_DAY)}, tệp ghi khác.",
            "Nếu sổ ghi sai, ghi x vào Sửa sai và lý do vào Ghi chú; nếu đổi về sau, ghi Từ ngày mới.",
        )
    elif same:
        assert known.id is not None  # noqa: S101
        plan.closes.append(Close(TABLE, known.id, upper, paper))
        known.upper = upper
        table.count.changed += 1
    else:
        assert known.id is not None  # noqa: S101
        day = terms.today
        if known.lower >= day:
            plan.voids.append(Void(TABLE, known.id, f"Thay bằng số liệu của tệp {terms.source}"))
            line.remove(known)
            day = known.lower
        else:
            plan.closes.append(Close(TABLE, known.id, day, paper))
            known.upper = day
        line.append(Version(None, known.since, day, upper, content, paper, index))
        table.count.changed += 1


def _no_paper(table: Table, index: int) -> None:
    table.fault(
        index,
        "decision",
        "chưa ghi số quyết định làm căn cứ.",
        "Ghi số quyết định, hoặc nạp tệp dưới dạng số liệu lịch sử nếu không còn văn bản.",
    )


def _refuse_orphans(world: World, table: Table, lines: dict[int, list[Version]]) -> None:
    """A superior must exist on the day its subordinate begins."""
    for line in lines.values():
        for version in line:
            parent = version.content[3]
            if version.row is None or parent is None or version.row in table.bad:
                continue
            life = [(v.lower, v.upper) for v in lines[parent]] if parent in lines else world.unit_life.get(parent, [])
            if not any(a <= version.lower < b for a, b in life):
                table.fault(
                    version.row,
                    "parent",
                    f"đơn vị cấp trên chưa có hoặc đã kết thúc vào ngày {format_date(version.lower)}.",
                    "Sửa Từ ngày của một trong hai đơn vị.",
                )


def _refuse_cycles(table: Table, lines: dict[int, list[Version]]) -> None:
    """Going up from any unit must reach the top, on every day on which something begins."""
    days = sorted({v.lower for line in lines.values() for v in line if v.row is not None})
    for day in days[-50:]:
        above = {u: v.content[3] for u, line in lines.items() for v in line if v.lower <= day < v.upper}
        settled: set[int | None] = {None}
        for unit in above:
            trail: list[int] = []
            step: int | None = unit
            while step not in settled and step in above and step not in trail:
                trail.append(step)
                step = above[step]
            if step in trail:
                for looped in trail[trail.index(step) :]:
                    for version in lines[looped]:
                        if (
                            version.row is not None
                            and version.row not in table.bad
                            and version.lower <= day < version.upper
                        ):
                            table.fault(
                                version.row,
                                "parent",
                                "đơn vị cấp trên lại nằm dưới chính đơn vị này.",
                                "Sửa mã đơn vị cấp trên.",
                            )
            settled.update(trail)


def _insert(
    world: World, table: Table, plan: Plan, new_codes: list[str], lines: dict[int, list[Version]], terms: Terms
) -> None:
    latest = {unit: max(line, key=lambda v: v.lower).content[0] for unit, line in lines.items() if line}
    fresh = [c for c in new_codes if any(v.row is not None and v.row not in table.bad for v in lines[world.units[c]])]
    plan.new_units.update(world.units[c] for c in fresh)
    if fresh:
        names = [latest[world.units[c]] for c in fresh]
        plan.inserts.append(
            Inserts(
                "organisation_unit",
                {
                    "id": [world.units[c] for c in fresh],
                    "code": fresh,
                    "name": names,
                    "sort_key": [text_key(n)[:600] for n in names],
                    "search_text": [search_text(n, c) for n, c in zip(names, fresh, strict=True)],
                },
            )
        )
    versions = [(u, v) for u, line in lines.items() for v in line if v.row is not None and v.row not in table.bad]
    if versions:
        columns: dict[str, list] = {"unit_id": [u for u, _ in versions]}
        for at, name in enumerate((*CONTENT, "shelf")):
            columns[name] = [v.content[at] for _, v in versions]
        columns["in_force"] = [(v.lower, v.upper) for _, v in versions]
        columns["since"] = [v.since for _, v in versions]
        columns["since_precision"] = [v.precision for _, v in versions]
        columns["opened_by_id"] = [v.paper for _, v in versions]
        columns["closed_by_id"] = [None] * len(versions)
        columns["historical"] = [v.paper is None for _, v in versions]
        columns["note"] = [table["note"][v.row] or "" for _, v in versions if v.row is not None]
        plan.inserts.append(Inserts(TABLE, columns))
    touched = {u for u, _ in versions} | {world.units[table["code"][i]] for i in table.good()}
    plan.units_changed |= touched if versions or any(c.table == TABLE for c in plan.closes) else set()
