"""People who are registered at a unit without a post or a membership there."""

from __future__ import annotations

from canbo.facts.organisation.carriers import Carrier

CARRIERS = (
    Carrier(
        "work_place",
        "hồ sơ ghi nơi công tác, chưa có chức vụ",
        "people_person",
        "work_unit_id",
        person="id",
        dated=False,
        where="NOT EXISTS (SELECT 1 FROM staffing_assignment a WHERE a.person_id = t.id AND a.voided_on IS NULL)",
    ),
    Carrier(
        "party_place",
        "hồ sơ ghi nơi sinh hoạt đảng, chưa có dữ liệu sinh hoạt",
        "people_person",
        "party_unit_id",
        person="id",
        dated=False,
        where="NOT EXISTS (SELECT 1 FROM party_membership m WHERE m.person_id = t.id AND m.voided_on IS NULL)",
    ),
)
