"""The one place that asks what day it is; only views and commands may call it."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def now() -> dt.datetime:
    """The present moment in Vietnam, with its time zone."""
    return dt.datetime.now(VIETNAM)


def today() -> dt.date:
    """The present day in Vietnam."""
    return now().date()
