"""Open sheets of a unit that ends: they go on in the unit that takes over; what was closed stays where it was decided."""

from __future__ import annotations

from canbo.facts.organisation.carriers import Carrier

OPEN = "t.state <> 'closed' AND t.person_id IS NOT NULL"

CARRIERS = (
    Carrier("sheet", "phiếu đánh giá đang mở", "evaluation_sheet", person="person_id", dated=False, where=OPEN),
    Carrier(
        "sheet_body",
        "phiếu đánh giá tính tỷ lệ tại cơ quan",
        "evaluation_sheet",
        column="body_id",
        person="person_id",
        dated=False,
        where=OPEN,
    ),
    Carrier(
        "sheet_decider",
        "phiếu đánh giá chờ cấp quyết định",
        "evaluation_sheet",
        column="decides_at_id",
        person="person_id",
        dated=False,
        where=OPEN,
    ),
)
