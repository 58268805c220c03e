"""Courses (DT)."""

from __future__ import annotations

from ..choices import Kind
from ..populations import events as population
from .base import PEOPLE, Indicator

_GROUPINGS = (*PEOPLE, "level", "mode")


def _course(code: str, title: str, unit: str, where: str, definition: str) -> Indicator:
    return Indicator(
        code=code,
        title=title,
        unit=unit,
        kind=Kind.FLOW,
        population=population.ENROLMENTS,
        where=where,
        groupings=_GROUPINGS,
        definition=definition,
        detail="e.course || ' (' || e.level || CASE WHEN e.mode = '' THEN '' ELSE ', ' || e.mode END || ')'",
    )


TRAINING: tuple[Indicator, ...] = (
    _course(
        "DT01",
        "Lượt cán bộ được đào tạo, bồi dưỡng",
        "lượt người",
        "",
        "Khóa học bắt đầu trong kỳ của người giữ chức vụ hoặc sinh hoạt đảng ở đơn vị trong ngày bắt đầu.",
    ),
    _course(
        "DT02",
        "Cử học cao cấp lý luận chính trị",
        "lượt người",
        "lower(e.level) = 'cao cấp lý luận chính trị'",
        "Trong số khóa học, khóa trình độ cao cấp lý luận chính trị.",
    ),
    _course(
        "DT03",
        "Cử học trung cấp lý luận chính trị",
        "lượt người",
        "lower(e.level) = 'trung cấp lý luận chính trị'",
        "Trong số khóa học, khóa trình độ trung cấp lý luận chính trị.",
    ),
)
