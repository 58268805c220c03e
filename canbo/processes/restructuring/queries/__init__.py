"""Reading restructurings: cases, steps, the plan, the work list."""

from .answering import answered, reply_of
from .cases import (
    applied_under,
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
)
from .counting import Standee, people_of, totals
from .exporting import export_reform
from .kinds import kind_named, operation_named
from .planning import Lines, Prepared, lines_of, plan, plan_lines, prepare, standing
from .reform import REFORM, SECOND, old_units

__all__ = [
    "REFORM",
    "SECOND",
    "Lines",
    "Prepared",
    "Standee",
    "answered",
    "applied_under",
    "case_by_id",
    "cases",
    "export_reform",
    "hand_overs",
    "kind_named",
    "lines_of",
    "next_stages",
    "old_units",
    "operation_named",
    "operations",
    "people_of",
    "plan",
    "plan_lines",
    "prepare",
    "reply_of",
    "require_case",
    "stages",
    "stages_source",
    "standing",
    "state_label",
    "steps",
    "totals",
    "waiting",
]
