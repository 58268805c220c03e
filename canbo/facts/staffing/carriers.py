"""Posts, those who hold them, and quotas of a unit that ends."""

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
        "baseline",
        "mốc so sánh biên chế",
        "staffing_staffquota",
        where="t.baseline",
        same=("staff_group", "since"),
        together="sum",
        amount="assigned",
        total="coalesce(sum(t.assigned), 0)",
    ),
)
