"""Courses, grades, rewards, discipline and plans."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass

from .days import dates, day, working_day, years_later
from .figures import Year
from .ledger import Ledger, Paper, numbers
from .members import Members
from .places import Place

GRADES = (
    "Hoàn thành xuất sắc nhiệm vụ",
    "Hoàn thành tốt nhiệm vụ",
    "Hoàn thành nhiệm vụ",
    "Không hoàn thành nhiệm vụ",
)
POINTS = ((90, 98), (72, 89), (52, 69), (35, 49))
ADVANCED, MIDDLE = "cao cấp lý luận chính trị", "trung cấp lý luận chính trị"


@dataclass(slots=True)
class Course:
    """One person on one course."""

    code: str
    course: str
    since: int
    until: int | None
    level: str
    mode: str
    place: str
    result: str | None
    paper: Paper


def course_sheet(courses: list[Course]) -> dict[str, list[object]]:
    """The columns of ``Đào tạo``."""
    return {
        "Mã hồ sơ": [row.code for row in courses],
        "Khóa học": [row.course for row in courses],
        "Từ ngày": dates(row.since for row in courses),
        "Đến ngày": dates(row.until for row in courses),
        "Trình độ": [row.level for row in courses],
        "Hình thức": [row.mode for row in courses],
        "Nơi học": [row.place for row in courses],
        "Kết quả": [row.result for row in courses],
        "Số quyết định": numbers(row.paper for row in courses),
    }


def courses(rng: random.Random, ledger: Ledger, members: Members, people: list[int], years: list[int]) -> list[Course]:
    """Ordinary courses for some people, one each."""
    place = members.forest.place
    until = members.figures.until.toordinal()
    found = []
    kinds = (
        (ADVANCED, "tập trung", 240), (ADVANCED, "không tập trung", 540), (MIDDLE, "tập trung", 180),
        (MIDDLE, "không tập trung", 360), ("bồi dưỡng", "tập trung", 12), ("sau đại học", "không tập trung", 720),
    )  # fmt: skip
    for person in people:
        level, mode, length = rng.choices(kinds, (5, 8, 12, 15, 55, 5))[0]
        since = working_day(day(rng.choice(years), rng.choice((3, 4, 5, 9, 10)), 15))
        if since > until:
            continue
        name = f"Lớp {level} hệ {mode} khóa {opening(since)}"
        paper = ledger.once(
            ("course", level, mode, since),
            Paper("-QĐ/TU", f"Ban Thường vụ {place.committee}", since - 12, f"Về việc cử cán bộ học {name.lower()}"),
        )
        end = since + length if since + length <= until else None
        found.append(
            Course(members.people.codes[person], name, since, end, level, mode, f"Trường Chính trị {place.short}",
                   "Tốt nghiệp" if end else None, paper)
        )  # fmt: skip
    return found


def opening(value: int) -> str:
    """Month and year in which a course opens."""
    return f"{dt.date.fromordinal(value):%m/%Y}"


def grades(
    rng: random.Random, ledger: Ledger, members: Members, people: list[int], years: list[int]
) -> dict[str, list[object]]:
    """``Xếp loại``: yearly grades of some members and of all grass-roots organisations."""
    rows: list[tuple[str, str, int, str, Paper]] = []
    for year in years:
        forest = members.forest_on(day(year, 12, 20))
        below: dict[int, list[str]] = {}
        for base, index in forest.bases:
            below.setdefault(index, []).append(base)
        for person in people:
            below.setdefault(members.district(person, day(year, 12, 20)), []).append(members.people.codes[person])
        for district, code in enumerate(forest.bodies):
            issuer, letters = forest.place.districts[district].committee
            text = f"Về việc công nhận kết quả đánh giá, xếp loại chất lượng năm {year}"
            on = working_day(day(year, 12, 20))
            paper = ledger.once(("grade", year, district), Paper(f"-QĐ/{letters}", f"Ban Thường vụ {issuer}", on, text))
            subjects = [code, *below.get(district, ())]
            picks = rng.choices(range(4), (17, 66, 16, 1), k=len(subjects))
            rows += [
                (subject, str(year), rng.randint(*POINTS[pick]), GRADES[pick], paper)
                for subject, pick in zip(subjects, picks, strict=True)
            ]
    return {
        "Mã hồ sơ hoặc mã đơn vị": [row[0] for row in rows],
        "Kỳ": [row[1] for row in rows],
        "Căn cứ": ["Xếp loại chất lượng hằng năm"] * len(rows),
        "Điểm": [row[2] for row in rows],
        "Mức": [row[3] for row in rows],
        "Số quyết định": numbers(row[4] for row in rows),
    }


@dataclass(slots=True)
class Reward:
    """A reward of a person or a unit."""

    subject: str
    form: str
    on: int
    authority: str
    reason: str
    paper: Paper


def reward_sheet(rewards: list[Reward]) -> dict[str, list[object]]:
    """The columns of ``Khen thưởng``."""
    return {
        "Mã hồ sơ hoặc mã đơn vị": [row.subject for row in rewards],
        "Hình thức": [row.form for row in rewards],
        "Ngày": dates(row.on for row in rewards),
        "Cơ quan": [row.authority for row in rewards],
        "Số quyết định": numbers(row.paper for row in rewards),
        "Lý do": [row.reason for row in rewards],
    }


def rewards(ledger: Ledger, place: Place, subjects: list[str], years: list[int]) -> list[Reward]:
    """Certificates of merit of the provincial committee at the end of each year, one for each subject."""
    found = []
    authority = f"Ban Thường vụ {place.committee}"
    for number, subject in enumerate(subjects):
        year = years[number % len(years)]
        on = working_day(day(year, 12, 25))
        paper = Paper("-QĐ/TU", authority, on, f"Về việc tặng Bằng khen năm {year}")
        reason = f"Thành tích xuất sắc năm {year}"
        found.append(Reward(subject, "Bằng khen", on, authority, reason, ledger.once(("merit", year), paper)))
    return found


def discipline(rng: random.Random, ledger: Ledger, members: Members, people: list[int]) -> dict[str, list[object]]:
    """``Kỷ luật``: expulsions of those who left by it, reprimands and warnings of others."""
    codes = members.people.codes
    until = members.figures.until
    rows: list[tuple[str, str, int, int | None, str, Paper]] = []
    for person, act, on, paper in members.removed:
        if act == "khai trừ":
            rows.append((codes[person], "Khai trừ", on, None, paper.issuer, paper))
    for person in people:
        on = working_day(day(until.year - 1, rng.randint(1, 12), rng.randint(6, 24)))
        issuer, letters = members.forest_on(on).place.districts[members.district(person, on)].committee
        form = rng.choice(("Khiển trách", "Khiển trách", "Cảnh cáo"))
        text = f"Về việc thi hành kỷ luật {form.lower()} đối với đảng viên"
        paper = ledger.add(Paper(f"-QĐ/{letters}", f"Ban Thường vụ {issuer}", on, text))
        rows.append((codes[person], form, on, years_later(on, 1) - 1, f"Ban Thường vụ {issuer}", paper))
    return {
        "Mã hồ sơ": [row[0] for row in rows],
        "Hình thức": [row[1] for row in rows],
        "Ngày": dates(row[2] for row in rows),
        "Đến ngày": dates(row[3] for row in rows),
        "Cơ quan": [row[4] for row in rows],
        "Số quyết định": numbers(row[5] for row in rows),
        "Nội dung": ["Vi phạm quy định về trách nhiệm của đảng viên"] * len(rows),
    }


def plans(ledger: Ledger, members: Members, years: tuple[Year, ...]) -> dict[str, list[object]]:
    """``Chỉ tiêu``: planned admissions of the province, and of its districts so that they add up to it."""
    rows: list[tuple[str, int, int, Paper]] = []
    for year in years:
        on = working_day(day(year.year, 1, 15))
        forest = members.forest_on(on)
        weights = [0.0] * len(forest.bodies)
        for cell in forest.cells:
            weights[cell.district] += cell.weight
        total = sum(weights)
        issuer = f"Ban Thường vụ {forest.place.committee}"
        paper = Paper("-KH/TU", issuer, on, f"Giao chỉ tiêu kết nạp đảng viên năm {year.year}", "Kế hoạch")
        paper = ledger.once(("plan", year.year), paper)
        rows.append((forest.root, year.year, year.plan, paper))
        reached, given = 0.0, 0
        for code, weight in zip(forest.bodies, weights, strict=True):
            reached += weight
            share = round(year.plan * reached / total) - given
            given += share
            rows.append((code, year.year, share, paper))
    return {
        "Mã đơn vị": [row[0] for row in rows],
        "Mã chỉ tiêu": ["KN01"] * len(rows),
        "Kỳ": [str(row[1]) for row in rows],
        "Giá trị": [row[2] for row in rows],
        "Số quyết định": numbers(row[3] for row in rows),
    }
