"""The list and the page of decisions, as a clerk opens them."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from canbo.facts.decisions.acts import Item
from canbo.facts.decisions.models import Decision
from canbo.facts.organisation.models import Unit
from canbo.facts.people.models import Person
from canbo.facts.staffing.models import Assignment
from canbo.foundation.audit.models import AuditEntry

D = dt.date
Make = Callable[..., Unit]
MakePerson = Callable[..., Person]
Decide = Callable[..., Decision]
SignIn = Callable[..., Client]


def text(client: Client, place: str, query: dict[str, str] | None = None) -> str:
    return client.get(place, query or {}).content.decode()


@pytest.fixture
def world(unit: Make, person: MakePerson, decide: Decide) -> dict[str, Decision]:
    """Two boards; a post opened and ended in the first, a post in the second, an old paper without items."""
    here, there = unit("P"), unit("Q")
    who, other = person("HS1"), person("HS2")
    post = {"unit": "P", "title": "Trưởng phòng"}
    return {
        "named": decide(
            "12-QĐ/TU",
            D(2024, 1, 5),
            Item("bo_nhiem", who.pk, post),
            abstract="bổ nhiệm cán bộ",
            custodian=here.code,
            signer="Đỗ Văn Ký",
            signer_post="Bí thư",
            on_behalf="T/M Ban Thường vụ",
        ),
        "ended": decide("40-QĐ/TU", D(2024, 9, 1), Item("mien_nhiem", who.pk), custodian=here.code),
        "other": decide(
            "7/QĐ-SNV",
            D(2024, 2, 2),
            Item("bo_nhiem", other.pk, {"unit": "Q", "title": "Giám đốc"}),
            issuer="Sở Nội vụ",
            abstract="Bổ nhiệm giám đốc",
            custodian=there.code,
        ),
        "old": decide("88-QĐ/TU", D(2019, 5, 5), abstract="Về việc lập hồ sơ", custodian=here.code),
    }


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ({}, ["40-QĐ/TU", "7/QĐ-SNV", "12-QĐ/TU", "88-QĐ/TU"]),
        ({"q": "bo nhiem"}, ["7/QĐ-SNV", "12-QĐ/TU"]),
        ({"q": "BỔ NHIỆM giám"}, ["7/QĐ-SNV"]),
        ({"q": "so noi vu"}, ["7/QĐ-SNV"]),
        ({"q": "40-qd"}, ["40-QĐ/TU"]),
        ({"q": "tinh uy ho so"}, ["88-QĐ/TU"]),
        ({"co_quan": "noi vu"}, ["7/QĐ-SNV"]),
        ({"hanh_vi": "mien_nhiem"}, ["40-QĐ/TU"]),
        ({"tu": "01/02/2024", "den": "30/06/2024"}, ["7/QĐ-SNV"]),
        ({"mo": "khong"}, ["40-QĐ/TU", "88-QĐ/TU"]),
        ({"huy": "co"}, []),
        ({"loai": "Quyết định", "q": "khong co gi nhu the"}, []),
    ],
)
def test_the_list_is_searched_and_narrowed(
    query: dict[str, str], numbers: list[str], world: dict[str, Decision], sign_in: SignIn
) -> None:
    client = sign_in("chuyen_vien")
    book = client.get(reverse("decisions_list"), {**query, "xuat": "xlsx"})
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(book.streaming_content))).worksheets[0]
    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == numbers
    assert AuditEntry.objects.filter(verb="decisions.list.take", data__rows=len(numbers)).exists()
    shown = text(client, reverse("decisions_list"), query)
    for decision in world.values():
        assert (f">{decision.number}<" in shown) == (decision.number in numbers)


def test_the_list_speaks_of_the_viewing_day(world: dict[str, Decision], sign_in: SignIn) -> None:
    client = sign_in("chuyen_vien")
    client.post(reverse("day"), {"ngay": "31/03/2024"})
    shown = text(client, reverse("decisions_list"))
    assert "40-QĐ/TU" not in shown
    assert "12-QĐ/TU" in shown
    assert "Ghi quyết định" not in shown


def test_the_page_reads_as_the_paper(world: dict[str, Decision], sign_in: SignIn) -> None:
    client = sign_in("chuyen_vien")
    named = text(client, reverse("decision", args=[world["named"].pk]))
    for words in (
        "ĐẢNG CỘNG SẢN VIỆT NAM",
        "Bổ nhiệm đồng chí Nguyễn Thị HS1, chức vụ Trưởng phòng, Đơn vị P.",
        "Đã mở",
        "từ 05/01/2024 đến 31/08/2024",
        "Đỗ Văn Ký",
        "T/M Ban Thường vụ",
        "kiểm thử (dòng lệnh)",
        "ghi trực tiếp",
    ):
        assert words in named, words
    ended = text(client, reverse("decision", args=[world["ended"].pk]))
    assert "Đã kết thúc" in ended
    assert "Đã mở" not in ended
    other = text(client, reverse("decision", args=[world["other"].pk]))
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in other
    assert "Bổ nhiệm ông (bà) Nguyễn Thị HS2" in other
    assert "không mở, không kết thúc" in text(client, reverse("decision", args=[world["old"].pk]))


def test_the_files_are_real(world: dict[str, Decision], sign_in: SignIn) -> None:
    client = sign_in("chuyen_vien")
    word = client.get(reverse("decision_file", args=[world["named"].pk, "docx"]))
    with zipfile.ZipFile(io.BytesIO(word.content)) as book:
        body = book.read("word/document.xml").decode()
    for words in ("ĐẢNG CỘNG SẢN VIỆT NAM", "Số 12-QĐ/TU", "BAN THƯỜNG VỤ", "Nguyễn Thị HS1", "Đỗ"):
        assert words in body, words
    pdf = client.get(reverse("decision_file", args=[world["other"].pk, "pdf"]))
    assert pdf.content.startswith(b"%PDF")
    assert 'filename="' in pdf.headers["Content-Disposition"]
    assert client.get(reverse("decision_file", args=[world["named"].pk, "exe"])).status_code == 404


def test_a_board_sees_what_it_keeps_and_what_touched_it(
    world: dict[str, Decision], unit: Make, person: MakePerson, decide: Decide, sign_in: SignIn
) -> None:
    here = Unit.objects.get(code="P")
    strange = decide(
        "9-QĐ/TW",
        D(2025, 1, 1),
        Item("bo_nhiem", person("HS3").pk, {"unit": "P", "title": "Phó phòng"}),
        Item("bo_nhiem", person("HS4").pk, {"unit": "Q", "title": "Phó phòng"}),
    )
    client = sign_in("nguoi_xem", here)
    shown = text(client, reverse("decisions_list"))
    assert "12-QĐ/TU" in shown
    assert "9-QĐ/TW" in shown
    assert "7/QĐ-SNV" not in shown
    assert client.get(reverse("decision", args=[world["other"].pk])).status_code == 404
    page = text(client, reverse("decision", args=[strange.pk]))
    assert "HS3" in page
    assert not re.search(r"\bHS4\b", page)  # the token of a form may hold any letters
    assert "chỉ hiện phần về người và đơn vị trong phạm vi" in page
    word = client.get(reverse("decision_file", args=[strange.pk, "docx"]))
    with zipfile.ZipFile(io.BytesIO(word.content)) as book:
        assert "HS4" not in book.read("word/document.xml").decode()


def test_annulling_says_what_comes_back_and_does_it(
    world: dict[str, Decision], sign_in: SignIn, decide: Decide
) -> None:
    client = sign_in("chuyen_vien")
    blocked = text(client, reverse("decision_annul", args=[world["named"].pk]))
    assert "Chưa hủy được vì" in blocked
    assert "Hủy quyết định 40-QĐ/TU ngày 01/09/2024 trước." in blocked
    place = reverse("decision_annul", args=[world["ended"].pk])
    assert "Mở lại như trước" in text(client, place)
    assert "Chỗ này chưa ghi" in client.post(place, {"on": "01/10/2024", "reason": ""}).content.decode()
    early = client.post(place, {"on": "01/01/2020", "reason": "Ghi nhầm"}).content.decode()
    assert "Ngày hủy trước ngày ban hành" in early
    unknown = client.post(place, {"on": "01/10/2024", "reason": "Ghi nhầm", "by": "500-QĐ/TU"}).content.decode()
    assert "Không thấy quyết định số 500-QĐ/TU" in unknown
    by = decide("50-QĐ/TU", D(2024, 9, 30))
    answer = client.post(place, {"on": "01/10/2024", "reason": "Ghi nhầm người", "by": "50-qđ/tu"})
    assert answer.headers["Location"] == reverse("decision", args=[world["ended"].pk])
    page = text(client, answer.headers["Location"])
    assert "Đã hủy ngày 01/10/2024" in page
    assert "Ghi nhầm người" in page
    assert "50-QĐ/TU ngày 30/09/2024" in page
    assert Assignment.objects.standing().get(person__code="HS1").last_day is None
    assert "40-QĐ/TU" in text(client, reverse("decision", args=[by.pk]))
    assert "đã bị hủy" in text(client, place)


def test_reading_alone_neither_annuls_nor_writes(world: dict[str, Decision], sign_in: SignIn) -> None:
    client = sign_in("nguoi_xem")
    page = text(client, reverse("decision", args=[world["named"].pk]))
    assert "Hủy quyết định" not in page
    assert client.post(reverse("decision_annul", args=[world["named"].pk]), {"reason": "x"}).status_code == 403


def test_pages_ask_the_database_little(
    world: dict[str, Decision], sign_in: SignIn, unit: Make, person: MakePerson, decide: Decide
) -> None:
    client = sign_in("chuyen_vien", Unit.objects.get(code="P"))
    items = [Item("bo_nhiem", person(f"N{n}").pk, {"unit": "P", "title": f"Chuyên viên {n}"}) for n in range(12)]
    many = decide("99-QĐ/TU", D(2025, 2, 2), *items, custodian="P")
    client.get(reverse("decisions_list"))
    for place, most in ((reverse("decisions_list"), 14), (reverse("decision", args=[many.pk]), 16)):
        with CaptureQueriesContext(
            connection,
        ) as seen:
            client.get(place)
        assert len(seen) <= most, [q["sql"][:140] for q in seen]
