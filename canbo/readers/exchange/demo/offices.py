"""The offices of the sample province in full: one department of thirty, communes with staff, groups of staff."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .cadres import PROVINCE, Appointer
from .days import working_day
from .ledger import Paper
from .posts import Post
from .reform import DAY
from .state import State

CIVIL, CONTRACT, PUBLIC = "công chức", "hợp đồng lao động", "viên chức"
COMMUNE = "cán bộ, công chức cấp xã"
PUBLIC_SERVICES = ("SGD", "SYT")
"""Departments whose last division is manned by public employees."""
COMMUNE_TITLES = (
    "Chủ tịch Ủy ban nhân dân", "Phó Chủ tịch Ủy ban nhân dân", "Chuyên viên", "Chuyên viên", "Chuyên viên", "Chuyên viên",
)  # fmt: skip


def full(appointer: Appointer, state: State, communes: Sequence[tuple[str, str]]) -> None:
    """Adds the People's Committee, the rest of the first department and the staff of communes to the posts.

    Args:
        communes: codes and names of those in force on the last day of the records.
    """
    place = appointer.members.forest.place
    issuer = f"Ủy ban nhân dân {place.name[0].lower()}{place.name[1:]}"
    council = f"Hội đồng nhân dân {place.name[0].lower()}{place.name[1:]}"
    for post in appointer.posts:
        post.group = group_of(state, post.unit, post.title)

    def fill(unit: str, name: str, title: str, since: int, act: str, by: str, managed_by: str | None = None) -> None:
        symbol = "/NQ-HĐND" if by == council else "/QĐ-UBND"
        kind = "Nghị quyết" if by == council else "Quyết định"
        paper = Paper(symbol, by, working_day(since - 5), f"Về việc {act} {title} {name}", kind, effective=since)
        paper = appointer.ledger.once((by, unit, title, since), paper)
        term = act in ("bầu cử", "bổ nhiệm")
        if appointer.appoint(appointer.anybody(), unit, title, since, act, paper, managed_by=managed_by, term=term):
            appointer.posts[-1].group = group_of(state, unit, title)

    began = max(DAY, working_day(appointer.until - 700)) if communes else working_day(appointer.until - 700)
    for title in ("Chủ tịch Ủy ban nhân dân", "Phó Chủ tịch Ủy ban nhân dân", "Phó Chủ tịch Ủy ban nhân dân"):
        fill(state.root, place.name, title, began, "bầu cử", council, PROVINCE)
    first = state.departments[0]
    for division in (code for code in state.divisions if code.startswith(f"{first}.")):
        titles = ["Chuyên viên"] * 4
        if division.endswith(".1"):
            titles += ["Lái xe", "Nhân viên phục vụ"]
        for number, title in enumerate(titles):
            since = working_day(appointer.until - 1500 + 90 * number)
            fill(division, state.names[division], title, since, "tuyển dụng", issuer)
    for code, name in communes:
        for title in COMMUNE_TITLES:
            leader = title != "Chuyên viên"
            fill(code, name, title, DAY, "bổ nhiệm" if leader else "tiếp nhận", issuer)


def group_of(state: State, unit: str, title: str) -> str | None:
    """The staff group of a post, where its unit has quotas of several or of another than the civil servants'."""
    if title in ("Lái xe", "Nhân viên phục vụ"):
        return CONTRACT
    if unit.endswith(".3") and any(unit == f"{state.root}.{letters}.3" for letters in PUBLIC_SERVICES):
        return PUBLIC
    return CIVIL if unit == f"{state.departments[0]}.1" else None


def staff_by_group(posts: Sequence[Post], units: Mapping[str, str]) -> dict[tuple[str, str], int]:
    """People of each unit and staff group.

    Args:
        units: the units that have quotas, with the group of those of whom none is named.
    """
    found: dict[tuple[str, str], int] = {}
    for post in posts:
        if post.unit in units and post.until is None and not post.concurrent:
            key = post.unit, post.group or units[post.unit]
            found[key] = found.get(key, 0) + 1
    return found
