"""What stands in the units that end or are divided, kind by kind: one statement each."""

# ruff: noqa: S608 - tables and columns are those that carriers declare.
from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import connection

from canbo.facts.organisation.carriers import Carrier, carrier, declared
from canbo.facts.organisation.models import Unit, UnitVersion
from canbo.foundation.kernel.actor import Actor

from ..choices import READ, Asked, Rule
from ..models import Restructuring
from ..rules import UNIT, Move, Plan, Standing
from ..rules.asking import homeless_question
from .cases import require_case

UNIT_LABEL = "đơn vị trực thuộc"


def condition(carrier: Carrier) -> str:
    """Rows of a carrier that are concerned by what happens on ``%(on)s``: standing, and not over before that day."""
    parts = ["(upper_inf(t.in_force) OR upper(t.in_force) > %(on)s)", "t.voided_on IS NULL"] if carrier.dated else []
    if carrier.where:
        parts.append(carrier.where)
    return " AND ".join(parts) or "TRUE"


def count_moves(
    plan: Plan, units: Mapping[str, Standing], on: dt.date, places: Mapping[str, Mapping[int, str]]
) -> None:
    """Adds to a plan what moves out of each unit, and asks where something has no place to go to."""
    concerned = {code: units[code].id for code in _concerned(plan)}
    if not concerned:
        return
    after = _shelves(plan, units)
    homeless: dict[str, list[str]] = {code: [f"{count} {UNIT_LABEL}"] for code, count in plan.stuck.items()}
    level = {closing.code: closing.level for closing in plan.closings}
    counted = [(UNIT, UNIT_LABEL, "", _children(plan, units, set(concerned), places.get(UNIT, {})))]
    counted += [
        (carrier.code, carrier.label, carrier.shelf, _counts(carrier, concerned, on, places.get(carrier.code, {})))
        for carrier in declared()
        if not carrier.via
    ]
    ending = {carrier.code for carrier in declared() if carrier.ends or not carrier.dated}
    for kind, label, shelf, counts in counted:
        for code, (count, listed) in sorted(counts.items()):
            way = plan.ways.get((code, kind)) or plan.ways.get((code, ""))
            if way is None:
                continue
            if not way.target or (shelf and after.get(way.target, shelf) != shelf):
                homeless.setdefault(code, []).append(f"{count} {label}")
                continue
            if way.rule == Rule.ALL and way.target == code:
                continue
            if way.rule != Rule.LIST:
                listed = 0
            waiting = 0 if way.rule == Rule.ALL or kind in ending else count - listed
            plan.moves.append(Move(kind, label, code, units[code].name, way.rule, way.target, count, listed, waiting))
    asked = {(question.unit, question.kind) for question in plan.questions}
    for code, about in homeless.items():
        if (code, Asked.SPLIT) not in asked:
            plan.questions.append(homeless_question(units[code], ", ".join(about) + ".", level.get(code, "")))


def _concerned(plan: Plan) -> set[str]:
    """Units that end, and units that go on but are divided: those with a way."""
    return {closing.code for closing in plan.closings} | {code for code, _ in plan.ways}


def _shelves(plan: Plan, units: Mapping[str, Standing]) -> dict[str, str]:
    """The system of every unit that stands afterwards."""
    gone = {closing.code for closing in plan.closings}
    after = {code: unit.shelf for code, unit in units.items() if code not in gone}
    after |= {opening.code: opening.shelf for opening in plan.openings}
    return after | {change.code: change.shelf for change in plan.changes}


def _children(
    plan: Plan, units: Mapping[str, Standing], concerned: set[str], listed: Mapping[int, str]
) -> dict[str, tuple[int, int]]:
    """Subordinate units that go along, and how many of them a list names a place for, by their old superior."""
    found: dict[str, tuple[int, int]] = {}
    for change in plan.changes:
        if change.follows and change.old_parent in concerned:
            count, named = found.get(change.old_parent, (0, 0))
            found[change.old_parent] = (count + 1, named + (units[change.code].id in listed))
    return found


def _counts(
    carrier: Carrier, concerned: Mapping[str, int], on: dt.date, listed: Mapping[int, str]
) -> dict[str, tuple[int, int]]:
    code_of = {pk: code for code, pk in concerned.items()}
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT t.{carrier.column}, count(*), count(*) FILTER (WHERE t.id = ANY(%(listed)s::bigint[])) FROM {carrier.table} t "
            f"WHERE t.{carrier.column} = ANY(%(units)s::bigint[]) AND {condition(carrier)} GROUP BY 1",
            {"units": f"{{{','.join(map(str, code_of))}}}", "on": on, "listed": list(listed)},
        )
        return {code_of[unit]: (count, named) for unit, count, named in cursor.fetchall()}


def totals(on: dt.date) -> dict[str, int]:
    """Figures of the whole system on a day that a restructuring must leave as they are.

    People with a post or a membership that day, and each kind of dated row whose unit stands that day.
    """
    found: dict[str, int] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM (SELECT person_id FROM staffing_assignment WHERE voided_on IS NULL AND in_force @> %(on)s "
            "UNION SELECT person_id FROM party_membership WHERE voided_on IS NULL AND in_force @> %(on)s) p",
            {"on": on},
        )
        found["person"] = cursor.fetchone()[0]
        for carrier in declared():
            if not carrier.dated or carrier.via or carrier.ends:
                continue
            where = f" AND {carrier.where}" if carrier.where else ""
            cursor.execute(
                f"SELECT {carrier.total} FROM {carrier.table} t JOIN organisation_unitversion v "
                f"ON v.unit_id = t.{carrier.column} AND v.voided_on IS NULL AND v.in_force @> %(on)s "
                f"WHERE t.voided_on IS NULL AND t.in_force @> %(on)s{where}",
                {"on": on},
            )
            found[carrier.code] = int(cursor.fetchone()[0])
    return found


@dataclass(frozen=True)
class Standee:
    """One row that stands in a unit and moves with a plan: who or what it is."""

    row: int
    person: int | None
    label: str


def people_of(actor: Actor, case: Restructuring, unit: Unit, kind: str) -> list[Standee]:
    """Rows of one kind in an old unit, to be ticked for a list: by name, people with their code.

    Args:
        kind: code of a carrier, or ``unit`` for subordinate units.
    """
    require_case(actor, READ, case)
    if kind == UNIT:
        below = UnitVersion.objects.at(case.on - dt.timedelta(days=1)).filter(parent=unit).select_related("unit")
        return [Standee(row.unit_id, None, f"{row.name} ({row.unit.code})") for row in below.order_by("unit__sort_key")]
    found = carrier(kind)
    if found.via:
        return []
    person = f"t.{found.person}" if found.person else "NULL::bigint"
    what = "p.name || ' (' || p.code || ')'" if found.person else f"'{found.label} ' || t.id"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT t.id, {person}, {what} FROM {found.table} t LEFT JOIN people_person p ON p.id = {person} "
            f"WHERE t.{found.column} = %(unit)s AND {condition(found)} ORDER BY p.sort_key, t.id",
            {"unit": unit.pk, "on": case.on},
        )
        return [Standee(*row) for row in cursor.fetchall()]
