"""Facts that somebody recorded: findings, disciplinary measures, absences."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from fractions import Fraction

from django.db.models import Q

from canbo.facts.organisation.models import UnitPath
from canbo.facts.people.models import Discipline
from canbo.foundation.kernel.dates import format_date

from .. import rules
from ..models import Cycle, Finding, Sheet
from .known import LIMIT, Known


def findings(cycle: Cycle, sheets: Sequence[Sheet], found: dict[int, Known]) -> None:
    """What was recorded of a subject in the year, by the name the rules ask for."""
    persons: dict[int | None, Sheet] = {sheet.person_id: sheet for sheet in sheets if sheet.person_id}
    bodies: dict[int | None, Sheet] = {sheet.collective_id: sheet for sheet in sheets if sheet.collective_id}
    rows = Finding.objects.filter(on__range=(cycle.first.replace(month=1, day=1), cycle.last), voided_on=None)
    if len(sheets) < LIMIT:
        rows = rows.filter(Q(person__in=persons) | Q(collective__in=bodies))
    rows = rows.select_related("decision").order_by("on", "id")
    recorded = list(rows)
    elsewhere = _elsewhere(recorded, persons)
    for row in recorded:
        sheet = persons.get(row.person_id) or bodies.get(row.collective_id)
        if sheet is None or row.pk in elsewhere:
            continue
        known = found[sheet.pk]
        known.facts[row.fact] = Fraction(str(row.value)) if isinstance(row.value, str | float) else row.value
        known.records[row.fact] = f"{row.record}, ngày {format_date(row.on)}"
        if row.mitigation:
            known.mitigated[row.fact] = rules.Mitigation(row.mitigation, row.recorded_by)


def _elsewhere(recorded: Sequence[Finding], persons: Mapping[int | None, Sheet]) -> set[int]:
    """Findings of what happened at a unit that is not the one evaluated: they count there (NĐ 335/2025, Điều 11)."""
    placed = [row for row in recorded if row.at_unit_id and row.person_id in persons]
    paths = UnitPath.objects.filter(descendant__in={row.at_unit_id for row in placed})
    above: dict[int, set[int]] = defaultdict(set)
    if placed:
        for descendant, ancestor in paths.values_list("descendant_id", "ancestor_id"):
            above[descendant].add(ancestor)
    return {
        row.pk
        for row in placed
        if row.at_unit_id
        and not above[row.at_unit_id] & {persons[row.person_id].unit_id, persons[row.person_id].body_id}
    }


def disciplines(cycle: Cycle, sheets: Sequence[Sheet], found: dict[int, Known]) -> None:
    """A measure of the period counts; whether it was for duty is not known until a finding says so."""
    persons = {sheet.person_id: sheet.pk for sheet in sheets if sheet.person_id}
    rows = Discipline.objects.standing().filter(since__range=(cycle.first, cycle.last)).select_related("opened_by")
    if len(sheets) < LIMIT:
        rows = rows.filter(person__in=persons)
    for row in rows.order_by("since", "id"):
        if row.person_id not in persons:
            continue
        known = found[persons[row.person_id]]
        paper = f" theo {row.opened_by}" if row.opened_by else ""
        known.facts["disciplined"], known.facts["disciplined_for_duty"] = True, None
        for name in ("disciplined", "disciplined_for_duty"):
            known.records[name] = f"{row.form} ngày {format_date(row.since)}{paper}"
