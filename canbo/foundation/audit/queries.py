"""Reading the log back: whether its chains are whole, and what happened to a row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet

from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.violation import NotPermitted

from .choices import GENESIS, READ
from .models import AuditEntry, AuditHead
from .rules import SEALED, seal


@dataclass(frozen=True)
class Break:
    """A place where a chain is not whole."""

    chain: str
    seq: int
    message: str


def breaks() -> Iterator[Break]:
    """Every altered, missing or reordered line of every chain, and every chain cut at its end."""
    for head in AuditHead.objects.order_by("chain"):
        expected, prev = 1, GENESIS
        lines = AuditEntry.objects.filter(chain=head.chain).order_by("seq")
        for line in lines.values(*SEALED, "prev_hash", "hash").iterator(chunk_size=5000):
            seq = line["seq"]
            if seq != expected:
                yield Break(head.chain, expected, f"thiếu dòng {expected} đến {seq - 1}")
            elif line["prev_hash"] != prev:
                yield Break(head.chain, seq, f"dòng {seq} không nối với dòng trước")
            if seal(line["prev_hash"], line) != line["hash"]:
                yield Break(head.chain, seq, f"dòng {seq} đã bị sửa")
            expected, prev = seq + 1, line["hash"]
        if expected - 1 != head.seq:
            yield Break(head.chain, expected, f"chuỗi dừng ở dòng {expected - 1}, đầu chuỗi ghi {head.seq}")
        elif prev != head.hash:
            yield Break(head.chain, head.seq, "đầu chuỗi không khớp dòng cuối")
    for chain in (
        AuditEntry.objects.exclude(chain__in=AuditHead.objects.values("chain"))
        .values_list("chain", flat=True)
        .distinct()
        .order_by("chain")
    ):
        yield Break(chain, 0, "chuỗi không có đầu chuỗi")


def entries(actor: Actor) -> QuerySet[AuditEntry]:
    """The log, newest first.

    Lines name people and units of every scope, so the permission must be held everywhere.

    Raises:
        NotPermitted: it is held nowhere, or over some units only.
    """
    if not actor.require(READ).everywhere:
        raise NotPermitted("Nhật ký chỉ mở cho người được giao xem toàn hệ thống.")
    return AuditEntry.objects.order_by("-at", "-seq")


def heads() -> list[dict[str, object]]:
    """Where each chain stands, to be kept outside the machine as evidence."""
    return [{"chain": h.chain, "seq": h.seq, "hash": h.hash} for h in AuditHead.objects.order_by("chain")]
