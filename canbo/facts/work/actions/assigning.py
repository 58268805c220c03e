"""Giving work: one task to one or several people, the same task to many, parts over weeks, sub-tasks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal

from canbo.facts.decisions.models import Decision
from canbo.facts.organisation.models import Unit
from canbo.facts.organisation.queries import require_over
from canbo.facts.people.models import Person
from canbo.foundation.audit.actions import action
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.dates import DAY, format_date
from canbo.foundation.kernel.text import clean, fold
from canbo.foundation.kernel.violation import Refused, Violation

from ..choices import ASSIGN, Kind, Origin, Source
from ..models import Product, ProductProposal, Share, ShareEvent, Task, TaskSeries
from ..queries import places, products_for, settings_for
from ..rules import counting_day, share_faults
from .events import BATCH, Entry, event_row, refuse_closed, speaker

CATALOGUE_ARTICLE = "NĐ 335/2025/NĐ-CP, Điều 13 khoản 3"


@dataclass(frozen=True)
class Terms:
    """What is given (6 rõ): the work, its product and quantity, the deadline, whose responsibility, what authority.

    Args:
        product: from the catalogue; without it the ``proposal`` to add it, and nothing counts until it is approved.
        quantity: the whole of the product; for the same task to many people, that of each.
    """

    title: str
    due_on: dt.date
    product: Product | None = None
    proposal: ProductProposal | None = None
    quantity: Decimal = Decimal(1)
    content: str = ""
    responsibility: str = ""
    authority: str = ""
    output: str = ""
    source: str = Source.ROUTINE
    source_text: str = ""
    due_precision: str = DAY
    parent: Task | None = None
    decision: Decision | None = None
    series: TaskSeries | None = None
    occurrence: str = ""


@dataclass(frozen=True)
class Part:
    """What one person gets of a task; without a deadline of its own, that of the task."""

    person: Person
    quantity: Decimal
    due_on: dt.date | None = None


@action("work.task.assign", permission=ASSIGN, log=("unit", "decision"))
def assign(actor: Actor, *, unit: Unit, terms: Terms, parts: Sequence[Part], at: dt.datetime) -> Task:
    """Gives one task: to one person, or its parts to several people or over several weeks.

    Raises:
        OutOfScope, NotPermitted: the unit is not one where the actor gives work.
        Refused: with every fault: who may not be given work, the product, the deadline, parts above the whole.
    """
    faults = share_faults(terms.quantity, [part.quantity for part in parts])
    return _give(actor, unit, terms, [list(parts)], at, faults)[0]


@action("work.task.assign_each", permission=ASSIGN, log=("unit",))
def assign_each(actor: Actor, *, unit: Unit, terms: Terms, persons: Sequence[Person], at: dt.datetime) -> list[Task]:
    """Gives the same task to many people, to each the whole quantity and a task of her own.

    Raises: as in ``assign``.
    """
    faults = share_faults(terms.quantity, [terms.quantity]) if persons else share_faults(terms.quantity, [])
    return _give(actor, unit, terms, [[Part(person, terms.quantity)] for person in persons], at, faults)


def _give(
    actor: Actor, unit: Unit, terms: Terms, groups: list[list[Part]], at: dt.datetime, faults: list[Violation]
) -> list[Task]:
    on = at.date()
    require_over(actor, ASSIGN, unit, on)
    persons = {part.person.pk: part.person for group in groups for part in group}
    where = places(persons, actor.reach(ASSIGN), on)
    faults += terms_faults(unit, terms, on, [part.due_on for group in groups for part in group])
    faults += people_faults(actor, persons.values(), where)
    faults += parent_faults(terms)
    if faults:
        raise Refused(faults)
    tasks = Task.objects.bulk_create([task_row(actor, unit, terms, on) for _ in groups], batch_size=BATCH)
    given = [(task, part) for task, group in zip(tasks, groups, strict=True) for part in group]
    shares = number_parts(
        [share_row(task, part.person.pk, where[part.person.pk], part.quantity, on, part.due_on) for task, part in given]
    )
    write_shares(actor, shares, Entry(Kind.ASSIGNED), at)
    return tasks


def task_row(actor: Actor, unit: Unit, terms: Terms, on: dt.date) -> Task:
    """A task not yet written."""
    product = terms.product
    title = clean(terms.title) or (product.name if product else "")
    output = clean(terms.output) or (product.output if product else "")
    return Task(
        on=on,
        opened_by=terms.decision,
        unit=unit,
        parent=terms.parent,
        series=terms.series,
        occurrence=terms.occurrence,
        title=title,
        content=terms.content.strip(),
        responsibility=clean(terms.responsibility),
        authority=clean(terms.authority),
        output=output,
        product=product,
        proposal=terms.proposal,
        coefficient=product.coefficient if product else None,
        quantity=terms.quantity,
        due_on=terms.due_on,
        due_precision=terms.due_precision,
        source=terms.source,
        source_text=clean(terms.source_text),
        assigner_id=actor.person_id,
        assigned_by=speaker(actor),
        search_text=fold(f"{title} {output} {clean(terms.source_text)}")[:600],
    )


def share_row(
    task: Task,
    person_id: int,
    unit_id: int,
    quantity: Decimal,
    on: dt.date,
    due_on: dt.date | None = None,
    *,
    origin: str = Origin.PLANNED,
    came_from: Share | None = None,
) -> Share:
    """A share not yet written; its other columns follow from its first event."""
    due = due_on or task.due_on
    return Share(
        task=task,
        person_id=person_id,
        unit_id=unit_id,
        origin=origin,
        came_from=came_from,
        assigned_on=on,
        due_first=due,
        due_on=due,
        counts_on=due,
        coef=task.coefficient,
        assigned=quantity,
        ad_hoc=origin == Origin.AD_HOC,
        taken_over=origin == Origin.TAKEN_OVER,
    )


def number_parts(shares: list[Share]) -> list[Share]:
    """Numbers the parts that one person has of one task."""
    counts: dict[tuple[int, int], int] = {}
    for share in shares:
        key = (share.task_id, share.person_id)
        share.part = counts[key] = counts.get(key, 0) + 1
    return shares


def write_shares(actor: Actor, shares: list[Share], entry: Entry, at: dt.datetime) -> list[Share]:
    """Writes new shares with their first event, without reading anything back: three statements for any number."""
    settings = settings_for({share.unit_id for share in shares}, at.date())
    for share in shares:
        share.counts_on = counting_day(share.due_on, settings[share.unit_id].year_end)
    refuse_closed((share.person_id, share.counts_on) for share in shares)
    Share.objects.bulk_create(shares, batch_size=BATCH)
    events = [event_row(actor, share, _dated(entry, share), at) for share in shares]
    ShareEvent.objects.bulk_create(events, batch_size=BATCH)
    return shares


def _dated(entry: Entry, share: Share) -> Entry:
    return Entry(entry.kind, entry.text, share.assigned, share.due_first)


def terms_faults(
    unit: Unit, terms: Terms, on: dt.date, dues: Collection[dt.date | None] = (), *, past: bool = False
) -> list[Violation]:
    """Why a task may not be given like this; ``past``: its deadline may lie behind, as for work done on the spot."""
    faults = []
    if not clean(terms.title) and terms.product is None:
        faults.append(Violation("WORK-TITLE", "Thiếu tên nhiệm vụ.", field="title", fix="Ghi tên hoặc chọn sản phẩm."))
    if terms.product is None and terms.proposal is None:
        fix = "Chọn trong danh mục, hoặc gửi đề nghị bổ sung danh mục."
        faults.append(Violation("WORK-PRODUCT", "Chưa chọn sản phẩm.", "product", CATALOGUE_ARTICLE, fix))
    if terms.product and not products_for(unit, on).filter(pk=terms.product.pk).exists():
        message = f"“{terms.product}” không có trong danh mục của {unit} ngày {format_date(on)}."
        faults.append(Violation("WORK-PRODUCT-ELSEWHERE", message, "product", CATALOGUE_ARTICLE, "Chọn lại sản phẩm."))
    for due in {terms.due_on, *(due for due in dues if due)}:
        if due < on and not past:
            message = f"Thời hạn {format_date(due)} trước ngày giao {format_date(on)}."
            faults.append(Violation("WORK-DUE-PAST", message, "due_on", fix="Ghi thời hạn từ hôm nay trở đi."))
    return faults


def people_faults(actor: Actor, persons: Collection[Person], where: dict[int, int]) -> list[Violation]:
    """Who may not be given work by this actor, each with the reason."""
    faults = []
    for person in persons:
        if actor.person_id is not None and person.pk == actor.person_id:
            fix = "Dùng “Việc phát sinh” để ghi việc của mình; cấp trên xác nhận."
            faults.append(
                Violation(
                    "WORK-SELF", "Không tự giao việc cho chính mình.", "persons", "NĐ 335/2025/NĐ-CP, Điều 10", fix
                )
            )
        elif person.pk not in where:
            message = f"{person} không giữ chức vụ nào trong phạm vi bạn giao việc."
            faults.append(Violation("WORK-ELSEWHERE", message, "persons", fix="Chọn người của đơn vị mình."))
    return faults


def parent_faults(terms: Terms) -> list[Violation]:
    """Sub-tasks of the same product never add up, with what people have of their parent itself, to more than it; they
    end with it at the latest.
    """
    parent = terms.parent
    if parent is None:
        return []
    faults = []
    if parent.voided_on:
        faults.append(Violation("WORK-PARENT", "Nhiệm vụ cha đã rút.", field="parent"))
    if terms.due_on > parent.due_on:
        message = f"Hạn của nhiệm vụ con sau hạn {format_date(parent.due_on)} của nhiệm vụ cha."
        faults.append(Violation("WORK-PARENT-DUE", message, "due_on", fix="Chọn hạn sớm hơn."))
    if terms.product and terms.product.pk == parent.product_id:
        others = Task.objects.standing().filter(parent=parent, product_id=parent.product_id)
        kept = Share.objects.filter(task=parent, voided=False).order_by("id").values_list("assigned", flat=True)
        parts = [*kept, *others.order_by("id").values_list("quantity", flat=True), terms.quantity]
        faults += share_faults(parent.quantity, parts)
    return faults
