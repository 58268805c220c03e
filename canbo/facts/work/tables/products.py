"""The catalogue as a list."""

from __future__ import annotations

from typing import Any

import django_filters
from django.urls import reverse

from canbo.foundation.ui.columns import Column, DateColumn, NumberColumn, StateColumn
from canbo.foundation.ui.lists import Table
from canbo.foundation.ui.templatetags.canbo import state

from ..models import Product


class ProductTable(Table):
    """A catalogue, and its workbook: the same columns are read when it is brought back."""

    order = ("group", "code")
    name = Column(verbose_name="Sản phẩm, công việc", card=1)
    code = Column(verbose_name="Mã", nowrap=True)
    duty = Column(verbose_name="Nhiệm vụ")
    output = Column(verbose_name="Sản phẩm đầu ra", shown=False)
    frequency = Column(verbose_name="Tần suất", shown=False)
    group = Column(verbose_name="Nhóm", card=2)
    points = NumberColumn(verbose_name="Điểm")
    coefficient = NumberColumn(verbose_name="Hệ số quy đổi", decimals=1, card=3)
    standard = StateColumn(verbose_name="Chuẩn", words={True: ("chuẩn", "info"), False: ("", "quiet")})
    usual = StateColumn(verbose_name="Hay phát sinh", words={True: ("x", "quiet"), False: ("", "quiet")}, shown=False)
    unit = Column(verbose_name="Danh mục của", accessor="unit__name", order_by="unit__sort_key")
    since = DateColumn(verbose_name="Hiệu lực từ", shown=False)

    def row_url(self, record: Product) -> str:
        """The product's page."""
        return reverse("work_product", args=[record.pk])

    def render_group(self, value: int) -> str:
        """N1 to N5."""
        return f"N{value}"

    def value_group(self, value: int) -> str:
        """The same in the workbook."""
        return f"N{value}"

    def render_standard(self, value: bool) -> Any:
        """A mark on the standard product only."""
        return state("chuẩn", "info") if value else ""

    def render_usual(self, value: bool) -> str:
        """A mark on usual ones only."""
        return "x" if value else ""

    def value_standard(self, value: bool) -> str:
        """x as the workbook is read."""
        return "x" if value else ""

    def value_usual(self, value: bool) -> str:
        """x as the workbook is read."""
        return "x" if value else ""


class ProductFilter(django_filters.FilterSet):
    """By group, and whether it is often ad hoc."""

    nhom = django_filters.ChoiceFilter(
        label="Nhóm", field_name="group", choices=[(n, f"N{n}") for n in range(1, 6)], empty_label="Tất cả"
    )
    phat_sinh = django_filters.BooleanFilter(label="Hay phát sinh", field_name="usual")
