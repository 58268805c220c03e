"""The list of what people have to do."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import F, Q, QuerySet
from django.urls import reverse

from canbo.facts.people.queries import matching
from canbo.foundation.kernel.text import fold
from canbo.foundation.ui.columns import Column, DateColumn, NumberColumn, StateColumn
from canbo.foundation.ui.lists import Table
from canbo.foundation.ui.templatetags.canbo import state

from ..choices import Kind, State
from ..models import Share

KINDS = {
    State.ASKED: "wait",
    State.OPEN: "info",
    State.SUBMITTED: "wait",
    State.RETURNED: "warn",
    State.ACCEPTED: "good",
    State.FAILED: "bad",
}
STATES = {str(found.label): (str(found.label), KINDS.get(found, "quiet")) for found in State}
"""By label: the table library hands over what a closed list shows, not what it stores."""
ASKS = {Kind.CAUSE_ASKED: "báo nguyên nhân", Kind.EXTENSION_ASKED: "xin gia hạn", Kind.HANDING_ASKED: "xin trả việc"}


class ShareTable(Table):
    """What people have to do, the nearest deadline first."""

    order = ("due_on",)
    task = Column(verbose_name="Nhiệm vụ", accessor="task__title", order_by="task__title", card=1)
    person = Column(verbose_name="Người làm", accessor="person__name", order_by="person__sort_key", card=2, nowrap=True)
    state = StateColumn(verbose_name="Trạng thái", words=STATES, card=3)
    due_on = DateColumn(verbose_name="Thời hạn")
    lateness = Column(verbose_name="Chậm", accessor="late_days", order_by="late_days")
    waiting = Column(verbose_name="Đề nghị", order_by="waiting")
    assigned = NumberColumn(verbose_name="Giao")
    reported = NumberColumn(verbose_name="Đã báo")
    done = NumberColumn(verbose_name="Nghiệm thu")
    quality_fails = NumberColumn(verbose_name="Trả lại")
    coef = NumberColumn(verbose_name="Hệ số", decimals=1, shown=False)
    origin = Column(verbose_name="Nguồn gốc", shown=False)
    unit = Column(verbose_name="Đơn vị", accessor="unit__name", order_by="unit__sort_key", shown=False)
    due_first = DateColumn(verbose_name="Hạn ban đầu", shown=False)
    assigned_on = DateColumn(verbose_name="Ngày giao", shown=False)
    submitted_on = DateColumn(verbose_name="Ngày trình", shown=False)

    def row_url(self, record: Share) -> str:
        """The share's page."""
        return reverse("work_share", args=[record.pk])

    def render_lateness(self, record: Share) -> Any:
        """Working days late, or that it is over the deadline; ``overdue`` comes with the rows."""
        if record.late:
            return state(f"{record.late_days - record.excused_days} ngày", "bad")
        return state("quá hạn", "bad") if getattr(record, "overdue", False) else ""

    def value_lateness(self, record: Share) -> int:
        """Working days late, for the workbook."""
        return max(record.late_days - record.excused_days, 0)

    def render_waiting(self, record: Share) -> Any:
        """What was asked."""
        text = ASKS.get(Kind(record.waiting), "") if record.waiting else ""
        return state(text, "wait") if text else ""

    def value_waiting(self, record: Share) -> str:
        """The same in the workbook."""
        return ASKS.get(Kind(record.waiting), "") if record.waiting else ""


class ShareFilter(django_filters.FilterSet):
    """By state, lateness, requests, period, person."""

    cho = django_filters.ChoiceFilter(
        label="Đang chờ tôi",
        method="waits",
        choices=[
            ("ket_qua", "nghiệm thu kết quả"),
            ("phat_sinh", "xác nhận việc phát sinh"),
            ("de_nghi", "trả lời đề nghị"),
        ],
        empty_label="Tất cả",
    )
    trang_thai = django_filters.MultipleChoiceFilter(label="Trạng thái", field_name="state", choices=State)
    cham = django_filters.ChoiceFilter(
        label="Chậm",
        method="lateness",
        choices=[("qua_han", "quá hạn, chưa xong"), ("da_cham", "xong chậm")],
        empty_label="Tất cả",
    )
    nguon = django_filters.ChoiceFilter(
        label="Nguồn gốc", field_name="origin", choices=Share.origin.field.choices, empty_label="Tất cả"
    )
    tu = django_filters.DateFilter(
        label="Hạn từ ngày", field_name="due_on", lookup_expr="gte", input_formats=["%d/%m/%Y"]
    )
    den = django_filters.DateFilter(
        label="Hạn đến ngày", field_name="due_on", lookup_expr="lte", input_formats=["%d/%m/%Y"]
    )
    nguoi = django_filters.NumberFilter(label="Mã người", field_name="person_id")
    tra_lai = django_filters.BooleanFilter(label="Đã bị trả lại", method="returned")

    def waits(self, rows: QuerySet[Share], name: str, value: str) -> QuerySet[Share]:
        """What a superior has to answer."""
        if value == "de_nghi":
            return rows.exclude(waiting="")
        return rows.filter(state=State.SUBMITTED if value == "ket_qua" else State.ASKED)

    def lateness(self, rows: QuerySet[Share], name: str, value: str) -> QuerySet[Share]:
        """Over the deadline and open, or done late."""
        if value == "da_cham":
            return rows.filter(late=True)
        return rows.filter(Q(overdue=True))  # annotated by ``queries.led``

    def returned(self, rows: QuerySet[Share], name: str, value: bool) -> QuerySet[Share]:
        """Returned at least once."""
        return rows.filter(quality_fails__gt=F("excused_fails")) if value else rows.filter(quality_fails=0)


def search_shares(rows: QuerySet[Share], text: str) -> QuerySet[Share]:
    """Shares whose task holds the words, or whose person is called so."""
    titles = Q()
    for word in fold(text).split():
        titles &= Q(task__search_text__contains=word)
    people = matching(rows.order_by(), text, "person__").values("pk")
    return rows.filter(titles | Q(pk__in=people))
