"""The list of committees in scope."""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import urlencode

import django_filters
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from canbo.facts.staffing.choices import Body
from canbo.foundation.kernel.dates import format_date
from canbo.foundation.ui.columns import Column, DateColumn, NumberColumn
from canbo.foundation.ui.lists import Table
from canbo.foundation.ui.templatetags.canbo import state

from ..queries import committee_list, narrow
from .common import DayFilter
from .unit_field import UnitFilter


def filling(record: Any) -> tuple[str, str]:
    """The number against what was decided, as a word and its kind."""
    if record.size is None:
        return "chưa ghi số lượng", "quiet"
    if record.members > record.size:
        return f"vượt {record.members - record.size}", "bad"
    if record.members < record.size:
        return f"khuyết {record.size - record.members}", "warn"
    return "đủ", "good"


class CommitteeTable(Table):
    """Committees of the viewing day."""

    order = ("unit_name",)
    unit_name = Column(accessor="name", verbose_name="Tổ chức đảng", order_by=("unit__sort_key",), card=1)
    kind = Column(verbose_name="Loại hình", card=2)
    members = NumberColumn(verbose_name="Số người")
    size = NumberColumn(verbose_name="Quyết định")
    filling = Column(accessor="members", verbose_name="Tình trạng", orderable=False, card=3)
    women = NumberColumn(accessor="women", verbose_name="Nữ", orderable=False)
    young = NumberColumn(accessor="young", verbose_name="Trẻ", orderable=False)
    minority = NumberColumn(accessor="minority", verbose_name="Dân tộc thiểu số", orderable=False)
    term = Column(verbose_name="Nhiệm kỳ", orderable=False)
    term_until = DateColumn(verbose_name="Hết nhiệm kỳ")
    code = Column(accessor="unit__code", verbose_name="Mã đơn vị", shown=False, nowrap=True)

    def row_url(self, record: Any) -> str:
        """The committee's page."""
        url = reverse("committee", args=[record.unit.code])
        return url if record.body == Body.COMMITTEE else f"{url}?{urlencode({'loai': record.body})}"

    def render_filling(self, record: Any) -> SafeString:
        """A word: full, vacant, too many."""
        return state(*filling(record))

    def value_filling(self, record: Any) -> str:
        """The same in the workbook."""
        return filling(record)[0]

    def render_term_until(self, value: dt.date, record: Any) -> SafeString | str:
        """The last day of the term, with a word when it is over or near."""
        if value < record.day:
            return format_html("{} {}", format_date(value), state("đã hết", "bad"))
        if value <= committee_list.term_soon(record.day):
            return format_html("{} {}", format_date(value), state("sắp hết", "warn"))
        return format_date(value)


class CommitteeFilter(DayFilter):
    """Which committee, where, and what to look at."""

    loai = django_filters.ChoiceFilter(
        label="Cơ quan", choices=Body.choices, empty_label=None, null_label=None, method="any_body"
    )
    don_vi = UnitFilter(label="Tổ chức đảng (mã hoặc một phần tên)", method="in_unit")
    loai_hinh = django_filters.CharFilter(label="Loại hình có chữ", field_name="kind", lookup_expr="icontains")
    xem = django_filters.ChoiceFilter(
        label="Cần xem", choices=committee_list.VIEWS, empty_label="Tất cả", method="by_view"
    )

    @property
    def body(self) -> str:
        """Which committee the list is of."""
        return body_asked(self.request)

    def any_body(self, rows: Any, name: str, value: str) -> Any:
        """The rows are already those of the committee asked for."""
        return rows

    def in_unit(self, rows: Any, name: str, value: Any) -> Any:
        """The unit and everything under it on the tree of the day."""
        return narrow.under(rows, value, self.day)

    def by_view(self, rows: Any, name: str, value: str) -> Any:
        """Vacant, over, a goal missed, a term ending."""
        return committee_list.by_view(rows, self.body, self.day, value)


def body_asked(request: Any) -> str:
    """The committee named in the address, the executive committee unless another."""
    asked = request.GET.get("loai", "")
    return asked if asked in Body.values else Body.COMMITTEE.value
