"""A clerk writes a decision in a real browser: rows from Excel, the live panel, keys, both widths, no script."""

from __future__ import annotations

import datetime as dt
import os
import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from canbo.facts.decisions import actions
from canbo.facts.decisions.acts import Item
from canbo.facts.decisions.models import Decision
from canbo.facts.organisation import actions as organisation
from canbo.facts.people import actions as people
from canbo.foundation.kernel.actor import Actor, operator

from .. import factories
from .conftest import Open

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("browser")]
D = dt.date
NAMES = ("Lò Thị Mây", "Vừ A Sáng", "Đặng Thuỳ Dương", "Nguyễn Hoàng Ân")
PASTED = """HS01	VP	Chánh Văn phòng			10/03/2029
Vừ A Sáng	Văn phòng Đảng ủy	Phó Chánh Văn phòng
HS03	VP	Chuyên viên
"""


@pytest.fixture
def board(open_page: Open, live_server: LiveServer) -> Open:
    """A small board, and pages opened as its clerk."""
    clerk: Actor = operator("kiểm thử")
    for code, name, kind in (("VP", "Văn phòng Đảng ủy", "văn phòng"), ("XD", "Ban Xây dựng Đảng", "ban")):
        organisation.open_unit(clerk, code=code, name=name, kind=kind, shelf="dang", on=D(2015, 1, 1))
    rows = [
        people.register(
            clerk,
            code=f"HS0{n}",
            full_name=name,
            sex="nu",
            born_on=D(1985, 5, 20),
            ethnic_group="Kinh",
            on=D(2015, 1, 1),
        )
        for n, name in enumerate(NAMES, 1)
    ]
    head = {
        "issuer": "Đảng ủy xã Bình An",
        "signer": "Trần Quốc Đạt",
        "signer_post": "Bí thư",
        "on_behalf": "T/M Ban Thường vụ",
    }
    actions.record(
        clerk,
        number="08-QĐ/ĐU",
        issued_on=D(2023, 2, 1),
        abstract="bổ nhiệm cán bộ Ban Xây dựng Đảng",
        items=[
            Item("bo_nhiem", rows[0].pk, {"unit": "XD", "title": "Phó Trưởng ban"}),
            Item("bo_nhiem", rows[3].pk, {"unit": "XD", "title": "Trưởng ban", "term_until": "01/02/2028"}),
        ],
        **head,
    )
    actions.record(
        clerk,
        number="21-QĐ/ĐU",
        issued_on=D(2023, 9, 1),
        abstract="điều động cán bộ",
        items=[Item("dieu_dong", rows[0].pk, {"unit": "VP", "title": "Chuyên viên chính"})],
        **head,
    )
    user = factories.account("ghi", "chuyen_vien", display_name="Phạm Thị Ghi")
    client = Client()
    client.force_login(user, "allauth.account.auth_backends.AuthenticationBackend")
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value

    def open_(width: int, height: int, *, scripts: bool = True) -> Page:
        page = open_page(width, height, scripts=scripts)
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
        return page

    return open_


def check(page: Page, name: str) -> None:
    """No barrier, nothing cut at the side; a picture where CANBO_PICTURES names a folder."""
    found = Axe().run(page, options={"resultTypes": ["violations"]})
    assert found.violations_count == 0, found.generate_report()
    width = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert width[0] <= width[1], "the page scrolls sideways"
    if folder := os.environ.get("CANBO_PICTURES"):
        size = page.viewport_size
        page.screenshot(
            path=Path(folder) / f"{name}-{size['width'] if size else 0}.png", full_page=True, caret="initial"
        )


def paste(page: Page, text: str) -> None:
    page.evaluate(
        """(text) => { const data = new DataTransfer(); data.setData("text/plain", text);
        document.querySelector("[data-grid] tbody input:not([type=hidden])").dispatchEvent(
          new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true })); }""",
        text,
    )


