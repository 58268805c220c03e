"""What the pages of figures and reports show: values with their addresses, ready for the templates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from canbo.foundation.kernel.period import Span
from canbo.foundation.ui.charts import Chart, Point

from .document import Block, Document, Fig, Grid, Heading, Run, Sentences
from .indicators import Indicator
from .rules import Figure


@dataclass(frozen=True)
class Piece:
    """A run of text on the screen; a figure has an address, and says when it has changed since the issue."""

    text: str
    url: str = ""
    changed: bool = False


@dataclass(frozen=True)
class Shown:
    """A block on the screen, with the name of its shape."""

    shape: str
    block: Block
    pieces: tuple[Piece, ...] = ()
    rows: tuple[tuple[Piece, ...], ...] = ()
    total: tuple[Piece, ...] = ()


def address(code: str, unit: str, period: str, group: str = "") -> str:
    """The page of a figure, or of one part of it (``grouping=key``)."""
    query = {"don_vi": unit, "ky": period}
    if group:
        query["nhom"] = group
    return f"{reverse('indicator', args=[code])}?{urlencode(query)}"


def shown(document: Document, changed: frozenset[str] = frozenset()) -> list[tuple[str, list[Shown]]]:
    """The document part by part: its body under an empty title, then each appendix under its own."""

    def piece(run: Run) -> Piece:
        if not isinstance(run, Fig):
            return Piece(run)
        return Piece(run.text, address(run.code, document.unit, document.period, run.group), run.id in changed)

    def block(one: Block) -> Shown:
        if isinstance(one, Heading):
            return Shown("heading", one)
        if isinstance(one, Sentences):
            return Shown("sentences", one, pieces=tuple(piece(run) for run in one.runs))
        if isinstance(one, Grid):
            rows = tuple(tuple(piece(run) for run in row) for row in one.rows)
            return Shown("grid", one, rows=rows, total=tuple(piece(run) for run in one.total or ()))
        return Shown("words", one)

    parts = [("", document.blocks), *document.appendices]
    return [(title, [block(one) for one in blocks]) for title, blocks in parts if blocks]


def years_around(span: Span, count: int = 5) -> list[Span]:
    """The same period of the years before, oldest first, and the period itself."""
    found = [span]
    for _ in range(count - 1):
        found.append(found[-1].year_before())
    return found[::-1]


def line(one: Indicator, past: Sequence[Figure]) -> Chart | None:
    """The line over the years; nothing for a single year."""
    points = [
        Point(figure.period, figure.value, address(one.code, figure.unit, figure.period), plan=figure.plan)
        for figure in past
    ]
    if len(points) < 2:
        return None
    return Chart("line", f"{one.title} qua các năm", points, unit=one.unit)
