"""The State tree of a province: districts and communes, departments and their divisions."""

from __future__ import annotations

from dataclasses import dataclass, field

from .forest import Units
from .ledger import Ledger, Paper
from .places import Place, kind

DEPARTMENTS = (
    ("SNV", "Sở Nội vụ"),
    ("STC", "Sở Tài chính"),
    ("SXD", "Sở Xây dựng"),
    ("SGD", "Sở Giáo dục và Đào tạo"),
    ("SYT", "Sở Y tế"),
    ("STP", "Sở Tư pháp"),
    ("SCT", "Sở Công Thương"),
    ("SKH", "Sở Khoa học và Công nghệ"),
    ("SVH", "Sở Văn hóa, Thể thao và Du lịch"),
    ("VP", "Văn phòng Ủy ban nhân dân"),
    ("TTR", "Thanh tra"),
)
DIVISIONS = ("Văn phòng", "Phòng Tổ chức cán bộ", "Phòng Nghiệp vụ")
OFFICE_DIVISIONS = ("Phòng Tổng hợp", "Phòng Tổ chức cán bộ", "Phòng Hành chính")
BOARDS = (
    ("BTC", "Ban Tổ chức"),
    ("BTG", "Ban Tuyên giáo"),
    ("BDV", "Ban Dân vận"),
    ("VPTU", "Văn phòng"),
    ("UBKT", "Cơ quan Ủy ban Kiểm tra"),
)


@dataclass
class State:
    """The units of the State and of the Party's own boards that have staff."""

    root: str
    departments: list[str] = field(default_factory=list)
    divisions: list[str] = field(default_factory=list)
    boards: list[str] = field(default_factory=list)
    districts: list[str] = field(default_factory=list)
    offices: list[str] = field(default_factory=list)
    """Divisions of the districts."""
    names: dict[str, str] = field(default_factory=dict)


def state_tree(
    units: Units, ledger: Ledger, place: Place, since: int, *, departments: int = 99, until: int | None = None
) -> State:
    """Adds the State tree to the units; its codes are the administrative ones, its root the province's.

    Args:
        units: rows to add to.
        ledger: gets the paper they rest on.
        place: the province.
        since: first day of all these units.
        departments: how many departments and boards to make at most.
        until: last day of the districts and communes, None while in force.
    """
    state = State(place.code)
    city = place.name.startswith("Thành phố")
    paper = ledger.once(
        ("state", since),
        Paper("/QĐ-UBND", f"Ủy ban nhân dân {place.name[0].lower()}{place.name[1:]}", since,
              "Về việc sắp xếp các cơ quan hành chính (ngày quy ước)"),
    )  # fmt: skip

    def add(code: str, name: str, shape: str, parent: str | None, last: int | None = None) -> str:
        state.names[code] = name
        return units.add(code, name, shape, parent, since, paper, until=last)

    add(place.code, place.name, "tỉnh", None)
    for letters, name in DEPARTMENTS[:departments]:
        code = add(f"{place.code}.{letters}", f"{name} {place.name}", "sở", place.code)
        state.departments.append(code)
        for number, division in enumerate(OFFICE_DIVISIONS if letters == "VP" else DIVISIONS, start=1):
            state.divisions.append(add(f"{code}.{number}", f"{division} {name}", "phòng", code))
    committee = "Thành ủy" if city else "Tỉnh ủy"
    for letters, name in BOARDS[:departments]:
        state.boards.append(
            add(f"{place.letters}.{letters}", f"{name} {committee} {place.short}", "ban", place.letters)
        )
    for district in place.districts:
        shape = kind(district.name)
        code = add(district.code, district.name, "huyện" if shape == "thành phố" else shape, place.code, until)
        state.districts.append(code)
        office = add(f"{code}.PNV", f"Phòng Nội vụ {district.name}", "phòng", code, until)
        if until is None:
            state.offices.append(office)
        for commune in district.communes:
            add(commune.code, commune.name, kind(commune.name), code, until)
    return state
