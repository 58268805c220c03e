"""Situation and outcome for every rulebook: each formula, boundary and special case by its article."""

from __future__ import annotations

import datetime as dt
import tomllib
from decimal import Decimal
from pathlib import Path

import pytest

from canbo.foundation.kernel.period import Span
from canbo.foundation.rulebooks import NoRuleInForce
from canbo.processes.evaluation.rules import book, evaluate, period_kind, totals_of
from canbo.processes.evaluation.rules.described import subject_of

FOLDER = Path(__file__).resolve().parents[2] / "rulebook_cases" / "evaluation"
SHARED = ("book", "on", "group", "criteria", "tasks", "facts")


def _cases():
    for path in sorted(FOLDER.glob("*.toml")):
        data = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
        common = {key: data[key] for key in SHARED if key in data}
        for case in data["case"]:
            yield pytest.param({**common, **case}, id=f"{path.stem}: {case['article']}")


def described(case, rulebook):
    criteria = {c.key: c.max for c in rulebook.scored(case["group"])} | case.get("with", {})
    facts = {**case.get("facts", {}), **case.get("add_facts", {})}
    facts |= dict.fromkeys(case.get("unknown_facts", {}).get("names", ()))
    data = {
        "subject_group": case["group"],
        "criteria": {key: value for key, value in criteria.items() if key not in case.get("without", ())},
        "facts": facts,
    }
    for key in ("tasks", "leader", "components", "axes", "records", "mitigations", "period"):
        if key in case:
            data[key] = case[key]
    return data


def near(found, wanted):
    if wanted == "unknown":
        return found is None
    return found is not None and abs(found - Decimal(str(wanted))) < Decimal("0.0001")


@pytest.mark.parametrize("case", list(_cases()))
def test_case(case, shipped_rules):
    rulebook = book(case["book"], on=case["on"], unit_codes=(case["unit"],) if "unit" in case else ())
    subject, faults = subject_of(described(case, rulebook), rulebook)
    assert faults == []
    outcome = evaluate(rulebook, subject)
    expect = dict(case["expect"])
    wrong = {}
    for key in ("common", "result", "total"):
        if key in expect and not near(getattr(outcome, key), expect[key]):
            wrong[key] = getattr(outcome, key)
    for key in expect.keys() & {"a", "b", "c", "B1", "B4"}:
        if not near(outcome.components[key], expect[key]):
            wrong[key] = outcome.components[key]
    if "actual" in expect:
        assert totals_of(subject.tasks, rulebook).actual == expect["actual"]
    answers = {
        "points": outcome.grade_by_points,
        "conditions": outcome.grade_by_conditions,
        "grade": outcome.grade,
        "suggestion": outcome.suggestion,
        "exempt": outcome.exempt,
    }
    wrong |= {key: answers[key] for key in expect.keys() & answers if (answers[key] or "") != expect[key]}
    if "failed" in expect:
        failed = {reason.rule for reason in outcome.against if reason.kind != "points"}
        if not set(expect["failed"]) <= failed or (not expect["failed"] and failed):
            wrong["failed"] = failed
    if "note" in expect and not any(expect["note"] in note for note in outcome.notes):
        wrong["notes"] = outcome.notes
    if "record" in expect and not any(expect["record"] in reason.record for reason in outcome.against):
        wrong["record"] = outcome.against
    assert wrong == {}
    assert all(reason.article for reason in outcome.reasons)


@pytest.mark.parametrize(
    ("code", "before", "first"),
    [
        ("nd335-2025-civil-servant", dt.date(2025, 12, 31), dt.date(2026, 1, 1)),
        ("qd366-2025", dt.date(2024, 12, 31), dt.date(2025, 1, 1)),
        ("quarterly-hd02-btctw-2026", dt.date(2026, 5, 21), dt.date(2026, 5, 22)),
        ("thanhhoa-1053-2026-monthly", dt.date(2026, 6, 4), dt.date(2026, 6, 5)),
        ("hanoi-3814-2018", dt.date(2018, 6, 30), dt.date(2018, 7, 1)),
        ("hanoi-3814-2018", dt.date(2021, 10, 28), dt.date(2021, 10, 27)),
        ("hanoi-1841-2021", dt.date(2021, 10, 27), dt.date(2021, 10, 28)),
        ("nd90-2020", dt.date(2020, 8, 19), dt.date(2020, 8, 20)),
        ("nd90-2020", dt.date(2026, 7, 1), dt.date(2026, 6, 30)),
        ("nd233-2026-public-employee", dt.date(2026, 6, 30), dt.date(2026, 7, 1)),
    ],
)
def test_a_book_holds_from_its_first_day_to_its_last(code, before, first, shipped_rules):
    with pytest.raises(NoRuleInForce, match="không có hiệu lực ngày"):
        book(code, on=before)
    assert book(code, on=first).code == code


@pytest.mark.parametrize(
    ("period", "allowed"),
    [("2025", True), ("2025-Q1", False), ("2025-Q3", False), ("2025-Q4", True), ("2026-Q1", True), ("2026", True)],
)
def test_the_year_2025_is_found_whole_but_no_quarter_begun_before_the_text(period, allowed, shipped_rules):
    """CV 10072-CV/BTCTW: the year-end of 2025 follows QĐ 366 of 30/08/2025; a quarter goes by its own first day."""
    span = Span.parse(period)
    assert (period_kind(span) in book("qd366-2025", on=span.first).periods) is allowed
