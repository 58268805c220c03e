"""Opening a cycle: who gets a sheet, with unit, post and superiors of the period, and who gets none, with the reason."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction

from canbo.facts.organisation.models import Unit
from canbo.facts.organisation.queries import require_over
from canbo.foundation import rulebooks
from canbo.foundation.audit.actions import action
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.dates import whole_months

from .. import queries, rules
from ..choices import MANAGE, Standing
from ..models import Cycle, Deadline
from . import opening_sql as sql
from . import sheet_sql
from .locking import open_cycle_row

ACTING = "staffing.acts.opening"
MEMBER_DAYS = 400
"""Members whose stay began within so many days may be new to the Party: the rules are asked about each of them."""


@dataclass
class Left:
    """People who get no sheet, column by column."""

    persons: list[int] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)

    def add(self, person: int, code: str, reason: str, source: str) -> None:
        self.persons.append(person)
        self.codes.append(code)
        self.reasons.append(reason)
        self.sources.append(source)


@action("evaluation.cycle.open", permission=MANAGE, log=("rulebook", "period", "unit", "people", "collectives"))
def open_cycle(
    actor: Actor,
    *,
    rulebook: str,
    period: str,
    unit: Unit,
    at: dt.datetime,
    people: bool = True,
    collectives: bool = False,
    special_dates: bool = False,
    averaged: bool | None = None,
) -> Cycle:
    """Opens an evaluation (kỳ đánh giá) and makes its sheets.

    Args:
        rulebook: code of the rulebook; that of the first day of the period holds.
        period: ``2026-07``, ``2026-Q3``, ``2026-H1`` or ``2026``.
        unit: everybody in it and under it.
        at: the moment of acting.
        averaged: whether the results of shorter periods are averaged; None leaves it to the rulebook.
        special_dates: the later dates of bodies with a calendar of their own.

    Raises:
        Refused: no such period or rulebook, nobody to evaluate, or opened already.
        OutOfScope, NotPermitted: the unit is not the actor's to evaluate.
    """
    require_over(actor, MANAGE, unit, at.date())
    span, book = queries.asked(rulebook, period, unit, people=people, collectives=collectives)
    cycle = Cycle.objects.create(
        rulebook=book.code,
        rulebook_title=book.title,
        rulebook_version=book.version,
        period=span.code,
        first=span.first,
        last=span.last,
        base=queries.base_of(book, span, averaged),
        unit=unit,
        people=people,
        collectives=collectives,
        opened_at=at,
        opened_by=actor.name,
    )
    Deadline.objects.bulk_create(
        Deadline(cycle=cycle, step=term.step, on=term.on, source=term.source, set_at=at, set_by=actor.name)
        for term in queries.terms(book, span, special=special_dates)
    )
    _make_sheets(cycle, book, at)
    return cycle


@action("evaluation.cycle.refresh", permission=MANAGE, log=("cycle",))
def add_late_joiners(actor: Actor, *, cycle: Cycle, at: dt.datetime) -> Cycle:
    """Looks again who is to be evaluated: whoever came since gets a sheet; sheets that stand are not touched.

    Raises:
        Refused: the cycle is closed.
    """
    require_over(actor, MANAGE, cycle.unit, at.date())
    open_cycle_row(cycle)
    _make_sheets(cycle, queries.book_of(cycle), at)
    return cycle


def _make_sheets(cycle: Cycle, book: rules.Book, at: dt.datetime) -> None:
    party = book.track in queries.PARTY_TRACKS
    values = _values(cycle, book, at)
    with transaction.atomic(), connection.cursor() as cursor:

        def run(statement: str, **more: Any) -> None:
            cursor.execute(statement, {**values, **more})

        for name in ("post", "scope", "main", "span", "head", "above", "place", "decides", "superior", "decider",
                     "move", "leave"):  # fmt: skip
            cursor.execute(f"DROP TABLE IF EXISTS opening_{name}")
        run(sql.POSTS)
        run(sql.SCOPE)
        run(sql.MAIN)
        if party:
            run(sql.MEMBERS)
            run(sql.KEEP_LEADERS)
            run(sql.LEADERS_ONCE)
        run(sql.IN_SCOPE)
        if not cycle.people:
            cursor.execute("DELETE FROM opening_main")
        for statement in (sql.SPANS, sql.HEADS, sql.PLACES, sql.ABOVE, *sql.INDEXES, sql.DECIDES, sql.SUPERIORS,
                          sql.DECIDERS, sql.MOVES, sql.LEAVES):  # fmt: skip
            run(statement)
        run(sheet_sql.INCOMPLETE)
        left = _left_out(cycle, book, values, cursor.fetchall())
        run(
            sheet_sql.NOT_GRADED,
            out_persons=left.persons,
            out_codes=left.codes,
            out_reasons=left.reasons,
            out_sources=left.sources,
        )
        run(sheet_sql.ELSEWHERE)
        run(sheet_sql.SHEETS)
        if cycle.collectives:
            run(sheet_sql.COLLECTIVES)
        run(sheet_sql.SETTLED)


def _values(cycle: Cycle, book: rules.Book, at: dt.datetime) -> dict[str, Any]:
    standings = queries.standings(cycle.first, cycle.last)
    parts, aside = queries.parts(cycle.first, cycle.last)
    names = queries.cap_group_names(cycle.first)
    groups = {s: queries.group_of(book, s) for s in Standing.values if s != Standing.COLLECTIVE}
    groups = {standing: group for standing, group in groups.items() if group}
    acting = [row for row in rulebooks.current().catalogue(ACTING, on=cycle.first) if row.get("acting")]
    moved = next((row for row in book.rows("special") if row.key == "transfer"), None)
    party = book.track in queries.PARTY_TRACKS
    return {
        "cycle": cycle.pk,
        "rulebook": cycle.rulebook,
        "period": cycle.period,
        "first": cycle.first,
        "last": cycle.last,
        "unit": cycle.unit_id,
        "now": at,
        "titles": list(standings),
        "standings": list(standings.values()),
        "parts": parts,
        "aside": aside,
        "acting": [name.lower() for row in acting for name in row.names],
        "standing_keys": list(groups),
        "subject_groups": list(groups.values()),
        "cap_groups": [names[standing] for standing in groups],
        "head_of_body": names["head_of_body"],
        "transfer": f" ({queries.reference(moved)})" if moved else "",
        "collectives": cycle.collectives,
        "collective_group": queries.group_of(book, Standing.COLLECTIVE),
        "collective_cap": names[Standing.COLLECTIVE],
        "shelves": ["dang", "nha_nuoc", "mat_tran"] if party else ["nha_nuoc"],
        "joined_after": cycle.last - dt.timedelta(days=MEMBER_DAYS),
    }


def _left_out(cycle: Cycle, book: rules.Book, values: dict[str, Any], rows: list[tuple[Any, ...]]) -> Left:
    """Asks the rules of special cases about everybody whose period is not whole."""
    left = Left()
    length, whole = rules.period_kind(cycle.span), (cycle.last - cycle.first).days + 1
    groups = dict(zip(values["standing_keys"], values["subject_groups"], strict=True))
    for person, standing, first, last, days, uncounted, kind, admitted in rows:
        if last < first or days >= whole:
            left.add(person, "absent", "Nghỉ cả kỳ, không có thời gian làm việc để đánh giá.", "")
            continue
        if standing not in groups:
            continue
        facts: dict[str, Any] = {
            "months_worked": max(0, whole_months(first, last + dt.timedelta(days=1)) - uncounted // 30),
            "worked_days_ratio": queries.worked_ratio(cycle.span, first, last, days),
            "leave_kind": kind,
        }
        if standing == Standing.MEMBER:
            facts = {}
            if admitted is not None:
                facts["months_since_admission"] = whole_months(admitted, cycle.last + dt.timedelta(days=1))
        asked = {fact for case in book.special(groups[standing]) for fact in case.facts}
        facts = {name: value for name, value in facts.items() if name in asked}
        outcome = rules.evaluate(book, rules.Subject(groups[standing], facts=facts, period=length), explain=False)
        if outcome.exempt:
            case = next(c for c in book.special(groups[standing]) if c.key == outcome.exempt)
            left.add(person, case.key, f"{case.title}.", queries.reference(case.row))
    return left
