"""Where a unit stands, and under whose rules a cycle runs."""

from __future__ import annotations

import datetime as dt

from canbo.facts.organisation.models import Unit, UnitVersion

from ...models import Cycle
from ..books import PARTY_TRACKS, book_of


def superior_name(unit: Unit, day: dt.date) -> str:
    """The name of the unit above one on a day; empty for the topmost."""
    row = UnitVersion.objects.at(day).filter(unit=unit).select_related("parent").first()
    return row.parent.name if row and row.parent else ""


def is_party(cycle: Cycle) -> bool:
    """Whether a cycle follows rules of the Party, whose papers have the Party's layout."""
    return book_of(cycle).track in PARTY_TRACKS
