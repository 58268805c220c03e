"""Work that goes on: what is left at the end of a period, what comes again, last month's work given anew, new units."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from canbo.facts.organisation.queries import require_over
from canbo.foundation.audit.actions import action
from canbo.foundation.kernel.actor import EVERYWHERE, Actor
from canbo.foundation.kernel.dates import add_months, format_date
from canbo.foundation.kernel.violation import Refused, Violation

from ..choices import ASSIGN, LIVE, Kind, Origin
from ..models import Product, Share, Task
from ..queries import places, products_for, require_superior
from .accepting import not_on_oneself
from .assigning import Terms, number_parts, people_faults, share_row, task_row, write_shares
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
