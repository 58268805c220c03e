"""Award days, ages, and the stretches of days that counts and lists share."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest

from canbo.readers.profiles.rules import age, born_between, next_round, round_before, windows

D = dt.date
ROUNDS = ["03/02", "19/05", "02/09", "07/11"]


@pytest.mark.parametrize(
    ("on", "coming"),
    [(D(2026, 2, 3), D(2026, 2, 3)), (D(2026, 2, 4), D(2026, 5, 19)), (D(2026, 11, 8), D(2027, 2, 3))],
)
def test_the_next_round_is_today_or_later(on: dt.date, coming: dt.date) -> None:
    assert next_round(ROUNDS, on) == coming


@pytest.mark.parametrize(("on", "last"), [(D(2026, 2, 3), D(2025, 11, 7)), (D(2026, 5, 19), D(2026, 2, 3))])
def test_the_round_before_is_earlier(on: dt.date, last: dt.date) -> None:
    assert round_before(ROUNDS, on) == last


def test_age_counts_on_the_birthday() -> None:
    assert age(D(1990, 6, 15), D(2020, 6, 14)) == 29
    assert age(D(1990, 6, 15), D(2020, 6, 15)) == 30


@pytest.mark.parametrize("day", [D(2024, 2, 29), D(2026, 11, 22), D(2025, 3, 31)])
def test_days_of_birth_of_a_band_are_those_whose_age_lies_in_it(day: dt.date) -> None:
    first, last = born_between(31, 35, day)
    assert first is not None
    assert last is not None
    assert (age(first, day), age(last, day)) == (35, 31)
    one = dt.timedelta(days=1)
    assert age(first - one, day) == 36
    assert age(last + one, day) == 30


@pytest.mark.parametrize("day", [D(2026, 11, 22), D(2026, 11, 23), D(2026, 11, 30), D(2026, 1, 31), D(2024, 2, 26)])
def test_stretches_of_the_desk_neither_overlap_nor_leave_a_gap(day: dt.date) -> None:
    found = windows(day)
    parts = [found[key] for key in ("qua_han", "hom_nay", "tuan_nay", "thang_nay") if key in found]
    for before, after in pairwise(parts):
        assert after.first == before.last + dt.timedelta(days=1)
    assert parts[-1].last >= day
    assert found["90"].last == day + dt.timedelta(days=90)


def test_on_a_sunday_nothing_is_left_of_the_week() -> None:
    assert "tuan_nay" not in windows(D(2026, 11, 22))
    assert windows(D(2026, 11, 23))["tuan_nay"].last == D(2026, 11, 29)
