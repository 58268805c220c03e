"""Proposals as a list."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from canbo.foundation.ui.columns import Column, DateColumn
from canbo.foundation.ui.lists import Table
from canbo.foundation.ui.templatetags.canbo import state

from ..models import ProductProposal


class ProposalTable(Table):
    """Proposals to add products."""

    order = ("answered_on", "-asked_on")
    name = Column(verbose_name="Sản phẩm, công việc", card=1)
    asked_by = Column(verbose_name="Người đề nghị", card=2)
    unit = Column(verbose_name="Đơn vị", accessor="unit__name", order_by="unit__sort_key")
    asked_on = DateColumn(verbose_name="Ngày đề nghị")
    answer_state = Column(verbose_name="Kết quả", empty_values=(), orderable=False, card=3)
    answered_on = DateColumn(verbose_name="Ngày trả lời")
    answer = Column(verbose_name="Trả lời", shown=False)

    def row_url(self, record: ProductProposal) -> str:
        """The proposal's page."""
        return reverse("work_proposal", args=[record.pk])

    def render_answer_state(self, record: ProductProposal) -> Any:
        """Waits, approved or not."""
        text, kind = _answered(record)
        return state(text, kind)

    def value_answer_state(self, record: ProductProposal) -> str:
        """The same in the workbook."""
        return _answered(record)[0]


def _answered(record: ProductProposal) -> tuple[str, str]:
    if record.answered_on is None:
        return "chờ duyệt", "wait"
    return ("đã duyệt", "good") if record.product_id else ("không duyệt", "quiet")


def search_proposals(rows: QuerySet[ProductProposal], text: str) -> QuerySet[ProductProposal]:
    """Proposals whose name holds the text."""
    return rows.filter(name__icontains=text)
