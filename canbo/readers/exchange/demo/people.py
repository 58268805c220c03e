"""Files of invented people (sheet ``Hồ sơ``)."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from .days import dates
from .names import FEMALE, MALE, names
from .places import District, Place

CITIZEN_PREFIXES = ("098", "097", "099", "100", "101", "102", "103", "104")
"""First digits of the invented citizen numbers.

A real number begins with the code of the province of birth, 001 to 096. No province has these codes, so that an
invented number can never be a real person's; all else (sex and century, year of birth) is as in real ones.
"""
_SCHOOL = ("12/12", "12/12", "12/12", "9/12", "10/10", "7/10")
_DEGREES = ("Đại học", "Đại học", "Thạc sĩ", "Cao đẳng", "Trung cấp", None, None, None)
_THEORY = ("Sơ cấp", "Sơ cấp", "Trung cấp", "Cao cấp", None, None)
_WORK = (
    "Nông dân", "Nông dân", "Công chức", "Viên chức", "Giáo viên", "Hưu trí", "Công nhân", "Cán bộ xã", "Kinh doanh",
    "Bác sĩ", "Kỹ sư",
)  # fmt: skip
_MAJORS = ("Luật", "Kinh tế", "Sư phạm", "Nông nghiệp", "Quản lý nhà nước", "Xây dựng", "Công nghệ thông tin", "Y khoa")
_YOUNG_WORK = ("Sinh viên", "Nông dân", "Công nhân", "Công chức", "Viên chức", "Giáo viên", "Bộ đội")
_RELIGIONS = ("Không", "Đạo Thiên chúa", "Đạo Phật", "Đạo Tin lành")
OLDEST_BIRTH = 1925


@dataclass
class People:
    """People as columns; a person is her position."""

    first: int = 0
    """Number of people made before, in other parts of the same data set."""
    sex: list[str] = field(default_factory=list)
    group: list[str] = field(default_factory=list)
    born: list[int] = field(default_factory=list)
    home: list[str] = field(default_factory=list)
    died: dict[int, int] = field(default_factory=dict)
    codes: list[str] = field(default_factory=list)
    name: list[str] = field(default_factory=list)
    ranks: dict[str, str] = field(default_factory=dict)
    """Ranks of civil servants by code, where they are known."""

    def sheet(self, rng: random.Random) -> dict[str, list[object]]:
        """The columns of ``Hồ sơ``."""
        count = len(self.born)
        born = dates(self.born)
        years = [day.year for day in born]  # type: ignore[attr-defined]
        degrees = rng.choices(_DEGREES, k=count)
        majors = rng.choices(_MAJORS, k=count)
        works, young = rng.choices(_WORK, k=count), rng.choices(_YOUNG_WORK, k=count)
        newest = max(years, default=0)
        return {
            "Mã hồ sơ": list(self.codes),
            "Số định danh cá nhân": citizen_ids(self.first, self.sex, years),
            "Họ và tên khai sinh": list(self.name),
            "Giới tính": list(self.sex),
            "Ngày sinh": born,
            "Dân tộc": list(self.group),
            "Tôn giáo": list(rng.choices(_RELIGIONS, (965, 18, 14, 3), k=count)),
            "Quê quán": list(self.home),
            "Nơi thường trú": list(self.home),
            "Nghề nghiệp hiện nay": [
                "Hưu trí" if newest - year > 44 else new if newest - year < 12 else work
                for year, work, new in zip(years, works, young, strict=True)
            ],
            "Trình độ giáo dục phổ thông": list(rng.choices(_SCHOOL, k=count)),
            "Trình độ chuyên môn cao nhất": list(degrees),
            "Chuyên ngành": [major if degree else None for degree, major in zip(degrees, majors, strict=True)],
            "Lý luận chính trị": list(rng.choices(_THEORY, k=count)),
            "Ngày mất": dates(self.died.get(index) for index in range(count)),
        }


def citizen_ids(first: int, sexes: list[str], years: list[int]) -> list[object]:
    """Twelve-digit numbers, never the same twice within eight million people."""
    digits = {(MALE, False): "0", (FEMALE, False): "1", (MALE, True): "2", (FEMALE, True): "3"}
    found: list[object] = []
    for number, sex, year in zip(range(first, first + len(years)), sexes, years, strict=True):
        # 600011 and a million have no common divisor: a million people get a million different endings
        ending = number % 1_000_000 * 600011 % 1_000_000
        found.append(f"{CITIZEN_PREFIXES[number // 1_000_000]}{digits[sex, year >= 2000]}{year % 100:02d}{ending:06d}")
    return found


def make(
    rng: random.Random, place: Place, districts: list[int], admitted: list[int], women: list[float], first: int
) -> People:
    """People fit for their day of admission: between 18 and 60 years old then.

    Args:
        rng: source of chance.
        place: the province they live in.
        districts: position of each person's district.
        admitted: day of each person's admission decision.
        women: the chance of each person to be a woman.
        first: number of people made before.
    """
    people = People(first)
    count = len(admitted)
    chance = rng.random
    people.sex = [FEMALE if chance() < share else MALE for share in women]
    pools = [_pool(district.groups) for district in place.districts]
    picks = [rng.choices(pool[0], pool[1], k=1000) for pool in pools]
    people.group = [picks[district][int(chance() * 1000)] for district in districts]
    # between 18 years and 4 months and 54 years, most of them young; the oldest are born in 1925
    floor = OLDEST_BIRTH * 365.2425 + 366
    people.born = [day - 6700 - int(min(13000, max(300, day - 6700 - floor)) * chance() ** 2.2) for day in admitted]
    where = [_homes(place, district) for district in place.districts]
    people.home = [where[d][int(chance() * len(where[d]))] for d in districts]
    people.name = names(rng, people.sex, people.group)
    order = list(range(first + 1, first + count + 1))
    rng.shuffle(order)
    people.codes = [f"{place.letters}{number:07d}" for number in order]
    return people


def _homes(place: Place, district: District) -> list[str]:
    here = f"{district.name}, {place.name}"
    return [f"{commune.name}, {here}" for commune in district.communes] or [here]


def _pool(groups: tuple[tuple[str, int], ...]) -> tuple[list[str], list[int]]:
    return [group for group, _ in groups], [weight for _, weight in groups]
