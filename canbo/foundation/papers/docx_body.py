"""The blocks of a paper as Word paragraphs and pictures."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.shared import Mm
from docx.text.paragraph import Paragraph

from . import ooxml
from .docx_table import add_table
from .layout import Layout

_ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
}


def add_blocks(document: Document, blocks: list[dict[str, Any]], layout: Layout, width: float) -> None:
    """Appends the composed blocks; ``width`` is the text width of the section in mm."""
    for block in blocks:
        _ADD[block["kind"]](document, block, layout, width)


def _heading(document: Document, block: dict[str, Any], layout: Layout, width: float) -> None:
    paragraph = document.add_heading(block["text"], block["level"])
    paragraph.alignment = _ALIGN[block["align"]]
    if block["align"] != "center":
        paragraph.paragraph_format.first_line_indent = Mm(layout.first_indent)


def _paragraph(document: Document, block: dict[str, Any], layout: Layout, width: float) -> None:
    paragraph = document.add_paragraph()
    paragraph.alignment = _ALIGN[block["align"]]
    if block["align"] == "justify":
        paragraph.paragraph_format.first_line_indent = Mm(layout.first_indent)
    _runs(paragraph, block["runs"])


def _items(document: Document, block: dict[str, Any], layout: Layout, width: float) -> None:
    for item in block["items"]:
        paragraph = document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        paragraph.paragraph_format.first_line_indent = Mm(layout.first_indent)
        paragraph.add_run(item["mark"])
        _runs(paragraph, item["runs"])


def _runs(paragraph: Paragraph, runs: list[dict[str, Any]]) -> None:
    for part in runs:
        run = paragraph.add_run(part["text"])
        run.bold, run.italic = part["bold"] or None, part["italic"] or None
        if part["url"]:
            link = ooxml.hyperlink(paragraph.part, part["url"])
            run._element.addprevious(link)
            link.append(run._element)


def _picture(document: Document, block: dict[str, Any], layout: Layout, width: float) -> None:
    paragraph = document.add_paragraph()
    ooxml.tight(paragraph)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run()
    run.add_picture(BytesIO(block["png"]), width=Mm(min(block["width"], width)))
    ooxml.describe_picture(run, block["alt"])
    if block["caption"]:
        paragraph.paragraph_format.keep_with_next = True
        caption = document.add_paragraph()
        caption.alignment = WD_ALIGN_PARAGRAPH.CENTER
        caption.add_run(block["caption"]).italic = True


def _page_break(document: Document, block: dict[str, Any], layout: Layout, width: float) -> None:
    paragraph = document.add_paragraph()
    ooxml.tight(paragraph)
    paragraph.add_run().add_break(WD_BREAK.PAGE)


def _fill(document: Document, block: dict[str, Any], layout: Layout, width: float) -> None:
    """Each line is a tab with a leader of dots: it stays full however the words before it change."""
    for number in range(block["lines"]):
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(width), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
        if number == 0 and any(part["text"] for part in block["runs"]):
            paragraph.paragraph_format.first_line_indent = Mm(layout.first_indent)
            _runs(paragraph, block["runs"])
            paragraph.add_run(" ")
        paragraph.add_run("\t")


def _options(document: Document, block: dict[str, Any], layout: Layout, width: float) -> None:
    options, across = block["options"], block["across"]
    indent = layout.first_indent
    for start in range(0, len(options), across):
        paragraph = document.add_paragraph()
        form = paragraph.paragraph_format
        form.left_indent = Mm(indent)
        for column in range(1, across):
            form.tab_stops.add_tab_stop(Mm(indent + (width - indent) / across * column))
        for column, option in enumerate(options[start : start + across]):
            if column:
                paragraph.add_run("\t")
            ooxml.check_box(paragraph, option["text"], option["chosen"])
            paragraph.add_run(f"\u00a0{option['text']}")


_ADD = {
    "heading": _heading,
    "paragraph": _paragraph,
    "items": _items,
    "table": add_table,
    "picture": _picture,
    "page_break": _page_break,
    "fill": _fill,
    "options": _options,
}
