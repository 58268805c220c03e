"""Thanh Hóa, 2020 and 2021: the totals published at the end of 2021, from individual records."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from ...book import Book
from ..figures import Figures, Year
from ..places import thanh_hoa
from ..province import books

FULL = 230_741
"""Members on 31/12/2021, as published."""

FIGURES = Figures(
    until=dt.date(2021, 12, 31),
    stock=FULL,
    years=(
        # nothing was published of 2020: these figures are plausible and serve comparison only
        Year(
            2020, admitted=3914, arrived=1320, left=1790, died=2610, expelled=38, struck=372, quit=61, moved=2100,
            cards=12896, plan=3700,
            badges={30: 2512, 40: 2204, 45: 1718, 50: 2016, 55: 1642, 60: 962, 65: 287, 70: 141, 75: 6},
        ),
        # published: 4.710 admitted against a plan of 3.750, 14.627 cards, 12.033 badges
        Year(
            2021, admitted=4710, arrived=1284, left=1745, died=2688, expelled=41, struck=388, quit=57, moved=2240,
            cards=14627, plan=3750,
            badges={30: 2890, 40: 2310, 45: 1520, 50: 1830, 55: 1940, 60: 1010, 65: 310, 70: 172, 75: 51},
        ),
    ),
)  # fmt: skip


def make(size: int, seed: int, today: dt.date) -> Iterator[Book]:
    """Thanh Hóa with ``size`` members; the published figures come out at full size only."""
    if not 5 <= size <= 6_000_000:
        raise ValueError("Số đảng viên phải từ 5 đến 6.000.000")
    figures = FIGURES if size == FULL else FIGURES.scaled(size)
    place = thanh_hoa(None if size > 60_000 else max(1, size // 120))
    if size < 2000:
        place = replace(place, districts=place.districts[: max(1, size // 90)])
    return books(place, figures, seed, congress=dt.date(2020, 6, 20).toordinal())
