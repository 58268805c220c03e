"""Badges and rewards (TK)."""

from __future__ import annotations

from ..choices import Kind
from ..populations import events as population
from .base import PEOPLE, Indicator

HONOURS: tuple[Indicator, ...] = (
    Indicator(
        code="TK01",
        title="Huy hiệu Đảng đã trao",
        unit="huy hiệu",
        kind=Kind.FLOW,
        population=population.BADGES,
        groupings=(*PEOPLE, "badge", "form"),
        definition="Huy hiệu Đảng theo ngày trao, kể cả trao sớm và truy tặng, không tính huy hiệu đã thu hồi; "
        "tính cho nơi sinh hoạt trong ngày trao, nếu không có thì nơi gần nhất trước đó.",
        detail="e.years || ' năm tuổi Đảng'",
    ),
    Indicator(
        code="TK02",
        title="Khen thưởng tổ chức đảng",
        unit="lượt tổ chức",
        kind=Kind.FLOW,
        population=population.UNIT_AWARDS,
        where="party.id IS NOT NULL",
        groupings=("unit", "form", "authority"),
        definition="Khen thưởng trong kỳ đối với tổ chức đảng.",
        detail="e.form",
    ),
    Indicator(
        code="TK03",
        title="Khen thưởng đảng viên",
        unit="lượt người",
        kind=Kind.FLOW,
        population=population.MEMBER_AWARDS,
        groupings=("unit", "sex", "form", "authority"),
        definition="Khen thưởng trong kỳ đối với người là đảng viên, tính cho nơi sinh hoạt đảng.",
        detail="e.form",
    ),
    Indicator(
        code="TK04",
        title="Khen thưởng tập thể",
        unit="lượt tập thể",
        kind=Kind.FLOW,
        population=population.UNIT_AWARDS,
        groupings=("unit", "form", "authority"),
        definition="Khen thưởng trong kỳ đối với tập thể, gồm cả tổ chức đảng.",
        certainty="?",
        detail="e.form",
    ),
    Indicator(
        code="TK04A",
        title="Khen thưởng cá nhân",
        unit="lượt người",
        kind=Kind.FLOW,
        population=population.AWARDS,
        groupings=("unit", "sex", "form", "authority"),
        definition="Khen thưởng trong kỳ đối với cá nhân giữ chức vụ hoặc sinh hoạt đảng ở đơn vị.",
        certainty="?",
        detail="e.form",
    ),
)
