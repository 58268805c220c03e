"""Lists of job positions, and of bodies by how far their list has come."""

from __future__ import annotations

from typing import Any

import django_filters
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from canbo.facts.staffing.choices import ListState, PositionGroup
from canbo.foundation.kernel.dates import format_date
from canbo.foundation.kernel.numbers import format_number
from canbo.foundation.ui.columns import Column, DateColumn, NumberColumn
from canbo.foundation.ui.lists import Table
from canbo.foundation.ui.templatetags.canbo import state

from ..queries import narrow, positions
from .common import DayFilter
from .unit_field import UnitFilter


def filling_words(record: Any) -> tuple[str, str]:
    """How a position is filled, as a word and its kind."""
    filling = record.position.filling
    if filling.over:
        return f"vượt {filling.over}", "bad"
    if filling.vacant:
        return f"khuyết {filling.vacant}", "warn"
    return "đủ", "good"


class PositionTable(Table):
    """Job positions of the viewing day."""

    order = ("unit_name", "code")
    name = Column(verbose_name="Vị trí việc làm", order_by=("name_key",), card=1)
    code = Column(verbose_name="Mã", nowrap=True)
    unit_name = Column(verbose_name="Cơ quan, đơn vị", order_by=("unit__sort_key",), card=2)
    group = Column(verbose_name="Nhóm")
    min_rank = Column(verbose_name="Ngạch tối thiểu", orderable=False)
    max_rank = Column(verbose_name="Ngạch cao nhất", orderable=False, shown=False)
    headcount = NumberColumn(verbose_name="Số lượng")
    held = NumberColumn(accessor="position", verbose_name="Hiện có", orderable=False)
    filling = Column(accessor="position", verbose_name="Tình trạng", orderable=False, card=3)
    holders = Column(accessor="position", verbose_name="Người đang giữ", orderable=False, shown=False)
    described = Column(accessor="position__described", verbose_name="Bản mô tả", orderable=False)
    since = DateColumn(precision="since_precision", verbose_name="Từ ngày", shown=False)
    decision = Column(accessor="opened_by", verbose_name="Theo quyết định", orderable=False, shown=False)

    def row_url(self, record: Any) -> str:
        """The position's page."""
        return reverse("position", args=[record.pk])

    def render_group(self, value: str) -> str:
        """The name of the group."""
        return PositionGroup(value).label if value in PositionGroup.values else value

    def value_group(self, value: str) -> str:
        """The same in the workbook."""
        return self.render_group(value)

    def render_held(self, value: Any) -> str:
        """How many hold it."""
        return format_number(len(value.holders))

    def value_held(self, value: Any) -> int:
        """The same in the workbook."""
        return len(value.holders)

    def render_filling(self, record: Any) -> SafeString:
        """A word: full, vacant, too many."""
        return state(*filling_words(record))

    def value_filling(self, record: Any) -> str:
        """The same in the workbook."""
        return filling_words(record)[0]

    def render_holders(self, value: Any) -> str:
        """The names of those who hold it."""
        return "; ".join(h.placement.person.name for h in value.holders) or "—"

    def value_holders(self, value: Any) -> str:
        """The same in the workbook."""
        return "; ".join(h.placement.person.name for h in value.holders)

    def render_described(self, value: bool) -> SafeString:
        """Whether it is described."""
        return state("có", "good") if value else state("chưa có", "quiet")

    def value_described(self, value: bool) -> str:
        """The same in the workbook."""
        return "x" if value else ""

    def value_decision(self, value: Any) -> str:
        """Number and day of the decision."""
        return str(value or "")


class PositionFilter(DayFilter):
    """By body, group, and how they are filled."""

    don_vi = UnitFilter(label="Đơn vị (mã hoặc một phần tên)", method="in_unit")
    nhom = django_filters.ChoiceFilter(
        label="Nhóm", field_name="group", choices=PositionGroup.choices, empty_label="Tất cả"
    )
    tinh_trang = django_filters.ChoiceFilter(
        label="Tình trạng", choices=positions.FILLINGS, empty_label="Tất cả", method="by_filling"
    )

    def in_unit(self, rows: Any, name: str, value: Any) -> Any:
        """The unit and everything under it on the tree of the day."""
        return narrow.under(rows, value, self.day)

    def by_filling(self, rows: Any, name: str, value: str) -> Any:
        """Vacant, full, over-filled, not described."""
        return positions.by_filling(rows, self.day, value)


class BodyTable(Table):
    """Bodies by how far their list of job positions has come."""

    order = ("unit_name",)
    unit_name = Column(accessor="name", verbose_name="Cơ quan, đơn vị", order_by=("unit__sort_key",), card=1)
    kind = Column(verbose_name="Loại hình", card=2)
    way = Column(verbose_name="Danh mục", orderable=False, empty_values=(), card=3)
    positions = NumberColumn(verbose_name="Vị trí")
    headcount = NumberColumn(verbose_name="Số lượng")
    placed = NumberColumn(verbose_name="Đã bố trí")
    code = Column(accessor="unit__code", verbose_name="Mã đơn vị", shown=False, nowrap=True)

    def row_url(self, record: Any) -> str:
        """The body's positions."""
        return reverse("position_body", args=[record.unit.code])

    def _words(self, record: Any) -> list[tuple[str, str]]:
        found = [("đã phê duyệt", "good")] if record.positions else [("chưa phê duyệt", "warn")]
        if record.way:
            found.append((ListState(record.way).label, "info"))
        return found

    def render_way(self, record: Any) -> SafeString:
        """Whether a list is in force, and how far the next one has come."""
        words = [state(*word) for word in self._words(record)]
        return format_html(" ".join(["{}"] * len(words)), *words)

    def value_way(self, record: Any) -> str:
        """The same in the workbook."""
        return ", ".join(text for text, _ in self._words(record))


class BodyFilter(DayFilter):
    """By unit and by how far the list has come."""

    don_vi = UnitFilter(label="Đơn vị (mã hoặc một phần tên)", method="in_unit")
    tinh_trang = django_filters.ChoiceFilter(
        label="Danh mục", choices=positions.STATES, empty_label="Tất cả", method="by_state"
    )

    def in_unit(self, rows: Any, name: str, value: Any) -> Any:
        """The unit and everything under it on the tree of the day."""
        return narrow.under(rows, value, self.day)

    def by_state(self, rows: Any, name: str, value: str) -> Any:
        """With, without, or on the way to an approved list."""
        return positions.by_state(rows, value)


def due_note(due: Any) -> str:
    """When lists are due, with the source; empty where no rule says so."""
    return f"Hạn phê duyệt: {format_date(due.value)} ({due.reference})." if due is not None else ""
