"""The organisation chart on any day: boxes, branches, systems, vacancies, paper, scope."""

from __future__ import annotations

import datetime as dt
import re

import pypdfium2 as pdfium
import pytest

from canbo.facts.organisation.models import Unit
from canbo.facts.staffing.models import Post
from canbo.foundation.kernel.actor import operator
from canbo.foundation.kernel.text import fold
from canbo.foundation.kernel.violation import OutOfScope
from canbo.readers.profiles.queries import chart as charts

from ... import factories
from .conftest import BEFORE, Enter, World

CLERK = operator("thử")


def post(where: Unit, title: str, seats: int = 1) -> Post:
    return Post.objects.create(
        unit=where, title=title, title_key=fold(title), seats=seats, in_force=factories.period(), since=factories.START
    )


def drawn(code: str = "", day: dt.date = factories.DAY, **asked: object) -> charts.Chart:
    return charts.chart(CLERK, code, day, charts.Asked(**asked))  # type: ignore[arg-type]


def box(chart: charts.Chart, name: str) -> charts.Box:
    return next(found for found in chart.boxes if found.name == name)


def test_boxes_say_who_heads_them_and_what_is_vacant(world: World) -> None:
    factories.assignment(factories.person("Bùi Thị Cán", world.root), world.root, "Bí thư Đảng ủy")
    factories.assignment(factories.person("Lê Văn Phó", world.root), world.root, "Phó Bí thư")
    post(world.new_cell, "Bí thư")
    post(world.root, "Phó Bí thư", 3)
    chart = drawn("X1")
    top = chart.tops[0]
    assert (top.head_title, top.head_name) == ("Bí thư Đảng ủy", "Bùi Thị Cán")
    assert top.vacant == 2
    assert top.children == 2
    assert box(chart, "Chi bộ thôn Tây").vacant == 1
    assert (top.head.members, top.head.staff) == (1, 3)


@pytest.mark.parametrize(("day", "staff"), [(BEFORE, 1), (dt.date(2025, 6, 30), 1), (dt.date(2025, 7, 1), 0)])
def test_figures_are_those_of_the_day(world: World, day: dt.date, staff: int) -> None:
    assert box(drawn("X1", day), "Chi bộ thôn Đông").head.staff == staff


def test_a_system_alone_shows_what_hangs_under_the_others(world: World) -> None:
    office = factories.unit("Văn phòng Ủy ban", world.root, kind="Cơ quan", shelf="nha_nuoc")
    factories.unit("Chi bộ Văn phòng", office)
    party = drawn("X1", shelves=("dang",))
    assert {found.name for found in party.boxes} == {
        "Đảng bộ xã Bình An", "Chi bộ thôn Đông", "Chi bộ thôn Tây", "Chi bộ Văn phòng",
    }  # fmt: skip
    assert party.tops[0].children == 3
    state = drawn("X1", shelves=("nha_nuoc",))
    assert [found.name for found in state.boxes[1:]] == ["Văn phòng Ủy ban"]
    assert box(state, "Văn phòng Ủy ban").children == 0, "the cell below is of the other system"


def test_only_what_leads_to_a_vacancy(world: World) -> None:
    post(factories.unit("Tổ đảng 1", world.old_cell, kind="Tổ đảng"), "Tổ trưởng")
    chart = drawn("X1", vacant=True, depth=2)
    assert [found.name for found in chart.boxes] == ["Đảng bộ xã Bình An", "Chi bộ thôn Đông", "Tổ đảng 1"]
    factories.assignment(factories.person("Hà Thị Đủ"), Unit.objects.get(name="Tổ đảng 1"), "Tổ trưởng")
    assert [found.name for found in drawn("X1", vacant=True).boxes] == ["Đảng bộ xã Bình An"]


@pytest.fixture
def wide(world: World) -> World:
    """A commune with three hundred cells, each with a party group."""
    for number in range(300):
        cell = factories.unit(f"Chi bộ {number:03d}", world.root, code=f"W{number:03d}")
        if number < 3:
            factories.unit(f"Tổ đảng {number}", cell, kind="Tổ đảng")
    return world


