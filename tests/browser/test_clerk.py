"""A clerk's day: finding a person, walking a list by keys, looking at another day, opening the tree; on a phone too."""

from __future__ import annotations

import datetime as dt

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from canbo.facts.access.models import Grant
from canbo.facts.organisation.models import Unit
from canbo.foundation.accounts.models import User

from .. import factories
from .conftest import Open

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("browser")]
LAPTOP, PHONE = (1366, 768), (390, 844)
MOVED = dt.date(2025, 7, 1)


def check(page: Page) -> None:
    found = Axe().run(page, options={"resultTypes": ["violations"]})
    assert found.violations_count == 0, found.generate_report()
    width = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert width[0] <= width[1], "the page scrolls sideways"


@pytest.fixture
def office(open_page: Open) -> Unit:
    """A commune with two cells and thirty people; the account of the browser may do a clerk's work everywhere."""
    root = factories.unit("Đảng bộ xã Bình An", code="X1", kind="đảng bộ xã")
    east = factories.unit("Chi bộ thôn Đông", root, code="X1.01")
    west = factories.unit("Chi bộ thôn Tây", root, code="X1.02")
    mover = factories.person("Đặng Thị Hoà", west)
    for unit, title, first, until in ((east, "Trưởng thôn", factories.START, MOVED), (west, "Phó Bí thư", MOVED, None)):
        post = factories.assignment(mover, unit, title, first)
        if until:
            post.in_force = factories.period(first, until)
            post.save()
    factories.membership(mover, west)
    for number in range(30):
        who = factories.person(f"Lê Văn {'ABCDE'[number % 5]}{number:02d}", east)
        factories.membership(who, east, dt.date(2016, 1, 1) if number else dt.date(2025, 12, 1))
    user = User.objects.get(username="mau")
    Grant.objects.create(user=user, role="chuyen_vien", in_force=factories.period(), since=factories.START)
    return root


@pytest.mark.parametrize("size", [LAPTOP, PHONE])
def test_no_page_has_a_barrier_at_either_width(office: Unit, open_page: Open, size: tuple[int, int]) -> None:
    page = open_page(*size)
    page.goto("/con-nguoi/?q=hoa")
    person = page.locator("[data-row-link]").first.get_attribute("href")
    for url in (
        "/",
        "/con-nguoi/",
        "/dang-vien/",
        "/chuc-vu/",
        "/don-vi/",
        "/don-vi/cay/",
        "/don-vi/X1/",
        "/tim/?q=hoa",
        person,
    ):
        page.goto(str(url))
        check(page)


def test_somebody_is_found_without_diacritics_from_anywhere(office: Unit, open_page: Open) -> None:
    page = open_page(*LAPTOP)
    page.goto("/")
    page.keyboard.press("/")
    page.keyboard.insert_text("hoa dang")  # one input, one question: none is broken off by the next page
    hit = page.locator("#goi-y [data-hit]").first
    expect(hit).to_contain_text("Đặng Thị Hoà")
    check(page)
    page.keyboard.press("ArrowDown")
    expect(hit).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Đặng Thị Hoà")
    expect(page.locator("#qua-trinh")).to_contain_text("Trưởng thôn")


def test_suggestions_go_away_with_escape_and_enter_opens_all(office: Unit, open_page: Open) -> None:
    page = open_page(*LAPTOP)
    page.goto("/")
    page.keyboard.press("/")
    page.keyboard.insert_text("thon")
    expect(page.locator("#goi-y [data-hit]").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#goi-y [data-hit]")).to_have_count(0)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Tìm “thon”")
    expect(page.locator(".results")).to_contain_text("Chi bộ thôn Tây")


def test_a_list_is_walked_by_keys_and_the_person_opens_beside(office: Unit, open_page: Open) -> None:
    page = open_page(*LAPTOP)
    page.goto("/con-nguoi/")
    for _ in range(2):
        page.keyboard.press("j")
    name = page.locator("tr[aria-current] [data-row-link]").inner_text()
    page.keyboard.press("Enter")
    panel = page.locator("#ben .panel")
    expect(panel).to_contain_text(name)
    expect(panel).to_contain_text("Thông tin chung")
    check(page)
    page.keyboard.press("Escape")
    expect(panel).to_have_count(0)


def test_a_unit_on_another_day_and_back_by_one_key(office: Unit, open_page: Open) -> None:
    page = open_page(*LAPTOP)
    page.goto("/don-vi/X1.02/")
    expect(page.locator("#chuc-vu")).to_contain_text("Phó Bí thư")
    page.locator("details.day summary").click()
    page.get_by_label("Xem mọi trang vào ngày").fill("30/06/2021")
    page.keyboard.press("Enter")
    expect(page.locator(".bar--past")).to_contain_text("30/06/2021")
    expect(page.locator("main")).not_to_contain_text("Phó Bí thư")
    check(page)
    page.goto("/chuc-vu/")
    expect(page.locator("tbody")).to_contain_text("Trưởng thôn")
    page.keyboard.press("h")
    expect(page.locator(".bar--past")).to_have_count(0)
    expect(page.locator("tbody")).to_contain_text("Phó Bí thư")


def test_the_tree_opens_and_closes_in_place_and_by_arrows(office: Unit, open_page: Open) -> None:
    for number in range(4):
        factories.unit(f"Đảng bộ xã {number}", code=f"Y{number}")
    page = open_page(*LAPTOP)
    page.goto("/don-vi/cay/")
    page.evaluate("window.stayed = true")
    row = page.locator('tr[data-code="X1"]')
    child = page.locator('tr[data-code="X1.02"]')
    row.locator("[data-toggle]").click()
    expect(child).to_be_visible()
    expect(row).to_have_attribute("aria-expanded", "true")
    check(page)
    row.locator("[data-row-link]").focus()
    page.keyboard.press("ArrowLeft")
    expect(child).to_be_hidden()
    page.keyboard.press("ArrowRight")
    expect(child).to_be_visible()
    assert page.evaluate("window.stayed"), "the page was not loaded anew"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#ben .panel")).to_contain_text("Chi bộ thôn Đông")


def test_the_tree_works_without_a_script(office: Unit, open_page: Open) -> None:
    for number in range(4):
        factories.unit(f"Đảng bộ xã {number}", code=f"Y{number}")
    page = open_page(*LAPTOP)
    page.goto("/don-vi/cay/")
    page.goto(str(page.locator('tr[data-code="X1"] [data-toggle]').get_attribute("href")))
    expect(page.locator('tr[data-code="X1.02"]')).to_be_visible()


def test_a_value_tells_where_it_comes_from(office: Unit, open_page: Open) -> None:
    page = open_page(*LAPTOP)
    page.goto("/con-nguoi/?q=hoa")
    page.goto(str(page.locator("[data-row-link]").first.get_attribute("href")))
    origin = page.locator("#ai .origin").first
    origin.locator("summary").click()
    expect(origin).to_contain_text("Người ghi")
    check(page)


def test_on_a_phone_a_row_is_a_card_and_posts_come_first(office: Unit, open_page: Open) -> None:
    page = open_page(*PHONE)
    page.goto("/con-nguoi/?q=hoa")
    card = page.locator("tbody tr").first
    expect(card).to_contain_text("Phó Bí thư")
    expect(page.locator("thead")).to_be_hidden()
    page.goto(str(card.locator("[data-row-link]").get_attribute("href")))
    now, who = page.locator(".record__now").bounding_box(), page.locator("#ai").bounding_box()
    assert now
    assert who
    assert now["y"] < who["y"]
