"""Lists of accounts and of the log."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.urls import reverse

from canbo.foundation.accounts.models import User
from canbo.foundation.audit.models import AuditEntry
from canbo.foundation.kernel.clock import VIETNAM
from canbo.foundation.ui.columns import Column, DateColumn, NumberColumn, StateColumn
from canbo.foundation.ui.lists import Table


class AccountTable(Table):
    """Accounts one administers."""

    order = ("username",)
    username = Column(verbose_name="Tên đăng nhập", card=1, nowrap=True)
    display_name = Column(verbose_name="Họ và tên", card=2)
    is_active = StateColumn(
        verbose_name="Tình trạng", card=3, words={True: ("đang mở", "good"), False: ("đã đóng", "quiet")}
    )
    last_login = DateColumn(verbose_name="Đăng nhập gần nhất")
    date_joined = DateColumn(verbose_name="Ngày mở", shown=False)

    def row_url(self, record: User) -> str:
        """The account's page."""
        return reverse("account_detail", args=[record.pk])


class AccountFilter(django_filters.FilterSet):
    """Open or closed."""

    is_active = django_filters.ChoiceFilter(
        label="Tình trạng", choices=[(True, "đang mở"), (False, "đã đóng")], empty_label="Tất cả"
    )


class LogTable(Table):
    """Lines of the log."""

    order = ("-at",)
    at = Column(verbose_name="Thời điểm", card=2, nowrap=True)
    actor = Column(verbose_name="Người thực hiện", card=1)
    verb = Column(verbose_name="Hành vi", card=3)
    object_type = Column(verbose_name="Loại đối tượng")
    object_id = Column(verbose_name="Mã đối tượng")
    reason = Column(verbose_name="Lý do")
    on_behalf_of = Column(verbose_name="Được ủy quyền bởi", shown=False)
    data = Column(verbose_name="Nội dung", shown=False, orderable=False)
    seq = NumberColumn(verbose_name="Số dòng", shown=False)
    hash = Column(verbose_name="Mã băm", shown=False, orderable=False)

    def render_at(self, value: Any) -> str:
        """Day and time in Vietnam."""
        return f"{value.astimezone(VIETNAM):%d/%m/%Y %H:%M:%S}"

    def value_at(self, value: Any) -> str:
        """The same in the workbook."""
        return self.render_at(value)


class LogFilter(django_filters.FilterSet):
    """By day, act and object."""

    tu = django_filters.DateFilter(
        label="Từ ngày", field_name="at", lookup_expr="date__gte", input_formats=["%d/%m/%Y"]
    )
    den = django_filters.DateFilter(
        label="Đến ngày", field_name="at", lookup_expr="date__lte", input_formats=["%d/%m/%Y"]
    )
    hanh_vi = django_filters.CharFilter(label="Hành vi bắt đầu bằng", field_name="verb", lookup_expr="startswith")
    doi_tuong = django_filters.NumberFilter(label="Mã đối tượng", field_name="object_id")


def search_accounts(rows: QuerySet[User], text: str) -> QuerySet[User]:
    """Accounts whose name holds the text."""
    return rows.filter(username__icontains=text) | rows.filter(display_name__icontains=text)


def search_log(rows: QuerySet[AuditEntry], text: str) -> QuerySet[AuditEntry]:
    """Lines whose actor or reason holds the text."""
    return rows.filter(actor__icontains=text) | rows.filter(reason__icontains=text)
