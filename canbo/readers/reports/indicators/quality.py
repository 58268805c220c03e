"""Grades of people and of organisations (DG)."""

from __future__ import annotations

from ..choices import Kind
from ..populations import events as population
from .base import Indicator, Part, share

_EXCELLENT = "lower(e.grade) LIKE 'hoàn thành xuất sắc%%'"
_FAILED = "lower(e.grade) LIKE 'không hoàn thành%%'"

QUALITY: tuple[Indicator, ...] = (
    Indicator(
        code="DG01",
        title="Tổ chức hoàn thành xuất sắc nhiệm vụ",
        unit="tổ chức",
        kind=Kind.FLOW,
        population=population.UNIT_GRADES,
        where=_EXCELLENT,
        groupings=("unit", "basis"),
        definition="Tổ chức được xếp loại hoàn thành xuất sắc nhiệm vụ cho đúng kỳ báo cáo.",
        detail="e.basis",
    ),
    Indicator(
        code="DG01A",
        title="Tổ chức đã xếp loại",
        unit="tổ chức",
        kind=Kind.FLOW,
        population=population.UNIT_GRADES,
        groupings=("unit", "grade", "basis"),
        definition="Kết quả xếp loại tổ chức cho đúng kỳ báo cáo.",
        detail="e.grade",
    ),
    Indicator(
        code="DG02",
        title="Tỷ lệ tổ chức hoàn thành xuất sắc nhiệm vụ",
        unit="%",
        kind=Kind.RATIO,
        definition="Tổ chức hoàn thành xuất sắc nhiệm vụ trên số đã xếp loại.",
        parts=(Part("DG01"), Part("DG01A")),
        formula=share,
        groupings=("unit", "basis"),
    ),
    Indicator(
        code="DG03",
        title="Cá nhân hoàn thành xuất sắc nhiệm vụ",
        unit="lượt người",
        kind=Kind.FLOW,
        population=population.GRADES,
        where=_EXCELLENT,
        groupings=("unit", "sex", "basis"),
        definition="Kết quả xếp loại hoàn thành xuất sắc nhiệm vụ của cá nhân cho đúng kỳ báo cáo.",
        certainty="?",
        detail="e.basis",
    ),
    Indicator(
        code="DG04",
        title="Cá nhân không hoàn thành nhiệm vụ",
        unit="lượt người",
        kind=Kind.FLOW,
        population=population.GRADES,
        where=_FAILED,
        groupings=("unit", "sex", "basis"),
        definition="Kết quả xếp loại không hoàn thành nhiệm vụ của cá nhân cho đúng kỳ báo cáo.",
        certainty="?",
        detail="e.basis",
    ),
    Indicator(
        code="DG05",
        title="Tỷ lệ cá nhân hoàn thành xuất sắc nhiệm vụ",
        unit="%",
        kind=Kind.RATIO,
        definition="Lượt người hoàn thành xuất sắc nhiệm vụ trên số lượt đã xếp loại.",
        certainty="?",
        parts=(Part("DG03"), Part("DG10")),
        formula=share,
        groupings=("unit", "sex", "basis"),
    ),
    Indicator(
        code="DG06",
        title="Tổ chức không hoàn thành nhiệm vụ",
        unit="tổ chức",
        kind=Kind.FLOW,
        population=population.UNIT_GRADES,
        where=_FAILED,
        groupings=("unit", "basis"),
        definition="Tổ chức được xếp loại không hoàn thành nhiệm vụ cho đúng kỳ báo cáo.",
        detail="e.basis",
    ),
    Indicator(
        code="DG10",
        title="Cá nhân được đánh giá, xếp loại",
        unit="lượt người",
        kind=Kind.FLOW,
        population=population.GRADES,
        groupings=("unit", "sex", "grade", "basis"),
        definition="Kết quả xếp loại của cá nhân cho đúng kỳ báo cáo, theo mức và căn cứ.",
        certainty="?",
        detail="e.grade",
    ),
)
