"""Three months of evaluation that are closed, and the present one under way."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Mapping
from decimal import Decimal

from django.db.models import Q, QuerySet

from canbo.facts.people.models import Person
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.dates import add_months
from canbo.foundation.kernel.workdays import next_working
from canbo.processes.evaluation import actions, queries, rules
from canbo.processes.evaluation.choices import Standing, State, Step
from canbo.processes.evaluation.models import Cycle, Sheet

from .staff import Department, acting, department
from .tasks import catalogue, moment, work

RULEBOOK = "nd335-2025-civil-servant"
BEGINS = dt.date(2026, 1, 1)
"""Before this day no rule for months was in force."""
CLOSED, HANDED = 3, 25
LESS = (
    {0: Decimal("0.5")},
    {0: Decimal("0.5"), 1: Decimal(1), 3: Decimal("0.5")},
    {0: Decimal(1), 1: Decimal("0.5"), 2: Decimal(1), 3: Decimal("0.5")},
)
"""Points taken off a criterion, for three kinds of people."""
_LEADING = Q(standing__in=(Standing.HEAD, Standing.DEPUTY))
FROM_BELOW: tuple[Callable[[Cycle], Q], ...] = (
    lambda cycle: ~_LEADING,
    lambda cycle: _LEADING & ~Q(unit=cycle.unit),
    lambda cycle: _LEADING & Q(unit=cycle.unit),
)
"""What is said of a head rests on what was said of those under her."""
BELOW = "Vượt tỷ lệ tối đa; điểm thấp hơn trong nhóm."
DATES: dict[Step, Callable[[dt.date], dt.date]] = {
    Step.SELF: lambda month: month.replace(day=28),
    Step.REVIEW: lambda month: add_months(month, 1),
    Step.DECIDE: lambda month: add_months(month, 1).replace(day=5),
}
CUSTOM = "Quy chế đánh giá của Sở."
NOTHING = "Mới đến trong tháng, chưa được giao nhiệm vụ."


def live(actor: Actor, root: str, today: dt.date) -> Department | None:
    """Tells the months of the first department up to a day; None where there is no such department.

    Args:
        actor: who keeps the catalogue, opens and closes.
        root: code of the province on the State side.
    """
    found = department(root, today)
    this = today.replace(day=1)
    months = [month for month in (add_months(this, -n) for n in range(CLOSED, -1, -1)) if month >= BEGINS]
    if found is None or not months:
        return None
    products = catalogue(actor, found.unit, months[0])
    for month in months:
        then = department(root, min(next_working(month), today))  # who was there then, and who led
        if then is not None:
            work(then.teams, products, month, today)
            _evaluate(actor, then, month, today)
    return found


def somebody(told: Department) -> Person:
    """One of the last division whose sheet of this month still waits for her, if there is such a one."""
    inside = told.teams[-1].members
    sheet = Sheet.objects.filter(person__in=inside, state=State.DRAFT).select_related("person").order_by("-pk").first()
    return inside[-1] if sheet is None or sheet.person is None else sheet.person


def _evaluate(actor: Actor, told: Department, month: dt.date, today: dt.date) -> None:
    """A month from opening to closing, as far as it has come by today."""
    opened = min(next_working(month), today)
    period = f"{month:%Y-%m}"
    cycle = actions.open_cycle(actor, rulebook=RULEBOOK, period=period, unit=told.unit, at=moment(opened, 8))
    for step, until in DATES.items():  # the decree names no days within a month: the department sets its own
        by = next_working(until(month))
        actions.extend_deadline(actor, cycle=cycle, step=step, until=by, reason=CUSTOM, at=moment(opened, 8))
    handed = next_working(month.replace(day=HANDED))
    if handed > today:
        return
    over = next_working(add_months(month, 1))
    _score(cycle, handed, everybody=over <= today)
    if over > today:
        return
    _review(cycle, over)
    _decide(cycle, over)
    actions.close_cycle(actor, cycle=cycle, at=moment(over, 16))


def _score(cycle: Cycle, on: dt.date, *, everybody: bool) -> None:
    """People score themselves; in the present month a third have not come to it yet."""
    sheets = list(Sheet.objects.filter(cycle=cycle).select_related("cycle", "person").order_by("pk"))
    books = queries.books_of(cycle, {sheet.unit_id for sheet in sheets})
    for place, sheet in enumerate(sheets):
        if sheet.person is None or (not everybody and place % 3 == 2):
            continue
        values: dict[str, object] = {"strengths": "Hoàn thành nhiệm vụ được giao trong tháng."}
        for number, criterion in enumerate(books[sheet.unit_id].scored(sheet.group)):
            if criterion.part != "bonus":
                values[f"score.{criterion.key}"] = _points(criterion, number * 7 + place * 3 + cycle.first.month, place)
        me = acting(sheet.person)
        row = actions.save_form(me, sheet=sheet, version=sheet.version, values=values)
        actions.submit_self(me, sheet=row, version=row.version, at=moment(on, 15))


def _points(criterion: rules.Criterion, turn: int, place: int) -> Decimal:
    """Full points for most criteria; some people find more to blame in themselves than others."""
    most = criterion.max or Decimal(0)
    if criterion.binary:
        return most
    return most - LESS[place % 3].get(turn % 5, Decimal(0))


def _review(cycle: Cycle, on: dt.date) -> None:
    """Each superior confirms what her people gave themselves; of leaders and support staff she judges what is hers."""
    for whom in FROM_BELOW:
        _review_those(list(_those(cycle, State.SUBMITTED, whom).select_related("superior", "unit")), cycle, on)


def _review_those(sheets: list[Sheet], cycle: Cycle, on: dt.date) -> None:
    rows = defaultdict(list)
    for place, sheet in enumerate(sheets):
        judged = None
        if sheet.standing in (Standing.HEAD, Standing.DEPUTY):
            judged = {"d": 100, "dd": 100, "e": 50 if place % 5 == 0 else 100}
        elif sheet.standing == Standing.SUPPORT:
            judged = {"a": 100, "b": 90 + place % 10, "c": 95}
        comment = "Chủ động, phối hợp tốt; cần nâng chất lượng tham mưu."
        rows[sheet.superior].append(actions.Review(sheet.pk, sheet.version, judged=judged, comment=comment))
    for superior, reviews in rows.items():
        if superior is not None:
            actions.submit_reviews(acting(superior, cycle.unit), rows=reviews, at=moment(on, 9))


def _decide(cycle: Cycle, on: dt.date) -> None:
    """Whoever decides takes what points and conditions say, the best of each group as far as the cap allows."""
    for whom in FROM_BELOW:
        sheets = list(_those(cycle, State.SCORED, whom).select_related("decider"))
        due = {pk: said.outcome for pk, said in queries.assess(cycle, sheets, on).items() if said.outcome}
        below = _over_the_cap(cycle, sheets, due)
        rows = defaultdict(list)
        for sheet in sheets:
            grade, reason = (below[sheet.pk], BELOW) if sheet.pk in below else (None, "")
            if sheet.pk in due and not due[sheet.pk].enough:
                grade, reason = "", NOTHING
            rows[sheet.decider].append(actions.Verdict(sheet.pk, sheet.version, grade, reason))
        for decider, verdicts in rows.items():
            if decider is not None:
                actions.decide(acting(decider, cycle.unit), rows=verdicts, at=moment(on, 11))


def _over_the_cap(cycle: Cycle, sheets: list[Sheet], due: Mapping[int, rules.Outcome]) -> dict[int, str]:
    """Sheets that the highest grade is due to but not within the cap, with the grade below it."""
    book = queries.book_of(cycle)
    best, following = book.grades[0].key, book.grades[1].key
    wished = {pk: outcome.grade or "" for pk, outcome in due.items()}
    limits = {(group.body_id, group.cap_group): group.limit for group in queries.caps(cycle, changes=wished)}
    taken: dict[tuple[int, str], int] = defaultdict(int)
    found = {}
    for sheet in sorted(sheets, key=lambda row: (-(due[row.pk].total or 0) if row.pk in due else 0, row.pk)):
        key = (sheet.body_id, sheet.cap_group)
        limit = limits.get(key)
        if wished.get(sheet.pk) == best and limit is not None:
            taken[key] += 1
            if taken[key] > limit:
                found[sheet.pk] = following
    return found


def _those(cycle: Cycle, state: State, whom: Callable[[Cycle], Q]) -> QuerySet[Sheet]:
    return Sheet.objects.filter(whom(cycle), cycle=cycle, state=state).order_by("pk")
