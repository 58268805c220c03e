"""The sheet "Đơn vị": each row is a unit during a time; a later row of the same code continues it."""

from __future__ import annotations

from collections import defaultdict

from canbo.facts.organisation.rules import search_text
from canbo.foundation.kernel.text import text_key
from canbo.foundation.runtime.statements import read

from .cleaning import Table, refuse_repeats
from .plan import Close, Inserts, Plan, Terms, Void
from .references import decisions
from .unitlines import CONTENT, TABLE, Lines, Version
from .unittree import closing_units, refuse_cycles, refuse_orphans
from .world import FAR, World


def plan_units(world: World, table: Table, plan: Plan, terms: Terms) -> None:
    """Decides which units are new, and which versions open and close."""
    codes = table["code"]
    since = [s.first if s else None for s in table["since"]]
    refuse_repeats(table, list(zip(codes, since, strict=True)))
    papers, _ = decisions(world, table, "decision", since)
    before = dict(world.units)
    new_codes = list(dict.fromkeys(codes[i] for i in table.good() if codes[i] not in world.units))
    world.units.update(zip(new_codes, world.ids.take("organisation_unit", len(new_codes)), strict=True))
    world.bad_units |= {codes[i] for i in table.bad if codes[i]}
    kinds = _kinds(world, table)
    recorded = _recorded([before[c] for c in dict.fromkeys(codes) if c in before])
    order = sorted(table.good(), key=lambda i: (codes[i], since[i] or FAR))
    while True:  # a row that turns out faulty takes with it what leaned on it
        faulty = len(table.bad)
        good = {codes[i] for i in table.good()}
        units = (
            world.units
            if len(good) == len(set(codes))
            else before | {c: world.units[c] for c in new_codes if c in good}
        )
        lines = Lines.of(recorded, world=world, table=table, terms=terms, papers=papers, kinds=kinds, units=units)
        for index in order:
            if index not in table.bad:
                lines.place(index)
        refuse_orphans(lines)
        refuse_cycles(lines)
        if len(table.bad) == faulty:
            break
    table.count.new, table.count.changed, table.count.same = lines.new, lines.changed, lines.same
    world.closing = closing_units(lines)
    world.unit_versions = lines.by_unit
    _insert(lines, plan, [c for c in new_codes if c in good])
    _tell(world, lines)
    world.bad_units |= {codes[i] for i in table.bad if codes[i] and codes[i] not in good}
    world.units = dict(units)


def _tell(world: World, lines: Lines) -> None:
    """What the other sheets must know: when units exist, and on which shelf."""
    for unit, line in lines.by_unit.items():
        world.unit_life[unit] = sorted((v.lower, v.upper) for v in line)
        if line:
            world.unit_shelf[unit] = line[-1].content[-1]
            world.unit_kind[unit] = line[-1].content[1]


def _kinds(world: World, table: Table) -> list[tuple[str, str, str]]:
    """Kind, local type, shelf; a "thành phố" is a province or a district by what stands above it."""
    by_code: dict[str, tuple[str, ...]] = {
        c: k[0] for c, k in zip(table["code"], table["kind"], strict=True) if c and k
    }
    found = []
    for kind, parent in zip(table["kind"], table["parent"], strict=True):
        names, local, shelf = kind or (("",), "", "nha_nuoc")
        chosen = names[0]
        if len(names) > 1 and "huyện" in names and parent:
            known = world.units.get(parent)
            above = by_code.get(parent) or (world.unit_kind.get(known, "") if known is not None else "",)
            chosen = "huyện" if "tỉnh" in above else next((n for n in names if n != "huyện"), names[0])
        found.append((chosen, local, shelf))
    return found


def _recorded(units: list[int]) -> dict[int, list[Version]]:
    lines: dict[int, list[Version]] = defaultdict(list)
    if not units:
        return lines
    for row in read(
        "SELECT unit_id, id, since, lower(in_force), coalesce(upper(in_force), '9999-12-31'), "
        f"opened_by_id, closed_by_id, {', '.join(CONTENT)} FROM {TABLE} "
        "WHERE voided_on IS NULL AND unit_id = ANY(%s::bigint[]) ORDER BY unit_id, in_force",
        [units],
    ):
        version = Version(row[1], row[2], row[3], row[4], tuple(row[7:]), row[5], closing_paper=row[6])
        lines[row[0]].append(version)
    return lines


def _insert(lines: Lines, plan: Plan, fresh: list[str]) -> None:
    table = lines.table
    for writes in lines.writes.values():
        for write in writes:
            if isinstance(write, Close):
                plan.closes.append(write)
            elif isinstance(write, Void):
                plan.voids.append(write)
            else:
                plan.fills.append(write)
    ids = [lines.units[c] for c in fresh]
    plan.new_units.update(ids)
    if fresh:
        names = [lines.by_unit[u][-1].content[0] for u in ids]
        plan.inserts.append(
            Inserts(
                "organisation_unit",
                {
                    "id": ids,
                    "code": fresh,
                    "name": names,
                    "sort_key": [text_key(n)[:600] for n in names],
                    "search_text": [search_text(n, c) for n, c in zip(names, fresh, strict=True)],
                },
            )
        )
    versions = [(u, v) for u, line in lines.by_unit.items() for v in line if v.row is not None]
    if versions:
        columns: dict[str, list] = {"unit_id": [u for u, _ in versions]}
        for at, name in enumerate(CONTENT):
            columns[name] = [v.content[at] for _, v in versions]
        columns["in_force"] = [(v.lower, v.upper) for _, v in versions]
        columns["since"] = [v.since for _, v in versions]
        columns["since_precision"] = [v.precision for _, v in versions]
        columns["opened_by_id"] = [v.paper for _, v in versions]
        columns["closed_by_id"] = [None] * len(versions)
        columns["historical"] = [v.paper is None for _, v in versions]
        columns["note"] = [table["note"][v.row] or "" for _, v in versions if v.row is not None]
        plan.inserts.append(Inserts(TABLE, columns))
    touched = {u for u, _ in versions} | {lines.units[table["code"][i]] for i in lines.writes}
    plan.units_changed |= touched
