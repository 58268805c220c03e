"""Lists: of the viewing day, in the order of given names, scoped, searched without diacritics, constant in queries."""

from __future__ import annotations

import datetime as dt
import io
import re

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from canbo.facts.party.models import Badge, Membership
from canbo.facts.staffing.models import StaffQuota
from canbo.foundation.audit.models import AuditEntry

from ... import factories
from .conftest import BEFORE, MOVED, Enter, World, held

LISTS = ["/con-nguoi/", "/dang-vien/", "/chuc-vu/", "/bien-che/", "/dao-tao/", "/don-vi/", "/don-vi/cay/"]


def text(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def names(page: str) -> list[str]:
    return re.findall(r"<tr data-row>.*?data-row-link[^>]*>([^<]*)</a>", page, re.DOTALL)


def test_names_stand_in_vietnamese_order_of_given_names(world: World, enter: Enter) -> None:
    for name in ("Lê Văn Ân", "Bùi Thị An", "Đỗ Văn Bình", "Trần Thị Ánh", "Hà Đức Đạt", "Vũ Văn Dũng"):
        factories.person(name, world.new_cell)
    found = names(text(enter(), "/con-nguoi/"))
    assert found == [
        "Bùi Thị An", "Trần Thị Ánh", "Lê Văn Ân", "Đỗ Văn Bình", "Vũ Văn Dũng", "Hà Đức Đạt", "Đặng Thị Hoà",
    ]  # fmt: skip


@pytest.mark.parametrize("typed", ["dang hoa", "HOÀ", "thi dang", "Đặng Thị Hoà"])
def test_a_person_is_found_by_any_part_of_the_name_without_diacritics(world: World, enter: Enter, typed: str) -> None:
    factories.person("Phạm Văn Hùng", world.new_cell)
    assert names(text(enter(), f"/con-nguoi/?q={typed}")) == ["Đặng Thị Hoà"]


def test_a_list_speaks_of_the_viewing_day(world: World, enter: Enter) -> None:
    now, then = text(enter("nguoi_xem"), "/con-nguoi/"), text(enter("lanh_dao", day=BEFORE), "/con-nguoi/")
    assert "Phó Bí thư" in now
    assert "Chi bộ thôn Tây" in now
    assert "Trưởng thôn" in then
    assert "Chi bộ thôn Đông" in then
    assert "Chi bộ thôn Tây" not in then


def test_members_and_posts_are_those_of_the_day(world: World, enter: Enter) -> None:
    client = enter(day=BEFORE)
    assert "Chi bộ thôn Đông" in text(client, "/dang-vien/")
    assert "31 năm 3 tháng" in text(client, "/dang-vien/"), "seniority runs from the decision to the viewing day"
    assert "Trưởng thôn" in text(client, "/chuc-vu/")
    assert names(text(enter("lanh_dao", day=dt.date(1989, 1, 1)), "/dang-vien/")) == []


def test_a_unit_and_everything_under_it_on_the_tree_of_the_day(world: World, enter: Enter) -> None:
    client = enter()
    assert names(text(client, "/dang-vien/?don_vi=X1")) == ["Đặng Thị Hoà"]
    assert names(text(client, "/dang-vien/?don_vi=thon tay")) == ["Đặng Thị Hoà"]
    assert names(text(client, "/dang-vien/?don_vi=X1.01")) == []
    assert "Chi bộ thôn Tây" in text(client, "/dang-vien/?don_vi=thon tay"), "the chip names the unit"


def test_a_unit_that_is_none_or_several_is_answered_in_words(world: World, enter: Enter) -> None:
    client = enter()
    assert "Không thấy đơn vị" in text(client, "/dang-vien/?don_vi=khong co")
    several = text(client, "/dang-vien/?don_vi=thon")
    assert "Có nhiều đơn vị khớp" in several
    assert "mã X1.01" in several


def test_filters_by_sex_ethnic_group_age_and_standing(world: World, enter: Enter) -> None:
    young = factories.person(
        "Giàng A Páo", world.new_cell, sex="nam", ethnic_group="HMông", born_on=dt.date(2000, 1, 1)
    )
    factories.membership(young, world.new_cell, dt.date(2026, 9, 1))
    client = enter()
    for query, found in {
        "gioi_tinh=nam": "Giàng A Páo",
        "dan_toc=hmông": "Giàng A Páo",
        "dan_toc=thiểu số": "Giàng A Páo",
        "nhom_tuoi=18-30": "Giàng A Páo",
        "tinh_trang=du_bi": "Giàng A Páo",
        "nhom_tuoi=56-60": "Đặng Thị Hoà",
        "tinh_trang=chinh_thuc": "Đặng Thị Hoà",
        "gioi_tinh=nu&dan_toc=Kinh": "Đặng Thị Hoà",
        "q=3800 1234": "Đặng Thị Hoà",
    }.items():
        assert names(text(client, f"/dang-vien/?{query}")) == [found], query


@pytest.mark.parametrize(
    ("ceremony", "choice", "there"),
    [
        (dt.date(2023, 6, 10), "qua_han", True),
        (dt.date(2023, 6, 15), "qua_han", False),
        (dt.date(2023, 6, 15), "hom_nay", True),
        (dt.date(2023, 7, 15), "30", True),
        (dt.date(2023, 7, 16), "30", False),
    ],
)
def test_probation_falls_due_a_year_after_the_ceremony(
    world: World, enter: Enter, ceremony: dt.date, choice: str, there: bool
) -> None:
    someone = factories.person("Vũ Thị Mới", world.new_cell)
    factories.membership(someone, world.new_cell, ceremony)
    page = text(enter(day=factories.DAY), f"/dang-vien/?het_du_bi={choice}")
    assert (names(page) == ["Vũ Thị Mới"]) is there


def test_badges_due_in_the_next_round(world: World, enter: Enter) -> None:
    """On 15/06/2024 the next round is 02/09/2024, after that of 19/05: thirty years fall between the two."""
    people = {}
    for name, admitted in (
        ("Ngô Văn Đủ", (1994, 9, 2)),
        ("Ngô Văn Sớm", (1994, 5, 19)),
        ("Ngô Văn Chưa", (1994, 9, 3)),
    ):
        people[name] = factories.person(name, world.new_cell)
        Membership.objects.create(
            person=people[name], unit=world.new_cell, entry="ket_nap", admitted_on=dt.date(*admitted),
            official_on=dt.date(1996, 1, 1), in_force=factories.period(dt.date(1995, 1, 1)), since=dt.date(1995, 1, 1),
        )  # fmt: skip
    client = enter(day=factories.DAY)
    assert names(text(client, "/dang-vien/?den_han=huy_hieu")) == ["Ngô Văn Đủ"]
    Badge.objects.create(person=people["Ngô Văn Đủ"], years=30, on=dt.date(2024, 5, 19))
    assert names(text(client, "/dang-vien/?den_han=huy_hieu")) == []


def test_terms_over_or_near(world: World, enter: Enter) -> None:
    over, near = (factories.person(name, world.new_cell) for name in ("Lý Văn Quá", "Lý Văn Gần"))
    held(over, world.new_cell, "Bí thư", MOVED, term_until=dt.date(2026, 1, 31))
    held(near, world.new_cell, "Phó Chủ tịch", MOVED, term_until=dt.date(2026, 3, 1))
    client = enter(day=dt.date(2026, 2, 1))
    assert names(text(client, "/chuc-vu/?thoi_han=qua_han")) == ["Lý Văn Quá"]
    page = text(client, "/chuc-vu/?thoi_han=30")
    assert names(page) == ["Lý Văn Gần"]
    assert "còn 28 ngày" in page


def test_quotas_against_those_present(world: World, enter: Enter) -> None:
    StaffQuota.objects.create(
        unit=world.new_cell, staff_group="công chức", assigned=3, in_force=factories.period(), since=factories.START
    )
    page = text(enter(), "/bien-che/")
    assert "còn 2" in page


@pytest.mark.parametrize("url", LISTS)
def test_queries_stay_few_and_do_not_grow(world: World, enter: Enter, url: str) -> None:
    client = enter()
    client.get(url)
    counts = []
    for many in (20, 500):
        for number in range(many):
            who = factories.person(f"Hồ Văn Số {number}", world.new_cell)
            factories.membership(who, world.new_cell)
            factories.assignment(who, world.new_cell, "Chuyên viên")
            factories.enrolment(who, "Bồi dưỡng")
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 12


def test_what_is_shown_is_exported_and_noted(world: World, enter: Enter) -> None:
    factories.person("Phạm Văn Hùng", world.new_cell)
    answer = enter().get("/con-nguoi/?q=hoa&xuat=xlsx")
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer)))  # type: ignore[arg-type]
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    assert [row[0] for row in rows] == ["Họ và tên", "Đặng Thị Hoà"]
    line = AuditEntry.objects.get(verb="profiles.list.export")
    assert line.data == {"page": "people", "rows": 1, "query": "q=hoa&xuat=xlsx"}


def test_somebody_of_one_cell_sees_no_other(world: World, enter: Enter) -> None:
    other = factories.unit("Chi bộ thôn Nam", world.root, code="X1.03")
    factories.person("Mai Thị Xa", other)
    client = enter("bi_thu", world.new_cell)
    assert names(text(client, "/con-nguoi/")) == ["Đặng Thị Hoà"]
    assert client.get("/chuc-vu/").status_code == 403, "the secretary of a cell does not read posts"
    assert enter("nguoi_xem", other).get(f"/con-nguoi/{world.mover.code}/").status_code == 404


def test_counting_stops_and_can_go_on(world: World, enter: Enter, monkeypatch: pytest.MonkeyPatch) -> None:
    from canbo.readers.profiles.views import lists

    monkeypatch.setattr(lists, "COUNTED", 60)
    for number in range(70):
        factories.person(f"Hồ Văn Số {number}", world.new_cell)
    client = enter()
    page = text(client, "/con-nguoi/")
    assert "hơn 60 người" in page
    assert "dem=het" in page
    assert "71 người" in text(client, "/con-nguoi/?dem=het")
