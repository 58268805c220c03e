"""Hồ Chí Minh City, 2020: decisions on cadres, courses and rewards as published in January 2021."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from ...book import Book
from ..casework import Casework
from ..days import day
from ..figures import scale
from ..outcomes import ADVANCED
from ..places import TOWN, District, Place

_DISTRICTS = (
    ("760", "Quận 1"), ("761", "Quận 12"), ("764", "Quận Gò Vấp"), ("765", "Quận Bình Thạnh"), ("766", "Quận Tân Bình"),
    ("767", "Quận Tân Phú"), ("768", "Quận Phú Nhuận"), ("769", "Thành phố Thủ Đức"), ("770", "Quận 3"),
    ("771", "Quận 10"), ("772", "Quận 11"), ("773", "Quận 4"), ("774", "Quận 5"), ("775", "Quận 6"), ("776", "Quận 8"),
    ("777", "Quận Bình Tân"), ("778", "Quận 7"), ("783", "Huyện Củ Chi"), ("784", "Huyện Hóc Môn"),
    ("785", "Huyện Bình Chánh"), ("786", "Huyện Nhà Bè"), ("787", "Huyện Cần Giờ"),
)  # fmt: skip
FULL = 836
"""Cadres of whom the report speaks: 386 decisions on cadres and 450 courses."""


def make(size: int, seed: int, today: dt.date) -> Iterator[Book]:
    """The city's cadres; the published figures come out at full size only."""
    place = Place("79", "HCM", "Thành phố Hồ Chí Minh", tuple(_district(code, name) for code, name in _DISTRICTS))
    ratio = size / FULL
    work = Casework(place, seed, int(FULL * ratio) + 20, (day(2020, 1, 1), day(2020, 12, 31)))
    boards, bodies = work.state.boards, work.forest.bodies

    def part(count: int) -> int:
        return scale(count, ratio)

    work.decide("điều động, bổ nhiệm", part(96), "Phó Trưởng ban", work.units)
    # published together: 198 members of committees designated or ratified
    work.decide("chỉ định", part(112), "Ủy viên Ban Chấp hành", bodies)
    work.decide("chuẩn y", part(86), "Ủy viên Ban Thường vụ", bodies)
    work.decide("phân công lại", part(51), "Ủy viên phụ trách địa bàn", bodies)
    work.decide("bổ nhiệm lại", part(23), "Phó Trưởng ban", boards)
    work.decide("giới thiệu ứng cử", part(18), "Ứng cử Chủ tịch Ủy ban nhân dân", bodies)
    work.send(ADVANCED, "tập trung", part(100), 240)
    work.send(ADVANCED, "không tập trung", part(120), 540)
    work.send(ADVANCED, "hoàn chỉnh", part(230), 120)
    awarded = day(2020, 12, 28)
    work.praise("Bằng khen", "Ban Thường vụ Thành ủy", bodies[:8], awarded)
    work.praise("Giấy khen", "Ban Tổ chức Thành ủy", bodies[6:], awarded)
    yield work.book()


def _district(code: str, name: str) -> District:
    return District(code, name, (), TOWN)
