"""A unit's page and the tree, on any day."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.test import Client

from canbo.facts.organisation.models import Target, Unit, UnitLineage, UnitPath, UnitVersion
from canbo.facts.staffing.models import Post, StaffQuota
from canbo.foundation.kernel.text import fold

from ... import factories
from .conftest import BEFORE, MOVED, Enter, World


@pytest.fixture
def reformed(world: World) -> Unit:
    """A commune that ended with June 2025 and became the one of the world."""
    old = factories.unit("Đảng bộ xã Tân Lập", code="CU")
    version = UnitVersion.objects.get(unit=old)
    version.in_force = factories.period(factories.START, MOVED)
    version.save()
    UnitPath.objects.filter(descendant=old).update(valid_to=MOVED)
    paper = factories.decision("9-QĐ/TU", on=dt.date(2025, 6, 20))
    UnitLineage.objects.create(old=old, new=world.root, on=MOVED, operation="sap_nhap", opened_by=paper)
    return old


def text(client: Client, code: str) -> str:
    answer = client.get(f"/don-vi/{code}/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_what_it_is_made_of_and_who_is_there(world: World, enter: Enter) -> None:
    page = text(enter(), "X1")
    assert "Chi bộ thôn Đông" in page
    assert re.search(r"figure__value[^>]*>1<", page), "one member, counted with what is under it"
    cell = text(enter("lanh_dao"), "X1.02")
    assert "Đặng Thị Hoà" in cell
    assert "Phó Bí thư" in cell


def test_on_a_past_day_it_holds_those_of_that_day(world: World, enter: Enter) -> None:
    client = enter(day=BEFORE)
    assert "Trưởng thôn" in text(client, "X1.01")
    assert "Đặng Thị Hoà" not in text(client, "X1.02")


def test_before_its_beginning_and_after_its_end_it_says_so(world: World, reformed: Unit, enter: Enter) -> None:
    gone = text(enter(), "CU")
    assert "không còn hoạt động" in gone
    assert "30/06/2025" in gone
    assert "Đảng bộ xã Bình An" in gone, "what it became"
    assert "chưa thành lập" in text(enter("nguoi_xem", day=dt.date(2010, 1, 1)), "CU")
    assert "không còn hoạt động" not in text(enter("lanh_dao", day=BEFORE), "CU")
    assert "Đảng bộ xã Tân Lập" in text(enter("thanh_tra"), "X1"), "what it came from"


def test_posts_filled_and_vacant_and_the_quota(world: World, enter: Enter) -> None:
    Post.objects.create(
        unit=world.new_cell,
        title="Bí thư",
        title_key=fold("Bí thư"),
        in_force=factories.period(),
        since=factories.START,
    )
    StaffQuota.objects.create(
        unit=world.new_cell, staff_group="công chức", assigned=4, in_force=factories.period(), since=factories.START
    )
    page = text(enter(), "X1.02")
    assert "còn khuyết" in page
    assert "công chức: <b>1</b> / 4" in page


def test_targets_and_decisions(world: World, enter: Enter) -> None:
    paper = factories.decision("3-NQ/TU", on=dt.date(2026, 1, 5))
    Target.objects.create(
        unit=world.root, indicator="KN01", period="2026", value=12, in_force=factories.period(dt.date(2026, 1, 1)),
        since=dt.date(2026, 1, 1), opened_by=paper,
    )  # fmt: skip
    page = text(enter(), "X1")
    assert "KN01" in page
    assert "3-NQ/TU" in page
    assert "KN01" not in text(enter("lanh_dao", day=BEFORE), "X1")


def test_what_is_due_leads_to_its_list(world: World, enter: Enter) -> None:
    late = factories.person("Vũ Thị Mới", world.new_cell)
    factories.membership(late, world.new_cell, dt.date(2022, 1, 1))
    client = enter(day=factories.DAY)
    page = text(client, "X1")
    link = re.search(r'href="(/dang-vien/\?don_vi=X1&amp;het_du_bi=qua_han)"', page)
    assert link
    found = client.get(link[1].replace("&amp;", "&")).content.decode()
    assert "Vũ Thị Mới" in found
    assert "Đặng Thị Hoà" not in found


def test_a_unit_of_another_scope_is_not_there(world: World, enter: Enter) -> None:
    assert enter("nguoi_xem", world.old_cell).get("/don-vi/X1.02/").status_code == 404
    assert enter("quan_tri").get("/don-vi/X1/").status_code in {403, 404}


def test_crumbs_stop_at_the_edge_of_the_scope(world: World, enter: Enter) -> None:
    page = text(enter("nguoi_xem", world.old_cell), "X1.01")
    assert "Đảng bộ xã Bình An" not in page[page.index("crumbs") : page.index("</nav>", page.index("crumbs"))]


def test_the_tree_opens_branch_by_branch_without_a_script(world: World, enter: Enter) -> None:
    for number in range(4):
        factories.unit(f"Đảng bộ xã {number}", code=f"Y{number}")
    client = enter()
    closed = client.get("/don-vi/cay/").content.decode()
    assert "Chi bộ thôn Đông" not in closed
    link = re.search(r'class="tree__toggle" href="([^"]*mo=X1)"', closed)
    assert link
    opened = client.get(link[1]).content.decode()
    assert "Chi bộ thôn Đông" in opened
    assert 'aria-expanded="true"' in opened
    assert 'aria-level="2"' in opened


def test_a_branch_comes_alone_for_the_script(world: World, enter: Enter) -> None:
    rows = enter().get("/don-vi/cay/?nhanh=X1&cap=2").content.decode()
    assert "<html" not in rows
    assert rows.count("<tr ") == 2
    assert enter("nguoi_xem", world.old_cell).get("/don-vi/cay/?nhanh=X1&cap=2").status_code == 404


def test_heads_of_the_tree_are_those_of_the_day(world: World, enter: Enter) -> None:
    def heads(page: str) -> list[str]:
        return re.findall(r'class="num">([^<]*)</td>', page)

    assert heads(enter().get("/don-vi/cay/").content.decode()) == ["1", "1", "0", "0", "1", "1"]
    past = enter("lanh_dao", day=BEFORE).get("/don-vi/cay/").content.decode()
    assert heads(past) == ["1", "1", "1", "1", "0", "0"]
