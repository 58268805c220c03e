"""Reading posts, quotas, job positions and committees."""

from .allocation import Holding, holdings, over_allocated, present_in, standing_quota, standing_total
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
from .quota_sql import assigned_sql, baseline_sql, dated_baseline_sql, gap_sql, present_sql
from .staff_groups import StaffGroup, group_in_use, groups, names_of, outside_total

__all__ = [
    "Holding",
    "Seat",
    "StaffGroup",
    "assigned_sql",
    "baseline_sql",
    "dated_baseline_sql",
    "expiring",
    "gap_sql",
    "group_in_use",
    "groups",
    "held",
    "holders_at",
    "holdings",
    "names_of",
    "outside_total",
    "over_allocated",
    "overdue",
    "post_conditions",
    "posts_of",
    "present_in",
    "present_sql",
    "quotas",
    "seats",
    "standing_quota",
    "standing_total",
    "vacancies",
    "visible",
]
