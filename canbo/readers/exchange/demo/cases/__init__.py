"""Data sets to try the system with, by name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ...book import Book
from . import cai_cach_2025, hau_giang, ho_chi_minh_2020, sample, thanh_hoa_2021

Make = Callable[[int, int, dt.date], Iterator[Book]]


@dataclass(frozen=True)
class Case:
    """A data set: what it holds, where to begin, and what to try.

    ``root`` is the code of the Party organisation at the top, ``state_root`` of the State unit at the top. ``period``
    is written as the command line takes it. ``full`` is the size at which the published figures come out exactly.
    ``alive``: the months of work and evaluation of a department are told too, up to the day it is loaded.
    """

    title: str
    root: str
    state_root: str
    period: str
    try_this: str
    full: int
    make: Make
    alive: bool = False

    def books(self, size: int | None = None, seed: int = 2021, today: dt.date | None = None) -> Iterator[Book]:
        """The records, in books of at most a quarter of a million people.

        Args:
            size: number of members, ``full`` when None; the figures shrink or grow with it.
            seed: the same seed gives the same records.
            today: the day up to which a living province is told; of no effect on cases with a period of their own.
        """
        return self.make(size or self.full, seed, today or dt.date(2026, 11, 22))

    def __call__(self, size: int, seed: int, today: dt.date) -> Book:
        """The records as one book.

        Raises:
            ValueError: when they need more than one.
        """
        found = list(self.make(size, seed, today))
        if len(found) > 1:
            raise ValueError("Bộ dữ liệu này lớn, hãy lấy từng phần bằng books()")
        return found[0]


CASES: dict[str, Case] = {
    "tinh-mau": Case(
        title="Tỉnh Vân Sơn (tỉnh mẫu, không có thật)",
        root="VS",
        state_root="98",
        period="năm nay",
        try_this="Xem đảng viên dự bị quá hạn, chức vụ sắp hết thời hạn, đợt trao Huy hiệu Đảng sắp tới; "
        "xem cây tổ chức ngày 30/06/2025 và ngày 01/07/2025. Mọi người trong bộ dữ liệu đều không có thật.",
        full=sample.FULL,
        make=sample.make,
        alive=True,
    ),
    "thanh-hoa-2021": Case(
        title="Tỉnh Thanh Hóa, năm 2021",
        root="TH",
        state_root="38",
        period="2021",
        try_this="Xem KN01 (4.710, đạt 125,6% kế hoạch), DV01 ngày 31/12/2021 (230.741), TK01 (12.033), "
        "DV17 (14.627); đơn vị gốc TH. Chỉ cỡ đầy đủ mới cho đúng các số đã công bố. Số năm 2020 là số giả định "
        "để so với cùng kỳ. Tên huyện, xã theo danh mục ngày 30/06/2025; mọi người đều không có thật.",
        full=thanh_hoa_2021.FULL,
        make=thanh_hoa_2021.make,
    ),
    "ho-chi-minh-city-2020": Case(
        title="Thành phố Hồ Chí Minh, năm 2020",
        root="HCM",
        state_root="79",
        period="2020",
        try_this="Xem quyết định cán bộ theo hành vi: điều động, bổ nhiệm 96; chỉ định và chuẩn y 198; "
        "phân công lại 51; bổ nhiệm lại 23; giới thiệu ứng cử 18. "
        "Cao cấp lý luận chính trị: tập trung 100, không tập trung 120, "
        "hoàn chỉnh 230. Khen thưởng tập thể: 8 Bằng khen, 16 Giấy khen.",
        full=ho_chi_minh_2020.FULL,
        make=ho_chi_minh_2020.make,
    ),
    "hau-giang": Case(
        title="Tỉnh Hậu Giang, nửa đầu nhiệm kỳ 2020-2025",
        root="HG",
        state_root="93",
        period="2020-10-01..2023-05-31",
        try_this="Xem đào tạo: sau đại học 108, cao cấp 171, trung cấp 1.273; điều động 9, điều động và chỉ định 15, "
        "điều động và bổ nhiệm 24. Đơn vị HG.930 (Thành phố Vị Thanh): 128 trường hợp.",
        full=hau_giang.FULL,
        make=hau_giang.make,
    ),
    "cai-cach-2025": Case(
        title="Cuộc sắp xếp đơn vị hành chính ngày 01/07/2025: 63 tỉnh, 696 huyện, 10.051 xã",
        root="DB.01",
        state_root="01",
        period="2025",
        try_this="Chạy: canbo restructure --export-reform sap-xep.csv, rồi canbo restructure sap-xep.csv "
        "--answers sap-xep.answers.csv --decision 1-QĐ/CP --on 01/07/2025 --check; bỏ --check để thực hiện. Sau đó "
        "còn 34 tỉnh, 3.321 xã. Mọi người trong bộ dữ liệu đều không có thật.",
        full=cai_cach_2025.FULL,
        make=cai_cach_2025.make,
    ),
}
"""Every data set by the name given to ``canbo demo --case``."""
