"""Comparing a sheet of facts with what is recorded, and deciding what each row does.

A row whose key is unknown opens a fact. A known row with the same content does nothing. With other content it closes the
fact and opens the next one from the day of loading, or, marked "Sửa sai", voids the wrong row and writes it anew.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from canbo.foundation.kernel.dates import format_date

from .cleaning import Table, refuse_repeats
from .factspecs import FactSpec
from .overlaps import refuse_overlaps
from .periods import Periods, event_days, periods
from .plan import Close, Fill, Inserts, Plan, Terms, Void
from .references import References, references
from .world import FAR, World, rows_of


@dataclass(frozen=True)
class Recorded:
    """A standing row as the database holds it."""

    id: int
    lower: dt.date
    upper: dt.date
    closing_act: str
    opened_by: int | None
    content: tuple


def plan_sheet(world: World, table: Table, spec: FactSpec, plan: Plan, terms: Terms) -> None:
    """Decides what every row of a sheet does; faults go to the table, writes to the plan."""
    refs = references(world, table, spec)
    span = periods(world, table, refs, spec) if spec.dated else event_days(table, spec)
    keys = _keys(table, spec, refs, span)
    refuse_repeats(table, keys)
    recorded = _recorded(spec, refs, world)
    fresh: list[int] = []
    reopened: list[tuple[int, dt.date]] = []
    gone: set[int] = set()
    closed: dict[int, dt.date] = {}
    for index in table.good():
        known = recorded.get(keys[index])
        if known is None:
            if _papers(table, refs, index, terms):
                fresh.append(index)
            continue
        _compare(table, spec, refs, span, index, known, terms, plan, fresh, reopened, gone, closed)
    starts = {index: day for index, day in reopened}
    writing = sorted([*fresh, *starts])
    if spec.overlap:
        refuse_overlaps(world, table, spec, refs, span, starts, writing, gone, closed)
    _refuse_outside_unit(world, table, spec, refs, span, starts, writing)
    table.count.new += sum(1 for i in fresh if i not in table.bad and keys[i] not in recorded)
    _settle(table, spec, plan, keys, recorded)
    rows = [i for i in writing if i not in table.bad]
    if rows:
        plan.inserts.append(_inserts(table, spec, refs, span, starts, rows, terms, world))
        plan.people_touched.update(p for i in rows if (p := refs.person[i]) is not None)


def _keys(table: Table, spec: FactSpec, refs: References, span: Periods) -> list:
    parts: list[list] = []
    for part in spec.key:
        column = table[part.field]
        memo = {
            value: part.split(value) if value is not None or part.field in ("baseline", "breakdown") else None
            for value in set(column)
        }
        parts.append([memo[value] for value in column])
    dated = [] if spec.table in ("people_grade", "party_badge", "organisation_target") else [span.lower]
    return list(zip(refs.person, refs.unit, *dated, *parts, strict=True))


def _recorded(spec: FactSpec, refs: References, world: World) -> dict[object, Recorded]:
    people = sorted({p for p in refs.person if p in world.known_people})
    units = sorted({u for u in refs.unit if u is not None and u > 0})
    if spec.subjects[0] == "unit":
        where, parameters = "unit_id = ANY(%s)", [units]
    elif spec.subjects[0] == "either":
        where, parameters = "(person_id = ANY(%s) OR unit_id = ANY(%s))", [people, units]
    else:
        where, parameters = "person_id = ANY(%s)", [people]
    if not any(parameters):
        return {}
    both = {"person": "person_id, NULL", "unit": "NULL, unit_id", "either": "person_id, unit_id"}
    subject = "person_id, unit_id" if spec.subjects == ("person", "unit") else both[spec.subjects[0]]
    if spec.dated:
        time = "since, lower(in_force), coalesce(upper(in_force), '9999-12-31'), "
        time += "closing_act" if spec.closing_act else "''"
    else:
        time = '"on", "on", NULL, \'\''
    columns = ", ".join(f'"{c}"' for c in (*spec.key_columns, *spec.content_columns))
    sql = (
        f"SELECT id, opened_by_id, {subject}, {time}{', ' + columns if columns else ''} FROM {spec.table} "
        f"WHERE voided_on IS NULL AND {where} ORDER BY {'lower(in_force)' if spec.dated else 'id'}"
    )
    undated = spec.table in ("people_grade", "party_badge", "organisation_target")
    found: dict[object, Recorded] = {}
    for row in rows_of(sql, parameters):
        ref, opened, person, unit, since, lower, upper, act = row[:8]
        at, parts = 8, []
        for part in spec.key:
            parts.append(tuple(row[at : at + len(part.columns)]))
            at += len(part.columns)
        key = (person, unit, *([] if undated else [since]), *parts)
        found[key] = Recorded(ref, lower, upper or FAR, act or "", opened, tuple(row[at:]))
    return found


def _papers(table: Table, refs: References, index: int, terms: Terms) -> bool:
    """A new or changed fact needs its decision, unless the file is history without papers."""
    if refs.decision[index] is None and not terms.historical:
        table.fault(
            index,
            "decision",
            "chưa ghi số quyết định làm căn cứ.",
            "Ghi số quyết định, hoặc nạp tệp dưới dạng số liệu lịch sử nếu không còn văn bản.",
        )
        return False
    return True


def _content(table: Table, spec: FactSpec, index: int, known: Recorded) -> tuple:
    """The row's content, with fields an empty cell says nothing about taken from the record."""
    values: list = []
    for part in spec.content:
        cell = table[part.field][index]
        at = len(values)
        if cell is None and part.field in spec.carried:
            values += known.content[at : at + len(part.columns)]
        else:
            values += part.split(cell)
    return tuple(values)


