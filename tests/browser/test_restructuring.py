"""The whole way of a small restructuring in a real browser, at a desk and on a phone; the chart by keyboard."""

from __future__ import annotations

import datetime as dt

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from canbo.facts.access.models import Grant
from canbo.facts.decisions.models import Decision
from canbo.facts.decisions.rules import number_key
from canbo.facts.organisation.models import Unit
from canbo.facts.party.models import Membership
from canbo.foundation.accounts.models import User
from canbo.foundation.jobs.models import Job
from canbo.foundation.jobs.running import run
from canbo.foundation.kernel.clock import today
from canbo.foundation.kernel.dates import format_date

from .. import factories
from .conftest import Open

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("browser")]
LAPTOP, PHONE = (1366, 768), (390, 844)
SLOW = 60_000
"""Milliseconds until a page that asks for progress now and then has noticed the end."""


def check(page: Page) -> None:
    found = Axe().run(page, options={"resultTypes": ["violations"]})
    assert found.violations_count == 0, found.generate_report()
    width = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert width[0] <= width[1], "the page scrolls sideways"


@pytest.fixture
def office(open_page: Open) -> Unit:
    """A commune with thirty cells, three members in the first; the account may carry out everywhere."""
    root = factories.unit("Đảng bộ xã Bình An", code="X1", kind="Đảng bộ xã")
    cells = [
        factories.unit(f"Chi bộ thôn {n:02d}", root, code=f"X1.{n:02d}", kind="Chi bộ trực thuộc") for n in range(1, 31)
    ]
    for n in range(3):
        factories.membership(factories.person(f"Lê Văn {'ABC'[n]}", cells[0]), cells[0])
    Decision.objects.create(
        number="88-QĐ/ĐU", number_key=number_key("88-QĐ/ĐU"), issued_on=dt.date(2026, 1, 5), issuer="Đảng ủy xã",
        issuer_key="dang uy xa", abstract="Sắp xếp chi bộ",
    )  # fmt: skip
    user = User.objects.get(username="mau")
    Grant.objects.create(user=user, role="lanh_dao", in_force=factories.period(), since=factories.START)
    Grant.objects.create(user=user, role="chuyen_vien", in_force=factories.period(), since=factories.START)
    return root


def work() -> None:
    for job in Job.objects.filter(state="waiting").order_by("pk"):
        run(job.pk)
        assert not Job.objects.get(pk=job.pk).error


