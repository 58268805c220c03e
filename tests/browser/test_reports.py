"""Reading a report: figures open beside it, and the page holds without faults at every width."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth import get_user_model

from canbo.facts.access.models import Grant
from tests.readers.reports import world as w

from .conftest import Open

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def report(open_page: Open) -> str:
    """A province with three admissions against a plan of two, and its head of board signed in."""
    top = w.unit("T", "đảng bộ tỉnh")
    cell = w.unit("C", "chi bộ cơ sở", (top, "2015-01-01", None))
    w.grow()
    for number in range(3):
        who = w.person(f"Lê Văn {number}")
        w.stay(who, cell, "2021-03-15", entry="ket_nap", admitted="2021-03-10", official=None)
    w.target(top, "KN01", "2021", 2)
    user = get_user_model().objects.get(username="mau")
    Grant.objects.create(user=user, role="lanh_dao", unit=top, in_force=(w.START, None), since=w.START)
    return "?don_vi=T&ky=2021"


@pytest.mark.parametrize("width", [1366, 390])
def test_a_figure_opens_and_nothing_is_wrong(open_page: Open, report: str, width: int) -> None:
    page = open_page(width, 900)
    page.goto(f"/bao-cao/tong-ket-nam/{report}")
    figure = page.get_by_role("link", name="150,0%").first
    figure.wait_for()
    found = Axe().run(page).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"][:120]) for one in found] == []
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, "the page scrolls sideways"
    figure.click()
    page.locator("#ben").get_by_text("Lê Văn 2").wait_for()
    for address in (f"/chi-tieu/{report}", f"/chi-tieu/KN01/{report}&theo=unit", f"/bao-cao/{report}"):
        page.goto(address)
        found = Axe().run(page).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"][:120]) for one in found] == []
