"""What is compared and reckoned about posts, job positions and committees."""

from .committees import (
    Goal,
    allowed,
    counted,
    mode_of,
    seat_titles,
    size_faults,
    standing_share_faults,
)
from .positions import Filling, PositionLine, below_minimum, filled, rank_level, read_list, shares
from .posts import age_condition, retirement_on, term_condition, title_key

__all__ = [
    "Filling",
    "Goal",
    "PositionLine",
    "age_condition",
    "allowed",
    "below_minimum",
    "counted",
    "filled",
    "mode_of",
    "rank_level",
    "read_list",
    "retirement_on",
    "seat_titles",
    "shares",
    "size_faults",
    "standing_share_faults",
    "term_condition",
    "title_key",
]
