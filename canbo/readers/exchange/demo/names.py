"""Invented names of people, by sex and ethnic group."""

from __future__ import annotations

import random
from dataclasses import dataclass

MALE, FEMALE = "Nam", "Nữ"


@dataclass(frozen=True)
class Style:
    """How a people names its children: weighted surnames, middle names and given names by sex."""

    surnames: dict[str, int]
    middles: dict[str, tuple[str, ...]]
    givens: dict[str, tuple[str, ...]]


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_KINH = Style(
    surnames={
        "Nguyễn": 38,
        "Trần": 11,
        "Lê": 10,
        "Phạm": 7,
        "Hoàng": 5,
        "Huỳnh": 5,
        "Phan": 5,
        "Vũ": 4,
        "Võ": 4,
        "Đặng": 3,
        "Bùi": 3,
        "Đỗ": 2,
        "Hồ": 1,
        "Ngô": 1,
        "Dương": 1,
        "Lưu": 1,
        "Mai": 1,
        "Trịnh": 2,
        "Đoàn": 1,
        "Cao": 1,
        "Tạ": 1,
        "Đào": 1,
        "Lại": 1,
        "Chu": 1,
        "Thiều": 1,
        "Hà": 1,
        "Tống": 1,
        "Doãn": 1,
    },
    middles={
        MALE: (
            *_words("Văn Văn Văn Văn Hữu Đình Xuân Quang Ngọc Trọng Viết Thế Bá Công Khắc Duy Mạnh Tiến Huy Quốc Gia"),
            *("Văn Quang", "Hữu Bảo", "Ngọc Khánh", "Đình Tuấn", "Xuân Trường", "Viết Hoàng", "Trọng Đăng", "Bá Nhật"),
        ),
        FEMALE: (
            *_words("Thị Thị Thị Thị Thị Ngọc Thu Thanh Phương Bích Minh Hồng Lan Kim Mỹ Diệu Khánh Tuyết"),
            *("Thị Thu", "Thị Thanh", "Thị Ngọc", "Thị Hồng", "Thị Bích", "Thị Phương", "Thị Kiều", "Thị Diệu"),
        ),
    },
    givens={
        MALE: _words(
            "Hùng Dũng Tuấn Thành Nam Sơn Long Hải Minh Đức Quân Toàn Trung Tâm Hiếu Hưng Khánh Lâm Lộc "
            "Phương Quý Tài Tân Thái Thiện Thịnh Thông Tiến Tình Tùng Việt Vinh Bảy Cảnh Chung Cường Đạt Định "
            "Giáp Hạnh Hậu Hiển Hoan Học Huấn Khoa Kỳ Lợi Luận Lực Năm Nhâm Ninh Quyết Sáng Sinh Tám Thanh Thuận"
        ),
        FEMALE: _words(
            "Hương Lan Hoa Hằng Hạnh Thủy Thúy Nga Ngân Loan Liên Lý Mơ Nhung Oanh Phượng Quyên Tâm Thảo Thơm Thu "
            "Trang Tuyết Vân Xuyến Yến Dung Duyên Đào Giang Hà Hiền Hoài Hồng Huệ Huyền Khuyên Lê Linh My Na "
            "Nguyệt Nhàn Nhi Nụ Quỳnh Sen Tình Trâm Trinh Tươi Uyên Vinh Xoan Châu Chinh Cúc Diệp"
        ),
    },
)


def _style(surnames: str, male: str, female: str, male_middles: str = "Văn", female_middles: str = "Thị") -> Style:
    return Style(
        dict.fromkeys(surnames.split(), 1),
        {MALE: _words(male_middles), FEMALE: _words(female_middles)},
        {MALE: _words(male), FEMALE: _words(female)},
    )


_MUONG = _style(
    "Bùi Quách Đinh Hà Phạm Trương Cao Nguyễn",
    "Nhượng Thiết Thực Ương Nhiên Tiện Khuyến Thuyên Chủng Bượng Nhọc Lịch Nỉnh Quyền",
    "Nhởi Ẻm Ển Hiến Thím Nhiển Thuận Khương Dệu Mến Niệm Thiểm",
    "Văn Văn Xuân Đức Thanh",
    "Thị Thị Thu Thanh",
)
_THAI = _style(
    "Lò Cầm Quàng Lường Vi Lang Ngân Hà Lương Lữ Cà",
    "Ún Pánh Thoan Inh Xuân Panh Chựa Thiếp Diên Nhót Toạn Tinh Hặc Ịnh",
    "Pành Xiên Inh Nọi Ánh Hặc Ín Chướng Phanh Tâng Lả Muôn",
    "Văn Văn Bá Thanh",
    "Thị Thị Thu",
)
_MONG = _style(
    "Giàng Vàng Thào Sùng Lầu Hơ Mùa Sung Cứ",
    "Páo Chứ Dơ Tủa Lử Pó Nhìa Chìa Súa Dế Vừ Só",
    "Dợ Mỷ Mai Chư Súa Dếnh Pà Máy Chá Say",
    "A A Văn Seo",
    "Thị",
)
_DAO = _style(
    "Triệu Phùng Bàn Đặng Lý",
    "Nhàn Phúc Tiến Vượng Sinh Hính Quyên Kiều",
    "Mụi Mẩy Pham Nhậy Sển Liều Chản",
    "Văn Tài Hữu Quang",
    "Thị",
)
_THO = _style("Lê Trương Bùi Trần Hồ Lục", "Tứ Nghị Thiêm Lưỡng Chuyên Bốn Hoan", "Lương Thiêm Ngát Mận Hiên Thoả")
_KHMU = _style("Cụt Moong Ven Xeo Lương", "Phay Khăm Xuân Ngoan May", "Phay Oanh Ven Lả Khăm")
_TAY = _style("Nông Hoàng Ma Bế La Hứa", "Thoại Đàm Chí Vỹ Quyền Hiệu", "Thắm Đẹp Lưu Sao Niềm", "Văn Đình", "Thị Thu")

STYLES = {
    "Kinh": _KINH, "Mường": _MUONG, "Thái": _THAI, "HMông": _MONG, "Dao": _DAO, "Thổ": _THO, "Khơ-mú": _KHMU,
    "Tày": _TAY, "Nùng": _TAY,
}  # fmt: skip


def names(rng: random.Random, sexes: list[str], groups: list[str]) -> list[str]:
    """Full names for people of the given sex and ethnic group, in the same order.

    Args:
        rng: source of chance.
        sexes: ``Nam`` or ``Nữ`` for each person.
        groups: ethnic group of each person; one without a style of its own is named as the Kinh are.
    """
    waiting: dict[tuple[str, str], int] = {}
    pairs = list(zip(groups, sexes, strict=True))
    for pair in pairs:
        waiting[pair] = waiting.get(pair, 0) + 1
    ready = {pair: iter(_batch(rng, STYLES.get(pair[0], _KINH), pair[1], count)) for pair, count in waiting.items()}
    return [next(ready[pair]) for pair in pairs]


def _batch(rng: random.Random, style: Style, sex: str, count: int) -> list[str]:
    surnames = rng.choices(list(style.surnames), list(style.surnames.values()), k=count)
    middles = rng.choices(style.middles[sex], k=count)
    givens = rng.choices(style.givens[sex], k=count)
    return [f"{a} {b} {c}" for a, b, c in zip(surnames, middles, givens, strict=True)]
