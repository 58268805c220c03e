"""Writing posts, quotas, and where people are found."""

from .places import refresh_places
from .posts import add_concurrent, assign, assignment_faults, main_posts, reappoint, relieve, term_faults, transfer
from .quotas import close_post, open_post, set_quota

__all__ = [
    "add_concurrent",
    "assign",
    "assignment_faults",
    "close_post",
    "main_posts",
    "open_post",
    "reappoint",
    "refresh_places",
    "relieve",
    "set_quota",
    "term_faults",
    "transfer",
]
