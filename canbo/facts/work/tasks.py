"""What work does in the background."""

from __future__ import annotations

from canbo.foundation.jobs.registry import nightly
from canbo.foundation.kernel.actor import operator
from canbo.foundation.kernel.clock import now

from . import actions, queries


@nightly("giao nhiệm vụ lặp lại")
def repeating() -> None:
    """Every night the repeating tasks whose turn has come are given; what was given already is left alone."""
    at = now()
    for series in queries.all_series(at.date()):
        actions.give_turn(operator("việc hằng đêm"), series, at)
