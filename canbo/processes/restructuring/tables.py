"""Lists of restructuring: the cases, the lines of a plan, the people still to be placed."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.urls import reverse

from canbo.foundation.ui.columns import Column, DateColumn, LinkColumn, NumberColumn, StateColumn
from canbo.foundation.ui.lists import Table

from .choices import WITHDRAWN
from .models import Restructuring, Waiting
from .queries.listed import waiting_kinds

STANDS = [
    ("dang_lam", "đang làm"),
    ("cho_thuc_hien", "đã quyết định, chờ thực hiện"),
    ("da_thuc_hien", "đã thực hiện"),
    ("da_rut", "đã rút hoặc đã hủy"),
]
WORDS = {
    "dang_lam": ("đang làm", "wait"),
    "da_thuc_hien": ("đã thực hiện", "good"),
    "da_rut": ("đã rút", "quiet"),
    "da_huy": ("đã hủy", "bad"),
}


class CaseTable(Table):
    """Cases, the newest day of effect first."""

    order = ("-on",)
    title = Column(verbose_name="Phương án", card=1)
    on = DateColumn(verbose_name="Ngày hiệu lực")
    scope = Column(accessor="scope__name", verbose_name="Phạm vi", default="toàn hệ thống", card=2, orderable=False)
    where = Column(accessor="where", verbose_name="Đang ở bước", orderable=False)
    stand = StateColumn(accessor="stand", verbose_name="Tình trạng", words=WORDS, card=3, orderable=False)
    lines = NumberColumn(accessor="lines", verbose_name="Số dòng", orderable=False)
    decision = Column(accessor="decision__number", verbose_name="Quyết định", orderable=False, shown=False)
    prepared_by = Column(verbose_name="Người lập", shown=False)

    def row_url(self, record: Restructuring) -> str:
        """The case's page."""
        return reverse("restructuring", args=[record.pk])


class CaseFilter(django_filters.FilterSet):
    """By what became of them."""

    tinh_trang = django_filters.ChoiceFilter(
        label="Tình trạng", method="by_stand", choices=STANDS, empty_label="Tất cả"
    )

    def by_stand(self, rows: QuerySet[Restructuring], name: str, value: str) -> QuerySet[Restructuring]:
        """Still at work, carried out, or gone."""
        if value == "da_thuc_hien":
            return rows.filter(applied_at__isnull=False, annulled_at=None)
        if value == "cho_thuc_hien":
            return rows.filter(applied_at=None).exclude(digest="")
        if value == "da_rut":
            return rows.filter(state=WITHDRAWN) | rows.filter(annulled_at__isnull=False)
        return rows.filter(applied_at=None).exclude(state=WITHDRAWN)


class WaitingTable(Table):
    """Rows that wait to be placed one by one."""

    order = ("old",)
    who = LinkColumn(
        accessor="who", verbose_name="Ai, việc gì", orderable=False, card=1,
        url=lambda row: reverse("person", kwargs={"code": row.person.code}) if row.person else "",
    )  # fmt: skip
    label = Column(accessor="label", verbose_name="Nội dung", orderable=False, card=2)
    old = Column(accessor="old__name", verbose_name="Đơn vị cũ", order_by=("old__sort_key", "old_id"))
    unit = Column(accessor="unit__name", verbose_name="Đang tạm ở", order_by=("unit__sort_key", "unit_id"), card=3)
    old_code = Column(accessor="old__code", verbose_name="Mã đơn vị cũ", shown=False, orderable=False)


class EveryWaitingTable(WaitingTable):
    """The same over all cases, each row leading to the list of its case."""

    case = LinkColumn(
        accessor="case__title", verbose_name="Đợt sắp xếp", orderable=False,
        url=lambda row: reverse("restructuring_waiting", args=[row.case_id]),
    )  # fmt: skip


class WaitingFilter(django_filters.FilterSet):
    """By the unit they come from and what they are."""

    don_vi_cu = django_filters.CharFilter(label="Mã đơn vị cũ", field_name="old__code", lookup_expr="iexact")
    loai = django_filters.ChoiceFilter(label="Loại", field_name="kind", choices=[], empty_label="Tất cả")

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if self.queryset is not None:
            self.filters["loai"].extra["choices"] = waiting_kinds(self.queryset)

    class Meta:
        model = Waiting
        fields: list[str] = []
