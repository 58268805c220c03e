"""The few WordprocessingML parts that python-docx has no call for."""

from __future__ import annotations

import unicodedata
from typing import Any

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.parts.story import StoryPart
from docx.section import Section
from docx.shared import Mm, Pt
from docx.table import Table, _Row
from docx.text.paragraph import Paragraph
from docx.text.run import Run
from lxml import etree

# Advance widths of Times Bold in thousandths of an em, for rules as long as the words above them.
_WIDTHS = {
    **dict.fromkeys("ACDĐNRUVXY", 722),
    **dict.fromkeys("GHKOQƠ", 778),
    **dict.fromkeys("BELT", 667),
    **{"I": 389, "M": 944, "P": 611, "S": 556, "Ư": 820, " ": 250, "\u00a0": 250, "-": 333},
    **dict.fromkeys("agovxy", 500),
    **dict.fromkeys("bdđhknpqu", 556),
    **{"c": 444, "e": 444, "r": 444, "s": 389, "t": 333, "i": 278, "l": 278, "m": 833, "ơ": 540, "ư": 600},
}


def bold_width(text: str, size: float) -> float:
    """Width in mm of a line set in Times Bold at ``size`` points."""
    total = 0
    for char in unicodedata.normalize("NFC", text):
        if char not in _WIDTHS:
            parts = unicodedata.normalize("NFD", char)
            char = unicodedata.normalize("NFC", parts[0] + ("\u031b" if "\u031b" in parts else ""))
        total += _WIDTHS.get(char, 600)
    return total / 1000 * size * 25.4 / 72


def element(tag: str, **attributes: object) -> Any:
    """``element("w:shd", fill="auto")``: an element whose attributes stand in its own namespace."""
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    return made


def set_font(style_or_run: Any, name: str) -> None:
    """One font for every script, so that Word never swaps Vietnamese letters for a theme font."""
    properties = style_or_run.element.get_or_add_rPr()
    fonts = properties.get_or_add_rFonts()
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), name)
    for theme in ("asciiTheme", "hAnsiTheme", "cstheme", "eastAsiaTheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)


def set_language(document: Document, language: str = "vi-VN") -> None:
    """The language of every run, for the spelling checker and screen readers."""
    for lang in document.styles.element.iter(qn("w:lang")):
        for script in ("val", "eastAsia", "bidi"):
            lang.set(qn(f"w:{script}"), language)


def rule(paragraph: Paragraph, side: str) -> None:
    """A thin solid line at the ``top`` or ``bottom`` of the paragraph, from its left to its right indent."""
    borders = element("w:pBdr")
    borders.append(element(f"w:{side}", val="single", sz=6, space=2, color="auto"))
    _insert(paragraph, borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc")


def frame(run: Run) -> None:
    """A box around a run."""
    run._element.get_or_add_rPr().append(element("w:bdr", val="single", sz=6, space=4, color="auto"))


def _insert(paragraph: Paragraph, child: Any, *successors: str) -> None:
    paragraph._p.get_or_add_pPr().insert_element_before(child, *successors)


def add_field(paragraph: Paragraph, code: str) -> Run:
    """A field such as PAGE, recalculated by Word."""
    run = paragraph.add_run()
    for part in (element("w:fldChar", fldCharType="begin"), None, element("w:fldChar", fldCharType="end")):
        if part is None:
            part = OxmlElement("w:instrText")
            part.set(qn("xml:space"), "preserve")
            part.text = f" {code} "
        run._element.append(part)
    return run


def hyperlink(part: StoryPart, url: str) -> Any:
    """An external hyperlink without text yet."""
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    return link


def fix_widths(table: Table, widths: list[float]) -> None:
    """Column widths in mm, held against Word's own fitting."""
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)


def cell_margins(table: Table, side: float, top: float = 0) -> None:
    """Inner margins of all cells: left and right, top and bottom, in mm."""
    margins = element("w:tblCellMar")
    for name, value in (("top", top), ("left", side), ("bottom", top), ("right", side)):
        margins.append(element(f"w:{name}", w=round(value * 56.7), type="dxa"))
    properties = table._tbl.tblPr
    look = properties.find(qn("w:tblLook"))
    if look is None:
        properties.append(margins)
    else:
        look.addprevious(margins)


def keep_whole(row: _Row) -> None:
    """The row never breaks across pages."""
    row._tr.get_or_add_trPr().append(element("w:cantSplit"))


def tight(paragraph: Paragraph) -> None:
    """No indent and no gaps, single spacing."""
    form = paragraph.paragraph_format
    form.first_line_indent = Mm(0)
    form.space_before = form.space_after = Pt(0)
    form.line_spacing = 1.0


def describe_picture(run: Run, alt: str) -> None:
    """Alternative text of the picture in a run."""
    for properties in run._element.iter(qn("wp:docPr")):
        properties.set("descr", alt)


_W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
_TICKED, _OPEN = "2612", "2610"


def check_box(paragraph: Paragraph, label: str, ticked: bool) -> None:
    """A box that can be ticked in Word (☒ or ☐), named for screen readers."""
    properties = element("w:sdtPr")
    properties.append(element("w:alias", val=label[:60]))
    box = etree.SubElement(properties, f"{{{_W14}}}checkbox", nsmap={"w14": _W14})
    etree.SubElement(box, f"{{{_W14}}}checked").set(f"{{{_W14}}}val", "1" if ticked else "0")
    for name, code in (("checkedState", _TICKED), ("uncheckedState", _OPEN)):
        state = etree.SubElement(box, f"{{{_W14}}}{name}")
        state.set(f"{{{_W14}}}val", code)
        state.set(f"{{{_W14}}}font", "MS Gothic")
    content = element("w:sdtContent")
    run = paragraph.add_run(chr(int(_TICKED if ticked else _OPEN, 16)))
    set_font(run, "MS Gothic")
    content.append(run._element)
    whole = element("w:sdt")
    whole.append(properties)
    whole.append(content)
    paragraph._p.append(whole)


def number_pages_anew(section: Section) -> None:
    """The section begins with page 1."""
    kind = element("w:pgNumType", start=1)
    section._sectPr.insert_element_before(
        kind, "w:cols", "w:formProt", "w:vAlign", "w:noEndnote", "w:titlePg", "w:textDirection", "w:bidi", "w:docGrid"
    )


def append_document(document: Document, other: Document) -> None:
    """The body of ``other`` after that of ``document``, as sections of their own with the same headers."""
    body, added = document.element.body, other.element.body
    ending = body.sectPr
    tail = element("w:p")
    form = element("w:pPr")
    form.append(element("w:spacing", before=0, after=0, line=20, lineRule="exact"))
    form.append(ending)
    tail.append(form)
    body.append(tail)
    number_pages_anew(other.sections[0])
    for section in added.iter(qn("w:sectPr")):
        for name in ("w:headerReference", "w:footerReference"):
            for reference in section.findall(qn(name)):
                section.remove(reference)
    for child in list(added):
        body.append(child)
