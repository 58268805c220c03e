"""Posts and quotas; job positions and who is placed on them; committees."""

from .committees import Committee
from .positions import (
    DescriptionDraft,
    JobPosition,
    Placement,
    PositionApproval,
    PositionDescription,
    PositionListDraft,
)
from .posts import Assignment, Post, QuotaTotal, StaffQuota

__all__ = [
    "Assignment",
    "Committee",
    "DescriptionDraft",
    "JobPosition",
    "Placement",
    "PositionApproval",
    "PositionDescription",
    "PositionListDraft",
    "Post",
    "QuotaTotal",
    "StaffQuota",
]