@pytest.mark.parametrize("size", [(1366, 768), (390, 844)])
def test_from_rows_in_excel_to_the_record(board: Open, size: tuple[int, int]) -> None:
    page = board(*size)
    page.goto("/quyet-dinh/moi/")
    check(page, "moi")
    page.get_by_role("button", name="Bổ nhiệm", exact=True).click()
    expect(page.locator("h1")).to_have_text("Quyết định bổ nhiệm")
    check(page, "trong")
    paste(page, PASTED)
    expect(page.locator("[data-grid] tbody tr")).to_have_count(3)
    live = page.locator("#xem-truoc")
    expect(live).to_contain_text("mở chức vụ Chánh Văn phòng tại Văn phòng Đảng ủy")
    expect(live).to_contain_text("Vừ A Sáng (HS02)")
    expect(live).to_contain_text("Thiếu số ký hiệu")
    page.get_by_label("Số, ký hiệu").fill("08-QĐ/ĐU")
    page.get_by_label("Ngày ban hành").fill("10/03/2023")
    page.get_by_label("Cơ quan ban hành").fill("Đảng ủy xã Bình An")
    page.get_by_label("Trích yếu").fill("bổ nhiệm cán bộ Văn phòng Đảng ủy")
    expect(live).to_contain_text("Số 08-QĐ/ĐU đã dùng")
    expect(live).to_contain_text("thời hạn đến 10/03/2029")
    check(page, "song")
    page.get_by_role("button", name="Ghi quyết định").first.click()
    expect(page.locator("#id_number_error")).to_contain_text("đã dùng cho quyết định ngày 01/02/2023")
    check(page, "tu-choi")
    page.locator("#id_k0-1-unit").fill("Ban Không Có")
    page.locator("#id_k0-2-term_until").fill("31/02/2027")
    page.get_by_role("button", name="Xem trước").last.click()
    expect(page.locator("#id_k0-1-unit_error")).to_contain_text("Không có đơn vị nào mã hoặc tên “Ban Không Có”")
    expect(page.locator("#id_k0-2-term_until_error")).to_contain_text("không phải là ngày có thật")
    check(page, "tu-choi-dong")
    page.locator("#id_k0-1-unit").fill("VP")
    page.locator("#id_k0-2-term_until").fill("")
    expect(live).to_contain_text("Phó Chánh Văn phòng tại Văn phòng Đảng ủy")
    page.goto("/quyet-dinh/du-thao/")
    check(page, "du-thao")
    page.get_by_role("link", name="Viết tiếp").click()
    expect(page.locator("#id_k0-1-subject")).to_have_value("Vừ A Sáng")
    page.get_by_label("Số, ký hiệu").fill("09-QĐ/ĐU")
    expect(live).to_contain_text("đủ để ghi")
    page.get_by_role("button", name="Ghi quyết định").first.click()
    expect(page.locator("h1")).to_have_text("Quyết định số 09-QĐ/ĐU")
    expect(page.locator(".sheet")).to_contain_text("Bổ nhiệm đồng chí Vừ A Sáng")
    check(page, "quyet-dinh")
    assert Decision.objects.filter(number="09-QĐ/ĐU").exists()


@pytest.mark.parametrize("size", [(1366, 768), (390, 844)])
def test_the_list_the_panel_and_annulling(board: Open, size: tuple[int, int]) -> None:
    page = board(*size)
    page.goto("/quyet-dinh/")
    check(page, "danh-sach")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.locator("#ben .sheet")).to_be_visible()
    check(page, "ben-canh")
    page.keyboard.press("Escape")
    page.locator("#tim").fill("ban xay dung")
    expect(page.locator("tbody tr")).to_have_count(1)
    page.goto(f"/quyet-dinh/{Decision.objects.get(number='08-QĐ/ĐU').pk}/huy/")
    expect(page.locator(".notice--error")).to_contain_text("Hủy quyết định 21-QĐ/ĐU ngày 01/09/2023 trước")
    check(page, "can-tro")
    page.goto(f"/quyet-dinh/{Decision.objects.get(number='21-QĐ/ĐU').pk}/huy/")
    expect(page.locator(".live")).to_contain_text("Mở lại như trước")
    page.get_by_label("Lý do hủy").fill("Ghi nhầm người được điều động")
    check(page, "huy")
    page.get_by_role("button", name="Hủy quyết định").click()
    expect(page.locator(".notice--error")).to_contain_text("Ghi nhầm người")
    check(page, "da-huy")


def test_suggestions_tell_people_apart(board: Open) -> None:
    page = board(1366, 768)
    page.goto("/quyet-dinh/moi/")
    page.get_by_role("button", name="Điều động", exact=True).click()
    page.locator("#id_k0-0-subject").press_sequentially("thuy duong", delay=20)
    option = page.locator("#goi-y-person option")
    expect(option).to_have_count(1)
    expect(option).to_have_attribute("value", "HS03")
    expect(option).to_have_attribute("label", re.compile("Đặng Thuỳ Dương"))


def test_writing_works_without_scripts(board: Open) -> None:
    page = board(1366, 768, scripts=False)
    page.goto("/quyet-dinh/moi/")
    page.get_by_role("button", name="Miễn nhiệm", exact=True).click()
    page.locator("#id_k0-0-subject").fill("Nguyễn Hoàng Ân")
    page.get_by_label("Ngày ban hành").fill("10/03/2024")
    page.get_by_role("button", name="Xem trước").last.click()
    expect(page.locator("#xem-truoc")).to_contain_text(
        "đóng chức vụ Trưởng ban tại Ban Xây dựng Đảng, ngày cuối 09/03/2024"
    )
    page.get_by_label("Số, ký hiệu").fill("30-QĐ/ĐU")
    page.get_by_label("Cơ quan ban hành").fill("Đảng ủy xã Bình An")
    page.get_by_role("button", name="Ghi quyết định").last.click()
    expect(page.locator("h1")).to_have_text("Quyết định số 30-QĐ/ĐU")
