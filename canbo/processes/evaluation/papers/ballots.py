"""Votes on grades: the ballot, the count sheet, and the list of a dossier (HD 43, Mẫu 04).

No text prescribes a ballot; these follow what the steps of HD 43 need to know.
"""

from __future__ import annotations

from collections.abc import Sequence

from canbo.foundation.kernel.numbers import format_percent, percent
from canbo.foundation.papers.blocks import Column, Paper, Paragraph, Table, Text

from .printed import dossier_of, form_of
from .shapes import Hand, Listed, Office, Scale
from .words import amount, form, points, signed


def ballot_paper(office: Office, period: str, rows: Sequence[Listed], scale: Scale) -> Paper:
    """Phiếu biểu quyết: one line a subject, one column a grade, to be marked with x."""
    columns = (
        Column("TT", "center", 0.8),
        Column("Họ và tên, tên tập thể", "left", 4.5),
        Column("Tổng điểm", "right", 1.5),
        Column("Tự xếp loại", "left", 2.8),
        *(Column(words, "center", 1.8, group="Đồng chí xếp loại (đánh dấu x vào một ô)") for _, words in scale.grades),
    )
    made = tuple(
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


def count_paper(
    office: Office,
    period: str,
    rows: Sequence[tuple[str, Sequence[int]]],
    scale: Scale,
    *,
    summoned: int | None,
    present: int | None,
    tellers: Hand,
    chair: Hand,
) -> Paper:
    """Biên bản kiểm phiếu: votes for each grade and their share of those present.

    Args:
        rows: subject and votes by grade, in the order of the scale.
        summoned, present: people; None leaves dots to fill in.
    """
    columns = (
        Column("TT", "center", 0.8),
        Column("Họ và tên, tên tập thể", "left", 4.5),
        *(Column(words, "center", 2.2, group="Số phiếu (tỷ lệ trên số có mặt)") for _, words in scale.grades),
        Column("Không hợp lệ", "center", 1.6),
    )
    made = tuple(
        (str(n), Text(name, verbatim=True), *_counted(cast, present, scale)) for n, (name, cast) in enumerate(rows, 1)
    )
    return form(
        office,
        "party",
        "Biên bản kiểm phiếu xếp loại chất lượng",
        period,
        (
            Paragraph(
                f"Số được triệu tập: {amount(summoned) or '……'}; có mặt: {amount(present) or '……'}; "
                f"phiếu phát ra: {amount(present) or '……'}; phiếu thu về: ……; hợp lệ: ……",
                "left",
            ),
            Table(columns, made, size=11),
        ),
        (signed(tellers), signed(chair)),
        landscape=True,
    )


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


def _votes(votes: int, present: int | None) -> str:
    share = format_percent(percent(votes, present))
    return f"{votes} ({share})" if share else str(votes)


def _counted(cast: Sequence[int], present: int | None, scale: Scale) -> tuple[str, ...]:
    """The cells of a line; empty ones, to be filled in by hand, where nobody was counted yet."""
    if not cast:
        return ("",) * (len(scale.grades) + 1)
    spoilt = "" if present is None else str(max(0, present - sum(cast)))
    return (*(_votes(votes, present) for votes in cast), spoilt)


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
