"""From recorded facts to the cells of the contract: one statement per sheet, and how each of its columns is written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from canbo.foundation.kernel.dates import DAY, format_date

from .loader.factspecs import FACTS, FactSpec
from .loader.people import PARTS
from .loader.sheets import BADGES, BY_NAME, CARDS, ENTRIES, EXITS, OPERATIONS, POSITION_GROUPS
from .loader.spec import Column, SheetSpec

Cell = str | float | dt.date | None
Render = Callable[[tuple[Any, ...]], Cell]
ONE_DAY = dt.timedelta(days=1)
FIRST_EXCEL_DAY = dt.date(1900, 3, 1)
"""Excel's calendar is wrong before this day: earlier ones are written as text."""


@dataclass
class SheetQuery:
    """What fills a sheet.

    Args:
        spec: the sheet.
        sql: selects the values, with ``%(day)s``, ``%(units)s`` and ``%(people)s`` as parameters.
        renders: per column, where its values begin in a row, how many there are, and how they are written.
    """

    spec: SheetSpec
    sql: str
    renders: list[tuple[int, int, Render]] = field(default_factory=list)

    def cells(self, row: tuple[Any, ...]) -> list[Cell]:
        """One row of the sheet."""
        return [render(row[at : at + width]) for at, width, render in self.renders]


def plain(values: tuple[Any, ...]) -> Cell:
    """A text, a number or a whole date as it is."""
    value = values[0]
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, dt.date):
        return date_cell((value, DAY))
    return value if value != "" else None


def date_cell(values: tuple[Any, ...]) -> Cell:
    """A date: a real one where the day is known, else ``05/1985`` or ``1985``."""
    day, precision = values
    if day is None:
        return None
    if (precision or DAY) == DAY and day >= FIRST_EXCEL_DAY:
        return day
    return format_date(day, precision or DAY)


def last_day(values: tuple[Any, ...]) -> Cell:
    """The last day in force, from the day after it."""
    return date_cell((values[0] - ONE_DAY, DAY)) if values[0] else None


def mark(values: tuple[Any, ...]) -> Cell:
    """``x`` or nothing."""
    return "x" if values[0] else None


def joined(values: tuple[Any, ...]) -> Cell:
    """Several acts of one decision."""
    return ", ".join(values[0]) or None


def word(words: Mapping[str, Any]) -> Render:
    """The first of the words that stand for a stored value."""
    back: dict[Any, str] = {}
    for text, value in words.items():
        back.setdefault(value, text)
    return lambda values: back.get(values[0], values[0] or None)


def nothing(values: tuple[Any, ...]) -> Cell:
    """An empty cell."""
    return None


_WORDS = {
    ("Đảng viên", "entry"): word(ENTRIES),
    ("Đảng viên", "closing_act"): word(EXITS),
    ("Thẻ đảng", "form"): word(CARDS),
    ("Huy hiệu Đảng", "form"): word(BADGES),
    ("Quan hệ đơn vị", "operation"): word(OPERATIONS),
    ("Vị trí việc làm", "group"): word(POSITION_GROUPS),
    ("Hồ sơ", "sex"): word({"Nam": "nam", "Nữ": "nu"}),
    ("Huy hiệu Đảng", "years"): lambda values: str(values[0]),
}


class _Builder:
    """Collects the select list of one sheet."""

    def __init__(self, spec: SheetSpec, paper: Callable[[tuple[Any, ...]], Cell]):
        self.spec, self.paper = spec, paper
        self.select: list[str] = []
        self.renders: list[tuple[int, int, Render]] = []

    def add(self, column: Column, expressions: tuple[str, ...], render: Render) -> None:
        self.renders.append((len(self.select), len(expressions), _WORDS.get((self.spec.name, column.field), render)))
        self.select += expressions

    def common(self, column: Column, dated: bool) -> bool:
        """Columns that every sheet of facts writes alike."""
        known: dict[str, tuple[tuple[str, ...], Render]] = {
            "since": (("t.since", "t.since_precision"), date_cell),
            "until": (("upper(t.in_force)",), last_day),
            "on": (('t."on"', "t.on_precision"), date_cell),
            "decision": (("t.opened_by_id",), self.paper),
            "closing_decision": (("t.closed_by_id",), self.paper),
            "closing_act": (("t.closing_act",), plain),
            "note": (("t.note",), plain),
            "person": (("p.code",), plain),
            "unit": (("u.code",), plain),
            "subject": (("coalesce(p.code, u.code)",), plain),
            "fix": ((), nothing),
            "apply_on": ((), nothing),
            "acts": (("t.acts",), joined),
            "concurrent": (("t.concurrent",), mark),
            "baseline": (("t.baseline",), mark),
        }
        if column.field not in known:
            return False
        self.add(column, *known[column.field])
        return True


