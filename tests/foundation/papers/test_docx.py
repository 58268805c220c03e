"""Word files, opened again and read."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from io import BytesIO

import pytest
from docx import Document
from docx.document import Document as DocumentType
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Mm

from canbo.foundation.papers.blocks import (
    Appendix,
    Fill,
    Heading,
    Options,
    PageBreak,
    Paper,
    Paragraph,
    Picture,
    Signing,
)
from canbo.foundation.papers.docx import render_docx, render_docx_all
from canbo.foundation.papers.ooxml import bold_width

from .samples import CONGRESS, LETTER, PARTY, STATE, png


def opened(paper: Paper, **options: str) -> DocumentType:
    return Document(BytesIO(render_docx(paper, **options)))  # type: ignore[arg-type]


def lines(document: DocumentType, row: int, column: int) -> list[str]:
    """Texts of a cell of the head."""
    cell = document.tables[0].cell(row, column)
    return [p.text.replace("\u00a0", " ") for p in cell.paragraphs]


def test_party_head() -> None:
    document = opened(PARTY)
    assert lines(document, 0, 0) == ["TỈNH UỶ MẪU SƠN", "BAN TỔ CHỨC", "*"]
    assert lines(document, 0, 1) == ["ĐẢNG CỘNG SẢN VIỆT NAM"]
    assert lines(document, 1, 0) == ["Số 127-BC/BTCTU"]
    assert lines(document, 1, 1) == ["Mẫu Sơn, ngày 05 tháng 8 năm 2026"]
    title = document.tables[0].cell(0, 1).paragraphs[0]
    assert title.runs[0].bold
    assert title.runs[0].font.size.pt == 15
    # The rule is as long as the words: what the indents leave of the cell.
    form = title.paragraph_format
    ruled = document.tables[0].columns[1].width - form.left_indent - form.right_indent
    assert title._p.pPr.find(qn("w:pBdr")) is not None
    assert abs(ruled / Mm(1) - bold_width(title.text, 15)) < 2
    assert document.tables[0].cell(1, 1).paragraphs[0].runs[0].italic


def test_state_head() -> None:
    document = opened(STATE)
    assert lines(document, 0, 0)[:2] == ["UỶ BAN NHÂN DÂN TỈNH MẪU SƠN", "SỞ NỘI VỤ"]
    assert lines(document, 0, 1) == ["CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]
    assert lines(document, 1, 0) == ["Số: 05/QĐ-SNV", "KHẨN"]
    assert lines(document, 1, 1) == ["Mẫu Sơn, ngày 03 tháng 02 năm 2026"]


def test_letter_and_congress_without_number_and_date() -> None:
    letter, congress = opened(LETTER), opened(CONGRESS)
    assert lines(letter, 1, 0) == ["Số: ../UBND-VX", "V/v báo cáo số lượng cán bộ, công chức", "DỰ THẢO"]
    assert lines(letter, 1, 1) == ["Mẫu, ngày … tháng … năm …"]
    assert not [p for p in letter.paragraphs if p.style.name == "Title"]
    assert lines(congress, 1, 0) == ["Số ..-NQ/ĐH"]
    signed = congress.tables[1]
    assert [c.paragraphs[0].text for c in signed.row_cells(0)] == ["T/M ĐOÀN THƯ KÝ", "T/M ĐOÀN CHỦ TỊCH"]


def test_signature_and_recipients() -> None:
    party, state = opened(PARTY).tables[2], opened(STATE).tables[1]
    assert [p.text for p in party.cell(0, 1).paragraphs] == ["K/T TRƯỞNG BAN", "PHÓ TRƯỞNG BAN", "Lò Thị Thúy Hòa"]
    assert [p.text for p in state.cell(0, 1).paragraphs][:2] == ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"]
    assert [p.text for p in state.cell(0, 0).paragraphs] == ["Nơi nhận:", "- Như Điều\u00a03;", "- Lưu: VT, TCBC."]
    assert party.cell(0, 0).paragraphs[0].runs[0].underline


def test_page_is_set_up_as_the_layout_says() -> None:
    first, wide, last = opened(PARTY).sections
    assert [round(m / Mm(1), 1) for m in (first.top_margin, first.bottom_margin, first.left_margin)] == [20, 20, 30]
    assert round(first.right_margin / Mm(1), 1) == 15
    assert (wide.orientation, last.orientation) == (WD_ORIENT.LANDSCAPE, WD_ORIENT.PORTRAIT)
    assert wide.page_width == last.page_height


def test_page_number_from_the_second_page() -> None:
    section = opened(PARTY).sections[0]
    field = [i.text.strip() for i in section.header._element.iter(qn("w:instrText"))]
    assert field == ["PAGE"]
    assert section.different_first_page_header_footer
    assert not [p.text for p in section.first_page_header.paragraphs if p.text]
    assert not list(section.first_page_header._element.iter(qn("w:instrText")))


def test_fonts_language_and_heading_styles() -> None:
    document = opened(PARTY)
    for name in ("Normal", "Title", "Heading 1", "Heading 2"):
        fonts = document.styles[name].element.rPr.rFonts
        assert {fonts.get(qn(f"w:{s}")) for s in ("ascii", "hAnsi", "cs", "eastAsia")} == {"Times New Roman"}
        assert fonts.get(qn("w:asciiTheme")) is None
    assert {lang.get(qn("w:val")) for lang in document.styles.element.iter(qn("w:lang"))} == {"vi-VN"}
    headings = [(p.style.name, p.text) for p in document.paragraphs if p.style.name.startswith("Heading")]
    assert headings[:2] == [("Heading 1", "I. KẾT QUẢ THỰC HIỆN"), ("Heading 2", "1. Công tác đảng viên")]
    assert ("Heading 1", "Phụ lục\u00a02") in headings
    assert document.core_properties.language == "vi-VN"


def test_long_table_repeats_its_two_header_rows_and_never_breaks_a_row() -> None:
    table = opened(PARTY).tables[1]
    marks = [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows]
    assert marks == [True, True, *[False] * 76]
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
    top = table.rows[0].cells
    assert [c.text for c in top] == ["TT", "Đảng bộ trực thuộc", "Kết nạp", "Kết nạp", "Kết nạp", "Ghi chú"]
    assert top[2]._tc is top[4]._tc
    total = table.rows[-1].cells
    assert [c.text for c in total] == ["", "Tổng cộng", "4.350", "4.425", "101,7", ""]
    assert all(r.bold for r in total[2].paragraphs[0].runs)


def test_figures_link_to_their_rows_only_when_there_is_an_address() -> None:
    def targets(paper: Paper) -> set[str]:
        rels = opened(paper).part.rels.values()
        return {r.target_ref for r in rels if r.reltype.endswith("/hyperlink")}

    assert "https://canbo.vi-du.vn/so-lieu/admitted" in targets(PARTY)
    assert not targets(replace(PARTY, link_to=""))


def test_spelling_moves_tones_except_in_names() -> None:
    late, early = opened(PARTY, spelling="uỷ"), opened(PARTY, spelling="ủy")
    assert lines(late, 0, 0)[0] == "TỈNH UỶ MẪU SƠN"
    assert lines(early, 0, 0)[0] == "TỈNH ỦY MẪU SƠN"
    assert late.tables[2].cell(0, 1).paragraphs[-1].text == "Lò Thị Thúy Hòa"


def test_decomposed_input_is_written_composed() -> None:
    document = opened(replace(STATE, body=(Paragraph(unicodedata.normalize("NFD", "Đồng chí Nguyễn")),)))
    assert "Đồng chí Nguyễn" in [p.text for p in document.paragraphs]


def test_picture_carries_its_words_and_page_break_is_real() -> None:
    picture = Picture(png(), "Biểu đồ kết nạp theo năm", width=80, caption="Hình 1")
    document = opened(replace(STATE, body=(Heading("A"), picture, PageBreak(), Paragraph("Sau"))))
    described = [p.get("descr") for p in document.element.iter(qn("wp:docPr"))]
    assert described == ["Biểu đồ kết nạp theo năm"]
    assert round(document.inline_shapes[0].width / Mm(1)) == 80
    assert [b.get(qn("w:type")) for b in document.element.iter(qn("w:br"))] == ["page"]


def test_a_row_of_the_wrong_length_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="6 cột"):
        replace(PARTY.body[4], rows=(("1",),))  # type: ignore[arg-type]


FORM = Paper(
    system="state",
    profile_on=STATE.profile_on,
    issuer="Sở Nội vụ",
    doc_type="Phiếu theo dõi",
    form="Mẫu số 01",
    numbered=False,
    body=(
        Fill("Ưu điểm:", 3),
        Options((("Hoàn thành tốt nhiệm vụ", True), ("Hoàn thành nhiệm vụ", False)), across=1),
    ),
    signings=(Signing(position="Người tự đánh giá", above="Ngày … tháng … năm …", note="(Ký, ghi rõ họ tên)"),),
    appendices=(Appendix("Nhiệm vụ", (Paragraph("Một dòng."),), landscape=True),),
)


def test_a_form_has_its_own_name_and_no_number() -> None:
    document = opened(FORM)
    assert document.paragraphs[0].text == "Mẫu\u00a0số\u00a001" or document.paragraphs[0].text == "Mẫu số\u00a001"
    assert len(document.tables[0].rows) == 1, "no line for a number and a date"
    note = next(p.text for p in document.paragraphs if "Kèm theo" in p.text)
    assert note == "(Kèm theo Phiếu theo dõi)"


def test_room_to_write_is_a_leader_of_dots_that_fills_each_line() -> None:
    dotted = [p for p in opened(FORM).paragraphs if "\t" in p.text]
    assert len(dotted) == 3
    assert all(p._p.find(f".//{qn('w:tab')}[@{qn('w:leader')}='dot']") is not None for p in dotted)
    assert dotted[0].text.startswith("Ưu điểm:")


def test_boxes_are_ticked_in_word_itself() -> None:
    xml = opened(FORM).element.xml
    assert xml.count("<w14:checkbox") == 2
    assert xml.count('<w14:checked w14:val="1"/>') == 1
    assert "☒" in xml
    assert "☐" in xml


def test_a_paper_on_its_side() -> None:
    section = opened(replace(FORM, landscape=True, appendices=())).sections[0]
    assert section.orientation == WD_ORIENT.LANDSCAPE
    assert section.page_width > section.page_height


def test_papers_in_one_file_begin_on_pages_of_their_own_and_keep_their_numbers() -> None:
    document = Document(BytesIO(render_docx_all([FORM, replace(FORM, form="Mẫu số 02")])))
    assert len(document.sections) == 4, "two forms, each with an appendix on its side"
    assert [s.orientation for s in document.sections] == [WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE] * 2
    starts = [s._sectPr.find(qn("w:pgNumType")) is not None for s in document.sections]
    assert starts == [True, False, True, False]
    assert document.sections[2].header.is_linked_to_previous
    with pytest.raises(ValueError, match="cùng một thể thức"):
        render_docx_all([FORM, PARTY])
