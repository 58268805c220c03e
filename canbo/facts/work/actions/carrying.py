"""Work that goes on: what is left at the end of a period, what comes again, last month's work given anew, new units."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.db import transaction

from canbo.facts.organisation.models import Unit
from canbo.facts.organisation.queries import require_over
from canbo.facts.people.models import Person
from canbo.foundation.audit.actions import action, record
from canbo.foundation.kernel.actor import EVERYWHERE, Actor
from canbo.foundation.kernel.dates import add_months, format_date
from canbo.foundation.kernel.text import clean
from canbo.foundation.kernel.violation import Refused, Violation

from ..choices import ASSIGN, LIVE, Kind, Origin, Rhythm, Source
from ..models import Product, Share, Task, TaskSeries
from ..queries import places, products_for, require_superior
from ..rules import due_in, occurrence
from .accepting import not_on_oneself
from .assigning import Terms, number_parts, people_faults, share_row, task_row, terms_faults, write_shares
from .events import Entry, append, held
from .reporting import state_faults


@action("work.share.carry", permission=ASSIGN, log=("shares", "due_on"))
def carry_over(
    actor: Actor, *, shares: Sequence[Share], due_on: dt.date, at: dt.datetime, text: str = ""
) -> list[Share]:
    """Takes what is left of unfinished work to a later period: the share ends as not finished, and what is left of it
    is given anew, counted where its new deadline lies.

    Args:
        due_on: the deadline of what is left, after today's.

    Returns:
        the new shares.
    """
    rows = held(shares)
    require_superior(actor, rows)
    not_on_oneself(actor, rows)
    on = at.date()
    if due_on < on:
        raise Refused(Violation("WORK-DUE-PAST", "Thời hạn ở phía sau.", field="due_on"))
    done = {share.pk: min(share.reported, share.assigned) for share in rows}

    def entries(share: Share) -> list[Entry]:
        return [Entry(Kind.CARRIED, text, done[share.pk])]

    def faults(share: Share) -> list[Violation]:
        found = state_faults(share, LIVE)
        if done[share.pk] >= share.assigned:
            fix = "Nghiệm thu hoặc trả lại."
            found.append(Violation("WORK-NOTHING-LEFT", "Đã báo xong toàn bộ, không còn phần chuyển kỳ sau.", fix=fix))
        return found

    append(actor, rows, entries, faults, at)
    where = places([share.person_id for share in rows], EVERYWHERE, on)
    last = {share.pk: share.part for share in rows}
    parts = _last_parts(rows)
    new = []
    for share in rows:
        left = share.assigned - done[share.pk]
        unit_id = where.get(share.person_id, share.unit_id)
        row = share_row(share.task, share.person_id, unit_id, left, on, due_on, origin=Origin.CARRIED, came_from=share)
        row.coef = share.coef
        key = (share.task_id, share.person_id)
        parts[key] = parts.get(key, last[share.pk]) + 1
        row.part = parts[key]
        new.append(row)
    return write_shares(actor, new, Entry(Kind.ASSIGNED, text), at)


def _last_parts(shares: Sequence[Share]) -> dict[tuple[int, int], int]:
    rows = Share.objects.filter(task__in={share.task_id for share in shares}).order_by("part", "id")
    return {(task, person): part for task, person, part in rows.values_list("task_id", "person_id", "part")}


@action("work.series.open", permission=ASSIGN, log=("unit", "rhythm"))
def repeat(
    actor: Actor,
    *,
    unit: Unit,
    product: Product,
    persons: Sequence[Person],
    rhythm: str,
    due_day: int,
    at: dt.datetime,
    title: str = "",
    content: str = "",
    quantity: Decimal = Decimal(1),
    until: dt.date | None = None,
) -> TaskSeries:
    """Gives a task again every week, month or quarter; the first one at once.

    Args:
        due_day: the day of the week (1 Monday), month or quarter by which each is due.
        until: the first day on which none is given any more.
    """
    on = at.date()
    require_over(actor, ASSIGN, unit, on)
    where = places([person.pk for person in persons], actor.reach(ASSIGN), on)
    terms = Terms(title, due_in(rhythm, on, due_day), product, quantity=quantity)
    faults = [*terms_faults(unit, terms, on, past=True), *people_faults(actor, persons, where)]
    most = {Rhythm.WEEK: 7, Rhythm.MONTH: 31, Rhythm.QUARTER: 92}.get(Rhythm(rhythm), 0)
    if not 1 <= due_day <= most:
        faults.append(Violation("WORK-DUE-DAY", f"Ngày đến hạn phải từ 1 đến {most}.", field="due_day"))
    if not persons:
        faults.append(Violation("WORK-NOBODY", "Chưa chọn người thực hiện.", field="persons"))
    if quantity <= 0:
        faults.append(Violation("WORK-QUANTITY", "Số lượng phải lớn hơn 0.", field="quantity"))
    if until and until <= on:
        faults.append(Violation("WORK-UNTIL", "Ngày thôi lặp lại ở phía sau.", field="until"))
    if faults:
        raise Refused(faults)
    series = TaskSeries.objects.create(
        unit=unit,
        title=clean(title) or product.name,
        content=content.strip(),
        product=product,
        persons=[person.pk for person in persons],
        quantity=quantity,
        rhythm=rhythm,
        due_day=due_day,
        assigner_id=actor.person_id,
        assigned_by=actor.name[:200],
        in_force=(on, until),
        since=on,
    )
    give_turn(actor, series, at)
    return series


@action("work.series.close", permission=ASSIGN, log=("series",))
def end_series(actor: Actor, *, series: TaskSeries, on: dt.date, reason: str) -> TaskSeries:
    """Stops a repeating task: ``on`` is the first day without it. What was given stays."""
    require_over(actor, ASSIGN, series.unit_id, on)
    row = TaskSeries.objects.select_for_update().get(pk=series.pk)
    upper = row.in_force.upper
    if row.voided_on or (upper and upper <= on):
        raise Refused(Violation("WORK-SERIES-ENDED", "Nhiệm vụ này đã thôi lặp lại."))
    if upper is None and row.in_force.lower < on:
        row.in_force = (row.in_force.lower, on)
        row.save(update_fields=["in_force"])
    else:
        row.voided_on, row.voided_why = on, reason or "Thôi lặp lại"
        row.save(update_fields=["voided_on", "voided_why"])
    return row


def give_due_series(actor: Actor, at: dt.datetime) -> int:
    """Gives every repeating task whose turn has come and that was not given yet; for the nightly work.

    Returns:
        how many tasks were given. A series that cannot be given, because its product is gone or nobody of it is
        there any more, is left out and stays on the page of repeating tasks with its reason.
    """
    given = 0
    for series in TaskSeries.objects.at(at.date()).select_related("unit", "product").order_by("id"):
        given += give_turn(actor, series, at) is not None
    return given


def give_turn(actor: Actor, series: TaskSeries, at: dt.datetime) -> Task | None:
    """Gives the present turn of a repeating task; None when it was given, is over, or cannot be."""
    on = at.date()
    name, _, last = occurrence(series.rhythm, on)
    due = due_in(series.rhythm, on, series.due_day)
    if due < on <= last and series.in_force.lower == on:
        return None
    product = products_for(series.unit_id, on).filter(code=series.product.code).first()
    where = places(series.persons, EVERYWHERE, on)
    if product is None or not where:
        return None
    with transaction.atomic():
        TaskSeries.objects.select_for_update().get(pk=series.pk)
        if Task.objects.standing().filter(series=series, occurrence=name).exists():
            return None
        terms = Terms(
            series.title,
            max(due, on),
            product,
            quantity=series.quantity * len(where),
            content=series.content,
            source=Source.ROUTINE,
            series=series,
            occurrence=name,
        )
        task = task_row(actor, series.unit, terms, on)
        task.assigner_id, task.assigned_by = series.assigner_id, series.assigned_by
        task.save()
        shares = [share_row(task, person, unit, series.quantity, on) for person, unit in sorted(where.items())]
        write_shares(actor, number_parts(shares), Entry(Kind.ASSIGNED), at)
        record(actor, "work.series.give", row=task, data={"series": series.pk, "occurrence": name})
    return task


@action("work.task.again", permission=ASSIGN, log=("tasks",))
def give_again(actor: Actor, *, tasks: Sequence[Task], at: dt.datetime, months: int = 1) -> list[Task]:
    """Gives last month's tasks again, to the same people with the same quantities, a month later.

    Raises:
        Refused: with every fault of every task: a product that is no longer there, people who left.
    """
    on = at.date()
    rows = list(
        Task.objects.filter(pk__in=[task.pk for task in tasks]).select_related("unit", "product").order_by("pk")
    )
    shares = list(
        Share.objects.filter(task__in=rows, voided=False, origin=Origin.PLANNED).select_related("person").order_by("pk")
    )
    where = places({share.person_id for share in shares}, actor.reach(ASSIGN), on)
    products = _products_now(rows, on)
    new, given, faults = list[Task](), list[tuple[Task, Share]](), list[Violation]()
    for task in rows:
        require_over(actor, ASSIGN, task.unit_id, on)
        own = [share for share in shares if share.task_id == task.pk]
        product = products.get((task.unit_id, task.product.code)) if task.product else None
        due = max(add_months(task.due_on, months), on)
        terms = Terms(
            task.title,
            due,
            product,
            quantity=task.quantity,
            content=task.content,
            responsibility=task.responsibility,
            authority=task.authority,
            output=task.output,
            source=task.source,
            source_text=task.source_text,
        )
        found = people_faults(actor, {share.person_id: share.person for share in own}.values(), where)
        if product is None:
            message = f"Sản phẩm của “{task.title}” không còn trong danh mục ngày {format_date(on)}."
            found.append(Violation("WORK-PRODUCT-ELSEWHERE", message, fix="Giao lại với sản phẩm khác."))
        if not own:
            found.append(Violation("WORK-NOBODY", f"“{task.title}” không giao cho ai từ đầu."))
        faults += found
        if not found:
            copy = task_row(actor, task.unit, terms, on)
            new.append(copy)
            given += [(copy, share) for share in own]
    if faults:
        raise Refused(faults)
    Task.objects.bulk_create(new)
    again = [
        share_row(
            task,
            share.person_id,
            where[share.person_id],
            share.assigned,
            on,
            max(add_months(share.due_first, months), on),
        )
        for task, share in given
    ]
    write_shares(actor, number_parts(again), Entry(Kind.ASSIGNED), at)
    return new


def _products_now(tasks: Sequence[Task], on: dt.date) -> Mapping[tuple[int, str], Product]:
    """The products of today by unit and code; one query for each unit that gave the tasks."""
    codes: dict[int, set[str]] = {}
    for task in tasks:
        if task.product:
            codes.setdefault(task.unit_id, set()).add(task.product.code)
    return {
        (unit_id, product.code): product
        for unit_id, wanted in codes.items()
        for product in products_for(unit_id, on).filter(code__in=wanted)
    }


def move_open_shares(actor: Actor, *, moves: Mapping[int, int], at: dt.datetime, text: str) -> int:
    """Open work of units that ended goes on where their people are now; a part of restructuring.

    Args:
        moves: old unit to new unit.

    Returns:
        how many shares moved.
    """
    rows = list(
        Share.objects.select_for_update(of=("self",))
        .filter(unit_id__in=moves, closed=False)
        .select_related("task", "person")
        .order_by("pk")
    )
    for share in rows:
        share.unit_id = moves[share.unit_id]
    Share.objects.bulk_update(rows, ["unit"], batch_size=500)
    append(actor, rows, lambda row: [Entry(Kind.MOVED, text)], lambda row: (), at)
    record(actor, "work.share.move", data={"shares": len(rows), "units": len(moves)}, reason=text)
    return len(rows)
