"""Charts of boxes (who stands under whom) as PDF on large pages, as many as they take."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from .pdf import FAMILY, PRINT_FONTS, compile_template
from .typography import bind

TEMPLATE = Path(__file__).with_name("chart.typ")


@dataclass(frozen=True)
class ChartBox:
    """One box.

    Args:
        name: set in bold.
        lines: further lines, smaller.
        mark: a last line in bold, for what needs attention.
        tone: 0, 1 or 2, which of the three colours its edge has.
        below: boxes that hang under it.
    """

    name: str
    lines: tuple[str, ...] = ()
    mark: str = ""
    tone: int = 0
    below: tuple[ChartBox, ...] = field(default=())

    def walk(self) -> Iterator[ChartBox]:
        """The box and everything under it."""
        yield self
        for box in self.below:
            yield from box.walk()


@dataclass(frozen=True)
class ChartSheet:
    """A chart to be printed.

    Args:
        top: the box above all others; None for several trees side by side.
        boxes: what stands right under it.
        width, height: of the page, in mm.
        columns: of boxes beside each other on a page.
        dated: day written into the file, so that the same chart gives the same bytes.
    """

    title: str
    subtitle: str
    note: str
    top: ChartBox | None
    boxes: Sequence[ChartBox]
    width: float
    height: float
    columns: int
    dated: dt.date


def render_chart(sheet: ChartSheet, *, fonts: Path = PRINT_FONTS) -> bytes:
    """The chart as PDF.

    Raises:
        Refused: the print font lacks a character.
        FontsMissing: the folder lacks a face.
    """
    data = asdict(sheet) | {"title": bind(sheet.title), "dated": str(sheet.dated), "font": FAMILY}
    return compile_template(TEMPLATE, json.dumps(data, ensure_ascii=False), sheet.dated, fonts)