def test_hundreds_of_subordinates_come_in_portions(wide: World, django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(12):
        chart = drawn("X1")
    top = chart.tops[0]
    assert (top.children, len(top.below), top.more) == (302, 24, 278)
    assert box(chart, "Chi bộ 000").children == 1, "closed, but it says what it would open"
    with django_assert_max_num_queries(12):
        again = charts.portion(CLERK, "X1", factories.DAY, charts.Asked(), level=2, skip=24)
    assert len(again.below) == 24
    assert not {b.code for b in again.below} & {b.code for b in top.below}
    assert len(drawn("X1", whole=("X1",)).tops[0].below) == 302


def test_the_page_takes_as_many_queries_for_many_as_for_few(
    wide: World, enter: Enter, django_assert_max_num_queries
) -> None:
    client = enter()
    with django_assert_max_num_queries(30):
        page = client.get("/don-vi/X1/so-do/?cap=3").content.decode()
    assert page.count('role="treeitem"') > 25
    assert "Xem thêm, còn 278 đơn vị" in page


def test_it_opens_without_a_script_and_branch_by_branch_with_one(wide: World, enter: Enter) -> None:
    client = enter()
    page = client.get("/don-vi/X1/so-do/?cap=1").content.decode()
    assert "Tổ đảng 0" not in page
    link = re.search(r'class="org__toggle" href="([^"]*mo=W000[^"]*)"', page)
    assert link
    assert "Tổ đảng 0" in client.get(link[1].replace("&amp;", "&").split("#")[0]).content.decode()
    branch = client.get("/don-vi/so-do/?nhanh=W000&muc=3").content.decode()
    assert "<html" not in branch
    assert 'aria-level="3"' in branch
    assert "Tổ đảng 0" in branch
    more = client.get("/don-vi/so-do/?nhanh=X1&muc=2&tu=288").content.decode()
    assert more.count('role="treeitem"') == 14
    assert "Xem thêm" not in more


def test_a_foreign_unit_is_not_there(world: World, enter: Enter) -> None:
    client = enter("nguoi_xem", world.old_cell)
    assert client.get("/don-vi/X1.02/so-do/").status_code == 404
    assert client.get("/don-vi/so-do/?nhanh=X1.02&muc=2").status_code == 404
    assert client.get("/don-vi/X1/so-do/?xuat=pdf").status_code == 404
    page = client.get("/don-vi/so-do/").content.decode()
    assert "Chi bộ thôn Đông" in page
    assert "Chi bộ thôn Tây" not in page


def test_before_it_was_set_up_there_is_no_chart(world: World) -> None:
    with pytest.raises(OutOfScope):
        drawn("X1", dt.date(2010, 1, 1))


def test_an_empty_forest_invites(enter: Enter) -> None:
    assert "Chưa có đơn vị nào" in enter().get("/don-vi/so-do/").content.decode()


@pytest.mark.parametrize(("size", "width"), [("a4", 842), ("a3", 1191)])
def test_paper_has_all_of_it_on_as_many_pages_as_it_takes(wide: World, enter: Enter, size: str, width: int) -> None:
    answer = enter().get(f"/don-vi/X1/so-do/?xuat=pdf&kho={size}")
    assert answer["Content-Type"] == "application/pdf"
    book = pdfium.PdfDocument(answer.content)
    words = " ".join(page.get_textpage().get_text_bounded() for page in book)
    assert len(book) > 1
    assert round(book[0].get_width()) == width
    for name in ("Chi bộ 000", "Chi bộ 299", "Chi bộ thôn Đông"):
        assert name in words


def test_too_large_for_paper_says_what_to_do(world: World, enter: Enter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("canbo.readers.profiles.chart_paper.MOST_PRINTED", 2)
    page = enter().get("/don-vi/X1/so-do/?xuat=pdf", follow=True).content.decode()
    assert "in ra không đọc được" in page
    assert "Giảm số cấp" in page
