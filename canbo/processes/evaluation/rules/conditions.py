"""How the facts of a subject stand to the conditions of a book, each with its article and the record behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

from canbo.foundation.kernel.numbers import format_number
from canbo.foundation.rulebooks import Row

from .books import Book
from .parts import Condition, Grade
from .shapes import Mitigation, Reason, Subject, TaskTotals
from .totals import RATIOS, task_facts

UNKNOWN = "chưa đủ dữ liệu"


@dataclass
class Findings:
    """What the conditions come to.

    Args:
        holds: by grade, whether its conditions hold.
        best: the best grade whose conditions hold.
        knocked_out: the grade a knock-out leads to.
        ceiling: the best grade a ceiling leaves.
        unknown: a fact that matters is not known.
        exempt: key of the special case by which the subject is not graded.
    """

    holds: dict[str, bool] = field(default_factory=dict)
    best: Grade | None = None
    knocked_out: str = ""
    ceiling: Grade | None = None
    unknown: bool = False
    exempt: str = ""
    reasons: list[Reason] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def findings(
    book: Book, subject: Subject, totals: TaskTotals, total: Fraction | None, by_points: Grade | None
) -> Findings:
    """Every condition of every grade, the knock-outs, ceilings and special cases of the subject's group."""
    found = Findings()
    facts = known(book, subject, totals)
    _special(book, subject, facts, found)
    _knockouts(book, subject, facts, found)
    _conditions(book, subject, facts, by_points, found)
    _ceilings(book, subject, facts, found)
    return found


def known(book: Book, subject: Subject, totals: TaskTotals) -> dict[str, Any]:
    """The facts as conditions read them: given, else computed from the tasks, else what an empty register means."""
    return {**book.silent, **task_facts(totals), **subject.facts}


def _special(book: Book, subject: Subject, facts: Mapping[str, Any], found: Findings) -> None:
    for case in book.special(subject.group):
        periods = case.row.get("periods", ())
        if periods and subject.period and subject.period not in periods:
            continue
        if all(fact not in subject.facts for fact in case.facts):
            continue
        holds = case.holds(facts)
        if holds and not case.excepted(facts):
            found.exempt = found.exempt or case.key
            found.notes.append(f"Không xếp loại: {case.title} ({case.article}).")
        if holds is None:
            found.unknown = True
            found.notes.append(f"Chưa đủ dữ liệu để biết có thuộc trường hợp không xếp loại: {case.title}.")
        met = None if holds is None else not (holds and not case.excepted(facts))
        found.reasons.append(_reason(book, subject, case, met, facts, "special"))


def _knockouts(book: Book, subject: Subject, facts: Mapping[str, Any], found: Findings) -> None:
    for case in book.knockouts(subject.group):
        hit = case.holds(facts)
        softened = subject.mitigations.get(case.key)
        if hit and softened and case.mitigation:
            found.reasons.append(_softened(book, subject, case, facts, softened))
            found.notes.append(
                f"Đã xem xét “{case.title}”: {case.mitigation}. Lý do: {softened.reason} "
                f"(người quyết định: {softened.decided_by})."
            )
            continue
        if hit:
            found.knocked_out = found.knocked_out or case.grade
            if case.mitigation:
                found.notes.append(
                    f"“{case.title}” có thể được xem xét nếu: {case.mitigation}; phải ghi lý do và người quyết định."
                )
        if hit is None:
            found.unknown = True
            found.notes.append(f"Chưa đủ dữ liệu về: {case.title} ({case.article}).")
        met = None if hit is None else not hit
        found.reasons.append(_reason(book, subject, case, met, facts, "knockout"))


