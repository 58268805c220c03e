"""Mẫu số 01 of Nghị định 335/2025/NĐ-CP: the sheet of a month or quarter, with the annex of results."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from canbo.foundation.papers.blocks import Appendix, Block, Column, Content, Heading, Paper, Paragraph, Table, Text

from .printed import form_of
from .shapes import Criterion, Formula, MonthSheet, Points, TaskRow
from .words import amount, form, labelled, line, points, signed


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


def criteria_table(criteria: tuple[Criterion, ...], *, superior: bool = False) -> Table:
    """TT, criterion, most, own points, and the competent person's column where it is used."""
    columns = [
        Column("TT", "center", 1.1),
        Column("Tiêu chí chấm điểm", "left", 8.5),
        Column("Điểm tối đa", "center", 1.7),
        Column("Điểm do cá nhân tự chấm", "center", 2.2),
    ]
    if superior:
        columns.append(Column("Điểm của cấp có thẩm quyền", "center", 2.2))
    rows = []
    for item in criteria:
        cells: list[Content] = [
            Text(item.key, bold=item.group),
            Text(item.title, bold=item.group),
            Text(amount(item.most), bold=item.group),
            Text(points(item.own, ""), bold=item.group),
        ]
        if superior:
            cells.append(Text(points(item.superior, ""), bold=item.group))
        rows.append(tuple(cells))
    tops = [item for item in criteria if item.group] or list(criteria)
    total: list[Content] = ["", "Tổng cộng", amount(whole(item.most for item in tops)), points(_own(tops), "")]
    if superior:
        total.append(points(whole(item.superior for item in tops), ""))
    return Table(tuple(columns), tuple(rows), total=tuple(total))


def whole(values: Iterator[Points] | tuple[Points, ...]) -> Points:
    """The sum, unknown as soon as one part is."""
    found = list(values)
    return None if None in found else sum((v for v in found if v is not None), Decimal(0))


def tasks_table(tasks: tuple[TaskRow, ...], *, caption: str = "") -> Table:
    """The tasks that counted, with their converted quantities and sums."""
    columns = (
        Column("TT", "center", 1),
        Column("Nhiệm vụ", "left", 6),
        Column("Sản phẩm, công việc", "left", 4),
        Column("Hệ số", "right", 1.3),
        Column("Giao", "right", 1.4, group="Số lượng"),
        Column("Hoàn thành", "right", 1.6, group="Số lượng"),
        Column("Giao", "right", 1.4, group="Số lượng quy đổi"),
        Column("Hoàn thành", "right", 1.6, group="Số lượng quy đổi"),
        Column("Lần trả lại", "right", 1.4),
        Column("Lần chậm", "right", 1.4),
        Column("Ghi chú", "left", 2.6),
    )
    rows = tuple(
        (
            str(number),
            Text(task.title, verbatim=True),
            Text(task.product, verbatim=True),
            amount(task.coef),
            amount(task.assigned),
            amount(task.done),
            amount(_times(task.coef, task.assigned)),
            amount(_times(task.coef, task.done)),
            str(task.returns),
            str(task.delays),
            Text(task.note, verbatim=True),
        )
        for number, task in enumerate(tasks, 1)
    )
    total = (
        "",
        "Cộng",
        "",
        "",
        "",
        "",
        amount(whole(_times(t.coef, t.assigned) for t in tasks)),
        amount(whole(_times(t.coef, t.done) for t in tasks)),
        str(sum(t.returns for t in tasks)),
        str(sum(t.delays for t in tasks)),
        "",
    )
    return Table(columns, rows, total=total, caption=caption, size=11)


def formula_table(formulas: tuple[Formula, ...]) -> Table:
    """The calculation, line by line, with its article."""
    columns = (
        Column("Nội dung", "left", 4),
        Column("Cách tính", "left", 8),
        Column("Kết quả", "right", 1.6),
        Column("Căn cứ", "left", 3),
    )
    rows = tuple((f.label, f.filled, points(f.value, "chưa đủ dữ liệu"), f.article) for f in formulas)
    return Table(columns, rows, caption="Cách tính điểm", size=11)


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


def _own(items: list[Criterion]) -> Points:
    return whole(item.own for item in items)


def _times(one: Points, other: Points) -> Points:
    return None if one is None or other is None else one * other
