"""Tables of figures in Word, written row by row as XML: python-docx takes seconds for a thousand rows."""

from __future__ import annotations

from typing import Any

from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Pt

from . import ooxml
from .layout import Layout

_JUSTIFY = {"left": "left", "center": "center", "right": "right", "justify": "left"}
_TWIPS = 1440 / 25.4


def add_table(document: Document, block: dict[str, Any], layout: Layout, width: float) -> None:
    """Caption, unit, repeated header rows, rows that never break, total; ``width`` in mm."""
    _above(document, block)
    columns = block["columns"]
    table = document.add_table(0, len(columns), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    ooxml.cell_margins(table, 1.8, 0.5)
    widths = [round(c["share"] * width * _TWIPS) for c in columns]
    for grid, twips in zip(table._tbl.tblGrid.iterchildren(), widths, strict=True):
        grid.set(qn("w:w"), str(twips))
    writer = _Writer(document, block, widths)
    for row in writer.rows():
        table._tbl.append(row)
    after = document.add_paragraph()
    ooxml.tight(after)
    after.paragraph_format.line_spacing = Pt(6)


def _above(document: Document, block: dict[str, Any]) -> None:
    for text, align, bold in (
        (block["caption"], WD_ALIGN_PARAGRAPH.CENTER, True),
        (block["unit"], WD_ALIGN_PARAGRAPH.RIGHT, False),
    ):
        if not text:
            continue
        paragraph = document.add_paragraph()
        ooxml.tight(paragraph)
        paragraph.alignment = align
        paragraph.paragraph_format.keep_with_next = True
        paragraph.paragraph_format.space_after = Pt(4)
        run = paragraph.add_run(text)
        run.bold, run.italic = bold, not bold
        if not bold:
            run.font.size = Pt(block["size"])


class _Writer:
    def __init__(self, document: Document, block: dict[str, Any], widths: list[int]) -> None:
        self.part, self.block, self.widths = document.part, block, widths
        self.half_points = round(block["size"] * 2)

    def rows(self) -> list[Any]:
        block = self.block
        made = self.header()
        made += [self.row(cells) for cells in block["rows"]]
        if block["total"]:
            made.append(self.row(block["total"], bold=True))
        return made

    def header(self) -> list[Any]:
        columns, groups = self.block["columns"], self.block["groups"]
        if not groups:
            return [self.header_row([self.head(c["header"], w) for c, w in zip(columns, self.widths, strict=True)])]
        top, under = [], []
        for group in groups:
            first, after = group["start"], group["start"] + group["span"]
            if not group["name"]:
                top.append(self.head(columns[first]["header"], self.widths[first], merge="restart"))
                under.append(self.head("", self.widths[first], merge="continue"))
                continue
            top.append(self.head(group["name"], sum(self.widths[first:after]), span=group["span"]))
            under += [self.head(columns[i]["header"], self.widths[i]) for i in range(first, after)]
        return [self.header_row(top), self.header_row(under)]

    def header_row(self, cells: list[Any]) -> Any:
        row = _row(cells)
        row.trPr.append(ooxml.element("w:tblHeader"))
        return row

    def head(self, text: str, width: int, *, span: int = 1, merge: str = "") -> Any:
        run = {"text": text, "bold": True, "italic": False, "url": ""}
        return self.cell([run] if text else [], width, "center", span=span, merge=merge)

    def row(self, cells: list[list[dict[str, Any]]], *, bold: bool = False) -> Any:
        columns = self.block["columns"]
        return _row(
            [
                self.cell(runs, width, _JUSTIFY[column["align"]], bold=bold)
                for runs, width, column in zip(cells, self.widths, columns, strict=True)
            ]
        )

    def cell(
        self,
        runs: list[dict[str, Any]],
        width: int,
        justify: str,
        *,
        bold: bool = False,
        span: int = 1,
        merge: str = "",
    ) -> Any:
        cell, properties = ooxml.element("w:tc"), ooxml.element("w:tcPr")
        properties.append(ooxml.element("w:tcW", w=width, type="dxa"))
        if span > 1:
            properties.append(ooxml.element("w:gridSpan", val=span))
        if merge:
            properties.append(ooxml.element("w:vMerge", val=merge))
        properties.append(ooxml.element("w:vAlign", val="center"))
        paragraph, form = ooxml.element("w:p"), ooxml.element("w:pPr")
        form.append(ooxml.element("w:spacing", before=0, after=0, line=240, lineRule="auto"))
        form.append(ooxml.element("w:jc", val=justify))
        paragraph.append(form)
        for run in runs:
            paragraph.append(self.run(run, bold))
        cell.append(properties)
        cell.append(paragraph)
        return cell

    def run(self, part: dict[str, Any], bold: bool) -> Any:
        run, form = ooxml.element("w:r"), ooxml.element("w:rPr")
        if bold or part["bold"]:
            form.append(ooxml.element("w:b"))
        if part["italic"]:
            form.append(ooxml.element("w:i"))
        form.append(ooxml.element("w:sz", val=self.half_points))
        run.append(form)
        run.text = part["text"]
        if not part["url"]:
            return run
        link = ooxml.hyperlink(self.part, part["url"])
        link.append(run)
        return link


def _row(cells: list[Any]) -> Any:
    row, properties = ooxml.element("w:tr"), ooxml.element("w:trPr")
    properties.append(ooxml.element("w:cantSplit"))
    row.append(properties)
    for cell in cells:
        row.append(cell)
    return row
