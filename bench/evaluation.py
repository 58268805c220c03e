"""A month of 100.000 people: opening, handing in, deciding, closing; then a year of sheets to search and to average."""

from __future__ import annotations

import datetime as dt
import os
import statistics
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any
from zoneinfo import ZoneInfo

from bench.__main__ import Figure

BOOK = "nd335-2025-civil-servant"
RATE, SECONDS, WORKERS = 50, 8, 6
HANOI = ZoneInfo("Asia/Ho_Chi_Minh")

SCORED = """
UPDATE evaluation_sheet SET self_scores = %(scores)s, scores = CASE WHEN %(state)s = 'draft' THEN '{}' ELSE %(scores)s::jsonb END,
  judged = CASE WHEN standing IN ('head', 'deputy') THEN '{"d": 100, "dd": 100, "e": 100}'::jsonb ELSE '{}' END,
  state = %(state)s WHERE cycle_id = %(cycle)s
"""
DECIDED = """
UPDATE evaluation_sheet s SET state = 'decided', grade = 'HTT', by_points = 'HTT', by_conditions = 'HTT', total = 80.5,
  common = 26, result = 54.5, decided_by = 'Giám đốc', decided_at = now(), basis = b.basis, explanation = %(explanation)s
FROM unnest(%(ids)s::bigint[], %(bases)s::text[]) AS b(id, basis) WHERE s.id = b.id
"""
MONTH = """
INSERT INTO evaluation_cycle (rulebook, rulebook_title, rulebook_version, period, first, last, base, unit_id, people,
  collectives, stage, opened_at, opened_by, closed_by)
SELECT rulebook, rulebook_title, rulebook_version, %(period)s, %(first)s, %(last)s, base, unit_id, people, collectives, 'decide',
  opened_at, opened_by, '' FROM evaluation_cycle WHERE id = %(cycle)s RETURNING id
"""
COPY_SHEETS = """
INSERT INTO evaluation_sheet ({columns})
SELECT {values} FROM evaluation_sheet WHERE cycle_id = %(cycle)s
"""
COPY_RESULTS = """
INSERT INTO evaluation_result (sheet_id, cycle_id, person_id, rulebook, rulebook_version, period, unit_id, common, result, total,
  by_points, by_conditions, grade, reason, explanation, tasks, decided_on, decided_by, recorded_at, replaced_why)
SELECT id, cycle_id, person_id, rulebook, '', period, unit_id, common, result, total, by_points, by_conditions, grade, '', '{}',
  '[]', '2026-08-01', 'Giám đốc', now(), '' FROM evaluation_sheet WHERE cycle_id = %(to)s
"""


def run() -> Iterator[Figure]:
    """Yields seconds of opening and closing, milliseconds of handing in, deciding and searching."""
    from canbo.foundation.runtime import cli, preparation

    size = int(os.environ.get("BENCH_PEOPLE", "100000"))
    with cli.database():
        preparation.prepare()
        from bench.offices import settle

        people = settle(size)
        yield Figure(
            f"evaluation: people; load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores",
            f"{people:,}",
        )
        yield from _month()


def _at(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(9), HANOI)


def _month() -> Iterator[Figure]:
    from canbo.facts.organisation.models import Unit
    from canbo.foundation.kernel.actor import operator
    from canbo.processes.evaluation import actions
    from canbo.processes.evaluation.models import Sheet

    actor, city = operator("bench"), Unit.objects.get(code="TP")
    seconds, cycle = _timed(
        lambda: actions.open_cycle(actor, rulebook=BOOK, period="2026-07", unit=city, at=_at(dt.date(2026, 7, 1)))
    )
    many = Sheet.objects.filter(cycle=cycle).count()
    yield _figure(f"evaluation: opening a month, {many:,} sheets", seconds, 60)
    scores = _scores(cycle)
    _sql(SCORED, scores=scores, state="draft", cycle=cycle.pk)
    _sql("VACUUM ANALYZE")
    yield from _handing_in(cycle)
    _sql(SCORED, scores=scores, state="scored", cycle=cycle.pk)
    _sql("VACUUM ANALYZE evaluation_sheet")
    explanation = yield from _deciding(cycle)
    _decide_all(cycle, explanation)
    seconds, _ = _timed(lambda: actions.close_cycle(actor, cycle=cycle, at=_at(dt.date(2026, 8, 3))))
    yield _figure("evaluation: closing the month: checks, caps, results, facts", seconds, 60)
    yield from _year(cycle)


