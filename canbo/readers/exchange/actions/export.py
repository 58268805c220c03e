"""Taking data out as the workbook that can be loaded again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import xlsxwriter
from django.db import connection, transaction

from canbo.facts.organisation.models import Unit
from canbo.facts.organisation.queries import acting_day, reaches, subtree_ids
from canbo.foundation.audit.actions import record
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.dates import format_date
from canbo.foundation.kernel.violation import OutOfScope
from canbo.foundation.runtime.statements import read

from ..choices import EXPORT
from ..loader.checking import Progress
from ..sheet_sql import Cell, SheetQuery, queries

CHUNK = 5000


@dataclass(frozen=True)
class Extent:
    """Whose data: units and people by id, None for all; and the day, None for everything with its history."""

    units: list[int] | None
    people: list[int] | None
    day: dt.date | None


def export_book(
    actor: Actor, *, path: Path, under: Unit | None = None, on: dt.date | None = None, progress: Progress | None = None
) -> dict[str, int]:
    """Writes the workbook of what is in force on a day, or of everything with its history.

    Columns are the contract's; loaded again it changes nothing. Taken are the units under ``under`` (and, for an
    actor who does not reach everywhere, under her own) on the tree of ``on`` and of today, the people found there
    today, and the facts of those people in those units. The superior of the topmost unit is named, not included.
    A fact that went on under one first day is written once, with its newest content; closed facts carry their last
    day and how they ended.

    Args:
        path: the .xlsx to write.
        under: only this unit and what lies under it.
        on: only what is in force on this day.
        progress: told the sheet at work and the share done.

    Returns:
        Rows by sheet.

    Raises:
        OutOfScope: the actor may not take out what lies under that unit.
    """
    actor.require(EXPORT)
    tell = progress or (lambda _what, _share: None)
    with _one_moment():
        extent = _extent(actor, under, on)
        papers = _Papers()
        everything = extent.units is None and on is None
        with xlsxwriter.Workbook(str(path), _OPTIONS) as out:
            counts = _write(out, extent, papers, everything, tell)
    # In a transaction of its own: within the snapshot, a line that somebody else added meanwhile would refuse this one.
    record(actor, "exchange.book.export", data={"under": under, "on": on})
    return counts


_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


@contextmanager
def _one_moment() -> Iterator[None]:
    """All sheets speak of one moment, whatever others write meanwhile; only the caller's own transaction is as it is."""
    with transaction.atomic(), connection.cursor() as cursor:
        if not connection.savepoint_ids:  # the outermost transaction, where the level can still be chosen
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


def _extent(actor: Actor, under: Unit | None, on: dt.date | None) -> Extent:
    reach = actor.require(EXPORT)
    today = acting_day()
    if under is not None and not any(reaches(reach, under.pk, day) for day in {today, on or today}):
        raise OutOfScope(f"đơn vị có mã {under.code}")
    if under is None and reach.everywhere:
        return Extent(None, None, on)
    tops = [under.pk] if under is not None else sorted(reach.units)
    units = set(tops)
    for day in {today, on or today}:
        units |= set(subtree_ids(tops, day))
    if not reach.everywhere:
        units &= set(reach.units) | set(subtree_ids(reach.units, today)) | set(subtree_ids(reach.units, on or today))
    people = [
        row[0]
        for row in read(
            "SELECT id FROM people_person WHERE work_unit_id = ANY(%s::bigint[]) OR party_unit_id = ANY(%s::bigint[])",
            [list(units)] * 2,
        )
    ]
    return Extent(sorted(units), people, on)


class _Papers:
    """Decisions as the contract refers to them; remembers which were referred to."""

    def __init__(self) -> None:
        self.used: set[int] = set()
        self.names: dict[int, str] = {}
        rows = read("SELECT id, number, issued_on, count(*) OVER (PARTITION BY number_key) FROM decisions_decision "
                       "WHERE annulled_on IS NULL")  # fmt: skip
        for ref, number, issued, alike in rows:
            self.names[ref] = number if alike == 1 else f"{number} ngày {format_date(issued)}"

    def __call__(self, values: tuple[Any, ...]) -> Cell:
        ref = values[0]
        if ref is None or ref not in self.names:
            return None
        self.used.add(ref)
        return self.names[ref]


def _write(
    out: xlsxwriter.Workbook, extent: Extent, papers: _Papers, everything: bool, tell: Progress
) -> dict[str, int]:
    look = {
        "head": out.add_format({"bold": True, "bg_color": "#E8EEF2", "border": 1, "text_wrap": True}),
        "text": out.add_format({"num_format": "@"}),
        "day": out.add_format({"num_format": "dd/mm/yyyy"}),
    }
    wanted = queries(papers, all_papers=everything)
    pages = [(query, out.add_worksheet(query.spec.name)) for query in wanted]
    # the sheet of decisions comes last, when it is known which ones the others refer to
    pages.sort(key=lambda pair: pair[0].spec.name == "Quyết định")
    counts: dict[str, int] = {}
    for at, (query, page) in enumerate(pages):
        tell(f"Trang {query.spec.name}", at / len(pages))
        counts[query.spec.name] = _sheet(page, query, look, extent, papers, tell, at / len(pages))
    return {query.spec.name: counts[query.spec.name] for query in wanted}


def _sheet(
    page: Any, query: SheetQuery, look: dict[str, Any], extent: Extent, papers: _Papers, tell: Progress, share: float
) -> int:
    page.freeze_panes(1, 1)
    page.set_column(0, len(query.spec.columns) - 1, 18)
    for at, column in enumerate(query.spec.columns):
        page.write_string(0, at, f"{column.header}*" if column.required else column.header, look["head"])
    line = 0
    text, day = look["text"], look["day"]
    for row in _stream(query.sql, extent, papers):
        line += 1
        for at, cell in enumerate(query.cells(row)):
            if cell is None:
                continue
            if isinstance(cell, str):
                page.write_string(line, at, cell, text)
            elif isinstance(cell, dt.date):
                page.write_datetime(line, at, dt.datetime(cell.year, cell.month, cell.day), day)
            else:
                page.write_number(line, at, cell)
        if line % CHUNK == 0:
            tell(f"Trang {query.spec.name}", share)
    return line


def _stream(sql: str, extent: Extent, papers: _Papers) -> Iterator[tuple[Any, ...]]:
    """Rows as they come: hundreds of thousands never stand in memory at once."""
    values = {"day": extent.day, "units": extent.units, "people": extent.people, "papers": sorted(papers.used)}
    connection.ensure_connection()
    with connection.connection.cursor(name="canbo_export") as cursor:
        cursor.itersize = CHUNK
        cursor.execute(sql, values)
        yield from cursor
