"""The count sheet of a vote on grades."""

from __future__ import annotations

from collections.abc import Sequence

from canbo.foundation.kernel.numbers import format_percent, percent
from canbo.foundation.papers.blocks import Column, Content, Paper, Paragraph, Table, Text

from .plain import form
from .shapes import Hand, Office, Scale
from .words import amount, signed


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
    made: tuple[tuple[Content, ...], ...] = tuple(
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


def _votes(votes: int, present: int | None) -> str:
    share = format_percent(percent(votes, present))
    return f"{votes} ({share})" if share else str(votes)


def _counted(cast: Sequence[int], present: int | None, scale: Scale) -> tuple[str, ...]:
    """The cells of a line; empty ones, to be filled in by hand, where nobody was counted yet."""
    if not cast:
        return ("",) * (len(scale.grades) + 1)
    spoilt = "" if present is None else str(max(0, present - sum(cast)))
    return (*(_votes(votes, present) for votes in cast), spoilt)
