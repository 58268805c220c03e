"""The reform of 1 July 2025 in an invented province: no districts any more, communes joined two by two."""

from __future__ import annotations

from dataclasses import dataclass, field

from .days import dates, day
from .forest import Cell, Forest
from .ledger import Ledger, Paper, numbers
from .places import Commune, District, Place, kind

DAY = day(2025, 7, 1)
"""First day without districts."""


@dataclass
class Lineage:
    """Rows of the sheet ``Quan hệ đơn vị``."""

    rows: list[tuple[str, str, str, Paper]] = field(default_factory=list)

    def columns(self) -> dict[str, list[object]]:
        return {
            "Mã đơn vị cũ": [row[0] for row in self.rows],
            "Mã đơn vị mới": [row[1] for row in self.rows],
            "Ngày": dates([DAY] * len(self.rows)),
            "Hình thức": [row[2] for row in self.rows],
            "Số quyết định": numbers(row[3] for row in self.rows),
        }


def _joined(place: Place) -> list[tuple[int, District, tuple[Commune, ...]]]:
    """The new communes: position of the old district, the commune, and the old ones it is made of."""
    found = []
    for index, district in enumerate(place.districts):
        for number, start in enumerate(range(0, len(district.communes), 2), start=1):
            old = district.communes[start : start + 2]
            head = "Phường" if kind(old[0].name) == "phường" else "Xã"
            name = f"{head} {old[0].name.removeprefix('Phường ').removeprefix('Xã ').removeprefix('Thị trấn ')}"
            new = District(f"{district.code}9{number}", name, (), district.area, district.groups)
            found.append((index, new, old))
    return found


def _party_code(place: Place, position: int, cell: int = 0) -> str | None:
    """The code of a new body or cell; three digits do not reach for more than 899 bodies."""
    return f"{place.code}.{position + 101}.000.000.{cell:03d}" if position < 899 and cell < 1000 else None


def reform(ledger: Ledger, forest: Forest) -> tuple[Forest, Lineage]:
    """Closes the Party bodies below the province and opens those of the new communes.

    The cells of the new forest stand in the order of the old ones: the cell at a position goes on at that position.
    State units are closed where they are made; the new communes of the State are added here.
    """
    place, units, lineage = forest.place, forest.units, Lineage()
    units.rows = [row if row[0] == forest.root else (*row[:5], DAY - 1, *row[6:]) for row in units.rows]
    party = ledger.once("reform", Paper("-QĐ/TU", place.committee, DAY, "Về việc lập đảng bộ các xã, phường"))
    state = ledger.once(
        "reform state",
        Paper("/NQ-HĐND", f"Hội đồng nhân dân {place.name[0].lower()}{place.name[1:]}", DAY,
              "Về việc sắp xếp đơn vị hành chính cấp xã", "Nghị quyết"),
    )  # fmt: skip
    joined = _joined(place)
    after = Forest(Place(place.code, place.letters, place.name, tuple(new for _, new, _ in joined)), forest.root, units)
    home: dict[str, int] = {}
    for position, (index, new, old) in enumerate(joined):
        shape = kind(new.name)
        here = f"{new.name[0].lower()}{new.name[1:]}"
        body = units.add(
            f"{forest.root}.{new.code}", f"Đảng bộ {here}", "đảng bộ xã", forest.root, DAY, party,
            party_code=_party_code(place, position), base=shape.capitalize(), area=new.area,
        )  # fmt: skip
        after.bodies.append(body)
        units.add(new.code, new.name, shape, place.code, DAY, state)
        for commune in old:
            base = f"{forest.bodies[index]}.{commune.code}"
            home[base] = position
            lineage.rows += [(base, body, "hợp nhất", party), (commune.code, new.code, "hợp nhất", state)]
        home.setdefault(forest.bodies[index], position)
    for index, district in enumerate(place.districts):
        lineage.rows.append((forest.bodies[index], forest.root, "giải thể", party))
        lineage.rows.append((district.code, place.code, "giải thể", state))
    _cells(forest, after, home, lineage, party)
    return after, lineage


def _cells(forest: Forest, after: Forest, home: dict[str, int], lineage: Lineage, paper: Paper) -> None:
    """Hands every cell over to its new commune; cells of the old district's offices go to the first one."""
    names = {row[0]: row[1] for row in forest.units.rows}
    used: dict[int, set[str]] = {}
    bases = {code for code, _ in forest.bases}
    for cell in forest.cells:
        base = cell.code if cell.code in home else cell.code.rpartition(".")[0]
        position = home[base]
        taken = used.setdefault(position, set())
        name = names[cell.code]
        if name in taken:
            name = f"{name} ({names[base].split(' ', 3)[-1]})"
        taken.add(name)
        new = after.place.districts[position]
        code = forest.units.add(
            f"{after.bodies[position]}.{len(taken):02d}", name, "chi bộ trực thuộc", after.bodies[position], DAY, paper,
            party_code=_party_code(after.place, position, len(taken)), area=new.area,
        )  # fmt: skip
        after.cells.append(Cell(code, position, cell.weight))
        if cell.code not in home or cell.code not in bases:
            lineage.rows.append((cell.code, code, "chuyển giao", paper))
