"""Caps with every base and rounding, means of quarters and halves, and deadlines as days."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from canbo.foundation.kernel.period import Span
from canbo.foundation.rulebooks import NoRuleInForce
from canbo.processes.evaluation.rules import aggregate, book, books, cap, deadlines

DAY = dt.date(2026, 7, 1)


@pytest.fixture
def nd335(shipped_rules):
    return book("nd335-2025-civil-servant", on=DAY)


@pytest.mark.parametrize(
    ("code", "group", "counts", "outstanding", "limit", "cut"),
    [
        ("nd335-2025-civil-servant", "non_leader", {"HTXS": 6, "HTT": 24}, False, 5, 1),
        ("nd335-2025-civil-servant", "non_leader", {"HTXS": 6, "HTT": 24}, True, 6, 0),
        ("nd335-2025-civil-servant", "non_leader", {"HTXS": 5, "HTT": 0}, False, 0, 5),
        ("nd335-2025-civil-servant", "non_leader", {"HTXS": 6, "HTT": 0}, False, 1, 5),
        ("nd335-2025-civil-servant", "non_leader", {"HTXS": 0, "HTT": 4, "HT": 90}, False, 0, 0),
        ("nd335-2025-civil-servant", "agency", {"HTXS": 1, "HTT": 5}, False, 1, 0),
        ("qd366-2025", "collective", {"HTXS": 3, "HTT": 9}, False, 2, 1),
        ("qd366-2025", "leader", {"HTXS": 3, "HTT": 9}, True, 2, 1),
        ("thanhhoa-1053-2026-monthly", "staff", {"A": 6, "B": 24}, False, 5, 1),
        ("quarterly-hd02-btctw-2026", "leader", {"HTXS": 6, "HTT": 24}, True, 5, 1),
        ("hanoi-1841-2021", "non_leader", {"A": 10, "B": 10, "C": 9}, False, 8, 2),
        ("hanoi-1841-2021", "non_leader", {"A": 10, "B": 10, "C": 10}, True, 12, 0),
    ],
)
def test_limit(shipped_rules, code, group, counts, outstanding, limit, cut):
    result = cap(book(code, on=DAY), counts, group=group, outstanding=outstanding)
    assert (result.limit, result.cut) == (limit, cut)
    assert result.article


def test_what_changes_when_one_is_moved(nd335):
    result = cap(nd335, {"HTXS": 6, "HTT": 23}, group="non_leader")
    assert (result.limit, result.if_one_joins) == (4, 5)


def test_history_has_no_cap(shipped_rules):
    assert cap(book("nd90-2020", on=dt.date(2024, 1, 1)), {"HTXS": 3}, group="non_leader") is None


def test_quarter_half_and_year(nd335):
    months = {f"2026-{n:02d}": Decimal(60 + n) for n in range(1, 13)}
    assert aggregate(nd335, "2026-Q1", months).points == 62
    assert aggregate(nd335, "2026-H1", months).points == Decimal("63.5")
    assert aggregate(nd335, "2026", months).points == Decimal("66.5")


def test_quarters_alone_are_averaged_by_a_setting(nd335):
    mean = aggregate(nd335, "2026", {f"2026-Q{n}": Decimal(70 + n) for n in (1, 2, 3, 4)})
    assert (mean.points, mean.basis) == (Decimal("72.5"), "quarter")
    party = aggregate(book("qd366-2025", on=DAY), "2026", {"2026-Q1": Decimal(70)})
    assert party.points is None
    assert party.notes


def test_a_month_without_result_and_reason_is_missing_not_nothing(nd335):
    mean = aggregate(nd335, "2026-Q1", {"2026-01": Decimal(90), "2026-02": None})
    assert mean.points is None
    assert mean.missing == ("2026-02", "2026-03")
    assert "tháng 02/2026" in mean.notes[0]


def test_no_month_worked_at_all(nd335):
    mean = aggregate(nd335, "2026-Q1", {}, {f"2026-0{n}": "unpaid" for n in (1, 2, 3)})
    assert mean.points is None
    assert mean.left_out["2026-01"] == "nghỉ không hưởng lương"


@pytest.mark.parametrize(
    ("code", "period", "special", "expected"),
    [
        ("nd335-2025-civil-servant", "2026", False, {"decide": dt.date(2026, 12, 14)}),
        ("nd335-2025-civil-servant", "2026", True, {"decide": dt.date(2027, 1, 14)}),
        ("qd366-2025", "2026", False, {"year": dt.date(2026, 12, 30), "files": dt.date(2027, 1, 31)}),
        ("qd366-2025", "2026", True, {"year": dt.date(2027, 1, 14), "summary": dt.date(2027, 2, 28)}),
        ("quarterly-hd02-btctw-2026", "2026-Q3", False, {"report": dt.date(2026, 9, 14)}),
        (
            "thanhhoa-1053-2026-monthly",
            "2026-08",
            False,
            {"self": dt.date(2026, 8, 24), "decide": dt.date(2026, 8, 27), "publish": dt.date(2026, 9, 4)},
        ),
        ("thanhhoa-1053-2026-monthly", "2026-12", False, {"december": dt.date(2026, 12, 14)}),
    ],
)
def test_deadlines(shipped_rules, code, period, special, expected):
    span = Span.parse(period)
    rulebook = book(code, on=max(span.first, dt.date(2026, 6, 5)))
    found = {deadline.key: deadline.by for deadline in deadlines(rulebook, span, special=special) if deadline.by}
    assert expected.items() <= found.items()


def test_the_fourth_quarter_of_the_party_is_part_of_the_year(shipped_rules):
    rulebook = book("qd366-2025", on=DAY)
    assert "quarter" not in {d.key for d in deadlines(rulebook, Span.parse("2026-Q4"))}


def test_appeals_run_from_an_event(nd335):
    appeal = next(d for d in deadlines(nd335, Span.parse("2026-07")) if d.step == "appeal")
    assert (appeal.by, appeal.working_days, appeal.article) == (None, 7, "Điều 22, 335/2025/NĐ-CP ngày 21/12/2025")


def test_layers_answer_for_their_place(shipped_rules):
    assert "thanhhoa-1053-2026-monthly" in books(on=DAY)
    assert "thanhhoa-1053-2026-monthly" in books(on=DAY, unit_codes=("u1", "38"))
    assert "thanhhoa-1053-2026-monthly" not in books(on=DAY, unit_codes=("u1", "79"))
    quarter = {code: book("6-truc", on=DAY, unit_codes=(code,)) for code in ("38", "79", "01")}
    assert [len(b.scored("leader")) for b in quarter.values()] == [17, 17, 1]
    assert [b.group("leader").formula for b in quarter.values()] == ["axes", "task_points", "axes"]
    usual = {code: [row.get("usual") for row in b.rows("axes")] for code, b in quarter.items()}
    assert usual["38"] == [15, 10, 10, 15, 10, 10]
    assert usual["79"] == [10, 15, 10, 20, 10, 5]


@pytest.mark.parametrize("name", ["nd335", "NĐ335", "335/2025/NĐ-CP", "nd335-2025"])
def test_a_book_by_its_other_names(shipped_rules, name):
    if name == "NĐ335":
        with pytest.raises(NoRuleInForce, match="Hiện có"):
            book(name, on=DAY)
    else:
        assert book(name, on=DAY).code == "nd335-2025-civil-servant"


def test_every_book_is_consistent(shipped_rules):
    """Maxima add up to the frame, facts exist, grades named exist, groups named exist."""
    for code in books(on=DAY):
        rulebook = book(code, on=DAY)
        grades = {grade.key for grade in rulebook.grades}
        for group in rulebook.groups.values():
            if group.formula == "given":
                continue
            for part in ("common", "result"):
                scored = rulebook.scored(group.key, part)
                if scored:
                    assert sum(c.max for c in scored) == rulebook.decimal(f"{part}_max"), (code, group.key, part)
            for condition in (*rulebook.conditions(group.key), *rulebook.knockouts(group.key)):
                assert condition.grade in grades
                assert set(condition.facts) <= set(rulebook.facts)
                assert not condition.groups or set(condition.groups) & set(rulebook.groups)
