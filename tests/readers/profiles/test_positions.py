"""Pages of job positions: lists, bodies, a body, a position, its papers; writing, step by step."""

from __future__ import annotations

import datetime as dt
import io

import docx
import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from canbo.facts.staffing.models import (
    DescriptionDraft,
    JobPosition,
    Placement,
    PositionDescription,
    PositionListDraft,
)
from canbo.foundation.kernel.clock import today

from .conftest import Enter
from .posts_world import SINCE, Board, board, placed, position


@pytest.fixture
def ban(db: None) -> Board:
    return board()


def text(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def of(code: str) -> int:
    return JobPosition.objects.get(code=code).pk


def test_the_list_says_what_is_vacant_and_what_is_not(ban: Board, enter: Enter) -> None:
    client = enter()
    assert "khuyết 2" in text(client, "/vi-tri-viec-lam/")
    for choice, codes in {
        "khuyet": {"LD02", "DC01", "HT01"}, "trong": {"DC01", "HT01"}, "du": {"LD01"}, "vuot": {"CM01"},
        "chua_mo_ta": {"LD01", "LD02", "DC01", "HT01"},
    }.items():  # fmt: skip
        page = client.get(f"/vi-tri-viec-lam/?tinh_trang={choice}&xuat=xlsx")
        sheet = openpyxl.load_workbook(io.BytesIO(b"".join(page.streaming_content) if page.streaming else page.content))
        cells = [str(cell.value) for row in sheet.active.iter_rows() for cell in row]
        assert {c for c in cells if c[:2] in {"LD", "CM", "DC", "HT"} and c[2:].isdigit()} == codes, choice
    assert "Văn thư, lưu trữ" not in text(client, "/vi-tri-viec-lam/?nhom=lanh_dao")
    assert "Văn thư, lưu trữ" in text(client, "/vi-tri-viec-lam/?q=van thu ban to chuc")


def test_before_the_list_was_approved_there_is_none(ban: Board, enter: Enter) -> None:
    assert "Chưa có vị trí việc làm nào vào ngày này" in text(enter(day=dt.date(2026, 2, 1)), "/vi-tri-viec-lam/")


def test_bodies_without_a_list_are_named_with_the_day_it_was_due(ban: Board, enter: Enter) -> None:
    client = enter()
    every = text(client, "/vi-tri-viec-lam/co-quan/")
    assert "01/07/2026" in every
    assert "361/2025/NĐ-CP" in every
    late = text(client, "/vi-tri-viec-lam/co-quan/?tinh_trang=chua")
    assert "Ban Tuyên giáo và Dân vận Tỉnh ủy" in late
    assert "Ban Tổ chức Tỉnh ủy" not in late
    assert "quá hạn, chưa phê duyệt" in text(client, "/vi-tri-viec-lam/co-quan/BTG/")


def test_a_body_shows_groups_ranks_and_whom_to_look_at(ban: Board, enter: Enter) -> None:
    page = text(enter(), "/vi-tri-viec-lam/co-quan/BTC/")
    assert "1 người có ngạch thấp hơn ngạch tối thiểu" in page
    assert "Vũ Văn Dũng" in page
    assert "80/2025/QH15" in page
    assert "vượt số lượng" in page
    assert "40,0%" in page, "two of five positions lead"
    placed(ban.people[5], ban.unit, "XX99")
    assert "không có trong danh mục này" in text(enter("lanh_dao"), "/vi-tri-viec-lam/co-quan/BTC/")


def test_a_body_costs_the_same_however_many_positions(ban: Board, enter: Enter) -> None:
    client = enter()
    with CaptureQueriesContext(
        connection,
    ) as few:
        text(client, "/vi-tri-viec-lam/co-quan/BTC/")
    for n in range(40):
        position(ban.unit, f"Z{n:02d}", f"Vị trí {n}", "chuyen_mon")
        placed(ban.people[n % 6], ban.unit, f"Z{n:02d}", concurrent=True)
    with CaptureQueriesContext(connection) as many:
        text(client, "/vi-tri-viec-lam/co-quan/BTC/")
    assert len(many) <= len(few)
    with CaptureQueriesContext(connection) as listed:
        text(client, "/vi-tri-viec-lam/")
    assert len(listed) < 30


def test_a_position_says_what_it_is_for(ban: Board, enter: Enter) -> None:
    page = text(enter(), f"/vi-tri-viec-lam/{of('CM01')}/")
    for words in ("Tham mưu, tổng hợp", "Khung năng lực", "Nhóm năng lực quản lý", "vượt số lượng", "15-QĐ/TU"):
        assert words in page
    assert "Chưa có bản mô tả" in text(enter("lanh_dao"), f"/vi-tri-viec-lam/{of('LD01')}/")
    assert enter("nguoi_xem").get("/vi-tri-viec-lam/999999/").status_code == 404


def test_the_unit_and_the_person_show_them(ban: Board, enter: Enter) -> None:
    client = enter()
    assert "Vị trí việc làm" in text(client, "/don-vi/BTC/")
    page = text(client, f"/con-nguoi/{ban.people[2].code}/")
    assert "Chuyên viên về tổ chức đảng, đảng viên" in page


def test_papers_hold_the_form_and_the_whole_list(ban: Board, enter: Enter) -> None:
    client = enter()
    one = docx.Document(io.BytesIO(client.get(f"/vi-tri-viec-lam/{of('CM01')}/docx/").content))
    words = "\n".join([p.text for p in one.paragraphs] + [c.text for t in one.tables for r in t.rows for c in r.cells])
    for heading in ("1. Mục tiêu vị trí việc làm", "6. Khung năng lực", "Kiểm tra chi bộ theo chương trình năm"):
        assert heading in words
    whole = docx.Document(io.BytesIO(client.get("/vi-tri-viec-lam/co-quan-docx/BTC/").content))
    cells = [c.text for t in whole.tables for r in t.rows for c in r.cells]
    assert "Tổng cộng" in cells
    assert "8" in cells, "eight places"
    assert sum(p.text.startswith("1. Mục tiêu") for p in whole.paragraphs) == 5, "a form for every position"


ROWS = {
    "vt-TOTAL_FORMS": "3", "vt-INITIAL_FORMS": "0",
    "vt-0-code": "LD01", "vt-0-name": "Trưởng ban", "vt-0-group": "Lãnh đạo, quản lý", "vt-0-headcount": "1",
    "vt-1-code": "CM01", "vt-1-name": "Chuyên viên tuyên giáo", "vt-1-group": "Chuyên môn nghiệp vụ",
    "vt-1-min_rank": "chuyên viên", "vt-1-headcount": "2",
}  # fmt: skip


class TestWriting:
    """Soạn, trình, thẩm định, ghi quyết định."""

    URL = "/vi-tri-viec-lam/danh-muc/BTG/"

    def test_a_list_goes_its_way_on_the_page(self, ban: Board, enter: Enter) -> None:
        writer, other = enter(), enter("co_so")
        assert "Chép của đơn vị" in text(writer, self.URL)
        kept = writer.post("/vi-tri-viec-lam/danh-muc-luu/BTG/", {**ROWS, "vt-1-headcount": "hai"})
        assert "không phải là số nguyên" in kept.content.decode()
        wrong = writer.post(self.URL, {**ROWS, "vt-1-headcount": "hai", "lam": "trinh"}).content.decode()
        assert "Có 1 chỗ cần sửa" in wrong
        assert 'value="hai"' in wrong, "what was typed is still there"
        assert writer.post(self.URL, {**ROWS, "lam": "trinh"}).status_code == 302
        assert "không tự thẩm định" in text(writer, self.URL)
        self_made = writer.post(self.URL, {"lam": "dat"}).content.decode()
        assert "Không tự thẩm định danh mục do mình trình" in self_made
        assert "chưa ghi ý kiến" in other.post(self.URL, {"lam": "tra_lai"}).content.decode()
        assert other.post(self.URL, {"lam": "dat", "opinion": "Đúng quy định"}).status_code == 302
        page = text(writer, self.URL)
        assert "Ghi quyết định phê duyệt" in page
        begun = writer.post("/quyet-dinh/moi/", {"hanh_vi": "phe_duyet_vi_tri", "doi_tuong": "BTG"}, follow=True)
        assert "phê duyệt vị trí việc làm" in begun.content.decode()
        assert writer.post(self.URL, {"lam": "rut"}).status_code == 302
        assert PositionListDraft.objects.get().state == "soan"
        assert writer.post(self.URL, {"lam": "bo"}).status_code == 302
        assert not PositionListDraft.objects.exists()

    def test_a_list_is_copied_or_says_from_where_not(self, ban: Board, enter: Enter) -> None:
        client = enter()
        assert (
            "Không có đơn vị mã “KHONG”" in client.post(self.URL, {"lam": "chep", "source": "KHONG"}).content.decode()
        )
        client.post(self.URL, {"lam": "chep", "source": "BTC"})
        assert len(PositionListDraft.objects.get().rows) == 5
        assert 'value="CM01"' in text(client, self.URL)

    def test_the_list_in_force_is_adjusted_from_what_it_is(self, ban: Board, enter: Enter) -> None:
        client = enter()
        client.post("/vi-tri-viec-lam/danh-muc/BTC/", {"lam": "dang_dung"})
        assert [r["code"] for r in PositionListDraft.objects.get().rows] == ["CM01", "DC01", "HT01", "LD01", "LD02"]

    def test_people_are_placed_many_at_once(self, ban: Board, enter: Enter) -> None:
        client, url = enter(), "/vi-tri-viec-lam/bo-tri/BTC/"
        assert "Bùi Văn Sáng" in text(client, url), "who has no position yet"
        sent = {"bt-TOTAL_FORMS": "2", "bt-0-person": ban.people[5].code, "bt-0-position": "DC01", "on": "01/06/2026"}
        refused = client.post(url, {**sent, "bt-1-person": "KHONG", "bt-1-position": "HT01"}).content.decode()
        assert "không có hồ sơ mã “KHONG”" in refused
        assert ban.people[5].code in refused, "the sound line is still there"
        assert "không phải" in client.post(url, {**sent, "on": "31/02/2026"}).content.decode()
        assert client.post(url, sent).status_code == 302
        row = Placement.objects.get(position_code="DC01")
        assert row.since == dt.date(2026, 6, 1)
        client.post(f"/vi-tri-viec-lam/thoi-bo-tri/{row.pk}/", {"lam": "thoi", "on": "01/10/2026"})
        row.refresh_from_db()
        assert row.last_day == dt.date(2026, 9, 30)
        wrong = Placement.objects.get(position_code="LD01")
        client.post(f"/vi-tri-viec-lam/thoi-bo-tri/{wrong.pk}/", {"lam": "huy", "reason": "ghi nhầm người"})
        wrong.refresh_from_db()
        assert wrong.voided_why == "ghi nhầm người"

    def test_a_description_keeps_itself_and_is_put_in_force(self, ban: Board, enter: Enter) -> None:
        client, pk = enter(), of("LD01")
        sent = {
            "purpose": "Lãnh đạo ban", "nv-TOTAL_FORMS": "1", "nv-0-task": "Chỉ đạo", "nv-0-work": "Chỉ đạo chung",
            "nl-TOTAL_FORMS": "1", "nl-0-group": "quan_ly", "nl-0-name": "Ra quyết định", "nl-0-level": "5",
        }  # fmt: skip
        assert "Đã giữ" in client.post(f"/vi-tri-viec-lam/mo-ta-luu/{pk}/", sent).content.decode()
        assert "Lãnh đạo ban" in text(client, f"/vi-tri-viec-lam/mo-ta/{pk}/")
        empty = client.post(f"/vi-tri-viec-lam/mo-ta/{pk}/", {"lam": "ghi"}).content.decode()
        assert "chưa có mục tiêu vị trí" in empty
        early = client.post(f"/vi-tri-viec-lam/mo-ta/{pk}/", {**sent, "lam": "ghi", "on": "01/01/2020"})
        assert "không có vị trí LD01 vào ngày 01/01/2020" in early.content.decode()
        assert client.post(f"/vi-tri-viec-lam/mo-ta/{pk}/", {**sent, "lam": "ghi"}).status_code == 302
        row = PositionDescription.objects.get(position_code="LD01")
        assert (row.since, row.content["competencies"][0]["level"]) == (today(), "5")
        assert not DescriptionDraft.objects.exists()
        assert "Ra quyết định" in text(client, f"/vi-tri-viec-lam/{pk}/")
        client.post(f"/vi-tri-viec-lam/mo-ta-huy/{row.pk}/", {"reason": "viết nhầm vị trí"})
        assert "Chưa có bản mô tả" in text(client, f"/vi-tri-viec-lam/{pk}/")

    def test_who_only_reads_is_offered_nothing_to_write(self, ban: Board, enter: Enter) -> None:
        page = text(enter("nguoi_xem"), "/vi-tri-viec-lam/co-quan/BTC/")
        assert "Điều chỉnh danh mục" not in page
        assert enter("lanh_dao").get(self.URL).status_code == 403
        assert enter("co_so", ban.unit).get(self.URL).status_code == 404
        past = text(enter("chuyen_vien", day=SINCE), "/vi-tri-viec-lam/co-quan/BTC/")
        assert "Điều chỉnh danh mục" not in past, "on another day nothing is written"
