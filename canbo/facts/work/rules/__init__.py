"""Pure rules of work: lateness, what events add up to, what counts how, coefficients. No Django."""

from .clock import Calendar, Pause, days_between, effective_due, late_days, merged
from .coefficients import coefficient, product_faults, product_text
from .counting import Settings, counting_day, effect, share_faults
from .explaining import Worth, worth
from .folding import Given, Happened, Standing, fold
from .repeating import due_in, occurrence
from .splitting import divided, rest_divided, split_dues
from .workbook import COLUMNS, numbered, read

__all__ = [
    "COLUMNS",
    "Calendar",
    "Given",
    "Happened",
    "Pause",
    "Settings",
    "Standing",
    "Worth",
    "coefficient",
    "counting_day",
    "days_between",
    "divided",
    "due_in",
    "effect",
    "effective_due",
    "fold",
    "late_days",
    "merged",
    "numbered",
    "occurrence",
    "product_faults",
    "product_text",
    "read",
    "rest_divided",
    "share_faults",
    "split_dues",
    "worth",
]
