"""What an office may set about its figures, read from the rulebooks in one place."""

from __future__ import annotations

import datetime as dt

from canbo.facts.party.rules import add_months
from canbo.facts.staffing import queries as staffing
from canbo.facts.staffing.queries.committees import seats_of
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


def committee_titles(body: str, day: dt.date) -> list[str]:
    """Titles, as they are compared, that make their holder a member of a committee (``party.committees.titles``)."""
    return list(seats_of(body, day))


def young_after(day: dt.date) -> dt.date:
    """Who was born after this day is young on a day (``party.committees.young_under``)."""
    rules = rulebooks.current()
    try:
        under = rules.value("party.committees.young_under", on=day).value
    except rulebooks.NoRuleInForce:
        # An age the office sets for itself: the first one it set serves for the years before.
        under = rules.history("party.committees.young_under")[0].value
    return add_months(day, -12 * int(under))


def rulebook_version() -> str:
    """The state of the rules that figures were computed under."""
    return rulebooks.current().version
