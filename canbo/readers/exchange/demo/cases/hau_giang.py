"""Hậu Giang, October 2020 to May 2023: courses and decisions on cadres of half a term, and of Vị Thanh city."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from ...book import Book
from ..casework import Casework
from ..days import day
from ..figures import scale
from ..outcomes import ADVANCED, MIDDLE
from ..places import DELTA, Commune, District, Place

_DISTRICTS = (
    ("931", "Thành phố Ngã Bảy"), ("932", "Huyện Châu Thành A"), ("933", "Huyện Châu Thành"),
    ("934", "Huyện Phụng Hiệp"),
    ("935", "Huyện Vị Thuỷ"), ("936", "Huyện Long Mỹ"), ("937", "Thị xã Long Mỹ"),
)  # fmt: skip
_VI_THANH = (
    ("31318", "Phường I"), ("31321", "Phường III"), ("31324", "Phường IV"), ("31327", "Phường V"),
    ("31330", "Phường VII"), ("31333", "Xã Vị Tân"), ("31336", "Xã Hoả Lựu"), ("31338", "Xã Tân Tiến"),
    ("31339", "Xã Hoả Tiến"),
)  # fmt: skip
FULL = 1724
"""Cadres of whom the report speaks: 172 decisions on cadres and 1.552 courses."""


def make(size: int, seed: int, today: dt.date) -> Iterator[Book]:
    """The province's cadres; the published figures come out at full size only."""
    city = District("930", "Thành phố Vị Thanh", tuple(Commune(*pair) for pair in _VI_THANH), DELTA)
    others = (District(code, name, (), DELTA) for code, name in _DISTRICTS)
    place = Place("93", "HG", "Tỉnh Hậu Giang", (city, *others))
    ratio = size / FULL
    work = Casework(place, seed, int(FULL * ratio) + 20, (day(2020, 10, 1), day(2023, 5, 31)), members=900)
    inside = [unit for unit in work.units if unit.startswith("HG.930.")]
    outside = [unit for unit in work.units if not unit.startswith("HG.930.")]
    communes = [code for code, _ in work.forest.bases if code.startswith("HG.930.3")]

    def part(count: int) -> int:
        return scale(count, ratio)

    # the province: 9, 15 and 24 in all; four of the nine transfers lead to Vị Thanh
    work.decide("điều động", part(5), "Chuyên viên chính", outside)
    work.decide("điều động, chỉ định", part(15), "Ủy viên Ban Thường vụ", work.forest.bodies[1:])
    work.decide("điều động, bổ nhiệm", part(24), "Trưởng ban", outside)
    # Vị Thanh: 128 cases over seven acts; additions to succession lists are no post and are not told here
    work.decide("điều động", part(4), "Chuyên viên chính", inside)
    work.decide("luân chuyển", part(12), "Phó Bí thư", communes)
    work.decide("chỉ định", part(31), "Ủy viên Ban Chấp hành", communes)
    work.decide("bổ nhiệm", part(27), "Phó Trưởng ban", inside)
    work.decide("bổ nhiệm lại", part(19), "Phó Trưởng ban", inside)
    work.decide("bầu bổ sung", part(21), "Ủy viên Ban Thường vụ", communes)
    work.relieve(part(14), inside)
    work.send("sau đại học", "không tập trung", part(108), 700)
    work.send(ADVANCED, "không tập trung", part(171), 500)
    work.send(MIDDLE, "không tập trung", part(1273), 330)
    yield work.book()
