"""Reports say the same figures in every format, and an issue stays as it was."""

from __future__ import annotations

import datetime as dt
import io
import json
import re

import docx
import openpyxl
import pypdfium2
import pytest
from django.db import InternalError, connection, transaction
from django.db.utils import DatabaseError

from canbo.facts.party.models import Membership
from canbo.foundation.audit.models import AuditEntry
from canbo.foundation.kernel.actor import Actor, Reach
from canbo.foundation.kernel.violation import NotPermitted, OutOfScope, Refused
from canbo.readers.reports import actions, drafting, paper, revisions
from canbo.readers.reports.document import Fig, Grid, from_json, runs_of, text_of
from canbo.readers.reports.heads import default_head
from canbo.readers.reports.shapes import shapes

from . import world as w

NOON = dt.datetime(2022, 1, 6, 12, tzinfo=dt.UTC)


@pytest.fixture
def year(province):
    """Seven admissions against a plan of five, badges and courses."""
    for number in range(7):
        who = w.person(f"Lê Văn {number}", sex="nu" if number < 2 else "nam")
        cell = province.a1 if number < 4 else province.b1
        w.stay(who, cell, f"2021-0{number + 1}-15", entry="ket_nap", admitted=f"2021-0{number + 1}-10", official=None)
    old = w.person("Đào Thị Sen", sex="nu", born="1941-01-01")
    w.stay(old, province.a1, "2016-01-01", admitted="1971-01-01")
    w.badge(old, "2021-02-03", 50)
    w.course(old, "2021-04-01", "cao cấp lý luận chính trị", "tập trung")
    w.stay(w.person("Ngô Văn Trước"), province.b1, "2020-05-05", entry="ket_nap", admitted="2020-05-01")
    w.target(province.top, "KN01", "2021", 5)
    w.target(province.a, "KN01", "2021", 3)
    return province


def words(document):
    return ["".join(text_of(run) for run in runs_of(block)) for block in document.all_blocks()]


def test_sentences_hold_plan_and_comparison_where_they_exist(year, clerk):
    said = words(drafting.document(clerk, "tong-ket-nam", "T", "2021"))
    assert (
        "Kết nạp 7 đảng viên, đạt 140,0% kế hoạch (5); tăng 6 đảng viên so với cùng kỳ; "
        "bằng 350,0% tổng số đảng viên đầu kỳ." in said
    )
    assert "Xét tặng 1 Huy hiệu Đảng, gồm: 50 năm tuổi Đảng 1." in said
    below = words(drafting.document(clerk, "tong-ket-nam", "B", "2021"))
    assert "Kết nạp 3 đảng viên; tăng 2 đảng viên so với cùng kỳ; bằng 300,0% tổng số đảng viên đầu kỳ." in below
    assert not any("Huy hiệu" in text and "Xét tặng" in text for text in below)


