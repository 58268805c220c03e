"""Writing a decision at the screen: from the act to the record, with every refusal beside its field."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from canbo.facts.decisions.acts import Item
from canbo.facts.decisions.models import Decision, Draft
from canbo.facts.organisation.models import Unit
from canbo.facts.party.models import Membership
from canbo.facts.people.models import Award, Person
from canbo.facts.staffing.models import Assignment

D = dt.date
Make = Callable[..., Unit]
MakePerson = Callable[..., Person]
Decide = Callable[..., Decision]
SignIn = Callable[..., Client]
HEAD = {"number": "15-QĐ/TU", "issued_on": "10/03/2024", "issuer": "Tỉnh ủy Mẫu", "doc_type": "Quyết định"}
HEAD |= {"abstract": "về công tác cán bộ", "signer": "Đỗ Văn Ký"}


def begin(client: Client, act: str) -> str:
    """Chooses an act; the address of the draft it begins."""
    return str(client.post(reverse("decision_new"), {"hanh_vi": act}).headers["Location"])


def form(*blocks: tuple[str, list[dict[str, str]]], **head: str) -> dict[str, Any]:
    """What the browser posts for some grids."""
    values: dict[str, Any] = {**HEAD, **head, "khoi": [act for act, _ in blocks]}
    for number, (_, rows) in enumerate(blocks):
        values[f"k{number}-TOTAL_FORMS"] = str(len(rows) + 2)
        for index, row in enumerate(rows):
            values |= {f"k{number}-{index}-{name}": text for name, text in row.items()}
    return values


def send(client: Client, place: str, wish: str, *blocks: tuple[str, list[dict[str, str]]], **head: str) -> Any:
    return client.post(place, {**form(*blocks, **head), "lam": wish})


def refusals(page: str, name: str) -> str:
    """The words beside one field."""
    found = re.search(rf'<div class="refusals" id="id_{name}_error">(.*?)</div>', page, re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", found[1]).split()) if found else ""


@pytest.fixture
def people(unit: Make, person: MakePerson) -> dict[str, Person]:
    unit("P")
    unit("Q")
    unit("CB", kind="chi bộ", shelf="dang")
    return {code: person(code) for code in ("HS1", "HS2", "HS3")}


@pytest.mark.usefixtures("people")
def test_appoint_transfer_relieve_admit_award(sign_in: SignIn) -> None:
    client = sign_in("chuyen_vien")
    place = begin(client, "bo_nhiem")
    rows = [{"subject": "HS1", "unit": "P", "title": "Trưởng phòng", "term_until": "10/03/2029"}]
    rows.append({"subject": "nguyen thi hs2", "unit": "Đơn vị P", "title": "Phó phòng"})
    seen = send(client, place, "xem", ("bo_nhiem", rows)).content.decode()
    assert "mở chức vụ Trưởng phòng tại Đơn vị P từ ngày 10/03/2024, thời hạn đến 10/03/2029" in seen
    assert "đủ để ghi" in seen
    assert not Assignment.objects.exists()
    answer = send(client, place, "ghi", ("bo_nhiem", rows))
    decision = Decision.objects.get()
    assert answer.headers["Location"] == reverse("decision", args=[decision.pk])
    assert "Đã ghi quyết định số 15-QĐ/TU" in client.get(answer.headers["Location"]).content.decode()
    assert not Draft.objects.exists()
    assert Assignment.objects.count() == 2
    assert (decision.recorded_by, decision.signer) == ("Lê Thị Thử", "Đỗ Văn Ký")

    later = {"number": "16-QĐ/TU", "issued_on": "01/06/2024"}
    moved = [{"subject": "HS1", "unit": "Q", "title": "Giám đốc"}]
    place = begin(client, "dieu_dong")
    seen = send(client, place, "xem", ("dieu_dong", moved), **later).content.decode()
    assert "đóng chức vụ Trưởng phòng tại Đơn vị P, ngày cuối 31/05/2024; mở chức vụ Giám đốc tại Đơn vị Q" in seen
    send(client, place, "ghi", ("dieu_dong", moved), **later)
    held = Assignment.objects.filter(person__code="HS1").order_by("in_force")
    assert [(row.unit.code, row.last_day) for row in held] == [("P", D(2024, 5, 31)), ("Q", None)]

    both = [("mien_nhiem", [{"subject": "HS1"}]), ("bo_nhiem", [{"subject": "HS1", "unit": "P", "title": "Chánh VP"}])]
    place = begin(client, "mien_nhiem")
    send(client, place, "ghi", *both, number="17-QĐ/TU", issued_on="01/07/2024")
    assert Assignment.objects.filter(person__code="HS1", in_force__endswith=None).get().title == "Chánh VP"

    place = begin(client, "ket_nap")
    cell = [{"subject": "HS3", "unit": "CB", "ceremony_on": "20/07/2024"}]
    send(client, place, "ghi", ("ket_nap", cell), number="18-QĐ/TU", issued_on="15/07/2024")
    assert Membership.objects.get().first_day == D(2024, 7, 20)

    place = begin(client, "khen_thuong")
    award = [{"subject": "HS3", "form": "Giấy khen"}]
    send(client, place, "ghi", ("khen_thuong", award), number="19-QĐ/TU", issued_on="20/12/2024")
    assert Award.objects.get().form == "Giấy khen"
    assert not Draft.objects.exists()


@pytest.mark.usefixtures("people")
def test_every_refusal_stands_beside_its_field(sign_in: SignIn, unit: Make, person: MakePerson) -> None:
    person("HS9", full_name="Nguyễn Thị HS1")
    unit("X", on=D(2030, 1, 1))
    client = sign_in("chuyen_vien")
    place = begin(client, "bo_nhiem")
    rows = [
        {"subject": "Nguyễn Thị HS1", "unit": "P", "title": "Trưởng phòng"},
        {"subject": "ai đó", "unit": "P", "title": "Trưởng phòng"},
        {"unit": "P", "title": "Trưởng phòng"},
        {"subject": "HS2", "unit": "KHÔNG", "title": "Phó phòng"},
    ]
    answer = send(client, place, "ghi", ("bo_nhiem", rows))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Có 2 người tên “Nguyễn Thị HS1”: HS1; HS9. Ghi mã thay cho tên." in refusals(page, "k0-0-subject")
    assert "Không có người nào mã hoặc tên “ai đó”" in refusals(page, "k0-1-subject")
    assert "Thiếu người được quyết định" in refusals(page, "k0-2-subject")
    assert "Có 4 chỗ cần sửa trước khi ghi" in page
    assert '<a href="#id_k0-3-unit">Dòng 4, Đơn vị</a>' in page
    assert "Không có đơn vị nào mã hoặc tên “KHÔNG”" in refusals(page, "k0-3-unit")

    rows = [
        {"subject": "HS1", "unit": "P"},
        {"subject": "HS2", "unit": "X", "title": "Phó phòng", "term_until": "31/02/2025"},
        {"subject": "HS3", "unit": "X", "title": "Phó phòng", "term_until": "01/01/2020"},
    ]
    page = send(client, place, "ghi", ("bo_nhiem", rows)).content.decode()
    assert "Thiếu chức vụ" in refusals(page, "k0-0-title")
    assert "31/02/2025 không phải là ngày có thật" in refusals(page, "k0-1-term_until")
    assert refusals(page, "k0-2-unit")
    assert refusals(page, "k0-2-term_until")
    assert 'value="31/02/2025"' in page
    assert not Decision.objects.exists()


@pytest.mark.usefixtures("people")
def test_the_head_is_refused_beside_its_fields(sign_in: SignIn, decide: Decide) -> None:
    decide("15-QĐ/TU", D(2024, 1, 5))
    client = sign_in("chuyen_vien")
    place = begin(client, "bo_nhiem")
    row = ("bo_nhiem", [{"subject": "HS1", "unit": "P", "title": "Trưởng phòng"}])
    page = send(client, place, "ghi", row).content.decode()
    assert "Số 15-QĐ/TU đã dùng" in refusals(page, "number")
    assert "Căn cứ: 36-HD/VPTW" in refusals(page, "number")
    page = send(client, place, "ghi", row, abstract="TỐI MẬT về nhân sự", number="16-QĐ/TU").content.decode()
    assert "bí mật nhà nước" in refusals(page, "abstract")
    page = send(client, place, "ghi", row, number="", issuer="").content.decode()
    assert "Thiếu số ký hiệu" in refusals(page, "number")
    assert "Thiếu cơ quan ban hành" in refusals(page, "issuer")
    page = send(client, place, "ghi", row, issued_on="").content.decode()
    assert "Thiếu ngày ban hành" in refusals(page, "issued_on")
    page = send(client, place, "ghi", row, issued_on="30/02/2024").content.decode()
    assert "30/02/2024 không phải là ngày" in refusals(page, "issued_on")
    page = send(client, place, "ghi", ("bo_nhiem", [])).content.decode()
    assert "chưa có điều nào" in page
    assert Decision.objects.count() == 1


def test_nobody_decides_about_herself(sign_in: SignIn, people: dict[str, Person]) -> None:
    client = sign_in("chuyen_vien", me=people["HS1"])
    place = begin(client, "bo_nhiem")
    rows = [{"subject": code, "unit": "P", "title": f"Chuyên viên {code}"} for code in ("HS2", "HS1")]
    seen = send(client, place, "xem", ("bo_nhiem", rows)).content.decode()
    assert "Không tự ghi quyết định về chính mình" in refusals(seen, "k0-1-subject")
    page = send(client, place, "ghi", ("bo_nhiem", rows)).content.decode()
    assert "Không tự ghi quyết định về chính mình" in refusals(page, "k0-1-subject")
    assert not refusals(page, "k0-0-subject")
    assert not Decision.objects.exists()


@pytest.mark.usefixtures("people")
def test_the_draft_keeps_itself_for_its_writer_alone(sign_in: SignIn) -> None:
    client = sign_in("chuyen_vien")
    place = begin(client, "bo_nhiem")
    pk = Draft.objects.get().pk
    rows = [{"subject": "HS1", "unit": "P", "title": "Trưởng phòng"}, {}, {"subject": "HS2", "unit": "Q"}]
    live = client.post(reverse("draft_keep", args=[pk]), form(("bo_nhiem", rows), issued_on="")).content.decode()
    assert "Đã lưu dự thảo lúc" in live
    assert "tính như ban hành hôm nay" in live
    assert "mở chức vụ Trưởng phòng tại Đơn vị P" in live
    assert "Dòng 2: Thiếu chức vụ." in live
    assert "<html" not in live
    again = client.get(place).content.decode()
    for words in ('value="HS1"', 'value="Trưởng phòng"', 'id="id_k0-2-subject"', "về công tác cán bộ"):
        assert words in again, words
    shelf = client.get(reverse("drafts_list")).content.decode()
    assert "về công tác cán bộ" in shelf
    other = sign_in("chuyen_vien", name="nguoi-khac")
    assert "về công tác cán bộ" not in other.get(reverse("drafts_list")).content.decode()
    for name in ("draft", "draft_file"):
        assert other.get(reverse(name, args=[pk])).status_code == 404
    for name in ("draft", "draft_keep", "draft_discard"):
        assert other.post(reverse(name, args=[pk]), form(("bo_nhiem", []))).status_code == 404
    assert "HS1" in str(Draft.objects.get().content)
    client.post(reverse("draft_discard", args=[pk]))
    assert not Draft.objects.exists()


@pytest.mark.usefixtures("people")
def test_acts_are_added_and_taken_away(sign_in: SignIn) -> None:
    client = sign_in("chuyen_vien")
    place = begin(client, "bo_nhiem")
    row = {"subject": "HS1", "unit": "P", "title": "Trưởng phòng"}
    client.post(place, {**form(("bo_nhiem", [row])), "lam": "them", "them_hanh_vi": "mien_nhiem"})
    page = client.get(place).content.decode()
    assert page.count('name="khoi"') == 2
    assert 'id="id_k1-0-subject"' in page
    send(client, place, "bo:0", ("bo_nhiem", [row]), ("mien_nhiem", []))
    page = client.get(place).content.decode()
    assert page.count('name="khoi"') == 1
    assert not re.search(r"\bHS1\b", page)  # the token of a form may hold any letters


@pytest.mark.usefixtures("people")
def test_the_paper_before_the_number_is_given(sign_in: SignIn) -> None:
    client = sign_in("chuyen_vien")
    place = begin(client, "bo_nhiem")
    rows = [{"subject": "HS1", "unit": "P", "title": "Trưởng phòng"}]
    send(client, place, "xem", ("bo_nhiem", rows), number="-QĐ/TU", issued_on="")
    answer = client.get(reverse("draft_file", args=[Draft.objects.get().pk]))
    with zipfile.ZipFile(io.BytesIO(answer.content)) as book:
        body = re.sub(r"<[^>]+>", "", book.read("word/document.xml").decode()).replace("\xa0", " ")
    for words in ("Số ..-QĐ/TU", "ngày … tháng … năm …", "đồng chí Nguyễn Thị HS1", "TỈNH ỦY MẪU"):
        assert words in body, words


def test_only_in_scope_and_only_with_permission(
    sign_in: SignIn, unit: Make, people: dict[str, Person], decide: Decide
) -> None:
    decide("1-QĐ/TU", D(2023, 1, 5), Item("bo_nhiem", people["HS1"].pk, {"unit": "P", "title": "Phó phòng"}))
    decide("2-QĐ/TU", D(2023, 1, 5), Item("bo_nhiem", people["HS2"].pk, {"unit": "Q", "title": "Phó phòng"}))
    client = sign_in("chuyen_vien", Unit.objects.get(code="P"))
    place = begin(client, "mien_nhiem")
    page = send(client, place, "ghi", ("mien_nhiem", [{"subject": "HS2"}]), custodian="P").content.decode()
    assert "Không có người nào mã hoặc tên “HS2” trong phạm vi của bạn" in refusals(page, "k0-0-subject")
    found = client.get(reverse("decision_lookup"), {"loai": "person", "q": "nguyen thi"}).json()["rows"]
    assert found == [{"value": "HS1", "label": "Nguyễn Thị HS1, Đơn vị P"}]
    assert client.get(reverse("decision_lookup"), {"loai": "unit", "q": "don vi q"}).json()["rows"] == []
    send(client, place, "ghi", ("mien_nhiem", [{"subject": "HS1"}]), custodian="P")
    assert Decision.objects.get(number="15-QĐ/TU").custodian == "P"
    reader = sign_in("nguoi_xem", name="xem")
    for name in ("decision_new", "drafts_list", "decision_lookup"):
        assert reader.get(reverse(name)).status_code == 403


@pytest.mark.usefixtures("people")
def test_writing_is_off_on_another_day(sign_in: SignIn) -> None:
    client = sign_in("chuyen_vien")
    place = begin(client, "bo_nhiem")
    client.post(reverse("day"), {"ngay": "30/06/2021"})
    row = ("bo_nhiem", [{"subject": "HS1", "unit": "P", "title": "Trưởng phòng"}])
    assert send(client, place, "ghi", row).status_code == 409
    assert "không ghi được" in client.get(place).content.decode()
    assert "không ghi được" in client.get(reverse("decision_new")).content.decode()
    assert not Decision.objects.exists()
