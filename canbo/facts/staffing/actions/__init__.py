"""Writing posts, quotas, job positions, committees, and where people are found."""

from .committees import committee_faults, set_committee
from .placements import PlacementLine, displace, place, void_placement
from .places import refresh_places
from .position_lists import appraise_list, copy_list, discard_list, save_list, submit_list, withdraw_list
from .positions import (
    approval_faults,
    approve_positions,
    copy_descriptions,
    describe_position,
    drop_description_draft,
    save_description_draft,
    settle_drafts,
    void_description,
)
from .posts import add_concurrent, assign, assignment_faults, main_posts, reappoint, relieve, term_faults, transfer
from .quotas import close_post, open_post, set_quota
from .totals import correct_quota, correct_total, set_group, set_total

__all__ = [
    "PlacementLine",
    "add_concurrent",
    "appraise_list",
    "approval_faults",
    "approve_positions",
    "assign",
    "assignment_faults",
    "close_post",
    "committee_faults",
    "copy_descriptions",
    "copy_list",
    "correct_quota",
    "correct_total",
    "describe_position",
    "discard_list",
    "displace",
    "drop_description_draft",
    "main_posts",
    "open_post",
    "place",
    "reappoint",
    "refresh_places",
    "relieve",
    "save_description_draft",
    "save_list",
    "set_committee",
    "set_group",
    "set_quota",
    "set_total",
    "settle_drafts",
    "submit_list",
    "term_faults",
    "transfer",
    "void_description",
    "void_placement",
    "withdraw_list",
]
