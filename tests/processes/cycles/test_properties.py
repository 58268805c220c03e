"""Whatever is opened, closed and replaced, each subject has at most one standing result a period and rulebook."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import transaction
from django.db.models import Count
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from canbo.facts.people.models import Grade
from canbo.facts.staffing.models import Assignment
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.violation import Refused
from canbo.processes.evaluation import actions
from canbo.processes.evaluation.models import Cycle, Result
from tests import factories

from .conftest import BOOK, LATE_JULY, World, at, decided, person_actor, scored, sheet_of, work_of

STEPS = st.lists(
    st.sampled_from(["open division", "open department", "close", "replace by HT", "replace by HTT", "join"]),
    max_size=8,
)


def _open(world: World, manager: Actor, where: str) -> None:
    unit = world.b if where == "open division" else world.body
    actions.open_cycle(manager, rulebook=BOOK, period="2026-07", unit=unit, at=at(dt.date(2026, 7, 1)))


def _close(world: World, manager: Actor) -> None:
    for cycle in Cycle.objects.exclude(stage="closed").filter(unit=world.b):
        for sheet in cycle.sheets.filter(state="draft", standing="staff"):
            assert sheet.person is not None
            work_of(sheet.person)
            decided(scored(sheet_of(cycle, sheet.person)), "HTT", "x")
        actions.close_cycle(manager, cycle=cycle, at=LATE_JULY)


def _replace(world: World, grade: str, number: int) -> None:
    director = person_actor(world["Giám đốc"], "evaluation.decide")
    for result in Result.objects.filter(replaced_on=None):
        paper = factories.decision(f"{number}/QĐ-{result.pk}")
        actions.replace_result(director, result=result, grade=grade, reason="Xem lại", decision=paper, at=LATE_JULY)


@pytest.fixture
def small(world: World) -> World:
    """A division of ordinary staff only, so that closing it takes few steps."""
    for name in ("Trưởng B", "Lái xe"):
        held = world[name].pk
        row = Assignment.objects.get(person=held)
        row.in_force = factories.period(dt.date(2020, 1, 1), dt.date(2026, 6, 1))
        row.save(update_fields=["in_force"])
    return world


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_one_standing_result(small: World, manager: Actor, steps: list[str]):
    with transaction.atomic():
        for number, step in enumerate(steps):
            try:
                with transaction.atomic():
                    if step.startswith("open"):
                        _open(small, manager, step)
                    elif step == "close":
                        _close(small, manager)
                    elif step == "join":
                        small.hire(f"Người {number}", small.b, "Chuyên viên")
                        for cycle in Cycle.objects.exclude(stage="closed"):
                            actions.add_late_joiners(manager, cycle=cycle, at=LATE_JULY)
                    else:
                        _replace(small, step.split()[-1], number)
            except Refused:
                continue  # a refused step writes nothing
            doubles = (
                Result.objects.filter(replaced_on=None).values("person", "period", "rulebook").annotate(n=Count("pk"))
            )
            assert not doubles.filter(n__gt=1).order_by("person").exists()
            facts = Grade.objects.standing().count()
            assert facts == Result.objects.filter(replaced_on=None).count()
            closed = Cycle.objects.filter(stage="closed")
            assert Result.objects.filter(replaced_on=None).count() == sum(
                c.sheets.exclude(grade="").count() for c in closed
            )
        transaction.set_rollback(True)
