"""Charts: one definition, markup that the strict policy lets through, the same for papers."""

from __future__ import annotations

import re

import pytest

from canbo.foundation.ui.charts import Chart, Kind, Point, png, svg

POINTS = [
    Point("2020", 1092, "/so?nam=2020&loai=a", 1150),
    Point('Đồng "Mai" <b>', 1315.5, "/so?nam=2021", 1200),
    Point("2022", None),
]


@pytest.mark.parametrize("kind", ["bars", "line", "compare", "stairs"])
def test_markup_is_clean(kind: Kind) -> None:
    drawn = svg(Chart(kind, "Kết nạp vượt kế hoạch", POINTS, unit="đảng viên"))
    assert "style" not in drawn
    assert "<script" not in drawn
    assert "vega" not in drawn.replace("canbo", "")
    assert not re.findall(r'(?:href|src)="(?!/)', drawn)
    assert "symbol" not in drawn, "no English descriptions of marks"
    assert 'href="/so?nam=2020&amp;loai=a"' in drawn
    assert 'aria-label="2020: 1.092 đảng viên, kế hoạch 1.150. Mở các dòng"' in drawn
    assert "1.315,5" in drawn
    assert "<b>" not in drawn


def test_foreign_addresses_are_no_links() -> None:
    drawn = svg(Chart("bars", "Thử", [Point("a", 1, "@example.com/x"), Point("b", 2, "//example.com")]))
    assert not any("example.com" in address for address in re.findall(r'href="([^"]*)"', drawn))


def test_a_paper_gets_a_picture() -> None:
    assert png(Chart("compare", "So sánh", POINTS)).startswith(b"\x89PNG")


def test_the_table_says_what_the_chart_draws() -> None:
    chart = Chart("bars", "Thử", POINTS)
    assert [row[1:] for row in chart.table] == [
        ("1.092", "1.150", "95,0%"),
        ("1.315,5", "1.200", "109,6%"),
        ("—", "—", "—"),
    ]
    assert Chart("bars", "Thử", [Point("a", None)]).is_empty
