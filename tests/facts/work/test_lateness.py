"""Lateness by the clock: days off, Tet, pauses that overlap; compared with a slow count of days."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from canbo.facts.work.rules import Calendar, Pause, effective_due, late_days, merged
from canbo.foundation.kernel.workdays import add_working, is_working, next_working, working_days

D = dt.date
WORKING, EVERY = Calendar(), Calendar(working_only=False)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (D(2026, 2, 13), True),
        (D(2026, 2, 16), False),
        (D(2026, 2, 17), False),
        (D(2026, 2, 20), False),
        (D(2026, 2, 23), True),
        (D(2026, 4, 27), False),
        (D(2026, 9, 2), False),
        (D(2026, 9, 5), False),
    ],
    ids=["before-tet", "tet-eve", "tet", "tet-last", "after-tet", "hung-kings-in-lieu", "national-day", "saturday"],
)
def test_offices_rest_on_weekends_and_holidays(day: dt.date, works: bool) -> None:
    assert is_working(day) is works


def test_a_province_may_exchange_days() -> None:
    assert is_working(D(2026, 9, 5), on={D(2026, 9, 5)})
    assert not is_working(D(2026, 9, 4), off={D(2026, 9, 4)})


def test_seven_working_days_before_tet_reach_past_it() -> None:
    assert add_working(D(2026, 2, 10), 7) == D(2026, 2, 26)
    assert working_days(D(2026, 2, 13), D(2026, 2, 24)) == [D(2026, 2, 23), D(2026, 2, 24)]
    assert next_working(D(2026, 2, 14)) == D(2026, 2, 23)


@pytest.mark.parametrize(
    ("due", "submitted", "late"),
    [
        (D(2026, 7, 10), D(2026, 7, 10), 0),
        (D(2026, 7, 10), D(2026, 7, 12), 0),
        (D(2026, 7, 10), D(2026, 7, 13), 1),
        (D(2026, 7, 11), D(2026, 7, 13), 0),
        (D(2026, 7, 11), D(2026, 7, 14), 1),
        (D(2026, 2, 13), D(2026, 2, 22), 0),
        (D(2026, 2, 13), D(2026, 2, 23), 1),
        (D(2026, 2, 17), D(2026, 2, 23), 0),
    ],
    ids=["on-time", "sunday", "monday", "due-saturday", "a-day-after", "in-tet", "first-day-after-tet", "due-in-tet"],
)
def test_late_by_working_days(due: dt.date, submitted: dt.date, late: int) -> None:
    assert late_days(D(2026, 1, 5), due, submitted, WORKING) == late


def test_calendar_days_are_a_setting() -> None:
    assert late_days(D(2026, 7, 1), D(2026, 7, 10), D(2026, 7, 13), EVERY) == 3


@pytest.mark.parametrize(
    ("pauses", "late"),
    [
        ([], 4),
        ([Pause(D(2026, 7, 6), D(2026, 7, 7))], 2),
        ([Pause(D(2026, 7, 6), D(2026, 7, 7)), Pause(D(2026, 7, 7), D(2026, 7, 8))], 1),
        ([Pause(D(2026, 7, 4), D(2026, 7, 5))], 4),
        ([Pause(D(2026, 7, 15), D(2026, 7, 30))], 2),
        ([Pause(D(2026, 6, 1), D(2026, 6, 30))], 4),
        ([Pause(D(2026, 7, 9), D(2026, 7, 20))], 0),
    ],
    ids=[
        "none",
        "inside",
        "overlapping-once",
        "weekend",
        "after-the-deadline",
        "before-it-was-given",
        "over-the-deadline",
    ],
)
def test_pauses_stop_the_clock(pauses: list[Pause], late: int) -> None:
    assert late_days(D(2026, 7, 1), D(2026, 7, 10), D(2026, 7, 16), WORKING, pauses) == late


days = st.dates(D(2026, 1, 20), D(2026, 3, 20))
spans = st.builds(lambda first, length: Pause(first, first + dt.timedelta(days=length)), days, st.integers(0, 15))


def slowly(start: dt.date, due: dt.date, submitted: dt.date, calendar: Calendar, pauses: list[Pause]) -> int:
    """Days the clock ran less days there were, counted one by one."""
    stopped = {p.first + dt.timedelta(days=n) for p in pauses for n in range((p.last - p.first).days + 1)}
    end, ran, had, day = calendar.rolled(due), 0, 0, start
    while day < max(submitted, end):
        day += dt.timedelta(days=1)
        had += calendar.counts(day) and day <= end
        ran += calendar.counts(day) and day not in stopped and day <= submitted
    return max(ran - had, 0)


@given(days, days, days, st.lists(spans, max_size=4), st.sampled_from([WORKING, EVERY]))
def test_lateness_is_the_days_the_clock_ran_beyond_what_was_given(
    start: dt.date, due: dt.date, submitted: dt.date, pauses: list[Pause], calendar: Calendar
) -> None:
    assert late_days(start, due, submitted, calendar, pauses) == slowly(start, due, submitted, calendar, pauses)


@given(days, days, st.lists(spans, max_size=4))
def test_whoever_submits_by_the_effective_deadline_is_not_late(
    start: dt.date, due: dt.date, pauses: list[Pause]
) -> None:
    end = effective_due(start, due, WORKING, pauses)
    assert end >= due
    assert late_days(start, due, end, WORKING, pauses) == 0


@given(st.lists(spans, max_size=6))
def test_merging_keeps_the_days_and_nothing_touches(pauses: list[Pause]) -> None:
    def covered(rows: list[Pause]) -> set[dt.date]:
        return {p.first + dt.timedelta(days=n) for p in rows for n in range((p.last - p.first).days + 1)}

    found = merged(pauses)
    assert covered(found) == covered(pauses)
    assert all((b.first - a.last).days > 1 for a, b in itertools.pairwise(found))
