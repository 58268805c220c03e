"""Seniority, badges and admission as the guidance on members states them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from canbo.facts.party.rules import (
    AdmissionCase,
    AdmissionTerms,
    BadgeCase,
    BadgeTerms,
    Gap,
    add_months,
    admission_faults,
    badge_faults,
    dates_faults,
    due_level,
    seniority,
    whole_months,
)

D = dt.date
TERMS = AdmissionTerms(
    youngest=18,
    oldest=60,
    age_source="điểm 1, 24-QĐ/TW",
    certificate_months=60,
    certificate_source="điểm 5.4, 06-HD",
    education=("trung học cơ sở", "trung học phổ thông"),
    education_source="24-QĐ/TW",
    guidance_months=12,
    guidance_source="24-QĐ/TW",
    introducers=2,
    readmission_months=36,
    readmission_source="24-QĐ/TW",
)
BADGES = BadgeTerms(
    levels=(30, 40, 45, 50),
    award_days=((3, 2), (19, 5), (2, 9), (7, 11)),
    early_months={30: 12, 40: 12},
    posthumous_months=12,
    source="điều về Huy hiệu Đảng",
)
GOOD = AdmissionCase(
    born_on=D(2000, 3, 20),
    considered_on=D(2024, 6, 1),
    education="trung học phổ thông",
    certificate_on=D(2022, 1, 1),
    guidance=(D(2023, 1, 1), D(2023, 5, 31)),
)


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


@pytest.mark.parametrize(
    ("case", "codes"),
    [
        (BadgeCase(30, "thuong", D(2025, 2, 3), D(1995, 2, 3)), []),
        (BadgeCase(30, "thuong", D(2025, 2, 3), D(1995, 2, 4)), ["SENIORITY"]),
        (BadgeCase(30, "thuong", D(2025, 2, 4), D(1995, 2, 3)), ["DAY"]),
        (BadgeCase(35, "thuong", D(2025, 2, 3), D(1980, 2, 3)), ["LEVEL"]),
        (BadgeCase(30, "thuong", D(2025, 2, 3), D(1990, 1, 1), awarded=frozenset({30})), ["TWICE"]),
        (BadgeCase(30, "som", D(2025, 3, 10), D(1996, 3, 10), seriously_ill=True), []),
        (BadgeCase(30, "som", D(2025, 3, 10), D(1996, 3, 11), seriously_ill=True), ["SENIORITY"]),
        (BadgeCase(30, "som", D(2025, 3, 10), D(1995, 3, 10)), ["EARLY"]),
        (BadgeCase(30, "truy_tang", D(2025, 5, 19), D(1996, 1, 1), died_on=D(2025, 1, 1)), []),
        (BadgeCase(30, "truy_tang", D(2025, 5, 19), D(1996, 1, 2), died_on=D(2025, 1, 1)), ["SENIORITY"]),
        (BadgeCase(30, "truy_tang", D(2025, 5, 19), D(1990, 1, 2)), ["POSTHUMOUS"]),
        (
            BadgeCase(30, "thuong", D(2025, 2, 3), D(1995, 2, 3), gaps=(Gap(D(2000, 1, 1), D(2000, 1, 2)),)),
            ["SENIORITY"],
        ),
    ],
)
def test_badges(case: BadgeCase, codes: list[str]) -> None:
    faults = badge_faults(case, BADGES)
    assert [fault.code.removeprefix("PARTY-BADGE-") for fault in faults] == codes
    assert all(fault.source == BADGES.source for fault in faults)


def test_the_level_that_is_due() -> None:
    has = seniority(D(1980, 1, 1), D(2021, 1, 1))
    assert due_level(has, BADGES.levels, [30]) == 40
    assert due_level(has, BADGES.levels, [30, 40]) is None
    assert due_level(seniority(D(2000, 1, 1), D(2021, 1, 1)), BADGES.levels, []) is None


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        ({}, []),
        ({"born_on": D(2006, 6, 30)}, []),  # age counts by month: eighteen for the whole of June 2024
        ({"born_on": D(2006, 7, 1)}, ["PARTY-ADMISSION-AGE"]),
        ({"born_on": D(1964, 6, 1)}, []),
        ({"born_on": D(1964, 5, 31)}, ["PARTY-ADMISSION-AGE"]),
        ({"born_on": D(1964, 5, 31), "older_consent": True}, []),
        ({"education": "tiểu học"}, ["PARTY-ADMISSION-EDUCATION"]),
        ({"education": "tiểu học", "education_exempt": True}, []),
        ({"certificate_on": None}, ["PARTY-ADMISSION-CERTIFICATE"]),
        ({"certificate_on": D(2019, 6, 1)}, []),
        ({"certificate_on": D(2019, 5, 31)}, ["PARTY-ADMISSION-CERTIFICATE"]),
        ({"guidance": (D(2023, 6, 1), D(2023, 6, 2))}, ["PARTY-ADMISSION-INTRODUCERS"]),
        ({"left_on": D(2021, 6, 1)}, []),
        ({"left_on": D(2021, 6, 2)}, ["PARTY-READMISSION-WAIT"]),
        ({"left_on": D(2015, 1, 1), "readmitted_before": True}, ["PARTY-READMISSION-ONCE"]),
        (
            {"born_on": D(2010, 1, 1), "education": "", "certificate_on": None, "guidance": ()},
            [
                "PARTY-ADMISSION-AGE",
                "PARTY-ADMISSION-EDUCATION",
                "PARTY-ADMISSION-CERTIFICATE",
                "PARTY-ADMISSION-INTRODUCERS",
            ],
        ),
    ],
)
def test_admission(change: dict[str, object], codes: list[str]) -> None:
    faults = admission_faults(replace(GOOD, **change), TERMS)  # type: ignore[arg-type]
    assert [fault.code for fault in faults] == codes
    assert all(fault.source for fault in faults)


def test_order_of_the_four_dates() -> None:
    assert dates_faults(D(2024, 8, 25), D(2024, 9, 15), D(2025, 9, 15), 12) == []
    assert [f.field for f in dates_faults(D(2024, 8, 25), D(2024, 8, 24), None)] == ["ceremony_on"]
    assert [f.field for f in dates_faults(D(2024, 8, 25), None, D(2024, 8, 24))] == ["official_on"]
    remark = dates_faults(D(2024, 8, 25), D(2024, 9, 15), D(2025, 9, 14), 12)
    assert [f.blocking for f in remark] == [False]
