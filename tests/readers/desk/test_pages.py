"""The desk and the search box: what is due and what is found, in scope, and clickable to the same rows."""

from __future__ import annotations

import datetime as dt
import html
import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from canbo.facts.decisions.models import Draft
from canbo.facts.party.models import Membership
from canbo.facts.people.models import Person
from canbo.foundation.ui.day import SESSION_KEY

from ... import factories

DAY = factories.DAY
Enter = Callable[..., Client]


@pytest.fixture
def enter(db: None) -> Enter:
    """A browser signed in as ``chuyen_vien``, looking at 15/06/2024."""

    def sign_in(where: factories.Unit | None = None, role: str = "chuyen_vien", day: dt.date | None = DAY) -> Client:
        client = Client()
        user = factories.account(f"{role}-{where.pk if where else 0}", role, where)
        client.force_login(user, "allauth.account.auth_backends.AuthenticationBackend")
        if day is not None:
            session = client.session
            session[SESSION_KEY] = day.isoformat()
            session.save()
        return client

    return sign_in


@pytest.fixture
def cell(db: None) -> factories.Unit:
    """A cell under a commune."""
    return factories.unit("Chi bộ thôn Đông", factories.unit("Đảng bộ xã Bình An", code="X1"), code="X1.01")


def probationer(name: str, cell: factories.Unit, ceremony: dt.date) -> Person:
    who = factories.person(name, cell)
    factories.membership(who, cell, ceremony)
    return who


def page(client: Client, url: str = "/") -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


def buckets(text: str) -> dict[str, tuple[int, str]]:
    found = re.findall(r'class="bucket[^"]*" href="([^"]*)"><b>([^<]*)</b> ([^<]*)<', text)
    return {f"{url.split('?')[0]} {words}": (int(count), url) for url, count, words in found}


def test_every_count_opens_the_rows_it_counted(cell: factories.Unit, enter: Enter) -> None:
    """15/06/2024 was a Saturday: the week ends on the 16th, the month on the 30th."""
    ceremonies = {
        "Quá": (2023, 6, 1),
        "Nay": (2023, 6, 15),
        "Tuần": (2023, 6, 16),
        "Tháng": (2023, 6, 30),
        "Sau": (2023, 7, 9),
    }
    for name, day in ceremonies.items():
        probationer(f"Vũ Thị {name}", cell, dt.date(*day))
    client = enter()
    shown = buckets(page(client))
    assert {key: count for key, (count, _) in shown.items()} == {
        "/dang-vien/ Quá hạn": 1,
        "/dang-vien/ Hôm nay": 1,
        "/dang-vien/ Tuần này": 1,
        "/dang-vien/ Tháng này": 1,
        "/dang-vien/ 90 ngày tới": 4,
    }
    for count, url in shown.values():
        assert page(client, url).count("<tr data-row") == count, url


def test_the_nearest_are_named_with_the_days_left(cell: factories.Unit, enter: Enter) -> None:
    probationer("Vũ Thị Quá", cell, dt.date(2023, 6, 1))
    probationer("Vũ Thị Sau", cell, dt.date(2023, 6, 25))
    text = page(enter())
    assert "quá 14 ngày" in text
    assert "còn 10 ngày" in text
    assert text.index("Vũ Thị Quá") < text.index("Vũ Thị Sau")


def test_the_desk_of_a_cell_knows_nothing_of_the_next(cell: factories.Unit, enter: Enter) -> None:
    other = factories.unit("Chi bộ thôn Tây")
    probationer("Vũ Thị Đông", cell, dt.date(2023, 6, 1))
    probationer("Vũ Thị Tây", other, dt.date(2023, 6, 1))
    factories.assignment(Person.objects.get(name="Vũ Thị Tây"), other, "Trưởng thôn")
    text = page(enter(cell))
    assert "Vũ Thị Đông" in text
    assert "Vũ Thị Tây" not in text
    assert "Trưởng thôn" not in text


def test_badges_and_facts_without_a_decision_lead_to_their_lists(cell: factories.Unit, enter: Enter) -> None:
    who = factories.person("Ngô Văn Đủ", cell)
    Membership.objects.create(
        person=who, unit=cell, entry="ket_nap", admitted_on=dt.date(1994, 8, 1), official_on=dt.date(1995, 8, 1),
        in_force=factories.period(dt.date(1994, 8, 1)), since=dt.date(1994, 8, 1),
    )  # fmt: skip
    client = enter()
    text = page(client)
    assert "Huy hiệu đợt 02/09/2024" in text
    for query in ("den_han=huy_hieu", "den_han=thieu_quyet_dinh"):
        assert f"/dang-vien/?{query}" in text
        assert "Ngô Văn Đủ" in page(client, f"/dang-vien/?{query}")


