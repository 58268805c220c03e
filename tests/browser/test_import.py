"""A file's way through the browser: dropped, its faults read, corrected at home, loaded, taken back."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from canbo.facts.decisions.models import Batch
from canbo.facts.people.models import Person
from canbo.foundation.accounts.models import User
from canbo.foundation.jobs.choices import WAITING
from canbo.foundation.jobs.models import Job
from canbo.foundation.jobs.running import run
from canbo.readers.exchange.reading import read_workbook

from .. import factories
from ..readers.exchange import books
from .conftest import Open

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("browser")]


def look(page: Page, name: str) -> None:
    """No barrier, no sideways scrolling; a picture where ``CANBO_PICTURES`` names a folder."""
    if folder := os.environ.get("CANBO_PICTURES"):
        width = page.viewport_size["width"] if page.viewport_size else 0
        page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)
    found = Axe().run(page, options={"resultTypes": ["violations"]})
    assert found.violations_count == 0, found.generate_report()
    size = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert size[0] <= size[1], f"{name} scrolls sideways"


def work() -> None:
    for job in Job.objects.filter(state=WAITING).order_by("pk"):
        run(job.pk)


@pytest.mark.parametrize("size", [(1366, 768), (390, 844)])
def test_a_file_is_corrected_loaded_and_taken_back(
    open_page: Open, size: tuple[int, int], tmp_path: Path, settings: Any
):
    settings.MEDIA_ROOT = tmp_path / "files"
    page = open_page(*size)
    factories.grant(User.objects.get(username="mau"), "chuyen_vien")
    page.goto("/nap/")
    look(page, "nap")
    wrong = {**books.PEOPLE, "Ngày sinh": ["31/02/1980", "02/1980"]}
    path = books.save(books.book(**{"Hồ sơ": wrong}), tmp_path / "hồ sơ tháng 6.xlsx")
    page.set_input_files("input[type=file]", path)
    page.get_by_role("button", name="Kiểm tra tệp").click()
    expect(page.locator("progress")).to_be_visible()
    look(page, "dang-kiem-tra")
    work()
    expect(page.get_by_role("rowheader", name="31/02/1980 không phải là ngày")).to_be_visible(timeout=10_000)
    look(page, "loi")
    with page.expect_download() as download:
        page.get_by_role("link", name="Tải tệp đã đánh dấu lỗi").click()
    download.value.save_as(tmp_path / "home.xlsx")
    marked, _ = read_workbook(tmp_path / "home.xlsx")
    assert "31/02/1980" in marked["Hồ sơ"].column("Ngày sinh")
    assert not Person.objects.exists()
    page.goto("/nap/")
    page.set_input_files("input[type=file]", books.save(books.book(), tmp_path / "đã sửa.xlsx"))
    page.get_by_role("button", name="Kiểm tra tệp").click()
    work()
    button = page.get_by_role("button", name="Nạp", exact=True)
    expect(button).to_be_visible(timeout=10_000)
    look(page, "sach")
    button.click()
    work()
    page.get_by_role("link", name="Xem tệp này đã ghi gì").click(timeout=10_000)
    look(page, "dot-nap")
    page.get_by_label("Lý do hoàn tác").fill("nạp nhầm tệp")
    page.get_by_role("button", name="Hoàn tác đợt nạp này").click()
    expect(page.get_by_text("Đã hoàn tác đợt nạp này.")).to_be_visible()
    assert Batch.objects.get().undone_at is not None
    page.goto("/xuat/")
    look(page, "xuat")
    page.goto("/viec/")
    look(page, "viec")
