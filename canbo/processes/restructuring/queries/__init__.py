"""Reading restructurings: cases, steps, the plan, the work list."""

from .cases import (
    case_by_id,
    cases,
    hand_overs,
    next_stages,
    operations,
    require_case,
    stages,
    stages_source,
    state_label,
    steps,
    waiting,
    waiting_by_unit,
)
from .counting import totals
from .kinds import kind_named, operation_named
from .planning import Lines, lines_of, plan, plan_lines, standing

__all__ = [
    "Lines",
    "case_by_id",
    "cases",
    "hand_overs",
    "kind_named",
    "lines_of",
    "next_stages",
    "operation_named",
    "operations",
    "plan",
    "plan_lines",
    "require_case",
    "stages",
    "stages_source",
    "standing",
    "state_label",
    "steps",
    "totals",
    "waiting",
    "waiting_by_unit",
]
