"""What comes together in one unit, and what of it does not fit: committees too large, ratios that differ."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping

from django.db import connection

from canbo.facts.organisation.carriers import ratios
from canbo.facts.staffing.choices import Body
from canbo.facts.staffing.queries.committees import JOINING, SIZES, seats_of
from canbo.facts.staffing.rules import allowed
from canbo.foundation import rulebooks

from ..choices import Rule
from ..rules import Finding, Plan, Standing


class Together:
    """Which units' rows of one kind come together in which unit afterwards."""

    def __init__(self, plan: Plan, units: Mapping[str, Standing], kind: str):
        into: dict[str, set[str]] = defaultdict(set)
        leaving: set[str] = set()
        for move in plan.moves:
            if move.kind == kind and move.rule == Rule.ALL:
                into[move.target].add(move.code)
                leaving.add(move.code)
        for target, sources in into.items():
            if target in units and target not in leaving:
                sources.add(target)
        self.targets = sorted(into)
        pairs = [(units[code].id, at) for at, target in enumerate(self.targets) for code in into[target]]
        self.values = {"units": [unit for unit, _ in pairs], "targets": [at for _, at in pairs]}


def committees(plan: Plan, units: Mapping[str, Standing], on: dt.date, names: Mapping[str, str]) -> Iterator[Finding]:
    """Committees that would have more members than the rule allows an organisation formed in this way."""
    together = Together(plan, units, "assignment")
    if not together.targets:
        return
    sizes = list(rulebooks.current().catalogue(SIZES, on=on))
    kinds = {code: unit.kind for code, unit in units.items()}
    kinds |= {opening.code: opening.kind for opening in plan.openings} | {c.code: c.kind for c in plan.changes}
    joined: dict[str, set[str]] = defaultdict(set)
    for link in plan.links:
        if link.operation in JOINING and link.old != link.new:
            joined[link.new].add(link.old)
    for body in (Body.COMMITTEE, Body.STANDING, Body.INSPECTION):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT m.target, count(DISTINCT t.person_id), (array_agg(DISTINCT t.person_id))[1:50] "
                "FROM staffing_assignment t JOIN unnest(%(units)s::bigint[], %(targets)s::int[]) AS m(unit, target) "
                "ON m.unit = t.unit_id WHERE t.voided_on IS NULL AND t.in_force @> %(on)s::date "
                "AND t.title_key = ANY(%(titles)s) GROUP BY 1 ORDER BY 1",
                {**together.values, "on": on, "titles": list(seats_of(body, on))},
            )
            found = cursor.fetchall()
        for at, count, persons in found:
            code = together.targets[at]
            rule = allowed(sizes, kinds.get(code, ""), body, len(joined[code]))
            most = rule.columns.get("most") if rule else None
            if rule is not None and isinstance(most, int) and count > most:
                yield Finding(
                    "RESTRUCTURE-COMMITTEE", code, names[code],
                    f"{body.label} {names[code]} ({code}) sẽ có {count} người, nhiều hơn mức cho phép {most} ({rule.label}).",
                    count, most, tuple(persons), rule.ruling.reference,
                )  # fmt: skip


def differing_ratios(
    plan: Plan, units: Mapping[str, Standing], on: dt.date, names: Mapping[str, str]
) -> Iterator[Finding]:
    """Targets that are ratios, meet in a unit and differ: they are not added up and must be assigned anew."""
    together = Together(plan, units, "target")
    if not together.targets:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT m.target, t.indicator, t.period, array_agg(DISTINCT t.value ORDER BY t.value) FROM organisation_target t "
            "JOIN unnest(%(units)s::bigint[], %(targets)s::int[]) AS m(unit, target) ON m.unit = t.unit_id "
            "WHERE t.voided_on IS NULL AND (upper_inf(t.in_force) OR upper(t.in_force) > %(on)s) "
            "AND t.indicator = ANY(%(ratios)s) GROUP BY m.target, t.indicator, t.period, t.breakdown "
            "HAVING count(DISTINCT t.value) > 1 ORDER BY 1, 2, 3",
            {**together.values, "on": on, "ratios": list(ratios())},
        )
        found = cursor.fetchall()
    for at, indicator, period, values in found:
        code = together.targets[at]
        said = "; ".join(f"{value.normalize():f}".replace(".", ",") for value in values)
        yield Finding(
            "RESTRUCTURE-RATIO", code, names[code],
            f"Chỉ tiêu tỷ lệ {indicator} kỳ {period} ở các đơn vị vào {names[code]} ({code}) khác nhau ({said}): "
            "không cộng được, cần giao lại.", len(values),
        )  # fmt: skip
