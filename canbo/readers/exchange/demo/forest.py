"""Units: the State tree and the Party tree of a province."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from .days import dates, day
from .ledger import Ledger, Paper, numbers
from .places import District, Place, kind

FOUNDED = day(1945, 9, 2)
"""First day of every Party organisation here: a convention of invented records, stated in their notes."""
CELL_MEMBERS = 26
"""Members of an ordinary cell."""
_BASES = {"xã": "Xã", "phường": "Phường", "thị trấn": "Thị trấn"}
_OFFICES = (
    ("Cơ quan chính quyền", "Cơ quan Nhà nước"),
    ("Cơ quan Đảng, đoàn thể", "Cơ quan Đảng, MTTQ, đoàn thể CT-XH"),
    ("Trung tâm Y tế", "Công lập"),
    ("Trường Trung học phổ thông", "Công lập"),
    ("Công an", "Công an"),
    ("Ban Chỉ huy Quân sự", "Quân đội"),
    ("Hợp tác xã Dịch vụ tổng hợp", "Hợp tác xã"),
    ("Công ty Cổ phần May", "Công ty Cổ phần"),
)


@dataclass
class Units:
    """Rows of the sheet ``Đơn vị``."""

    rows: list[tuple[str, str, str, str | None, int, int | None, str | None, str | None, str | None, Paper | None]] = (
        field(default_factory=list)
    )

    def add(
        self, code: str, name: str, kind: str, parent: str | None, since: int, paper: Paper | None,
        *, party_code: str | None = None, base: str | None = None, area: str | None = None, until: int | None = None,
    ) -> str:  # fmt: skip
        self.rows.append((code, name, kind, parent, since, until, party_code, base, area, paper))
        return code

    def columns(self) -> dict[str, list[object]]:
        cells = list(zip(*self.rows, strict=True))
        return {
            "Mã đơn vị": list(cells[0]),
            "Tên đơn vị": list(cells[1]),
            "Loại hình": list(cells[2]),
            "Mã đơn vị cấp trên": list(cells[3]),
            "Từ ngày": dates(cells[4]),
            "Đến ngày": dates(cells[5]),
            "Mã tổ chức đảng": list(cells[6]),
            "Loại hình cơ sở": list(cells[7]),
            "Khu vực": list(cells[8]),
            "Số quyết định": numbers(cells[9]),
        }


@dataclass(frozen=True)
class Cell:
    """Where members meet: its code, its district and the weight with which people come to it."""

    code: str
    district: int
    weight: float


@dataclass
class Forest:
    """The units of a province and its cells."""

    place: Place
    root: str
    units: Units = field(default_factory=Units)
    cells: list[Cell] = field(default_factory=list)
    bodies: list[str] = field(default_factory=list)
    """Codes of the Party organisations of the districts, in the order of the districts."""
    bases: list[tuple[str, int]] = field(default_factory=list)
    """Grass-roots organisations: code and district."""


def party_tree(rng: random.Random, ledger: Ledger, place: Place, members: int, since: int = FOUNDED) -> Forest:
    """The Party organisations of a province with about ``members`` members.

    The province's organisation has the letters of the place as its code, a district's adds the administrative code,
    and so on down: ``TH``, ``TH.380``, ``TH.380.14755``, ``TH.380.14755.01``.
    """
    forest = Forest(place, place.letters)
    units, number = forest.units, place.code
    paper = ledger.once(
        ("tree", since),
        Paper("-QĐ/TU", place.committee, since, "Về việc lập các tổ chức đảng trực thuộc (ngày quy ước)"),
    )  # fmt: skip
    label = "thành phố" if place.name.startswith("Thành phố") else "tỉnh"
    units.add(
        forest.root, f"Đảng bộ {label} {place.short}", "đảng bộ tỉnh", None, since, paper,
        party_code=f"{number}.000.000.000.000",
    )  # fmt: skip
    communes = sum(len(district.communes) for district in place.districts)
    share = members / max(1, communes)
    for index, district in enumerate(place.districts):
        _district(rng, forest, district, index, share, since, paper)
    return forest


def _district(
    rng: random.Random, forest: Forest, district: District, index: int, share: float, since: int, paper: Paper
) -> None:
    units, number = forest.units, forest.place.code
    code = units.add(
        f"{forest.root}.{district.code}", f"Đảng bộ {district.name[0].lower()}{district.name[1:]}",
        "đảng bộ cấp trên trực tiếp cơ sở", forest.root, since, paper,
        party_code=f"{number}.{index + 1:03d}.000.000.000", area=district.area,
    )  # fmt: skip
    forest.bodies.append(code)
    for order, commune in enumerate(district.communes, start=1):
        here = f"Đảng bộ {commune.name[0].lower()}{commune.name[1:]}"
        base = f"{code}.{commune.code}"
        head = f"{number}.{index + 1:03d}.{order:03d}"
        shape = _BASES[kind(commune.name)]
        if share * 0.88 < 30:
            units.add(
                base, here.replace("Đảng bộ", "Chi bộ", 1), "chi bộ cơ sở", code, since, paper,
                party_code=f"{head}.000.000", base=shape, area=district.area,
            )  # fmt: skip
            forest.cells.append(Cell(base, index, max(1.0, share)))
        else:
            units.add(
                base, here, "đảng bộ cơ sở", code, since, paper,
                party_code=f"{head}.000.000", base=shape, area=district.area,
            )  # fmt: skip
            _cells(rng, forest, base, head, index, share * 0.88, since, paper, shape, district.area)
        forest.bases.append((base, index))
    _offices(forest, district, code, index, share * len(district.communes) * 0.12, since, paper)


def _cells(
    rng: random.Random, forest: Forest, base: str, head: str, index: int, members: float, since: int, paper: Paper,
    shape: str, area: str,
) -> None:  # fmt: skip
    count = max(1, round(members / CELL_MEMBERS))
    hamlet = "thôn" if shape == "Xã" else "tổ dân phố"
    others = ("Trường Tiểu học", "Trường Trung học cơ sở", "Trường Mầm non", "Trạm Y tế", "Công an")
    for number in range(1, count + 1):
        last = number - (count - len(others)) if count > 8 else 0
        name = f"Chi bộ {others[last - 1]}" if last > 0 else f"Chi bộ {hamlet} {number}"
        code = forest.units.add(
            f"{base}.{number:02d}", name, "chi bộ trực thuộc", base, since, paper,
            party_code=f"{head}.000.{number:03d}", area=area,
        )  # fmt: skip
        forest.cells.append(Cell(code, index, rng.uniform(0.5, 1.6) * members / count))


def _offices(
    forest: Forest, district: District, code: str, index: int, members: float, since: int, paper: Paper
) -> None:
    count = min(len(_OFFICES) * 8, int(members // 22))
    place = district.name[len(kind(district.name)) + 1 :]
    for number in range(count):
        name, base = _OFFICES[number % len(_OFFICES)]
        turn = number // len(_OFFICES)
        full = f"Chi bộ {name} {place}" + (f" {turn + 1}" if turn else "")
        unit = forest.units.add(
            f"{code}.C{number + 1:02d}", full, "chi bộ cơ sở", code, since, paper,
            party_code=f"{forest.place.code}.{index + 1:03d}.{500 + number:03d}.000.000", base=base, area=district.area,
        )  # fmt: skip
        forest.cells.append(Cell(unit, index, members / count))
        forest.bases.append((unit, index))
