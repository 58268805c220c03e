"""Signs of formality: on each side of each threshold, and the words that say what the figures show."""

from __future__ import annotations

import datetime as dt

import pytest

from canbo.processes.evaluation.rules import formality
from canbo.processes.evaluation.rules.filing import filed
from canbo.processes.evaluation.rules.formality import Body, Thresholds, no_failure, signs

LIMITS = Thresholds(identical=50, unchanged=90, full=50, people=10, periods=3)


def body(**more) -> Body:
    return Body(**{"key": 1, "code": "A", "name": "Sở A", "graded": 10, "identical": 1, "total": "80,0", "unchanged": 0,
                   "full": 0, "capped": None, **more})  # fmt: skip


def shown(found, key):
    return next(sign for sign in found if sign.key == key)


@pytest.mark.parametrize(
    ("key", "below", "at"),
    [("identical", 4, 5), ("unchanged", 8, 9), ("full", 4, 5)],
)
def test_a_share_is_a_sign_from_its_threshold_on(key, below, at):
    assert not shown(signs([body(**{key: below})], LIMITS), key).shows
    found = shown(signs([body(**{key: at})], LIMITS), key)
    assert found.shows
    assert found.sentence.startswith("1 trong 1 cơ quan (100,0%) ")


def test_small_bodies_are_not_looked_at():
    found = signs([body(graded=9, identical=9, unchanged=9, full=9, capped=True)], LIMITS)
    assert not any(sign.shows for sign in found)
    assert all(sign.sentence == "Chưa có cơ quan nào đủ số người để xét." for sign in found)


def test_at_the_cap_everywhere_counts_only_bodies_under_a_cap():
    found = shown(signs([body(capped=True), body(capped=False), body(capped=None)], LIMITS), formality.CAPPED)
    assert (len(found.bodies), found.of) == (1, 2)


@pytest.mark.parametrize(
    ("lowest", "shows"),
    [((0, 0, 0), True), ((0, 0), False), ((0, 1, 0), False), ((1, 0, 0, 0), True), ((0, 0, 0, 1), False), ((), False)],
)
def test_nobody_ever_failed(lowest, shows):
    assert no_failure([(f"2026-{n:02d}", 20, number) for n, number in enumerate(lowest, 1)], LIMITS).shows is shows


def test_a_period_without_results_breaks_nothing():
    rows = [("2026-01", 20, 0), ("2026-02", 0, 0), ("2026-03", 20, 0), ("2026-04", 20, 0)]
    assert no_failure(rows, LIMITS).shows


def test_settings_are_in_force_and_local_ones_may_replace_them(shipped_rules):
    found = formality.thresholds(dt.date(2026, 7, 31))
    assert (found.identical, found.unchanged, found.full, found.people, found.periods) == (50, 90, 50, 10, 12)


def test_the_file_is_the_same_every_time_and_runs_no_formula():
    fields, rows = [("name", "HoVaTen"), ("unit", "DonVi")], [{"name": "=1+1", "unit": "Sở, “A”"}]
    made = filed("csv", fields, rows)
    assert made == filed("csv", fields, rows)
    assert made.decode("utf-8-sig") == 'HoVaTen,DonVi\r\n\'=1+1,"Sở, “A”"\r\n'
    assert b'"HoVaTen": "=1+1"' in filed("json", fields, rows)
    with pytest.raises(ValueError, match="xml"):
        filed("xml", fields, rows)
