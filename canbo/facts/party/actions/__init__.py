"""Writing membership: stays, cards, badges."""

from .stays import (
    CARRIED,
    admit,
    arrive,
    depart,
    end,
    enter,
    entry_faults,
    move,
    official_cut,
    readmit,
    recognise_official,
    recognition_faults,
    refresh_place,
    restore,
    unit_faults,
)
from .tokens import award_badge, badge_entry_faults, card_faults, issue_card

__all__ = [
    "CARRIED",
    "admit",
    "arrive",
    "award_badge",
    "badge_entry_faults",
    "card_faults",
    "depart",
    "end",
    "enter",
    "entry_faults",
    "issue_card",
    "move",
    "official_cut",
    "readmit",
    "recognise_official",
    "recognition_faults",
    "refresh_place",
    "restore",
    "unit_faults",
]
