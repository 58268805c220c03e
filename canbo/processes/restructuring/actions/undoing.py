"""Annulling a restructuring that was carried out: everything as it was before, in one transaction."""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, connection, transaction

from canbo.facts.decisions import actions as ledger
from canbo.facts.decisions.models import Batch
from canbo.facts.organisation.actions import rebuild_paths, refresh_unit_names
from canbo.facts.staffing.actions import refresh_places
from canbo.foundation.audit.actions import action
from canbo.foundation.jobs.actions import submit
from canbo.foundation.jobs.models import Job
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.clock import now
from canbo.foundation.kernel.violation import Refused, Violation

from ..choices import APPLY
from ..models import Restructuring, Rewritten
from ..queries import require_case
from .applying import PEOPLE, Progress
from .steps import held


def start_annul(actor: Actor, *, case: Restructuring, reason: str) -> Job:
    """Gives the annulling of a case to the background.

    Raises:
        Refused: not carried out, no reason, or later facts rest on it.
    """
    require_case(actor, APPLY, case)
    with transaction.atomic():
        row = held(case)
        faults = _faults(row, reason) or obstacles(row)
        if faults:
            raise Refused(faults)
        job = submit(actor, kind="restructuring.annul", title=f"Hủy sắp xếp: {row.title}", case=row.pk, reason=reason)
        row.job_id, row.message = job.pk, ""
        row.save(update_fields=["job_id", "message"])
    return job


@action("restructuring.annul", permission=APPLY, log=("case", "on"))
def annul(
    actor: Actor, *, case: Restructuring, on: dt.date, reason: str, progress: Progress | None = None
) -> Restructuring:
    """Takes a restructuring back: what it opened is voided, what it closed is open again.

    People placed from its work list since then go back as well. Rows that were only pointed to another unit, as open
    work is, are pointed back to where they were; what was done in them meanwhile stays. The decision itself stays in
    the ledger: where it falls too, it is annulled there.

    Args:
        on: the day of annulling.
        reason: why; an empty one is refused.

    Raises:
        Refused: not carried out, annulled already, no reason, or later facts rest on it; they are named.
    """
    require_case(actor, APPLY, case)
    tell = progress or (lambda _what, _share: None)
    ledger.one_at_a_time()
    row = held(case)
    tell("Xem có gì dựa vào đợt sắp xếp này", 0.05)
    faults = _faults(row, reason) or obstacles(row)
    if faults:
        raise Refused(faults)
    batch = Batch.objects.select_for_update().get(pk=row.batch_id or 0)
    people, units = ledger.touched(batch)
    why = f"Hủy sắp xếp {row.title}: {reason}"
    batch.undone_at, batch.undone_why = now(), reason
    batch.save(update_fields=["undone_at", "undone_why"])
    facts, pointers = _rewritten(row)
    try:
        with transaction.atomic():
            ledger.take_back(batch, on, why, lambda what, share: tell(what, 0.1 + 0.65 * share), facts)
            _point_back(row, pointers)
    except IntegrityError as error:
        raise Refused(_overlap(error)) from None
    ledger.annul_decisions(batch, on, why)
    tell("Dựng lại cây tổ chức, nơi công tác, sinh hoạt", 0.85)
    refresh_unit_names(units)
    rebuild_paths()
    if people:
        with ledger.rebuilt_for(PEOPLE, len(people)):
            refresh_places(on, people)
    row.annulled_at, row.annulled_why, row.job_id = now(), reason, None
    row.save(update_fields=["annulled_at", "annulled_why", "job_id"])
    return row


def obstacles(case: Restructuring) -> list[Violation]:
    """Later facts that rest on what a case wrote, with the names of those concerned."""
    found = []
    for later in ledger.leaning_facts(Batch.objects.get(pk=case.batch_id or 0)):
        names = f": {', '.join(later.names)}" if later.names else ""
        more = " …" if later.count > len(later.names) > 0 else ""
        what = (
            "do đợt này ghi đã được kết thúc hoặc đổi sau đó" if later.ended else "ghi sau đó cho đơn vị do đợt này lập"
        )
        sources = ", ".join(later.sources)
        found.append(
            Violation(
                "RESTRUCTURE-LATER",
                f"{later.count} dòng {later.label} {what}{names}{more}.",
                fix=f"Hủy trước: {sources}." if sources else "Hủy hiệu lực các dòng đó trước.",
            )
        )
    return found


def _faults(case: Restructuring, reason: str) -> list[Violation]:
    faults = []
    if case.applied_at is None:
        faults.append(Violation("RESTRUCTURE-NOT-APPLIED", "Đợt sắp xếp chưa được thực hiện, không có gì để hủy."))
    if case.annulled_at is not None:
        faults.append(Violation("RESTRUCTURE-ANNULLED", "Đợt sắp xếp đã bị hủy."))
    if not reason.strip():
        faults.append(
            Violation("RESTRUCTURE-REASON", "Chưa ghi lý do hủy.", field="reason", fix="Ghi vì sao phải hủy.")
        )
    return faults


def _rewritten(case: Restructuring) -> tuple[dict[str, list[int]], set[str]]:
    """Facts that were set aside, by table, and the columns in which rows were re-pointed."""
    facts: dict[str, list[int]] = {}
    pointers: set[str] = set()
    for table, row, value in Rewritten.objects.filter(case=case).values_list("table", "row", "value"):
        if value is None:
            facts.setdefault(table, []).append(row)
        else:
            pointers.add(table)
    return facts, pointers


def _point_back(case: Restructuring, pointers: set[str]) -> None:
    with connection.cursor() as cursor:
        for label in sorted(pointers):
            table, column = label.split(".")
            cursor.execute(
                f"UPDATE {table} t SET {column} = r.value FROM restructuring_rewritten r "  # noqa: S608
                'WHERE r.case_id = %s AND r."table" = %s AND r.row = t.id',
                [case.pk, label],
            )


def _overlap(error: IntegrityError) -> Violation:
    detail = str(getattr(getattr(error.__cause__, "diag", None), "message_detail", "") or "")
    return Violation(
        "RESTRUCTURE-LATER",
        f"Có dữ kiện ghi sau trùng thời gian với dòng phải mở lại. {detail}".strip(),
        fix="Hủy quyết định hoặc hoàn tác đợt nạp ghi sau trước.",
    )
