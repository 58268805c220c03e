"""Staff quotas and presence (BM)."""

from __future__ import annotations

from ..choices import Kind
from ..populations import organisation, staffing
from .base import Indicator, Measure, Part, difference, reduction, share

_QUOTA = ("unit", "staff_group")

STAFF: tuple[Indicator, ...] = (
    Indicator(
        code="BM01",
        title="Biên chế được giao",
        unit="biên chế",
        kind=Kind.STOCK,
        population=staffing.QUOTAS,
        measure=Measure("sum", "e.assigned"),
        groupings=_QUOTA,
        definition="Tổng biên chế giao có hiệu lực trong ngày cuối kỳ của đơn vị và mọi đơn vị thuộc nó; "
        "mỗi dòng biên chế nói về chính đơn vị ghi trong dòng.",
        certainty="text",
        detail="e.staff_group || ': ' || e.assigned",
    ),
    Indicator(
        code="BM02",
        title="Biên chế có mặt",
        unit="người",
        kind=Kind.STOCK,
        population=staffing.HOLDERS,
        where="e.staff",
        measure=Measure("persons"),
        groupings=("unit", "sex", "ethnic_group", "age_band", "qualification", "political_theory"),
        definition="Người có chức vụ chính (không kiêm nhiệm) ở cơ quan, đơn vị trong ngày cuối kỳ, mỗi người "
        "tính một lần. Chức vụ trong đảng bộ, chi bộ chỉ tính khi chính tổ chức đó được giao biên chế.",
        detail="e.title",
    ),
    Indicator(
        code="BM03",
        title="Chênh lệch biên chế giao và có mặt",
        unit="biên chế",
        kind=Kind.RATIO,
        definition="Biên chế giao trừ biên chế có mặt.",
        parts=(Part("BM01"), Part("BM02")),
        formula=difference,
        certainty="?",
    ),
    Indicator(
        code="BM04",
        title="Tỷ lệ sử dụng biên chế",
        unit="%",
        kind=Kind.RATIO,
        definition="Biên chế có mặt trên biên chế giao.",
        parts=(Part("BM02"), Part("BM01")),
        formula=share,
        certainty="?",
    ),
    Indicator(
        code="BM05A",
        title="Biên chế tại mốc so sánh",
        unit="biên chế",
        kind=Kind.STOCK,
        population=staffing.BASELINES,
        measure=Measure("sum", "e.assigned"),
        groupings=_QUOTA,
        definition="Số ghi ở dòng mốc so sánh gần nhất của mỗi đơn vị và nhóm, tính đến ngày cuối kỳ.",
        certainty="text",
        detail="e.staff_group || ': ' || e.assigned",
    ),
    Indicator(
        code="BM05",
        title="Tỷ lệ giảm biên chế so với mốc",
        unit="%",
        kind=Kind.RATIO,
        definition="Phần giảm của biên chế giao so với mốc so sánh.",
        parts=(Part("BM05A"), Part("BM01")),
        formula=reduction,
        groupings=_QUOTA,
        certainty="text",
    ),
    Indicator(
        code="BM09",
        title="Đầu mối trực thuộc",
        unit="đầu mối",
        kind=Kind.STOCK,
        population=organisation.UNITS,
        where="p.depth = 1",
        groupings=("kind",),
        definition="Đơn vị trực thuộc trực tiếp trong ngày cuối kỳ.",
        detail="e.kind",
    ),
)