def _handing_in(cycle: Any) -> Iterator[Figure]:
    """Fifty people a second hand in at once, each in her own connection; the action with its transaction and audit line."""
    from django.db import connections

    from canbo.foundation.kernel.actor import Actor
    from canbo.processes.evaluation import actions
    from canbo.processes.evaluation.models import Sheet

    rows = list(Sheet.objects.filter(cycle=cycle).select_related("person").order_by("?")[: RATE * SECONDS])
    taken: list[float] = []
    start = time.perf_counter() + 0.5

    def work(mine: list[tuple[int, Sheet]]) -> None:
        for number, sheet in mine:
            due = start + number / RATE
            time.sleep(max(0.0, due - time.perf_counter()))
            me = Actor(sheet.person.name, person_id=sheet.person_id)
            actions.submit_self(me, sheet=sheet, version=1, at=_at(dt.date(2026, 7, 25)))
            taken.append((time.perf_counter() - due) * 1000)  # waiting for a free hand counts
        connections.close_all()

    numbered = list(enumerate(rows))
    threads = [threading.Thread(target=work, args=(numbered[n::WORKERS],)) for n in range(WORKERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    spent = time.perf_counter() - start
    p95 = statistics.quantiles(taken, n=20)[-1]
    yield Figure(
        f"evaluation: handing in, {len(taken) / spent:.0f} a second, p50 / p95",
        f"{statistics.median(taken):.0f} / {p95:.0f} ms", "p95 300 ms", p95 <= 300,
    )  # fmt: skip


def _deciding(cycle: Any) -> Any:
    """A head decides for a division at once; what the screen before it costs too."""
    from canbo.foundation.kernel.actor import Actor
    from canbo.processes.evaluation import actions, queries
    from canbo.processes.evaluation.models import Sheet

    times, tables = [], []
    explanation: dict[str, Any] = {}
    for unit in (
        Sheet.objects.filter(cycle=cycle, standing="deputy").values_list("unit_id", flat=True).order_by("pk")[:5]
    ):
        rows = list(Sheet.objects.filter(cycle=cycle, unit_id=unit, standing="staff").select_related("decider"))
        head = Actor(rows[0].decider.name, person_id=rows[0].decider_id)
        verdicts = [actions.Verdict(row.pk, row.version, "HTT", "Trong tỷ lệ") for row in rows]
        spent, done = _timed(lambda h=head, v=verdicts: actions.decide(h, rows=v, at=_at(dt.date(2026, 7, 28))))  # type: ignore[misc]
        times.append(spent * 1000)
        spent, _ = _timed(lambda h=head: queries.table(h, cycle, dt.date(2026, 7, 28)))  # type: ignore[misc]
        tables.append(spent * 1000)
        explanation = done[0].explanation
    yield Figure(f"evaluation: a head decides for {len(rows)} people, median", f"{statistics.median(times):.0f} ms")
    yield Figure("evaluation: a director's table (200 people), median", f"{statistics.median(tables):.0f} ms")
    return explanation


def _decide_all(cycle: Any, explanation: dict[str, Any]) -> None:
    import json

    from canbo.processes.evaluation import queries
    from canbo.processes.evaluation.models import Sheet

    _sql("UPDATE evaluation_sheet SET total = 80.5 WHERE cycle_id = %(cycle)s", cycle=cycle.pk)
    sheets = list(Sheet.objects.filter(cycle=cycle).defer("explanation", "posts"))
    day = dt.date(2026, 8, 3)
    marks = [(s.pk, found.basis) for s, found in queries.situations(cycle, sheets, day, everybody=True)]
    _sql(
        DECIDED, ids=[pk for pk, _ in marks], bases=[b for _, b in marks], explanation=json.dumps(explanation, default=str)
    )  # fmt: skip
    _sql("VACUUM ANALYZE evaluation_sheet")


def _year(cycle: Any) -> Iterator[Figure]:
    from django.db import connection

    from canbo.facts.decisions.models import Decision
    from canbo.foundation.kernel.actor import operator
    from canbo.processes.evaluation import actions
    from canbo.processes.evaluation.models import Sheet

    names = [f.column for f in Sheet._meta.concrete_fields if f.column != "id"]
    given = {"cycle_id": "%(to)s", "period": "%(period)s", "explanation": "'{}'", "posts": "'[]'", "state": "'closed'"}
    statement = COPY_SHEETS.format(
        columns=", ".join(f'"{n}"' for n in names), values=", ".join(given.get(n, f'"{n}"') for n in names)
    )
    for month in (m for m in range(1, 13) if m != 7):
        first = dt.date(2026, month, 1)
        last = (first.replace(day=28) + dt.timedelta(days=4)).replace(day=1) - dt.timedelta(days=1)
        period = f"2026-{month:02d}"
        with connection.cursor() as cursor:
            cursor.execute(MONTH, {"period": period, "first": first, "last": last, "cycle": cycle.pk})
            to = cursor.fetchone()[0]
        _sql(statement, to=to, period=period, cycle=cycle.pk)
        _sql(COPY_RESULTS, to=to)
    _sql("VACUUM ANALYZE")
    yield Figure("evaluation: sheets of the year", f"{Sheet.objects.count():,}")
    yield from _searching()
    actor, city = operator("bench"), cycle.unit
    december = _at(dt.date(2026, 12, 10))
    seconds, year = _timed(lambda: actions.open_cycle(actor, rulebook=BOOK, period="2026", unit=city, at=december))
    yield _figure("evaluation: opening the year", seconds, 60)
    _decide_all(year, {})
    paper = Decision.objects.create(
        number="1/QĐ", number_key="1/qd", issued_on=dt.date(2026, 12, 10), issuer="Thành phố", issuer_key="thanh pho"
    )
    seconds, _ = _timed(lambda: actions.close_cycle(actor, cycle=year, at=december, decision=paper))
    yield _figure("evaluation: closing the year: twelve months each, caps, results", seconds, 60)


def _searching() -> Iterator[Figure]:
    from canbo.facts.organisation.models import Unit
    from canbo.facts.people.models import Person
    from canbo.foundation.kernel.actor import EVERYWHERE, Actor, Reach
    from canbo.processes.evaluation import queries

    day = dt.date(2026, 12, 1)
    city = Actor("x", reaches={"evaluation.read": EVERYWHERE, "person.read": EVERYWHERE})
    body = Reach(units=frozenset({Unit.objects.get(code="S3").pk}))
    inside = Actor("x", reaches={"evaluation.read": body, "person.read": body})
    someone = Person.objects.get(code="S3P4N7")
    asked: dict[str, Callable[[], Any]] = {
        "first page of the city": lambda: list(queries.sheets(city, day)[:50]),
        "first page of one body": lambda: list(queries.sheets(inside, day)[:50]),
        "by name in the city": lambda: list(queries.sheets(city, day, text="nguyen van 7 s3p4")[:50]),
        "one month and grade of one body": lambda: list(
            queries.sheets(inside, day, period="2026-05", grade="HTT")[:50]
        ),
        "one person's twelve months": lambda: queries.line_of(city, someone, day),
    }
    for name, ask in asked.items():
        ask()
        times = [_timed(ask)[0] * 1000 for _ in range(7)]
        yield Figure(
            f"evaluation: search, {name}, median",
            f"{statistics.median(times):.0f} ms",
            "3.000 ms",
            statistics.median(times) <= 3000,
        )


def _scores(cycle: Any) -> str:
    import json

    from canbo.processes.evaluation import queries

    book = queries.book_of(cycle)
    return json.dumps({c.key: float(c.max or 0) * 0.9 for c in book.scored("non_leader")})


def _timed(call: Callable[[], Any]) -> tuple[float, Any]:
    start = time.perf_counter()
    done = call()
    return time.perf_counter() - start, done


def _sql(statement: str, **values: Any) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)


def _figure(name: str, seconds: float, limit: int) -> Figure:
    return Figure(name, f"{seconds:.1f} s", f"{limit} s", seconds <= limit)
