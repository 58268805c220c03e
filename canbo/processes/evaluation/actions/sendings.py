"""Making files for the national database, saying that they were sent, dropping them; noting that lists were taken out."""

from __future__ import annotations

import datetime as dt
import hashlib

from django.db import connection
from django.db.models import QuerySet

from canbo.facts.organisation.models import Unit
from canbo.facts.organisation.queries import acting_day, require_over
from canbo.foundation.audit.actions import action
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.dates import format_date
from canbo.foundation.kernel.violation import Refused, Violation

from ..choices import MANAGE, READ
from ..models import Cycle, Result, Sending, Sent
from ..queries.outputs import sendings as read
from ..rules.filing import filed

ARTICLE = "Nghị định 335/2025/NĐ-CP, Điều 26"


@action("evaluation.sending.make", permission=MANAGE, log=("cycle", "under"))
def make_sending(actor: Actor, *, cycle: Cycle, under: Unit, at: dt.datetime) -> Sending:
    """A file of the results of a cycle that no earlier file holds; after a correction only of the changed ones.

    Args:
        under: for this unit and what lies under it.
        at: the moment it is made.

    Raises:
        Refused: there is nothing new to send.
    """
    require_over(actor, MANAGE, under, acting_day())
    Cycle.objects.select_for_update().get(pk=cycle.pk)  # two files made at once would hold the same results
    sending = Sending.objects.create(
        cycle=cycle,
        unit=under,
        form=read.file_form(cycle.first),
        rows=0,
        digest="",
        made_at=at,
        made_by=actor.name,
    )
    sending.rows, sending.changed = _fill(sending, read.unsent(actor, cycle, under))
    if not sending.rows:
        raise Refused(
            Violation(
                "EVAL-SENDING-EMPTY",
                "Không có kết quả nào chưa lập tệp trong phạm vi này.",
                source=ARTICLE,
                fix="Đóng kỳ hoặc ra quyết định sửa kết quả trước; tệp sau chỉ có những dòng mới hoặc thay đổi.",
            )
        )
    sending.digest = hashlib.sha256(content(sending)).hexdigest()
    sending.save(update_fields=["rows", "changed", "digest"])
    return sending


def _fill(sending: Sending, rows: QuerySet[Result]) -> tuple[int, int]:
    """Puts results into a file in one statement; how many, and how many of them replace one sent before."""
    statement, values = read.chosen_rows(rows)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO evaluation_sent (sending_id, result_id, replaces_id) "  # noqa: S608 - the ORM wrote the rest
            f"SELECT %s, chosen.* FROM ({statement}) chosen",
            [sending.pk, *values],
        )
    lines = Sent.objects.filter(sending=sending)
    return lines.count(), lines.filter(replaces__isnull=False).count()


def content(sending: Sending) -> bytes:
    """The file as it was made; the same bytes every time."""
    fields = [(row.key, row.label) for row in read.columns(sending.cycle.first)]
    return filed(sending.form, fields, read.records(sending))


@action("evaluation.sending.sent", permission=MANAGE, log=("sending", "on", "to"))
def record_sent(actor: Actor, *, sending: Sending, on: dt.date, to: str, receipt: str = "") -> Sending:
    """Says that a file was sent on a day.

    Args:
        to: who received it.
        receipt: number of the paper or confirmation.

    Raises:
        Refused: it was sent or dropped before, or the day cannot be.
    """
    require_over(actor, MANAGE, sending.unit_id, acting_day())
    row = Sending.objects.select_for_update().get(pk=sending.pk)
    faults = _ended(row)
    if not to.strip():
        faults.append(Violation("EVAL-SENDING-TO", "Chưa ghi nơi nhận tệp.", field="to", fix="Ghi cơ quan nhận."))
    if on > acting_day() or on < row.made_at.date():
        faults.append(
            Violation(
                "EVAL-SENDING-DAY",
                f"Ngày gửi {format_date(on)} trước ngày lập tệp hoặc sau hôm nay.",
                field="on",
                fix=f"Ghi ngày từ {format_date(row.made_at.date())} đến hôm nay.",
            )
        )
    if faults:
        raise Refused(faults)
    row.sent_on, row.sent_to, row.receipt, row.sent_by = on, to.strip(), receipt.strip(), actor.name
    row.save(update_fields=["sent_on", "sent_to", "receipt", "sent_by"])
    return row


@action("evaluation.sending.drop", permission=MANAGE, log=("sending",))
def drop_sending(actor: Actor, *, sending: Sending, reason: str) -> Sending:
    """Drops a file that was not sent; its results go into the next one.

    Raises:
        Refused: it was sent or dropped before, or no reason is given.
    """
    require_over(actor, MANAGE, sending.unit_id, acting_day())
    row = Sending.objects.select_for_update().get(pk=sending.pk)
    faults = _ended(row)
    if not reason.strip():
        faults.append(Violation("EVAL-SENDING-WHY", "Chưa ghi lý do bỏ tệp.", field="reason", fix="Ghi lý do."))
    if faults:
        raise Refused(faults)
    row.dropped_on, row.dropped_why = acting_day(), reason.strip()
    row.save(update_fields=["dropped_on", "dropped_why"])
    return row


@action("evaluation.output.take", permission=READ, log=("what", "cycle", "unit", "rows"))
def take_out(actor: Actor, *, what: str, cycle: Cycle | None, unit: Unit | None = None, rows: int = 0) -> None:
    """Notes that a list or sheets of persons were taken out of the system."""


@action("evaluation.output.own", permission=None, log=("what", "sheet"))
def take_own(actor: Actor, *, what: str, sheet: object) -> None:
    """Notes that a person took out her own sheet, or somebody the sheet of one person."""


def _ended(row: Sending) -> list[Violation]:
    if row.sent_on is not None:
        return [
            Violation(
                "EVAL-SENDING-SENT",
                f"Tệp này đã ghi là gửi ngày {format_date(row.sent_on)} cho {row.sent_to}.",
                fix="Kết quả sửa sau đó đi vào tệp mới.",
            )
        ]
    if row.dropped_on is not None:
        return [Violation("EVAL-SENDING-DROPPED", f"Tệp này đã bỏ ngày {format_date(row.dropped_on)}.")]
    return []
