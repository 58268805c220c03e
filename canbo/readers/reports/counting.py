"""What an office may set about its figures, read from the rulebooks in one place."""

from __future__ import annotations

import datetime as dt

from canbo.facts.staffing import queries as staffing
from canbo.foundation import rulebooks


def counted_by_ceremony(day: dt.date) -> bool:
    """Whether admissions are counted by the ceremony instead of the decision (``party.admission.counted_by``)."""
    try:
        return rulebooks.current().value("party.admission.counted_by", on=day).value == "ceremony"
    except rulebooks.NoRuleInForce:
        # Before the first entry nothing was laid down; the decision is what every later form counts by.
        return False


def outside_total(day: dt.date) -> list[str]:
    """Names of the staff groups that are not part of the total of quotas (``staffing.quota.groups``)."""
    return staffing.outside_total(day)


def group_names(key: str, day: dt.date) -> list[str]:
    """Every name of one staff group, in lower case."""
    return staffing.names_of(key, day)


def rulebook_version() -> str:
    """The state of the rules that figures were computed under."""
    return rulebooks.current().version
