"""A province's records as books, however many members it has."""

from __future__ import annotations

import datetime as dt
import gc
import random
from collections.abc import Iterator
from contextlib import contextmanager
from math import ceil

from ..book import Book
from . import honours, outcomes
from .cadres import Appointer, party_posts, quotas, staff
from .days import day, working_day, years_later
from .figures import Figures, ordinary
from .forest import party_tree
from .ledger import Ledger, numbered
from .members import Members, Recorder, gather
from .places import INVENTED_CODE, Place, invented
from .posts import post_sheet
from .reform import DAY, Lineage, reform
from .state import State, state_tree
from .whole_sample import enrich

CHUNK = 250_000
"""People of one book at most."""
STATE_SINCE = day(1997, 1, 1)
"""First day of every State unit here: a convention, like the first day of the Party's."""


def books(place: Place, figures: Figures, seed: int, congress: int) -> Iterator[Book]:
    """The records of a province as one book, or as several when there are more than ``CHUNK`` people.

    Units, posts and all but the people's own records are in the first book; later ones hold more people of the same
    units.

    Args:
        place: the province.
        figures: what the records add up to.
        seed: the same seed gives the same records.
        congress: the day around which the Party bodies elected their secretaries.
    """
    rng = random.Random(seed)  # noqa: S311  invented records, nothing secret
    ledger = Ledger()
    forest = party_tree(rng, ledger, place, figures.stock)
    reformed = place.code == INVENTED_CODE and figures.until.toordinal() >= DAY
    after, lineage = reform(ledger, forest) if reformed else (None, Lineage())
    state = state_tree(
        forest.units, ledger, place, STATE_SINCE,
        departments=max(1, min(99, figures.stock // 120)), until=DAY - 1 if reformed else None,
    )  # fmt: skip
    recorder = Recorder(ledger, forest, after)
    people = awards = 0
    for number, part in enumerate(figures.split(ceil(figures.people / CHUNK) or 1)):
        with _uncollected():
            members = gather(rng, recorder, part, people)
            awarded = honours.badges(ledger, members)
            sheets = {
                "Hồ sơ": members.people.sheet(rng),
                "Đảng viên": members.sheet(recorder),
                "Thẻ đảng": honours.card_sheet(members, honours.cards(rng, recorder, members)),
                "Huy hiệu Đảng": honours.badge_sheet(members, awarded, awards),
            }
            if number == 0:
                sheets |= _around(rng, ledger, members, figures, state, congress)
                if ranks := members.people.ranks:
                    sheets["Hồ sơ"]["Ngạch"] = [ranks.get(code) for code in members.people.codes]
                sheets["Quan hệ đơn vị"] = lineage.columns()
                sheets["Đơn vị"] = forest.units.columns()
            book = bound(ledger, sheets)
        people += len(members.people.codes)
        awards += len(awarded)
        yield book


@contextmanager
def _uncollected() -> Iterator[None]:
    """Spares the search for cycles among millions of rows that hold none: a fifth of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def bound(ledger: Ledger, sheets: dict[str, dict[str, list[object]]]) -> Book:
    """A book of these sheets and the papers they rest on."""
    book = Book()
    book.add("Quyết định", ledger.close())
    for name, columns in sheets.items():
        book.add(name, numbered(columns))
    return book


def _around(
    rng: random.Random, ledger: Ledger, members: Members, figures: Figures, state: State, congress: int
) -> dict[str, dict[str, list[object]]]:
    """Posts, quotas, courses, grades, rewards, discipline and plans."""
    appointer = Appointer(rng, ledger, members)
    years = [year.year for year in figures.years]
    counts = staff(appointer, state, years[0])
    party_posts(appointer, congress)
    holders = sorted(appointer.taken)
    if members.forest.place.code == INVENTED_CODE:
        more, ranks = enrich(appointer, state, congress)
    else:
        more, ranks = {"Biên chế": quotas(appointer, counts, years)}, {}
    members.people.ranks = ranks
    some = rng.sample(holders, min(len(holders), max(5, figures.stock // 150)))
    free = [person for person in members.settled if person not in appointer.taken]
    bad = rng.sample(free, min(len(free), figures.stock // 900))
    full_years = [year for year in years if dt.date(year, 12, 25) <= figures.until] or [years[0]]
    forest = members.forest_on(day(full_years[0], 12, 25))
    bodies = [code for code, _ in forest.bases[::25]] or forest.bodies
    merits = bodies + [members.people.codes[person] for person in some[::8]]
    return {
        "Chức vụ": post_sheet(appointer.posts),
        "Đào tạo": outcomes.course_sheet(outcomes.courses(rng, ledger, members, some, years)),
        "Xếp loại": outcomes.grades(rng, ledger, members, some, full_years),
        "Khen thưởng": outcomes.reward_sheet(outcomes.rewards(ledger, forest.place, merits, full_years)),
        "Kỷ luật": outcomes.discipline(rng, ledger, members, bad),
        "Chỉ tiêu": outcomes.plans(ledger, members, figures.years),
        **more,
    }


def province(size: int, seed: int, today: dt.date) -> Iterator[Book]:
    """An invented province with ``size`` members on a day, from an office of five to a whole country.

    Raises:
        ValueError: when there are fewer than five members or more than six million.
    """
    if not 5 <= size <= 6_000_000:
        raise ValueError("Số đảng viên của tỉnh giả lập phải từ 5 đến 6.000.000")
    rng = random.Random(seed)  # noqa: S311
    districts = max(1, min(999, round(size / 8000) if size > 20_000 else round(size / 700)))
    communes = max(1, min(99, round(size / districts / 400) if size > 20_000 else round(size / districts / 150)))
    # the terms of five years end soon
    congress = working_day(years_later(today.toordinal(), -5) + 110)
    if today.toordinal() >= DAY:
        congress = DAY
    yield from books(invented(rng, districts, communes), ordinary(today, size), seed, congress)
