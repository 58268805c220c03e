"""One sheet of facts, from its rows to the plan: references, days, comparison, overlaps, new rows."""

from __future__ import annotations

from .cleaning import Table, refuse_repeats
from .comparison import Comparison
from .factspecs import FactSpec
from .overlaps import refuse_overlaps
from .periods import event_days, imply_departures, periods
from .plan import Inserts, Plan, Terms
from .recorded import read_recorded, row_keys
from .references import references
from .world import World

PLACES = frozenset({"party_membership", "staffing_assignment"})
"""Facts that say where a person is found."""


def plan_sheet(world: World, table: Table, spec: FactSpec, plan: Plan, terms: Terms) -> None:
    """Decides what every row of a sheet does; faults go to the table, writes to the plan."""
    refs = references(world, table, spec)
    span = periods(world, table, refs, spec) if spec.dated else event_days(table, spec)
    keys = row_keys(table, spec, refs, span.lower)
    refuse_repeats(table, keys)
    rows = Comparison(table, spec, refs, span, terms, keys, read_recorded(spec, refs, world))
    if spec.table == "party_membership":
        imply_departures(table, refs, span, [(k[0], r.lower) for k, r in rows.recorded.items()])  # type: ignore[index]
    rows.run()
    _refuse_outside_unit(world, rows)
    _refuse_overlaps(world, rows)
    rows.settle(plan)
    world.unsettled.update(p for i in table.bad if (p := refs.person[i]) is not None)
    writing = rows.writing
    if writing:
        plan.inserts.append(_inserts(rows, writing))
    if spec.table in PLACES:
        plan.people_touched.update(p for i in writing if (p := refs.person[i]) is not None)
        plan.people_touched.update(p for i in rows.writes if (p := refs.person[i]) is not None)


def _refuse_overlaps(world: World, rows: Comparison) -> None:
    """Until nothing new is found: a faulty row no longer ends the fact that another row leaned on."""
    if not rows.spec.overlap:
        return
    before = -1
    while before != len(rows.table.bad):
        before = len(rows.table.bad)
        refuse_overlaps(world, rows)
        if not rows.writes:
            return


def _refuse_outside_unit(world: World, rows: Comparison) -> None:
    """A fact in a unit needs the unit to exist as long as the fact is in force."""
    table, spec, span = rows.table, rows.spec, rows.span
    if "unit" not in spec.subjects or not spec.dated or spec.table == "organisation_target":
        return
    seen: dict[tuple, bool] = {}
    for index in rows.writing:
        unit, lower, upper = rows.refs.unit[index], rows.start(index), span.upper[index]
        if unit is None:
            continue
        key = (unit, lower, upper)
        if key not in seen:
            seen[key] = world.covers(unit, lower, upper)
        if not seen[key]:
            table.fault(
                index,
                "unit",
                f"đơn vị {table.cell('unit', index)} chỉ tồn tại {world.life_of(unit)}, "
                "không trùm hết thời gian của dòng.",
                "Sửa Từ ngày, Đến ngày, hoặc chuyển sang đơn vị kế thừa.",
            )


def _inserts(rows: Comparison, writing: list[int]) -> Inserts:
    table, spec, refs, span = rows.table, rows.spec, rows.refs, rows.span
    everything = len(writing) == table.size

    def pick(values: list) -> list:
        return values if everything else [values[i] for i in writing]

    columns: dict[str, list] = {}
    if "person" in spec.subjects or spec.subjects == ("either",):
        columns["person_id"] = pick(refs.person)
    if "unit" in spec.subjects or spec.subjects == ("either",):
        columns["unit_id"] = pick(refs.unit)
    for part in (*spec.key, *spec.content):
        cells = pick(table[part.field])
        if cells and isinstance(cells[0], list):
            split = [part.split(v) for v in cells]
        else:
            memo = {v: part.split(v) for v in set(cells)}
            split = [memo[v] for v in cells]
        for position, name in enumerate(part.columns):
            columns[name] = [v[position] for v in split]
    if rows.contents:
        for at, index in enumerate(writing):
            for name, value in zip(spec.content_columns, rows.contents.get(index, ()), strict=False):
                columns[name][at] = value
    if spec.dated:
        columns["in_force"] = list(zip(map(rows.start, writing), pick(span.upper), strict=True))
        columns["since"] = pick(span.lower)
        columns["since_precision"] = pick(span.precision)
        columns["closed_by_id"] = pick(refs.closing)
        if spec.closing_act:
            columns["closing_act"] = [rows.act(i) for i in writing]
    elif "on" not in columns:
        columns["on"] = pick(span.lower)
        columns["on_precision"] = pick(span.precision)
    columns["opened_by_id"] = pick(refs.decision)
    historical = rows.terms.historical
    columns["historical"] = [historical and d is None for d in columns["opened_by_id"]]
    columns["note"] = [n or "" for n in pick(table["note"])]
    return Inserts(spec.table, columns)
