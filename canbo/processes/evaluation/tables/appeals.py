"""The register of appeals, and the results of a cycle."""

from __future__ import annotations

import datetime as dt
from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.safestring import SafeString

from canbo.facts.organisation.queries import acting_day
from canbo.facts.people.queries import matching
from canbo.foundation.kernel.dates import format_date
from canbo.foundation.kernel.text import fold
from canbo.foundation.ui.columns import Column, DateColumn, NumberColumn
from canbo.foundation.ui.lists import Table
from canbo.foundation.ui.templatetags.canbo import state

from ..choices import Answer
from ..models import Appeal, Result


def name_of(record: Result) -> str:
    """Whom a result is about."""
    subject = record.person or record.collective
    return subject.name if subject else ""


def clock(row: Appeal, day: dt.date) -> tuple[str, str]:
    """Where an appeal stands to its last day, as words and their kind."""
    if row.ended:
        late = row.answered_on is not None and row.answered_on > row.due_on and row.ended != Answer.WITHDRAWN
        return row.get_ended_display() + (", trả lời chậm" if late else ""), "warn" if late else "good"
    if day > row.due_on:
        return f"quá hạn {(day - row.due_on).days} ngày", "bad"
    left = (row.due_on - day).days
    return ("hạn hôm nay" if not left else f"còn {left} ngày"), "warn" if left <= 2 else "wait"


class AppealTable(Table):
    """Appeals, those that wait first."""

    order = ("state", "due_on")
    name = Column(verbose_name="Người kiến nghị", accessor="result", order_by="result__person__sort_key", card=1)
    unit = Column(verbose_name="Đơn vị", accessor="result__unit__name", order_by="result__unit__sort_key", card=2)
    period = Column(verbose_name="Kỳ", accessor="result__period", order_by="result__period", nowrap=True)
    grade = Column(verbose_name="Mức", accessor="result__grade", order_by="result__grade", nowrap=True)
    received_on = DateColumn(verbose_name="Ngày nhận")
    due_on = DateColumn(verbose_name="Hạn trả lời")
    state = Column(verbose_name="Giải quyết", accessor="pk", order_by="answered_on", card=3)
    answered_by = Column(verbose_name="Người trả lời", shown=False)
    text = Column(verbose_name="Nội dung", orderable=False, shown=False)

    def row_url(self, record: Appeal) -> str:
        """The appeal's page."""
        return reverse("evaluation_appeal_page", args=[record.pk])

    def render_name(self, record: Appeal) -> str:
        """The person, or the body."""
        return name_of(record.result)

    def value_name(self, record: Appeal) -> str:
        """The same in the workbook."""
        return name_of(record.result)

    def render_state(self, record: Appeal) -> SafeString:
        """Days left, or how it ended."""
        return state(*clock(record, acting_day()))

    def value_state(self, record: Appeal) -> str:
        """The same in the workbook."""
        return clock(record, acting_day())[0]


class AppealFilter(django_filters.FilterSet):
    """By how it stands."""

    tinh_trang = django_filters.ChoiceFilter(
        label="Tình trạng",
        method="standing",
        choices=[("cho", "chờ trả lời"), ("qua_han", "quá hạn"), *((a.value, a.label) for a in Answer)],
        empty_label="Tất cả",
    )
    ky = django_filters.CharFilter(label="Kỳ", field_name="result__period", lookup_expr="startswith")

    def standing(self, rows: QuerySet[Appeal], name: str, value: str) -> QuerySet[Appeal]:
        """Waiting, overdue, or ended one way."""
        if value == "cho":
            return rows.filter(ended="")
        if value == "qua_han":
            return rows.filter(ended="", due_on__lt=acting_day())
        return rows.filter(ended=value)


def search_appeals(rows: QuerySet[Appeal], text: str) -> QuerySet[Any]:
    """Appeals of people so called, diacritics or not."""
    return rows.filter(pk__in=matching(rows.order_by(), text, "result__person__").values("pk"))


class ResultTable(Table):
    """The results of a closed cycle, replaced ones too."""

    order = ("unit",)
    name = Column(verbose_name="Họ và tên, tập thể", accessor="pk", order_by="person__sort_key", card=1)
    unit = Column(verbose_name="Đơn vị", accessor="unit__name", order_by=("unit__sort_key", "person__sort_key"), card=2)
    grade = Column(verbose_name="Mức", nowrap=True, card=3)
    total = NumberColumn(verbose_name="Tổng điểm", decimals=1)
    decided_on = DateColumn(verbose_name="Ngày quyết định")
    decided_by = Column(verbose_name="Người quyết định")
    decision = Column(verbose_name="Theo quyết định", order_by="decision__number")
    replaced_on = Column(verbose_name="Tình trạng", empty_values=(), order_by="replaced_on")

    def row_url(self, record: Result) -> str:
        """Where the result is replaced, or its sheet where it was."""
        if record.replaced_on is None:
            return reverse("evaluation_replace", args=[record.pk])
        return reverse("evaluation_sheet", args=[record.sheet_id])

    def render_name(self, record: Result) -> str:
        """The person, or the body."""
        return name_of(record)

    def value_name(self, record: Result) -> str:
        """The same in the workbook."""
        return name_of(record)

    def render_replaced_on(self, record: Result) -> SafeString:
        """Standing, or replaced since when."""
        if record.replaced_on is None:
            return state("đang có hiệu lực", "good")
        return state(f"đã thay ngày {format_date(record.replaced_on)}", "quiet")

    def value_replaced_on(self, record: Result) -> str:
        """The same in the workbook."""
        return "" if record.replaced_on is None else f"đã thay: {record.replaced_why}"


class ResultFilter(django_filters.FilterSet):
    """By grade, and whether replaced."""

    muc = django_filters.CharFilter(label="Mức", field_name="grade")
    thay = django_filters.BooleanFilter(
        label="Đã được thay", field_name="replaced_on", lookup_expr="isnull", exclude=True
    )


def search_results(rows: QuerySet[Result], text: str) -> QuerySet[Any]:
    """People so called, and bodies whose name or code holds the words; diacritics or not."""
    bodies = Q(collective__isnull=False)
    for word in fold(text).split():
        bodies &= Q(collective__search_text__contains=word)
    people = matching(rows.order_by(), text, "person__").values("pk")
    return rows.filter(bodies | Q(pk__in=people))
