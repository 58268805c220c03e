"""Every printed form, read back from the Word file: its name, the order of its parts, its boxes, its numbers."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace
from decimal import Decimal

import pypdfium2 as pdfium
import pytest
from docx import Document

from canbo.foundation.papers.blocks import Paper, Signing
from canbo.foundation.papers.docx import render_docx, render_docx_all
from canbo.foundation.papers.pdf import render_pdf
from canbo.foundation.rulebooks import NoRuleInForce
from canbo.processes.evaluation.papers import ballots, counting, decisions, dossiers, lists, members
from canbo.processes.evaluation.papers.monthly import month_paper
from canbo.processes.evaluation.papers.quarter import quarter_paper
from canbo.processes.evaluation.papers.review import review_paper
from canbo.processes.evaluation.papers.shapes import (
    AxisRow,
    CapLine,
    Criterion,
    Defect,
    Hand,
    PeriodPoints,
    QuarterSheet,
    Review,
    UnitList,
    Who,
    YearSheet,
)
from canbo.processes.evaluation.papers.yearly import year_paper

from .forms_samples import MONTH, PARTY, ROWS, SCALE, STATE, TASKS, WHO

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NOBODY = Who(name="")
HEAD = Hand("Bí thư")


def words(paper: Paper) -> list[str]:
    """The paragraphs of the Word file in order, those of tables and boxes among them."""
    body = Document(io.BytesIO(render_docx(paper))).element.body
    lines = []
    for paragraph in body.iter(f"{W}p"):
        parts = [("\t" if node.tag == f"{W}tab" else node.text or "") for node in paragraph.iter(f"{W}t", f"{W}tab")]
        lines.append("".join(parts).replace("\u00a0", " ").strip())
    return [line for line in lines if line]


def in_order(lines: list[str], *expected: str) -> None:
    """Each expected line stands after the one before it."""
    at = 0
    for text in expected:
        found = next((n for n in range(at, len(lines)) if text in lines[n]), None)
        assert found is not None, f"{text!r} is missing after line {at}: {lines[at : at + 12]}"
        at = found + 1


def test_month_sheet_follows_the_order_of_mau_so_01():
    in_order(
        words(month_paper(MONTH)),
        "Mẫu số 01",
        "SỞ NỘI VỤ",
        "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "PHIẾU THEO DÕI, ĐÁNH GIÁ CÔNG CHỨC",
        "Kỳ theo dõi, đánh giá: Tháng 7 năm 2026",
        "Họ và tên: Lò Thị Thúy Hòa",
        "Chức vụ, chức danh: Chuyên viên",
        "Đơn vị công tác: Phòng Tổ chức biên chế",
        "I. ",
        "TT",
        "Tiêu chí chấm điểm",
        "Điểm tối đa",
        "Điểm do cá nhân tự chấm",
        "Tổng cộng",
        "20",
        "II. ",
        "1. Điểm tiêu chí chung: 25,5",
        "2. Điểm tiêu chí kết quả thực hiện nhiệm vụ: 46,7",
        "3. Tổng điểm: 72,2",
        "4. Ưu điểm: Chủ động.",
        "Đúng hạn.",
        "5. Hạn chế, khuyết điểm:",
        "6. Ý kiến nhận xét của cấp có thẩm quyền:",
        "Ngày 05 tháng 8 năm 2026",
        "NGƯỜI TỰ ĐÁNH GIÁ",
        "(Ký, ghi rõ họ tên)",
        "Lò Thị Thúy Hòa",
        "Ngày … tháng … năm …",
        "CẤP CÓ THẨM QUYỀN",
        "Phụ lục",
        "(Kèm theo Phiếu theo dõi, đánh giá công chức)",
        "Báo cáo quý",
        "a = 100 × 15,06 / 16,8 = 89,6",
    )


def test_points_that_are_not_known_are_dots_never_zero():
    lines = words(month_paper(replace(MONTH, common=None, result=None, total=None, who=NOBODY, tasks=(), formulas=())))
    assert "3. Tổng điểm: ……" in lines
    assert "Họ và tên:" in lines
    table = Document(io.BytesIO(render_docx(month_paper(MONTH)))).tables[1]
    total = [cell.text for cell in table.rows[-1].cells]
    assert total == ["", "Tổng cộng", "20", ""], "a group that was not scored leaves the sum open"


@pytest.mark.parametrize(("second", "columns"), [(False, 4), (True, 5)])
def test_the_superiors_column_is_a_setting(second: bool, columns: int):
    table = Document(io.BytesIO(render_docx(month_paper(replace(MONTH, superior_column=second))))).tables[1]
    assert len(table.columns) == columns
    assert ("4,0" in [cell.text for cell in table.rows[2].cells]) is second


def test_annex_adds_up_converted_quantities():
    document = Document(io.BytesIO(render_docx(month_paper(MONTH))))
    table = next(t for t in document.tables if t.rows[0].cells[1].text == "Nhiệm vụ")
    assert [cell.text for cell in table.rows[2].cells][3:10] == ["2,7", "3", "3", "8,1", "8,1", "1", "2"]
    assert [cell.text for cell in table.rows[-1].cells][6:10] == ["13,1", "12,1", "1", "6"]


def test_long_tables_repeat_their_head_on_every_page():
    many = replace(MONTH, tasks=TASKS * 40)
    xml = Document(io.BytesIO(render_docx(month_paper(many)))).element.xml
    assert xml.count("<w:tblHeader/>") >= 3, "criteria, and the two lines of the task table"
    assert len(pdfium.PdfDocument(render_pdf(month_paper(many)))) > 4


def ticked(paper: Paper) -> list[str]:
    """The labels of ticked boxes, in order."""
    lines = words(paper)
    found = []
    for line in lines:
        for part in line.split("\t"):
            if part.startswith("☒"):
                found.append(part.lstrip("☒ ").strip())
    return found


def test_year_sheet_has_twelve_months_a_mean_and_two_grades():
    periods = tuple(
        PeriodPoints(f"Tháng {n}", None if n == 5 else Decimal(80 + n), "nghỉ thai sản" if n == 5 else "")
        for n in range(1, 13)
    )
    sheet = YearSheet(
        office=STATE,
        who=WHO,
        year=2026,
        periods=periods,
        mean=Decimal("86.63"),
        scale=SCALE,
        own_grade="HTXS",
        grade="HTT",
    )
    lines = words(year_paper(sheet))
    in_order(
        lines, "Mẫu số 02", "PHIẾU XẾP LOẠI CHẤT LƯỢNG CÔNG CHỨC", "Năm 2026", "I. ", "Tháng 1", "81,0", "Tháng 5",
        "nghỉ thai sản", "Tháng 12", "Tổng điểm trung bình cả năm", "86,6", "II. ", "III. ", "IV. ",
    )  # fmt: skip
    assert ticked(year_paper(sheet)) == ["Hoàn thành xuất sắc nhiệm vụ", "Hoàn thành tốt nhiệm vụ"]
    assert ticked(year_paper(replace(sheet, own_grade="", grade=""))) == []


REVIEW_PARTS = {
    "hd43-01": (
        "Tên tập thể",
        "1. Về thực hiện nguyên tắc",
        "2. Kết quả thực hiện các mục tiêu",
        "3. Công tác xây dựng",
    ),
    "hd43-2a": ("Chức vụ Đảng", "Chức vụ chính quyền", "1. Về phẩm chất", "2. Về năng lực lãnh đạo"),
    "hd43-2b": ("Chức danh, vị trí việc làm", "Chi bộ", "2. Kết quả thực hiện chức trách"),
    "hd43-2c": ("Ngày sinh", "Chi bộ", "2. Việc thực hiện quyền, nghĩa vụ đảng viên"),
}


@pytest.mark.parametrize("form", REVIEW_PARTS)
def test_reviews_have_six_parts_scores_and_boxes(form: str):
    review = Review(form=form, office=PARTY, who=WHO, year=2026, scale=SCALE, own_grade="HTT", common=Decimal(27))
    lines = words(review_paper(review))
    in_order(lines, form.removeprefix("hd43-").upper(), *REVIEW_PARTS[form], "II. Hạn chế", "III. Kết quả khắc phục",
             "IV. Giải trình", "V. Trách nhiệm", "VI. Phương hướng", "B. TỰ ĐÁNH GIÁ", "27,0/30 điểm", "……/70 điểm",
             "……/100 điểm", "4. Tự xếp loại")  # fmt: skip
    assert ticked(review_paper(review)) == ["Hoàn thành tốt nhiệm vụ"]


def test_suggested_points_are_printed_with_their_answers_and_defects_with_their_state():
    review = Review(
        form="hd43-01",
        office=PARTY,
        who=Who(name="Ban Thường vụ Đảng uỷ xã Mẫu"),
        year=2026,
        scale=SCALE,
        texts={"weaknesses": "Chậm giải ngân."},
        defects=(Defect("Chưa đối thoại", "doing", "thiếu người", "Bí thư"),),
        suggestions=(("Đơn thư kéo dài", "Đã giải quyết xong trong quý III."), ("Nợ đọng", "")),
    )
    lines = words(review_paper(review))
    in_order(lines, "Chậm giải ngân.", "Đang khắc phục", "Chưa đối thoại", "1. Nội dung gợi ý: Đơn thư kéo dài",
             "Đã giải quyết xong", "2. Nội dung gợi ý: Nợ đọng")  # fmt: skip
    table = next(t for t in Document(io.BytesIO(render_docx(review_paper(review)))).tables if t.cell(0, 0).text == "TT")
    assert [cell.text for cell in table.rows[1].cells] == ["1", "Chưa đối thoại", "", "x", "", "thiếu người", "Bí thư"]


def test_quarter_sheet_marks_each_criterion_met_or_not():
    sheet = QuarterSheet(
        office=PARTY,
        who=WHO,
        period="Quý II năm 2026",
        criteria=(Criterion("1", "Chấp hành", Decimal(2), Decimal(2)), Criterion("2", "Nêu gương", Decimal(2), Decimal(0)),
                  Criterion("3", "Chưa chấm", Decimal(2))),
        axes=(AxisRow("Kinh tế - xã hội", Decimal(40), Decimal(38)), AxisRow("Thể chế", Decimal(30))),
        scale=SCALE,
        common=Decimal(28),
        own_grade="HT",
    )  # fmt: skip
    paper = quarter_paper(sheet)
    tables = Document(io.BytesIO(render_docx(paper))).tables
    marks = [[cell.text for cell in row.cells][2:4] for row in tables[1].rows][1:4]
    assert marks == [["x", ""], ["", "x"], ["", ""]]
    assert [cell.text for cell in tables[2].rows[-1].cells][2:4] == ["70", ""]
    assert ticked(paper) == ["Hoàn thành nhiệm vụ"]
    in_order(words(paper), "Mẫu 05", "Chức vụ đoàn thể", "Đảm bảo", "Không đảm bảo", "II. TỰ ĐỀ XUẤT", "III. NHẬN XÉT")


def test_unit_list_counts_grades_and_names_the_boundary():
    paper = lists.unit_list_paper(
        UnitList(
            office=STATE,
            unit="Sở Nội vụ",
            period="Tháng 7 năm 2026",
            scale=SCALE,
            rows=ROWS,
            caps=(CapLine(group="Chuyên viên", base=36, limit=7, used=9, boundary=("Nông Văn Khánh (90,1)",)),),
            not_graded=(("Giàng A Sử", "Chuyên viên", "Làm việc dưới 6 tháng (Điều 11)"),),
        )
    )
    document = Document(io.BytesIO(render_docx(paper)))
    assert document.sections[0].page_width > document.sections[0].page_height
    head = [cell.text for cell in document.tables[1].rows[0].cells]
    assert head == ["TT", "Họ và tên", "Chức vụ, chức danh", "Điểm chung", "Điểm kết quả", "Tổng điểm", "Tự xếp loại",
                    "Đề xuất", "Quyết định", "Ghi chú"]  # fmt: skip
    counts = {row.cells[0].text: row.cells[1].text for row in document.tables[2].rows}
    assert counts["Hoàn thành tốt nhiệm vụ"] == "2"
    assert counts["Chưa xếp loại"] == "1"
    assert counts["Đã xếp loại"] == "2"
    in_order(words(paper), "Kiểm tra tỷ lệ", "Nông Văn Khánh (90,1)", "Không xếp loại", "Giàng A Sử", "Danh sách có 3")


def test_other_lists_and_decisions():
    voices = ("Tự xếp loại", "Chính quyền", "Chi uỷ")
    paper = members.proposals_paper(
        PARTY, 2026, voices, (("Vừ A Tủa", "Chi bộ 1", ("HTXS", "HTT", "")),), SCALE, HEAD, HEAD
    )
    in_order(words(paper), "TỔNG HỢP ĐỀ XUẤT", *voices, "Vừ A Tủa", "HTXS", "HTT", "Khác nhau")
    paper = members.not_reviewed_paper(PARTY, 2026, (("Sùng Thị Mỷ", "Chi bộ 2", "03/02/2020", "ốm"),), HEAD, HEAD)
    in_order(words(paper), "DANH SÁCH ĐẢNG VIÊN CHƯA KIỂM ĐIỂM, XẾP LOẠI", "Ngày kết nạp", "03/02/2020", "ốm")
    in_order(words(members.not_reviewed_paper(PARTY, 2026, (), HEAD, HEAD)), "Không có đảng viên nào")
    signing = Signing("on_behalf", "Ban Thường vụ", "Bí thư", "Giàng A Sử")
    paper = decisions.recognition_paper(
        PARTY, "party", "Năm 2026", ROWS[:2], SCALE, grounds=("Căn cứ Quy định số 366-QĐ/TW",), signing=signing
    )
    in_order(words(paper), "QUYẾT ĐỊNH", "công nhận kết quả", "366-QĐ/TW", "đối với 2 cá nhân", "T/M BAN THƯỜNG VỤ",
             "Danh sách cá nhân", "Nông Văn Khánh", "Hoàn thành tốt nhiệm vụ")  # fmt: skip
    paper = decisions.regrade_paper(
        PARTY, 2026, "đồng chí Vừ A Tủa", old="Hoàn thành xuất sắc nhiệm vụ", new="Hoàn thành nhiệm vụ",
        why="kê khai không trung thực.", former="Quyết định số 12-QĐ/ĐU", signing=signing,
    )  # fmt: skip
    in_order(
        words(paper),
        "Mẫu 03-HD KĐ.ĐG 2025",
        "xếp loại lại",
        "12-QĐ/ĐU",
        "Lý do: kê khai không trung thực.",
    )


def test_ballots_count_and_dossier():
    paper = ballots.ballot_paper(PARTY, "Năm 2026", ROWS, SCALE)
    in_order(words(paper), "PHIẾU BIỂU QUYẾT", "Không hoàn thành nhiệm vụ", "Nông Văn Khánh", "92,0", "không hợp lệ")
    paper = counting.count_paper(
        PARTY, "Năm 2026", (("Vừ A Tủa", (10, 3, 0, 0)), ("Sùng Thị Mỷ", ())), SCALE, summoned=15, present=14,
        tellers=HEAD, chair=HEAD,
    )  # fmt: skip
    table = Document(io.BytesIO(render_docx(paper))).tables[1]
    assert [cell.text for cell in table.rows[2].cells] == [
        "1", "Vừ A Tủa", "10 (71,4%)", "3 (21,4%)", "0 (0,0%)", "0 (0,0%)", "1"
    ]  # fmt: skip
    assert [cell.text for cell in table.rows[3].cells][2:] == [""] * 5
    paper = dossiers.dossier_paper(PARTY, "Năm 2026", ("Đảng bộ xã Mẫu",), HEAD, HEAD)
    in_order(
        words(paper),
        "Mẫu 04",
        "DANH MỤC HỒ SƠ",
        "Đảng bộ xã Mẫu",
        "Bản kiểm điểm",
        "cấp uỷ nơi cư trú",
        "Tài liệu khác",
    )


def test_a_form_that_did_not_exist_yet_is_refused():
    old = replace(STATE, on=dt.date(2025, 12, 31))
    with pytest.raises(NoRuleInForce):
        month_paper(replace(MONTH, office=old))
    assert month_paper(replace(MONTH, office=replace(STATE, on=dt.date(2026, 1, 1))))


def test_many_sheets_make_one_file_with_pages_of_their_own():
    sheets = [month_paper(replace(MONTH, who=replace(WHO, name=f"Người thứ {n}"))) for n in range(1, 4)]
    document = Document(io.BytesIO(render_docx_all(sheets)))
    text = "\n".join(cell.text for t in document.tables for row in t.rows for cell in row.cells)
    names = [p.text for p in document.paragraphs if p.text.startswith("Họ và tên")]
    assert [n.replace("\u00a0", " ") for n in names] == [f"Họ và tên: Người thứ {n}" for n in range(1, 4)]
    assert text.count("SỞ NỘI VỤ") >= 3
    starts = document.element.xml.count('<w:pgNumType w:start="1"/>')
    assert starts == 3, "each sheet is numbered from its own first page"
    with pytest.raises(ValueError, match="Không có văn bản"):
        render_docx_all([])
    with pytest.raises(ValueError, match="cùng một thể thức"):
        render_docx_all([sheets[0], ballots.ballot_paper(PARTY, "Năm 2026", ROWS, SCALE)])
