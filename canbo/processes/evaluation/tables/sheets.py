"""The sheets of one cycle, and who has none."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import F, Q, QuerySet
from django.urls import reverse

from canbo.facts.organisation.queries import acting_day
from canbo.facts.people.queries import matching
from canbo.foundation.kernel.text import fold
from canbo.foundation.ui.columns import Column, NumberColumn, StateColumn
from canbo.foundation.ui.lists import Table

from ..choices import Standing, State, Step
from ..models import NotGraded, Sheet
from ..queries.overview import late_sheets, units_under

STATES = {
    State.DRAFT: (State.DRAFT.label, "quiet"),
    State.SUBMITTED: (State.SUBMITTED.label, "wait"),
    State.SCORED: (State.SCORED.label, "wait"),
    State.DECIDED: (State.DECIDED.label, "good"),
    State.CLOSED: (State.CLOSED.label, "good"),
}
LATE = [(step, Step(step).label) for step in (Step.SELF, Step.REVIEW, Step.ADVISE, Step.DECIDE)]


class SheetTable(Table):
    """Sheets of a cycle, by unit."""

    order = ("unit",)
    name = Column(verbose_name="Họ và tên, tập thể", accessor="pk", order_by="person__sort_key", card=1)
    title = Column(verbose_name="Chức vụ, chức danh")
    unit = Column(verbose_name="Đơn vị", accessor="unit__name", order_by=("unit__sort_key", "person__sort_key"), card=2)
    state = StateColumn(verbose_name="Trạng thái", words=STATES, card=3)
    total = NumberColumn(verbose_name="Tổng điểm", decimals=1)
    by_points = Column(verbose_name="Theo điểm", nowrap=True)
    by_conditions = Column(verbose_name="Theo điều kiện", nowrap=True)
    advised_grade = Column(verbose_name="Thẩm định", nowrap=True, shown=False)
    grade = Column(verbose_name="Quyết định", nowrap=True)
    superior = Column(verbose_name="Cấp trên trực tiếp", accessor="superior__name", order_by="superior__sort_key")
    decider = Column(
        verbose_name="Người quyết định", accessor="decider__name", order_by="decider__sort_key", shown=False
    )
    standing = StateColumn(
        verbose_name="Vị trí", words={key: (label, "quiet") for key, label in Standing.choices}, shown=False
    )
    cap_group = Column(verbose_name="Nhóm tương đồng", shown=False)
    why = Column(verbose_name="Vì sao có phiếu", orderable=False, shown=False)

    def row_url(self, record: Sheet) -> str:
        """The sheet's page."""
        return reverse("evaluation_sheet", args=[record.pk])

    def render_name(self, record: Sheet) -> str:
        """The person, or the body."""
        return _name(record)

    def value_name(self, record: Sheet) -> str:
        """The same in the workbook."""
        return _name(record)


def _name(record: Sheet) -> str:
    subject = record.person or record.collective
    return subject.name if subject else ""


class SheetFilter(django_filters.FilterSet):
    """By state, grade, standing, unit, lateness, and what still lacks somebody."""

    trang_thai = django_filters.MultipleChoiceFilter(label="Trạng thái", field_name="state", choices=State.choices)
    muc = django_filters.CharFilter(label="Mức quyết định", field_name="grade")
    vi_tri = django_filters.MultipleChoiceFilter(label="Vị trí", field_name="standing", choices=Standing.choices)
    nhom = django_filters.CharFilter(label="Nhóm tương đồng có chữ", field_name="cap_group", lookup_expr="icontains")
    don_vi = django_filters.CharFilter(label="Mã đơn vị và cấp dưới", method="under")
    cham = django_filters.ChoiceFilter(label="Chậm bước", method="late", choices=LATE, empty_label="Tất cả")
    thieu = django_filters.ChoiceFilter(
        label="Thiếu",
        method="lacking",
        choices=[("cap_tren", "chưa rõ cấp trên trực tiếp"), ("quyet_dinh", "chưa rõ người quyết định")],
        empty_label="Tất cả",
    )
    lech = django_filters.BooleanFilter(label="Điểm và điều kiện chỉ hai mức khác nhau", method="apart")

    def under(self, rows: QuerySet[Sheet], name: str, value: str) -> QuerySet[Sheet]:
        """A unit and everything under it."""
        return rows.filter(unit__in=units_under(value, acting_day()))

    def late(self, rows: QuerySet[Sheet], name: str, value: str) -> QuerySet[Sheet]:
        """Not past a step whose day is over."""
        return late_sheets(rows, self.request.evaluation_cycle, value, acting_day())

    def lacking(self, rows: QuerySet[Sheet], name: str, value: str) -> QuerySet[Sheet]:
        """Nobody is named for a step."""
        missing = {"superior": None} if value == "cap_tren" else {"decider": None, "decides_at": None}
        return rows.filter(**missing)

    def apart(self, rows: QuerySet[Sheet], name: str, value: bool) -> QuerySet[Sheet]:
        """The two sides speak of different grades."""
        differ = ~Q(by_points="") & ~Q(by_conditions="") & ~Q(by_points=F("by_conditions"))
        return rows.filter(differ) if value else rows.exclude(differ)


def search_sheets(rows: QuerySet[Sheet], text: str) -> QuerySet[Sheet]:
    """People so called, and bodies whose name or code holds the words; diacritics or not."""
    bodies = Q(collective__isnull=False)
    for word in fold(text).split():
        bodies &= Q(collective__search_text__contains=word)
    people = matching(rows.order_by(), text, "person__").values("pk")
    return rows.filter(bodies | Q(pk__in=people))


class AbsentTable(Table):
    """People without a sheet in a cycle, and why."""

    order = ("unit",)
    name = Column(verbose_name="Họ và tên", accessor="person__name", order_by="person__sort_key", card=1)
    title = Column(verbose_name="Chức vụ, chức danh")
    unit = Column(verbose_name="Đơn vị", accessor="unit__name", order_by=("unit__sort_key", "person__sort_key"), card=2)
    reason = Column(verbose_name="Vì sao không xếp loại", card=3)
    source = Column(verbose_name="Căn cứ")

    def row_url(self, record: NotGraded) -> str:
        """The person's page."""
        return reverse("person", args=[record.person.code])


def search_absent(rows: QuerySet[NotGraded], text: str) -> QuerySet[Any]:
    """People so called, diacritics or not."""
    return rows.filter(pk__in=matching(rows.order_by(), text, "person__").values("pk"))
