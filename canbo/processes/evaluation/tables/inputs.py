"""Lists of what was recorded for evaluations."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.safestring import SafeString

from canbo.facts.organisation.queries import acting_day
from canbo.facts.people.queries import matching
from canbo.foundation.kernel.dates import format_date
from canbo.foundation.ui.columns import Column, DateColumn, StateColumn
from canbo.foundation.ui.lists import Table
from canbo.foundation.ui.templatetags.canbo import state

from ..choices import Rest
from ..models import Finding, Leave, Suggestion
from ..queries.recording import fact_names


class _Recorded(Table):
    name = Column(verbose_name="Người, tập thể", accessor="pk", order_by="person__sort_key", card=1)

    def render_name(self, record: Any) -> str:
        """The person, or the body."""
        subject = record.person or getattr(record, "collective", None)
        return subject.name if subject else ""

    def value_name(self, record: Any) -> str:
        """The same in the workbook."""
        return self.render_name(record)


class _Voidable(_Recorded):
    voided_on = Column(verbose_name="Tình trạng", empty_values=(), card=3)

    def render_voided_on(self, record: Finding | Leave) -> SafeString:
        """Standing, or taken back."""
        if record.voided_on is None:
            return state("đang tính", "good")
        return state(f"đã hủy {format_date(record.voided_on)}", "quiet")

    def value_voided_on(self, record: Finding | Leave) -> str:
        """The same in the workbook."""
        return "" if record.voided_on is None else f"đã hủy: {record.voided_why}"


class FindingTable(_Voidable):
    """Findings, the newest first."""

    order = ("-on",)
    fact = Column(verbose_name="Nội dung", card=2)
    value = Column(verbose_name="Giá trị", orderable=False)
    on = DateColumn(verbose_name="Ngày")
    record = Column(verbose_name="Văn bản, hồ sơ")
    mitigation = Column(verbose_name="Xem xét", orderable=False)
    recorded_by = Column(verbose_name="Người ghi", shown=False)

    class Meta:
        sequence = ("name", "fact", "value", "on", "record", "mitigation", "voided_on", "recorded_by")

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.names = fact_names(acting_day())

    def row_url(self, record: Finding) -> str:
        """The finding's page."""
        return reverse("evaluation_finding", args=[record.pk])

    def render_fact(self, value: str) -> str:
        """Its name."""
        return self.names.get(value, value)

    def value_fact(self, value: str) -> str:
        """The same in the workbook."""
        return self.names.get(value, value)

    def render_value(self, value: Any) -> str:
        """Có, không, a number or a ratio."""
        return value_words(value)

    def value_value(self, value: Any) -> str:
        """The same in the workbook."""
        return value_words(value)


def value_words(value: Any) -> str:
    """A recorded value in words."""
    return {True: "có", False: "không"}.get(value, str(value)) if isinstance(value, bool) else str(value)


class LeaveTable(_Voidable):
    """Absences, the newest first."""

    order = ("-first",)
    kind = StateColumn(verbose_name="Loại", words={key: (label, "quiet") for key, label in Rest.choices}, card=2)
    first = DateColumn(verbose_name="Từ ngày")
    last = DateColumn(verbose_name="Đến ngày")
    paper = Column(verbose_name="Văn bản")
    recorded_by = Column(verbose_name="Người ghi", shown=False)

    class Meta:
        sequence = ("name", "kind", "first", "last", "paper", "voided_on", "recorded_by")

    def row_url(self, record: Leave) -> str:
        """The absence's page."""
        return reverse("evaluation_leave", args=[record.pk])


class SuggestionTable(_Recorded):
    """Suggested points and whether each was answered."""

    order = ("name",)
    text = Column(verbose_name="Nội dung gợi ý", orderable=False, card=2)
    issuer = Column(verbose_name="Cấp gợi ý")
    paper = Column(verbose_name="Văn bản")
    answered_at = Column(verbose_name="Giải trình", empty_values=(), card=3)
    answer = Column(verbose_name="Nội dung giải trình", orderable=False)

    class Meta:
        sequence = ("name", "text", "issuer", "paper", "answered_at", "answer")

    def render_answered_at(self, record: Suggestion) -> SafeString:
        """Answered or not."""
        return state("đã giải trình", "good") if record.answered_at else state("chưa giải trình", "wait")

    def value_answered_at(self, record: Suggestion) -> str:
        """The same in the workbook."""
        return "đã giải trình" if record.answered_at else "chưa giải trình"


class StandingFilter(django_filters.FilterSet):
    """Those taken back or not."""

    huy = django_filters.BooleanFilter(label="Đã hủy", field_name="voided_on", lookup_expr="isnull", exclude=True)
    ma = django_filters.CharFilter(label="Mã hồ sơ", field_name="person__code")


def search_recorded(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    """Rows of people so called, diacritics or not."""
    return rows.filter(pk__in=matching(rows.order_by(), text, "person__").values("pk"))
