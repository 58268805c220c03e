"""Rules of membership: seniority, badges, admission, full membership, cards, removal, and the order of dates.

Pure: a rule is handed what the rulebooks say on the day, with the article it comes from, and what the records say.
"""

from canbo.foundation.kernel.dates import add_months, whole_months

from .admission import Admission, Born, admission_conditions, readmission_conditions
from .badges import BadgeCase, BadgeTerms, badge_conditions, due_level
from .life import (
    Recognition,
    card_conditions,
    cell_condition,
    dates_faults,
    expulsion_conditions,
    probation_end,
    recognition_conditions,
)
from .seniority import Gap, Seniority, Start, seniority, seniority_start

__all__ = [
    "Admission",
    "BadgeCase",
    "BadgeTerms",
    "Born",
    "Gap",
    "Recognition",
    "Seniority",
    "Start",
    "add_months",
    "admission_conditions",
    "badge_conditions",
    "card_conditions",
    "cell_condition",
    "dates_faults",
    "due_level",
    "expulsion_conditions",
    "probation_end",
    "readmission_conditions",
    "recognition_conditions",
    "seniority",
    "seniority_start",
    "whole_months",
]
