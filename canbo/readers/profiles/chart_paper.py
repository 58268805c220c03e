"""The organisation chart on paper: A4 or A3, landscape."""

from __future__ import annotations

from dataclasses import dataclass

from canbo.facts.organisation.choices import Shelf
from canbo.foundation.kernel.dates import format_date
from canbo.foundation.kernel.numbers import format_number
from canbo.foundation.kernel.violation import Refused, Violation
from canbo.foundation.papers.chart import ChartBox, ChartSheet, render_chart

from .queries.chart import Box, Chart

MOST_PRINTED = 3000
"""More boxes than this nobody reads on paper; their printing would also hold up the others."""
TONES = {Shelf.PARTY: 0, Shelf.STATE: 1, Shelf.FRONT: 2}


@dataclass(frozen=True)
class Sheet:
    """A size of paper in landscape, in mm, and how many columns of boxes stand on it."""

    label: str
    width: float
    height: float
    columns: int


PAPERS = {"a4": Sheet("A4", 297, 210, 4), "a3": Sheet("A3", 420, 297, 6)}


def chart_pdf(chart: Chart, size: str, conditions: str = "") -> bytes:
    """The chart as PDF, several pages where it needs them.

    Args:
        size: key of ``PAPERS``.
        conditions: what the drawing is limited to, in words.

    Raises:
        Refused: too many boxes, or the print font lacks a character.
    """
    boxes = chart.boxes
    if len(boxes) > MOST_PRINTED or any(box.more for box in boxes):
        raise Refused(
            Violation(
                "CHART-TOO-LARGE",
                f"Sơ đồ có hơn {format_number(MOST_PRINTED)} ô, in ra không đọc được.",
                fix="Giảm số cấp mở sẵn, hoặc in sơ đồ riêng của từng đơn vị bên dưới.",
            )
        )
    paper = PAPERS[size]
    one = chart.tops[0] if len(chart.tops) == 1 else None
    under = one.below if one else chart.tops
    said = f"Ngày {format_date(chart.day)}" + (f" · {conditions}" if conditions else "")
    return render_chart(
        ChartSheet(
            title=f"Sơ đồ tổ chức {chart.name}".strip(),
            subtitle=f"{said} · {format_number(len(boxes))} đơn vị",
            note=f"Ngày {format_date(chart.day)}. Số đảng viên, cán bộ gồm cả các đơn vị bên dưới.",
            top=_box(one, deep=False) if one else None,
            boxes=[_box(box) for box in under],
            width=paper.width,
            height=paper.height,
            columns=max(1, min(paper.columns, len(under))),
            dated=chart.day,
        )
    )


def _box(box: Box, *, deep: bool = True) -> ChartBox:
    figures = [
        f"{format_number(count)} {what}"
        for count, what in ((box.head.members, "đảng viên"), (box.head.staff, "cán bộ"))
        if count
    ]
    shut = f"{format_number(box.children)} đơn vị bên dưới" if box.children and not box.below else ""
    lines = [box.kind, f"{box.head_title}: {box.head_name}" if box.head_name else "", " · ".join(figures), shut]
    return ChartBox(
        name=box.name,
        lines=tuple(line for line in lines if line),
        mark=f"Khuyết {format_number(box.vacant)} chức vụ" if box.vacant else "",
        tone=TONES.get(Shelf(box.shelf), 0),
        below=tuple(_box(child) for child in box.below) if deep else (),
    )
