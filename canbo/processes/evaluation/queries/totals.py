"""What a person's work of a period adds up to: from her lines for one sheet, by one statement for all of a cycle."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from django.db import connection

from canbo.facts.work import queries as work
from canbo.facts.work.queries import Line

from .. import rules

NONE = rules.TaskTotals()

# The same sums as ``rules.totals_of`` forms from lines; a test holds the two together.
_ROWS = """
SELECT {key},
  coalesce(sum(coef * assigned) FILTER (WHERE NOT outside), 0),
  coalesce(sum(coef * counted), 0),
  coalesce(sum(coef * counted * greatest(0, 1 - %(step_b)s * fails)), 0),
  coalesce(sum(coef * counted * greatest(0, 1 - %(step_c)s * times)), 0),
  count(*), count(*) FILTER (WHERE complete), count(*) FILTER (WHERE is_late), count(*) FILTER (WHERE exceeded),
  count(*) FILTER (WHERE is_failed), count(*) FILTER (WHERE complete AND NOT is_late AND fails = 0)
FROM (
  SELECT s.person_id, s.unit_id, s.coef, s.assigned, s.exceeded, s.ad_hoc OR s.taken_over AS outside,
    CASE WHEN s.handed_back THEN 0 ELSE s.done END AS counted,
    greatest(0, s.quality_fails - s.excused_fails) AS fails,
    CASE WHEN %(by_day)s THEN greatest(0, s.late_days - s.excused_days)
      ELSE greatest(0, s.delays - s.excused_delays) END AS times,
    s.late OR (NOT s.closed AND s.due_on < %(on)s) AS is_late,
    s.failed OR s.handed_back OR (NOT s.closed AND s.due_on < %(on)s AND s.done <= 0) AS is_failed,
    NOT s.handed_back AND NOT s.failed AND s.done > 0 AND s.done >= s.assigned AS complete
  FROM work_share s
  WHERE s.counts_on BETWEEN %(first)s AND %(last)s AND NOT s.voided AND s.coef IS NOT NULL {only}
) w {join}
GROUP BY 1
"""

BY_PERSON = _ROWS.format(key="person_id", only="AND s.person_id = ANY(%(persons)s)", join="")
OF_ALL = _ROWS.format(key="person_id", only="", join="")

# Work of a unit and everything under it: shares first summed where they lie, then along the tree of the period's end.
BY_UNIT = _ROWS.format(
    key="p.ancestor_id",
    only="",
    join="JOIN organisation_unitpath p ON p.descendant_id = w.unit_id AND p.ancestor_id = ANY(%(units)s) "
    "AND p.valid_from <= %(last)s AND p.valid_to > %(last)s",
)


def settings(book: rules.Book) -> tuple[bool, Decimal, Decimal]:
    """How a rulebook counts: delays by the day or by the time, and what each failure and each delay takes away."""
    step_b, step_c = (Decimal(str(book.value(name, 0))) / 100 for name in ("quality_step", "delay_step"))
    return book.value("delay_unit", "event") == "day", step_b, step_c


def task_line(line: Line, *, by_day: bool, on: dt.date) -> rules.TaskLine:
    """A share as the scoring engine reads it; what is open past its deadline counts as late and, undone, as failed."""
    overdue = not line.closed and line.due_on < on
    return rules.TaskLine(
        key=str(line.key),
        title=line.title,
        coef=line.coef or Decimal(0),
        assigned=line.assigned,
        done=line.done,
        quality_fails=line.quality_fails,
        delays=line.late_days if by_day else line.delays,
        excused_fails=line.excused_fails,
        excused_delays=line.excused_days if by_day else line.excused_delays,
        ad_hoc=line.ad_hoc,
        taken_over=line.taken_over,
        handed_back=line.handed_back,
        late=line.late or overdue,
        exceeded=line.exceeded,
        failed=line.failed or line.handed_back or (overdue and line.done <= 0),
    )


def task_lines(
    book: rules.Book, persons: Sequence[int], first: dt.date, last: dt.date, on: dt.date
) -> dict[int, tuple[rules.TaskLine, ...]]:
    """Lines that count, by person; work on products that wait for approval is left out (NĐ 335/2025, Điều 13.3)."""
    by_day = settings(book)[0]
    found: dict[int, list[rules.TaskLine]] = {}
    for line in work.lines(first, last, persons):
        if line.coef is not None:
            found.setdefault(line.person_id, []).append(task_line(line, by_day=by_day, on=on))
    return {person: tuple(lines) for person, lines in found.items()}


def totals(
    book: rules.Book, first: dt.date, last: dt.date, on: dt.date, *, persons: Sequence[int] | None = None
) -> dict[int, rules.TaskTotals]:
    """Sums by person, of some people or of everybody who had work in the period."""
    statement = OF_ALL if persons is None else BY_PERSON
    return dict(_sums(statement, book, first, last, on, persons=list(persons or ())))


def unit_totals(
    book: rules.Book, first: dt.date, last: dt.date, on: dt.date, units: Sequence[int]
) -> dict[int, rules.TaskTotals]:
    """Sums of the work of units with everything under them."""
    return dict(_sums(BY_UNIT, book, first, last, on, units=list(units))) if units else {}


def _sums(
    statement: str, book: rules.Book, first: dt.date, last: dt.date, on: dt.date, **more: Any
) -> Iterator[tuple[int, rules.TaskTotals]]:
    by_day, step_b, step_c = settings(book)
    values = {"first": first, "last": last, "on": on, "by_day": by_day, "step_b": step_b, "step_c": step_c, **more}
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        for key, *sums in cursor.fetchall():
            yield key, rules.TaskTotals(*sums)
