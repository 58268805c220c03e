"""What an office may set about its figures, read from the rulebooks in one place."""

from __future__ import annotations

import datetime as dt


def counted_by_ceremony(day: dt.date) -> bool:
    """Whether admissions are counted by the ceremony instead of the decision (``party.admission.counted_by``)."""
    return False
