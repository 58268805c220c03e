"""What the pages of figures and reports show: values with their addresses, ready for the templates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal
from urllib.parse import urlencode

from django.urls import reverse

from canbo.foundation.kernel.numbers import format_number, format_percent
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


def periods(year: int, this_year: int) -> list[tuple[str, list[tuple[str, str]]]]:
    """Periods to choose from, as rows of code and words: years, and the parts of the year looked at."""
    years = sorted({*range(this_year - 4, this_year + 1), year}, reverse=True)
    halves = [(f"{year}-H1", "6 tháng đầu"), (f"{year}-H2", "6 tháng cuối")]
    quarters = [(f"{year}-Q{n}", f"Quý {word}") for n, word in enumerate(("I", "II", "III", "IV"), 1)]
    months = [(f"{year}-{n:02d}", f"Tháng {n}") for n in range(1, 13)]
    rows = [("Cả năm", [(str(y), str(y)) for y in years])]
    return [*rows, (f"Nửa năm {year}", halves), (f"Quý năm {year}", quarters), (f"Tháng năm {year}", months)]


def line(one: Indicator, past: Sequence[Figure]) -> Chart | None:
    """Five years side by side with their plans; nothing when no year has a value."""
    points = [
        Point(figure.period, figure.value, address(one.code, figure.unit, figure.period), plan=figure.plan)
        for figure in past
    ]
    if len(points) < 2 or all(not point.value for point in points):
        return None
    kind: Literal["bars", "line"] = "line" if one.unit in ("%", "tuổi", "năm") else "bars"
    return Chart(kind, _told(one, past), points, unit=one.unit)


def _told(one: Indicator, past: Sequence[Figure]) -> str:
    """What the chart shows, as a sentence."""
    met = [f for f in past if f.plan_ratio is not None]
    last = past[-1]
    if met and met[-1] is last and last.plan_ratio is not None:
        verb = "đạt" if last.plan_ratio >= 100 else "mới đạt"
        return f"{one.title} năm {last.period} {verb} {format_percent(last.plan_ratio)} chỉ tiêu".replace(
            "năm năm", "năm"
        )
    first = next((f for f in past if f.value), last)
    if first is last or last.value is None or first.value is None or first.value == last.value:
        return f"{one.title} qua các năm"
    word = "tăng" if last.value > first.value else "giảm"
    return (
        f"{one.title} {word} từ {format_number(first.value)} ({first.period}) "
        f"{'lên' if word == 'tăng' else 'xuống'} {format_number(last.value)} ({last.period})"
    )


def parts(one: Indicator, figure: Figure, name: str, title: str) -> Chart | None:
    """The groups of a figure side by side, the largest first; nothing when there is a single one or none."""
    groups = [group for group in figure.groups if group.value]
    if name not in ("age_band", "joined", "badge"):
        groups.sort(key=lambda group: -Decimal(str(group.value)))
    if len(groups) < 2:
        return None
    shown_groups = groups[:15]
    points = [
        Point(g.label, g.value, address(one.code, figure.unit, figure.period, f"{name}={g.key}"), plan=g.plan)
        for g in shown_groups
    ]
    rest = f"{len(shown_groups)} nhóm lớn nhất trong {len(groups)} nhóm" if len(groups) > 15 else ""
    return Chart("compare", f"{one.title} theo {title}", points, unit=one.unit, axis=title.capitalize(), note=rest)


def beside(one: Indicator, unit: str, around: Figure | None) -> Chart | None:
    """The unit among the others under the same superior: the ones ahead of it, and the ones behind."""
    if around is None:
        return None
    groups = [group for group in around.groups if group.value is not None and group.key != around.unit]
    groups.sort(key=lambda group: -Decimal(str(group.value)))
    place = next((n for n, group in enumerate(groups) if group.key == unit), None)
    if place is None or len(groups) < 2:
        return None
    start = max(0, min(place - 5, len(groups) - 11))
    points = [
        Point(g.label, g.value, address(one.code, g.key, around.period), plan=g.plan, quiet=g.key != unit)
        for g in groups[start : start + 11]
    ]
    title = f"Đứng thứ {place + 1} trong {len(groups)} đơn vị cùng cấp"
    return Chart("compare", title, points, unit=one.unit, axis="Đơn vị")


@dataclass(frozen=True)
class Bar:
    """One year of a small drawing, in a box 100 wide and 36 high."""

    x: float
    y: float
    height: float
    plan: float | None
    now: bool


def bars(past: Sequence[Figure]) -> list[Bar]:
    """Years as small columns with plan marks, for a card."""
    numbers = [float(n) for f in past for n in (f.value, f.plan) if n is not None]
    top = max(numbers, default=0)
    if not top:
        return []
    step = 100 / len(past)
    return [
        Bar(
            round(n * step + step * 0.18, 1),
            round(36 - 34 * float(f.value or 0) / top, 1),
            round(34 * float(f.value or 0) / top, 1),
            None if f.plan is None else round(36 - 34 * float(f.plan) / top, 1),
            n == len(past) - 1,
        )
        for n, f in enumerate(past)
    ]


@dataclass(frozen=True)
class Card:
    """One main figure: the entry of the catalogue, its value, its years drawn small, and where it opens."""

    entry: Indicator
    figure: Figure
    bars: list[Bar]
    url: str
    change: str = ""
    better: bool | None = None


def change_words(figure: Figure) -> str:
    """``tăng 120 so với cùng kỳ``; empty when there is nothing to compare with."""
    if figure.change is None:
        return ""
    size = format_number(abs(figure.change))
    return f"{'tăng' if figure.change > 0 else 'giảm'} {size} so với cùng kỳ" if figure.change else "bằng cùng kỳ"


def cards(found: Mapping[str, Sequence[Figure]], chosen: Mapping[str, Indicator]) -> list[Card]:
    """The main figures as cards."""
    made = []
    for code, past in found.items():
        now = past[-1]
        words = change_words(now)
        reached = None if now.plan_ratio is None else now.plan_ratio >= 100
        made.append(Card(chosen[code], now, bars(past), address(code, now.unit, now.period), words, reached))
    return made
