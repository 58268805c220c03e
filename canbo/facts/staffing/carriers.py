"""Posts, those who hold them, quotas, job positions and committees of a unit that ends.

Baselines stay where they were recorded: figures of comparison follow the lineage by themselves.
"""

from __future__ import annotations

from canbo.facts.organisation.carriers import Carrier

# Bodies number their positions each for itself: what comes from another one carries its code behind its own, so that
# two positions never become one by chance. The list as a whole is approved anew by the body that goes on.
_FROM = "t.{} || '@' || (SELECT u.code FROM organisation_unit u WHERE u.id = t.unit_id)"

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
        "position_approval",
        "phê duyệt vị trí việc làm",
        "staffing_positionapproval",
        same=("voided_why",),  # one list is in force in a body: that of the body, else the oldest that comes
    ),
    Carrier(
        "position",
        "vị trí việc làm",
        "staffing_jobposition",
        opening={"code": _FROM.format("code")},
        total="coalesce(sum(t.headcount), 0)",
    ),
    Carrier(
        "position_description",
        "bản mô tả vị trí việc làm",
        "staffing_positiondescription",
        opening={"position_code": _FROM.format("position_code")},
    ),
    Carrier(
        "placement",
        "bố trí vị trí việc làm",
        "staffing_placement",
        person="person_id",
        opening={"position_code": _FROM.format("position_code")},
    ),
    Carrier("committee", "số lượng cấp ủy", "staffing_committee", same=("body",), shelf="dang"),
)
