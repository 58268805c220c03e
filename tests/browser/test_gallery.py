"""The components in a real browser: accessible, within the policy, usable by keyboard and on a phone."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from .conftest import Open

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("browser")]
GALLERY, LIST = "/mau-giao-dien/", "/mau-giao-dien/danh-sach/?mau=1"
SIZES = [(1366, 768), (390, 844)]


def check(page: Page) -> None:
    found = Axe().run(page, options={"resultTypes": ["violations"]})
    assert found.violations_count == 0, found.generate_report()
    width = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert width[0] <= width[1], "the page scrolls sideways"


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("url", [GALLERY, LIST, "/tai-khoan/sessions/", "/tai-khoan/password/change/"])
def test_no_barrier_at_either_width(open_page: Open, size: tuple[int, int], url: str) -> None:
    page = open_page(*size)
    page.goto(url)
    check(page)


def test_the_entrance_has_no_barrier(open_page: Open) -> None:
    page = open_page(390, 844)
    page.context.clear_cookies()
    page.goto("/tai-khoan/login/")
    check(page)


def test_the_policy_is_strict_and_fonts_arrive(open_page: Open) -> None:
    page = open_page(1366, 768)
    answer = page.goto(GALLERY)
    assert answer
    policy = answer.header_value("content-security-policy") or ""
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert page.evaluate("document.fonts.ready.then(() => document.fonts.check('16px \"Be Vietnam Pro\"', 'Ế'))")


def test_large_text_and_double_zoom_still_fit(open_page: Open) -> None:
    page = open_page(683, 384)
    page.goto(GALLERY)
    check(page)
    page.goto(LIST)
    page.locator("details.user summary").click()
    page.get_by_role("button", name="Chữ to").click()
    expect(page.locator("html.large")).to_be_visible()
    check(page)


def test_another_day_is_announced_and_left_by_one_key(open_page: Open) -> None:
    page = open_page(1366, 768)
    page.goto(LIST)
    page.locator("details.day summary").click()
    page.get_by_label("Xem mọi trang vào ngày").fill("30/06/2021")
    page.keyboard.press("Enter")
    expect(page.locator(".bar--past")).to_contain_text("Đang xem ngày 30/06/2021")
    check(page)
    page.keyboard.press("h")
    expect(page.locator(".bar--past")).to_have_count(0)


def test_a_list_is_walked_by_keys_and_opens_beside(open_page: Open) -> None:
    page = open_page(1366, 768)
    page.goto(LIST)
    for _ in range(3):
        page.keyboard.press("j")
    page.keyboard.press("k")
    expect(page.locator("tr[aria-current]")).to_have_count(1)
    row = page.locator("tbody tr").nth(1)
    expect(row).to_have_attribute("aria-current", "true")
    page.keyboard.press("Enter")
    expect(page.locator("#ben .panel")).to_be_visible()
    check(page)
    page.keyboard.press("Escape")
    expect(page.locator("#ben .panel")).to_have_count(0)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_a_list_is_searched_without_reload(open_page: Open) -> None:
    page = open_page(1366, 768)
    page.goto(LIST)
    page.evaluate("window.stayed = true")
    page.locator("#tim").fill("nguoi07")
    expect(page.locator("tbody tr")).to_have_count(1)
    expect(page.locator("#so-dong")).to_have_text("1 người")
    expect(page).to_have_url(re.compile("q=nguoi07"))
    assert page.evaluate("window.stayed")


def test_a_list_is_saved_as_a_workbook(open_page: Open, tmp_path: Path) -> None:
    page = open_page(1366, 768)
    page.goto(LIST)
    with page.expect_download() as download:
        page.get_by_role("link", name="Xuất Excel").click()
    download.value.save_as(tmp_path / "list.xlsx")
    assert openpyxl.load_workbook(tmp_path / "list.xlsx").worksheets[0].max_row == 62


def test_a_phone_sees_cards_and_the_drawer(open_page: Open) -> None:
    page = open_page(390, 844)
    page.goto(LIST)
    expect(page.locator("thead")).to_be_hidden()
    expect(page.locator("tbody tr").first).to_be_visible()
    expect(page.locator("tbody tr").first.locator("td.card-0").first).to_be_hidden()
    page.locator("tbody [name=chon]").nth(1).check()
    expect(page.locator("[data-bulk]")).to_contain_text("Đã đánh dấu 1 dòng")
    page.get_by_role("link", name="Tất cả").click()
    expect(page.locator("#dieu-huong")).to_be_in_viewport()
    check(page)
    page.keyboard.press("Escape")
    expect(page.locator("#dieu-huong")).to_be_hidden()


def test_what_was_typed_stays_and_leaves_with_the_draft(open_page: Open) -> None:
    page = open_page(1366, 768)
    page.goto(GALLERY)
    page.on("dialog", lambda dialog: dialog.accept())
    page.locator("[data-draft] [name=full_name]").fill("Nguyễn Thị Mẫu")
    expect(page.locator("[data-draft-note]")).to_contain_text("Đã giữ bản nháp")
    page.reload()
    expect(page.locator("[data-draft] [name=full_name]")).to_have_value("Nguyễn Thị Mẫu")
    page.get_by_role("button", name="Bỏ bản nháp").click()
    page.reload()
    expect(page.locator("[data-draft] [name=full_name]")).to_have_value("")


def test_rows_are_pasted_from_a_spreadsheet(open_page: Open) -> None:
    page = open_page(1366, 768)
    page.goto(GALLERY)
    page.evaluate(
        """() => { const data = new DataTransfer();
        data.setData("text/plain", "Lê An\\t001\\tđiều động\\nVũ Bình\\t002\\tBổ nhiệm\\n\\"Trần\\nChi\\"\\t003\\t\\n");
        document.querySelector("[data-grid] tbody input").dispatchEvent(
          new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true })); }"""
    )
    rows = page.locator("[data-grid] tbody tr")
    expect(rows).to_have_count(3)
    expect(rows.nth(1).locator("input").nth(1)).to_have_value("002")
    expect(rows.nth(1).locator("select")).to_have_value("a")
    expect(page.locator("[name=muc-TOTAL_FORMS]")).to_have_value("3")
    expect(page.locator("#muc-note")).to_contain_text("Đã dán 3 dòng")


def test_a_list_works_without_scripts(open_page: Open) -> None:
    page = open_page(1366, 768, scripts=False)
    page.goto(LIST)
    page.locator("#tim").fill("nguoi07")
    page.get_by_role("button", name="Tìm", exact=True).click()
    expect(page.locator("h1")).to_contain_text("1 người")
    page.locator("tbody th a").click()
    expect(page.locator("h1")).to_contain_text("Mẫu giao diện")
