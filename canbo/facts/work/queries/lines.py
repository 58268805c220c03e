"""What a person's work of a period adds up to: one line a task, or sums of a hundred thousand people in one statement.

These serve evaluation, which narrows to its own scope; a page asks ``queries.lines_of`` with its actor instead.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import connection

from ..choices import State
from ..models import Share


@dataclass(frozen=True)
class Line:
    """One share as evaluation reads it; ``coef`` None: the product waits for approval and nothing counts."""

    key: int
    task_id: int
    person_id: int
    unit_id: int
    title: str
    coef: Decimal | None
    assigned: Decimal
    done: Decimal
    quality_fails: int
    excused_fails: int
    delays: int
    excused_delays: int
    late_days: int
    excused_days: int
    ad_hoc: bool
    taken_over: bool
    handed_back: bool
    late: bool
    exceeded: bool
    failed: bool
    due_on: dt.date
    counts_on: dt.date
    closed: bool


@dataclass(frozen=True)
class Totals:
    """The sums of one person's shares in a period.

    Args:
        assigned: Σ coef·assigned of what was given in the first place: ad hoc and taken-over work is not in it.
        done: Σ coef·done of everything.
        quality: the same, less a part of each product for every time it was returned.
        progress: the same, less a part of each product for every delay.
        tasks: shares given in the first place, those handed to others included; ``extra``: ad hoc and taken over.
        finished, on_time, late, exceeded, failed, returned, open: shares in each state; one may be in several.
        uncounted: shares whose product waits for approval; they are in no sum.
    """

    person_id: int
    assigned: Decimal
    done: Decimal
    quality: Decimal
    progress: Decimal
    tasks: int
    extra: int
    finished: int
    on_time: int
    late: int
    exceeded: int
    failed: int
    returned: int
    open: int
    uncounted: int


TOTALS = """
SELECT person_id,
  coalesce(sum(coef * assigned) FILTER (WHERE NOT ad_hoc AND NOT taken_over), 0) AS assigned,
  coalesce(sum(coef * done), 0) AS done,
  coalesce(sum(coef * done * greatest(0, 1 - %(penalty)s * greatest(quality_fails - excused_fails, 0))), 0) AS quality,
  coalesce(sum(coef * done * greatest(0, 1 - %(penalty)s * CASE WHEN %(by_day)s
    THEN greatest(late_days - excused_days, 0) ELSE greatest(delays - excused_delays, 0) END)), 0) AS progress,
  count(*) FILTER (WHERE coef IS NOT NULL AND NOT ad_hoc AND NOT taken_over) AS tasks,
  count(*) FILTER (WHERE coef IS NOT NULL AND (ad_hoc OR taken_over)) AS extra,
  count(*) FILTER (WHERE coef IS NOT NULL AND state = %(accepted)s) AS finished,
  count(*) FILTER (WHERE coef IS NOT NULL AND state = %(accepted)s AND NOT late) AS on_time,
  count(*) FILTER (WHERE coef IS NOT NULL AND (late OR (NOT closed AND due_on < %(on)s))) AS late,
  count(*) FILTER (WHERE coef IS NOT NULL AND exceeded) AS exceeded,
  count(*) FILTER (WHERE coef IS NOT NULL AND (failed OR (NOT closed AND due_on < %(on)s))) AS failed,
  count(*) FILTER (WHERE coef IS NOT NULL AND quality_fails > excused_fails) AS returned,
  count(*) FILTER (WHERE coef IS NOT NULL AND NOT closed) AS open,
  count(*) FILTER (WHERE coef IS NULL) AS uncounted
FROM work_share
WHERE counts_on BETWEEN %(first)s AND %(last)s AND NOT voided {persons}
GROUP BY person_id
"""


def totals_statement(
    first: dt.date,
    last: dt.date,
    on: dt.date,
    *,
    persons: Collection[int] | None = None,
    by_day: bool = False,
    penalty: Decimal = Decimal("0.25"),
) -> tuple[str, dict[str, Any]]:
    """A SELECT with the columns of ``Totals`` and its values, to be joined in a larger statement.

    Args:
        first, last: the period, both days included.
        on: the day of looking: what is open then and past its deadline counts as late and not done.
        persons: only these; everybody without it.
        by_day: whether a delay is counted by the working day or by the missed deadline (NĐ 335/2025, Điều 15).
        penalty: the part of a product that each failed check or delay takes away.
    """
    values = {
        "first": first,
        "last": last,
        "on": on,
        "by_day": by_day,
        "penalty": penalty,
        "accepted": State.ACCEPTED.value,
    }
    if persons is None:
        return TOTALS.format(persons=""), values
    return TOTALS.format(persons="AND person_id = ANY(%(persons)s)"), {**values, "persons": list(persons)}


def totals(
    first: dt.date,
    last: dt.date,
    on: dt.date,
    *,
    persons: Collection[int] | None = None,
    by_day: bool = False,
    penalty: Decimal = Decimal("0.25"),
) -> list[Totals]:
    """The sums of every person who had work in a period; arguments as in ``totals_statement``."""
    sql, values = totals_statement(first, last, on, persons=persons, by_day=by_day, penalty=penalty)
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [Totals(*row) for row in cursor.fetchall()]


def lines(first: dt.date, last: dt.date, persons: Sequence[int]) -> list[Line]:
    """The shares of people that count in a period, in the order of deadlines."""
    rows = Share.objects.filter(person_id__in=persons, counts_on__range=(first, last), voided=False)
    return [
        Line(
            key=row.pk,
            task_id=row.task_id,
            person_id=row.person_id,
            unit_id=row.unit_id,
            title=row.task.title,
            coef=row.coef,
            assigned=row.assigned,
            done=row.done,
            quality_fails=row.quality_fails,
            excused_fails=row.excused_fails,
            delays=row.delays,
            excused_delays=row.excused_delays,
            late_days=row.late_days,
            excused_days=row.excused_days,
            ad_hoc=row.ad_hoc,
            taken_over=row.taken_over,
            handed_back=row.handed_back,
            late=row.late,
            exceeded=row.exceeded,
            failed=row.failed,
            due_on=row.due_on,
            counts_on=row.counts_on,
            closed=row.closed,
        )
        for row in rows.select_related("task").order_by("person_id", "due_on", "id")
    ]
