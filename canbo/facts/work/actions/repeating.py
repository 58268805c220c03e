"""Work that comes again by itself, every week, month or quarter."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from django.db import transaction

from canbo.facts.decisions.actions import span
from canbo.facts.organisation.models import Unit
from canbo.facts.organisation.queries import require_over
from canbo.facts.people.models import Person
from canbo.foundation.audit.actions import action, record
from canbo.foundation.kernel.actor import EVERYWHERE, Actor
from canbo.foundation.kernel.text import clean
from canbo.foundation.kernel.violation import Refused, Violation

from ..choices import ASSIGN, Kind, Rhythm, Source
from ..models import Product, Task, TaskSeries
from ..queries import places, products_for
from ..rules import due_in, occurrence
from .assigning import Terms, number_parts, people_faults, share_row, task_row, terms_faults, write_shares
from .events import Entry


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
        in_force=span(on, until),
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
        row.in_force = span(row.in_force.lower, on)
        row.save(update_fields=["in_force"])
    else:
        row.voided_on, row.voided_why = on, reason or "Thôi lặp lại"
        row.save(update_fields=["voided_on", "voided_why"])
    return row


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
