"""A report as an official paper, a workbook or JSON; all of them print the same texts."""

from __future__ import annotations

import io
import json
from collections.abc import Callable

import xlsxwriter

from canbo.foundation.kernel.violation import Refused, Violation
from canbo.foundation.papers import blocks as papers
from canbo.foundation.papers.docx import render_docx
from canbo.foundation.papers.pdf import render_pdf

from .document import Block, Document, Fig, Grid, Heading, Run, Sentences, Words, text_of
from .heads import Head

_EMPTY = "…"


def to_paper(document: Document, head: Head, *, numbered: bool) -> papers.Paper:
    """The report in the official layout; without ``numbered`` the date stays open, as on any draft."""
    return papers.Paper(
        system="party",
        profile_on=head.dated,
        issuer=head.issuer,
        superior=head.superior or document.unit_name,
        doc_type=document.doc_type,
        type_code=document.type_code,
        issuer_code=head.issuer_code,
        number=head.number,
        place=head.place,
        dated=head.dated if numbered else None,
        abstract=document.abstract,
        body=tuple(_block(block) for block in document.blocks),
        signings=(papers.Signing(position=head.position, signer=head.signer),),
        appendices=tuple(
            papers.Appendix(title, tuple(_block(block) for block in blocks), landscape=_wide(blocks))
            for title, blocks in document.appendices
            if blocks
        ),
        link_to=head.link_to,
    )


def _wide(blocks: tuple[Block, ...]) -> bool:
    return any(isinstance(block, Grid) and len(block.columns) > 6 for block in blocks)


def _run(run: Run) -> papers.Run:
    return papers.Text(run) if isinstance(run, str) else papers.Figure(run.text, run.id)


def _block(block: Block) -> papers.Block:
    if isinstance(block, Heading):
        return papers.Heading(block.text, block.level, "center" if block.level == 1 else "left")
    if isinstance(block, Sentences):
        return papers.Paragraph(tuple(_run(run) for run in block.runs))
    if isinstance(block, Words):
        lines = block.lines or [_EMPTY]
        if block.numbered or len(lines) > 1:
            return papers.Items(tuple(lines), numbered=block.numbered)
        return papers.Paragraph(lines[0])
    columns = (
        papers.Column(block.columns[0], width=3),
        *(papers.Column(header, align="right") for header in block.columns[1:]),
    )
    rows = tuple(tuple((_run(run),) for run in row) for row in block.rows)
    total = tuple((_run(run),) for run in block.total) if block.total else None
    return papers.Table(columns, rows, total=total, caption=block.caption, unit=block.unit)


def as_docx(document: Document, head: Head, *, numbered: bool = False) -> bytes:
    return render_docx(to_paper(document, head, numbered=numbered))


def as_pdf(document: Document, head: Head, *, numbered: bool = False) -> bytes:
    return render_pdf(to_paper(document, head, numbered=numbered))


def as_json(document: Document, head: Head, *, numbered: bool = False) -> bytes:
    return json.dumps(document.as_json(), ensure_ascii=False, indent=2).encode()


def as_xlsx(document: Document, head: Head, *, numbered: bool = False) -> bytes:
    """One sheet with the text, one per table, one with every figure."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(
        target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        bold = book.add_format({"bold": True, "text_wrap": True, "bottom": 1})
        wrap = book.add_format({"text_wrap": True, "valign": "top"})
        sheet = book.add_worksheet("Báo cáo")
        sheet.set_column(0, 0, 110)
        sheet.write_string(0, 0, f"{document.doc_type} {document.abstract}", bold)
        line = 2
        for block in document.blocks:
            if isinstance(block, Grid):
                continue
            texts = block.lines or [_EMPTY] if isinstance(block, Words) else [_sentence(block)]
            for text in texts:
                sheet.write_string(line, 0, text, bold if isinstance(block, Heading) else wrap)
                line += 1
        for number, grid in enumerate((b for b in document.all_blocks() if isinstance(b, Grid)), 1):
            table = book.add_worksheet(f"Biểu {number}")
            table.set_column(0, 0, 44)
            table.write_string(0, 0, grid.caption, bold)
            for column, header in enumerate(grid.columns):
                table.write_string(1, column, header, bold)
            for row, runs in enumerate((*grid.rows, *([grid.total] if grid.total else [])), 2):
                for column, run in enumerate(runs):
                    _cell(table, row, column, run)
        listed = book.add_worksheet("Chỉ tiêu")
        for column, header in enumerate(("Chỉ tiêu", "Mã", "Nhóm", "Giá trị", "Như in")):
            listed.write_string(0, column, header, bold)
        for row, (key, figure) in enumerate(document.figures().items(), 1):
            for column, text in enumerate((key, figure.code, figure.group)):
                listed.write_string(row, column, text)
            if figure.number is not None:
                listed.write_number(row, 3, float(figure.number))
            listed.write_string(row, 4, figure.text)
    return target.getvalue()


def _sentence(block: Heading | Sentences) -> str:
    return block.text if isinstance(block, Heading) else "".join(text_of(run) for run in block.runs)


def _cell(sheet: xlsxwriter.worksheet.Worksheet, row: int, column: int, run: Run) -> None:
    if isinstance(run, Fig) and run.number is not None and not run.text.endswith("%"):
        sheet.write_number(row, column, float(run.number))
    else:
        sheet.write_string(row, column, text_of(run))


FORMATS: dict[str, Callable[..., bytes]] = {"docx": as_docx, "pdf": as_pdf, "xlsx": as_xlsx, "json": as_json}


def written(name: str, document: Document, head: Head, *, numbered: bool = False) -> bytes:
    """The bytes of a file by the ending of its name; Refused for an ending that is no format."""
    ending = name.rsplit(".", 1)[-1].lower()
    if ending not in FORMATS:
        raise Refused(
            Violation(
                "REPORT-FORMAT",
                f"Không ghi được tệp “{name}”.",
                fix="Tên tệp kết thúc bằng .docx, .pdf, .xlsx hoặc .json.",
            )
        )
    return FORMATS[ending](document, head, numbered=numbered)
