"""Mẫu 05 of HD 43-HD/BTCTW: the self-assessment of a leader for a quarter, by criteria met and six axes."""

from __future__ import annotations

from canbo.foundation.papers.blocks import Column, Heading, Options, Paper, Paragraph, Table, Text

from .plain import form
from .printed import form_of
from .shapes import AxisRow, Criterion, QuarterSheet
from .tables import whole
from .words import amount, line, points, signed, text


def quarter_paper(sheet: QuarterSheet) -> Paper:
    """The sheet as a paper."""
    printed = form_of("hd43-05", sheet.office.on)
    who = sheet.who
    body = (
        line("Họ và tên", who.name),
        line("Ngày sinh", who.born),
        line("Chức vụ Đảng", who.party_post),
        line("Chức vụ chính quyền", who.post),
        line("Chức vụ đoàn thể", who.mass_post),
        line("Đơn vị công tác", who.unit),
        Heading("I. TỰ ĐÁNH GIÁ"),
        Heading("A. Nhóm tiêu chí chung", 2),
        _criteria(sheet.criteria),
        Heading("B. Nhóm tiêu chí kết quả thực hiện nhiệm vụ", 2),
        _axes(sheet.axes),
        Paragraph(
            f"Tổng điểm: {points(sheet.total)} (tiêu chí chung {points(sheet.common)}, "
            f"kết quả thực hiện nhiệm vụ {points(sheet.result)})",
        ),
        Heading("II. TỰ ĐỀ XUẤT XẾP LOẠI"),
        Options(sheet.scale.boxes(sheet.own_grade)),
        Heading("III. NHẬN XÉT, ĐÁNH GIÁ CỦA CẤP CÓ THẨM QUYỀN"),
        *text(sheet.comment, 4),
    )
    return form(
        sheet.office,
        printed.system,
        printed.title,
        sheet.period,
        body,
        (signed(sheet.own), signed(sheet.superior)),
        number=printed.number,
    )


def met(item: Criterion) -> bool | None:
    """Whether a criterion that gives all or nothing was met; None while it was not judged."""
    return None if item.own is None else item.own > 0


def _criteria(criteria: tuple[Criterion, ...]) -> Table:
    columns = (
        Column("TT", "center", 1.1),
        Column("Tiêu chí", "left", 7),
        Column("Đảm bảo", "center", 1.4),
        Column("Không đảm bảo", "center", 1.4),
        Column("Điểm tối đa", "center", 1.4),
        Column("Điểm đạt", "center", 1.4),
        Column("Ghi chú", "left", 2),
    )
    rows = tuple(
        (
            Text(item.key, bold=item.group),
            Text(item.title, bold=item.group),
            "x" if not item.group and met(item) else "",
            "x" if not item.group and met(item) is False else "",
            Text(amount(item.most), bold=item.group),
            Text(points(item.own, ""), bold=item.group),
            Text(item.note, verbatim=True),
        )
        for item in criteria
    )
    tops = [item for item in criteria if item.group] or list(criteria)
    total = (
        "",
        "Cộng",
        "",
        "",
        amount(whole(item.most for item in tops)),
        points(whole(item.own for item in tops), ""),
        "",
    )
    return Table(columns, rows, total=total, size=11)


def _axes(axes: tuple[AxisRow, ...]) -> Table:
    columns = (
        Column("TT", "center", 1),
        Column("Trục nhiệm vụ", "left", 7),
        Column("Điểm tối đa", "center", 1.6),
        Column("Điểm đạt", "center", 1.6),
        Column("Ghi chú", "left", 3),
    )
    rows = tuple(
        (str(n), axis.title, amount(axis.most), points(axis.own, ""), Text(axis.note, verbatim=True))
        for n, axis in enumerate(axes, 1)
    )
    total = ("", "Cộng", amount(whole(a.most for a in axes)), points(whole(a.own for a in axes), ""), "")
    return Table(columns, rows, total=total, size=11)
