"""How the catalogue is laid out on the screen: the main figures, and the rest by subject."""

from __future__ import annotations

from dataclasses import dataclass

MAIN = ("DV01", "KN01", "KN10", "TC02", "TK01", "DV17", "CB21", "DT01", "BM02", "DG03")
"""Ten figures that a head of board looks at first."""


@dataclass(frozen=True)
class Subject:
    """A subject of the catalogue; ``key`` is how the codes of its indicators begin."""

    key: str
    title: str


SUBJECTS = (
    Subject("TC", "Tổ chức đảng"),
    Subject("DV", "Đảng viên"),
    Subject("KN", "Kết nạp, chuyển chính thức"),
    Subject("DG", "Đánh giá, xếp loại"),
    Subject("CB", "Cán bộ"),
    Subject("DT", "Đào tạo, bồi dưỡng"),
    Subject("BM", "Bộ máy, biên chế"),
    Subject("TK", "Huy hiệu, khen thưởng"),
    Subject("DS", "Dữ liệu"),
)
