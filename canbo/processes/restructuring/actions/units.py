"""Writing what a plan does to units: whole sets at a time, under one batch."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping

from canbo.facts.decisions.actions import rebuilt_for
from canbo.facts.decisions.models import Batch, Decision
from canbo.facts.organisation.actions import write_unit_names
from canbo.facts.organisation.models import Unit
from canbo.facts.organisation.rules import search_text
from canbo.foundation.kernel.text import text_key
from canbo.foundation.runtime.statements import read, run

from ..rules import Change, Opening, Plan, Standing

CHUNK = 5000


def write_units(
    plan: Plan, units: Mapping[str, Standing], *, on: dt.date, decision: Decision, batch: Batch
) -> dict[str, int]:
    """Closes, opens and changes units and records their lineage; gives the ids of all units by code afterwards."""
    ids = {code: unit.id for code, unit in units.items()} | _identities(plan)
    changed = [change for change in plan.changes if change.operations]
    ending = [ids[closing.code] for closing in plan.closings]
    goes_on = [ids[change.code] for change in changed]
    with rebuilt_for("organisation_unitversion", len(ending) + len(goes_on)):
        run(
            # One statement: what was closed is joined as it is, and its number is known to the planner.
            "WITH closed AS (UPDATE organisation_unitversion SET in_force = daterange(lower(in_force), %s), "
            "closed_by_id = %s, closed_in_id = %s WHERE unit_id = ANY(%s::bigint[]) AND voided_on IS NULL "
            "AND in_force @> %s::date RETURNING unit_id, party_code, base_type, area) "
            "INSERT INTO organisation_unitversion (unit_id, name, kind, local_type, shelf, parent_id, party_code, "
            "base_type, area, in_force, since, since_precision, historical, opened_by_id, opened_in_id, note, voided_why) "
            "SELECT n.unit, n.name, n.kind, n.local, n.shelf, n.parent, v.party_code, v.base_type, v.area, "
            "daterange(%s, NULL), %s, 'd', false, %s, %s, '', '' "
            "FROM json_to_recordset(%s::json) "
            "AS n(unit bigint, name text, kind text, local text, shelf text, parent bigint) JOIN closed v ON v.unit_id = n.unit",
            [
                on, decision.pk, batch.pk, f"{{{','.join(map(str, ending + goes_on))}}}", on,
                on, on, decision.pk, batch.pk, _records(changed, ids),
            ],
        )  # fmt: skip
        run(
            "INSERT INTO organisation_unitversion (unit_id, name, kind, local_type, shelf, parent_id, party_code, base_type, "
            "area, in_force, since, since_precision, historical, opened_by_id, opened_in_id, note, voided_why) "
            "SELECT n.unit, n.name, n.kind, n.local, n.shelf, n.parent, '', '', '', daterange(%s, NULL), %s, 'd', false, "
            "%s, %s, '', '' FROM json_to_recordset(%s::json) "
            "AS n(unit bigint, name text, kind text, local text, shelf text, parent bigint)",
            [
                on, on, decision.pk, batch.pk,
                _records(plan.openings, ids),
            ],
        )  # fmt: skip
        run(
            'INSERT INTO organisation_unitlineage (old_id, new_id, operation, "on", on_precision, historical, opened_by_id, '
            "opened_in_id, note, voided_why) SELECT n.old, n.new, n.operation, %s, 'd', false, %s, %s, '', '' "
            "FROM json_to_recordset(%s::json) AS n(old bigint, new bigint, operation text)",
            [
                on, decision.pk, batch.pk,
                json.dumps([{"old": ids[old], "new": ids[new], "operation": how} for old, new, how in plan.links]),
            ],
        )  # fmt: skip
    renamed = [change for change in changed if change.name != change.old_name]
    write_unit_names({ids[change.code]: (change.name, change.code) for change in renamed})
    run("ANALYZE organisation_unit, organisation_unitversion")
    return ids


def _records(units: Iterable[Opening | Change], ids: Mapping[str, int]) -> str:
    """What units are from now on, as one value: many long arrays would take longer to send than to write."""
    return json.dumps(
        [
            {
                "unit": ids[unit.code], "name": unit.name, "kind": unit.kind, "local": unit.local_type,
                "shelf": unit.shelf, "parent": ids[unit.parent] if unit.parent else None,
            }
            for unit in units
        ],
        ensure_ascii=False,
    )  # fmt: skip


def _identities(plan: Plan) -> dict[str, int]:
    """Identities of the units that open; a bare one left by an annulled act is taken up again."""
    names = {opening.code: opening.name for opening in plan.openings}
    known = dict(Unit.objects.filter(code__in=list(names)).values_list("code", "id"))
    write_unit_names({pk: (names[code], code) for code, pk in known.items()})
    new = [
        Unit(code=code, name=name, sort_key=text_key(name)[:600], search_text=search_text(name, code))
        for code, name in names.items()
        if code not in known
    ]
    return known | {unit.code: unit.pk for unit in Unit.objects.bulk_create(new, batch_size=CHUNK)}


def move_under(units: list[int], parent: int, *, on: dt.date, decision: Decision | None, batch: Batch) -> set[int]:
    """Hangs units under another superior from a day on; gives those whose version could be closed that day."""
    found = read(
        "SELECT unit_id FROM organisation_unitversion WHERE unit_id = ANY(%s::bigint[]) AND voided_on IS NULL "
        "AND upper_inf(in_force) AND lower(in_force) < %s",
        [units, on],
    )
    there = [row[0] for row in found]
    paper = decision.pk if decision else None
    run(
        "UPDATE organisation_unitversion SET in_force = daterange(lower(in_force), %s), closed_by_id = %s, "
        "closed_in_id = %s WHERE unit_id = ANY(%s::bigint[]) AND voided_on IS NULL AND upper_inf(in_force)",
        [on, paper, batch.pk, there],
    )
    run(
        "INSERT INTO organisation_unitversion (unit_id, name, kind, local_type, shelf, parent_id, party_code, base_type, "
        "area, in_force, since, since_precision, historical, opened_by_id, opened_in_id, note, voided_why) "
        "SELECT v.unit_id, v.name, v.kind, v.local_type, v.shelf, %s, v.party_code, v.base_type, v.area, "
        "daterange(%s, NULL), %s, 'd', false, %s, %s, '', '' FROM organisation_unitversion v "
        "WHERE v.unit_id = ANY(%s::bigint[]) AND v.voided_on IS NULL AND v.closed_in_id = %s AND upper(v.in_force) = %s",
        [parent, on, on, paper, batch.pk, there, batch.pk, on],
    )
    return set(there)
