"""Where new people are found on the day of loading, so that lists and scopes know them at once."""

from __future__ import annotations

import datetime as dt

from .plan import Inserts, Plan


def add_places(plan: Plan, today: dt.date) -> None:
    """Fills in the cell and the workplace of new people from the facts about to be written."""
    if not plan.new_people:
        return
    party, work = {}, {}
    for insert in plan.inserts:
        if insert.table == "party_membership":
            party = dict(_here(insert, today))
        elif insert.table == "staffing_assignment":
            beside = insert.columns["concurrent"]
            found = [(p, u, c) for (p, u), c in zip(_all(insert, today), beside, strict=True) if u is not None]
            work = {p: u for p, u, c in sorted(found, key=lambda f: not f[2])}  # a main post wins over a concurrent one
    for insert in plan.inserts:
        if insert.table == "people_person":
            insert.columns["party_unit_id"] = [party.get(p) for p in insert.columns["id"]]
            insert.columns["work_unit_id"] = [work.get(p) for p in insert.columns["id"]]


def _all(insert: Inserts, today: dt.date) -> list[tuple[int, int | None]]:
    columns = insert.columns
    return [
        (p, u if (low is None or low <= today) and today < up else None)
        for p, u, (low, up) in zip(columns["person_id"], columns["unit_id"], columns["in_force"], strict=True)
    ]


def _here(insert: Inserts, today: dt.date) -> list[tuple[int, int]]:
    return [(p, u) for p, u in _all(insert, today) if u is not None]
