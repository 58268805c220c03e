"""A clerk's way through job positions and committees, on a laptop and on a phone."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from playwright.sync_api import Page, expect

from canbo.facts.staffing.models import Committee, PositionListDraft

from .. import factories
from ..readers.profiles.posts_world import Board, board, seat
from .conftest import Open

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("browser")]
SIZES = {"laptop": (1366, 768), "phone": (390, 844)}


@pytest.fixture
def ban(open_page: Open) -> Board:
    made = board()
    commune = factories.unit("Đảng bộ xã Bình Minh", made.root, code="BM", kind="đảng bộ xã")
    titles = ["Bí thư Đảng ủy", "Phó Bí thư", *["Ủy viên Ban Thường vụ"] * 3, *["Đảng ủy viên"] * 9]
    for n, title in enumerate(titles):
        who = factories.person(
            f"{['Nguyễn Văn', 'Lò Thị', 'Hà Đức'][n % 3]} {['An', 'Bình', 'Châu', 'Dũng', 'Đào', 'Giang', 'Hà'][n % 7]}",
            commune, born_on=dt.date(1965 + 2 * n, 3, 4), sex="nu" if n % 3 == 1 else "nam",
            ethnic_group="Thái" if n % 3 == 1 else "Kinh", qualification="Đại học", political_theory="Trung cấp",
        )  # fmt: skip
        seat(who, commune, title, "bầu cử" if n % 2 else "chỉ định")
    Committee.objects.create(
        unit=commune, body="bch", size=15, deputies=2, term="2025–2030", term_until=dt.date(2030, 6, 30),
        since=dt.date(2025, 7, 1), in_force=factories.period(dt.date(2025, 7, 1)),
    )  # fmt: skip
    user = get_user_model().objects.get(username="mau")
    user.is_superuser = False
    user.save()
    factories.grant(user, "chuyen_vien")
    return made


def look(page: Page, name: str) -> None:
    """The page as it stands; it must not scroll sideways."""
    page.wait_for_load_state("networkidle")
    width = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert width[0] <= width[1], f"{name} scrolls sideways"
    if folder := os.environ.get("CANBO_LOOK"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


@pytest.mark.parametrize("size", SIZES)
def test_every_page_fits(ban: Board, open_page: Open, size: str) -> None:
    page = open_page(*SIZES[size])
    for name, url in {
        "list": "/vi-tri-viec-lam/", "bodies": "/vi-tri-viec-lam/co-quan/", "body": "/vi-tri-viec-lam/co-quan/BTC/",
        "body-empty": "/vi-tri-viec-lam/co-quan/BTG/", "draft-new": "/vi-tri-viec-lam/danh-muc/BTG/",
        "placing": "/vi-tri-viec-lam/bo-tri/BTC/", "committees": "/cap-uy/", "committee": "/cap-uy/BM/",
        "committee-btv": "/cap-uy/BM/?loai=btv", "committee-empty": "/cap-uy/BM/?loai=ubkt", "unit": "/don-vi/BTC/",
        "person": f"/con-nguoi/{ban.people[2].code}/",
    }.items():  # fmt: skip
        page.goto(url)
        look(page, f"{name}-{size}")
    page.goto("/vi-tri-viec-lam/co-quan/BTC/")
    page.get_by_role("link", name="Chuyên viên về tổ chức đảng, đảng viên").first.click()
    expect(page.get_by_role("heading", name="Khung năng lực")).to_be_visible()
    look(page, f"position-{size}")
    page.get_by_role("link", name="Sửa bản mô tả").click()
    expect(page.get_by_role("heading", name="6. Khung năng lực")).to_be_visible()
    look(page, f"describe-{size}")


def test_rows_are_pasted_kept_by_themselves_and_submitted(ban: Board, open_page: Open) -> None:
    page = open_page(*SIZES["laptop"])
    page.goto("/vi-tri-viec-lam/danh-muc/BTG/")
    first = page.get_by_label("Mã", exact=True).first
    first.focus()
    rows = (
        "LD01\tTrưởng ban\tLãnh đạo, quản lý\tChuyên viên chính\t\t1\n"
        "CM01\tChuyên viên tuyên truyền\tChuyên môn nghiệp vụ\tChuyên viên\tChuyên viên chính\thai\n"
    )
    page.evaluate(
        """([text]) => { const data = new DataTransfer(); data.setData("text/plain", text);
        document.activeElement.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true,
        cancelable: true})); }""",
        [rows],
    )
    expect(page.locator("#tinh-trang")).to_contain_text("không phải là số nguyên")
    assert len(PositionListDraft.objects.get().rows) == 2, "kept without a button"
    page.get_by_role("button", name="Trình thẩm định").first.click()
    expect(page.get_by_role("heading", name="Có 1 chỗ cần sửa")).to_be_visible()
    look(page, "draft-refused-laptop")
    page.get_by_label("Số lượng").nth(1).fill("2")
    page.get_by_role("button", name="Trình thẩm định").first.click()
    expect(page.get_by_text("Người trình không tự thẩm định")).to_be_visible()
    look(page, "draft-submitted-laptop")
