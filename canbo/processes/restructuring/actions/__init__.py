"""Writing restructurings: drafting, answering, steps; carrying out, annulling, placing people."""

from .drafting import answer, change_row, draft, drop_rows, set_places, set_rows, set_way
from .steps import hand_over, take_step, withdraw

__all__ = [
    "answer",
    "change_row",
    "draft",
    "drop_rows",
    "hand_over",
    "set_places",
    "set_rows",
    "set_way",
    "take_step",
    "withdraw",
]
