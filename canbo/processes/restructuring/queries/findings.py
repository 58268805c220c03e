"""What should be looked at before anybody signs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from ..rules import Finding, Plan, Standing


def findings(plan: Plan, units: Mapping[str, Standing], on: dt.date) -> list[Finding]:
    """Everything worth a look."""
    return []
