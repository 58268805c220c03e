"""The list of evaluations in scope."""

from __future__ import annotations

from typing import Any

import django_filters
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from canbo.foundation.kernel.dates import format_date
from canbo.foundation.ui.columns import Column, DateColumn, StateColumn
from canbo.foundation.ui.lists import Table
from canbo.foundation.ui.templatetags.canbo import BLANK, meter, state

from ..choices import Stage, Step
from ..models import Cycle

STAGES = {
    Stage.OPEN: (Stage.OPEN.label, "info"),
    Stage.SELF: (Stage.SELF.label, "wait"),
    Stage.REVIEW: (Stage.REVIEW.label, "wait"),
    Stage.DECIDE: (Stage.DECIDE.label, "wait"),
    Stage.CLOSED: (Stage.CLOSED.label, "good"),
}


class CycleTable(Table):
    """Cycles, the newest period first; ``done``, ``every``, ``coming`` and ``day`` come with the rows of a page."""

    order = ("-first",)
    first = Column(verbose_name="Kỳ", card=1)
    unit = Column(verbose_name="Phạm vi", accessor="unit__name", order_by="unit__sort_key", card=2)
    rulebook_title = Column(verbose_name="Bộ quy tắc")
    stage = StateColumn(verbose_name="Giai đoạn", words=STAGES, card=3)
    coming = Column(verbose_name="Hạn kế tiếp", empty_values=(), orderable=False)
    progress = Column(verbose_name="Đã quyết định", empty_values=(), orderable=False)
    opened_at = DateColumn(verbose_name="Mở ngày", shown=False)
    closed_at = DateColumn(verbose_name="Đóng ngày", shown=False)

    def row_url(self, record: Cycle) -> str:
        """The cycle's page."""
        return reverse("evaluation_cycle", args=[record.pk])

    def render_first(self, record: Cycle) -> str:
        """The period in words."""
        text = str(record.span)
        return text[0].upper() + text[1:]

    def value_first(self, record: Cycle) -> str:
        """The same in the workbook."""
        return record.period

    def render_coming(self, record: Any) -> SafeString | str:
        """The step that is due next, or overdue."""
        if record.closed or not record.coming:
            return BLANK
        step, on = record.coming
        text = f"{Step(step).label} {format_date(on)}"
        return state(f"{text}, quá hạn", "bad") if on < record.day else text

    def value_coming(self, record: Any) -> str:
        """The same in the workbook."""
        return f"{Step(record.coming[0]).label} {format_date(record.coming[1])}" if record.coming else ""

    def render_progress(self, record: Any) -> SafeString | str:
        """A bar of the sheets decided."""
        if not record.every:
            return format_html('<span class="muted">{}</span>', "không có phiếu trong phạm vi")
        return meter(record.done, record.every, "đã quyết định")

    def value_progress(self, record: Any) -> str:
        """The same in the workbook."""
        return f"{record.done}/{record.every}"


class CycleFilter(django_filters.FilterSet):
    """By stage and by period."""

    giai_doan = django_filters.MultipleChoiceFilter(label="Giai đoạn", field_name="stage", choices=Stage.choices)
    ky = django_filters.CharFilter(label="Kỳ bắt đầu bằng", field_name="period", lookup_expr="startswith")
