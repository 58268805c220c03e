"""Where a value comes from: since when, by which decision, entered by whom."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from canbo.facts.decisions.models import DatedFact, Decision, EventFact, Sourced

SOURCED = ("opened_by", "opened_by__opened_in", "opened_in")
"""What ``select_related`` needs so that origins cost no query."""


@dataclass(frozen=True)
class Origin:
    """Behind a fact.

    Args:
        since: the day it holds from, None where it always held.
        precision: whether that day is known, or its month or year.
        decision: the decision that opened it.
        entered_by: who recorded it.
        entered_at: when it was recorded.
        source: the file it was loaded from.
        historical: whether it is a figure of the past whose paper is gone.
    """

    since: dt.date | None = None
    precision: str = "d"
    decision: Decision | None = None
    entered_by: str = ""
    entered_at: dt.datetime | None = None
    source: str = ""
    historical: bool = False


def origin_of(fact: Sourced) -> Origin:
    """The origin of a fact whose ``SOURCED`` rows are at hand."""
    since, precision = None, "d"
    if isinstance(fact, DatedFact):
        known = fact.in_force is not None and fact.in_force.lower is not None
        since, precision = (fact.since, fact.since_precision) if known else (None, "d")
    elif isinstance(fact, EventFact):
        since, precision = fact.on, fact.on_precision
    decision, batch = fact.opened_by, fact.opened_in
    if batch is None and decision is not None:
        batch = decision.opened_in
    entered_by, entered_at = "", None
    if fact.opened_in is not None:
        entered_by, entered_at = fact.opened_in.loaded_by, fact.opened_in.loaded_at
    elif decision is not None:
        entered_by, entered_at = decision.recorded_by, decision.recorded_at
    return Origin(since, precision, decision, entered_by, entered_at, batch.source if batch else "", fact.historical)
