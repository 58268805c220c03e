"""Lists of people and of Party members."""

from __future__ import annotations

from typing import Any

import django_filters

from canbo.foundation.ui.columns import Column, DateColumn, NumberColumn, StateColumn

from ..queries import narrow
from .common import NameColumn, PeopleFilter, PersonTable

STANDING = {"chính thức": ("chính thức", "good"), "dự bị": ("dự bị", "info")}


class PeopleTable(PersonTable):
    """People, as they stood on the viewing day."""

    name = NameColumn(accessor="name", order_by=("sort_key",))
    post = Column(accessor="shown__post", verbose_name="Chức vụ", orderable=False, card=2)
    work_place = Column(accessor="shown__work_place", verbose_name="Nơi công tác", orderable=False)
    cell = Column(accessor="shown__cell", verbose_name="Nơi sinh hoạt đảng", orderable=False)
    standing = StateColumn(
        accessor="shown__standing", verbose_name="Đảng viên", words=STANDING, orderable=False, card=3
    )
    born_on = DateColumn(
        accessor="shown__born_on", precision="shown__born_precision", verbose_name="Ngày sinh", orderable=False
    )
    sex = Column(accessor="shown__sex_name", verbose_name="Giới tính", orderable=False)
    ethnic_group = Column(accessor="shown__ethnic_group", verbose_name="Dân tộc", orderable=False, shown=False)
    age = NumberColumn(accessor="shown__age", verbose_name="Tuổi", orderable=False, shown=False)
    qualification = Column(accessor="shown__qualification", verbose_name="Chuyên môn", orderable=False, shown=False)
    political_theory = Column(
        accessor="shown__political_theory", verbose_name="Lý luận chính trị", orderable=False, shown=False
    )
    home_town = Column(accessor="shown__home_town", verbose_name="Quê quán", orderable=False, shown=False)
    code = Column(verbose_name="Mã hồ sơ", nowrap=True)


class PeopleListFilter(PeopleFilter):
    """People found today at a unit, as members or at work."""

    person_field = "pk"
    unit_fields = ("work_unit_id", "party_unit_id")


class MemberTable(PersonTable):
    """Party members of the viewing day."""

    name = NameColumn(accessor="person__name", order_by=("person__sort_key",))
    cell = Column(accessor="shown__cell", verbose_name="Chi bộ", orderable=False, card=2)
    standing = StateColumn(
        accessor="shown__standing", verbose_name="Tình trạng", words=STANDING, orderable=False, card=3
    )
    admitted_on = DateColumn(precision="admitted_precision", verbose_name="Quyết định kết nạp")
    ceremony_on = DateColumn(precision="ceremony_precision", verbose_name="Ngày kết nạp", shown=False)
    official_on = DateColumn(precision="official_precision", verbose_name="Chính thức")
    seniority = Column(accessor="shown__seniority", verbose_name="Tuổi đảng", orderable=False, nowrap=True)
    card_number = Column(verbose_name="Số thẻ", orderable=False, nowrap=True)
    born_on = DateColumn(
        accessor="shown__born_on", precision="shown__born_precision", verbose_name="Ngày sinh", orderable=False
    )
    sex = Column(accessor="shown__sex_name", verbose_name="Giới tính", orderable=False)
    ethnic_group = Column(accessor="shown__ethnic_group", verbose_name="Dân tộc", orderable=False, shown=False)
    file_number = Column(verbose_name="Số lý lịch", orderable=False, shown=False)
    code = Column(accessor="person__code", verbose_name="Mã hồ sơ", orderable=False, shown=False, nowrap=True)

    def value_seniority(self, value: Any) -> str:
        """In words, in the workbook too."""
        return str(value) if value else ""


class MemberFilter(PeopleFilter):
    """Beside who they are: probationary, and what is due."""

    tinh_trang = django_filters.ChoiceFilter(
        label="Tình trạng",
        choices=[("du_bi", "dự bị"), ("chinh_thuc", "chính thức")],
        empty_label="Tất cả",
        method="by_standing",
    )
    het_du_bi = django_filters.ChoiceFilter(
        label="Hết thời gian dự bị", choices=narrow.WINDOWS, empty_label="Không lọc", method="by_probation"
    )
    den_han = django_filters.ChoiceFilter(
        label="Cần làm",
        choices=[("huy_hieu", "đủ Huy hiệu đợt tới"), ("thieu_quyet_dinh", "bổ sung quyết định")],
        empty_label="Không lọc",
        method="by_due",
    )

    def by_standing(self, rows: Any, name: str, value: str) -> Any:
        """Probationary or full on the day."""
        return narrow.probationers(rows, self.day) if value == "du_bi" else rows.filter(official_on__lte=self.day)

    def by_probation(self, rows: Any, name: str, value: str) -> Any:
        """Probationers whose probation ends, or ended, within a stretch counted from the viewing day."""
        return narrow.probation_due(rows, self.day, value)

    def by_due(self, rows: Any, name: str, value: str) -> Any:
        """Members due a badge in the next round, or without a decision on record."""
        return narrow.badge_due(rows, self.day) if value == "huy_hieu" else narrow.without_decision(rows)
