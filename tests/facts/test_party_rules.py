"""Seniority and the order of dates as the guidance on members states them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from canbo.facts.party.rules import Gap, add_months, dates_faults, due_level, seniority, whole_months

D = dt.date


@pytest.mark.parametrize(
    ("day", "years", "months"),
    [
        (D(2024, 8, 25), 0, 0),
        (D(2024, 9, 15), 0, 0),
        (D(2024, 9, 25), 0, 1),
        (D(2025, 8, 24), 0, 11),
        (D(2025, 8, 25), 1, 0),
        (D(2054, 8, 25), 30, 0),
    ],
)
def test_seniority_runs_from_the_decision_not_the_ceremony(day: dt.date, years: int, months: int) -> None:
    found = seniority(D(2024, 8, 25), day)
    assert (found.years, found.months) == (years, months)


def test_seniority_after_readmission_is_from_the_first_decision_less_the_gap() -> None:
    gap = Gap(D(2010, 1, 1), D(2014, 1, 1))
    found = seniority(D(2000, 1, 1), D(2020, 1, 1), [gap])
    assert (found.years, found.months) == (16, 0)
    assert found.days == (D(2020, 1, 1) - D(2000, 1, 1)).days - gap.days
    assert seniority(D(2000, 1, 1), D(2012, 1, 1), [gap]).years == 10, "a gap still running counts up to the day"
    with pytest.raises(ValueError, match="before admission"):
        seniority(D(2000, 1, 1), D(1999, 12, 31))


@given(st.dates(D(1940, 1, 1), D(2100, 1, 1)), st.integers(0, 900))
def test_months_forward_and_back(day: dt.date, months: int) -> None:
    later = add_months(day, months)
    assert whole_months(day, later) == months
    assert whole_months(day, later - dt.timedelta(days=1)) == (months - 1 if months else 0)


def test_the_level_that_is_due() -> None:
    has = seniority(D(1980, 1, 1), D(2021, 1, 1))
    assert due_level(has, (30, 40, 45, 50), [30]) == 40
    assert due_level(has, (30, 40, 45, 50), [30, 40]) is None
    assert due_level(seniority(D(2000, 1, 1), D(2021, 1, 1)), (30, 40, 45, 50), []) is None


def test_order_of_the_four_dates() -> None:
    assert dates_faults(D(2024, 8, 25), D(2024, 9, 15), D(2025, 9, 15)) == []
    assert [f.field for f in dates_faults(D(2024, 8, 25), D(2024, 8, 24), None)] == ["ceremony_on"]
    assert [f.field for f in dates_faults(D(2024, 8, 25), None, D(2024, 8, 24))] == ["official_on"]
