"""Papers as Word files: real styles, header rows, fields and hyperlinks, in Times New Roman."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from io import BytesIO
from typing import Any

from docx import Document
from docx.document import Document as DocumentType
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.section import Section
from docx.shared import Mm, Pt, RGBColor

from . import ooxml
from .blocks import Paper
from .compose import Sheet, compose
from .docx_body import add_blocks
from .docx_head import add_closing, add_head
from .layout import Layout, layout_for
from .typography import Spelling


def render_docx(paper: Paper, layout: Layout | None = None, *, spelling: Spelling = "") -> bytes:
    """The paper as a Word file.

    Args:
        paper: the document.
        layout: None takes the one in force on ``paper.profile_on``.
        spelling: where the tone of oa, oe, uy stands: ``uỷ``, ``ủy``, or empty to leave it as typed.

    Raises:
        Refused: when the paper may not be produced or no layout was in force.
    """
    out = BytesIO()
    _document(paper, layout, spelling).save(out)
    return out.getvalue()


def render_docx_all(papers: Iterable[Paper], *, spelling: Spelling = "") -> bytes:
    """Many papers as one Word file; each begins on a page of its own, numbered from 1.

    Args:
        papers: of one system, since they share their styles; without pictures and links.

    Raises:
        Refused: when one of them may not be produced.
        ValueError: there is none, or they cannot stand in one file.
    """
    whole: DocumentType | None = None
    system = ""
    for paper in papers:
        document = _document(paper, None, spelling)
        if whole is None:
            whole, system = document, paper.system
            ooxml.number_pages_anew(document.sections[0])
        elif paper.system != system or paper.link_to:
            raise ValueError("Chỉ ghép được các văn bản cùng một thể thức, không có đường dẫn, vào một tệp")
        else:
            ooxml.append_document(whole, document)
    if whole is None:
        raise ValueError("Không có văn bản nào để ghép")
    out = BytesIO()
    whole.save(out)
    return out.getvalue()


def _document(paper: Paper, layout: Layout | None, spelling: Spelling) -> DocumentType:
    layout = layout or layout_for(paper.system, paper.profile_on)
    if paper.landscape:
        layout = layout.turned()
    sheet = compose(paper, layout, spelling)
    document = Document()
    _styles(document, layout)
    _properties(document, paper, sheet)
    section = document.sections[0]
    _page(section, layout)
    _page_number(section, layout)
    _contact(section, layout, sheet)
    add_head(document, sheet, layout)
    add_blocks(document, sheet["body"], layout, layout.text_width)
    for last in document.paragraphs[-1:]:
        last.paragraph_format.keep_with_next = True  # no page with a signature alone
    add_closing(document, sheet, layout)
    for appendix in sheet["appendices"]:
        _appendix(document, appendix, layout)
    return document


def _styles(document: DocumentType, layout: Layout) -> None:
    normal = document.styles["Normal"]
    ooxml.set_font(normal, layout.font)
    normal.font.size = Pt(layout.body_size)
    form = normal.paragraph_format
    form.space_before, form.space_after = Pt(0), Pt(layout.paragraph_gap)
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(layout.line_spacing)
    form.widow_control = True
    for name in ("Title", "Heading 1", "Heading 2", "Heading 3", "Heading 4"):
        style = document.styles[name]
        ooxml.set_font(style, layout.font)
        style.font.color.rgb = RGBColor(0, 0, 0)
        level = 0 if name == "Title" else int(name[-1])
        style.font.size = Pt(layout.body_size if level else layout.type_size)
        style.font.bold, style.font.italic = level <= 3, level >= 3
        own = style.paragraph_format
        own.space_before, own.space_after = Pt(layout.paragraph_gap), Pt(layout.paragraph_gap)
        own.keep_with_next = True
        own.line_spacing = 1.0
    # The default template draws a blue line under Title.
    title = document.styles["Title"].element.get_or_add_pPr()
    for border in title.findall(ooxml.qn("w:pBdr")):
        title.remove(border)
    ooxml.set_language(document)


def _properties(document: DocumentType, paper: Paper, sheet: Sheet) -> None:
    properties = document.core_properties
    day = paper.dated or paper.profile_on
    properties.title, properties.author, properties.language = sheet["title"], sheet["issuer"].title(), "vi-VN"
    properties.subject, properties.comments, properties.last_modified_by = sheet["abstract"], "", ""
    properties.created = properties.modified = dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC)


def _page(section: Section, layout: Layout, *, landscape: bool = False) -> None:
    wide, high = Mm(layout.paper_width), Mm(layout.paper_height)
    if landscape and wide < high:
        wide, high = high, wide
    section.orientation = WD_ORIENT.LANDSCAPE if wide > high else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = wide, high
    section.top_margin, section.bottom_margin = Mm(layout.margin_top), Mm(layout.margin_bottom)
    section.left_margin, section.right_margin = Mm(layout.margin_left), Mm(layout.margin_right)
    section.header_distance = Mm(layout.page_number_top)
    section.footer_distance = Mm(10)


def _page_number(section: Section, layout: Layout) -> None:
    section.different_first_page_header_footer = True
    paragraph = section.header.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    ooxml.tight(paragraph)
    ooxml.add_field(paragraph, "PAGE").font.size = Pt(layout.page_number_size)


def _contact(section: Section, layout: Layout, sheet: Sheet) -> None:
    if not sheet["contact"]:
        return
    paragraph = section.first_page_footer.paragraphs[0]
    ooxml.tight(paragraph)
    ooxml.rule(paragraph, "top")
    paragraph.add_run(sheet["contact"]).font.size = Pt(layout.contact_size)


def _appendix(document: DocumentType, appendix: dict[str, Any], layout: Layout) -> None:
    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.different_first_page_header_footer = False
    _page(section, layout, landscape=appendix["landscape"])
    label = document.add_heading(appendix["label"], 1)
    label.alignment = WD_ALIGN_PARAGRAPH.CENTER
    label.runs[0].font.size = Pt(layout.appendix_size)
    for text, bold, gap in ((appendix["title"], True, 3), (appendix["note"], False, 9)):
        paragraph = document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        ooxml.tight(paragraph)
        paragraph.paragraph_format.space_after = Pt(gap)
        run = paragraph.add_run(text)
        run.bold, run.italic, run.font.size = bold, not bold, Pt(layout.appendix_size)
    add_blocks(
        document, appendix["blocks"], layout, layout.landscape_width if appendix["landscape"] else layout.text_width
    )
