"""Charts: one definition for the page, the docx and the PDF, drawn on the server.

The page gets an SVG whose marks are links to their rows, without script or style; papers get a PNG of the same.
The heading is a sentence that says what the chart shows, and the figures stand in a table beneath.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any, Literal

from canbo.foundation.kernel.numbers import Number, format_number, format_percent, percent

from .chart_drawing import HERE, draw_png, draw_svg

Kind = Literal["bars", "line", "compare", "stairs"]
ACCENT, QUIET, PLAN, INK, INK_2, LINE = "#338792", "#b3c2c4", "#172326", "#172326", "#4c5a5e", "#dde4e4"


@dataclass(frozen=True)
class Point:
    """One mark.

    Args:
        label: year, unit or name on the axis.
        value: None leaves a gap and says so in the table.
        url: address of the rows behind the value.
        plan: what was planned, drawn as a mark of its own.
        quiet: drawn in grey, for neighbours beside the one looked at.
    """

    label: str
    value: Number | None
    url: str = ""
    plan: Number | None = None
    quiet: bool = False


@dataclass(frozen=True)
class Chart:
    """What to draw.

    Args:
        kind: ``bars`` and ``line`` over years, ``compare`` of units side by side, ``stairs`` for a value that
            holds until it changes.
        title: a sentence: ``Kết nạp vượt kế hoạch ba năm liền``.
        points: in the order they are drawn.
        unit: what is counted.
        note: source and day, below the chart.
    """

    kind: Kind
    title: str
    points: Sequence[Point]
    unit: str = ""
    label: str = "Thực hiện"
    plan_label: str = "Kế hoạch"
    axis: str = "Năm"
    note: str = ""

    @property
    def has_plan(self) -> bool:
        return any(p.plan is not None for p in self.points)

    @property
    def is_empty(self) -> bool:
        return all(p.value is None for p in self.points)

    @property
    def table(self) -> list[tuple[Point, str, str, str]]:
        """Point, value, plan and their ratio as printed."""
        return [
            (
                p,
                format_number(p.value) or "—",
                format_number(p.plan) or "—",
                format_percent(percent(p.value, p.plan)) or "—",
            )
            for p in self.points
        ]


def svg(chart: Chart, *, width: int = 460) -> str:
    """The chart for a page: safe markup without scripts, styles or foreign addresses."""
    return _svg(json.dumps(spec(chart, width=width), ensure_ascii=False), chart.title)


def png(chart: Chart, *, width: int = 460, font: str = "Tinos") -> bytes:
    """The chart for a paper, at 200 points per inch on white."""
    return draw_png(spec(chart, width=width, font=font, links=False))


@lru_cache(maxsize=256)
def _svg(text: str, title: str) -> str:
    return draw_svg(json.loads(text), title)


def spec(chart: Chart, *, width: int = 460, font: str = "Be Vietnam Pro", links: bool = True) -> dict[str, Any]:
    """The Vega-Lite definition."""
    flat = chart.kind == "compare"
    name: dict[str, Any] = {"field": "label", "type": "ordinal", "sort": None, "title": None}
    name["axis"] = {"labelAngle": 0, "ticks": False, "domainColor": LINE, "labelLimit": 150, "labelPadding": 8}
    number: dict[str, Any] = {"field": "value", "type": "quantitative", "title": None}
    number["axis"] = (
        None if flat else {"tickCount": 4, "domain": False, "ticks": False, "gridColor": LINE, "format": ",~f"}
    )
    number["scale"] = {"zero": chart.kind != "line", "nice": True, **({"padding": 24} if chart.kind == "line" else {})}
    across, along = ("y", "x") if flat else ("x", "y")
    common: dict[str, Any] = {across: name, along: number, "description": {"field": "words"}}
    if links and any(p.url for p in chart.points):
        common["href"] = {"field": "url"}
    layers = [_main(chart, common), _values(chart, common, along)]
    if chart.has_plan:
        layers.insert(1, _plan(chart, common, along))
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": width - (170 if flat else 64),
        "height": {"step": 30} if flat else 220,
        "padding": {"left": 4, "right": 44 if flat else 8, "top": 12, "bottom": 4},
        "data": {"values": [_row(chart, p) for p in chart.points]},
        "layer": layers,
        "config": {
            "font": font,
            "background": None if links else "white",
            "view": {"stroke": None},
            "axis": {"labelColor": INK_2, "labelFontSize": 12.5, "domainColor": LINE},
            "text": {"color": INK, "fontSize": 12.5},
        },
    }


def _row(chart: Chart, point: Point) -> dict[str, Any]:
    shown = f"{format_number(point.value)} {chart.unit}".strip() if point.value is not None else "chưa có số"
    plan = f", kế hoạch {format_number(point.plan)}" if point.plan is not None else ""
    row: dict[str, Any] = {"label": point.label, "value": _plain(point.value), "plan": _plain(point.plan)}
    row |= {"text": format_number(point.value), "colour": QUIET if point.quiet else ACCENT}
    ends = [n for n in (_plain(point.value), _plain(point.plan)) if n is not None]
    row["end"] = max(ends) if ends and point.value is not None else None
    row["words"] = f"{point.label}: {shown}{plan}"
    if point.url:
        row["url"] = HERE + point.url
    return row


def _plain(value: Number | None) -> float | None:
    return float(value) if isinstance(value, Decimal | int | float) else None


def _main(chart: Chart, common: dict[str, Any]) -> dict[str, Any]:
    colour = {"field": "colour", "type": "nominal", "scale": None}
    if chart.kind in ("bars", "compare"):
        mark = {"type": "bar", "cornerRadiusEnd": 3, "size": 16 if chart.kind == "compare" else {"band": 0.5}}
        if chart.kind == "bars":
            mark = {"type": "bar", "cornerRadiusEnd": 3, "width": {"band": 0.5}}
        return {"mark": mark, "encoding": {**common, "color": colour}}
    step = {"interpolate": "step-after"} if chart.kind == "stairs" else {}
    line = {k: v for k, v in common.items() if k not in ("href", "description")}
    return {
        "layer": [
            {"mark": {"type": "line", "color": ACCENT, "strokeWidth": 2.5, **step}, "encoding": line},
            {"mark": {"type": "point", "filled": True, "size": 70, "color": ACCENT, "opacity": 1}, "encoding": common},
        ]
    }


def _values(chart: Chart, common: dict[str, Any], along: str) -> dict[str, Any]:
    place: dict[str, Any] = {"align": "left", "dx": 6} if along == "x" else {"baseline": "bottom", "dy": -7}
    if chart.kind == "stairs":
        place |= {"align": "left", "dx": 5}
    shown = {k: v for k, v in common.items() if k not in ("href", "description")}
    if chart.kind in ("bars", "compare"):
        shown[along] = {**common[along], "field": "end"}
    return {"mark": {"type": "text", "aria": False, **place}, "encoding": {**shown, "text": {"field": "text"}}}


def _plan(chart: Chart, common: dict[str, Any], along: str) -> dict[str, Any]:
    shown = {k: v for k, v in common.items() if k not in ("href", "description")}
    tick: dict[str, Any] = {"type": "tick", "color": PLAN, "thickness": 2.5, "opacity": 1, "aria": False}
    tick["orient"] = "vertical" if along == "x" else "horizontal"
    tick["size" if along == "x" else "width"] = 24 if along == "x" else {"band": 0.68}
    if along == "y":
        tick.pop("width")
        tick["size"] = 34
    return {"mark": tick, "encoding": {**shown, along: {**common[along], "field": "plan"}}}
