"""PDFs, rendered and read back."""

from __future__ import annotations

import ctypes
import re
from dataclasses import replace
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as raw
import pytest

from canbo.foundation.kernel.violation import Refused
from canbo.foundation.papers.blocks import Column, Heading, PageBreak, Paper, Paragraph, Picture, Signing, Table, Text
from canbo.foundation.papers.docx import render_docx
from canbo.foundation.papers.layout import Layout, layout_for
from canbo.foundation.papers.pdf import FontsMissing, render_pdf

from .samples import ALPHABET, CONGRESS, DAY, LETTER, PARTY, STATE, png

PT = 72 / 25.4


def opened(paper: Paper, layout: Layout | None = None, **options: str) -> pdfium.PdfDocument:
    return pdfium.PdfDocument(render_pdf(paper, layout, **options))  # type: ignore[arg-type]


def text_of(document: pdfium.PdfDocument, page: int | None = None) -> str:
    pages = range(len(document)) if page is None else [page]
    text = "\n".join(document[i].get_textpage().get_text_bounded() for i in pages)
    return text.replace("\r\n", "\n").replace("\u00a0", " ")


def boxes(page: pdfium.PdfPage) -> list[tuple[float, float, float, float, str]]:
    """Text rectangles in mm from the top left corner, with their words."""
    found = []
    words = page.get_textpage()
    for i in range(words.count_rects()):
        left, bottom, right, top = words.get_rect(i)
        text = words.get_text_bounded(left, bottom, right, top)
        found.append((left / PT, (page.get_height() - top) / PT, right / PT, (page.get_height() - bottom) / PT, text))
    return found


def fonts_of(document: pdfium.PdfDocument) -> dict[str, bool]:
    """Base font name to whether its file is embedded, over all text objects."""
    found: dict[str, bool] = {}
    for page in document:
        for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]):
            font = raw.FPDFTextObj_GetFont(item.raw)
            size = raw.FPDFFont_GetBaseFontName(font, None, 0)
            name = ctypes.create_string_buffer(size)
            raw.FPDFFont_GetBaseFontName(font, name, size)
            found[name.value.decode()] = bool(raw.FPDFFont_GetIsEmbedded(font))
    return found


def test_every_vietnamese_letter_comes_back_as_text() -> None:
    text = text_of(opened(PARTY), 0)
    missing = {c for c in ALPHABET + ALPHABET.upper() if c not in text}
    assert not missing


def test_only_embedded_tinos_is_used() -> None:
    fonts = fonts_of(opened(PARTY))
    assert len(fonts) in (3, 4)
    assert all("Tinos" in name for name in fonts)
    assert all(fonts.values())


def test_it_is_tagged_pdf_a() -> None:
    made = render_pdf(STATE)
    assert b"pdfaid:part>2<" in made
    assert b"pdfaid:conformance>B<" in made
    assert raw.FPDFCatalog_IsTagged(pdfium.PdfDocument(made).raw)
    assert b"/Lang" in made


@pytest.mark.parametrize("paper", [PARTY, STATE, LETTER, CONGRESS], ids=["party", "state", "letter", "congress"])
def test_nothing_is_set_outside_the_margins(paper: Paper) -> None:
    layout = layout_for(paper.system, paper.profile_on)
    # The contact line stands in the bottom margin by rule, as the page number stands in the top one.
    for page in opened(replace(paper, contact="")):
        wide, high = page.get_width() / PT, page.get_height() / PT
        assert {round(wide), round(high)} == {210, 297}
        words = page.get_textpage()
        for index in range(words.count_chars()):
            char = words.get_text_range(index, 1)
            left, bottom, right, top = (v / PT for v in words.get_charbox(index))
            if not char.strip() or high - bottom < layout.page_number_top + 6:
                continue
            assert left >= layout.margin_left - 0.5, char
            assert right <= wide - layout.margin_right + 0.5, char
            assert high - top >= layout.margin_top - 2, char  # accents may rise above the line
            assert high - bottom <= high - layout.margin_bottom + 2, char


