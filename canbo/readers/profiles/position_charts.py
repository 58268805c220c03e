"""The shares of groups and the rank structure of a body, drawn."""

from __future__ import annotations

from urllib.parse import urlencode

from django.urls import reverse

from canbo.foundation.kernel.numbers import format_number, format_percent
from canbo.foundation.ui.charts import Chart, Point

from .queries.positions import BodyPage


def groups(page: BodyPage) -> Chart | None:
    """How many positions each group has; None where there is no position."""
    if not page.positions:
        return None
    lines = page.groups
    most = max(lines, key=lambda line: line[2])
    points = [
        Point(
            label,
            count,
            f"{reverse('positions_list')}?{urlencode({'don_vi': page.unit.code, 'nhom': key})}",
        )
        for key, label, count, _, _ in lines
    ]
    title = f"{most[1]} chiếm {format_percent(most[3])} số vị trí"
    return Chart("compare", title, points, unit="vị trí", axis="Nhóm", label="Số vị trí")


def ranks(page: BodyPage) -> Chart | None:
    """Ranks of those present against the ranks that the positions ask for; None without positions."""
    if not page.positions:
        return None
    points = [Point(line.rank, line.present, plan=line.wanted) for line in page.ranks]
    missing = len(page.below)
    title = (
        f"{format_number(missing)} người có ngạch thấp hơn ngạch tối thiểu của vị trí"
        if missing
        else "Không ai có ngạch thấp hơn ngạch tối thiểu của vị trí"
    )
    return Chart("compare", title, points, unit="người", axis="Ngạch", label="Hiện có", plan_label="Theo vị trí")