def _conditions(
    book: Book, subject: Subject, facts: Mapping[str, Any], by_points: Grade | None, found: Findings
) -> None:
    asked: dict[str, list[bool | None]] = {grade.key: [] for grade in book.grades}
    for condition in book.conditions(subject.group):
        if condition.row.get("periods") and subject.period and subject.period not in condition.row["periods"]:
            continue
        met = condition.holds(facts)
        asked[condition.grade].append(met)
        found.reasons.append(_reason(book, subject, condition, met, facts, "condition"))
    decided = True
    for grade in book.grades:
        answers = asked[grade.key]
        found.holds[grade.key] = all(answer is True for answer in answers)
        undecided = None in answers and False not in answers
        if undecided and grade is by_points:
            found.unknown = True
            names = [r.text for r in found.reasons if r.met is None and r.kind == "condition" and r.grade == grade.key]
            found.notes.append(f"Chưa đủ dữ liệu về điều kiện của mức {grade.title}: {'; '.join(names)}.")
        decided = decided and not undecided
        if found.best is None and decided and found.holds[grade.key] and grade is not book.grades[-1]:
            found.best = grade
    if found.knocked_out:
        found.best = book.grade(found.knocked_out)


def _ceilings(book: Book, subject: Subject, facts: Mapping[str, Any], found: Findings) -> None:
    for ceiling in book.ceilings(subject.group):
        if ceiling.excepted(facts):
            continue
        limit = ceiling.row.get("limit")
        if limit:  # a ceiling that holds while its condition does
            holds = ceiling.holds(facts)
            if holds:
                _lower(found, book.grade(limit))
            met = None if holds is None else not holds
            found.reasons.append(_reason(book, subject, ceiling, met, facts, "ceiling"))
            continue
        fact = ceiling.row["fact"]
        if fact not in subject.facts:
            found.notes.append(f"{ceiling.title}: chưa có kết quả để đối chiếu ({ceiling.article}).")
            continue
        if subject.facts[fact] is None:
            found.unknown = True
            found.notes.append(f"Chưa đủ dữ liệu: {ceiling.title}.")
            found.reasons.append(_reason(book, subject, ceiling, None, facts, "ceiling"))
            continue
        top = book.grade(str(subject.facts[fact]))
        _lower(found, top)
        found.reasons.append(_reason(book, subject, ceiling, True, facts, "ceiling"))


def _lower(found: Findings, grade: Grade) -> None:
    if found.ceiling is None or grade.place > found.ceiling.place:
        found.ceiling = grade


def _reason(
    book: Book, subject: Subject, rule: Condition, met: bool | None, facts: Mapping[str, Any], kind: str
) -> Reason:
    told = any(fact in subject.facts or fact in subject.records or fact in RATIOS for fact in rule.facts)
    key = (rule.key, kind, met)
    if not told and key in book.quiet:
        return book.quiet[key]
    value = "; ".join(said(book.facts.get(fact), facts.get(fact)) for fact in rule.facts)
    record = "; ".join(dict.fromkeys(subject.records[fact] for fact in rule.facts if fact in subject.records))
    sure = rule.row.ruling.is_sure
    reason = Reason(rule.key, rule.article, met, value, record, rule.title, rule.grade, kind, sure)
    if not told:
        book.quiet[key] = reason
    return reason


def _softened(book: Book, subject: Subject, case: Condition, facts: Mapping[str, Any], softened: Mitigation) -> Reason:
    made = _reason(book, subject, case, True, facts, "knockout")
    value = f"{made.value}; đã xem xét: {softened.reason} ({softened.decided_by})"
    return Reason(made.rule, made.article, True, value, made.record, made.text, made.grade, made.kind, made.sure)


def said(row: Row | None, value: Any) -> str:
    """A fact in words: its name and what the records say."""
    name = row.label if row else "?"
    if value is None:
        return f"{name}: {UNKNOWN}"
    if isinstance(value, bool):
        return f"{name}: {'có' if value else 'không'}"
    if row is not None and row.get("kind") == "ratio":
        number = Fraction(value) * 100
        return f"{name}: {format_number(Decimal(number.numerator) / Decimal(number.denominator), 1)}%"
    if isinstance(value, (int, Decimal, Fraction, float)):
        return f"{name}: {format_number(Decimal(str(float(value))))}"
    return f"{name}: {value or 'không'}"
