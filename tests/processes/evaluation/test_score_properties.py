"""What must hold for any tasks, points and people."""

from __future__ import annotations

import dataclasses
import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from canbo.processes.evaluation.rules import Subject, TaskLine, aggregate, book, cap, evaluate, totals_of
from canbo.processes.evaluation.rules.caps import Ranked

quantity = st.decimals(min_value=0, max_value=50, places=1)
lines = st.builds(
    TaskLine,
    coef=st.decimals(min_value=Decimal("0.1"), max_value=20, places=1),
    assigned=quantity,
    done=quantity,
    quality_fails=st.integers(0, 6),
    delays=st.integers(0, 6),
    ad_hoc=st.booleans(),
    handed_back=st.booleans(),
    taken_over=st.booleans(),
)
several = st.lists(lines, min_size=1, max_size=6).map(tuple)
quick = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def nd335(shipped_rules):
    return book("nd335-2025-civil-servant", on=dt.date(2026, 3, 1))


def scored(rulebook, tasks, **more):
    points = {criterion.key: criterion.max for criterion in rulebook.scored("non_leader")}
    return evaluate(rulebook, Subject("non_leader", points, tasks, **more), explain=False)


@quick
@given(tasks=several)
def test_sums_score_as_the_lines_do(nd335, tasks):
    assert scored(nd335, totals_of(tasks, nd335)) == scored(nd335, tasks)


@quick
@given(tasks=several)
def test_every_ratio_stays_within_its_ceiling_and_the_total_within_a_hundred(nd335, tasks):
    outcome = scored(nd335, tasks)
    assert all(value is None or 0 <= value <= 100 for value in outcome.components.values())
    assert outcome.total is None or outcome.common <= outcome.total <= 100
    assert (outcome.total is None) == (totals_of(tasks, nd335).assigned == 0)


@quick
@given(tasks=several, data=st.data())
def test_a_failure_or_a_delay_more_never_helps_and_an_excuse_never_hurts(nd335, tasks, data):
    place = data.draw(st.integers(0, len(tasks) - 1))
    line = tasks[place]

    def total(changed):
        return scored(nd335, (*tasks[:place], changed, *tasks[place + 1 :])).total

    now = total(line)
    if now is None:
        return
    assert total(dataclasses.replace(line, quality_fails=line.quality_fails + 1)) <= now
    assert total(dataclasses.replace(line, delays=line.delays + 1)) <= now
    assert total(dataclasses.replace(line, excused_fails=line.quality_fails)) >= now
    assert total(dataclasses.replace(line, excused_delays=line.delays)) >= now
    assert total(dataclasses.replace(line, done=line.done + 1)) >= now


@quick
@given(tasks=several)
def test_a_knock_out_beats_any_points(nd335, tasks):
    assert scored(nd335, tasks, facts={"disciplined_for_duty": True}).grade == "KHT"


@quick
@given(tasks=several)
def test_the_filled_formulas_end_in_the_total(nd335, tasks):
    points = {criterion.key: criterion.max for criterion in nd335.scored("non_leader")}
    outcome = evaluate(nd335, Subject("non_leader", points, tasks))
    by_key = {line.key: line for line in outcome.formula_lines}
    assert by_key["total"].value == outcome.total
    assert len([key for key in by_key if key.startswith("task:")]) == len(tasks)


@pytest.mark.parametrize("outstanding", [False, True])
@quick
@given(top=st.integers(0, 200), below=st.integers(0, 200), rest=st.integers(0, 50))
def test_the_cap_is_the_largest_number_that_keeps_itself(nd335, top, below, rest, outstanding):
    result = cap(nd335, {"HTXS": top, "HTT": below, "HT": rest}, group="non_leader", outstanding=outstanding)

    def keeps(number):
        return number <= (result.ratio * (top + below - number)).__floor__()

    assert keeps(result.limit)
    assert not keeps(result.limit + 1)
    assert result.limit == (top + below) // (5 if outstanding else 6)
    assert result.cut == max(0, top - result.limit)


@quick
@given(points=st.lists(st.decimals(min_value=90, max_value=100, places=1), min_size=1, max_size=30))
def test_the_boundary_names_who_is_next_to_the_limit(nd335, points):
    ranked = [Ranked(f"p{n:02d}", f"Người {n}", value) for n, value in enumerate(points)]
    result = cap(nd335, {"HTXS": len(points), "HTT": 12}, group="non_leader", ranked=ranked)
    if result.kept:
        assert result.boundary == ()
    else:
        order = sorted(points, reverse=True)
        outside = order[result.limit]
        assert outside in {one.points for one in result.boundary}
        assert result.tied == (result.limit > 0 and order[result.limit - 1] == outside)


@quick
@given(
    months=st.lists(st.decimals(min_value=0, max_value=100, places=2), min_size=12, max_size=12),
    away=st.sets(st.integers(1, 12), max_size=11),
)
def test_the_year_is_the_mean_of_the_months_worked(nd335, months, away):
    codes = [f"2026-{n:02d}" for n in range(1, 13)]
    results = {code: value for n, (code, value) in enumerate(zip(codes, months, strict=True), 1) if n not in away}
    mean = aggregate(nd335, "2026", results, {f"2026-{n:02d}": "maternity" for n in away})
    assert abs(mean.points * len(results) - sum(results.values())) < Decimal("1e-20")
    assert min(results.values()) - Decimal("1e-20") <= mean.points <= max(results.values()) + Decimal("1e-20")
    short = dict(list(results.items())[1:])
    assert aggregate(nd335, "2026", short, {f"2026-{n:02d}": "sick" for n in away}).points is None
