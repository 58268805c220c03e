"""Posts, those who hold them, and quotas of a unit that ends.

Baselines stay where they were recorded: figures of comparison follow the lineage by themselves.
"""

from __future__ import annotations

from canbo.facts.organisation.carriers import Carrier

CARRIERS = (
    Carrier("post", "chức vụ được có", "staffing_post", same=("title_key",), together="max", amount="seats"),
    Carrier(
        "assignment",
        "người giữ chức vụ",
        "staffing_assignment",
        person="person_id",
        closing={"closing_act": "'kết thúc do sắp xếp tổ chức'"},
        opening={"acts": "ARRAY['bố trí do sắp xếp tổ chức']::varchar[]"},
        same=("person_id", "title_key"),
    ),
    Carrier(
        "quota",
        "biên chế giao",
        "staffing_staffquota",
        where="NOT t.baseline",
        same=("staff_group",),
        together="sum",
        amount="assigned",
        total="coalesce(sum(t.assigned), 0)",
    ),
    Carrier(
        "quota_total",
        "tổng biên chế giao",
        "staffing_quotatotal",
        same=("staff_group",),
        together="sum",
        amount="assigned",
        total="coalesce(sum(t.assigned), 0)",
    ),
    Carrier(
        "job_position",
        "vị trí việc làm",
        "staffing_jobposition",
        same=("code",),
        together="sum",
        amount="headcount",
        total="coalesce(sum(t.headcount), 0)",
    ),
    Carrier("position_description", "bản mô tả vị trí", "staffing_positiondescription", same=("position_code",)),
    Carrier(
        "placement",
        "người bố trí vào vị trí việc làm",
        "staffing_placement",
        person="person_id",
        same=("person_id", "position_code"),
    ),
    Carrier("position_approval", "phê duyệt danh mục vị trí", "staffing_positionapproval", ends=True),
    Carrier("committee", "số lượng cấp ủy", "staffing_committee", ends=True),
)
