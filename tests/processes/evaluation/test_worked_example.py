"""The worked example of the handbook to NĐ 335/2025: every figure it prints."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from canbo.processes.evaluation.rules import Subject, TaskLine, book, evaluate, totals_of

ROWS = (
    TaskLine(coef=Decimal("1.0"), assigned=Decimal(5), done=Decimal(4), quality_fails=0, delays=4),
    TaskLine(coef=Decimal("2.7"), assigned=Decimal(3), done=Decimal(3), quality_fails=1, delays=2),
    TaskLine(coef=Decimal("3.7"), assigned=Decimal(1), done=Decimal("0.8"), quality_fails=2, delays=0),
)


@pytest.fixture
def nd335(shipped_rules):
    return book("nd335-2025-civil-servant", on=dt.date(2026, 3, 1))


def one_decimal(value: Decimal) -> Decimal:
    return round(value, 1)


def full(book, group):
    return {criterion.key: criterion.max for criterion in book.scored(group)}


def test_staff(nd335):
    outcome = evaluate(nd335, Subject("non_leader", full(nd335, "non_leader"), ROWS))
    assert totals_of(ROWS, nd335).assigned == Decimal("16.8")
    shown = {key: one_decimal(value) for key, value in outcome.components.items()}
    assert shown == {"a": Decimal("89.6"), "b": Decimal("68.8"), "c": Decimal("41.7")}
    assert one_decimal(outcome.result) == Decimal("66.7")
    assert one_decimal(outcome.total) == Decimal("76.7")
    assert (outcome.grade_by_points, outcome.grade) == ("HTT", "HTT")


def test_leader(nd335):
    leader = {"d": Decimal(50), "dd": Decimal(50), "e": Decimal(100)}
    outcome = evaluate(nd335, Subject("leader", full(nd335, "leader"), ROWS, leader))
    assert one_decimal(outcome.result) == Decimal("66.7")


def test_nothing_done_is_nothing_and_nothing_assigned_is_unknown(nd335):
    undone = evaluate(nd335, Subject("non_leader", full(nd335, "non_leader"), (TaskLine(assigned=Decimal(10)),)))
    assert (undone.result, undone.total, undone.grade) == (0, undone.common, "KHT")
    idle = evaluate(nd335, Subject("non_leader", full(nd335, "non_leader")))
    assert (idle.result, idle.total, idle.grade) == (None, None, None)
    assert "chưa đủ dữ liệu" in idle.notes[0]
