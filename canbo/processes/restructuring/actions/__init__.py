"""Writing restructurings: drafting, answering, steps; carrying out, annulling, placing people."""

from .applying import apply, decide, start_apply
from .at_once import run_at_once
from .drafting import answer, change_row, draft, drop_rows, set_places, set_rows, set_way
from .placing import place
from .steps import hand_over, settle, take_step, withdraw
from .undoing import annul, start_annul

__all__ = [
    "annul",
    "answer",
    "apply",
    "change_row",
    "decide",
    "draft",
    "drop_rows",
    "hand_over",
    "place",
    "run_at_once",
    "set_places",
    "set_rows",
    "set_way",
    "settle",
    "start_annul",
    "start_apply",
    "take_step",
    "withdraw",
]
