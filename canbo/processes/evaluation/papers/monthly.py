"""Mẫu số 01 of Nghị định 335/2025/NĐ-CP: the sheet of a month or quarter, with the annex of results."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from canbo.foundation.papers.blocks import Appendix, Block, Column, Heading, Paper, Paragraph, Table, Text

from .plain import form
from .printed import form_of
from .shapes import Formula, MonthSheet, TaskRow
from .tables import criteria_table, formula_table, tasks_table
from .words import labelled, line, points, signed


def month_paper(sheet: MonthSheet) -> Paper:
    """The sheet as a paper; what is not known yet is left in dots."""
    printed = form_of("mau-01", sheet.office.on)
    body = (
        line("Kỳ theo dõi, đánh giá", sheet.period),
        line("Họ và tên", sheet.who.name),
        line("Chức vụ, chức danh", sheet.who.post),
        line("Đơn vị công tác", sheet.who.unit),
        Heading("I. ĐIỂM THEO TIÊU CHÍ CHUNG"),
        criteria_table(sheet.criteria, superior=sheet.superior_column),
        *_support(sheet),
        Heading("II. KẾT QUẢ THEO DÕI, ĐÁNH GIÁ"),
        *_conclusion(sheet),
    )
    paper = form(
        sheet.office,
        printed.system,
        printed.title,
        "",
        body,
        (signed(sheet.own), signed(sheet.superior)),
        number=printed.number,
    )
    annex = tuple(_annex(sheet.tasks, sheet.formulas))
    if not annex:
        return paper
    return replace(paper, appendices=(Appendix("Kết quả thực hiện nhiệm vụ trong kỳ", annex, landscape=True),))


def _annex(tasks: tuple[TaskRow, ...], formulas: tuple[Formula, ...]) -> Iterator[Block]:
    if tasks:
        yield tasks_table(tasks)
    if formulas:
        yield formula_table(formulas)


def _support(sheet: MonthSheet) -> Iterator[Block]:
    """Parts judged for whoever supports and serves; nobody else has them."""
    if not sheet.support:
        return
    columns = (
        Column("Nội dung", "left", 8),
        Column("Cá nhân tự đánh giá (%)", "center", 2.5),
        Column("Người quản lý đánh giá (%)", "center", 2.5),
    )
    rows = tuple((words, points(own, ""), points(superior, "")) for words, own, superior in sheet.support)
    yield Table(columns, rows, caption="Kết quả công việc hỗ trợ, phục vụ")


def _conclusion(sheet: MonthSheet) -> Iterator[Block]:
    for number, (label, value) in enumerate(
        (
            ("Điểm tiêu chí chung", sheet.common),
            ("Điểm tiêu chí kết quả thực hiện nhiệm vụ", sheet.result),
            ("Tổng điểm", sheet.total),
        ),
        1,
    ):
        yield Paragraph((Text(f"{number}. {label}: "), Text(points(value), bold=value is not None)))
    yield from labelled("4. Ưu điểm:", sheet.strengths, 3)
    yield from labelled("5. Hạn chế, khuyết điểm:", sheet.weaknesses, 3)
    yield from labelled("6. Ý kiến nhận xét của cấp có thẩm quyền:", sheet.comment, 3)
