"""The plan of a restructuring as an official paper, and as a workbook of every row."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping, Sequence

import xlsxwriter

from canbo.facts.organisation.choices import Operation, Shelf
from canbo.facts.organisation.queries import version_at
from canbo.foundation.kernel.dates import format_date
from canbo.foundation.kernel.numbers import format_number
from canbo.foundation.papers.blocks import Appendix, Block, Column, Heading, Items, Paper, Paragraph, Table

from .choices import Rule
from .models import Restructuring
from .queries.seeing import altered
from .rules import Move, Plan

MOST_PRINTED = 1500
"""Rows of one list that a paper holds; the workbook holds all of them."""
OPERATIONS = {str(value): str(label) for value, label in Operation.choices}
RULES = {str(value): str(label) for value, label in Rule.choices}

OWN = {"grant", "delegation"}
"""Kinds of rows that concern this system alone."""

Row = tuple[str, ...]
Names = Mapping[str, str]


def _name(code: str | None, names: Names) -> str:
    if not code:
        return ""
    return f"{names[code]} ({code})" if code in names else code


def _told(plan: Plan) -> list[Move]:
    """What moves, as a paper tells it: who may open what in this system is nobody else's concern."""
    return [move for move in plan.moves if move.kind not in OWN]


def lists_of(plan: Plan, names: Names) -> list[tuple[str, Row, list[Row]]]:
    """Title, headers and rows of every list of a plan."""
    closings: list[Row] = [
        (c.code, c.name, OPERATIONS.get(c.operation, c.operation), "; ".join(_name(t, names) for t in c.targets))
        for c in plan.closings
    ]
    openings: list[Row] = [
        (o.code, o.name, o.kind, _name(o.parent, names), OPERATIONS.get(o.operation, o.operation),
         "; ".join(_name(s, names) for s in o.sources))
        for o in plan.openings
    ]  # fmt: skip
    changes: list[Row] = [
        (c.code, c.old_name, c.name, c.kind, _name(c.parent, names),
         ", ".join(OPERATIONS.get(o, o) for o in c.operations) or ("theo đơn vị cấp trên" if c.follows else "tiếp nhận"))
        for c in plan.changes
    ]  # fmt: skip
    moves: list[Row] = [
        (m.code, m.name, m.label, format_number(m.count), RULES.get(m.rule, m.rule), _name(m.target, names))
        for m in _told(plan)
    ]
    findings: list[Row] = [(f.unit, f.name, f.message, f.source) for f in plan.findings]
    return [
        ("Đơn vị kết thúc", ("Mã", "Đơn vị", "Hình thức", "Nơi kế tục"), closings),
        ("Đơn vị lập mới", ("Mã", "Đơn vị", "Loại hình", "Cấp trên", "Hình thức", "Hình thành từ"), openings),
        ("Đơn vị thay đổi", ("Mã", "Tên cũ", "Tên mới", "Loại hình", "Cấp trên", "Nội dung"), changes),
        ("Chuyển người, số liệu", ("Mã", "Từ đơn vị", "Loại", "Số lượng", "Cách chuyển", "Về đơn vị"), moves),
        ("Nội dung rà soát", ("Mã", "Đơn vị", "Nội dung", "Căn cứ"), findings),
    ]


def paper_of(case: Restructuring, plan: Plan, names: Names, totals: Sequence[tuple[str, int, int, int]]) -> Paper:
    """The plan in the layout of the system its scope belongs to, a draft until it was decided upon.

    Args:
        totals: label, figure before, figure after and rows that became one, once it was carried out.
    """
    version = version_at(case.scope, case.on - dt.timedelta(days=1)) if case.scope else None
    state = version is not None and version.shelf == Shelf.STATE
    lists = [(title, headers, rows) for title, headers, rows in lists_of(plan, names) if rows]
    body: list[Block] = [
        Heading("I. NỘI DUNG SẮP XẾP", 1),
        Paragraph(
            f"Thực hiện từ ngày {format_date(case.on)}, "
            + (f"trong phạm vi {version.name if version else case.scope}." if case.scope else "trên toàn hệ thống.")
        ),
        Items(tuple(_counted(plan))),
        Heading("II. NGƯỜI VÀ SỐ LIỆU CHUYỂN", 1),
        _moved(plan, totals),
    ]
    if plan.findings:
        body += [
            Heading("III. NỘI DUNG CẦN LƯU Ý", 1),
            Paragraph(f"Qua rà soát có {format_number(len(plan.findings))} nội dung, nêu tại phụ lục."),
        ]
    body.append(Paragraph("Danh sách chi tiết tại các phụ lục kèm theo."))
    return Paper(
        system="state" if state else "party",
        profile_on=case.on,
        issuer=version.name if version else "Ban Tổ chức",
        issuer_code="…",
        doc_type="Phương án",
        type_code="PA",
        abstract=case.title,
        draft=case.decision_id is None,
        body=tuple(body),
        appendices=tuple(_appendix(title, headers, rows) for title, headers, rows in lists),
    )


