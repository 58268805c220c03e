"""The administrative reform of 1 July 2025 as published: units before, units after, and what became of what.

The files beside are the lists of administrative units by their official codes and the map between them, with the gaps
they have: units that go into several others, units without a successor, units without a predecessor.
"""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import io
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

REFORM = dt.date(2025, 7, 1)
SECOND = dt.date(2026, 7, 26)
"""208-QĐ/TW: communal Party bodies become grass-roots bodies directly under the province."""

Cells = dict[str, str]


@dataclass(frozen=True)
class Place:
    """An administrative unit as the published list has it."""

    level: str
    code: str
    name: str
    type: str
    parent: str


@cache
def _file(name: str) -> tuple[dict[str, str], ...]:
    raw = (files("canbo.processes.restructuring") / "data" / f"{name}.csv.gz").read_bytes()
    return tuple(csv.DictReader(io.StringIO(gzip.decompress(raw).decode("utf-8"))))


def _places(name: str) -> tuple[Place, ...]:
    return tuple(Place(r["level"], r["code"], r["name"], r["type"], r["parent_code"]) for r in _file(name))


def old_units() -> tuple[Place, ...]:
    """Provinces, districts and communes valid to 30/06/2025."""
    return _places("units-until-2025-06-30")


def new_units() -> tuple[Place, ...]:
    """Provinces and communes valid from 01/07/2025."""
    return _places("units-from-2025-07-01")


