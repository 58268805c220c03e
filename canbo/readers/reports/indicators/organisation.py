"""Party organisations (TC)."""

from __future__ import annotations

from ..choices import Kind
from ..populations import organisation as population
from .base import Indicator

# A communal committee was itself a grass-roots organisation until 30/06/2025; since then it leads such organisations.
COMMITTEE = "(e.kind = 'đảng bộ cơ sở' OR (e.kind = 'đảng bộ xã' AND e.day < DATE '2025-07-01'))"
_GROUPINGS = ("unit", "kind", "area", "base_type")


def _count(code: str, title: str, where: str, definition: str, **more: object) -> Indicator:
    settings: dict[str, object] = {"population": population.UNITS, "kind": Kind.STOCK} | more
    return Indicator(
        code=code,
        title=title,
        unit="tổ chức",
        where=where,
        definition=definition,
        groupings=_GROUPINGS,
        detail="e.kind",
        **settings,  # type: ignore[arg-type]
    )


ORGANISATION: tuple[Indicator, ...] = (
    _count(
        "TC01",
        "Số đảng bộ trực thuộc",
        "e.shelf = 'dang' AND e.kind LIKE 'đảng bộ%%' AND p.depth = 1",
        "Đảng bộ trực thuộc trực tiếp trong ngày cuối kỳ.",
    ),
    _count(
        "TC02",
        "Số tổ chức cơ sở đảng",
        f"({COMMITTEE} OR e.kind = 'chi bộ cơ sở')",
        "Đảng bộ cơ sở và chi bộ cơ sở trong ngày cuối kỳ; đảng bộ xã tính là cơ sở đến hết ngày 30/06/2025.",
        cells=("5-BTCTW/1",),
    ),
    _count(
        "TC03",
        "Số đảng bộ cơ sở",
        COMMITTEE,
        "Đảng bộ cơ sở trong ngày cuối kỳ; đảng bộ xã tính đến hết ngày 30/06/2025.",
        cells=("5-BTCTW/2",),
    ),
    _count(
        "TC04",
        "Số chi bộ cơ sở",
        "e.kind = 'chi bộ cơ sở'",
        "Chi bộ cơ sở trong ngày cuối kỳ.",
        cells=("5-BTCTW/3",),
    ),
    _count(
        "TC05",
        "Số chi bộ trực thuộc",
        "e.kind IN ('chi bộ trực thuộc', 'chi bộ')",
        "Chi bộ trực thuộc đảng ủy cơ sở trong ngày cuối kỳ.",
        cells=("5-BTCTW/5",),
    ),
    _count(
        "TC06",
        "Số đảng bộ bộ phận",
        "e.kind = 'đảng bộ bộ phận'",
        "Đảng bộ bộ phận trong ngày cuối kỳ.",
        cells=("5-BTCTW/4",),
        certainty="?",
    ),
    _count(
        "TC07",
        "Tổ chức đảng thành lập mới",
        "e.shelf = 'dang'",
        "Tổ chức đảng bắt đầu hoạt động trong kỳ.",
        population=population.FOUNDED,
        kind=Kind.FLOW,
    ),
    _count(
        "TC08",
        "Tổ chức đảng kết thúc hoạt động",
        "e.shelf = 'dang'",
        "Tổ chức đảng giải thể, sáp nhập, hợp nhất, chia, tách; tính vào ngày sau ngày hoạt động cuối cùng.",
        population=population.ENDED,
        kind=Kind.FLOW,
        certainty="?",
    ),
)
