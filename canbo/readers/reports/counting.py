"""What an office may set about its figures, read from the rulebooks in one place."""

from __future__ import annotations

import datetime as dt

from canbo.foundation import rulebooks


def counted_by_ceremony(day: dt.date) -> bool:
    """Whether admissions are counted by the ceremony instead of the decision (``party.admission.counted_by``)."""
    try:
        return rulebooks.current().value("party.admission.counted_by", on=day).value == "ceremony"
    except rulebooks.NoRuleInForce:
        # Before the first entry nothing was laid down; the decision is what every later form counts by.
        return False


def rulebook_version() -> str:
    """The state of the rules that figures were computed under."""
    return rulebooks.current().version
