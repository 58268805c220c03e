"""The sample province: small, rich, and alive up to the day it is made."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from ...book import Book
from ..province import province

FULL = 3000


def make(size: int, seed: int, today: dt.date) -> Iterator[Book]:
    """An invented province with ``size`` members on the day ``today``."""
    return province(size, seed, today)
