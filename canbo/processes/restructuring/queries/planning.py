"""The plan of a case as the records stand now. Nothing is written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db import connection

from canbo.facts.organisation.choices import Operation as Kind
from canbo.facts.organisation.models import Unit
from canbo.facts.organisation.queries import subtree_ids
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.violation import Violation

from ..choices import READ
from ..models import Answer, CarryPlace, CarryRule, Operation, Restructuring
from ..rules import Plan, Reply, Row, Standing, Way
from ..rules.building import Given, build
from .cases import require_case
from .counting import count_moves
from .findings import findings
from .kinds import kind_named, operation_named

Answers = Mapping[tuple[str, str], Reply]


@dataclass(frozen=True)
class Lines:
    """Lines as they were written, with what people said besides.

    Args:
        rows: line number, and the columns of ``Operation``.
        places: by kind and row, the code of the unit a row goes to.
    """

    on: dt.date
    rows: list[tuple[int, Mapping[str, str]]]
    scope: Unit | None = None
    answers: Answers = field(default_factory=dict)
    ways: Mapping[tuple[str, str], Way] = field(default_factory=dict)
    places: Mapping[str, Mapping[int, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Prepared:
    """A plan with what it was made from: the lines, and the units in force on the day of effect by code."""

    lines: Lines
    units: Mapping[str, Standing]
    plan: Plan


def plan(actor: Actor, case: Restructuring, *, look_closer: bool = True) -> Plan:
    """What a case would do, and what stands in its way.

    Args:
        look_closer: whether findings are looked for as well.
    """
    require_case(actor, READ, case)
    return plan_lines(lines_of(case), look_closer=look_closer)


def lines_of(case: Restructuring) -> Lines:
    """What a case says, as it is stored."""
    places: dict[str, dict[int, str]] = {}
    for kind, row, target in CarryPlace.objects.filter(case=case).values_list("kind", "row", "target"):
        places.setdefault(kind, {})[row] = target
    columns = ("level", "operation", "old_code", "new_code", "new_name", "new_kind", "new_parent")
    return Lines(
        case.on,
        [
            (row["position"], row)
            for row in Operation.objects.filter(case=case).order_by("position", "id").values("position", *columns)
        ],
        case.scope,
        {
            (row.unit_code, row.question): Reply(row.choice, row.value)
            for row in Answer.objects.filter(case=case).order_by("id")
        },
        {
            (row.unit_code, row.kind): Way(row.rule, row.target, True)
            for row in CarryRule.objects.filter(case=case).order_by("id")
        },
        places,
    )


def plan_lines(lines: Lines, *, look_closer: bool = True) -> Plan:
    """The plan of lines that need not be stored."""
    return prepare(lines, look_closer=look_closer).plan


def prepare(lines: Lines, *, look_closer: bool = False) -> Prepared:
    """The plan of lines, kept together with the units it was made from, for whoever writes it."""
    rows, faults = _rows(lines.rows)
    units = standing(lines.on)
    given = Given(
        rows, units, _ended(units, rows), lines.on.isoformat(), lines.answers, lines.ways,
        lines.places.get("unit", {}),
    )  # fmt: skip
    found = build(given)
    found.faults[:0] = faults
    if lines.scope is not None:
        found.faults += _outside(lines.scope, lines.on, found, units)
    count_moves(found, units, lines.on, lines.places)
    if look_closer and not found.faults:
        found.findings = findings(found, units, lines.on)
    return Prepared(lines, units, found)


def standing(on: dt.date) -> dict[str, Standing]:
    """Every unit in force on a day, by code."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT u.id, u.code, v.name, v.kind, v.local_type, v.shelf, p.code, lower(v.in_force)::text, "
            "upper(v.in_force)::text FROM organisation_unitversion v JOIN organisation_unit u ON u.id = v.unit_id "
            "LEFT JOIN organisation_unit p ON p.id = v.parent_id "
            "WHERE v.voided_on IS NULL AND v.in_force @> %s::date ORDER BY u.code",
            [on],
        )
        return {row[1]: Standing(*row) for row in cursor.fetchall()}


def _ended(units: Mapping[str, Standing], rows: Iterable[Row]) -> dict[str, str]:
    """Names of units of the lines that exist but are not in force."""
    codes = {code for row in rows for code in (row.old, row.new, row.parent) if code and code not in units}
    known = Unit.objects.filter(code__in=codes, versions__voided_on=None)
    return dict(known.order_by("id").values_list("code", "name"))


def _rows(written: Iterable[tuple[int, Mapping[str, str]]]) -> tuple[list[Row], list[Violation]]:
    rows, faults = [], []
    for line, cells in written:
        level = cells.get("level", "") or ""
        word = cells.get("operation", "") or ""
        operation = operation_named(word)
        if operation is None:
            faults.append(
                Violation("RESTRUCTURE-OPERATION", f"Dòng {line}: không có hình thức “{word}”.", field=f"{line}.operation",
                          fix=f"Chọn trong: {', '.join(_labels())}.")
            )  # fmt: skip
        word = cells.get("new_kind", "") or ""
        kind = kind_named(word, level) if word else ("", "", "")
        if kind is None:
            faults.append(
                Violation("RESTRUCTURE-KIND", f"Dòng {line}: không có loại hình “{word}”.", field=f"{line}.new_kind",
                          fix="Dùng tên trong danh mục loại hình, hoặc tên như xã, phường, đặc khu.")
            )  # fmt: skip
        kind = kind or ("", "", "")
        rows.append(
            Row(line, level, operation or "", cells.get("old_code", "") or "", cells.get("new_code", "") or "",
                cells.get("new_name", "") or "", *kind, cells.get("new_parent", "") or "")
        )  # fmt: skip
    return rows, faults


def _labels() -> list[str]:
    return [str(label) for _, label in Kind.choices]


def _outside(scope: Unit, on: dt.date, found: Plan, units: Mapping[str, Standing]) -> list[Violation]:
    """Units and superiors that do not lie under the scope of the case."""
    inside = set(subtree_ids([scope.pk], on))
    touched = {c.code for c in found.closings} | {c.code for c in found.changes}
    touched |= {o.parent for o in found.openings if o.parent} | {c.parent for c in found.changes if c.parent}
    opened = {c.code for c in found.openings}
    out = sorted(code for code in touched - opened if code in units and units[code].id not in inside)
    top = [opening.code for opening in found.openings if opening.parent is None]
    faults = [
        Violation("RESTRUCTURE-SCOPE", f"{units[code].name} ({code}) không thuộc phạm vi {scope}.", field=code)
        for code in out
    ]
    return faults + [
        Violation("RESTRUCTURE-SCOPE", f"{code} chưa ghi cấp trên, không thuộc phạm vi {scope}.", field=code)
        for code in top
    ]
