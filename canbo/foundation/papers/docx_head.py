"""The two ends of a Word paper: the head with type and abstract, and the signature with the recipients."""

from __future__ import annotations

from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from . import ooxml
from .compose import Sheet
from .layout import Layout


def add_head(document: Document, sheet: Sheet, layout: Layout) -> None:
    """Issuer and national title, number and date, type and abstract, addressees, legal grounds."""
    if sheet["form"]:
        form = document.add_paragraph()
        ooxml.tight(form)
        form.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        form.paragraph_format.space_after = Pt(4)
        form.add_run(sheet["form"]).bold = True
    left = layout.text_width * layout.head_left_share / 100
    right = layout.text_width - left
    numbered = bool(sheet["number"] or sheet["dated"])
    table = _bare_table(document, 2 if numbered else 1, [left, right])
    _issuer(table.cell(0, 0), sheet, layout, left)
    _national(table.cell(0, 1), sheet, layout, right)
    if numbered:
        _number(table.cell(1, 0), sheet, layout)
        _line(table.cell(1, 1), sheet["dated"], layout.place_size, italic=True)
        for cell in table.row_cells(1):
            cell.paragraphs[0].paragraph_format.space_before = Pt(6)
    _type(document, sheet, layout)
    _addressees(document, sheet, layout)
    for ground in sheet["grounds"]:
        paragraph = document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        paragraph.paragraph_format.first_line_indent = Mm(layout.first_indent)
        paragraph.add_run(ground).italic = layout.ground_italic


def _bare_table(document: Document, rows: int, widths: list[float]) -> Table:
    table = document.add_table(rows, len(widths))
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    ooxml.cell_margins(table, 0)
    ooxml.fix_widths(table, widths)
    return table


def _line(
    cell: _Cell, text: str, size: float, *, bold: bool = False, italic: bool = False, gap: float = 0
) -> Paragraph:
    """One more centred line in a cell; its empty first paragraph is used up first."""
    first = cell.paragraphs[0]
    paragraph = first if len(cell.paragraphs) == 1 and not first.text else cell.add_paragraph()
    ooxml.tight(paragraph)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_before = Pt(gap)
    run = paragraph.add_run(text)
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)
    return paragraph


def _rule(paragraph: Paragraph, text: str, size: float, room: float, share: float = 100) -> None:
    """A rule centred under a centred line, as long as a share of its words; a line that wraps counts as ``room`` mm."""
    length = min(ooxml.bold_width(text, size), room) * share / 100
    side = Mm((room - length) / 2)
    ooxml.rule(paragraph, "bottom")
    # Word centres the text between the indents; narrower indents than the words would wrap them.
    if share < 100:
        paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = side
    else:
        paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = max(Mm(0), side - Mm(0.6))


def _issuer(cell: _Cell, sheet: Sheet, layout: Layout, room: float) -> None:
    if sheet["superior"]:
        _line(cell, sheet["superior"], layout.superior_size)
    _line(cell, sheet["issuer"], layout.issuer_size, bold=True)
    if layout.issuer_mark == "star":
        _line(cell, "*", layout.issuer_size)
        return
    empty = _line(cell, "", 2)
    empty.paragraph_format.line_spacing = Pt(4)
    name = max(sheet["issuer"].split("\n"), key=len)
    _rule(empty, name, layout.issuer_size, room, layout.issuer_rule_share)


def _national(cell: _Cell, sheet: Sheet, layout: Layout, room: float) -> None:
    title = _line(cell, sheet["national_title"], layout.national_title_size, bold=True)
    if sheet["motto"]:
        motto = _line(cell, sheet["motto"], layout.motto_size, bold=True)
        _rule(motto, sheet["motto"], layout.motto_size, room)
    else:
        _rule(title, sheet["national_title"], layout.national_title_size, room)


def _number(cell: _Cell, sheet: Sheet, layout: Layout) -> None:
    _line(cell, sheet["number"], layout.number_size)
    if sheet["letter_abstract"]:
        size = layout.letter_abstract_size
        _line(cell, sheet["letter_abstract"], size, italic=layout.letter_abstract_italic)
    if sheet["urgency"]:
        mark = _line(cell, sheet["urgency"], layout.mark_size, bold=True, gap=6)
        ooxml.frame(mark.runs[0])
    if sheet["draft"]:
        _line(cell, sheet["draft"], layout.mark_size, bold=True, gap=3)


