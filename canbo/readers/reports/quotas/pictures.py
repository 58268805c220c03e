"""Pictures of quotas: bars of one unit beside the other, and the staircase of what was assigned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from canbo.foundation.kernel.dates import format_date
from canbo.foundation.kernel.numbers import format_number, format_percent
from canbo.foundation.ui.charts import Chart, Point

from ..screens import address
from .overview import BASE, Line, Overview
from .periods import PeriodTable
from .shares import steps
from .surplus import Way


@dataclass(frozen=True)
class Bar:
    """One unit as a bar of three parts on a scale that all units share, in a box 100 wide."""

    line: Line
    present: float
    unused: float
    excess: float

    @property
    def within(self) -> float:
        """Those present who have a place."""
        return max(self.present - self.excess, 0)


def bars(lines: Sequence[Line]) -> list[Bar]:
    """Present, unused and too many of each unit; the widest one fills its box."""
    top = max((max(line.assigned - line.unallocated, line.present) for line in lines), default=0)
    if not top:
        return []

    def wide(number: int) -> float:
        return round(100 * max(number, 0) / top, 2)

    return [Bar(line, wide(line.present), wide(line.unused), wide(line.excess)) for line in lines]


def told(one: Overview) -> str:
    """What the bars show, as a sentence."""
    over = [line for line in one.units if line.excess]
    free = [line for line in one.units if line.unused]
    if not one.total.assigned and not one.total.present:
        return "Chưa có biên chế giao và chưa có người trong ngày này"
    said = []
    if over:
        most = max(over, key=lambda line: line.excess)
        said.append(f"{len(over)} đơn vị vượt biên chế, nhiều nhất {most.label} ({format_number(most.excess)})")
    if free:
        most = max(free, key=lambda line: line.unused)
        said.append(f"{len(free)} đơn vị chưa dùng hết, nhiều nhất {most.label} ({format_number(most.unused)})")
    return "; ".join(said) or "Mọi đơn vị có mặt đúng số được giao"


def staircase(table: PeriodTable) -> Chart | None:
    """What was assigned from the baseline on, with the way to the goal beside it; None for a group without figures."""
    total = table.total
    if not total.base and not any(total.assigned):
        return None
    goal = total.due
    planned = steps(total.base, goal, table.last - table.first + 1) if goal is not None and total.base else []
    group = f"staff_group={table.group}"
    points = [
        Point(
            format_date(table.base_day),
            total.base,
            address(BASE, table.place.code, table.base_span.code, group),
            plan=total.base if planned else None,
        )
    ]
    for number, (column, assigned) in enumerate(zip(table.columns, total.assigned, strict=True)):
        url = address(BASE, table.place.code, table.span_of(column).code, group)
        points.append(Point(column.heading, assigned, url, plan=planned[number] if planned else None))
    word = "giảm" if total.cut >= 0 else "tăng"
    title = f"{table.group} {word} {format_number(abs(total.cut))}"
    if total.cut_percent is not None:
        title += f" ({format_percent(abs(total.cut_percent))}) so với ngày {format_date(table.base_day)}"
    if table.goal is not None:
        title += f", mục tiêu {format_percent(table.goal.percent)}"
    note = f"Mục tiêu: {table.goal.source}" if table.goal else ""
    return Chart(
        "stairs", title, points, unit="biên chế", label="Giao", plan_label="Mức để đạt mục tiêu", axis="Ngày", note=note
    )


def way_down(way: Way) -> Chart:
    """Present and expected year by year, with the plan beside it."""
    points = [Point(format_date(way.since), way.start, address("BM02", way.place.code, way.since.isoformat()))]
    for step in way.steps:
        url = address("BM02", way.place.code, step.day.isoformat()) if step.present is not None else ""
        points.append(Point(str(step.year), step.known, url, plan=step.planned))
    if way.off:
        title = f"Từ năm {way.off[0].year} cao hơn lộ trình {format_number(way.off[0].over)} người"
    else:
        title = f"Số người theo kịp lộ trình về {format_number(way.norm)} vào năm {way.last_year}"
    note = f"Sau ngày {format_date(way.day)} là dự kiến: chỉ trừ những người đến tuổi nghỉ hưu."
    return Chart(
        "stairs", title, points, unit="người", label="Có mặt", plan_label="Lộ trình", axis="Cuối năm", note=note
    )
