"""Reading restructurings: cases, steps, the plan, the work list."""

from .cases import (
    case_by_id,
    cases,
    hand_overs,
    next_stages,
    operations,
    require_case,
    stages,
    state_label,
    steps,
    waiting,
    waiting_by_unit,
)

__all__ = [
    "case_by_id",
    "cases",
    "hand_overs",
    "next_stages",
    "operations",
    "require_case",
    "stages",
    "state_label",
    "steps",
    "waiting",
    "waiting_by_unit",
]
