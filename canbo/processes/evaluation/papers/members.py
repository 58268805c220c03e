"""Lists of the year of a Party body: members not reviewed, and what everybody who has a say proposes."""

from __future__ import annotations

from collections.abc import Sequence

from canbo.foundation.papers.blocks import Column, Content, Paper, Paragraph, Table, Text

from .plain import form
from .shapes import Hand, Office, Scale
from .words import signed


def not_reviewed_paper(
    office: Office, year: int, rows: Sequence[tuple[str, str, str, str]], maker: Hand, head: Hand
) -> Paper:
    """Danh sách đảng viên chưa kiểm điểm, xếp loại: name, cell, day of admission, reason."""
    columns = (
        Column("TT", "center", 0.8),
        Column("Họ và tên", "left", 4),
        Column("Chi bộ", "left", 4),
        Column("Ngày kết nạp", "center", 2.2),
        Column("Lý do chưa kiểm điểm, xếp loại", "left", 6),
    )
    made: tuple[tuple[Content, ...], ...] = tuple(
        (str(n), *(Text(cell, verbatim=True) for cell in row)) for n, row in enumerate(rows, 1)
    )
    empty = Paragraph("Không có đảng viên nào chưa kiểm điểm, xếp loại.", "left")
    return form(
        office,
        "party",
        "Danh sách đảng viên chưa kiểm điểm, xếp loại",
        f"Năm {year}",
        (Table(columns, made, size=12) if made else empty,),
        (signed(maker), signed(head)),
    )


def proposals_paper(
    office: Office,
    year: int,
    voices: Sequence[str],
    rows: Sequence[tuple[str, str, Sequence[str]]],
    scale: Scale,
    maker: Hand,
    head: Hand,
) -> Paper:
    """Tổng hợp đề xuất mức chất lượng của các chủ thể.

    Args:
        voices: who proposes, in order: the person, the administration, the committee of the cell, the union, the cell.
        rows: name, cell, and the grade each voice proposes (empty when it has not spoken).
    """
    columns = (
        Column("TT", "center", 0.8),
        Column("Họ và tên", "left", 4),
        Column("Chi bộ", "left", 3.4),
        *(Column(voice, "center", 2.3, group="Mức chất lượng do các chủ thể đề xuất") for voice in voices),
        Column("Ghi chú", "left", 2.4),
    )
    made = tuple(
        (
            str(n),
            Text(name, verbatim=True),
            Text(cell, verbatim=True),
            *said,
            "Khác nhau" if len({grade for grade in said if grade}) > 1 else "",
        )
        for n, (name, cell, said) in enumerate(rows, 1)
    )
    empty = Paragraph("Chưa có đề xuất nào.", "left")
    return form(
        office,
        "party",
        "Tổng hợp đề xuất mức chất lượng đảng viên của các chủ thể",
        f"Năm {year}",
        (Table(columns, made, size=10.5), Paragraph(Text(f"{scale.legend}.", italic=True), "left"))
        if made
        else (empty,),
        (signed(maker), signed(head)),
        landscape=True,
    )
