"""A provincial board with its job positions, and the committee of a commune; everybody in it is invented."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from canbo.facts.organisation.models import Unit
from canbo.facts.people.models import Person
from canbo.facts.staffing.models import Assignment, JobPosition, Placement, PositionApproval, PositionDescription
from canbo.foundation.kernel.text import fold

from ... import factories

SINCE = dt.date(2026, 3, 1)
CONTENT = {
    "purpose": "Tham mưu giúp lãnh đạo ban về công tác tổ chức đảng và đảng viên.",
    "tasks": [
        {
            "task": "Tham mưu, tổng hợp",
            "work": "Theo dõi, hướng dẫn kết nạp, chuyển sinh hoạt đảng; lập báo cáo tháng, quý, năm",
            "criterion": "Báo cáo đúng hạn, số liệu khớp giữa các biểu",
        },
        {"task": "Kiểm tra", "work": "Kiểm tra chi bộ theo chương trình năm", "criterion": "Đủ số cuộc, có kết luận"},
    ],
    "managed_by": "Trưởng phòng",
    "manages": "",
    "inside": "Các phòng của ban",
    "outside": "Ban xây dựng Đảng các xã, phường",
    "powers": "Được tham gia các cuộc họp chuyên môn\nĐược yêu cầu cơ sở cung cấp số liệu",
    "education": "Đại học trở lên",
    "theory": "Trung cấp trở lên",
    "training": "",
    "experience": "Từ 02 năm làm công tác đảng",
    "qualities": "Trung thực, cẩn thận, kín đáo",
    "other": "",
    "competencies": [
        {"group": "chung", "name": "Đạo đức và bản lĩnh", "level": "3"},
        {"group": "chuyen_mon", "name": "Tham mưu xây dựng văn bản", "level": "3"},
        {"group": "quan_ly", "name": "Ra quyết định", "level": "1"},
    ],
}


@dataclass(frozen=True)
class Board:
    """A board with five positions: filled, vacant, over-filled, and one whose holder has too low a rank."""

    root: Unit
    unit: Unit
    people: list[Person]


def position(unit: Unit, code: str, name: str, group: str, **more: object) -> JobPosition:
    """A position in force since March 2026."""
    values = {"min_rank": "Chuyên viên", "headcount": 1, **more}
    return JobPosition.objects.create(
        unit=unit, code=code, name=name, name_key=fold(name), group=group, in_force=factories.period(SINCE),
        since=SINCE, **values,
    )  # fmt: skip


def placed(person: Person, unit: Unit, code: str, since: dt.date = SINCE, **more: object) -> Placement:
    """Somebody on a position."""
    return Placement.objects.create(
        person=person, unit=unit, position_code=code, in_force=factories.period(since), since=since, **more
    )


def board() -> Board:
    """Ban Tổ chức Tỉnh ủy Sông Hạ."""
    root = factories.unit("Tỉnh ủy Sông Hạ", code="TU", kind="đảng bộ tỉnh")
    unit = factories.unit("Ban Tổ chức Tỉnh ủy", root, code="BTC", kind="cơ quan tham mưu của cấp ủy")
    factories.unit("Ban Tuyên giáo và Dân vận Tỉnh ủy", root, code="BTG", kind="cơ quan tham mưu của cấp ủy")
    paper = factories.decision("15-QĐ/TU", on=dt.date(2026, 2, 20), issuer="Tỉnh ủy Sông Hạ", custodian="TU")
    names = ("Đỗ Văn An", "Lò Thị Mây", "Hà Thị Bình", "Vũ Văn Dũng", "Lê Thị Đào", "Bùi Văn Sáng")
    ranks = ("Chuyên viên cao cấp", "Chuyên viên chính", "Chuyên viên", "Cán sự", "Chuyên viên", "")
    people = [factories.person(n, unit, rank=r) for n, r in zip(names, ranks, strict=True)]
    for one in people:
        factories.assignment(one, unit, "Chuyên viên", SINCE)
    more = {"opened_by": paper}
    position(unit, "LD01", "Trưởng ban", "lanh_dao", min_rank="Chuyên viên chính", **more)
    position(unit, "LD02", "Phó Trưởng ban", "lanh_dao", min_rank="Chuyên viên chính", headcount=3, **more)
    position(
        unit, "CM01", "Chuyên viên về tổ chức đảng, đảng viên", "chuyen_mon", max_rank="Chuyên viên chính",
        headcount=2, **more,
    )  # fmt: skip
    position(unit, "DC01", "Kế toán", "dung_chung", min_rank="Kế toán viên", **more)
    position(unit, "HT01", "Văn thư, lưu trữ", "ho_tro", min_rank="Cán sự", **more)
    PositionApproval.objects.create(unit=unit, in_force=factories.period(SINCE), since=SINCE, **more)
    PositionDescription.objects.create(
        unit=unit, position_code="CM01", content=CONTENT, in_force=factories.period(SINCE), since=SINCE
    )
    for who, code in zip(people, ("LD01", "LD02", "CM01", "CM01", "CM01"), strict=False):
        placed(who, unit, code)
    return Board(root, unit, people)


def seat(who: Person, where: Unit, title: str, *acts: str, since: dt.date = dt.date(2025, 7, 1)) -> Assignment:
    """A post that makes somebody a member of a committee."""
    return Assignment.objects.create(
        person=who, unit=where, title=title, title_key=fold(title), acts=list(acts or ("chỉ định",)),
        in_force=factories.period(since), since=since,
    )  # fmt: skip
