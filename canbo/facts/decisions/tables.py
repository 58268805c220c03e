"""The list of decisions and its conditions."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.urls import reverse

from canbo.foundation.kernel.text import fold
from canbo.foundation.ui.columns import Column, DateColumn, StateColumn
from canbo.foundation.ui.lists import Table

from . import acts, queries
from .models import Decision

YES_NO = [("co", "có"), ("khong", "không")]


class DecisionTable(Table):
    """Decisions, the newest first."""

    order = ("-issued_on",)
    number = Column(verbose_name="Số, ký hiệu", card=1, nowrap=True)
    issued_on = DateColumn(verbose_name="Ngày ban hành")
    doc_type = Column(verbose_name="Loại văn bản")
    issuer = Column(verbose_name="Cơ quan ban hành")
    abstract = Column(verbose_name="Trích yếu", card=2, orderable=False)
    gone = StateColumn(
        verbose_name="Tình trạng", card=3, words={False: ("còn giá trị", "good"), True: ("đã hủy", "bad")}
    )
    effective_on = DateColumn(verbose_name="Có hiệu lực từ", shown=False)
    signer = Column(verbose_name="Người ký", shown=False)
    custodian = Column(verbose_name="Mã đơn vị quản lý", shown=False)
    recorded_by = Column(verbose_name="Người ghi", shown=False)
    recorded_at = DateColumn(verbose_name="Ngày ghi", shown=False)

    def row_url(self, record: Decision) -> str:
        """The decision's page."""
        return reverse("decision", args=[record.pk])


class DecisionFilter(django_filters.FilterSet):
    """By issuer, type, act, period, and whether it stands and did anything."""

    co_quan = django_filters.CharFilter(label="Cơ quan ban hành có chữ", method="by_issuer")
    loai = django_filters.ChoiceFilter(label="Loại văn bản", field_name="doc_type", empty_label="Tất cả")
    hanh_vi = django_filters.ChoiceFilter(label="Hành vi", method="by_act", empty_label="Tất cả")
    tu = django_filters.DateFilter(
        label="Ban hành từ ngày", field_name="issued_on", lookup_expr="gte", input_formats=["%d/%m/%Y"]
    )
    den = django_filters.DateFilter(
        label="Ban hành đến ngày", field_name="issued_on", lookup_expr="lte", input_formats=["%d/%m/%Y"]
    )
    huy = django_filters.ChoiceFilter(label="Đã hủy", method="by_state", choices=YES_NO, empty_label="Tất cả")
    mo = django_filters.ChoiceFilter(label="Đã mở dữ liệu", method="by_facts", choices=YES_NO, empty_label="Tất cả")

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        names = queries.doc_types(self.request.actor, self.request.day)
        self.filters["loai"].extra["choices"] = [(name, name) for name in names]
        labels = {code: act.label for code, act in acts.registry().items()}
        self.filters["hanh_vi"].extra["choices"] = sorted(labels.items(), key=lambda pair: fold(pair[1]))

    def by_issuer(self, rows: QuerySet[Decision], name: str, value: str) -> QuerySet[Decision]:
        """Issuers that hold the text, without diacritics."""
        return rows.filter(issuer_key__contains=fold(value))

    def by_act(self, rows: QuerySet[Decision], name: str, value: str) -> QuerySet[Decision]:
        """Decisions with an item of this act."""
        return queries.with_act(rows, value)

    def by_state(self, rows: QuerySet[Decision], name: str, value: str) -> QuerySet[Decision]:
        """Annulled by the viewing day, or not."""
        return queries.annulled(rows, value == "co")

    def by_facts(self, rows: QuerySet[Decision], name: str, value: str) -> QuerySet[Decision]:
        """Decisions that opened facts, or did not."""
        return queries.with_facts(rows, value == "co")