def _compare(
    table: Table,
    spec: FactSpec,
    refs: References,
    span: Periods,
    index: int,
    known: Recorded,
    terms: Terms,
    plan: Plan,
    fresh: list[int],
    reopened: list[tuple[int, dt.date]],
    gone: set[int],
    closed: dict[int, dt.date],
) -> None:
    content = _content(table, spec, index, known)
    decision = refs.decision[index]
    new_paper = decision is not None and decision != known.opened_by
    changed = {c: v for c, v, old in zip(spec.content_columns, content, known.content, strict=True) if v != old}
    upper = span.upper[index] if spec.dated else FAR
    act = table["closing_act"][index] or "" if spec.closing_act else ""
    act = act if isinstance(act, str) else ", ".join(act)
    same_end = not spec.dated or (upper == known.upper and (act == known.closing_act or not act))
    only_fills = all(
        c in spec.fillable and (old is None or old == "")
        for c, old in zip(spec.content_columns, known.content, strict=True)
        if c in changed
    ) and (not new_paper or known.opened_by is None)
    if not changed and same_end and not new_paper:
        table.count.same += 1
        return
    if table["fix"][index]:
        if not table["note"][index]:
            table.fault(index, "note", "dòng sửa sai chưa có lý do.", "Ghi lý do sửa vào Ghi chú.")
        elif _papers(table, refs, index, terms):
            plan.voids.append(Void(spec.table, known.id, table["note"][index]))
            gone.add(known.id)
            fresh.append(index)
            table.count.changed += 1
        return
    if spec.dated and known.upper != FAR and not (same_end and only_fills):
        table.fault(
            index,
            "until" if changed == {} else "",
            f"{spec.whose} này đã kết thúc ngày {format_date(known.upper - dt.timedelta(days=1))}, tệp ghi khác.",
            "Nếu sổ ghi sai, ghi x vào cột Sửa sai và lý do vào Ghi chú; nếu tệp cũ, xóa dòng này.",
        )
        return
    if changed or new_paper:
        if only_fills:
            fills = [*changed.items(), *([("opened_by_id", decision)] if new_paper else [])]
            plan.fills.append(Fill(spec.table, known.id, tuple(fills)))
        elif not _papers(table, refs, index, terms):
            return
        elif not spec.dated or known.lower >= terms.today:
            plan.voids.append(Void(spec.table, known.id, f"Thay bằng số liệu của tệp {terms.source}"))
            gone.add(known.id)
            if spec.dated:
                reopened.append((index, known.lower))
            else:
                fresh.append(index)
        elif upper <= terms.today:
            table.fault(
                index,
                "",
                f"nội dung {spec.whose} đã đổi mà dòng kết thúc trước ngày nạp, không rõ đổi từ ngày nào.",
                "Ghi x vào cột Sửa sai và lý do vào Ghi chú.",
            )
            return
        else:
            plan.closes.append(Close(spec.table, known.id, terms.today, decision, "" if spec.closing_act else None))
            closed[known.id] = terms.today
            reopened.append((index, terms.today))
        table.count.changed += 1
        if reopened and reopened[-1][0] == index:
            return
    else:
        table.count.changed += 1
    if spec.dated and not same_end and known.id not in gone:
        plan.closes.append(Close(spec.table, known.id, upper, refs.closing[index], act if spec.closing_act else None))
        closed[known.id] = upper
        if (person := refs.person[index]) is not None:
            plan.people_touched.add(person)


