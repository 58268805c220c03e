"""A restructuring: the case, what is to happen to which unit, answers, and what remains to be done afterwards."""

from .aftermath import HandOver, Rewritten, Waiting
from .case import Restructuring, Step
from .plan import Answer, CarryPlace, CarryRule, Operation

__all__ = [
    "Answer",
    "CarryPlace",
    "CarryRule",
    "HandOver",
    "Operation",
    "Restructuring",
    "Rewritten",
    "Step",
    "Waiting",
]
