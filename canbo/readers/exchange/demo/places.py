"""Places: a real province's districts and communes, or invented ones."""

from __future__ import annotations

import csv
import random
from dataclasses import dataclass
from importlib.resources import files

MOUNTAIN, DELTA, COAST, TOWN = "Miền núi", "Đồng bằng", "Ven biển", "Đô thị"
INVENTED_CODE = "98"
"""Administrative codes in use end at 96, so nothing invented can be mistaken for a place."""


@dataclass(frozen=True)
class Commune:
    """A commune, ward or township of an invented district."""

    code: str
    name: str


@dataclass(frozen=True)
class District:
    """A district; after the reform, a commune that stands directly under the province."""

    code: str
    name: str
    communes: tuple[Commune, ...]
    area: str = DELTA
    groups: tuple[tuple[str, int], ...] = (("Kinh", 100),)
    """Ethnic groups with their weights."""

    @property
    def committee(self) -> tuple[str, str]:
        """Name of its Party committee and the letters in the committee's document numbers."""
        kind, _, rest = self.name.partition(" ")
        if kind == "Huyện":
            return f"Huyện ủy {rest}", "HU"
        long, _, short = rest.partition(" ")
        if f"{kind} {long}" == "Thành phố":
            return f"Thành ủy {short}", "ThU"
        if f"{kind} {long}" == "Thị xã":
            return f"Thị ủy {short}", "TXU"
        if kind in ("Xã", "Phường"):
            return f"Đảng ủy {kind.lower()} {rest}", "ĐU"
        return f"Quận ủy {rest}", "QU"


@dataclass(frozen=True)
class Place:
    """A province: the code of its State tree, the letters of its Party tree, and its districts."""

    code: str
    letters: str
    name: str
    districts: tuple[District, ...]

    @property
    def committee(self) -> str:
        city = self.name.startswith("Thành phố ")
        return f"{'Thành ủy' if city else 'Tỉnh ủy'} {self.short}"

    @property
    def short(self) -> str:
        return self.name.removeprefix("Tỉnh ").removeprefix("Thành phố ")


def kind(name: str) -> str:
    """The type a place's name begins with: ``Thị trấn Bút Sơn`` is a ``thị trấn``."""
    lowered = name.lower()
    for known in ("thành phố", "thị xã", "thị trấn", "phường", "đặc khu", "quận", "huyện", "xã", "tỉnh"):
        if lowered.startswith(known + " "):
            return known
    raise ValueError(f"{name}: không rõ loại đơn vị hành chính")


_MIXED = {
    "384": (("HMông", 45), ("Thái", 44), ("Mường", 3), ("Dao", 3), ("Khơ-mú", 3), ("Kinh", 2)),
    "385": (("Thái", 64), ("Mường", 25), ("Kinh", 10), ("HMông", 1)),
    "386": (("Mường", 53), ("Thái", 31), ("Kinh", 16)),
    "387": (("Thái", 82), ("Kinh", 8), ("Mường", 7), ("HMông", 3)),
    "388": (("Thái", 53), ("Mường", 33), ("Kinh", 14)),
    "389": (("Mường", 68), ("Kinh", 29), ("Dao", 2), ("Thái", 1)),
    "390": (("Mường", 50), ("Kinh", 47), ("Dao", 3)),
    "391": (("Mường", 50), ("Kinh", 50)),
    "396": (("Thái", 46), ("Kinh", 45), ("Mường", 9)),
    "402": (("Thái", 37), ("Kinh", 37), ("Thổ", 22), ("Mường", 4)),
    "403": (("Kinh", 58), ("Mường", 22), ("Thái", 17), ("Thổ", 3)),
}
"""Mountain districts of Thanh Hóa; the weights are plausible, not published."""
_COASTAL = {"382", "399", "400", "401", "406", "407"}


def thanh_hoa(communes: int | None = None) -> Place:
    """Thanh Hóa with the districts and communes of 30/06/2025.

    Args:
        communes: how many communes to keep, spread over the districts; all of them by default. The districts stay.
    """
    text = files(f"{__package__}.cases").joinpath("thanh_hoa_units.csv").read_text(encoding="utf-8")
    grouped: dict[tuple[str, str], list[Commune]] = {}
    for row in csv.DictReader(text.splitlines()):
        grouped.setdefault((row["district_code"], row["district_name"]), []).append(Commune(row["code"], row["name"]))
    total = sum(map(len, grouped.values()))
    districts = []
    for (code, name), found in grouped.items():
        keep = len(found) if communes is None else max(1, len(found) * communes // total)
        area = MOUNTAIN if code in _MIXED else COAST if code in _COASTAL else DELTA if name[0] == "H" else TOWN
        districts.append(District(code, name, tuple(found[:keep]), area, _MIXED.get(code, (("Kinh", 100),))))
    return Place("38", "TH", "Tỉnh Thanh Hóa", tuple(districts))


_FIRST = "An Bình Cát Đại Đông Giang Hòa Hưng Khê Lạc Liên Long Mai Minh Nghĩa Phú Phúc Quang Tân Thạch Thanh Thọ Vân"
_SECOND = "Châu Dương Điền Hà Hải Khánh Lâm Lĩnh Lộc Lương Ngọc Nhân Ninh Phong Sơn Thành Thịnh Thủy Trạch Trung Vinh"


def invented(
    rng: random.Random, districts: int, communes: int, name: str = "Tỉnh Vân Sơn", letters: str = "VS"
) -> Place:
    """A province that does not exist.

    Args:
        rng: source of chance.
        districts: number of districts.
        communes: number of communes of each district.
        name: the province's name; no real one.
        letters: what the codes of its Party organisations begin with.
    """
    words = [f"{a} {b}" for a in _FIRST.split() for b in _SECOND.split() if a != b]
    rng.shuffle(words)
    found = []
    for number in range(districts):
        code = f"{INVENTED_CODE}{number + 1:03d}"
        own = words[number % len(words)]
        label = ("Thành phố" if number == 0 else "Huyện") + f" {own}"
        parts = []
        for index in range(communes):
            word = words[(districts + number * communes + index) % len(words)]
            head = "Phường" if number == 0 else "Thị trấn" if index == 0 else "Xã"
            parts.append(Commune(f"{code}{index + 1:02d}", f"{head} {word}"))
        area = (TOWN, DELTA, COAST, MOUNTAIN)[number % 4]
        groups = (
            (("Kinh", 55), ("Tày", 20), ("Nùng", 12), ("Dao", 8), ("HMông", 5))
            if area == MOUNTAIN
            else (("Kinh", 97), ("Tày", 3))
        )
        found.append(District(code, label, tuple(parts), area, groups))
    return Place(INVENTED_CODE, letters, name, tuple(found))
