"""What a printed form of evaluation needs to know: plain values, None or empty where it is to be filled in by hand."""

from .basics import Criterion, Formula, Hand, Office, Points, Scale, TaskRow, Who
from .lists import CapLine, Listed, UnitList
from .reviews import AxisRow, Defect, QuarterSheet, Review
from .sheets import MonthSheet, PeriodPoints, YearSheet

__all__ = [
    "AxisRow",
    "CapLine",
    "Criterion",
    "Defect",
    "Formula",
    "Hand",
    "Listed",
    "MonthSheet",
    "Office",
    "PeriodPoints",
    "Points",
    "QuarterSheet",
    "Review",
    "Scale",
    "TaskRow",
    "UnitList",
    "Who",
    "YearSheet",
]
