"""Lists of posts held, of quotas, of courses."""

from __future__ import annotations

import datetime as dt
from typing import Any

import django_filters
from django.utils.html import format_html
from django.utils.safestring import SafeString

from canbo.foundation.kernel.dates import format_date
from canbo.foundation.ui.columns import Column, DateColumn, NumberColumn
from canbo.foundation.ui.lists import Table
from canbo.foundation.ui.templatetags.canbo import state

from ..queries import narrow
from .common import DayFilter, NameColumn, PeopleFilter, PersonTable, unit_url
from .unit_field import UnitFilter


class TermColumn(DateColumn):
    """The end of a term, with a word when it is over or near."""

    def render(self, value: dt.date, record: Any) -> str | SafeString:
        """The date, and how it stands on the viewing day."""
        text = format_date(value, record.term_precision)
        left = (value - record.shown.day).days
        if left < 0:
            return format_html("{} {}", text, state("đã hết hạn", "bad"))
        return format_html("{} {}", text, state(f"còn {left} ngày", "warn")) if left <= 90 else text


class AssignmentTable(PersonTable):
    """Posts held on the viewing day."""

    name = NameColumn(accessor="person__name", order_by=("person__sort_key",))
    title = Column(verbose_name="Chức vụ", order_by=("title_key",), card=2)
    unit_name = Column(accessor="unit__name", verbose_name="Đơn vị", order_by=("unit__sort_key",))
    acts = Column(verbose_name="Hành vi", orderable=False, shown=False)
    since = DateColumn(precision="since_precision", verbose_name="Từ ngày")
    term_until = TermColumn(precision="term_precision", verbose_name="Thời hạn đến", card=3)
    managed_by = Column(verbose_name="Diện quản lý")
    concurrent = Column(verbose_name="Kiêm nhiệm", shown=False)
    decision = Column(accessor="opened_by", verbose_name="Theo quyết định", orderable=False, shown=False)
    code = Column(accessor="person__code", verbose_name="Mã hồ sơ", orderable=False, shown=False, nowrap=True)

    def render_unit_name(self, value: str, record: Any) -> str:
        """The unit's name on the viewing day."""
        return record.shown.name_of(record.unit_id, value)

    def value_unit_name(self, value: str, record: Any) -> str:
        """The same in the workbook."""
        return record.shown.name_of(record.unit_id, value)

    def render_acts(self, value: list[str]) -> str:
        """Acts in the order of the decision."""
        return ", ".join(value)

    def value_acts(self, value: list[str]) -> str:
        """The same in the workbook."""
        return ", ".join(value)

    def render_concurrent(self, value: bool) -> str:
        """A word where a post is held beside another."""
        return "kiêm nhiệm" if value else "—"

    def value_concurrent(self, value: bool) -> str:
        """The same in the workbook."""
        return "x" if value else ""

    def value_decision(self, value: Any) -> str:
        """Number and day of the decision."""
        return str(value or "")


class AssignmentFilter(PeopleFilter):
    """Beside who holds them: terms, posts held beside others, decisions still missing."""

    thoi_han = django_filters.ChoiceFilter(
        label="Hết thời hạn giữ chức vụ",
        choices=narrow.WINDOWS,
        empty_label="Tất cả",
        method="by_term",
    )
    kiem_nhiem = django_filters.ChoiceFilter(
        label="Kiêm nhiệm",
        field_name="concurrent",
        choices=[("False", "không kiêm nhiệm"), ("True", "kiêm nhiệm")],
        empty_label="Tất cả",
    )
    quyet_dinh = django_filters.ChoiceFilter(
        label="Quyết định", choices=[("thieu", "chưa có quyết định")], empty_label="Tất cả", method="by_decision"
    )

    def by_term(self, rows: Any, name: str, value: str) -> Any:
        """Over, or ending soon, counted from the viewing day."""
        return narrow.terms(rows, self.day, value)

    def by_decision(self, rows: Any, name: str, value: str) -> Any:
        """Posts without a decision on record."""
        return narrow.without_decision(rows)


class QuotaTable(Table):
    """Quotas of the viewing day against those present."""

    order = ("unit_name",)
    unit_name = Column(accessor="unit__name", verbose_name="Đơn vị", order_by=("unit__sort_key",), card=1)
    staff_group = Column(verbose_name="Nhóm", card=2)
    assigned = NumberColumn(verbose_name="Biên chế giao")
    present = NumberColumn(verbose_name="Có mặt", orderable=False)
    difference = Column(verbose_name="Chênh lệch", orderable=False, card=3)
    since = DateColumn(precision="since_precision", verbose_name="Từ ngày", shown=False)
    decision = Column(accessor="opened_by", verbose_name="Theo quyết định", orderable=False, shown=False)

    def row_url(self, record: Any) -> str:
        """The unit's page."""
        return unit_url(record.unit.code)

    def render_difference(self, value: int, record: Any) -> SafeString:
        """Free places, or how many there are too many; neither is sure while somebody's group is not known."""
        if record.unknown:
            return state(f"{record.unknown} người chưa rõ nhóm", "warn")
        if value < 0:
            return state(f"vượt {-value}", "bad")
        return state(f"còn {value}", "good") if value else state("đủ", "quiet")

    def value_decision(self, value: Any) -> str:
        """Number and day of the decision."""
        return str(value or "")


class QuotaFilter(DayFilter):
    """By unit."""

    don_vi = UnitFilter(label="Đơn vị (mã hoặc một phần tên)", method="in_unit")

    def in_unit(self, rows: Any, name: str, value: Any) -> Any:
        """The unit and everything under it on the tree of the day."""
        return narrow.under(rows, value, self.day)


class CourseTable(PersonTable):
    """Courses begun up to the viewing day, the newest first."""

    order = ("-on",)
    name = NameColumn(accessor="person__name", order_by=("person__sort_key",))
    course = Column(verbose_name="Khóa học", card=2)
    level = Column(verbose_name="Trình độ", card=3)
    mode = Column(verbose_name="Hình thức")
    on = DateColumn(precision="on_precision", verbose_name="Từ ngày")
    ended_on = DateColumn(precision="ended_precision", verbose_name="Đến ngày")
    result = Column(verbose_name="Kết quả", orderable=False)
    place = Column(verbose_name="Nơi học", shown=False)
    post = Column(accessor="shown__post", verbose_name="Chức vụ", orderable=False, shown=False)
    code = Column(accessor="person__code", verbose_name="Mã hồ sơ", orderable=False, shown=False, nowrap=True)


class CourseFilter(PeopleFilter):
    """Beside who was sent: the level, and whether it goes on."""

    unit_fields = ("person__work_unit_id", "person__party_unit_id")
    trinh_do = django_filters.CharFilter(label="Trình độ có chữ", field_name="level", lookup_expr="icontains")
    dang_hoc = django_filters.ChoiceFilter(
        label="Đang học", choices=[("co", "đang học")], empty_label="Tất cả", method="by_course"
    )

    def by_course(self, rows: Any, name: str, value: str) -> Any:
        """Courses that had not ended on the viewing day."""
        return rows.exclude(ended_on__lt=self.day)
