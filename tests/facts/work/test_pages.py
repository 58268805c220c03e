"""Pages of work: what each reader sees and can do, in how many queries."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
import xlsxwriter
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from canbo.facts.access.models import AccountPerson
from canbo.facts.people.models import Person
from canbo.facts.work import actions
from canbo.facts.work.models import Product, ProductProposal, Share, ShareEvent, Task, TaskSeries
from canbo.foundation.kernel.clock import now, today
from canbo.foundation.kernel.dates import format_date
from tests import factories

from .conftest import Office

Enter = Callable[..., Client]


@pytest.fixture
def enter() -> Enter:
    """Signs somebody in: ``enter("lan", person)`` or ``enter("truong", chief, "thu_truong", unit)``."""

    def sign_in(name: str, person: Person | None = None, role: str | None = None, where: Any = None) -> Client:
        user = factories.account(name, role, where)
        if person is not None:
            AccountPerson.objects.create(user=user, person_id=person.pk)
        client = Client(raise_request_exception=True)
        client.force_login(user, "allauth.account.auth_backends.AuthenticationBackend")
        return client

    return sign_in


def given(office: Office, *people: Person, days: int = 7, **more: Any) -> list[Share]:
    """Work given now and due in some days."""
    terms = actions.Terms(more.pop("title", "Báo cáo tuần"), today() + dt.timedelta(days=days), office.products["BC"])
    tasks = actions.assign_each(office.head, unit=office.unit, terms=terms, persons=people, at=now())
    return list(Share.objects.filter(task__in=tasks).order_by("id"))


def test_her_work_is_reported_in_two_taps(office: Office, enter: Enter) -> None:
    share = given(office, office.lan)[0]
    client = enter("lan", office.lan, "ca_nhan")
    page = client.get("/viec-cua-toi/").content.decode()
    assert "Báo cáo tuần" in page
    assert page.count('<details class="work__say">') == 1
    answer = client.post(f"/viec-cua-toi/{share.pk}/trinh/", {"quantity": "1", "ve": "viec"}, follow=True)
    assert "Đã trình kết quả" in answer.content.decode() or "đã trình kết quả" in answer.content.decode()
    share.refresh_from_db()
    assert (share.state, share.reported) == ("submitted", Decimal(1))


def test_a_refused_report_keeps_what_was_typed(office: Office, enter: Enter) -> None:
    share = given(office, office.lan)[0]
    client = enter("lan", office.lan, "ca_nhan")
    page = client.post(f"/viec-cua-toi/{share.pk}/gia-han/", {"due_on": "01/01/2026", "reason": "Chờ số liệu của sở"})
    text = page.content.decode()
    assert "Hạn mới phải sau hạn đang có." in text
    assert "Chờ số liệu của sở" in text


def test_a_cause_is_asked_by_one_tap_and_confirmed_by_one(office: Office, enter: Enter) -> None:
    share = given(office, office.lan)[0]
    lan, head = enter("lan", office.lan, "ca_nhan"), enter("truong", office.chief, "thu_truong", office.unit)
    page = lan.get(f"/viec-cua-toi/{share.pk}/").content.decode()
    cause = "Thiên tai, dịch bệnh, thời tiết"
    assert f'name="reason" value="{cause}"' in page
    lan.post(
        f"/viec-cua-toi/{share.pk}/nguyen-nhan/", {"about": "delay", "since": format_date(today()), "reason": cause}
    )
    page = head.get(f"/viec-cua-toi/{share.pk}/").content.decode()
    assert cause in page
    head.post("/giao-viec/xu-ly/nguyen-nhan/", {"chon": share.pk})
    share.refresh_from_db()
    assert share.waiting == ""
    assert ShareEvent.objects.filter(share=share, kind="cause_granted").exists()


def test_others_find_nothing(office: Office, enter: Enter) -> None:
    share = given(office, office.lan)[0]
    assert enter("minh", office.minh, "ca_nhan").get(f"/viec-cua-toi/{share.pk}/").status_code == 404
    foreign = enter("xa", None, "thu_truong", office.elsewhere)
    assert foreign.get(f"/viec-cua-toi/{share.pk}/").status_code == 404
    assert foreign.post("/giao-viec/xu-ly/nghiem-thu/", {"chon": share.pk}, follow=True).status_code == 200
    share.refresh_from_db()
    assert share.state == "open"


def test_ad_hoc_work_needs_a_product_and_a_tap(office: Office, enter: Enter) -> None:
    client = enter("lan", office.lan, "ca_nhan")
    page = client.get("/viec-cua-toi/phat-sinh/").content.decode()
    assert page.count('class="choice__one"') == 2
    product = office.products["PH"]
    posted = {"product": product.pk, "quantity": "1", "due_on": format_date(today()), "xong": "1"}
    assert client.post("/viec-cua-toi/phat-sinh/", posted).status_code == 302
    share = Share.objects.get()
    assert (share.state, share.ad_hoc, share.task.title) == ("asked", True, "Phát hành văn bản")
    found = client.get("/viec-cua-toi/phat-sinh/?q=bao cao").content.decode()
    assert "Báo cáo số liệu" in found
    nothing = client.get("/viec-cua-toi/phat-sinh/?q=khongco").content.decode()
    assert "Đề nghị bổ sung danh mục" in nothing


def test_an_account_of_nobody_is_told_so(office: Office, enter: Enter) -> None:
    client = enter("khach", None, "ca_nhan")
    assert "chưa gắn với hồ sơ" in client.get("/viec-cua-toi/").content.decode()
    assert "chưa gắn với hồ sơ" in client.get("/viec-cua-toi/phat-sinh/").content.decode()


def test_a_head_gives_the_same_to_many_and_parts_of_one(office: Office, enter: Enter) -> None:
    client = enter("truong", office.chief, "thu_truong", office.unit)
    due = format_date(today() + dt.timedelta(days=10))
    base = {"don_vi": "PTH", "product": office.products["BC"].pk, "due_on": due, "source": "routine", "quantity": "1"}
    people = [office.lan.pk, office.minh.pk]
    assert client.post("/giao-viec/moi/", {**base, "persons": people, "divide": "moi"}).status_code == 302
    assert Task.objects.count() == 2
    uneven = {f"phan-{office.lan.pk}": "0,7"}
    client.post("/giao-viec/moi/", {**base, **uneven, "persons": people, "divide": "chung", "title": "Đề án"})
    assert [s.assigned for s in Share.objects.filter(task__title="Đề án").order_by("id")] == [
        Decimal("0.7"),
        Decimal("0.3"),
    ]
    page = client.post("/giao-viec/moi/", {**base, "due_on": "01/01/2020", "divide": "moi"}).content.decode()
    assert "01/01/2020" in page
    assert Task.objects.count() == 3
    over = {"persons": [office.lan.pk], "divide": "moi", "over": "week", "title": "Dài ngày"}
    client.post("/giao-viec/moi/", {**base, **over})
    assert Share.objects.filter(task__title="Dài ngày").count() == 2


def test_marked_rows_are_accepted_at_once_and_returned_with_a_reason(office: Office, enter: Enter) -> None:
    shares = given(office, office.lan, office.minh)
    for share, person in zip(shares, (office.lan, office.minh), strict=True):
        actions.submit(office.own(person), share=share, at=now())
    client = enter("truong", office.chief, "thu_truong", office.unit)
    asked = client.post("/giao-viec/xu-ly/tra-lai/", {"chon": [s.pk for s in shares]}).content.decode()
    assert "Chỗ chưa đạt" in asked
    empty = client.post("/giao-viec/xu-ly/tra-lai/", {"chon": shares[0].pk, "xong": "1", "reason": ""})
    assert empty.status_code == 200
    client.post("/giao-viec/xu-ly/tra-lai/", {"chon": shares[0].pk, "xong": "1", "reason": "Thiếu bảng số"})
    client.post("/giao-viec/xu-ly/nghiem-thu/", {"chon": shares[1].pk})
    assert list(Share.objects.order_by("id").values_list("state", flat=True)) == ["returned", "accepted"]
    mixed = client.post("/giao-viec/xu-ly/nghiem-thu/", {"chon": [s.pk for s in shares]}).content.decode()
    assert "đã hoàn thành, không làm bước này được" in mixed


def test_work_goes_to_somebody_else(office: Office, enter: Enter) -> None:
    share = given(office, office.lan)[0]
    client = enter("truong", office.chief, "thu_truong", office.unit)
    assert "Giao cho" in client.post("/giao-viec/xu-ly/chuyen-nguoi/", {"chon": share.pk}).content.decode()
    client.post("/giao-viec/xu-ly/chuyen-nguoi/", {"chon": share.pk, "to": office.minh.pk, "xong": "1"})
    assert Share.objects.get(person=office.minh).origin == "taken_over"


def test_repeating_work_comes_once_a_turn(office: Office, enter: Enter) -> None:
    client = enter("truong", office.chief, "thu_truong", office.unit)
    posted = {
        "don_vi": "PTH",
        "product": office.products["BC"].pk,
        "quantity": "1",
        "persons": [office.lan.pk, office.minh.pk],
        "rhythm": "month",
        "due_day": "31",
    }
    assert client.post("/giao-viec/lap-lai/moi/", posted).status_code == 302
    series = TaskSeries.objects.get()
    assert Share.objects.count() == 2
    assert actions.give_turn(office.head, series, now()) is None
    later = now() + dt.timedelta(days=31)
    assert actions.give_turn(office.head, series, later) is not None
    assert "Báo cáo số liệu" in client.get("/giao-viec/lap-lai/").content.decode()
    client.post("/giao-viec/lap-lai/thoi/", {"chon": series.pk})
    assert "Chưa có nhiệm vụ lặp lại" in client.get("/giao-viec/lap-lai/").content.decode()


def test_the_board_counts_what_the_events_say(office: Office, enter: Enter) -> None:
    first = given(office, office.lan, office.minh, days=0)[0]
    first = actions.submit(office.own(office.lan), share=first, at=now())
    first = actions.give_back(office.head, shares=[first], reason="Sửa", at=now())[0]
    first = actions.submit(office.own(office.lan), share=first, at=now())
    actions.accept(office.head, shares=[first], at=now())
    client = enter("truong", office.chief, "thu_truong", office.unit)
    page = client.get(f"/nhiem-vu/?ky={first.counts_on:%Y-%m}").content.decode()
    assert "1/2 nhiệm vụ xong" in page
    assert "1 lần trả lại, 1 nhiệm vụ bị trả lại" in page
    assert "8,0 trên 16,0 được giao" in page
    book = client.get(f"/nhiem-vu/?ky={first.counts_on:%Y-%m}&xuat=xlsx")
    assert b"".join(book.streaming_content)[:2] == b"PK"  # type: ignore[attr-defined]
    assert "không đọc được" in client.get("/nhiem-vu/?ky=abc").content.decode()


def workbook(rows: list[list[object]]) -> io.BytesIO:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    target.seek(0)
    target.name = "danh-muc.xlsx"
    return target


def test_a_catalogue_comes_from_a_workbook_all_faults_at_once(office: Office, enter: Enter) -> None:
    client = enter("giu", None, "chuyen_vien", office.body)
    head = ["Mã", "Sản phẩm, công việc", "Nhóm", "Điểm", "Chuẩn"]
    wrong = [head, ["K1", "Kế hoạch", "N9", 20, ""], ["K2", "", "N1", "x", ""], ["K3", "Đề án", "N1", 150, ""]]
    posted = {"unit": office.body.pk, "on": format_date(today())}
    page = client.post("/danh-muc-san-pham/nap/", {**posted, "file": workbook(wrong)}).content.decode()
    assert "Dòng 3, cột Điểm" in page
    wrong[2][3] = 5
    page = client.post("/danh-muc-san-pham/nap/", {**posted, "file": workbook(wrong)}).content.decode()
    for text in ("Dòng 2 (K1)", "Dòng 3 (K2): Thiếu tên", "Dòng 4 (K3): 150 điểm vượt mức tối đa 100"):
        assert text in page
    assert Product.objects.count() == 3
    right = [head, ["K1", "Kế hoạch", "N1", 20, ""], ["BC", "Báo cáo số liệu", "N1", 50, ""]]
    client.post("/danh-muc-san-pham/nap/", {**posted, "file": workbook(right)})
    rows = Product.objects.at(today())
    assert {row.code: row.coefficient for row in rows} == {
        "VB": Decimal("1.0"),
        "PH": Decimal("0.8"),
        "K1": Decimal("4.0"),
        "BC": Decimal("10.0"),
    }
    junk = io.BytesIO(b"khong phai excel")
    junk.name = "x.xlsx"
    assert (
        "Không đọc được tệp Excel" in client.post("/danh-muc-san-pham/nap/", {**posted, "file": junk}).content.decode()
    )


def test_the_list_of_products_goes_out_as_it_comes_in(office: Office, enter: Enter) -> None:
    client = enter("giu", None, "chuyen_vien", office.body)
    answer = client.get("/danh-muc-san-pham/?xuat=xlsx")
    data = io.BytesIO(b"".join(answer.streaming_content))  # type: ignore[attr-defined]
    data.name = "danh-muc.xlsx"
    posted = {"unit": office.body.pk, "on": format_date(today()), "file": data}
    page = client.post("/danh-muc-san-pham/nap/", posted, follow=True).content.decode()
    assert "Đã ghi 0 dòng danh mục" in page
    assert Product.objects.count() == 3


def test_a_new_standard_converts_the_whole_catalogue_anew(office: Office, enter: Enter) -> None:
    client = enter("giu", None, "chuyen_vien", office.body)
    posted = {
        "unit": office.body.pk,
        "code": "VB",
        "name": "Soạn thảo văn bản",
        "group": "1",
        "factor_difficulty": "4",
        "factor_volume": "4",
        "standard": "on",
        "on": format_date(today()),
    }
    place = f"/danh-muc-san-pham/{office.products['VB'].pk}/"
    assert client.post(f"{place}sua/", posted).status_code == 302
    rows = {row.code: row for row in Product.objects.at(today())}
    assert (rows["VB"].points, rows["BC"].coefficient, rows["PH"].coefficient) == (8, Decimal("5.0"), Decimal("0.5"))
    page = client.get(f"/danh-muc-san-pham/{rows['BC'].pk}/").content.decode()
    assert "40 : 8 (điểm của sản phẩm chuẩn" in page
    assert page.count('class="when"') == 2
    ended = {"on": format_date(today() + dt.timedelta(days=1)), "reason": "Bỏ"}
    assert (
        "Các sản phẩm khác đang quy đổi" in client.post(f"/danh-muc-san-pham/{rows['VB'].pk}/", ended).content.decode()
    )
    assert client.post(f"/danh-muc-san-pham/{rows['PH'].pk}/", ended).status_code == 302


def test_a_proposal_is_made_answered_and_seen(office: Office, enter: Enter) -> None:
    lan, keeper = enter("lan", office.lan, "ca_nhan"), enter("giu", None, "chuyen_vien", office.body)
    lan.post("/danh-muc-san-pham/de-nghi/moi/", {"name": "Tờ trình", "reason": "Mỗi tháng 3 lần"})
    lan.post("/danh-muc-san-pham/de-nghi/moi/", {"name": "Bản tin", "reason": "Hằng tuần"})
    first, second = ProductProposal.objects.order_by("id")
    assert "Bổ sung vào danh mục" not in lan.get(f"/danh-muc-san-pham/de-nghi/{first.pk}/").content.decode()
    posted = {"unit": office.body.pk, "code": "TT", "name": "Tờ trình", "group": "1", "points": "20"}
    page = keeper.post(f"/danh-muc-san-pham/de-nghi/{first.pk}/", {**posted, "points": "500"}).content.decode()
    assert "vượt mức tối đa 100 điểm" in page
    assert keeper.post(f"/danh-muc-san-pham/de-nghi/{first.pk}/", posted).status_code == 302
    keeper.post(f"/danh-muc-san-pham/de-nghi/{second.pk}/", {"khong": "1", "answer": "Nằm trong quy trình báo cáo"})
    page = lan.get("/danh-muc-san-pham/de-nghi/").content.decode()
    assert "đã duyệt" in page
    assert "không duyệt" in page
    again = {"name": "to trinh", "reason": "x"}
    assert "Danh mục đã có" in lan.post("/danh-muc-san-pham/de-nghi/moi/", again).content.decode()


@pytest.mark.parametrize(
    "url",
    [
        "/viec-cua-toi/",
        "/giao-viec/",
        "/giao-viec/moi/",
        "/nhiem-vu/?ky=2026",
        "/danh-muc-san-pham/",
        "/viec-cua-toi/phat-sinh/",
    ],
)
def test_queries_stay_few_and_do_not_grow(office: Office, enter: Enter, url: str) -> None:
    client = enter("truong", office.chief, "thu_truong", office.unit)
    counts = []
    for turn in range(2):
        given(office, office.lan, office.minh)
        for number in range(turn * 8):
            who = factories.person(f"Đỗ Văn {number}", office.unit)
            factories.assignment(who, office.unit, "Chuyên viên")
            given(office, who)
            factories.share(office.chief, office.unit, f"Việc {number}", due=today())
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 16
