"""What evaluation does in the background."""

from __future__ import annotations

from canbo.foundation.jobs.registry import nightly
from canbo.foundation.kernel.actor import operator
from canbo.foundation.kernel.clock import today

from .actions import remind


@nightly("nhắc việc đánh giá")
def reminders() -> None:
    """Who has a step due within three days, or over, finds it on the desk in the morning."""
    remind(operator("việc hằng đêm"), on=today())
