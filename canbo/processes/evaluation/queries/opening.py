"""What opening a cycle asks before anything is made: the period, its rulebook, whom it speaks of."""

from __future__ import annotations

import datetime as dt

from canbo.facts.decisions.queries import units_above
from canbo.facts.organisation.models import Unit
from canbo.facts.organisation.queries import require_over
from canbo.facts.people.queries.crowd import are_few
from canbo.foundation import rulebooks
from canbo.foundation.kernel.actor import Actor, Reach
from canbo.foundation.kernel.period import Span
from canbo.foundation.kernel.violation import Refused, Violation

from .. import rules
from ..choices import MANAGE, Standing
from ..models import Cycle
from .books import book_at, group_of

AT_ONCE = 2_000
"""A scope with more people is opened and closed in the background."""


def asked(rulebook: str, period: str, unit: Unit, *, people: bool, collectives: bool) -> tuple[Span, rules.Book]:
    """The period and the rulebook that opening a cycle would take.

    Raises:
        Refused: no such period or rulebook, nobody to evaluate, or opened already; all at once where they can be.
    """
    span, book = _period_and_book(rulebook, period, unit)
    faults = []
    if not people and not collectives:
        faults.append(Violation("EVAL-NOBODY", "Chưa chọn đánh giá cá nhân hay tập thể.", field="people"))
    if people and not group_of(book, Standing.STAFF) and not group_of(book, Standing.HEAD):
        faults.append(Violation("EVAL-GROUP", "Bộ quy tắc này không áp dụng cho cá nhân.", field="people"))
    if collectives and not group_of(book, Standing.COLLECTIVE):
        faults.append(Violation("EVAL-GROUP", "Bộ quy tắc này không áp dụng cho tập thể.", field="collectives"))
    if Cycle.objects.filter(rulebook=book.code, period=span.code, unit=unit).exists():
        faults.append(
            Violation(
                "EVAL-CYCLE-TWICE",
                f"Kỳ đánh giá {span} theo bộ quy tắc này đã được mở cho {unit.name}.",
                field="period",
                fix="Mở kỳ đó và bấm “Bổ sung người mới” nếu thiếu phiếu.",
            )
        )
    if faults:
        raise Refused(faults)
    return span, book


def _period_and_book(rulebook: str, period: str, unit: Unit) -> tuple[Span, rules.Book]:
    try:
        span = Span.parse(period)
        length = rules.period_kind(span)
    except ValueError as error:
        raise Refused(Violation("EVAL-PERIOD", str(error), field="period")) from None
    try:
        book = book_at(rulebook, unit, span.first)
    except rulebooks.NoRuleInForce as error:
        raise Refused(Violation("EVAL-RULEBOOK", str(error), field="rulebook")) from None
    if length not in book.periods:
        raise Refused(
            Violation(
                "EVAL-PERIOD",
                f"Bộ quy tắc “{book.title}” không đánh giá theo kỳ {period}.",
                field="period",
                source=book.source,
            )
        )
    return span, book


def offered_books(span: Span | None, unit: Unit | None, on: dt.date) -> list[tuple[str, str]]:
    """Rulebooks to choose from with their names: those in force on the first day of a period that speak of its length.

    Args:
        span, unit: as far as they are known; without a period every book in force on ``on``.
    """
    day = span.first if span else on
    chain = units_above(unit.code, day) if unit else None
    found = []
    for code in rules.books(on=day, unit_codes=chain):
        book = rules.book(code, on=day, unit_codes=chain or ())
        if span is None or _length(span) in book.periods:
            found.append((code, f"{book.title} ({book.source})"))
    return found


def _length(span: Span) -> str:
    try:
        return rules.period_kind(span)
    except ValueError:
        return ""


def is_large(unit: Unit, day: dt.date) -> bool:
    """Whether a unit and everything under it hold more people than are worked through while somebody waits."""
    return not are_few(Reach(units=frozenset({unit.pk})), day, AT_ONCE)


def may_open(actor: Actor, unit: Unit, day: dt.date) -> None:
    """Refuses whoever may not open, fill up and close evaluations of a unit (NotPermitted, OutOfScope)."""
    require_over(actor, MANAGE, unit, day)
