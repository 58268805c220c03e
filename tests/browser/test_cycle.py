"""An evaluation from opening to a changed result, at a desk and on a phone."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import pytest
from playwright.sync_api import expect

from canbo.facts.access.models import AccountPerson
from canbo.foundation.accounts.models import User
from canbo.processes.evaluation import actions
from canbo.processes.evaluation.models import Appeal, Cycle, Result
from tests import factories
from tests.processes.cycles.conftest import (  # noqa: F401
    FULL,
    decided,
    ledger,
    person_actor,
    scored,
    sheet_of,
    work_of,
    world,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("browser")]
D = dt.date


def keep(page, name):
    """A picture to look at, where somebody asked for pictures."""
    if folder := os.environ.get("CANBO_LOOK"):
        page.screenshot(path=Path(folder) / f"{name}-{page.viewport_size['width']}.png", full_page=True)


def fits(page):
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), "nothing sticks out"


def test_open_decide_close_appeal_and_change(world, open_page, faults):  # noqa: F811
    me = User.objects.get(username="mau")
    AccountPerson.objects.create(user=me, person_id=world["Giám đốc"].pk)
    for role in ("chuyen_vien", "lanh_dao"):
        factories.grant(me, role, world.province)
    for name in ("Viên A1", "Viên A2", "Viên A3", "Phó A", "Trưởng A"):
        work_of(world[name])
    desk, phone = open_page(1366, 768), open_page(390, 844)
    desk.goto("/danh-gia/ky/")
    keep(desk, "ky-trong")
    desk.get_by_role("link", name="Mở kỳ đánh giá").first.click()
    desk.get_by_label("Kỳ đánh giá").fill("07/2026")
    desk.get_by_label("Phạm vi").press_sequentially("Phòng Tổ", delay=20)
    expect(desk.locator("#goi-y-unit option")).to_have_count(1)
    desk.get_by_label("Phạm vi").fill("PTC")
    desk.get_by_label("Bộ quy tắc").select_option("nd335-2025-civil-servant")
    keep(desk, "ky-mo")
    desk.get_by_role("button", name="Mở kỳ, lập phiếu").click()
    expect(desk.get_by_text("Đã mở kỳ và lập phiếu")).to_be_visible()
    cycle = Cycle.objects.get()
    keep(desk, "ky")
    for page in (desk, phone):
        page.goto(f"/danh-gia/ky/{cycle.pk}/phieu/")
        keep(page, "ky-phieu")
        fits(page)

    for name in ("Viên A1", "Viên A2", "Viên A3", "Phó A", "Trưởng A"):
        judged = {"d": 100, "dd": 100, "e": 100} if name in ("Phó A", "Trưởng A") else None
        scored(sheet_of(cycle, world[name]), judged, {**FULL, "I.1": 1})
    for page in (phone, desk):
        page.goto(f"/danh-gia/ky/{cycle.pk}/tham-dinh/")
        keep(page, "tham-dinh")
        fits(page)
    desk.get_by_label("Chọn Viên A1").check()
    desk.get_by_label("Ý kiến chung").fill("Nhất trí với cấp trên trực tiếp.")
    desk.get_by_role("button", name="Ghi ý kiến").click()
    expect(desk.get_by_text("Đã ghi ý kiến thẩm định 1 phiếu")).to_be_visible()

    desk.goto(f"/danh-gia/ky/{cycle.pk}/dong/")
    desk.get_by_role("button", name="Đóng kỳ").click()
    expect(desk.get_by_text("Còn 5 phiếu chưa quyết định: ")).to_be_visible()
    keep(desk, "ky-dong-tu-choi")
    for name in ("Viên A1", "Viên A2", "Viên A3", "Phó A", "Trưởng A"):
        decided(sheet_of(cycle, world[name]), "HTT", "Ngoài tỷ lệ.")
    for page in (desk, phone):
        page.goto(f"/danh-gia/ky/{cycle.pk}/ty-le/")
        keep(page, "ty-le")
        fits(page)
        page.goto(f"/danh-gia/ky/{cycle.pk}/")
        keep(page, "ky-da-quyet-dinh")
        fits(page)
    desk.goto(f"/danh-gia/ky/{cycle.pk}/dong/")
    desk.get_by_role("button", name="Đóng kỳ").click()
    expect(desk.get_by_text("Kết quả đã ghi vào hồ sơ")).to_be_visible()

    result = Result.objects.get(person=world["Viên A1"])
    on = result.decided_on
    who = person_actor(world["Viên A1"])
    at = dt.datetime.combine(on, dt.time(9), dt.UTC)
    row = actions.file_appeal(who, result=result, text="Việc số 5 không chậm.", on=on, at=at)
    ledger("77-QĐ/SNV", on)
    desk.goto("/")
    keep(desk, "ban-lam-viec-danh-gia")
    desk.goto("/danh-gia/kien-nghi/")
    keep(desk, "kien-nghi-so")
    desk.get_by_role("link", name="Viên A1").click()
    desk.goto(f"/danh-gia/kien-nghi/{row.pk}/")
    desk.get_by_label("Thay đổi kết quả theo quyết định mới").check()
    desk.get_by_label("Nội dung trả lời").fill("Việc số 5 đúng hạn.")
    desk.get_by_label("Mức mới").select_option("HT")
    desk.get_by_label("Theo quyết định").fill("77-QĐ/SNV")
    keep(desk, "kien-nghi-tra-loi")
    desk.get_by_role("button", name="Ghi trả lời").click()
    expect(desk.get_by_text("Đã trả lời kiến nghị")).to_be_visible()
    assert Appeal.objects.get().ended == "changed"
    assert Result.objects.get(person=world["Viên A1"], replaced_on=None).grade == "HT"
    phone.goto(f"/danh-gia/kien-nghi/{row.pk}/")
    keep(phone, "kien-nghi")
    fits(phone)
    faults[:] = [text for text in faults if "422" not in text]  # the browser notes the refused closing


def test_a_cycle_is_opened_without_script(world, open_page, faults):  # noqa: F811
    factories.grant(User.objects.get(username="mau"), "chuyen_vien", world.province)
    page = open_page(390, 844, scripts=False)
    page.goto("/danh-gia/ky/mo/")
    page.get_by_label("Kỳ đánh giá").fill("quý V/2026")
    page.get_by_label("Phạm vi").fill("PTC")
    page.get_by_role("button", name="Mở kỳ, lập phiếu").click()
    expect(page.get_by_text("không đọc được").first).to_be_visible()
    keep(page, "ky-mo-tu-choi")
    fits(page)
    assert page.get_by_label("Phạm vi").input_value() == "PTC"
    faults[:] = [text for text in faults if "422" not in text]