@pytest.mark.parametrize("kind", ["tong-ket-nam", "dang-vien"])
def test_docx_pdf_xlsx_and_json_say_the_same_figures(year, clerk, kind):
    actions.write_words(
        clerk,
        kind=kind,
        unit="T",
        period="2021",
        place=next(iter(part["words"] for part in shapes()[kind].all_parts() if "words" in part)),
        text="Lời của người soạn.",
    )
    document = drafting.document(clerk, kind, "T", "2021")
    head = drafting.head(clerk, document, w.day("2022-01-06"))
    word = docx.Document(io.BytesIO(paper.written("a.docx", document, head)))
    in_word = " ".join(
        [p.text for p in word.paragraphs]
        + [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    )
    sheets = pypdfium2.PdfDocument(paper.written("a.pdf", document, head))
    in_pdf = " ".join(page.get_textpage().get_text_range() for page in sheets)
    book = openpyxl.load_workbook(io.BytesIO(paper.written("a.xlsx", document, head)))
    listed = {row[0]: row[4] for row in book["Chỉ tiêu"].iter_rows(min_row=2, values_only=True)}
    data = json.loads(paper.written("a.json", document, head))
    assert len(data["figures"]) > 15
    for key, figure in document.figures().items():
        assert listed[key] == figure.text == data["figures"][key]["text"]
    squeezed = {name: re.sub(r"\s+", "", text) for name, text in (("docx", in_word), ("pdf", in_pdf))}
    for block in document.all_blocks():
        pieces = [text_of(run) for run in runs_of(block)]
        for text in pieces if isinstance(block, Grid) else ["".join(pieces)]:
            for name, whole in squeezed.items():
                assert re.sub(r"\s+", "", text).lower() in whole.lower(), (name, text)
    assert "Lời của người soạn." in words(document)


def test_an_issue_keeps_its_figures_and_shows_what_changed(year, clerk):
    actions.write_words(clerk, kind="tong-ket-nam", unit="T", period="2021", place="nhiem-vu", text="Một\nHai\n\nBa")
    made = actions.issue(
        clerk, kind="tong-ket-nam", unit="T", period="2021", dated=w.day("2022-01-06"), issued_at=NOON, number="12"
    )
    assert revisions.differences(clerk, made) == []
    wrong = Membership.objects.filter(entry="ket_nap", admitted_on=w.day("2021-01-10"))
    wrong.update(voided_on=w.day("2022-02-01"), voided_why="ghi nhầm")
    again = drafting.issue(clerk, made.pk)
    kept = from_json(again.content)
    assert kept.figures()["KN01"].number == 7
    assert [line for block in kept.blocks if getattr(block, "id", "") == "nhiem-vu" for line in block.lines] == [
        "Một",
        "Hai",
        "Ba",
    ]
    changed = {d.id: (int(d.old), int(d.new)) for d in revisions.differences(clerk, again) if d.new is not None}
    assert changed["KN01"] == (7, 6)
    assert changed["KN05"] == (2, 1)
    assert changed["KN01[unit=A]"] == (4, 3)
    assert "TK01" not in changed
    assert bytes(again.pdf).startswith(b"%PDF")
    for sql in ("UPDATE reports_issue SET number = 'x'", "DELETE FROM reports_issue"):
        with pytest.raises((DatabaseError, InternalError)), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    assert list(AuditEntry.objects.order_by("seq").values_list("verb", flat=True)) == [
        "reports.draft.write",
        "reports.report.issue",
    ]


def test_writing_and_issuing_need_their_permissions_there(year, clerk):
    reader = Actor(name="Cô Lan", reaches={"report.read": Reach(everywhere=True)})
    with pytest.raises(NotPermitted):
        actions.issue(reader, kind="dang-vien", unit="T", period="2021", dated=w.day("2022-01-06"), issued_at=NOON)
    here = Reach(units=frozenset({year.a.pk}))
    chief = Actor(name="Bà Hồng", reaches={"report.read": here, "report.write": here, "report.issue": here})
    with pytest.raises(OutOfScope):
        actions.issue(chief, kind="dang-vien", unit="T", period="2021", dated=w.day("2022-01-06"), issued_at=NOON)
    made = actions.issue(chief, kind="dang-vien", unit="A", period="2021", dated=w.day("2022-01-06"), issued_at=NOON)
    assert drafting.recent_issues(chief) == [made]
    elsewhere = Actor(name="Ông Ba", reaches={"report.read": Reach(units=frozenset({year.b.pk}))})
    assert drafting.recent_issues(elsewhere) == []
    with pytest.raises(OutOfScope):
        drafting.issue(elsewhere, made.pk)
    with pytest.raises(Refused, match="không có chỗ ghi"):
        actions.write_words(clerk, kind="dang-vien", unit="A", period="2021", place="khong-co", text="x")
    with pytest.raises(Refused, match="Không có loại báo cáo"):
        drafting.document(clerk, "khong-co", "A", "2021")


def test_a_report_of_an_empty_unit_is_still_a_report(province, clerk):
    document = drafting.document(clerk, "tong-ket-nam", "V", "2021")
    assert "Kết nạp 0 đảng viên; bằng cùng kỳ." in words(document)
    assert all(isinstance(f, Fig) for f in document.figures().values())
    assert paper.written("a.docx", document, drafting.head(clerk, document, w.day("2022-01-06")))


def test_the_year_end_report_takes_few_statements(year, clerk, django_assert_max_num_queries):
    with django_assert_max_num_queries(65):
        drafting.document(clerk, "tong-ket-nam", "T", "2021")


def test_zeros_are_not_told_and_units_are_ranked_against_their_plans(year, clerk):
    w.target(year.b, "KN01", "2021", 6)
    said = words(drafting.document(clerk, "tong-ket-nam", "T", "2021"))
    assert (
        "1/2 đơn vị được giao chỉ tiêu đã đạt và vượt; đạt cao nhất: A 4 (133,3%); đạt thấp nhất: B 3 (50,0%)." in said
    )
    assert any(text.startswith("Trong số đảng viên mới kết nạp: nữ 2 (28,6%)") for text in said)
    assert not any("có đạo" in text or "còn 0" in text for text in said)


def test_what_is_issued_leaves_out_what_nobody_wrote(year, clerk):
    actions.write_words(clerk, kind="tong-ket-nam", unit="T", period="2021", place="kiem-tra", text="Hai cuộc.")
    made = actions.issue(
        clerk, kind="tong-ket-nam", unit="T", period="2021", dated=w.day("2022-01-06"), issued_at=NOON, number="12"
    )
    titles = [block.text for block in from_json(made.content).blocks if hasattr(block, "level")]
    assert "1. Tổ chức bộ máy, biên chế" in titles
    assert not any("Bảo vệ chính trị nội bộ" in title or "Tham mưu" in title for title in titles)
    numbers = [int(title.split(".")[0]) for title in titles if title[0].isdigit()]
    assert numbers == list(range(1, len(numbers) + 1))
    printed = "\n".join(p.text for p in docx.Document(io.BytesIO(bytes(made.docx))).paragraphs)
    assert "Hai cuộc." in printed
    assert "…\n" not in printed


def test_the_people_who_came_and_went_since_the_issue_are_named(year, clerk):
    made = actions.issue(
        clerk, kind="dang-vien", unit="T", period="2021", dated=w.day("2022-01-06"), issued_at=NOON, number="1"
    )
    Membership.objects.filter(entry="ket_nap", admitted_on=w.day("2021-01-10")).update(
        voided_on=w.day("2022-02-01"), voided_why="ghi nhầm"
    )
    for name in ("Vũ Thị Thêm", "Vũ Thị Nữa"):
        w.stay(w.person(name), year.b1, "2021-08-08", entry="ket_nap", admitted="2021-08-01", official=None)
    found = {one.id: one for one in revisions.differences(clerk, drafting.issue(clerk, made.pk))}
    assert (found["KN01"].old, int(found["KN01"].new)) == (7, 8)
    assert sorted(name for _, name in found["KN01"].appeared) == ["Vũ Thị Nữa", "Vũ Thị Thêm"]
    assert [name for _, name in found["KN01"].gone] == ["Lê Văn 0"]


@pytest.mark.parametrize(
    ("name", "kind", "on", "expected"),
    [
        ("Đảng bộ tỉnh Vân Sơn", "đảng bộ tỉnh", "2026-01-05", ("Tỉnh ủy Vân Sơn", "Ban Tổ chức", "BTCTU", "Vân Sơn")),
        ("Đảng bộ huyện Phú Dương", "", "2021-01-05", ("Huyện ủy Phú Dương", "Ban Tổ chức", "BTCHU", "Phú Dương")),
        ("Đảng bộ xã Mai Hà", "đảng bộ xã", "2025-06-30", ("Đảng ủy xã Mai Hà", "Ban Tổ chức", "BTC", "Mai Hà")),
        ("Đảng bộ xã Mai Hà", "đảng bộ xã", "2025-07-01", ("Đảng ủy xã Mai Hà", "Ban Xây dựng Đảng", "BXDĐ", "Mai Hà")),
    ],
)
def test_the_head_follows_from_the_unit_and_is_remembered(name, kind, on, expected):
    head = default_head(name, kind, w.day(on))
    assert (head.superior, head.issuer, head.issuer_code, head.place) == expected
    later = default_head(name, kind, w.day(on), {**head.remembered(), "signer": "Lê Thị Hoa"})
    assert (later.signer, later.dated, later.number) == ("Lê Thị Hoa", w.day(on), "")
