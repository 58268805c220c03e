"""What only the sample province has: offices in full, committees, quotas by group, job positions."""

from __future__ import annotations

from .allotments import Allotments, allot
from .cadres import Appointer
from .committees import committees
from .listed_positions import BOARD, DEPARTMENT, SINCE, Positions
from .offices import CIVIL, COMMUNE, PUBLIC, PUBLIC_SERVICES, full, staff_by_group
from .posts import Post
from .reform import DAY
from .state import State

Sheets = dict[str, dict[str, list[object]]]


def enrich(appointer: Appointer, state: State, congress: int) -> tuple[Sheets, dict[str, str]]:
    """Adds posts to those of the province, and makes the sheets that rest on all of them.

    Returns:
        The sheets of quotas and job positions, and ranks by code of the person.
    """
    members = appointer.members
    until = members.figures.until
    old = [commune for district in members.forest.place.districts for commune in district.communes]
    new = [(found.code, found.name) for found in members.after.place.districts] if members.after else []
    full(appointer, state, new)
    committees(appointer, congress)
    ended = DAY - 1 if members.after else None
    communes = [(commune.code, 0, ended) for commune in old] + [(code, DAY, None) for code, _ in new]
    units = dict.fromkeys((state.root, *state.departments, *state.divisions, *state.boards, *state.offices), CIVIL)
    units |= {
        f"{state.root}.{letters}.3": PUBLIC for letters in PUBLIC_SERVICES if f"{state.root}.{letters}.3" in units
    }
    present = staff_by_group(appointer.posts, units | {code: COMMUNE for code, _ in new})
    place = members.forest.place
    province = f"{place.name[0].lower()}{place.name[1:]}"
    handing = {unit: [code for code in state.divisions if code.startswith(f"{unit}.")] for unit in state.departments}
    made = Allotments(appointer.ledger, f"Hội đồng nhân dân {province}", until)
    sheets = allot(made, state.root, present, communes, handing)
    if until.toordinal() < SINCE:
        return sheets, {}
    positions = Positions(appointer.ledger)
    by = {state.boards[0]: (BOARD, "-QĐ/TU", f"Ban Thường vụ {place.committee}"),
          state.departments[0]: (DEPARTMENT, "/QĐ-UBND", f"Ủy ban nhân dân {province}")}  # fmt: skip
    held: list[Post] = appointer.posts
    for unit, (lines, symbol, issuer) in by.items():
        positions.office(unit, state.names[unit], lines, held, symbol, issuer)
    return sheets | positions.sheets(), positions.ranks
