"""Ad hoc work on a phone in half a minute, reporting in two taps, accepting by keys."""

from __future__ import annotations

import time
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.contrib.auth import get_user_model
from playwright.sync_api import Page

from canbo.facts.access.models import AccountPerson
from canbo.facts.work import actions
from canbo.facts.work.actions import ProductEntry
from canbo.facts.work.models import Share
from canbo.foundation.kernel.actor import operator
from canbo.foundation.kernel.clock import now, today
from tests import factories

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Open = Callable[..., Page]
HALF_A_MINUTE = 30


@pytest.fixture
def office(open_page: Open) -> dict[str, object]:
    """The signed-in account is a specialist who also leads a colleague."""
    body = factories.unit("Sở Mẫu", kind="sở", shelf="nha_nuoc")
    lan, minh = (factories.person(name, body) for name in ("Nguyễn Thị Lan", "Trần Văn Minh"))
    for person in (lan, minh):
        factories.assignment(person, body, "Chuyên viên")
    user = get_user_model().objects.get(username="mau")
    AccountPerson.objects.create(user=user, person_id=lan.pk)
    factories.grant(user, "thu_truong", body)
    names = ["Soạn thảo văn bản", "Tiếp công dân", "Phục vụ hội nghị", "Sao, gửi văn bản", "Báo cáo đột xuất"]
    entries = [
        ProductEntry(f"SP{n}", name, 1, Decimal(5 + n), standard=n == 0, usual=True) for n, name in enumerate(names)
    ]
    products = actions.set_products(operator("thử"), unit=body, entries=entries, on=factories.START.replace(year=2026))
    return {"body": body, "lan": lan, "minh": minh, "products": products}


def test_ad_hoc_work_takes_half_a_minute_and_one_thumb(office: dict[str, object], open_page: Open) -> None:
    page = open_page(390, 844)
    page.goto("/viec-cua-toi/")
    started, taps = time.monotonic(), 0
    page.get_by_role("link", name="Việc phát sinh").first.click()
    page.get_by_text("Tiếp công dân").click()
    button = page.get_by_role("button", name="Đã làm xong")
    box = button.bounding_box()
    assert box is not None
    assert box["y"] > 844 / 2, "the button lies where a thumb reaches"
    assert box["y"] + box["height"] <= 844, "the button is on the screen without scrolling"
    button.click()
    page.get_by_text("chờ cấp trên xác nhận").first.wait_for()
    taps = 3
    assert time.monotonic() - started < HALF_A_MINUTE
    assert taps <= 4
    share = Share.objects.get()
    assert (share.task.title, share.state, share.due_on) == ("Tiếp công dân", "asked", today())


def test_a_result_is_reported_in_two_taps(office: dict[str, object], open_page: Open) -> None:
    body, lan = office["body"], office["lan"]
    terms = actions.Terms("Báo cáo tháng", today(), office["products"][0])  # type: ignore[index]
    actions.assign_each(operator("thử"), unit=body, terms=terms, persons=[lan], at=now())  # type: ignore[arg-type, list-item]
    page = open_page(390, 844)
    page.goto("/viec-cua-toi/")
    page.get_by_text("Báo kết quả").click()
    page.get_by_role("button", name="Trình kết quả").click()
    page.get_by_text("chờ nghiệm thu").first.wait_for()
    assert Share.objects.get().state == "submitted"


def test_results_are_accepted_by_keys(office: dict[str, object], open_page: Open) -> None:
    body, minh = office["body"], office["minh"]
    for title in ("Việc một", "Việc hai"):
        terms = actions.Terms(title, today(), office["products"][0])  # type: ignore[index]
        actions.assign_each(operator("thử"), unit=body, terms=terms, persons=[minh], at=now())  # type: ignore[arg-type, list-item]
    Share.objects.update(reported=1)
    page = open_page(1366, 768)
    page.goto("/giao-viec/")
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.keyboard.press("a")
    page.get_by_text("1 việc: đã nghiệm thu.").wait_for()
    assert sorted(Share.objects.values_list("state", flat=True)) == ["accepted", "open"]


@pytest.mark.parametrize("width", [1366, 390])
@pytest.mark.parametrize(
    "place",
    [
        "/viec-cua-toi/",
        "/giao-viec/",
        "/giao-viec/moi/",
        "/nhiem-vu/",
        "/viec-cua-toi/phat-sinh/",
        "/danh-muc-san-pham/",
    ],
)
def test_pages_fit_the_screen(office: dict[str, object], open_page: Open, place: str, width: int) -> None:
    body, minh, lan = office["body"], office["minh"], office["lan"]
    for title, who in (("Báo cáo kết quả công tác tổ chức xây dựng Đảng quý III năm 2026", minh), ("Rà soát", lan)):
        terms = actions.Terms(title, today(), office["products"][0])  # type: ignore[index]
        actions.assign_each(operator("thử"), unit=body, terms=terms, persons=[who], at=now())  # type: ignore[arg-type, list-item]
    page = open_page(width, 768 if width > 800 else 844)
    page.goto(place)
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth + 1")