def test_drafts_wait_for_their_writer_alone(cell: factories.Unit, enter: Enter) -> None:
    client = enter(day=None)
    factories.person("Ngô Văn Đủ", cell)
    writer = int(client.session["_auth_user_id"])
    Draft.objects.create(owner_id=writer, content={"abstract": "về việc bổ nhiệm cán bộ"})
    Draft.objects.create(owner_id=writer + 1000, content={"abstract": "việc của người khác"})
    text = page(client)
    assert "về việc bổ nhiệm cán bộ" in text
    assert "việc của người khác" not in text


def test_an_empty_desk_says_how_to_begin(enter: Enter) -> None:
    text = page(enter(day=None))
    assert "Chưa có dữ liệu nào" in text
    assert "Nạp tệp Excel" in text


def test_queries_of_the_desk_do_not_grow(cell: factories.Unit, enter: Enter) -> None:
    client = enter()
    page(client)
    counts = []
    for many in (20, 300):
        for number in range(many):
            who = probationer(f"Hồ Văn {number}", cell, DAY - dt.timedelta(days=300 + number * 7 % 90))
            factories.assignment(who, cell, "Chuyên viên")
        with CaptureQueriesContext(connection) as queries:
            page(client)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 25


def hits(text: str) -> list[str]:
    return re.findall(r'href="([^"]*)" data-hit', text)


@pytest.mark.parametrize("typed", ["hoa dang", "ĐẶNG HOÀ", "0381 6800", "038168000123", "3800 1234", "HS-77"])
def test_one_box_finds_a_person_by_anything_known_of_her(cell: factories.Unit, enter: Enter, typed: str) -> None:
    who = factories.person("Đặng Thị Hoà", cell)
    who.code, who.citizen_id, who.search_text = "HS-77", "038168000123", "hoa dang thi hs 77"
    who.save()
    Membership.objects.create(
        person=who, unit=cell, entry="ket_nap", card_number="380012345678", in_force=factories.period(),
        since=factories.START,
    )  # fmt: skip
    factories.person("Phạm Văn Hùng", cell)
    assert hits(page(enter(), f"/tim/?q={typed}")) == ["/con-nguoi/HS-77/"]


def test_units_decisions_and_pages_are_found_too(cell: factories.Unit, enter: Enter) -> None:
    paper = factories.decision("101-QĐ/ĐU")
    client = enter()
    assert hits(page(client, "/tim/?q=thon dong")) == ["/don-vi/X1.01/"]
    assert "101-QĐ/ĐU" in page(client, f"/tim/?q={paper.number[:4]}")
    assert hits(page(client, "/tim/?q=bien che")) == ["/bien-che/"]


def test_more_than_is_shown_is_said(cell: factories.Unit, enter: Enter) -> None:
    client = enter()
    for _ in range(20):
        factories.person("Đỗ Thị Uyên", cell)
    assert "Hơn 20 kết quả" not in page(client, "/tim/?q=uye")
    factories.person("Đỗ Thị Uyên", cell)
    text = page(client, "/tim/?q=uye")
    assert "Hơn 20 kết quả" in text
    people = [hit for hit in hits(text) if "/con-nguoi/" in hit]
    assert len(people) == 21, "twenty people and the list of all"


def test_nothing_of_another_scope_is_found(cell: factories.Unit, enter: Enter) -> None:
    other = factories.unit("Chi bộ thôn Tây")
    factories.person("Mai Thị Xa", other)
    text = page(enter(cell), "/tim/?q=mai xa")
    assert hits(text) == []
    assert "Không thấy gì khớp" in text


def test_suggestions_are_a_fragment_of_few_queries(cell: factories.Unit, enter: Enter) -> None:
    for number in range(30):
        factories.person(f"Đặng Văn Số {number}", cell)
    client = enter()
    client.get("/tim/?q=dang", headers={"HX-Request": "true", "HX-Target": "goi-y"})
    with CaptureQueriesContext(connection) as queries:
        answer = client.get("/tim/?q=dang", headers={"HX-Request": "true", "HX-Target": "goi-y"})
    text = answer.content.decode()
    assert "<html" not in text
    assert len(hits(text)) == 9, "six people, the way to all of them, a unit, and the page of members"
    assert len(queries) <= 10
    short = client.get("/tim/?q=d", headers={"HX-Request": "true", "HX-Target": "goi-y"})
    assert short.content.decode().strip() == ""
