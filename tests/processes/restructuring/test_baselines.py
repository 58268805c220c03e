"""Baselines stay where they were recorded and count once at what became of their unit."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from canbo.facts.staffing.models import StaffQuota
from canbo.processes.restructuring import actions
from canbo.readers.reports import queries as reports

from ... import factories as make
from .conftest import TODAY

BASE = dt.date(2015, 4, 30)
GROUP = "Cán bộ, công chức cấp xã"


@pytest.fixture
def baselines(world):
    for code in ("UX", "UY", "UZ"):
        StaffQuota.objects.create(
            unit=world[code], staff_group=GROUP, assigned=25, baseline=True, in_force=make.period(BASE), since=BASE
        )


def figures(boss, code: str, period: str) -> dict[str, Decimal]:
    found = {unit: reports.value(boss, code, unit, period).value for unit in ("P", "X", "UX", "UZ")}
    return {unit: value for unit, value in found.items() if value}


def test_after_a_merger_the_successor_has_both_baselines_and_the_whole_has_each_once(boss, world, baselines, carry_out):
    row = carry_out()
    assert figures(boss, "BM05A", "2025-06-30") == {"P": 75, "X": 25, "UX": 25, "UZ": 25}
    assert figures(boss, "BM05A", "2025-07-01") == {"P": 75, "X": 50, "UX": 50, "UZ": 25}
    assert figures(boss, "BM05", "2025-07-01") == dict.fromkeys(("P", "X", "UX", "UZ"), Decimal("20.0"))
    assert not StaffQuota.objects.filter(baseline=True, opened_in=row.batch).exists()
    assert StaffQuota.objects.filter(baseline=True).count() == 3
    actions.annul(boss, case=row, on=TODAY, reason="thử")
    assert figures(boss, "BM05A", "2025-07-01") == {"P": 75, "X": 25, "UX": 25, "UZ": 25}
