"""Columns of faults, brought files and batches."""

from __future__ import annotations

from typing import Any

import django_filters
import django_tables2
from django import forms
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.html import format_html

from canbo.foundation.ui.columns import Column, DateColumn, NumberColumn, StateColumn
from canbo.foundation.ui.lists import Table
from canbo.foundation.ui.templatetags.canbo import gio

from .choices import BROKEN, CHECKED, CHECKING, DROPPED, LOADED, LOADING, REFUSED, SAME
from .models import UploadFault
from .queries import FOLDED

WORDS = {
    CHECKING: ("đang kiểm tra", "wait"),
    CHECKED: ("chờ nạp", "info"),
    LOADING: ("đang nạp", "wait"),
    LOADED: ("đã nạp", "good"),
    SAME: ("không có gì thay đổi", "quiet"),
    REFUSED: ("không đọc được", "bad"),
    BROKEN: ("bị ngắt", "warn"),
    DROPPED: ("đã bỏ", "quiet"),
}


class Moment(DateColumn):
    """A moment, to the minute."""

    def render(self, value: Any, record: Any) -> str:
        return gio(value)


class FaultTable(Table):
    """Faults: where, what, why, what to do."""

    message = Column("Lỗi", card=1, orderable=False)
    sheet = Column("Trang", card=2, nowrap=True, orderable=False)
    row = NumberColumn("Dòng", orderable=False, card=3)
    column = Column("Cột", orderable=False)
    value = Column("Ô ghi", orderable=False)
    fix = Column("Cách sửa", orderable=False)
    order = ("id",)

    def render_message(self, value: str, record: UploadFault) -> object:
        left = record.alike - FOLDED
        if record.rank != FOLDED or left <= 0 or self.unfolded:
            return value
        return format_html('{}<br><a href="?loai={}">và {} dòng khác cùng lỗi</a>', value, record.kind, left)

    def render_row(self, value: int) -> str:
        return f"dòng {value}" if value else ""

    unfolded = False


class UnfoldedTable(FaultTable):
    """Faults of one kind, all of them."""

    unfolded = True


class FaultFilter(django_filters.FilterSet):
    """Narrowing faults to a sheet or to one kind."""

    trang_tinh = django_filters.ChoiceFilter(
        field_name="sheet", label="Trang", widget=forms.Select, empty_label="mọi trang"
    )
    loai = django_filters.ChoiceFilter(field_name="kind", label="Loại lỗi", widget=forms.Select, empty_label="mọi loại")

    class Meta:
        model = UploadFault
        fields: list[str] = []

    def __init__(self, data: Any = None, queryset: QuerySet[Any] | None = None, **options: Any):
        super().__init__(data, queryset, **options)
        found = () if queryset is None else queryset.filter(rank=1).order_by("kind")
        rows = [(f.sheet, f.kind, f.column, f.message, f.alike) for f in found]
        sheets = sorted({row[0] for row in rows})
        self.filters["trang_tinh"].extra["choices"] = [(s, s or "cả tệp") for s in sheets]
        self.filters["loai"].extra["choices"] = [
            (kind, f"{sheet or 'Tệp'}, {column or 'cả dòng'}: {message[:60]} ({alike})")
            for sheet, kind, column, message, alike in rows
        ]


class UploadTable(Table):
    """Files brought by the reader."""

    name = Column("Tệp", card=1)
    state = StateColumn("Trạng thái", words=WORDS, card=3)
    uploaded_at = Moment("Tải lên lúc", card=2)
    owner_name = Column("Người nạp", shown=False)
    order = ("-uploaded_at",)

    def row_url(self, record: Any) -> str:
        return reverse("import_result", args=[record.pk])


class BatchTable(Table):
    """Loads, newest first."""

    source = Column("Tệp", card=1)
    loaded_at = Moment("Nạp lúc", card=2)
    loaded_by = Column("Người nạp")
    undone_at = django_tables2.Column("Hoàn tác", empty_values=())
    order = ("-loaded_at",)

    def row_url(self, record: Any) -> str:
        return reverse("batch", args=[record.pk])

    def render_undone_at(self, value: Any) -> str:
        return f"đã hoàn tác {gio(value)}" if value else ""

    def value_undone_at(self, value: Any) -> str:
        return self.render_undone_at(value)
