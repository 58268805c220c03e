"""A province's records as books, however many members it has."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from math import ceil

from ..book import Book
from . import honours
from .figures import Figures, ordinary
from .forest import Forest, party_tree
from .ledger import Ledger
from .members import Members, Recorder, gather
from .places import Place, invented

CHUNK = 250_000
"""People of one book at most."""


def books(place: Place, figures: Figures, seed: int) -> Iterator[Book]:
    """The records of a province as one book, or as several when there are more than ``CHUNK`` people.

    Units are in the first book; later ones hold more people of the same units.
    """
    rng = random.Random(seed)  # noqa: S311  invented records, nothing secret
    ledger = Ledger()
    forest = party_tree(rng, ledger, place, figures.stock)
    recorder = Recorder(ledger, forest)
    parts = figures.split(ceil(figures.people / CHUNK) or 1)
    people = awards = 0
    for number, part in enumerate(parts):
        members = gather(rng, recorder, part, people)
        book = Book()
        awarded = honours.badges(ledger, members)
        issued = honours.cards(rng, recorder, members)
        book.add("Quyết định", ledger.close())
        if number == 0:
            _first(book, forest)
        _people(book, rng, members)
        book.add("Thẻ đảng", honours.card_sheet(members, issued))
        book.add("Huy hiệu Đảng", honours.badge_sheet(members, awarded, awards))
        people += len(members.people.codes)
        awards += len(awarded)
        yield book


def _first(book: Book, forest: Forest) -> None:
    book.add("Đơn vị", forest.units.columns())


def _people(book: Book, rng: random.Random, members: Members) -> None:
    book.add("Hồ sơ", members.people.sheet(rng))
    book.add("Đảng viên", members.sheet())


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
    yield from books(invented(rng, districts, communes), ordinary(today, size), seed)
