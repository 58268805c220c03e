"""One walk through the product on the sample province, as the guide tells it; ``make screenshots`` keeps the pictures.

The pictures of ``docs/images`` are written only where ``CANBO_SCREENSHOTS=1``; the walk itself runs with every test.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from canbo.facts.access.models import AccountPerson
from canbo.facts.people.models import Person
from canbo.foundation.accounts.models import User
from canbo.foundation.jobs.choices import WAITING
from canbo.foundation.jobs.models import Job
from canbo.foundation.jobs.running import run
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.clock import today
from canbo.processes.evaluation.choices import Stage
from canbo.processes.evaluation.models import Cycle, Sheet
from canbo.readers.exchange.actions import load_book
from canbo.readers.exchange.demo.acts import Department, live
from canbo.readers.exchange.demo.cases import CASES
from canbo.readers.exchange.loader.plan import Terms

from .. import factories
from ..readers.exchange import books
from .conftest import Open

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("browser")]
IMAGES = Path(__file__).resolve().parents[2] / "docs" / "images"
LAPTOP, PHONE = (1366, 768), (390, 844)
YEAR = today().year


def keep(page: Page, name: str) -> None:
    """The page as it stands, for the guide; it must not scroll sideways."""
    page.wait_for_load_state("networkidle")
    width = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert width[0] <= width[1], f"{name} scrolls sideways"
    if os.environ.get("CANBO_SCREENSHOTS") == "1":
        IMAGES.mkdir(exist_ok=True)
        page.screenshot(path=IMAGES / f"{name}.png")


@pytest.fixture
def province(open_page: Open, the_operator: Actor, settings: Any, tmp_path: Path) -> None:
    """The sample province with six hundred members; the account of the browser is its specialist."""
    settings.MEDIA_ROOT = tmp_path / "files"
    day = today()
    findings, batch = load_book(
        the_operator, CASES["tinh-mau"](600, 2021, day), terms=Terms(today=day, historical=True, source="tinh-mau")
    )
    assert batch is not None, findings.faults[:3]
    user = User.objects.get(username="mau")
    user.is_superuser, user.display_name = False, "Đinh Văn Chuyên Viên"
    user.save()
    for role in ("chuyen_vien", "lanh_dao"):
        factories.grant(user, role)


def test_the_door(browser: Browser, live_server: LiveServer) -> None:
    context = browser.new_context(viewport={"width": 1366, "height": 768}, base_url=live_server.url, locale="vi-VN")
    page = context.new_page()
    page.goto("/")
    expect(page.get_by_role("button", name="Đăng nhập")).to_be_visible()
    keep(page, "dang-nhap")
    context.close()


def test_the_records(open_page: Open, province: None) -> None:
    page = open_page(*LAPTOP)
    page.goto("/")
    expect(page.get_by_role("heading", name="Xét công nhận đảng viên chính thức")).to_be_visible()
    keep(page, "ban-lam-viec")

    page.goto("/con-nguoi/")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.locator("#ben .panel")).to_contain_text("Thông tin chung")
    keep(page, "danh-sach")

    page.goto("/chuc-vu/")
    page.goto(str(page.locator("[data-row-link]").first.get_attribute("href")))
    expect(page.locator("#dang")).to_contain_text("Công tác đảng")
    keep(page, "con-nguoi")

    page.goto("/don-vi/VS/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Vân Sơn")
    keep(page, "don-vi")

    page.goto("/quyet-dinh/")
    page.goto(str(page.locator("[data-row-link]").first.get_attribute("href")))
    expect(page.get_by_text("ĐẢNG CỘNG SẢN VIỆT NAM").first).to_be_visible()
    text = page.locator("main").inner_text()
    assert not re.search(r"\b(doi|phat|cap_lai|thuong|som|truy_tang)\b", text), "a code where a word belongs"
    keep(page, "quyet-dinh")

    page.goto("/don-vi/cay/")
    page.locator("details.day summary").click()
    page.get_by_label("Xem mọi trang vào ngày").fill("30/06/2025")
    page.keyboard.press("Enter")
    expect(page.locator(".bar--past")).to_contain_text("30/06/2025")
    keep(page, "ngay-xem")


def test_a_file_with_faults(open_page: Open, province: None, tmp_path: Path) -> None:
    page = open_page(*LAPTOP)
    page.goto("/nap/")
    wrong = {**books.PEOPLE, "Ngày sinh": ["31/02/1980", "02/1980"]}
    path = books.save(books.book(**{"Hồ sơ": wrong}), tmp_path / "hồ sơ tháng 6.xlsx")
    page.set_input_files("input[type=file]", path)
    page.get_by_role("button", name="Kiểm tra tệp").click()
    for job in Job.objects.filter(state=WAITING).order_by("pk"):
        run(job.pk)
    expect(page.get_by_role("rowheader", name="31/02/1980 không phải là ngày")).to_be_visible(timeout=10_000)
    keep(page, "nap-co-loi")


def test_the_report(open_page: Open, province: None) -> None:
    page = open_page(*LAPTOP)
    page.goto(f"/chi-tieu/KN01/?don_vi=VS&ky={YEAR}&theo=unit")
    expect(page.get_by_role("heading", name="Kết nạp đảng viên", exact=True)).to_be_visible()
    keep(page, "chi-tieu")
    page.goto(f"/bao-cao/tong-ket-nam/?don_vi=VS&ky={YEAR}")
    sentence = page.locator("p", has_text="Tổng số đảng viên đến cuối kỳ")
    sentence.scroll_into_view_if_needed()
    sentence.locator("a").first.click()
    expect(page.locator("#ben .panel")).to_contain_text("Tổng số đảng viên")
    keep(page, "bao-cao")

    page.get_by_label("Số", exact=True).fill("123-BC/BTC")
    page.get_by_role("button", name="Phát hành").click()
    expect(page.get_by_text("123-BC/BTC").first).to_be_visible()
    keep(page, "bao-cao-da-phat-hanh")


@pytest.fixture
def department(province: None, the_operator: Actor) -> Department:
    """Months of work and evaluation in the first department; the browser's account is its director's."""
    told = live(the_operator, CASES["tinh-mau"].state_root, today())
    assert told is not None
    user = User.objects.get(username="mau")
    AccountPerson.objects.create(user=user, person_id=told.director.pk)
    factories.grant(user, "thu_truong", told.unit)
    return told


def _mine(told: Department, person: Person) -> str:
    """The address of somebody's newest closed sheet."""
    sheets = Sheet.objects.filter(person=person, cycle__unit=told.unit, cycle__stage=Stage.CLOSED)
    return f"/danh-gia/phieu/{sheets.latest('cycle__first').pk}/"