def _counted(plan: Plan) -> list[str]:
    own = sum(not change.follows and altered(change) for change in plan.changes)
    along = sum(change.follows for change in plan.changes)
    receiving = len(plan.changes) - own - along
    said = [
        (len(plan.closings), "đơn vị kết thúc"),
        (len(plan.openings), "đơn vị lập mới"),
        (own, "đơn vị đổi tên, loại hình hoặc cấp trên"),
        (receiving, "đơn vị tiếp nhận, giữ nguyên tên, loại hình, cấp trên"),
        (along, "đơn vị trực thuộc chuyển theo đơn vị cấp trên"),
    ]
    return [f"{format_number(count)} {what}." for count, what in said if count] or ["Chưa có thay đổi nào."]


def _moved(plan: Plan, totals: Sequence[tuple[str, int, int, int]]) -> Block:
    if totals:
        columns: tuple[Column, ...] = (
        Column("Nội dung", width=3), Column("Trước", "right"), Column("Sau", "right"), Column("Gộp", "right"),
        )  # fmt: skip
        rows = tuple(
            (label[:1].upper() + label[1:], *(format_number(n) for n in figures)) for label, *figures in totals
        )
        return Table(columns, rows, caption="Tổng trước và sau khi thực hiện")
    sums: dict[str, list[int]] = {}
    for move in _told(plan):
        counted = sums.setdefault(move.label, [0, 0])
        counted[0] += move.count
        counted[1] += move.waiting
    if not sums:
        return Paragraph("Không có người, số liệu nào phải chuyển.")
    columns = (Column("Nội dung", width=3), Column("Chuyển", "right"), Column("Bố trí từng người", "right"))
    rows = tuple(
        (label[:1].upper() + label[1:], format_number(all_), format_number(waiting))
        for label, (all_, waiting) in sums.items()
    )
    return Table(columns, rows, caption="Người và số liệu của các đơn vị kết thúc")


def _appendix(title: str, headers: Row, rows: Sequence[Row]) -> Appendix:
    columns = (Column("TT", "center", 0.5), *(Column(header, width=_width(header)) for header in headers))
    # a code without a space may break after its points, lest it run into the next cell
    broken = [(row[0].replace(".", ".\u200b"), *row[1:]) for row in rows[:MOST_PRINTED]]
    shown = tuple((str(number), *row) for number, row in enumerate(broken, 1))
    blocks: list[Block] = [Table(columns, shown)]
    if len(rows) > MOST_PRINTED:
        left = format_number(len(rows) - MOST_PRINTED)
        blocks.append(Paragraph(f"Còn {left} dòng; danh sách đầy đủ trong tệp Excel kèm theo."))
    return Appendix(title, tuple(blocks), landscape=len(headers) > 4)


def _width(header: str) -> float:
    return {"Mã": 1.3, "Số lượng": 0.8, "Hình thức": 1.2}.get(header, 2.4)


def workbook(plan: Plan, names: Names) -> bytes:
    """Every row of every list of a plan, a sheet each."""
    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(target, options) as book:
        bold = book.add_format({"bold": True, "bottom": 1})
        for title, headers, rows in lists_of(plan, names):
            sheet = book.add_worksheet(title)
            sheet.freeze_panes(1, 1)
            for column, header in enumerate(headers):
                sheet.set_column(column, column, 12 if header in ("Mã", "Số lượng") else 34)
                sheet.write_string(0, column, header, bold)
            for line, row in enumerate(rows, 1):
                for column, cell in enumerate(row):
                    sheet.write_string(line, column, cell)
            sheet.autofilter(0, 0, max(1, len(rows)), len(headers) - 1)
    return target.getvalue()