def _refuse_outside_unit(
    world: World,
    table: Table,
    spec: FactSpec,
    refs: References,
    span: Periods,
    starts: dict[int, dt.date],
    writing: list[int],
) -> None:
    """A fact in a unit needs the unit to exist as long as the fact is in force."""
    if "unit" not in spec.subjects or not spec.dated or spec.table == "organisation_target":
        return
    seen: dict[tuple, bool] = {}
    for index in writing:
        unit, lower, upper = refs.unit[index], starts.get(index, span.lower[index]), span.upper[index]
        if unit is None or index in table.bad:
            continue
        key = (unit, lower, upper)
        if key not in seen:
            seen[key] = world.covers(unit, lower, upper)
        if not seen[key]:
            life = world.unit_life.get(unit, [])
            days = "; ".join(
                f"{format_date(a)} đến {format_date(b - dt.timedelta(days=1)) if b != FAR else 'nay'}" for a, b in life
            )
            table.fault(
                index,
                "unit",
                f"đơn vị {table.cell('unit', index)} chỉ tồn tại {days}, không trùm hết thời gian của dòng.",
                "Sửa Từ ngày, Đến ngày, hoặc chuyển sang đơn vị kế thừa.",
            )


def _settle(table: Table, spec: FactSpec, plan: Plan, keys: list, recorded: dict[object, Recorded]) -> None:
    """Takes back the writes on recorded rows whose line turned out to have a fault."""
    dropped = {recorded[keys[i]].id for i in table.bad if i < len(keys) and keys[i] in recorded}
    if not dropped:
        return
    plan.voids = [v for v in plan.voids if not (v.table == spec.table and v.id in dropped)]
    plan.closes = [c for c in plan.closes if not (c.table == spec.table and c.id in dropped)]
    plan.fills = [f for f in plan.fills if not (f.table == spec.table and f.id in dropped)]
    table.count.changed = max(0, table.count.changed - len(dropped))


def _inserts(
    table: Table,
    spec: FactSpec,
    refs: References,
    span: Periods,
    starts: dict[int, dt.date],
    rows: list[int],
    terms: Terms,
    world: World,
) -> Inserts:
    everything = len(rows) == table.size

    def pick(values: list) -> list:
        return values if everything else [values[i] for i in rows]

    columns: dict[str, list] = {}
    if "person" in spec.subjects or spec.subjects == ("either",):
        columns["person_id"] = pick(refs.person)
    if "unit" in spec.subjects or spec.subjects == ("either",):
        columns["unit_id"] = pick(refs.unit)
    for part in (*spec.key, *spec.content):
        cells = pick(table[part.field])
        lists = [v if isinstance(v, list) else None for v in cells[:1]]
        if lists and lists[0] is not None:
            split = [part.split(v) for v in cells]
        else:
            memo = {v: part.split(v) for v in set(cells)}
            split = [memo[v] for v in cells]
        for position, name in enumerate(part.columns):
            columns[name] = [v[position] for v in split]
    if spec.dated:
        lowers = [starts.get(i, span.lower[i]) for i in rows]
        columns["in_force"] = list(zip(lowers, pick(span.upper), strict=True))
        columns["since"] = pick(span.lower)
        columns["since_precision"] = pick(span.precision)
        columns["closed_by_id"] = pick(refs.closing)
        if spec.closing_act:
            acts = pick(table["closing_act"])
            columns["closing_act"] = [a if isinstance(a, str) else ", ".join(a) if a else "" for a in acts]
    elif "on" not in columns:
        columns["on"] = pick(span.lower)
        columns["on_precision"] = pick(span.precision)
    columns["opened_by_id"] = pick(refs.decision)
    columns["historical"] = [d is None for d in columns["opened_by_id"]] if terms.historical else [False] * len(rows)
    columns["note"] = [n or "" for n in pick(table["note"])]
    return Inserts(spec.table, columns)
