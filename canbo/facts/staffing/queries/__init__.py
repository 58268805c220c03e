"""Reading posts, job positions and committees."""

from .posts import (
    Seat,
    expiring,
    held,
    holders_at,
    overdue,
    post_conditions,
    posts_of,
    quotas,
    seats,
    vacancies,
    visible,
)

__all__ = [
    "Seat",
    "expiring",
    "held",
    "holders_at",
    "overdue",
    "post_conditions",
    "posts_of",
    "quotas",
    "seats",
    "vacancies",
    "visible",
]
