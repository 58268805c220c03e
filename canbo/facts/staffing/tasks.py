"""What staffing does in the background."""

from __future__ import annotations

from canbo.foundation.jobs.registry import nightly
from canbo.foundation.kernel.clock import today

from .actions import refresh_places


@nightly("nơi công tác, sinh hoạt")
def places() -> None:
    """Facts recorded ahead come into force by themselves: every night says anew where people are found."""
    refresh_places(today())
