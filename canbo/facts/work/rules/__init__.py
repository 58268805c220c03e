"""Pure rules of work: lateness, what events add up to, what counts how, coefficients. No Django."""

from .clock import Calendar, Pause, days_between, effective_due, late_days, merged
from .coefficients import coefficient, product_faults, product_text
from .counting import Settings, counting_day, effect, share_faults
from .folding import Given, Happened, Standing, fold
from .repeating import due_in, occurrence

__all__ = [
    "Calendar",
    "Given",
    "Happened",
    "Pause",
    "Settings",
    "Standing",
    "coefficient",
    "counting_day",
    "days_between",
    "due_in",
    "effect",
    "effective_due",
    "fold",
    "late_days",
    "merged",
    "occurrence",
    "product_faults",
    "product_text",
    "share_faults",
]
