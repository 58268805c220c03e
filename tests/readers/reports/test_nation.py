"""The whole political system comes out of records the same way as a commune: QĐ 71-QĐ/TW, by group and by province."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import connection

from canbo.facts.organisation.models import Unit
from canbo.facts.staffing.models import QuotaTotal
from canbo.readers.reports import queries

from . import world as w

PROVINCES = 34
# Components of the total of 2022-2026 as the press reported it: 2.234.720 with the reserve.
TOTALS = {
    "cán bộ, công chức": 336_328,
    "viên chức": 1_680_677,
    "cán bộ, công chức cấp xã": 205_571,
    "hội quần chúng": 686,
    "cán bộ công đoàn giao cho các tỉnh": 1_358,
    "dự phòng": 10_100,
}


@pytest.fixture
def nation(db):
    """34 provinces, each with a Party committee's boards, a people's committee and 10 communes; figures of one body each."""
    top = w.unit("TW", "trung ương", shelf="nha_nuoc")
    provinces = [w.unit(f"T{n:02d}", "tỉnh", (top, "2015-01-01", None), shelf="nha_nuoc") for n in range(PROVINCES)]
    bodies = [
        w.unit(f"{one.code}.{n:02d}", "ban", (one, "2015-01-01", None), shelf="nha_nuoc")
        for one in provinces
        for n in range(12)
    ]
    w.grow()
    for group, number in TOTALS.items():
        QuotaTotal.objects.create(
            unit=top, staff_group=group, in_force=w.span("2022-07-18"), since=w.day("2022-07-18"), assigned=number
        )
    for number, body in enumerate(bodies):
        w.quota(body, "cán bộ, công chức", "2021-01-01", 400 + number % 7, until="2022-08-01")
        w.quota(body, "cán bộ, công chức", "2022-08-01", 380 + number % 7)
        w.quota(body, "viên chức", "2021-01-01", 1000, until="2022-08-01")
        w.quota(body, "viên chức", "2022-08-01", 900)
    return provinces


def test_the_total_of_the_whole_system_on_a_day(nation, clerk, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        figure = queries.value(clerk, "BM01", "TW", "2022-12-31", ["staff_group"])
    assert figure.value == 2_234_720
    assert {group.key: group.value for group in figure.groups} == TOTALS
    with django_assert_max_num_queries(12):
        parts = queries.value(clerk, "BM01", "TW", "2022-12-31", ["unit"])
    assert len(parts.groups) == PROVINCES + 1, "every province, and what the Centre has not handed on"
    assert sum(group.value for group in parts.groups) == 2_234_720


def test_change_and_cut_against_a_day(nation, clerk, django_assert_max_num_queries):
    period = "2021-12-31..2022-12-31"
    with django_assert_max_num_queries(20):
        cut = queries.value(clerk, "BM05C", "T00", period)
    assert cut.value is None
    assert {group.key: group.value for group in cut.groups} == {"cán bộ, công chức": Decimal("5.0"), "viên chức": 10}
    before = queries.value(clerk, "BM05B", "T00", period, ["staff_group"])
    assert {group.key: group.value for group in before.groups} == {
        "cán bộ, công chức": 12 * 400 + sum(n % 7 for n in range(12)),
        "viên chức": 12_000,
    }
    crossed = queries.value(clerk, "BM05C", "TW", period, ["unit", "staff_group"])
    told = {group.key: group.value for group in crossed.groups if group.value is not None}
    assert told["T33|viên chức"] == 10
    assert len([key for key in told if key.endswith("|viên chức")]) >= PROVINCES


def test_every_quota_is_counted_once(nation, clerk):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sum(assigned) FROM staffing_staffquota WHERE staff_group = 'viên chức' AND in_force @> '2022-12-31'::date"
        )
        written = cursor.fetchone()[0]
    rest = queries.value(clerk, "BM01A", "TW", "2022-12-31", ["staff_group"])
    assert written + rest.group("viên chức").value == TOTALS["viên chức"]
    assert Unit.objects.count() == 1 + PROVINCES * 13
