"""Pieces of the desk that several of its parts share."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True)
class Due:
    """A piece of work with its own page, and by when.

    Args:
        page, key: name and argument of the address.
        count, noun: how many of what; 0 where it is one thing.
        on: its last day; None where none is set.
        words, kind: that day in words, and the colour of its sign.
    """

    text: str
    page: str
    key: int
    count: int
    noun: str
    on: dt.date | None
    words: str
    kind: str
