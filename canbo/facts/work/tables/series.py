"""The list of repeating tasks."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from canbo.foundation.kernel.text import fold
from canbo.foundation.ui.columns import Column, DateColumn, NumberColumn
from canbo.foundation.ui.lists import Table

from ..models import TaskSeries


class SeriesTable(Table):
    """Repeating tasks."""

    order = ("title",)
    title = Column(verbose_name="Nhiệm vụ", card=1)
    rhythm = Column(verbose_name="Chu kỳ", card=2)
    due_day = NumberColumn(verbose_name="Hạn ngày thứ")
    persons = Column(verbose_name="Số người", orderable=False, card=3)
    product = Column(verbose_name="Sản phẩm", accessor="product__name", order_by="product__name")
    unit = Column(verbose_name="Đơn vị", accessor="unit__name", order_by="unit__sort_key")
    since = DateColumn(verbose_name="Từ ngày")

    def render_persons(self, value: list[int]) -> str:
        """How many people."""
        return f"{len(value)} người"

    def value_persons(self, value: list[int]) -> str:
        """The same in the workbook."""
        return f"{len(value)} người"


def search_series(rows: QuerySet[TaskSeries], text: str) -> QuerySet[TaskSeries]:
    """Repeating tasks whose title or product holds the words."""
    for word in fold(text).split():
        rows = rows.filter(Q(product__search_text__contains=word) | Q(title__icontains=word))
    return rows
