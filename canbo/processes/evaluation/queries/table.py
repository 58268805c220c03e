"""The head's table: those she reviews or decides in a cycle, with last period, self, adviser and the cap beside them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.period import Span
from canbo.foundation.kernel.violation import OutOfScope

from .. import rules
from ..choices import DECIDE, SCORE, Stage
from ..models import Cycle, Result, Sheet
from .acting import named_over
from .caps import CapStanding, caps


@dataclass(frozen=True)
class Line:
    """One row of the table.

    Args:
        before: the standing result of the period before, under the same rulebook.
        against: what counts against the person, from the explanation kept on the sheet.
    """

    sheet: Sheet
    before: Result | None
    against: tuple[str, ...]
    reviews: bool
    decides: bool


@dataclass(frozen=True)
class Table:
    """The rows of one head in one cycle, and how each group stands to the cap."""

    lines: list[Line]
    caps: list[CapStanding]


def period_before(span: Span) -> str:
    """Code of the period of the same length just before another."""
    return Span(_back(span), span.before).code


def _back(span: Span) -> dt.date:
    months = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}[rules.period_kind(span)]
    year, month = divmod(span.first.year * 12 + span.first.month - 1 - months, 12)
    return dt.date(year, month + 1, 1)


def table(actor: Actor, cycle: Cycle, day: dt.date) -> Table:
    """What a head sees of a cycle on one screen; a number of queries that does not depend on how many people she has."""
    scoring, deciding = named_over(actor, SCORE, day), named_over(actor, DECIDE, day)
    rows = Sheet.objects.filter(Q(superior__in=scoring) | Q(decider__in=deciding), cycle=cycle)
    rows = rows.exclude(person=actor.person_id).exclude(represented_by=actor.person_id)
    found = list(
        rows.select_related("person", "collective", "unit", "superior", "decider").order_by(
            "unit__sort_key", "standing", "person__sort_key", "pk"
        )
    )
    before = {
        (result.person_id, result.collective_id): result
        for result in Result.objects.filter(
            Q(person__in=[s.person_id for s in found if s.person_id])
            | Q(collective__in=[s.collective_id for s in found if s.collective_id]),
            period=period_before(cycle.span),
            rulebook=cycle.rulebook,
            replaced_on=None,
        ).defer("explanation", "tasks")
    }
    lines = [
        Line(
            sheet,
            before.get((sheet.person_id, sheet.collective_id)),
            tuple(r["text"] for r in sheet.explanation.get("reasons", ()) if r["met"] is False),
            sheet.superior_id in scoring,
            sheet.decider_id in deciding,
        )
        for sheet in found
    ]
    keys = {(sheet.body_id, sheet.cap_group) for sheet in found if sheet.decider_id in deciding}
    return Table(lines, caps(cycle, keys) if keys else [])


def tables(actor: Actor, day: dt.date) -> list[Cycle]:
    """The cycles that are not closed in which she reviews or decides somebody, the newest first."""
    return list(_hers(actor, day).exclude(stage=Stage.CLOSED).order_by("-first", "rulebook", "-pk")[:40])


def cycle_for_head(actor: Actor, pk: int, day: dt.date) -> Cycle:
    """A cycle in which she reviews or decides somebody; raises OutOfScope when there is none."""
    found = _hers(actor, day).filter(pk=pk).select_related("unit").first()
    if found is None:
        raise OutOfScope("kỳ đánh giá")
    return found


def _hers(actor: Actor, day: dt.date) -> QuerySet[Cycle]:
    scoring, deciding = named_over(actor, SCORE, day), named_over(actor, DECIDE, day)
    rows = Sheet.objects.filter(Q(superior__in=scoring) | Q(decider__in=deciding)).exclude(person=actor.person_id)
    return Cycle.objects.filter(pk__in=rows.values("cycle"))
