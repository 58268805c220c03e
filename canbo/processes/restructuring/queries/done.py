"""What a case that was carried out did, read back from the facts it wrote, in the shape of a plan."""

from __future__ import annotations

from canbo.facts.organisation.choices import Operation as Kind
from canbo.facts.organisation.models import UnitLineage, UnitVersion

from ..models import Operation, Restructuring
from ..rules import Change, Closing, Link, Opening, Plan


def done(case: Restructuring) -> Plan:
    """Units that a case ended, brought into being and changed; nothing once it was annulled."""
    found = Plan()
    if case.batch_id is None or not case.applied:
        return found
    rows = UnitVersion.objects.standing().select_related("unit", "parent").order_by("unit__sort_key", "unit_id")
    old = {row.unit_id: row for row in rows.filter(closed_in=case.batch, in_force__endswith=case.on)}
    new = {row.unit_id: row for row in rows.filter(opened_in=case.batch, in_force__startswith=case.on)}
    steps = UnitLineage.objects.standing().filter(opened_in=case.batch).select_related("old", "new")
    found.links = [Link(step.old.code, step.new.code, step.operation) for step in steps.order_by("on", "id")]
    to: dict[str, list[Link]] = {}
    since: dict[str, list[Link]] = {}
    for link in found.links:
        to.setdefault(link.old, []).append(link)
        since.setdefault(link.new, []).append(link)
    named = set(Operation.objects.filter(case=case).values_list("new_code", flat=True))
    named |= set(Operation.objects.filter(case=case).values_list("old_code", flat=True))
    for pk, row in old.items():
        if pk not in new:
            links = to.get(row.unit.code, [])
            how = links[0].operation if links else Kind.DISSOLVE
            found.closings.append(Closing(row.unit.code, row.name, how, tuple(link.new for link in links)))
    for pk, row in new.items():
        code, parent = row.unit.code, row.parent.code if row.parent else None
        links = since.get(code, [])
        sources = tuple(link.old for link in links)
        before = old.get(pk)
        if before is None:
            how = links[0].operation if links else Kind.ESTABLISH
            found.openings.append(Opening(code, row.name, row.kind, row.local_type, row.shelf, parent, how, sources))
            continue
        found.changes.append(
            Change(
                code, before.name, row.name, before.kind, row.kind, row.local_type, row.shelf,
                before.parent.code if before.parent else None, parent, _how(before, row), sources,
                follows=code not in named,
            )
        )  # fmt: skip
    known = {opening.code for opening in found.openings} | {change.code for change in found.changes}
    receiving = UnitVersion.objects.at(case.on).filter(unit__code__in=set(since) - known)
    for row in receiving.select_related("unit", "parent").order_by("unit__sort_key", "unit_id"):
        parent = row.parent.code if row.parent else None
        sources = tuple(link.old for link in since[row.unit.code])
        found.changes.append(
            Change(
                row.unit.code, row.name, row.name, row.kind, row.kind, row.local_type, row.shelf, parent, parent, (),
                sources,
            )
        )  # fmt: skip
    return found


def _how(before: UnitVersion, after: UnitVersion) -> tuple[str, ...]:
    """Which of đổi tên, đổi cấp, chuyển giao a change was."""
    said = [
        (before.name != after.name, Kind.RENAME),
        (before.kind != after.kind, Kind.RELEVEL),
        (before.parent_id != after.parent_id, Kind.HAND_OVER),
    ]
    return tuple(str(kind) for differs, kind in said if differs)