def test_the_contact_line_stands_at_the_foot_of_the_first_page_only() -> None:
    body = tuple(Paragraph(f"Nội dung {i}.") for i in range(60))
    document = opened(replace(STATE, body=body))
    assert STATE.contact in text_of(document, 0)
    assert STATE.contact not in text_of(document, 1)


def test_heads() -> None:
    party, state = text_of(opened(PARTY), 0), text_of(opened(STATE), 0)
    for line in (
        "TỈNH UỶ MẪU SƠN",
        "BAN TỔ CHỨC",
        "ĐẢNG CỘNG SẢN VIỆT NAM",
        "Số 127-BC/BTCTU",
        "ngày 05 tháng 8 năm 2026",
    ):
        assert line in party
    assert "Độc lập - Tự do - Hạnh phúc" not in party
    for line in (
        "SỞ NỘI VỤ",
        "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Số: 05/QĐ-SNV",
        "KHẨN",
    ):
        assert line in state
    assert "KT. GIÁM ĐỐC" in state
    assert "K/T TRƯỞNG BAN" in text_of(opened(PARTY))
    blank = text_of(opened(CONGRESS))
    assert "Số ..-NQ/ĐH" in blank
    assert "Mẫu, ngày … tháng … năm …" in blank
    assert "V/v báo cáo số lượng" in text_of(opened(LETTER))


def test_page_numbers_start_on_the_second_page() -> None:
    document = opened(PARTY)
    layout = layout_for("party", DAY)
    for index, page in enumerate(document):
        wide = page.get_width() / PT
        above = [b for b in boxes(page) if b[3] < layout.margin_top - 3]
        if index == 0:
            assert not above
            continue
        (left, top, right, _, text) = above[0]
        assert text.strip() == str(index + 1)
        assert abs((left + right) / 2 - wide / 2) < 1
        assert abs(top - layout.page_number_top) < 1.5


def test_a_long_table_repeats_its_header_and_a_wide_appendix_turns_the_page() -> None:
    document = opened(PARTY)
    with_table = [i for i in range(len(document)) if re.search(r"Đảng bộ xã Mẫu \d", text_of(document, i))]
    assert len(with_table) >= 5
    assert all("Kết nạp" in text_of(document, i) and "Chỉ tiêu" in text_of(document, i) for i in with_table)
    turned = [page.get_width() > page.get_height() for page in document]
    assert any(turned)
    assert not turned[0]
    assert not turned[-1]
    assert text_of(document).count("Tổng cộng") == 2
    assert "(Kèm theo Báo cáo số 127-BC/BTCTU ngày 05 tháng 8 năm 2026)" in text_of(document)


def test_a_signature_never_stands_alone_on_a_page() -> None:
    for count in range(28, 40):
        body = tuple(Paragraph(f"Nội dung dòng {i}.") for i in range(count))
        document = opened(replace(STATE, body=body, contact=""))
        (signed,) = [i for i in range(len(document)) if "Nông Văn Khánh" in text_of(document, i)]
        assert f"Nội dung dòng {count - 1}." in text_of(document, signed)


def test_markup_in_the_text_stays_text() -> None:
    nasty = '#panic("x") *đậm* $x$ [a] @b <c> `d` \\ // e = f'
    document = opened(replace(STATE, body=(Heading(nasty), Paragraph(nasty)), abstract=nasty, issuer=nasty))
    text = " ".join(text_of(document).split())
    assert text.count('#panic("x") *đậm* $x$ [a] @b <c> `d` \\ // e = f') >= 2


def test_spelling_moves_tones_except_in_names() -> None:
    early = text_of(opened(PARTY, spelling="ủy"))
    assert "TỈNH ỦY MẪU SƠN" in early
    assert "Lò Thị Thúy Hòa" in text_of(opened(PARTY, spelling="uỷ"))


