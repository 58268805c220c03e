"""Party badges and member cards."""

from __future__ import annotations

import datetime as dt
import random
from bisect import bisect_left

from .cohorts import badge
from .days import dates, day, month_bounds, rounds, working_day, years_later
from .ledger import Ledger, Paper, numbers
from .members import Members, Recorder

Award = tuple[int, int, int, Paper]
"""Person, level, day, decision."""
Card = tuple[int, int, str, Paper]
"""Person, day, form, decision."""


def badges(ledger: Ledger, members: Members) -> list[Award]:
    """Badges of the years reported on, and the highest one that others had received before."""
    years = members.figures.years
    until = members.figures.until.toordinal()
    held = rounds(years[0].year - 1, until)
    before = max(value for value in held if value < day(years[0].year, 1, 1))
    issuer = f"Ban Thường vụ {members.forest.place.committee}"

    def paper(on: int) -> Paper:
        if known := ledger.known(("badge", on)):
            return known
        text = f"Về việc tặng Huy hiệu Đảng đợt {dt.date.fromordinal(on):%d/%m/%Y}"
        return ledger.once(("badge", on), Paper("-QĐ/TU", issuer, working_day(on - 18), text))

    found: list[Award] = []
    inside: set[int] = set()
    for (_, level), people in members.windows.items():
        inside.update(people)
        for person in people:
            on = held[bisect_left(held, years_later(members.admitted[person], level))]
            found.append((person, level, on, paper(on)))
    seen: dict[int, tuple[int, int] | None] = {}
    for person, admitted in enumerate(members.admitted):
        if admitted not in seen:
            seen[admitted] = badge(admitted, before)
        earlier = seen[admitted]
        if earlier and person not in inside:
            found.append((person, *earlier, paper(earlier[1])))
    return found


def badge_sheet(members: Members, awards: list[Award], first: int) -> dict[str, list[object]]:
    """The columns of ``Huy hiệu Đảng``."""
    codes = members.people.codes
    return {
        "Mã hồ sơ": [codes[award[0]] for award in awards],
        "Loại": [award[1] for award in awards],
        "Ngày trao": dates(award[2] for award in awards),
        "Hình thức": ["thường"] * len(awards),
        "Số huy hiệu": [f"{number:07d}" for number in range(first + 1, first + len(awards) + 1)],
        "Số quyết định": numbers(award[3] for award in awards),
    }


def cards(rng: random.Random, recorder: Recorder, members: Members) -> list[Card]:
    """First cards of those whose probation ended, and as many exchanges and replacements as the figures ask for."""
    until = members.figures.until.toordinal()
    start = day(members.figures.years[0].year, 1, 1)
    found: list[Card] = []
    fresh: dict[int, int] = {year.year: 0 for year in members.figures.years}
    low = start - 430
    for person, admitted in enumerate(members.admitted):
        if admitted < low or members.stays[person].until or members.stays[person].entry != "kết nạp":
            continue
        if person in members.overdue:
            continue
        on = _card_day(members.official(person))
        if start <= on <= until:
            fresh[dt.date.fromordinal(on).year] += 1
            found.append((person, on, "phát", _card_paper(recorder, members.cell[person], on)))
    old = [person for person in members.settled if members.admitted[person] < low and not members.stays[person].until]
    wanted = {year.year: max(0, year.cards - fresh[year.year]) for year in members.figures.years}
    chosen = iter(rng.sample(old, min(len(old), sum(wanted.values()))))
    for year, count in wanted.items():
        days = [value for month in range(1, 13) if (value := _fixed(year, month)) <= until]
        for _ in range(count if days else 0):
            if (lucky := next(chosen, None)) is None:
                break
            on = rng.choice(days)
            form = "đổi" if rng.random() < 0.7 else "cấp lại"
            found.append((lucky, on, form, _card_paper(recorder, members.cell[lucky], on)))
    return found


def _fixed(year: int, month: int) -> int:
    return working_day(day(year, month, 25))


def _card_day(official: int) -> int:
    """The day cards are issued in the month after the end of probation."""
    date = dt.date.fromordinal(official)
    following = dt.date.fromordinal(month_bounds(date.year, date.month)[1] + 1)
    return _fixed(following.year, following.month)


def _card_paper(recorder: Recorder, cell: int, on: int) -> Paper:
    which = recorder.committee(cell, on)[0]
    if known := recorder.ledger.known((("card", on), which)):
        return known
    text = f"Về việc phát, đổi, cấp lại thẻ đảng viên tháng {dt.date.fromordinal(on):%m/%Y}"
    return recorder.paper(("card", on), cell, on, text)


def card_sheet(members: Members, issued: list[Card]) -> dict[str, list[object]]:
    """The columns of ``Thẻ đảng``."""
    people, place = members.people, members.forest.place
    return {
        "Mã hồ sơ": [people.codes[card[0]] for card in issued],
        "Ngày cấp": dates(card[1] for card in issued),
        "Hình thức": [card[2] for card in issued],
        "Số thẻ": [f"{place.code}{people.first + card[0]:06d}" for card in issued],
        "Số quyết định": numbers(card[3] for card in issued),
    }
