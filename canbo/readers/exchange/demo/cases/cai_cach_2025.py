"""All administrative units of 30/06/2025 with their people's committees and Party bodies, and invented people in them.

The codes of what goes with a unit ``C`` are ``UB.C`` (people's committee), ``DB.C`` (Party body), ``DB.C.00`` (cell of
its offices) and ``DB.C.01`` (a cell of a village).
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Collection, Iterator

from canbo.processes.restructuring.queries.reform import Place as Published
from canbo.processes.restructuring.queries.reform import lower, old_units

from ...book import Book
from ..days import dates, day
from ..forest import FOUNDED, Units
from ..ledger import Ledger
from ..people import make as make_people
from ..places import District, Place
from ..province import bound

FULL = 20_000
"""People when nobody says how many; the units are always all of them."""
STATE_SINCE = day(2004, 1, 1)
TITLES = ("Chủ tịch", "Phó Chủ tịch", "Phó Chủ tịch", "Công chức")
PART = 120_000
PARTY_KIND = {
    "province": "đảng bộ tỉnh",
    "district": "đảng bộ cấp trên trực tiếp cơ sở",
    "commune": "đảng bộ cơ sở",
}


def make(size: int, seed: int, today: dt.date, provinces: Collection[str] = ()) -> Iterator[Book]:
    """The forest and ``size`` people, each with a post in a people's committee and a membership in a cell.

    Args:
        provinces: codes of the provinces to keep; none means all.
    """
    places = _kept(provinces)
    rng = random.Random(seed)  # noqa: S311
    ledger = Ledger()
    forest = _forest(places)
    homes = [place for place in places if place.level == "commune"]
    offices = [place for place in places if place.level != "commune"]
    done = 0
    while done < size or not done:
        part = min(PART, size - done)
        book = {} if done else {"Đơn vị": forest.columns()}
        yield bound(ledger, book | _people(rng, homes, offices, done, part))
        done += part


def _kept(provinces: Collection[str]) -> list[Published]:
    known = {place.code: place for place in old_units()}

    def province(place: Published) -> str:
        while place.parent:
            place = known[place.parent]
        return place.code

    return [place for place in known.values() if not provinces or province(place) in provinces]


def _forest(places: list[Published]) -> Units:
    units = Units()
    for place in places:
        here = lower(place.name)
        above = place.parent or None
        units.add(place.code, place.name, place.type, above, STATE_SINCE, None)
        units.add(f"UB.{place.code}", f"Ủy ban nhân dân {here}", "cơ quan", place.code, STATE_SINCE, None)
        units.add(f"DB.{place.code}", f"Đảng bộ {here}", PARTY_KIND[place.level], f"DB.{above}" if above else None,
                  FOUNDED, None)  # fmt: skip
        if place.level == "commune":
            units.add(
                f"DB.{place.code}.00", f"Chi bộ cơ quan {here}", "chi bộ trực thuộc", f"DB.{place.code}", FOUNDED, None
            )
            units.add(
                f"DB.{place.code}.01", f"Chi bộ thôn 1 {here}", "chi bộ trực thuộc", f"DB.{place.code}", FOUNDED, None
            )
        else:
            units.add(
                f"DB.{place.code}.C1", f"Chi bộ Văn phòng {here}", "chi bộ cơ sở", f"DB.{place.code}", FOUNDED, None
            )
    return units


def _people(
    rng: random.Random, homes: list[Published], offices: list[Published], first: int, count: int
) -> dict[str, dict[str, list[object]]]:
    """People spread evenly: one in ten works for a district or a province, all others for a commune."""
    admitted = [day(2000, 1, 1) + rng.randrange(8000) for _ in range(count)]
    province = Place("98", "CC", "Tỉnh không có thật", (District("98001", "Huyện không có thật", ()),))
    people = make_people(rng, province, [0] * count, admitted, [0.4] * count, first)
    # Codes of one part are shuffled; parts follow each other, so that none comes twice.
    posts: dict[str, list[object]] = {name: [] for name in ("Mã hồ sơ", "Mã đơn vị", "Chức vụ", "Từ ngày", "Hành vi")}
    stays: dict[str, list[object]] = {
        name: []
        for name in ("Mã hồ sơ", "Mã tổ chức đảng sinh hoạt", "Từ ngày", "Hành vi", "Ngày kết nạp", "Ngày chính thức")
    }
    for index in range(count):
        number = first + index
        place = offices[number // 10 % len(offices)] if number % 10 == 0 else homes[number * 7919 % len(homes)]
        turn = number * 7919 // len(homes)
        cell = f"DB.{place.code}.{'C1' if place.level != 'commune' else f'0{turn % 2}'}"
        joined = admitted[index]
        for name, value in zip(
            posts,
            (people.codes[index], f"UB.{place.code}", TITLES[min(turn % 12, 3)], max(joined + 30, STATE_SINCE),
             "tuyển dụng" if turn % 12 > 2 else "bổ nhiệm"),
            strict=True,
        ):  # fmt: skip
            posts[name].append(value)
        stay = (people.codes[index], cell, joined, "kết nạp", joined, joined + 366)
        for name, part in zip(stays, stay, strict=True):
            stays[name].append(part)
    posts["Từ ngày"] = dates(posts["Từ ngày"])  # type: ignore[arg-type]
    for name in ("Từ ngày", "Ngày kết nạp", "Ngày chính thức"):
        stays[name] = dates(stays[name])  # type: ignore[arg-type]
    book = {"Hồ sơ": people.sheet(rng), "Chức vụ": posts, "Đảng viên": stays}
    if not first:
        book["Biên chế"] = _quotas(homes)
    return book


def _quotas(homes: list[Published]) -> dict[str, list[object]]:
    count = len(homes)
    return {
        "Mã đơn vị": [f"UB.{place.code}" for place in homes],
        "Nhóm": ["Cán bộ, công chức cấp xã"] * count,
        "Từ ngày": dates([day(2021, 1, 1)] * count),
        "Giao": [20 + number % 4 for number in range(count)],
    }