def became() -> dict[str, list[str]]:
    """The map: new codes by old code, in the order of the file."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in _file("reform-2025-07-01"):
        found[row["old_code"]].append(row["new_code"])
    return dict(found)


def lower(name: str) -> str:
    """A name inside a sentence: its first letter small."""
    return name[:1].lower() + name[1:]


def core(name: str) -> str:
    """The name of a place without what kind of place it is."""
    for kind in ("Thành phố", "Thị xã", "Thị trấn", "Đặc khu", "Phường", "Huyện", "Quận", "Tỉnh", "Xã"):
        if name.startswith(kind + " "):
            return name[len(kind) + 1 :]
    return name


def reform_lines(codes: Iterable[str]) -> tuple[list[Cells], list[tuple[str, str, str]]]:
    """Lines of the reform for the units there are, and answers one may begin from.

    With an administrative unit ``C`` go its people's committee ``UB.C``, its Party body ``DB.C`` and the cell of its
    offices ``DB.C.00``, where there are such.

    Args:
        codes: of the units in force.
    """
    there = set(codes)
    old = {place.code: place for place in old_units() if place.code in there}
    new = {place.code: place for place in new_units()}
    goes = became()
    lines: list[Cells] = []
    answers: list[tuple[str, str, str]] = []
    reached = {code for place in old for code in goes.get(place, ())}
    provinces = {target for place in old.values() if place.level == "province" for target in goes[place.code]}
    founded = [p for p in new.values() if p.code not in reached and p.code not in there and p.parent in provinces]
    islands = {district: target for target in founded for district in _alike(target, old.values())}
    for place in old.values():
        if place.level == "district":
            province = goes[place.parent]
            home = place.parent if place.parent in province else province[0]
            lines.append({"level": "district", "old_code": place.code, "operation": "kết thúc hoạt động"})
            for prefix in ("UB", "DB"):
                if f"{prefix}.{place.code}" in there and place.code in islands:
                    target = islands[place.code]
                    line = _line("commune", f"{prefix}.{place.code}", f"{prefix}.{target.code}", target)
                    lines.append(line | {"operation": "chuyển giao"})
                elif f"{prefix}.{place.code}" in there:
                    lines.append({"level": "district", "old_code": f"{prefix}.{place.code}",
                                  "new_code": f"{prefix}.{home}", "operation": "kết thúc hoạt động"})  # fmt: skip
            continue
        targets = [new[code] for code in goes.get(place.code, ())]
        if len(targets) > 1:
            answers += [(code, _in(code, place.code, targets[0].code), "") for code in _with(place.code, there)]
        if not targets:
            answers += [(code, "giai_the", "") for code in _with(place.code, there)]
        for code in _with(place.code, there):
            lines += [_line(place.level, code, _in(code, place.code, target.code), target) for target in targets] or [
                {"level": place.level, "old_code": code}
            ]
    lines += [_line(target.level, "", target.code, target) for target in founded]
    answers += [(target.code, "hinh_thanh_tu", district) for district, target in islands.items()]
    return lines + list(_offices(lines)), answers


def _alike(target: Place, old: Iterable[Place]) -> list[str]:
    """The district of the same name, where there is one: for the answers only, the plan still asks."""
    found = [place.code for place in old if place.level == "district" and core(place.name) == core(target.name)]
    return found if len(found) == 1 else []


def _with(code: str, there: set[str]) -> list[str]:
    return [c for c in (code, f"UB.{code}", f"DB.{code}", f"DB.{code}.00") if c in there]


def _in(code: str, old: str, new: str) -> str:
    """The code of what goes with an administrative unit, there."""
    return code.replace(old, new)


def _line(level: str, old: str, new: str, target: Place) -> Cells:
    here = lower(target.name)
    head, _, rest = new.partition(".")
    cells: Cells = {"level": level, "old_code": old, "new_code": new}
    if head == "UB":
        return cells | {"new_name": f"Ủy ban nhân dân {here}", "new_kind": "cơ quan", "new_parent": target.code}
    if head == "DB" and rest.endswith(".00"):
        return cells | {"new_name": f"Chi bộ cơ quan {here}", "new_kind": "chi bộ trực thuộc",
                        "new_parent": f"DB.{target.code}.CQ"}  # fmt: skip
    if head == "DB":
        kind, parent = ("đảng bộ tỉnh", "") if level == "province" else ("đảng bộ xã", f"DB.{target.parent}")
        return cells | {"new_name": f"Đảng bộ {here}", "new_kind": kind, "new_parent": parent}
    return cells | {"new_name": target.name, "new_kind": target.type, "new_parent": target.parent}


def _offices(lines: list[Cells]) -> Iterator[Cells]:
    """The Party organisation of the agencies of every new commune, founded with it."""
    seen: set[str] = set()
    for line in lines:
        parent = line.get("new_parent", "")
        if parent.endswith(".CQ") and parent not in seen:
            seen.add(parent)
            name = line["new_name"].removeprefix("Chi bộ cơ quan ")
            yield {"level": "commune", "new_code": parent, "new_name": f"Đảng bộ các cơ quan {name}",
                   "new_kind": "đảng bộ cơ sở", "new_parent": parent.removesuffix(".CQ"), "operation": "thành lập"}  # fmt: skip


def second_lines(units: Iterable[tuple[str, str, str | None]]) -> list[Cells]:
    """Lines of July 2026: communal Party bodies are grass-roots bodies, bodies between end, every cell is a chi bộ.

    Args:
        units: code, kind and code of the superior of every unit in force.
    """
    known = {code: (kind, parent) for code, kind, parent in units}
    communes = {code for code, (kind, _) in known.items() if kind == "đảng bộ xã"}
    lines: list[Cells] = []
    for code, (kind, parent) in known.items():
        if code in communes:
            lines.append(
                {
                    "level": "party",
                    "old_code": code,
                    "new_code": code,
                    "new_kind": "đảng bộ cơ sở",
                    "operation": "đổi cấp",
                }
            )
        elif kind in ("đảng bộ cơ sở", "đảng bộ bộ phận") and parent in communes:
            lines.append(
                {"level": "party", "old_code": code, "new_code": str(parent), "operation": "kết thúc hoạt động"}
            )
        elif kind in ("chi bộ trực thuộc", "chi bộ cơ sở"):
            lines.append(
                {"level": "party", "old_code": code, "new_code": code, "new_kind": "chi bộ", "operation": "đổi cấp"}
            )
    return lines
