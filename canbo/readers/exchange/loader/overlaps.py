"""No two facts at once where there may be only one: among the rows of the file, and with those recorded."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

from canbo.foundation.kernel.dates import format_date
from canbo.foundation.runtime.statements import read

from .cleaning import Table
from .comparison import Comparison
from .factspecs import FactSpec
from .plan import Close, Void
from .references import References
from .world import FAR, World

Interval = tuple[dt.date, dt.date, int | None, str]  # first, after, index in the sheet (None: recorded), where


def refuse_overlaps(world: World, rows: Comparison) -> None:
    """Notes every row about to be written that shares a day with another of its kind."""
    table, spec, refs = rows.table, rows.spec, rows.refs
    writing = rows.writing
    groups = _groups(table, spec, refs, writing)
    recorded = _recorded(world, rows)
    intervals: dict[tuple, list[Interval]] = defaultdict(list)
    for index, key in zip(writing, groups, strict=True):
        where = table.cell("unit", index)
        intervals[key].append((rows.start(index), rows.span.upper[index], index, where))
    for key, group in intervals.items():
        group += recorded.get(key, [])
        if len(group) > 1:
            _check(table, spec, group)


def _groups(table: Table, spec: FactSpec, refs: References, writing: list[int]) -> list[tuple]:
    assert spec.overlap is not None  # noqa: S101
    columns: list[list] = []
    by_column = {name: (part, at) for part in spec.key for at, name in enumerate(part.columns)}
    for name in spec.overlap:
        if name == "person_id":
            columns.append([refs.person[i] for i in writing])
        elif name == "unit_id":
            columns.append([refs.unit[i] for i in writing])
        else:
            part, at = by_column[name]
            cells = table[part.field]
            values = [part.split(cells[i])[at] if i not in table.bad else None for i in writing]
            # baselines are figures to compare with: several may stand side by side
            columns.append([(True, i) if name == "baseline" and v else v for i, v in zip(writing, values, strict=True)])
    return list(zip(*columns, strict=True))


def _recorded(world: World, rows: Comparison) -> dict[tuple, list[Interval]]:
    """What stands already, as the rows of the file leave it."""
    spec, refs = rows.spec, rows.refs
    assert spec.overlap is not None  # noqa: S101
    subject, refs_of = ("person_id", refs.person) if "person" in spec.subjects else ("unit_id", refs.unit)
    known = world.known_people if subject == "person_id" else None
    wanted = sorted({r for r in refs_of if r is not None and r > 0 and (known is None or r in known)})
    if not wanted:
        return {}
    gone = {w.id for w in rows.standing() if isinstance(w, Void)}
    closed = {w.id: w.upper for w in rows.standing() if isinstance(w, Close)}
    unit = "unit_id" if "unit" in spec.subjects else "NULL"
    found: dict[tuple, list[Interval]] = defaultdict(list)
    codes = {ref: code for code, ref in world.units.items()}
    sql = (
        f"SELECT id, lower(in_force), coalesce(upper(in_force), '9999-12-31'), {unit}, {', '.join(spec.overlap)} "
        f"FROM {spec.table} WHERE voided_on IS NULL AND {subject} = ANY(%s::bigint[])"
    )
    for ref, lower, upper, where, *key in read(sql, [wanted]):
        if ref not in gone:
            upper = min(upper, closed.get(ref, FAR))
            if upper > lower:
                found[tuple(key)].append((lower, upper, None, codes.get(where, "")))
    return found


def _check(table: Table, spec: FactSpec, rows: list[Interval]) -> None:
    """What is recorded stands; each new row must be free of it and of the new rows kept before it."""
    kept = [row for row in rows if row[2] is None]
    for new in sorted((row for row in rows if row[2] is not None), key=lambda row: (row[0], row[2])):
        other = next((row for row in kept if row[0] < new[1] and new[0] < row[1]), None)
        if other is None:
            kept.append(new)
        elif new[2] is not None and new[2] not in table.bad:
            table.fault(
                new[2], "since", _message(table, spec, new, other), "Ghi Đến ngày cho dòng trước, hoặc sửa Từ ngày."
            )


def _message(table: Table, spec: FactSpec, new: Interval, other: Interval) -> str:
    place = f" tại {other[3]}" if other[3] else ""
    until = "đến nay" if other[1] == FAR else f"đến {format_date(other[1] - dt.timedelta(days=1))}"
    source = f"dòng {table.row(other[2])}" if other[2] is not None else "trong hệ thống"
    return f"trùng thời gian với {spec.whose}{place} từ {format_date(other[0])} {until} ({source})."
