"""What should be looked at before anybody signs: surplus posts, deputies, people without a post, quotas, cells, names."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping

from canbo.foundation import rulebooks
from canbo.foundation.kernel.text import fold
from canbo.foundation.runtime.statements import read

from ..rules import Finding, Plan, Standing
from .meeting import Together, committees, differing_ratios

RULES = "organisation.restructuring"
SHOWN = 50
"""So many people of a finding are named."""


def findings(plan: Plan, units: Mapping[str, Standing], on: dt.date) -> list[Finding]:
    """Everything worth a look, by unit; nothing of it blocks."""
    names = {code: unit.name for code, unit in units.items()}
    names |= {opening.code: opening.name for opening in plan.openings} | {c.code: c.name for c in plan.changes}
    found = [
        *_posts(plan, units, on, names),
        *_without_post(plan),
        *_quotas(plan, units, on, names),
        *_cells(plan, units, on, names),
        *committees(plan, units, on, names),
        *differing_ratios(plan, units, on, names),
        *_names(plan, units, names),
    ]
    return sorted(found, key=lambda finding: (finding.unit, finding.code, finding.message))


_HELD = """
FROM staffing_assignment t JOIN unnest(%(units)s::bigint[], %(targets)s::int[]) AS m(unit, target) ON m.unit = t.unit_id
WHERE t.voided_on IS NULL AND t.in_force @> %(on)s::date
"""


def _posts(plan: Plan, units: Mapping[str, Standing], on: dt.date, names: Mapping[str, str]) -> Iterator[Finding]:
    """Heads beyond the one a unit has, and deputies beyond the number allowed."""
    rules = rulebooks.current()
    together = Together(plan, units, "assignment")
    if not together.targets:
        return
    deputies = rules.value(f"{RULES}.deputies", on=on)
    prefixes = {
        kind: [f"{fold(row.label)}%" for row in rules.catalogue(f"{RULES}.{kind}_titles", on=on)]
        for kind in ("head", "deputy")
    }
    values = {
        **together.values,
        "on": on,
        "head": prefixes["head"],
        "deputy": prefixes["deputy"],
        "most": deputies.value,
    }
    for at, title, count, persons in read(
        f"SELECT m.target, min(t.title), count(*), (array_agg(t.person_id ORDER BY lower(t.in_force), t.id))[1:{SHOWN}] {_HELD} "
        "AND t.title_key LIKE ANY(%(head)s) AND NOT t.title_key LIKE ANY(%(deputy)s) GROUP BY m.target, t.title_key "
        "HAVING count(*) > 1 ORDER BY 1, 2",
        values,
    ):
        code = together.targets[at]
        yield Finding(
            "RESTRUCTURE-SURPLUS", code, names[code],
            f"{names[code]} ({code}) sẽ có {count} người giữ chức vụ {title}: dôi dư {count - 1}.",
            count, 1, tuple(persons),
        )  # fmt: skip
    for at, count, persons in read(
        f"SELECT m.target, count(DISTINCT t.person_id), (array_agg(DISTINCT t.person_id))[1:{SHOWN}] {_HELD} "
        "AND t.title_key LIKE ANY(%(deputy)s) GROUP BY m.target HAVING count(DISTINCT t.person_id) > %(most)s ORDER BY 1",
        values,
    ):
        code = together.targets[at]
        yield Finding(
            "RESTRUCTURE-DEPUTIES", code, names[code],
            f"{names[code]} ({code}) sẽ có {count} cấp phó, quá {deputies.value}.",
            count, deputies.value, tuple(persons), deputies.reference,
        )  # fmt: skip


def _without_post(plan: Plan) -> Iterator[Finding]:
    """People whose post ends and who have no other yet."""
    for move in plan.moves:
        if move.kind == "assignment" and move.waiting:
            yield Finding(
                "RESTRUCTURE-NO-POST", move.code, move.name,
                f"{move.waiting} người giữ chức vụ tại {move.name} ({move.code}) chờ bố trí từng người.", move.waiting,
            )  # fmt: skip


def _quotas(plan: Plan, units: Mapping[str, Standing], on: dt.date, names: Mapping[str, str]) -> Iterator[Finding]:
    """More people present than the quotas that come together."""
    together = Together(plan, units, "assignment")
    if not together.targets:
        return
    for at, present, assigned in read(
        "SELECT h.target, h.present, q.assigned FROM (SELECT m.target, count(DISTINCT t.person_id) AS present "  # noqa: S608
        f"{_HELD} AND NOT t.concurrent GROUP BY m.target) h JOIN (SELECT m.target, sum(q.assigned) AS assigned "
        "FROM staffing_staffquota q JOIN unnest(%(units)s::bigint[], %(targets)s::int[]) AS m(unit, target) "
        "ON m.unit = q.unit_id WHERE q.voided_on IS NULL AND NOT q.baseline AND q.in_force @> %(on)s::date GROUP BY 1) q "
        "USING (target) WHERE h.present > q.assigned ORDER BY 1",
        {**together.values, "on": on},
    ):
        code = together.targets[at]
        yield Finding(
            "RESTRUCTURE-OVER-QUOTA", code, names[code],
            f"{names[code]} ({code}) sẽ có {present} người, biên chế cộng lại là {assigned}: dôi dư {present - assigned}.",
            present, int(assigned),
        )  # fmt: skip


def _cells(plan: Plan, units: Mapping[str, Standing], on: dt.date, names: Mapping[str, str]) -> Iterator[Finding]:
    """Cells with too few full members to stand, or so many that the superior must consent."""
    together = Together(plan, units, "membership")
    if not together.targets:
        return
    rules = rulebooks.current()
    fewest = rules.value("party.organisation.cell_min_full_members", on=on)
    most = rules.value("party.organisation.cell_max_members", on=on)
    kinds = {code: unit.kind for code, unit in units.items()}
    kinds |= {opening.code: opening.kind for opening in plan.openings} | {c.code: c.kind for c in plan.changes}
    for at, full, everybody in read(
        "SELECT m.target, count(*) FILTER (WHERE t.official_on <= %(on)s), count(*) FROM party_membership t "
        "JOIN unnest(%(units)s::bigint[], %(targets)s::int[]) AS m(unit, target) ON m.unit = t.unit_id "
        "WHERE t.voided_on IS NULL AND t.in_force @> %(on)s::date GROUP BY 1 ORDER BY 1",
        {**together.values, "on": on},
    ):
        code = together.targets[at]
        if not kinds.get(code, "").startswith("chi bộ"):
            continue
        if full < fewest.value:
            yield Finding(
                "RESTRUCTURE-CELL-SMALL", code, names[code],
                f"{names[code]} ({code}) sẽ có {full} đảng viên chính thức, ít hơn {fewest.value}.",
                full, fewest.value, source=fewest.reference,
            )  # fmt: skip
        if everybody > most.value:
            yield Finding(
                "RESTRUCTURE-CELL-LARGE", code, names[code],
                f"{names[code]} ({code}) sẽ có {everybody} đảng viên, quá {most.value}: cần cấp trên đồng ý.",
                everybody, most.value, source=most.reference,
            )  # fmt: skip


def _names(plan: Plan, units: Mapping[str, Standing], names: Mapping[str, str]) -> Iterator[Finding]:
    """Units of one name under one superior, where the plan brings that about."""
    gone = {closing.code for closing in plan.closings}
    parent = {code: unit.parent for code, unit in units.items() if code not in gone}
    parent |= {opening.code: opening.parent for opening in plan.openings} | {c.code: c.parent for c in plan.changes}
    touched = {opening.code for opening in plan.openings} | {c.code for c in plan.changes if c.operations}
    alike: dict[tuple[str | None, str], list[str]] = defaultdict(list)
    for code, above in parent.items():
        alike[above, names[code].casefold()].append(code)
    for (above, _), codes in alike.items():
        if len(codes) > 1 and touched & set(codes):
            first = sorted(codes)[0]
            where = f"trực thuộc {names.get(above, above)}" if above else "ở đầu hệ thống"
            yield Finding(
                "RESTRUCTURE-SAME-NAME", first, names[first],
                f"{len(codes)} đơn vị cùng tên {names[first]} {where}: {', '.join(sorted(codes)[:6])}.", len(codes), 1,
            )  # fmt: skip