def queries(paper: Callable[[tuple[Any, ...]], Cell], *, all_papers: bool) -> list[SheetQuery]:
    """Every sheet, in the order of the contract.

    A fact that went on as several rows of one ``since`` is written once, with its newest content: the workbook has no
    way of saying when a part of the content changed, and a second row of the same key would be refused.

    Args:
        paper: writes a decision's row number as the contract refers to it.
        all_papers: every decision, not only those the other sheets refer to.
    """
    built = {"Đơn vị": _units(paper), "Quan hệ đơn vị": _lineage(paper), "Quyết định": _papers(all_papers)}
    built["Hồ sơ"] = _people()
    built |= {spec.sheet: _facts(spec, paper) for spec in FACTS}
    return [built[name] for name in BY_NAME]


_DATED = "t.voided_on IS NULL AND (%(day)s::date IS NULL OR t.in_force @> %(day)s::date)"
_EVENT = 't.voided_on IS NULL AND (%(day)s::date IS NULL OR t."on" <= %(day)s::date)'
_UNITS = "(%(units)s::bigint[] IS NULL OR {} = ANY(%(units)s::bigint[]))"
_PEOPLE = "(%(people)s::bigint[] IS NULL OR {} = ANY(%(people)s::bigint[]))"


def _facts(spec: FactSpec, paper: Callable[[tuple[Any, ...]], Cell]) -> SheetQuery:
    sheet = BY_NAME[spec.sheet]
    build = _Builder(sheet, paper)
    parts = {part.field: part for part in (*spec.key, *spec.content) if part.columns != ("title_key",)}
    for column in sheet.columns:
        part = parts.get(column.field)
        if part is not None and part.columns[-1].endswith("_precision"):
            build.add(column, tuple(f't."{c}"' for c in part.columns), date_cell)
        elif not build.common(column, spec.dated) and part is not None:
            build.add(column, (f't."{part.columns[0]}"',), plain)
    has_person = "person" in spec.subjects or spec.subjects == ("either",)
    has_unit = "unit" in spec.subjects or spec.subjects == ("either",)
    joins = " LEFT JOIN people_person p ON p.id = t.person_id" if has_person else ""
    joins += " LEFT JOIN organisation_unit u ON u.id = t.unit_id" if has_unit else ""
    where = [_DATED if spec.dated else _EVENT]
    if spec.subjects == ("either",):
        where.append(f"(t.person_id IS NULL OR {_PEOPLE.format('t.person_id')})")
        where.append(f"(t.unit_id IS NULL OR {_UNITS.format('t.unit_id')})")
    else:
        where += [_PEOPLE.format("t.person_id")] if has_person else []
        where += [_UNITS.format("t.unit_id")] if has_unit else []
    subject = [*(["p.code"] if has_person else []), *(["u.code"] if has_unit else [])]
    key = [f't."{c}"' for c in spec.key_columns]
    undated = spec.table == "organisation_target"
    same = [*subject, *key, *([] if undated else ["t.since"] if spec.dated else ['t."on"'])]
    newest = "lower(t.in_force) DESC" if spec.dated else "t.id DESC"
    sql = (
        f"SELECT DISTINCT ON ({', '.join(same)}) {', '.join(build.select)} FROM {spec.table} t{joins} "  # noqa: S608
        f"WHERE {' AND '.join(where)} ORDER BY {', '.join(same)}, {newest}"
    )
    return SheetQuery(sheet, sql, build.renders)


