"""Mẫu số 02 of Nghị định 335/2025/NĐ-CP: the grade of a year from its months."""

from __future__ import annotations

from canbo.foundation.papers.blocks import Column, Heading, Options, Paper, Table, Text

from .plain import form
from .printed import form_of
from .shapes import YearSheet
from .words import line, points, signed, text


def year_paper(sheet: YearSheet) -> Paper:
    """The sheet as a paper; an ungraded sheet has open boxes."""
    printed = form_of("mau-02", sheet.office.on)
    rows = tuple((p.label, points(p.points, ""), Text(p.note, verbatim=True)) for p in sheet.periods)
    months = Table(
        (
            Column("Kỳ theo dõi, đánh giá", "left", 4),
            Column("Tổng điểm", "center", 3),
            Column("Ghi chú", "left", 6),
        ),
        rows,
        total=("Tổng điểm trung bình cả năm", points(sheet.mean, ""), ""),
    )
    body = (
        line("Họ và tên", sheet.who.name),
        line("Chức vụ, chức danh", sheet.who.post),
        line("Đơn vị công tác", sheet.who.unit),
        Heading("I. TỔNG HỢP KẾT QUẢ THEO DÕI, ĐÁNH GIÁ TRONG NĂM"),
        months,
        Heading("II. CÔNG CHỨC TỰ XẾP LOẠI CHẤT LƯỢNG"),
        Options(sheet.scale.boxes(sheet.own_grade)),
        Heading("III. KẾT QUẢ XẾP LOẠI CỦA CẤP CÓ THẨM QUYỀN"),
        Options(sheet.scale.boxes(sheet.grade)),
        Heading("IV. ĐỀ XUẤT PHƯƠNG ÁN XỬ LÝ"),
        *text(sheet.measures, 3),
    )
    return form(
        sheet.office,
        printed.system,
        printed.title,
        f"Năm {sheet.year}",
        body,
        (signed(sheet.own), signed(sheet.decider)),
        number=printed.number,
    )
