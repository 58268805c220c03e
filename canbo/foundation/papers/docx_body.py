"""The blocks of a paper as Word paragraphs, tables and pictures."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from docx.document import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.shared import Mm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from . import ooxml
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


def _runs(paragraph: Paragraph, runs: list[dict[str, Any]], size: float = 0, bold: bool = False) -> None:
    for part in runs:
        run = paragraph.add_run(part["text"])
        run.bold, run.italic = (bold or part["bold"]) or None, part["italic"] or None
        if size:
            run.font.size = Pt(size)
        if part["url"]:
            ooxml.add_link(paragraph, part["url"]).append(run._element)


def _table(document: Document, block: dict[str, Any], layout: Layout, width: float) -> None:
    size, columns, groups = block["size"], block["columns"], block["groups"]
    for text, align, bold in ((block["caption"], "center", True), (block["unit"], "right", False)):
        if text:
            paragraph = document.add_paragraph()
            ooxml.tight(paragraph)
            paragraph.alignment = _ALIGN[align]
            paragraph.paragraph_format.keep_with_next = True
            paragraph.paragraph_format.space_after = Pt(4)
            run = paragraph.add_run(text)
            run.bold, run.italic = bold, not bold
            if not bold:
                run.font.size = Pt(size)
    heads = 2 if groups else 1
    rows = [(row, False) for row in block["rows"]] + ([(block["total"], True)] if block["total"] else [])
    table = document.add_table(heads + len(rows), len(columns), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    ooxml.cell_margins(table, 1.8, 0.5)
    ooxml.fix_widths(table, [c["share"] * width for c in columns])
    # One pass over row.cells: asking for single cells is quadratic in python-docx.
    grid = [row.cells for row in table.rows]
    for index, column in enumerate(columns):
        if not groups or column["group"]:
            _header(grid[heads - 1][index], column["header"], size)
    for group in groups:
        first, last = group["start"], group["start"] + group["span"] - 1
        if group["name"]:
            _header(grid[0][first].merge(grid[0][last]), group["name"], size)
        else:
            _header(grid[0][first].merge(grid[1][first]), columns[first]["header"], size)
    for row in table.rows[:heads] if rows else table.rows:
        ooxml.keep_whole(row)
        ooxml.repeat_header(row)
    for (cells, total), made, row in zip(rows, grid[heads:], list(table.rows)[heads:], strict=True):
        ooxml.keep_whole(row)
        for content, cell, column in zip(cells, made, columns, strict=True):
            cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
            paragraph = ooxml.clear_cell(cell)
            paragraph.alignment = _ALIGN["left" if column["align"] == "justify" else column["align"]]
            _runs(paragraph, content, size, total)
    after = document.add_paragraph()
    ooxml.tight(after)
    after.paragraph_format.line_spacing = Pt(6)


def _header(cell: _Cell, text: str, size: float) -> None:
    for extra in cell.paragraphs[1:]:
        extra._p.getparent().remove(extra._p)
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    paragraph = ooxml.clear_cell(cell)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run(text)
    run.bold, run.font.size = True, Pt(size)


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


_ADD = {
    "heading": _heading,
    "paragraph": _paragraph,
    "items": _items,
    "table": _table,
    "picture": _picture,
    "page_break": _page_break,
}
