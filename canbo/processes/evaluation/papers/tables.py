"""Tables that several forms share: criteria, tasks that counted, the calculation."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from canbo.foundation.papers.blocks import Column, Content, Table, Text

from .shapes import Criterion, Formula, Points, TaskRow
from .words import amount, points


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


def _own(items: list[Criterion]) -> Points:
    return whole(item.own for item in items)


def _times(one: Points, other: Points) -> Points:
    return None if one is None or other is None else one * other
