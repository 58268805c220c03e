"""Tables of evaluation: cycles and their dates, sheets and what happened to them, results, appeals."""

from .cycle import Allowance, Cycle, Deadline
from .inputs import Finding, Leave, Suggestion
from .local import LocalRule
from .result import TASK_COLUMNS, Appeal, Reminder, Result
from .sending import Sending, Sent
from .sheet import Event, NotGraded, Sheet

__all__ = [
    "TASK_COLUMNS",
    "Allowance",
    "Appeal",
    "Cycle",
    "Deadline",
    "Event",
    "Finding",
    "Leave",
    "LocalRule",
    "NotGraded",
    "Reminder",
    "Result",
    "Sending",
    "Sent",
    "Sheet",
    "Suggestion",
]
