"""The list of units."""

from __future__ import annotations

from typing import Any

import django_filters

from canbo.facts.organisation.choices import Shelf
from canbo.foundation.ui.columns import Column, DateColumn, LinkColumn, NumberColumn
from canbo.foundation.ui.lists import Table

from ..queries import narrow
from .common import DayFilter, unit_url
from .unit_field import UnitFilter


class UnitTable(Table):
    """Units in force on the viewing day."""

    order = ("name",)
    name = Column(verbose_name="Tên đơn vị", order_by=("unit__sort_key",), card=1)
    kind = Column(verbose_name="Loại hình", card=2)
    parent = LinkColumn(
        accessor="parent__name",
        verbose_name="Đơn vị cấp trên",
        order_by=("parent__sort_key",),
        url=lambda row: unit_url(row.parent.code) if row.parent else "",
    )
    members = NumberColumn(accessor="head__members", verbose_name="Đảng viên", orderable=False)
    staff = NumberColumn(accessor="head__staff", verbose_name="Cán bộ", orderable=False)
    shelf = Column(accessor="get_shelf_display", verbose_name="Hệ thống", order_by=("shelf",), shown=False)
    party_code = Column(verbose_name="Mã tổ chức đảng", nowrap=True, shown=False)
    base_type = Column(verbose_name="Loại hình cơ sở", shown=False)
    area = Column(verbose_name="Khu vực", shown=False)
    since = DateColumn(precision="since_precision", verbose_name="Từ ngày")
    code = Column(accessor="unit__code", verbose_name="Mã", order_by=("unit__code",), nowrap=True)

    def row_url(self, record: Any) -> str:
        """The unit's page."""
        return unit_url(record.unit.code)


class UnitFilterSet(DayFilter):
    """By superior, kind and system."""

    don_vi = UnitFilter(label="Thuộc đơn vị (mã hoặc một phần tên)", method="in_unit")
    loai_hinh = django_filters.CharFilter(label="Loại hình có chữ", field_name="kind", lookup_expr="icontains")
    he_thong = django_filters.ChoiceFilter(
        label="Hệ thống", field_name="shelf", choices=Shelf.choices, empty_label="Tất cả"
    )

    def in_unit(self, rows: Any, name: str, value: Any) -> Any:
        """The unit and everything under it on the tree of the day."""
        return narrow.under(rows, value, self.day)
