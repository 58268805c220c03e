"""Pages of figures and reports, asked as a browser asks."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from canbo.facts.access.models import Grant
from canbo.foundation.accounts.models import User
from canbo.readers.reports.models import Issue, ReportDraft
from canbo.readers.reports.statistics import shapes

from . import world as w


@pytest.fixture
def year(province):
    for number in range(3):
        who = w.person(f"Lê Văn {number}", religion="Phật giáo")
        w.stay(who, province.a1, "2021-03-15", entry="ket_nap", admitted="2021-03-10", official=None)
    w.target(province.top, "KN01", "2021", 2)
    return province


def sign_in(client, role, unit):
    user = User.objects.create_user(username=f"{role}-{unit.code}", display_name="Trần Thị Ban")
    Grant.objects.create(user=user, role=role, unit=unit, in_force=(w.START, None), since=w.START)
    client.force_login(user)
    return client


@pytest.fixture
def chief(client, year):
    return sign_in(client, "lanh_dao", year.top)


def page(client, address, status=200, **query):
    answer = client.get(address, query)
    assert answer.status_code == status, answer.content[:400]
    return answer.content.decode()


def test_the_catalogue_and_a_figure_open_their_rows(chief):
    text = page(chief, reverse("indicators"), don_vi="T", ky="2021")
    assert "Kết nạp đảng viên" in text
    assert "150,0%" in text
    opened = page(chief, reverse("indicator", args=["KN01"]), don_vi="T", ky="2021", theo="unit")
    assert "Lê Văn 2" in opened
    assert "Kết nạp lần đầu trong kỳ" in opened
    part = page(chief, reverse("indicator", args=["KN01"]), don_vi="T", ky="2021", nhom="unit=B")
    assert "Không có dòng nào" in part
    for code in ("DV04", "KN02", "DV16", "DV08"):
        page(chief, reverse("indicator", args=[code]), don_vi="T", ky="2021")


def test_a_figure_opens_beside_the_report_as_a_fragment(chief):
    address = reverse("indicator", args=["KN01"])
    answer = chief.get(address, {"don_vi": "T", "ky": "2021"}, headers={"HX-Request": "true", "HX-Target": "ben"})
    assert answer.status_code == 200
    assert "<html" not in answer.content.decode()


def test_a_report_is_written_issued_and_compared(chief):
    address = reverse("report", args=["tong-ket-nam"])
    text = page(chief, address, don_vi="T", ky="2021")
    figure = re.search(r'<a class="open" href="([^"]+KN01[^"]+)"', text)
    assert figure
    assert chief.get(figure[1].replace("&amp;", "&")).status_code == 200
    assert "nháp" in text
    place = {"don_vi": "T", "ky": "2021", "cho": "nhiem-vu"}
    assert "<textarea" in page(chief, address, don_vi="T", ky="2021", soan="nhiem-vu")
    chief.post(reverse("report_words", args=["tong-ket-nam"]), {**place, "loi": "Việc một\nViệc <hai>"})
    assert ReportDraft.objects.get().texts == {"nhiem-vu": "Việc một\nViệc <hai>"}
    assert "Việc &lt;hai&gt;" in page(chief, address, don_vi="T", ky="2021")
    sent = {"don_vi": "T", "ky": "2021", "ngay": "06/01/2022", "so": "12"}
    answer = chief.post(reverse("report_issue", args=["tong-ket-nam"]), sent, follow=True)
    assert "đã phát hành" in answer.content.decode()
    made = Issue.objects.get()
    w.stay(w.person("Lê Văn Thêm"), w.Unit.objects.get(code="A1"), "2021-04-15", entry="ket_nap", admitted="2021-04-10")
    later = page(chief, reverse("issue", args=[made.pk]))
    assert "có thay đổi sau phát hành" in later
    assert "report__changed" in later
    assert chief.get(reverse("issue_file", args=[made.pk, "pdf"])).content == bytes(made.pdf)
    for ending in ("docx", "xlsx", "json"):
        assert chief.get(reverse("issue_file", args=[made.pk, ending])).status_code == 200
        assert chief.get(reverse("report_file", args=["dang-vien", ending]), sent).status_code == 200


@pytest.mark.parametrize("code", list(shapes()))
def test_forms_are_shown_and_taken(chief, code):
    assert "Tiêu chí" in page(chief, reverse("statistical_form", args=[code]), don_vi="T", ky="2021")
    taken = chief.get(reverse("statistical_form_file", args=[code, "xlsx"]), {"don_vi": "T", "ky": "2021"})
    assert taken.content.startswith(b"PK")


def test_what_cannot_be_asked_is_said_on_the_page(chief):
    assert "không đọc được" in page(chief, reverse("indicators"), 422, don_vi="T", ky="năm ngoái")
    assert "Không có chỉ tiêu" in page(chief, reverse("indicator", args=["ZZ99"]), 422, don_vi="T", ky="2021")
    assert "Không có loại báo cáo" in page(chief, reverse("report", args=["khac"]), 422, don_vi="T", ky="2021")
    page(chief, reverse("report_file", args=["dang-vien", "exe"]), 422, don_vi="T", ky="2021")


def test_outsiders_and_strangers_see_nothing(client, year):
    mine = sign_in(client, "lanh_dao", year.b)
    for address in (
        reverse("indicators"),
        reverse("indicator", args=["DV01"]),
        reverse("report", args=["dang-vien"]),
        reverse("report_file", args=["dang-vien", "docx"]),
        reverse("statistical_form", args=["1-BTCTW"]),
    ):
        page(mine, address, 404, don_vi="T", ky="2021")
        assert mine.get(address, {"don_vi": "B", "ky": "2021"}).status_code == 200
    sent = {"don_vi": "T", "ky": "2021", "cho": "nhan-xet", "loi": "x"}
    assert mine.post(reverse("report_words", args=["dang-vien"]), sent).status_code == 404
    assert mine.post(reverse("report_issue", args=["dang-vien"]), sent).status_code == 404
    assert not Issue.objects.exists()
    client.logout()
    assert client.get(reverse("indicators")).status_code in (302, 403)


def test_who_may_not_see_religion_sees_the_sum_alone(client, year):
    reader = sign_in(client, "nguoi_xem", year.top)
    text = page(reader, reverse("indicator", args=["DV06"]), don_vi="T", ky="2021")
    assert "chỉ mở cho người được xem phần hạn chế" in text
    assert "Lê Văn 1" not in text


def test_the_board_shows_main_figures_and_the_rest_when_opened(chief):
    text = page(chief, reverse("indicators"), don_vi="T", ky="2021")
    assert text.count("board__card") == 10
    assert "Tuổi đảng bình quân" not in text
    assert "Tuổi đảng bình quân" in page(chief, reverse("indicators"), don_vi="T", ky="2021", chu_de="DV")
    answer = chief.get(reverse("indicators") + "?don_vi=T&ky=2021&chu_de=DV", headers={"HX-Request": "true"})
    assert "board__card" not in answer.content.decode()


def test_a_unit_is_found_by_its_name_without_diacritics(chief, year):
    w.Unit.objects.filter(pk=year.a.pk).update(name="Đảng bộ Hòa", search_text="dang bo hoa")
    text = page(chief, reverse("report_units"), tim="hoa", ky="2021", ve="//evil.example/")
    assert "/bao-cao/?don_vi=A&amp;ky=2021" in text
    assert 'href="//evil' not in text
    assert "Không có đơn vị nào" in page(chief, reverse("report_units"), tim="khong co", ky="2021")


def test_a_unit_stands_beside_its_neighbours(chief):
    text = page(chief, reverse("indicator", args=["KN01"]), don_vi="A", ky="2021")
    assert "Đứng thứ 1 trong 2 đơn vị cùng cấp" in text
    assert "cùng cấp" not in page(chief, reverse("indicator", args=["KN01"]), don_vi="T", ky="2021")


def test_the_issue_form_is_filled_as_the_last_issue(chief):
    address = reverse("report", args=["dang-vien"])
    sent = {"don_vi": "T", "ky": "2021", "ngay": "06/01/2022", "signer": "Lê Thị Hoa", "issuer_code": "BTCTU"}
    chief.post(reverse("report_issue", args=["dang-vien"]), sent)
    assert Issue.objects.get().head["signer"] == "Lê Thị Hoa"
    text = page(chief, address, don_vi="T", ky="2021")
    assert 'value="Lê Thị Hoa"' in text
    assert "BC/BTCTU" in text
    wrong = chief.post(reverse("report_issue", args=["dang-vien"]), {**sent, "ngay": "31/02/2022"})
    assert wrong.status_code == 422
