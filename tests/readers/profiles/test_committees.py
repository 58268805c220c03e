"""Committees: read from posts, measured against what was decided and what the rules of the day allow."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import dataclass

import docx
import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from canbo.facts.organisation.models import Unit, UnitLineage
from canbo.facts.party.models import Membership
from canbo.facts.people.models import Person
from canbo.facts.staffing.models import Assignment, Committee
from canbo.facts.staffing.queries import committees as facts

from ... import factories
from .conftest import Enter
from .posts_world import seat

MERGED = dt.date(2025, 7, 1)
NOW = dt.date(2026, 9, 1)


@dataclass
class Commune:
    unit: Unit
    cell: Unit
    members: list[Person]


@pytest.fixture
def commune(db: None) -> Commune:
    """Đảng bộ xã Bình Minh: secretary, two deputies, three of the standing committee, four others, two women."""
    unit = factories.unit("Đảng bộ xã Bình Minh", code="BM", kind="đảng bộ xã")
    cell = factories.unit("Chi bộ cơ quan Đảng ủy", unit, code="BM.01")
    titles = [
        "Bí thư Đảng ủy", "Phó Bí thư Thường trực Đảng ủy", "Phó Bí thư", *["Ủy viên Ban Thường vụ"] * 3,
        *["Đảng ủy viên"] * 4,
    ]  # fmt: skip
    given = ["An", "Bình", "Châu", "Dũng", "Đào", "Giang", "Hà", "Khánh", "Lan", "Mai"]
    members = []
    for n, (title, name) in enumerate(zip(titles, given, strict=True)):
        who = factories.person(
            f"Nguyễn Văn {name}", cell, sex="nu" if n in {4, 8} else "nam",
            born_on=dt.date(1970 + 2 * n, 5, 20), ethnic_group="Mường" if n == 3 else "Kinh",
            qualification="Đại học",
        )  # fmt: skip
        factories.membership(who, cell)
        seat(who, unit, title, "bầu cử" if n else "chỉ định", since=MERGED)
        members.append(who)
    seat(members[3], unit, "Ủy viên Ban Chấp hành", "chỉ định", since=MERGED)
    seat(members[4], unit, "Chủ nhiệm Ủy ban Kiểm tra", "chuẩn y", since=MERGED)
    seat(factories.person("Lê Văn Nam", cell), unit, "Trưởng ban", "bổ nhiệm", since=MERGED)
    return Commune(unit, cell, members)


def number(commune: Commune, body: str, size: int, **more: object) -> Committee:
    values = {"since": MERGED, "in_force": factories.period(MERGED), **more}
    return Committee.objects.create(unit=commune.unit, body=body, size=size, **values)


def text(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def names(commune: Commune, body: str, day: dt.date = NOW) -> list[str]:
    return [m.post.person.name.split()[-1] for m in facts.members_of(commune.unit, body, day)]


def test_members_come_from_the_posts_each_once_by_rank(commune: Commune) -> None:
    assert names(commune, "bch") == ["An", "Bình", "Châu", "Dũng", "Đào", "Giang", "Hà", "Khánh", "Lan", "Mai"]
    assert names(commune, "btv") == ["An", "Bình", "Châu", "Dũng", "Đào", "Giang"]
    assert names(commune, "thuong_truc") == ["An", "Bình", "Châu"]
    assert names(commune, "ubkt") == ["Đào"]
    assert names(commune, "bch", dt.date(2025, 6, 30)) == []
    modes = {m.post.person.name.split()[-1]: m.mode for m in facts.members_of(commune.unit, "bch", NOW)}
    assert (modes["An"], modes["Bình"], modes["Dũng"]) == ("chỉ định", "bầu cử", "bầu cử")


def test_a_member_who_left_the_organisation_is_pointed_out(commune: Commune, enter: Enter) -> None:
    gone = commune.members[9]
    other = factories.unit("Chi bộ nơi khác", code="NK.01")
    stay = Membership.objects.get(person=gone)
    stay.in_force = factories.period(factories.START, dt.date(2026, 1, 1))
    stay.save()
    factories.membership(gone, other, dt.date(2026, 1, 1))
    assert [m.outside for m in facts.members_of(commune.unit, "bch", NOW)].count(True) == 1
    assert not any(m.outside for m in facts.members_of(commune.unit, "bch", dt.date(2025, 12, 31)))
    assert "1 người không sinh hoạt ở tổ chức đảng này" in text(enter(), "/cap-uy/BM/")


def test_structure_and_goals_each_open_their_people(commune: Commune, enter: Enter) -> None:
    number(commune, "bch", 12, term="2025–2030", term_until=dt.date(2030, 6, 30))
    client = enter(day=NOW)
    page = text(client, "/cap-uy/BM/")
    assert "còn khuyết 2" in text(client, "/cap-uy/BM/") or "Còn khuyết" in page
    assert "20,0%" in page, "two women of ten"
    assert "Trẻ (dưới 42 tuổi)" in page
    picked = text(client, "/cap-uy/BM/?nhom=Gi%E1%BB%9Bi%20t%C3%ADnh&la=nu")
    box = picked[picked.index('id="chon"') : picked.index('id="danh-sach-cap-uy"')]
    assert "Nguyễn Văn Đào" in box
    assert "Nguyễn Văn Lan" in box
    assert "Nguyễn Văn An" not in box


def test_a_goal_is_met_exactly_at_its_share() -> None:
    from canbo.facts.staffing.rules import Goal

    def goal(number: int, total: int) -> Goal:
        return Goal("women", "Nữ", number, total, 15, "", True)

    assert goal(3, 20).met
    assert (goal(4, 27).met, goal(4, 27).missing) == (False, 1), "14,8% is not 15%"
    assert (goal(0, 0).met, goal(0, 0).share) == (False, None)


CASES = [
    # committee decided, merged from, members beside the ten, day, what is said
    ("CT 45, chưa ghi số lượng", None, 0, 0, NOW, []),
    ("khuyết", 12, 0, 0, NOW, []),
    ("vượt quyết định", 9, 0, 0, NOW, ["COMMITTEE-OVER-DECIDED"]),
    ("CT 45, 27 của xã không hợp nhất", 27, 0, 17, NOW, []),
    ("CT 45, quá 27", 28, 0, 0, NOW, ["COMMITTEE-OVER-ALLOWED"]),
    ("CT 45, 33 khi hợp nhất từ 3", 33, 3, 0, NOW, []),
    ("CT 45, quá 33", 34, 3, 0, NOW, ["COMMITTEE-OVER-ALLOWED"]),
    ("CT 45, hợp nhất từ 2 vẫn 27", 28, 2, 0, NOW, ["COMMITTEE-OVER-ALLOWED"]),
    ("trước CT 45 không so", 40, 0, 0, dt.date(2025, 4, 13), []),
]


@pytest.mark.parametrize(("size", "merged", "more", "day", "codes"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_the_number_against_decision_and_rule(
    commune: Commune, the_operator: object, size: int | None, merged: int, more: int, day: dt.date, codes: list[str]
) -> None:
    from canbo.readers.profiles.queries.committees import committee_page

    for n in range(merged):
        old = factories.unit(f"Đảng bộ xã cũ {n}")
        UnitLineage.objects.create(old=old, new=commune.unit, on=MERGED, operation="hop_nhat")
    for n in range(more):
        seat(factories.person(f"Trần Văn T{n}", commune.cell), commune.unit, "Đảng ủy viên", since=MERGED)
    if size is not None:
        number(commune, "bch", size, in_force=factories.period(dt.date(2025, 1, 1)))
    page = committee_page(the_operator, "BM", day, "bch")  # type: ignore[arg-type]
    assert [f.code for f in page.faults] == codes
    assert all(f.source for f in page.faults if f.code == "COMMITTEE-OVER-ALLOWED")


def test_the_standing_committee_is_at_most_a_third_since_208(commune: Commune, enter: Enter) -> None:
    page = text(enter(day=dt.date(2026, 7, 26)), "/cap-uy/BM/?loai=btv")
    assert "6 trên 10 cấp ủy viên, quá 1/3" in page
    assert "208-QĐ/TW" in page
    assert "quá 1/3" not in text(enter("lanh_dao", day=dt.date(2026, 7, 25)), "/cap-uy/BM/?loai=btv")


def test_two_days_side_by_side(commune: Commune, enter: Enter) -> None:
    last = Assignment.objects.get(person=commune.members[9])
    last.in_force = factories.period(MERGED, dt.date(2026, 3, 1))
    last.closing_act = "thôi giữ chức vụ"
    last.save()
    seat(factories.person("Vi Thị Oanh", commune.cell), commune.unit, "Đảng ủy viên", since=dt.date(2026, 3, 1))
    page = text(enter(day=NOW), "/cap-uy/BM/?so_voi=31/12/2025")
    assert "<b>1</b> người mới, <b>1</b> người không còn" in page
    box = page[page.index('id="so-sanh"') :]
    assert "Vi Thị Oanh" in box
    assert "Nguyễn Văn Mai" in box
    assert "không phải là ngày" in text(enter("lanh_dao", day=NOW), "/cap-uy/BM/?so_voi=hom-qua")


def test_the_list_is_narrowed_to_what_to_look_at(commune: Commune, enter: Enter) -> None:
    number(commune, "bch", 12, term_until=dt.date(2027, 1, 31))
    other = factories.unit("Đảng bộ xã Tân Hòa", code="TH", kind="đảng bộ xã")
    for n in range(29):
        seat(factories.person(f"Phan Thị S{n}", other, born_on=dt.date(1960, 1, 1)), other, "Đảng ủy viên")
    client = enter(day=NOW)

    def found(choice: str) -> set[str]:
        page = client.get(f"/cap-uy/?xem={choice}&xuat=xlsx")
        sheet = openpyxl.load_workbook(io.BytesIO(b"".join(page.streaming_content) if page.streaming else page.content))
        cells = {str(cell.value) for row in sheet.active.iter_rows() for cell in row}
        return cells & {"Đảng bộ xã Bình Minh", "Đảng bộ xã Tân Hòa"}

    minh, hoa = {"Đảng bộ xã Bình Minh"}, {"Đảng bộ xã Tân Hòa"}
    assert found("") == minh | hoa
    assert found("khuyet") == minh
    assert found("vuot") == set()
    assert found("vuot_quy_dinh") == hoa
    assert found("thieu_nu") == set()
    assert found("thieu_tre") == hoa
    assert found("sap_het") == minh
    assert found("chua_quyet_dinh") == hoa
    for n in range(3):
        UnitLineage.objects.create(old=factories.unit(f"Đảng bộ cũ {n}"), new=other, on=MERGED, operation="sap_nhap")
    assert found("vuot_quy_dinh") == set(), "33 for those merged from three"
    assert "Ủy ban Kiểm tra" in text(client, "/cap-uy/?loai=ubkt")


def test_the_list_costs_the_same_however_many(commune: Commune, enter: Enter) -> None:
    client = enter(day=NOW)
    text(client, "/cap-uy/")
    with CaptureQueriesContext(connection) as few:
        text(client, "/cap-uy/")
    for n in range(30):
        place = factories.unit(f"Đảng bộ xã {n}", kind="đảng bộ xã")
        seat(factories.person(f"Lý Văn P{n}", place), place, "Bí thư")
    with CaptureQueriesContext(connection) as many:
        text(client, "/cap-uy/")
    assert len(many) <= len(few)
    with CaptureQueriesContext(connection) as page:
        text(client, "/cap-uy/BM/")
    assert len(page) < 30


def test_the_paper_lists_everybody_with_the_structure(commune: Commune, enter: Enter) -> None:
    answer = enter(day=NOW).get("/cap-uy/danh-sach/BM/")
    paper = docx.Document(io.BytesIO(answer.content))
    cells = [c.text for t in paper.tables for r in t.rows for c in r.cells]
    assert "Nguyễn Văn Mai" in cells
    assert "Mường" in cells
    assert any("10 người" in p.text.replace("\N{NO-BREAK SPACE}", " ") for p in paper.paragraphs)


def test_an_organisation_without_a_committee_says_how_to_fill_it(commune: Commune, enter: Enter) -> None:
    client = enter(day=NOW)
    assert "Chưa có ai trong Ban Chấp hành" in text(client, "/cap-uy/BM.01/")
    assert "Số lượng, cơ cấu, danh sách cấp ủy" in text(client, "/don-vi/BM/")
    assert "Số lượng, cơ cấu, danh sách cấp ủy" not in text(client, "/don-vi/BM.01/")
    assert text(client, "/cap-uy/BM/?loai=khong-co"), "an unknown committee is the executive one"
    elsewhere = factories.unit("Đảng bộ xã Khác", code="KH")
    assert enter("co_so", elsewhere).get("/cap-uy/BM/").status_code == 404