def _type(document: Document, sheet: Sheet, layout: Layout) -> None:
    if not sheet["type"]:
        return
    title = document.add_paragraph(sheet["type"], style="Title")
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.paragraph_format.space_before, title.paragraph_format.space_after = Pt(14), Pt(2)
    last = title
    if sheet["abstract"]:
        last = document.add_paragraph()
        ooxml.tight(last)
        last.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run = last.add_run(sheet["abstract"])
        run.bold, run.font.size = True, Pt(layout.abstract_size)
    if layout.abstract_rule_share:
        last = document.add_paragraph()
        ooxml.tight(last)
        last.paragraph_format.line_spacing = Pt(4)
        words = sheet["abstract"] or sheet["type"]
        _rule(last, words, layout.abstract_size, layout.text_width, layout.abstract_rule_share)
    if layout.type_mark:
        last = document.add_paragraph(layout.type_mark)
        ooxml.tight(last)
        last.alignment = WD_ALIGN_PARAGRAPH.CENTER
    last.paragraph_format.space_after = Pt(10)


def _addressees(document: Document, sheet: Sheet, layout: Layout) -> None:
    lines = sheet["addressees"]
    for index, line in enumerate(lines):
        paragraph = document.add_paragraph()
        ooxml.tight(paragraph)
        form = paragraph.paragraph_format
        form.space_before, form.space_after = Pt(10 if index == 0 else 3), Pt(10 if index == len(lines) - 1 else 0)
        if len(lines) == 1:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            paragraph.add_run(f"{sheet['to']} {line}")
            continue
        form.left_indent = Mm(42)
        form.first_line_indent = Mm(-22) if index == 0 else Mm(0)
        form.tab_stops.add_tab_stop(Mm(42))
        paragraph.add_run(f"{sheet['to']}\t- {line}" if index == 0 else f"- {line}")


def add_closing(document: Document, sheet: Sheet, layout: Layout) -> None:
    """Recipients at the left of a single signature, below several; the block never breaks across pages."""
    signings = sheet["signings"]
    if not signings and not sheet["recipients"]:
        return
    spacer = document.add_paragraph()
    ooxml.tight(spacer)
    spacer.paragraph_format.line_spacing = Pt(8)
    spacer.paragraph_format.keep_with_next = True
    count = 2 if len(signings) < 2 else len(signings)
    table = _bare_table(document, 1, [layout.text_width / count] * count)
    ooxml.keep_whole(table.rows[0])
    cells = table.row_cells(0)
    places = cells[1:] if len(signings) < 2 else cells
    for cell, signing in zip(places, signings, strict=False):
        if signing["above"]:
            _line(cell, signing["above"], layout.place_size, italic=True)
        if signing["head"]:
            _line(cell, signing["head"], layout.signing_size, bold=True)
        _line(cell, signing["position"], layout.signing_size, bold=layout.position_bold)
        if signing["note"]:
            _line(cell, signing["note"], layout.recipients_size, italic=True)
        gap = layout.signing_gap * 72 / 25.4
        _line(cell, signing["signer"], layout.signing_size, bold=True, gap=gap)
    if len(signings) < 2:
        _recipients(cells[0], sheet, layout)
    elif sheet["recipients"]:
        spacer = document.add_paragraph()
        ooxml.tight(spacer)
        spacer.paragraph_format.line_spacing = Pt(8)
        _recipients(_bare_table(document, 1, [layout.text_width]).cell(0, 0), sheet, layout)


def _recipients(cell: _Cell, sheet: Sheet, layout: Layout) -> None:
    if not sheet["recipients"]:
        return
    title = _line(cell, sheet["recipients_title"], layout.recipients_title_size)
    run = title.runs[0]
    if layout.recipients_title_style == "underline":
        run.underline = True
    else:
        run.bold = run.italic = True
    lines = [title]
    for text in (*sheet["recipients"], *filter(None, [sheet["typist"]])):
        lines.append(_line(cell, text, layout.recipients_size))
    for line in lines:
        line.alignment = WD_ALIGN_PARAGRAPH.LEFT
