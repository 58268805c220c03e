"""What the lists have in common: filters by unit, sex, ethnic group and age; addresses of people and units."""

from __future__ import annotations

from typing import Any

import django_filters
from django.urls import reverse

from canbo.facts.people.choices import Sex
from canbo.foundation.ui.columns import Column
from canbo.foundation.ui.lists import Table

from ..queries import narrow
from .unit_field import UnitFilter


def person_url(code: str) -> str:
    """Address of a person's page."""
    return reverse("person", args=[code])


def unit_url(code: str) -> str:
    """Address of a unit's page."""
    return reverse("unit", args=[code])


class NameColumn(Column):
    """A person's name; in the order of given names."""

    def __init__(self, **kwargs: Any):
        super().__init__(verbose_name="Họ và tên", card=1, **kwargs)


class PersonTable(Table):
    """A list whose rows open a person; rows of facts hold her as ``person``."""

    order = ("name",)

    def row_url(self, record: Any) -> str:
        """The person's page."""
        return person_url(getattr(record, "person", record).code)


class DayFilter(django_filters.FilterSet):
    """A filter set that knows the viewing day."""

    @property
    def day(self) -> Any:
        """The viewing day."""
        return self.request.day


class PeopleFilter(DayFilter):
    """By unit, sex, ethnic group and age band; ``person_field`` holds the person's id."""

    person_field = "person_id"
    unit_fields: tuple[str, ...] = ("unit_id",)

    don_vi = UnitFilter(label="Đơn vị (mã hoặc một phần tên)", method="in_unit")
    gioi_tinh = django_filters.ChoiceFilter(
        label="Giới tính", choices=Sex.choices, empty_label="Tất cả", method="by_sex"
    )
    dan_toc = django_filters.CharFilter(label="Dân tộc", method="by_ethnic_group")
    nhom_tuoi = django_filters.ChoiceFilter(label="Nhóm tuổi", empty_label="Tất cả", method="by_age")

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        bands = [(band["key"], band["label"]) for band in narrow.age_bands(self.day)]
        self.filters["nhom_tuoi"].extra["choices"] = bands

    def in_unit(self, rows: Any, name: str, value: Any) -> Any:
        """The unit and everything under it on the tree of the day."""
        return narrow.under(rows, value, self.day, *self.unit_fields)

    def by_sex(self, rows: Any, name: str, value: str) -> Any:
        """The sex of the dossier of the day."""
        return narrow.by_dossier(rows, self.day, self.person_field, sex=value)

    def by_ethnic_group(self, rows: Any, name: str, value: str) -> Any:
        """One ethnic group; ``thiểu số`` means every one but the Kinh."""
        if value.strip().lower() in {"thiểu số", "thieu so", "khác kinh"}:
            return narrow.outside_majority(rows, self.day, self.person_field)
        return narrow.by_dossier(rows, self.day, self.person_field, ethnic_group__iexact=value.strip())

    def by_age(self, rows: Any, name: str, value: str) -> Any:
        """An age band of the official statistics."""
        band = next((b for b in narrow.age_bands(self.day) if b["key"] == value), None)
        return narrow.aged(rows, self.day, self.person_field, band.get("min"), band.get("max")) if band else rows