def test_the_layout_decides_not_the_template() -> None:
    layout = replace(layout_for("party", DAY), margin_left=50.0, on_behalf="T.M")
    document = opened(replace(CONGRESS), layout)
    assert min(b[0] for b in boxes(document[0])) >= 49.5
    assert "T.M ĐOÀN THƯ KÝ" in text_of(document)


def test_the_same_paper_gives_the_same_bytes() -> None:
    assert render_pdf(PARTY) == render_pdf(PARTY)


def test_pictures_and_page_breaks() -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 5"><rect width="10" height="5" fill="#888"/></svg>'
    body = (Picture(png(), "Một", width=60), PageBreak(), Picture(png(), "Hai", svg=svg, caption="Hình 2"))
    document = opened(replace(STATE, body=body))
    assert len(document) == 2
    images = [list(page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE])) for page in document]
    assert [len(i) for i in images] == [1, 0]
    assert "Hình 2" in text_of(document, 1)


def test_links_lead_to_the_figures() -> None:
    assert b"https://canbo.vi-du.vn/so-lieu/admitted" in render_pdf(PARTY)
    assert b"vi-du.vn" not in render_pdf(replace(PARTY, link_to=""))


def test_missing_fonts_are_said_and_never_replaced(tmp_path: Path) -> None:
    with pytest.raises(FontsMissing, match="make setup"):
        render_pdf(STATE, fonts=tmp_path)


def test_a_paper_of_many_pages() -> None:
    body = tuple(Paragraph(Text("Chi bộ sinh hoạt đều đặn. " * 30)) for _ in range(200))
    document = opened(replace(PARTY, body=body, appendices=()))
    assert len(document) > 40


def test_a_very_tall_row_breaks_and_loses_nothing() -> None:
    words = [f"chữ{i}" for i in range(1500)]
    table = Table((Column("A"), Column("B")), ((" ".join(words), "b"), ("ngắn", "c")))
    document = opened(replace(STATE, body=(table,), contact=""))
    text = text_of(document)
    assert len(document) > 2
    assert not [w for w in words if w not in text]


def test_a_chain_of_letters_stays_inside_its_cell() -> None:
    table = Table((Column("A"), Column("B")), (("x" * 200, "y"),))
    page = opened(replace(STATE, body=(table, Paragraph("z" * 300)), contact=""))[0]
    words = page.get_textpage()
    middle = (30 + 165 / 2) * PT
    for index in range(words.count_chars()):
        char, box = words.get_text_range(index, 1), words.get_charbox(index)
        assert char != "x" or box[2] < middle
        assert char != "z" or box[2] < 195.5 * PT


@pytest.mark.parametrize(
    "parts",
    [
        {},
        {"recipients": ("Như trên",)},
        {"signings": (Signing("direct", "", "Giám đốc", "X"),)},
        {"body": (Table((Column("A"),), ()),)},
        {"body": (Paragraph("a\x00\x0bb\ud800"),)},
    ],
    ids=["bare", "recipients only", "signature only", "empty table", "control characters"],
)
def test_sparse_and_dirty_papers_are_made_in_both_formats(parts: dict[str, tuple[object, ...]]) -> None:
    bare = Paper(system="state", profile_on=DAY, issuer="Sở Mẫu", doc_type="Công văn", issuer_code="SM")
    paper = replace(bare, **parts)  # type: ignore[arg-type]
    assert len(opened(paper)) == 1
    assert render_docx(paper)


@pytest.mark.parametrize("letter", ["漢", "☑"])
def test_a_letter_without_glyph_is_refused_by_name(letter: str) -> None:
    with pytest.raises(Refused, match=letter) as caught:
        render_pdf(replace(STATE, body=(Paragraph(f"a{letter}b"),)))
    assert [v.code for v in caught.value.violations] == ["PAPERS-LETTER"]
