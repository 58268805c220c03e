"""What an office may set about its figures, read from the rulebooks in one place."""

from __future__ import annotations

import datetime as dt

from canbo.facts.party.rules import add_months
from canbo.facts.staffing import queries as staffing
from canbo.facts.staffing.queries.committees import seats_of
from canbo.foundation import rulebooks


def counted_by_ceremony(day: dt.date) -> bool:
    """Whether admissions are counted by the ceremony instead of the decision (``party.admission.counted_by``)."""
    # Before the first entry nothing was laid down; the decision is what every later form counts by.
    ruling = rulebooks.current().value_or_none("party.admission.counted_by", on=day)
    return ruling is not None and ruling.value == "ceremony"


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
    under = rulebooks.current().known("party.committees.young_under", on=day).value
    return add_months(day, -12 * int(under))


def rulebook_version() -> str:
    """The state of the rules that figures were computed under."""
    return rulebooks.current().version
