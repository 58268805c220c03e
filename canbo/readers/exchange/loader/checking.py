"""From a Book to what it would do: every fault at once, and the plan of what the clean rows write."""

from __future__ import annotations

from collections.abc import Callable

from canbo.foundation.papers.symbol import symbol_key

from ..book import Book
from ..faults import Fault, Findings, SheetCount
from .aftermath import end_by_death, refuse_occupied
from .cleaning import Table, clean_sheet
from .facts import plan_sheet
from .factspecs import FACTS
from .ledger import plan_decisions, plan_lineage
from .people import plan_people
from .places import add_places
from .plan import Plan, Terms
from .sheets import BY_NAME
from .units import plan_units
from .world import Ids, World

Progress = Callable[[str, float], None]


def check(
    book: Book,
    terms: Terms,
    *,
    form_faults: list[Fault] | None = None,
    writing: bool = False,
    progress: Progress | None = None,
) -> tuple[Findings, Plan]:
    """Checks a book against the records and decides what its clean rows write. Writes nothing.

    Args:
        book: the sheets.
        terms: day, history, name of the file.
        form_faults: faults the reader found in the file's form.
        writing: draw real row numbers, because the plan is about to be written.
        progress: told the sheet at work and the share done, 0 to 1.

    Returns:
        Counts and faults by sheet, and the plan.
    """
    findings = Findings(faults=list(form_faults or []))
    tables = {name: clean_sheet(sheet, BY_NAME[name], findings.faults) for name, sheet in book.items()}
    _set_aside(tables, form_faults or [])
    ids = Ids(writing)
    while True:
        kept = {name: set(table.bad) for name, table in tables.items()}
        cleaned = len(findings.faults)
        plan, late = _attempt(tables, ids, terms, findings, progress or (lambda _what, _share: None))
        if not late:
            break
        # rows that only all sheets together show to be faulty: set aside, and everything is looked at again without them
        findings.faults[cleaned:] = late
        findings.remarks.clear()
        for name, table in tables.items():
            table.bad = kept[name] | {f.row - table.sheet.first_row for f in late if f.sheet == name}
            table.count = SheetCount(rows=table.count.rows)
    add_places(plan, terms.today)
    for name in book:
        table = tables[name]
        table.count.faults = len(table.bad)
        findings.counts[name] = table.count
    order = {name: at for at, name in enumerate(BY_NAME)}
    findings.faults.sort(key=lambda f: (order.get(f.sheet, -1), f.row))
    return findings, plan


def _attempt(
    tables: dict[str, Table], ids: Ids, terms: Terms, findings: Findings, tell: Progress
) -> tuple[Plan, list[Fault]]:
    """One pass over all sheets: the plan, and the faults that showed only at its end."""
    plan, world = Plan(), _world(tables, ids)
    steps: list[tuple[str, Callable[[Table], None]]] = [
        ("Quyết định", lambda t: plan_decisions(world, t, plan)),
        ("Đơn vị", lambda t: plan_units(world, t, plan, terms)),
        ("Quan hệ đơn vị", lambda t: plan_lineage(world, t, plan, terms)),
        ("Hồ sơ", lambda t: plan_people(world, t, plan, terms)),
        *((spec.sheet, lambda t, s=spec: plan_sheet(world, t, s, plan, terms)) for spec in FACTS),
    ]
    for done, (name, step) in enumerate(steps):
        if name in tables:
            tell(name, done / len(steps))
            step(tables[name])
    known = len(findings.faults)
    end_by_death(world, tables.get("Hồ sơ"), plan, findings.remarks)
    refuse_occupied(world, tables.get("Đơn vị"), plan)
    return plan, findings.faults[known:]


def _set_aside(tables: dict[str, Table], faults: list[Fault]) -> None:
    """Rows with merged cells or formulas cannot be trusted; a sheet without a required column has no clean row."""
    for fault in faults:
        table = tables.get(fault.sheet)
        if table is None or not fault.row:
            continue
        if fault.row >= table.sheet.first_row:
            table.bad.add(fault.row - table.sheet.first_row)
        elif fault.column in table.missing:
            table.bad.update(i for i in range(table.size) if i not in table.blank)


def _world(tables: dict[str, Table], ids: Ids) -> World:
    world = World(ids)
    world.read_units()
    people: set[str] = set()
    papers: set[str] = set()
    for table in tables.values():
        for name in ("person", "subject"):
            people.update(c for c in table.columns.get(name, ()) if c)
        for name in ("decision", "closing_decision"):
            papers.update(symbol_key(c.partition(" ngày ")[0]) for c in set(table.columns.get(name, ())) if c)
    known = set(tables["Hồ sơ"]["code"]) if "Hồ sơ" in tables else set()
    world.read_people(people | {c for c in known if c})
    world.read_decisions(papers)
    return world
