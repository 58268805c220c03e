"""Taking a load back as one act."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.db import IntegrityError, transaction

from canbo.facts.decisions import actions as ledger
from canbo.facts.decisions.models import Batch
from canbo.facts.organisation.actions import rebuild_paths, refresh_unit_names
from canbo.facts.people.actions import refresh_names
from canbo.facts.staffing.actions import refresh_places
from canbo.foundation.audit.actions import action
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.clock import now
from canbo.foundation.kernel.violation import Refused, Violation
from canbo.processes.restructuring.models import Restructuring

from .. import queries
from ..choices import LOAD
from ..models import BatchVoid

Progress = Callable[[str, float], None]


@action("exchange.batch.undo", permission=LOAD, log=("on",))
def undo_batch(actor: Actor, *, batch: Batch, on: dt.date, reason: str, progress: Progress | None = None) -> Batch:
    """Takes a load back: voids what it opened, opens again what it closed, annuls the decisions it brought.

    Rows that the load set aside in favour of others are recorded again. People and units it brought stay as bare
    names, so that the same file can be loaded once more. Cells it completed where nothing stood stay completed.

    Args:
        batch: one of the actor's, or any for who loads everywhere.
        on: the day of undoing.
        reason: why; an empty one is refused.
        progress: told what is at work and the share done.

    Raises:
        Refused: undone already, no reason, or later facts lean on it; what stands in the way is named.
        OutOfScope: for this actor the batch does not exist.
    """
    tell = progress or (lambda _what, _share: None)
    queries.batch_by_id(actor, batch.pk)
    ledger.one_at_a_time()
    row = Batch.objects.select_for_update().get(pk=batch.pk)
    tell("Xem có gì dựa vào đợt nạp này", 0.05)
    faults = _faults(row, reason) or _obstacles(row)
    if faults:
        raise Refused(faults)
    people, units = ledger.touched(row)
    row.undone_at, row.undone_why = now(), reason
    row.save(update_fields=["undone_at", "undone_why"])
    why = f"Hoàn tác đợt nạp {row.source}: {reason}"
    try:
        with transaction.atomic():
            _take_back(row, on, why, tell)
    except IntegrityError as error:
        raise Refused(_overlap(row, error)) from None
    tell("Hủy các quyết định của tệp", 0.8)
    ledger.annul_decisions(row, on, why)
    tell("Dựng lại cây tổ chức, nơi công tác, sinh hoạt", 0.85)
    if units:
        refresh_unit_names(units)
        rebuild_paths()
    if people:
        refresh_names(people)
        refresh_places(on, people, forget=True)
    return row


def _faults(batch: Batch, reason: str) -> list[Violation]:
    if batch.undone_at is not None:
        return [Violation("UNDO-TWICE", f"Đợt nạp {batch} đã được hoàn tác.")]
    if case := Restructuring.objects.filter(batch=batch).first():
        return [Violation("UNDO-RESTRUCTURING", f"Đợt ghi này thuộc đợt sắp xếp tổ chức “{case}”.",
                          fix="Hủy ở trang Sắp xếp tổ chức.")]  # fmt: skip
    if not reason.strip():
        return [Violation("UNDO-REASON", "Chưa ghi lý do hoàn tác.", "reason", fix="Ghi vì sao phải hoàn tác.")]
    return []


def _obstacles(batch: Batch) -> list[Violation]:
    """What was written later and leans on the batch."""
    return [
        _in_the_way(
            later.label,
            later.count,
            "của đợt này đã được kết thúc sau đó" if later.ended else "ghi sau đó cho hồ sơ hoặc đơn vị của đợt này",
            ", ".join(later.sources[:1]),
        )
        for later in ledger.leaning_facts(batch)
    ]


def _in_the_way(label: str, count: int, what: str, example: str) -> Violation:
    source = f" (ví dụ: {example})" if example else ""
    return Violation(
        "UNDO-LATER", f"{count} dòng {label} {what}{source}.",
        fix="Hủy quyết định hoặc hoàn tác đợt nạp ghi sau trước, rồi hoàn tác đợt này.",
    )  # fmt: skip


def _take_back(batch: Batch, on: dt.date, why: str, tell: Progress) -> None:
    replaced: dict[str, list[int]] = {}
    for table, line in BatchVoid.objects.filter(batch=batch).values_list("table", "row"):
        replaced.setdefault(table, []).append(line)
    ledger.take_back(batch, on, why, lambda what, share: tell(what, 0.1 + 0.7 * share), replaced)


def _overlap(batch: Batch, error: IntegrityError) -> Violation:
    cause = error.__cause__
    name = str(getattr(getattr(cause, "diag", None), "table_name", "") or "")
    label = next((str(m._meta.verbose_name) for m in queries.fact_models() if m._meta.db_table == name), "dữ kiện")
    return Violation(
        "UNDO-OVERLAP", f"Có {label} ghi sau đợt nạp {batch} trùng thời gian với dòng phải mở lại.",
        fix="Hủy quyết định hoặc hoàn tác đợt nạp ghi sau trước, rồi hoàn tác đợt này.",
    )  # fmt: skip
