"""The list of what a dossier of evaluation holds (HD 43, Mẫu 04)."""

from __future__ import annotations

from collections.abc import Sequence

from canbo.foundation.papers.blocks import Column, Paper, Table, Text

from .plain import form
from .printed import dossier_of, form_of
from .shapes import Hand, Office
from .words import signed


def dossier_paper(office: Office, period: str, subjects: Sequence[str], maker: Hand, head: Hand) -> Paper:
    """Mẫu 04, Danh mục hồ sơ: what the dossier of each subject holds, to be ticked off by hand."""
    printed = form_of("hd43-04", office.on)
    columns = (
        Column("TT", "center", 0.8),
        Column("Tài liệu", "left", 7.5),
        Column("Số, ngày", "left", 3),
        Column("Số tờ", "center", 1.4),
        Column("Ghi chú", "left", 2.6),
    )
    papers = dossier_of(office.on)
    rows: list[tuple[Text | str, ...]] = []
    for number, subject in enumerate(subjects, 1):
        rows.append((Text(_roman(number), bold=True), Text(subject, bold=True, verbatim=True), "", "", ""))
        rows += [(str(n), paper["label"], "", "", "") for n, paper in enumerate(papers, 1)]
    return form(
        office,
        printed.system,
        printed.title,
        period,
        (Table(columns, tuple(rows), size=12),),
        (signed(maker), signed(head)),
        number=printed.number,
    )


def _roman(number: int) -> str:
    """``IV`` for 4."""
    made = ""
    for value, letters in (
        (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
        (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
    ):  # fmt: skip
        while number >= value:
            made += letters
            number -= value
    return made
