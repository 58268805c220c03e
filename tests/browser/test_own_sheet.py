"""Scoring oneself on a phone: one step at a time, kept without a connection, sent when it comes back."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from canbo.facts.access.models import AccountPerson
from canbo.foundation.accounts.models import User
from canbo.processes.evaluation.models import Sheet
from tests.processes.cycles.conftest import FULL, manager, opened, sheet_of, work_of, world  # noqa: F401

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("browser")]


def keep(page, name):
    """A picture to look at, where somebody asked for pictures."""
    if folder := os.environ.get("CANBO_LOOK"):
        page.screenshot(path=Path(folder) / f"{name}-{page.viewport_size['width']}.png", full_page=True)


@pytest.fixture
def sheet(world, opened, open_page):  # noqa: F811
    work_of(world["Viên A1"], assigned="5", done="4", coef="1.5", delays=1)
    found = sheet_of(opened(world.province), world["Viên A1"])
    AccountPerson.objects.create(user=User.objects.get(username="mau"), person_id=world["Viên A1"].pk)
    return found


def test_a_person_scores_herself_on_a_phone_in_a_lift(sheet, open_page, faults):
    page = open_page(390, 844)
    page.goto("/danh-gia/cua-toi/")
    keep(page, "cua-toi")
    page.get_by_role("link", name="Tự đánh giá").click()
    step = page.locator(".self__step--now")
    expect(step).to_have_count(1)
    keep(page, "phieu-tu-cham")
    step.get_by_role("button", name="5", exact=True).click()
    expect(page.locator("[data-self-note]")).to_contain_text("Đã lưu")
    page.context.set_offline(True)
    page.get_by_role("button", name=re.compile("Tiếp")).click()
    page.locator(".self__step--now").get_by_role("button", name="4", exact=True).click()
    expect(page.locator("[data-self-note]")).to_contain_text("tự gửi khi có mạng")
    expect(page.locator("[data-self-sum]")).to_have_text("9")
    assert Sheet.objects.get(pk=sheet.pk).self_scores == {"I.1": 5}
    page.context.set_offline(False)
    expect(page.locator("[data-self-note]")).to_contain_text("Đã lưu")
    assert Sheet.objects.get(pk=sheet.pk).self_scores == {"I.1": 5, "I.2": 4}
    faults[:] = [text for text in faults if "ERR_INTERNET_DISCONNECTED" not in text]
    page.reload()
    for _ in range(12):
        inputs = page.locator(".self__step--now [data-points]")
        if inputs.count() and not inputs.input_value():
            page.locator(".self__step--now .self__chip").last.click()
        if page.get_by_role("button", name=re.compile("Tiếp")).is_hidden():
            break
        page.get_by_role("button", name=re.compile("Tiếp")).click()
    expect(page.locator("[data-self-missing]")).to_have_text("Đã chấm đủ")
    expect(page.locator("[data-self-note]")).to_contain_text("Đã lưu")
    page.get_by_role("button", name="Nộp").click()
    expect(page.get_by_text("Đã nộp phiếu tự đánh giá")).to_be_visible(timeout=20_000)
    keep(page, "phieu-da-nop")
    assert Sheet.objects.get(pk=sheet.pk).self_scores == FULL | {"I.2": 4}


def test_the_same_without_script_at_a_desk(sheet, open_page):
    page = open_page(1366, 768, scripts=False)
    page.goto(f"/danh-gia/phieu/{sheet.pk}/")
    for key, value in FULL.items():
        page.locator(f'[name="o.score.{key}"]').fill(str(value).replace(".", ","))
    keep(page, "phieu-khong-kich-ban")
    page.get_by_role("button", name="Nộp").click()
    assert Sheet.objects.get(pk=sheet.pk).self_scores == FULL
    keep(page, "phieu-ban-lam-viec")
