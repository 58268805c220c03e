"""Members of the committees of the sample province, beside the secretaries elected with them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .cadres import PROVINCE, Appointer
from .days import working_day, years_later
from .ledger import Paper
from .names import MALE
from .posts import Post

MEMBER, STANDING = "Ủy viên Ban Chấp hành", "Ủy viên Ban Thường vụ"
PROVINCIAL, COMMUNAL = (33, 8), (17, 7)
"""Seats beside those of secretaries and deputies: in all, and of them in the standing committee."""
COMMUNES = 4
"""So many communes have their whole committee on record; the second has no woman in it, the third nobody young."""


def committees(appointer: Appointer, congress: int) -> None:
    """Adds seats on the provincial committee and on those of some communes, elected at the congress."""
    members = appointer.members
    forest = members.forest_on(congress)
    place = forest.place
    higher, highest = (min(congress + days, appointer.until) for days in (30, 60))
    paper = _ratified("-QĐ/TW", "Ban Bí thư", highest, place.committee)
    _seat(appointer, forest.root, list(_ladder(appointer.posts, forest.bodies)), PROVINCIAL, highest, paper, PROVINCE)
    cells = {cell.code: cell.district for cell in forest.cells}
    people = members.people
    known = {code: (sex, born) for code, sex, born in zip(people.codes, people.sex, people.born, strict=True)}
    for index, code in enumerate(forest.bodies[:COMMUNES]):
        local = [post.code for post in appointer.posts if cells.get(post.unit) == index]
        local += [people.codes[person] for person in appointer.at_home(index)]
        if index == 1:
            local = [person for person in local if known[person][0] == MALE]
        if index == 2:
            local.sort(key=lambda person: known[person][1])
        paper = _ratified("-QĐ/TU", place.committee, higher, place.districts[index].committee[0])
        _seat(appointer, code, local, COMMUNAL, higher, paper, None)


def _ratified(symbol: str, issuer: str, on: int, name: str) -> Paper:
    return Paper(symbol, issuer, working_day(on), f"Về việc chuẩn y Ban Chấp hành, Ban Thường vụ {name}")


def _ladder(posts: Sequence[Post], bodies: Sequence[str]) -> Iterator[str]:
    """Who is elected to the provincial committee, in this order: heads, secretaries of communes, deputies."""
    below = set(bodies)
    for titles, units in (
        ({"Trưởng ban", "Chủ tịch Ủy ban nhân dân"}, None),
        ({"Bí thư"}, below),
        ({"Giám đốc"}, None),
        ({"Phó Trưởng ban", "Phó Giám đốc"}, None),
    ):
        yield from (post.code for post in posts if post.title in titles and (units is None or post.unit in units))


def _seat(
    appointer: Appointer, unit: str, people: Sequence[str], seats: tuple[int, int], since: int, paper: Paper,
    managed_by: str | None,
) -> None:  # fmt: skip
    """Seats people beside what they do; the last one was designated later in the place of somebody who left."""
    chosen = list(dict.fromkeys(people))[: seats[0]]
    if not chosen:
        return
    paper = appointer.ledger.once(("committee", unit), paper)
    later = working_day(min(since + 200, appointer.until))
    text = paper.abstract.replace("chuẩn y", "chỉ định bổ sung ủy viên")
    added = appointer.ledger.once(("committee", unit, "added"), Paper(paper.symbol, paper.issuer, later, text))
    for number, code in enumerate(chosen):
        last = number == len(chosen) - 1 and number >= seats[1]
        title = STANDING if number < seats[1] else MEMBER
        appointer.posts.append(
            Post(
                code, unit, title, later if last else since, "chỉ định" if last else "bầu cử", added if last else paper,
                concurrent=True, term=years_later(since, 5) - 1, managed_by=managed_by,
            )
        )  # fmt: skip
