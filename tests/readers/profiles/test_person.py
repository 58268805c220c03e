"""A person's page: of the day, with origins, without what the reader may not see, and noted in the log."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from canbo.facts.decisions.models import Decision
from canbo.facts.party.models import Membership
from canbo.facts.people.models import Discipline, Grade, PersonRecord
from canbo.foundation.audit.models import AuditEntry

from ... import factories
from .conftest import BEFORE, MOVED, Enter, World, held, renewed


def text(client: Client, world: World, **headers: str) -> str:
    answer = client.get(f"/con-nguoi/{world.mover.code}/", headers=headers)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def warned(world: World) -> World:
    """The mover was disciplined, and has a citizen number."""
    Discipline.objects.create(
        person=world.mover, form="Khiển trách", in_force=factories.period(dt.date(2022, 1, 1), dt.date(2023, 1, 1)),
        since=dt.date(2022, 1, 1),
    )  # fmt: skip
    world.mover.citizen_id = "038168000123"
    world.mover.save()
    return world


def test_the_page_speaks_of_today(world: World, enter: Enter) -> None:
    page = text(enter(), world)
    for words in ("Phó Bí thư", "Chi bộ thôn Tây", "12-QĐ/ĐU", "đảng viên chính thức", "10/03/1990", "Trưởng thôn"):
        assert words in page


def test_on_a_past_day_the_future_is_not_known(world: World, enter: Enter) -> None:
    page = text(enter(day=BEFORE), world)
    assert "Trưởng thôn" in page
    assert "Chi bộ thôn Đông" in page
    for later in ("Phó Bí thư", "Chi bộ thôn Tây", "12-QĐ/ĐU", "chuyển đi"):
        assert later not in page
    assert "31 năm 3 tháng" in page


def test_party_age_leaves_out_time_outside_the_party(world: World, enter: Enter) -> None:
    back = factories.person("Lâm Văn Về", world.new_cell)
    for entry, closing, first, until in (
        ("ket_nap", "xoa_ten", dt.date(2000, 1, 1), dt.date(2005, 1, 1)),
        ("ket_nap_lai", "", dt.date(2010, 1, 1), None),
    ):
        Membership.objects.create(
            person=back, unit=world.new_cell, entry=entry, closing_act=closing, admitted_on=dt.date(2000, 1, 1),
            in_force=factories.period(first, until), since=first,
        )  # fmt: skip
    page = enter(day=dt.date(2020, 1, 1)).get(f"/con-nguoi/{back.code}/").content.decode()
    assert "15 năm" in page
    assert "trừ 1.826 ngày ngoài Đảng" in page


def test_every_value_says_since_when_by_what_and_what_it_was(world: World, enter: Enter) -> None:
    paper = Decision.objects.create(
        number="77-QĐ/ĐU", number_key="77-qd/du", issued_on=dt.date(2023, 5, 2), issuer="Đảng ủy", issuer_key="dang uy",
        recorded_by="Hà Thị Ghi",
    )  # fmt: skip
    renewed(world.mover, dt.date(2023, 5, 4), qualification="Thạc sĩ", opened_by=paper)
    renewed(world.mover, dt.date(2024, 1, 1), residence="Xã Bình An")
    page = text(enter(), world)
    at = page.index("Thạc sĩ")
    origin = page[at : page.index("</details>", at)]
    assert "từ 04/05/2023" in origin, "not from the later version that left it as it was"
    assert "77-QĐ/ĐU" in origin
    assert "Hà Thị Ghi" in origin
    assert "chưa ghi" in origin
    assert "đến 03/05/2023" in origin


def test_the_history_names_what_each_version_changed(world: World, enter: Enter) -> None:
    renewed(world.mover, dt.date(2023, 5, 4), qualification="Thạc sĩ")
    page = text(enter(), world)
    assert "Thạc sĩ" in page[page.index('id="lich-su"') :]
    before = text(enter("lanh_dao", day=BEFORE), world)
    assert "Thạc sĩ" not in before


@pytest.mark.parametrize(
    ("role", "seen"), [("chuyen_vien", True), ("lanh_dao", True), ("co_so", False), ("nguoi_xem", False)]
)
def test_restricted_parts_need_their_own_permission(warned: World, enter: Enter, role: str, seen: bool) -> None:
    page = text(enter(role, warned.root), warned)
    for words in ("Phật giáo", "Khiển trách", "038168000123"):
        assert (words in page) is seen, words


def test_restricted_changes_stay_out_of_the_history(world: World, enter: Enter) -> None:
    renewed(world.mover, dt.date(2023, 5, 4), religion="Công giáo")
    page = text(enter("co_so", world.root), world)
    assert "Phật giáo" not in page
    assert "Công giáo" not in page


def test_a_permission_elsewhere_opens_no_restricted_part_here(warned: World, enter: Enter) -> None:
    elsewhere = factories.unit("Đảng bộ xã Khác")
    client = enter("nguoi_xem", warned.root)
    from canbo.foundation.accounts.models import User

    factories.grant(User.objects.get(username="vai-nguoi_xem"), "chuyen_vien", elsewhere)
    page = text(client, warned)
    assert "Khiển trách" not in page
    assert "038168000123" not in page


def test_the_secretary_of_a_cell_sees_no_posts(world: World, enter: Enter) -> None:
    page = text(enter("bi_thu", world.new_cell), world)
    assert "Phó Bí thư" not in page
    assert "Quá trình công tác" not in page
    assert "Chi bộ thôn Tây" in page


def test_opening_is_a_line_of_the_log(world: World, enter: Enter) -> None:
    text(enter(day=BEFORE), world)
    line = AuditEntry.objects.get(verb="people.person.read")
    assert (line.object_type, line.object_id) == ("people.person", world.mover.pk)
    assert line.data == {"day": "30/06/2021", "sensitive": True}


def test_out_of_scope_is_not_there_and_leaves_no_line(world: World, enter: Enter) -> None:
    client = enter("chuyen_vien", world.old_cell)
    assert client.get(f"/con-nguoi/{world.mover.code}/").status_code == 404, "she has moved away"
    assert not AuditEntry.objects.filter(verb="people.person.read").exists()
    assert enter("nguoi_xem").get("/con-nguoi/KHONG-CO/").status_code == 404


def test_somebody_who_died_is_said_to_have(world: World, enter: Enter) -> None:
    renewed(world.mover, dt.date(2025, 12, 1), died_on=dt.date(2025, 11, 30))
    page = text(enter(), world)
    assert "đã từ trần" in page
    assert "57 tuổi khi mất" in page
    assert "đã từ trần" not in text(enter("lanh_dao", day=BEFORE), world)


def test_grades_are_a_line_of_ten_years_and_of_twelve_months(world: World, enter: Enter) -> None:
    for period, grade in (("2024", "Hoàn thành xuất sắc nhiệm vụ"), ("2025-12", "Không hoàn thành nhiệm vụ")):
        Grade.objects.create(
            person=world.mover, period=period, basis="Quy định mẫu", grade=grade, on=dt.date(2026, 1, 5)
        )
    page = text(enter(day=dt.date(2026, 6, 1)), world)
    assert page.count("mark__label") == 22
    assert "mark--good" in page
    assert "mark--bad" in page
    assert "mark__label" not in text(enter("lanh_dao", day=BEFORE), world)


def test_missing_parts_are_named_with_the_way_to_fill_them(world: World, enter: Enter) -> None:
    held(world.mover, world.root, "Ủy viên", MOVED)
    page = text(enter(), world)
    lacks = page[page.index("Còn thiếu") :]
    assert "Quê quán" in lacks
    assert "cột “Quê quán”" in lacks
    assert "Quyết định của chức vụ Ủy viên" in lacks


def test_a_person_without_any_record_still_has_a_page(world: World, enter: Enter) -> None:
    PersonRecord.objects.filter(person=world.mover).update(voided_on=dt.date(2026, 1, 1))
    assert "chưa có hồ sơ" in text(enter(), world)


def test_beside_a_list_the_short_form_is_shown(world: World, enter: Enter) -> None:
    panel = text(enter(), world, **{"HX-Request": "true", "HX-Target": "ben"})
    assert "Mở cả trang" in panel
    assert "Phó Bí thư" in panel
    assert "Lịch sử hồ sơ" not in panel


def test_queries_do_not_grow_with_a_long_career(world: World, enter: Enter) -> None:
    client = enter("chuyen_vien", world.root)
    text(client, world)
    counts = []
    for many in (1, 25):
        for number in range(many):
            start = dt.date(1995, 1, 1) + dt.timedelta(days=200 * number + many)
            held(world.mover, factories.unit(f"Đơn vị {many}.{number}", world.root), "Ủy viên", start)
        with CaptureQueriesContext(connection) as queries:
            text(client, world)
        counts.append(len(queries))
    assert counts[0] == counts[1]
