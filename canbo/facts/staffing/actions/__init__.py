"""Writing posts, quotas, and where people are found."""

from .places import refresh_places
from .posts import add_concurrent, assign, assignment_faults, main_posts, reappoint, relieve, term_faults, transfer
from .quotas import close_post, open_post, set_quota
from .totals import correct_quota, correct_total, set_group, set_total

__all__ = [
    "add_concurrent",
    "assign",
    "assignment_faults",
    "close_post",
    "correct_quota",
    "correct_total",
    "main_posts",
    "open_post",
    "reappoint",
    "refresh_places",
    "relieve",
    "set_group",
    "set_quota",
    "set_total",
    "term_faults",
    "transfer",
]