@pytest.mark.parametrize("size", [LAPTOP, PHONE])
def test_the_whole_way_of_a_small_restructuring(office: Unit, open_page: Open, size: tuple[int, int]) -> None:
    page = open_page(*size)
    page.goto("/sap-xep/")
    check(page)
    page.get_by_role("link", name="Lập phương án").first.click()
    page.get_by_label("Tên phương án").fill("Sắp xếp chi bộ")
    page.get_by_label("Ngày hiệu lực").fill(format_date(today()))
    page.get_by_label("Phạm vi").fill("X1")
    check(page)
    page.get_by_role("button", name="Lập phương án").click()
    page.locator("[name=dong-0-old_code]").fill("X1.01")
    page.locator("[name=dong-0-new_code]").fill("X1.02")
    page.locator("[name=dong-1-old_code]").fill("X1.01")
    page.locator("[name=dong-1-new_code]").fill("X1.03")
    page.get_by_role("button", name="Thêm vào phương án").click()
    expect(page.get_by_text("2 dòng").first).to_be_visible()
    check(page)
    case = page.url.split("/phuong-an/")[0]

    page.goto(f"{case}/cau-hoi/")
    check(page)
    page.locator("select#chon-1").select_option("tung_nguoi")
    page.locator("input#den-1").fill("X1.02")
    page.get_by_role("button", name="Ghi các câu trả lời của trang này").click()
    expect(page.get_by_text("Không còn câu hỏi nào")).to_be_visible()
    for part in ("xem-truoc/?phan=chuyen", "cach-chuyen/", "cach-chuyen/X1.01/", "ra-soat/"):
        page.goto(f"{case}/{part}")
        check(page)

    page.goto(f"{case}/")
    expect(page.get_by_text("đủ điều kiện để quyết định")).to_be_visible()
    page.locator("[name=paper]").fill("12-TTr/BTC")
    page.get_by_role("button", name="Ghi bước").click()
    page.get_by_role("link", name="Ghi quyết định").click()
    page.locator("[name=number]").fill("88-QĐ/ĐU")
    page.locator("[name=reason]").fill("Cấp ủy đã thống nhất")
    check(page)
    page.get_by_role("button", name="Quyết định phương án").click()
    page.get_by_role("button", name="Thực hiện phương án").click()
    expect(page.get_by_role("heading", name="Đang chạy")).to_be_visible()
    check(page)
    work()  # the page notices by itself
    expect(page.get_by_role("heading", name="Tổng trước và sau")).to_be_visible(timeout=SLOW)
    check(page)

    page.goto(f"{case}/cho-bo-tri/")
    check(page)
    for box in page.locator("input[name=chon]").all():
        box.check()
    page.get_by_role("button", name="Bố trí về đơn vị").click()
    page.locator("[name=unit]").fill("X1.03")
    check(page)
    page.get_by_role("button", name="Bố trí", exact=True).click()
    expect(page.get_by_text("Không còn ai chờ bố trí")).to_be_visible()
    assert Membership.objects.filter(unit__code="X1.03", in_force__upper_inf=True, voided_on=None).count() == 3

    page.goto(f"{case}/ban-giao/")
    check(page)
    page.locator("input[name=xong]").first.check()
    page.get_by_role("button", name="Ghi bàn giao").click()
    expect(page.get_by_text("Đã ghi 1 việc bàn giao")).to_be_visible()

    page.goto(f"{case}/huy/")
    page.locator("[name=reason]").fill("Sai thẩm quyền")
    check(page)
    page.get_by_role("button", name="Hủy việc sắp xếp").click()
    expect(page.get_by_role("heading", name="Đang chạy")).to_be_visible()
    work()
    expect(page.get_by_text("Sai thẩm quyền")).to_be_visible(timeout=SLOW)
    assert Membership.objects.filter(unit__code="X1.01", in_force__upper_inf=True, voided_on=None).count() == 3


@pytest.mark.parametrize("size", [LAPTOP, PHONE])
def test_chart_and_changes_have_no_barrier(office: Unit, open_page: Open, size: tuple[int, int]) -> None:
    page = open_page(*size)
    for url in ("/don-vi/so-do/", "/don-vi/X1/so-do/", "/don-vi/X1/truoc-sau/", "/don-vi/bien-dong/"):
        page.goto(url)
        check(page)


def test_the_chart_is_walked_by_keys(office: Unit, open_page: Open) -> None:
    page = open_page(*LAPTOP)
    page.goto("/don-vi/X1/so-do/")
    page.locator('[data-org] [tabindex="0"]').focus()
    focused = page.locator(":focus")
    page.keyboard.press("ArrowDown")
    expect(focused).to_have_attribute("data-code", "X1.01")
    page.keyboard.press("End")
    expect(focused).to_contain_text("Xem thêm, còn 6 đơn vị")
    page.keyboard.press("Enter")
    expect(page.locator('[data-code="X1.30"]')).to_be_visible()
    expect(page.locator('[data-org] [tabindex="0"]')).to_have_count(1)
    page.locator('[data-org] [tabindex="0"]').focus()
    page.keyboard.press("Home")
    expect(focused).to_have_attribute("data-code", "X1")
    page.keyboard.type("chi bo thon 17")
    page.keyboard.press("ArrowLeft")
    expect(focused).to_have_attribute("data-code", "X1")
    page.keyboard.press("ArrowLeft")
    expect(focused).to_have_attribute("aria-expanded", "false")
    expect(page.locator('[data-code="X1.01"]')).to_be_hidden()
    page.keyboard.press("ArrowRight")
    expect(page.locator('[data-code="X1.01"]')).to_be_visible()
