"""Pure rules of restructuring: what a plan says, how it is made from its lines, which step may follow which."""

from .plan import (
    UNIT,
    Change,
    Closing,
    Finding,
    Link,
    Move,
    Opening,
    Plan,
    Question,
    Reply,
    Row,
    Standing,
    Way,
)
from .stages import Stage, step_faults

__all__ = [
    "UNIT",
    "Change",
    "Closing",
    "Finding",
    "Link",
    "Move",
    "Opening",
    "Plan",
    "Question",
    "Reply",
    "Row",
    "Stage",
    "Standing",
    "Way",
    "step_faults",
]
