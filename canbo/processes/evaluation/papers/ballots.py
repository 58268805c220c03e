"""The ballot on grades: no text prescribes one; it asks what the steps of HD 43 need to know."""

from __future__ import annotations

from collections.abc import Sequence

from canbo.foundation.papers.blocks import Column, Content, Paper, Paragraph, Table, Text

from .plain import form
from .shapes import Listed, Office, Scale
from .words import points


def ballot_paper(office: Office, period: str, rows: Sequence[Listed], scale: Scale) -> Paper:
    """Phiếu biểu quyết: one line a subject, one column a grade, to be marked with x."""
    columns = (
        Column("TT", "center", 0.8),
        Column("Họ và tên, tên tập thể", "left", 4.5),
        Column("Tổng điểm", "right", 1.5),
        Column("Tự xếp loại", "left", 2.8),
        *(Column(words, "center", 1.8, group="Đồng chí xếp loại (đánh dấu x vào một ô)") for _, words in scale.grades),
    )
    made: tuple[tuple[Content, ...], ...] = tuple(
        (
            str(n),
            Text(row.name, verbatim=True),
            points(row.total, ""),
            scale.words(row.own),
            *("" for _ in scale.grades),
        )
        for n, row in enumerate(rows, 1)
    )
    return form(
        office,
        "party",
        "Phiếu biểu quyết xếp loại chất lượng",
        period,
        (
            Table(columns, made, size=11),
            Paragraph(Text("Dòng không đánh dấu hoặc đánh dấu từ hai ô trở lên là không hợp lệ.", italic=True), "left"),
        ),
        (),
        landscape=True,
    )
