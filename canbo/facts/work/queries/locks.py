"""Which periods are closed for whom: other packages answer, through the functions that ``settings.WORK_LOCKS`` names."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.conf import settings
from django.utils.module_loading import import_string

Pair = tuple[int, dt.date]


def locked(pairs: Collection[Pair]) -> set[Pair]:
    """Of (person, day that counts), those whose period is closed.

    Every function named in ``settings.WORK_LOCKS`` takes the same pairs and gives those it keeps closed.
    """
    found: set[Pair] = set()
    for name in settings.WORK_LOCKS:
        found |= import_string(name)(pairs)
    return found
