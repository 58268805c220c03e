"""Data sets to try the system with, by name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ...book import Book

Make = Callable[[int, int, dt.date], Iterator[Book]]


@dataclass(frozen=True)
class Case:
    """A data set: what it holds, where to begin, and what to try.

    ``root`` is the code of the Party organisation at the top, ``state_root`` of the State unit at the top. ``period``
    is written as the command line takes it. ``full`` is the size at which the published figures come out exactly.
    """

    title: str
    root: str
    state_root: str
    period: str
    try_this: str
    full: int
    make: Make

    def books(self, size: int | None = None, seed: int = 2021, today: dt.date | None = None) -> Iterator[Book]:
        """The records, in books of at most a quarter of a million people.

        Args:
            size: number of members, ``full`` when None; the figures shrink or grow with it.
            seed: the same seed gives the same records.
            today: the day up to which a living province is told; of no effect on cases with a period of their own.
        """
        return self.make(size or self.full, seed, today or dt.date(2026, 11, 22))

    def __call__(self, size: int, seed: int, today: dt.date) -> Book:
        """The records as one book.

        Raises:
            ValueError: when they need more than one.
        """
        found = list(self.make(size, seed, today))
        if len(found) > 1:
            raise ValueError("Bộ dữ liệu này lớn, hãy lấy từng phần bằng books()")
        return found[0]
