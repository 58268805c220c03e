"""Lists of a period: the summary of a unit, people or bodies with every opinion and the grade, and who has none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from canbo.foundation.kernel.numbers import format_percent, percent
from canbo.foundation.papers.blocks import Block, Column, Content, Heading, Paper, Paragraph, Table, Text

from .plain import form
from .shapes import CapLine, Listed, Scale, UnitList
from .words import points, signed


def unit_list_paper(unit: UnitList) -> Paper:
    """The summary list: rows, counts by grade, the cap with its boundary, who is not graded and why."""
    what = "tập thể" if unit.collectives else "cá nhân"
    body = (
        rows_table(unit.rows, collectives=unit.collectives),
        Paragraph(Text(f"{unit.scale.legend}.", italic=True), "left"),
        Heading("Tổng hợp theo mức"),
        counts_table(unit.rows, unit.scale),
        *_caps(unit.caps),
        *_not_graded(unit.not_graded),
        Paragraph(f"Danh sách có {len(unit.rows)} {what}.", "left"),
    )
    return form(
        unit.office,
        unit.system,
        f"Danh sách tổng hợp kết quả đánh giá, xếp loại {what}",
        f"{unit.unit}, {unit.period}",
        body,
        (signed(unit.maker), signed(unit.head)),
        landscape=True,
    )


def rows_table(rows: Sequence[Listed], *, collectives: bool = False) -> Table:
    """Name, post, points, own grade, proposal, decision, note."""
    columns = (
        Column("TT", "center", 0.9),
        Column("Tên tập thể" if collectives else "Họ và tên", "left", 4),
        Column("Đơn vị" if collectives else "Chức vụ, chức danh", "left", 4),
        Column("Điểm chung", "right", 1.4),
        Column("Điểm kết quả", "right", 1.4),
        Column("Tổng điểm", "right", 1.4),
        Column("Tự xếp loại", "center", 1.5),
        Column("Đề xuất", "center", 1.5),
        Column("Quyết định", "center", 1.5),
        Column("Ghi chú", "left", 4),
    )
    made = tuple(
        (
            str(number),
            Text(row.name, verbatim=True),
            Text(row.unit if collectives else row.post, verbatim=True),
            points(row.common, ""),
            points(row.result, ""),
            points(row.total, ""),
            row.own,
            row.proposed,
            Text(row.grade, bold=True),
            Text(row.note, verbatim=True),
        )
        for number, row in enumerate(rows, 1)
    )
    return Table(columns, made, size=10.5)


def counts_table(rows: Sequence[Listed], scale: Scale) -> Table:
    """How many have each grade; percentages of those graded, and how many are not yet."""
    counted = Counter(row.grade for row in rows if row.grade)
    graded = sum(counted.values())
    keys = [key for key, _ in scale.grades]
    lines: list[tuple[Content, ...]] = [
        (words, str(counted.get(key, 0)), format_percent(percent(counted.get(key, 0), graded)))
        for key, words in scale.grades
    ]
    lines += [
        (scale.words(key), str(number), format_percent(percent(number, graded)))
        for key, number in sorted(counted.items())
        if key not in keys
    ]
    if len(rows) > graded:
        lines.append(("Chưa xếp loại", str(len(rows) - graded), ""))
    return Table(
        (Column("Mức xếp loại", "left", 5), Column("Số lượng", "right", 2), Column("Tỷ lệ", "right", 2)),
        tuple(lines),
        total=("Đã xếp loại", str(graded), "100,0%" if graded else ""),
        size=11,
    )


def _caps(caps: Sequence[CapLine]) -> Iterator[Block]:
    if not caps:
        return
    yield Heading("Kiểm tra tỷ lệ mức cao nhất theo nhóm tương đồng")
    columns = (
        Column("Nhóm", "left", 4),
        Column("Cơ sở tính", "right", 1.5),
        Column("Được tối đa", "right", 1.5),
        Column("Đang xếp", "right", 1.5),
        Column("Người ở ranh giới", "left", 6),
    )
    rows = tuple(
        (
            cap.group,
            str(cap.base),
            str(cap.limit),
            Text(str(cap.used), bold=cap.used > cap.limit),
            Text("; ".join(cap.boundary) or "không có", verbatim=True),
        )
        for cap in caps
    )
    yield Table(columns, rows, size=11)


def _not_graded(rows: Sequence[tuple[str, str, str]]) -> Iterator[Block]:
    if not rows:
        return
    yield Heading("Không xếp loại")
    columns = (
        Column("TT", "center", 0.7),
        Column("Họ và tên", "left", 4),
        Column("Chức vụ, chức danh", "left", 4),
        Column("Lý do", "left", 7),
    )
    made = tuple(
        (str(n), Text(name, verbatim=True), Text(post, verbatim=True), why)
        for n, (name, post, why) in enumerate(rows, 1)
    )
    yield Table(columns, made, size=11)