def _units(paper: Callable[[tuple[Any, ...]], Cell]) -> SheetQuery:
    sheet = BY_NAME["Đơn vị"]
    build = _Builder(sheet, paper)
    for column in sheet.columns:
        if column.field == "code":
            build.add(column, ("u.code",), plain)
        elif column.field == "kind":
            build.add(column, ("coalesce(nullif(t.local_type, ''), t.kind)",), plain)
        elif column.field == "parent":
            build.add(column, ("a.code",), plain)
        elif not build.common(column, True):
            build.add(column, (f"t.{column.field}",), plain)
    sql = (
        f"SELECT DISTINCT ON (u.code, t.since) {', '.join(build.select)} FROM organisation_unitversion t "  # noqa: S608
        "JOIN organisation_unit u ON u.id = t.unit_id LEFT JOIN organisation_unit a ON a.id = t.parent_id "
        f"WHERE {_DATED} AND {_UNITS.format('t.unit_id')} ORDER BY u.code, t.since, lower(t.in_force) DESC"
    )
    return SheetQuery(sheet, sql, build.renders)


def _lineage(paper: Callable[[tuple[Any, ...]], Cell]) -> SheetQuery:
    sheet = BY_NAME["Quan hệ đơn vị"]
    build = _Builder(sheet, paper)
    for column in sheet.columns:
        if column.field in ("old", "new"):
            build.add(column, (f"{column.field}_unit.code",), plain)
        elif not build.common(column, False):
            build.add(column, (f"t.{column.field}",), plain)
    sql = (
        f"SELECT {', '.join(build.select)} FROM organisation_unitlineage t "  # noqa: S608
        "JOIN organisation_unit old_unit ON old_unit.id = t.old_id "
        "JOIN organisation_unit new_unit ON new_unit.id = t.new_id "
        f"WHERE {_EVENT} AND {_UNITS.format('t.old_id')} AND {_UNITS.format('t.new_id')} "
        'ORDER BY t."on", old_unit.code, new_unit.code'
    )
    return SheetQuery(sheet, sql, build.renders)


def _papers(all_papers: bool) -> SheetQuery:
    sheet = BY_NAME["Quyết định"]
    build = _Builder(sheet, nothing)
    for column in sheet.columns:
        if column.field in ("fix", "note"):
            build.add(column, (), nothing)
        else:
            build.add(column, (f"t.{column.field}",), plain)
    where = "" if all_papers else " AND t.id = ANY(%(papers)s::bigint[])"
    sql = (
        f"SELECT {', '.join(build.select)} FROM decisions_decision t WHERE t.annulled_on IS NULL{where} "  # noqa: S608
        "ORDER BY t.issued_on, t.number_key, t.issuer_key, t.id"
    )
    return SheetQuery(sheet, sql, build.renders)


def _people() -> SheetQuery:
    sheet = BY_NAME["Hồ sơ"]
    build = _Builder(sheet, nothing)
    parts = {part.field: part for part in PARTS}
    for column in sheet.columns:
        part = parts.get(column.field)
        if column.field in ("code", "citizen_id"):
            build.add(column, (f"p.{column.field}",), plain)
        elif part is not None and part.columns[-1].endswith("_precision"):
            build.add(column, tuple(f"t.{c}" for c in part.columns), date_cell)
        elif part is not None:
            build.add(column, (f't."{part.columns[0]}"',), plain)
        else:
            build.common(column, True)
    sql = (
        f"SELECT {', '.join(build.select)} FROM people_personrecord t JOIN people_person p ON p.id = t.person_id "  # noqa: S608
        "WHERE t.voided_on IS NULL AND (CASE WHEN %(day)s::date IS NULL THEN upper_inf(t.in_force) "
        f"ELSE t.in_force @> %(day)s::date END) AND {_PEOPLE.format('t.person_id')} ORDER BY p.code"
    )
    return SheetQuery(sheet, sql, build.renders)