def test_the_evaluation_of_a_department(open_page: Open, department: Department) -> None:
    page = open_page(*LAPTOP)
    page.goto("/danh-gia/bang/")
    now = Cycle.objects.exclude(stage=Stage.CLOSED).latest("first")
    page.goto(f"/danh-gia/bang/{now.pk}/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Bảng đánh giá")
    expect(page.locator("tbody tr")).to_have_count(Sheet.objects.filter(cycle=now).count() - 1)
    keep(page, "bang-danh-gia")
    mine = page.locator("tbody input[type=checkbox]:not([disabled])")
    mine.nth(0).check()
    mine.nth(1).check()
    page.get_by_placeholder("Lý do chung").fill("Làm đủ việc trong tháng.")
    page.get_by_role("button", name="Nhận xét, xác nhận điểm").click()
    expect(page.get_by_text("Đã ghi nhận xét, chấm điểm 2 phiếu.")).to_be_visible()
    page.reload()
    expect(page.locator("[data-draft-note]")).to_have_count(0)  # what was accepted is no draft any more
    assert mine.evaluate_all("boxes => boxes.some(box => box.checked)") is False
    page.goto("/nhiem-vu/")
    keep(page, "nhiem-vu")
    page.goto("/danh-gia/thong-ke/")
    expect(page.get_by_role("heading", name="Dấu hiệu hình thức")).to_be_visible()
    keep(page, "thong-ke-xep-loai")


def test_ones_own_evaluation_on_a_phone(open_page: Open, department: Department) -> None:
    someone = department.teams[-1].members[0]
    AccountPerson.objects.filter(user__username="mau").update(person_id=someone.pk)
    page = open_page(*PHONE)
    page.goto("/danh-gia/cua-toi/")
    expect(page.get_by_role("heading", name="Mười hai tháng gần nhất")).to_be_visible()
    keep(page, "dien-thoai-danh-gia-cua-toi")
    page.goto(_mine(department, someone))
    expect(page.get_by_text("Công thức đã thay số")).to_be_visible()
    keep(page, "dien-thoai-phieu-danh-gia")


def test_on_a_phone(open_page: Open, province: None) -> None:
    page = open_page(*PHONE)
    page.goto("/")
    keep(page, "dien-thoai-ban-lam-viec")
    page.goto("/con-nguoi/")
    keep(page, "dien-thoai-danh-sach")
