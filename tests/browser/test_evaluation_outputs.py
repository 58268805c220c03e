"""What evaluation puts out, in a browser: no faults, no overflow, at a desk and on a phone."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth import get_user_model
from django.urls import reverse

from canbo.facts.access.models import Grant
from canbo.facts.people.models import Discipline
from tests import factories
from tests.processes.evaluation import world

from .conftest import Open

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SHOTS = os.environ.get("CANBO_SHOTS", "")


@pytest.fixture
def addresses(open_page: Open) -> list[str]:
    """A department over seven months with forty people in three divisions, and its clerk signed in."""
    root = factories.unit("Sở Nội vụ tỉnh Mẫu Sơn", code="SNV", kind="Sở")
    units = [
        factories.unit(f"Phòng {name}", root, kind="Phòng") for name in ("Tổ chức biên chế", "Hành chính", "Thanh tra")
    ]
    people = [
        factories.person(f"{('Lò', 'Nông', 'Vừ')[n % 3]} Thị {'ABCDEGH'[n % 7]} {n}", units[n % 3]) for n in range(40)
    ]
    for month in range(1, 8):
        cycle = world.cycle(root, f"2026-{month:02d}")
        for n, who in enumerate(people):
            if month == 7 and n > 36:
                continue
            grade = "HTXS" if n < 4 + month % 3 else "HT" if n > 36 else "HTT"
            total = "91.5" if grade == "HTXS" else "65" if grade == "HT" else str(74 + n % 9 + month)
            world.graded(
                cycle, who, units[n % 3], grade, total, body=root, self_grade=grade, common=25,
                self_scores={"I.1": 5}, scores={"I.1": 5 if n % 2 else 4},
            )  # fmt: skip
    for who in people[37:39]:
        world.sheet(cycle, who, units[0], body=root)
    world.absent(cycle, people[39], units[1])
    since = factories.period(cycle.first)
    Discipline.objects.create(person=people[9], form="Khiển trách", in_force=since, since=cycle.first)
    world.close(cycle)
    user = get_user_model().objects.get(username="mau")
    for role in ("lanh_dao", "chuyen_vien"):
        Grant.objects.create(user=user, role=role, unit=root, in_force=factories.period(), since=factories.START)
    behind = reverse("evaluation_behind") + f"?bo={world.CODE}&ky=2026-07&muc=HTT"
    named = [reverse(name) for name in ("evaluation_outputs", "evaluation_statistics", "evaluation_sendings")]
    return [*named, reverse("evaluation_summary", args=[cycle.pk]), behind]


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (390, 844)])
def test_nothing_is_wrong_at_a_desk_or_on_a_phone(
    open_page: Open, addresses: list[str], width: int, height: int
) -> None:
    page = open_page(width, height)
    for number, address in enumerate(addresses):
        page.goto(address)
        page.get_by_role("heading", level=1).wait_for()
        if SHOTS:
            page.screenshot(path=Path(SHOTS) / f"outputs-{width}-{number}.png", full_page=True)
        found = Axe().run(page).response["violations"]
        assert [(address, one["id"], one["nodes"][0]["html"][:160]) for one in found] == []
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, address


def test_a_file_is_made_and_said_to_be_sent(open_page: Open, addresses: list[str]) -> None:
    page = open_page(1366, 768)
    page.goto(reverse("evaluation_sendings"))
    page.get_by_role("button", name="Lập tệp").first.click()
    page.get_by_role("heading", name="Ghi đã gửi").wait_for()
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / "outputs-sending.png", full_page=True)
    page.get_by_label("Nơi nhận").fill("Bộ Nội vụ")
    page.get_by_role("button", name="Ghi đã gửi").click()
    page.get_by_text("Đã ghi là đã gửi.").wait_for()
