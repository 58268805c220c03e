"""What the superior does with results: confirms ad hoc work, accepts, returns, concludes a failure, corrects."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Sequence
from decimal import Decimal

from canbo.foundation.audit.actions import action
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.violation import Refused, Violation

from ..choices import ASSIGN, LIVE, Kind, State
from ..models import Share
from ..queries import lent_by, require_superior
from .events import Entry, append, held
from .reporting import quantity_faults, state_faults

SELF_ARTICLE = "NĐ 335/2025/NĐ-CP, Điều 10"


@action("work.share.accept", permission=ASSIGN, log=("shares", "quantity", "exceeded"))
def accept(
    actor: Actor,
    *,
    shares: Sequence[Share],
    at: dt.datetime,
    quantity: Decimal | None = None,
    done_on: dt.date | None = None,
    exceeded: bool = False,
    text: str = "",
) -> list[Share]:
    """Accepts results, of one share or of many at once; ad hoc work that was not confirmed yet is confirmed with it.

    Args:
        quantity: how much is accepted of one share; without it what was reported, or the whole.
        done_on: the day it was really handed in, where that was never recorded.
        exceeded: beyond what was asked; needs a reason in ``text``.

    Raises:
        OutOfScope, NotPermitted: not work of the actor's units.
        Refused: her own work, not handed in or closed, the period closed; with every fault.
    """
    rows = _superior(actor, shares)

    def entries(share: Share) -> list[Entry]:
        amount = quantity if quantity is not None else share.reported or share.assigned
        last = Entry(Kind.ACCEPTED, text, amount, since=done_on, exceeded=exceeded)
        return [Entry(Kind.CONFIRMED), last] if share.state == State.ASKED else [last]

    def faults(share: Share) -> Iterable[Violation]:
        yield from state_faults(share, (State.ASKED, *LIVE))
        if quantity is not None:
            yield from quantity_faults(quantity)
        if exceeded and not text.strip():
            yield Violation(
                "WORK-EXCEEDED-WHY", "Ghi vì sao là vượt mức.", field="text", fix="Nêu vượt gì, bằng chứng."
            )
        if share.state == State.OPEN and not share.reported and done_on is None and quantity is None:
            fix = "Chờ người làm trình, hoặc ghi số lượng và ngày hoàn thành thực tế."
            yield Violation("WORK-NOT-SUBMITTED", "Chưa trình kết quả.", fix=fix)
        if done_on and done_on > at.date():
            yield Violation("WORK-DONE-AHEAD", "Ngày hoàn thành ở phía trước.", field="done_on")

    return append(actor, rows, entries, faults, at)


@action("work.share.return", permission=ASSIGN, log=("shares", "due_on"))
def give_back(
    actor: Actor, *, shares: Sequence[Share], reason: str, at: dt.datetime, due_on: dt.date | None = None
) -> list[Share]:
    """Returns results that are not good enough (trả lại): an event that counts against quality, each time anew.

    Args:
        reason: what has to be mended; the person reads it.
        due_on: by when; without it the old deadline goes on, less the days the result lay here.

    Raises:
        OutOfScope, NotPermitted, Refused: as in ``accept``.
    """
    rows = _superior(actor, shares)

    def faults(share: Share) -> Iterable[Violation]:
        yield from _reasoned(reason, "Ghi chỗ chưa đạt để người làm biết mà sửa.")
        yield from state_faults(share, (State.SUBMITTED,))
        if due_on and due_on < at.date():
            yield Violation("WORK-DUE-PAST", "Hạn làm lại ở phía sau.", field="due_on")

    return append(actor, rows, lambda row: [Entry(Kind.RETURNED, reason, due_on=due_on)], faults, at)


@action("work.share.confirm", permission=ASSIGN, log=("shares",))
def confirm(actor: Actor, *, shares: Sequence[Share], at: dt.datetime, text: str = "") -> list[Share]:
    """Confirms ad hoc work that people registered themselves."""
    rows = _superior(actor, shares)
    return append(
        actor, rows, lambda row: [Entry(Kind.CONFIRMED, text)], lambda row: state_faults(row, (State.ASKED,)), at
    )


@action("work.share.refuse", permission=ASSIGN, log=("shares",))
def refuse(actor: Actor, *, shares: Sequence[Share], reason: str, at: dt.datetime) -> list[Share]:
    """Does not confirm ad hoc work; it counts nowhere, and the person reads why."""
    rows = _superior(actor, shares)

    def faults(share: Share) -> list[Violation]:
        return [*_reasoned(reason), *state_faults(share, (State.ASKED,))]

    return append(actor, rows, lambda row: [Entry(Kind.REFUSED, reason)], faults, at)


@action("work.share.fail", permission=ASSIGN, log=("shares", "quantity"))
def fail(
    actor: Actor, *, shares: Sequence[Share], reason: str, at: dt.datetime, quantity: Decimal | None = None
) -> list[Share]:
    """Concludes that the work was not done; what was done of it may still be accepted.

    Args:
        quantity: the part that is accepted all the same, less than the whole.
    """
    rows = _superior(actor, shares)

    def faults(share: Share) -> Iterable[Violation]:
        yield from _reasoned(reason)
        yield from state_faults(share, LIVE)
        if quantity is not None and not 0 <= quantity < share.assigned:
            yield Violation("WORK-QUANTITY", "Phần làm được phải nhỏ hơn phần được giao.", field="quantity")

    return append(actor, rows, lambda row: [Entry(Kind.FAILED, reason, quantity)], faults, at)


@action("work.share.correct", permission=ASSIGN, log=("share", "quantity", "done_on"))
def correct(
    actor: Actor,
    *,
    share: Share,
    quantity: Decimal,
    reason: str,
    at: dt.datetime,
    exceeded: bool = False,
    done_on: dt.date | None = None,
) -> Share:
    """Puts right an accepted result by a new event; what was accepted before stays readable.

    Args:
        done_on: the day it was really handed in, where that was recorded wrongly.
    """
    rows = _superior(actor, [share])

    def faults(row: Share) -> Iterable[Violation]:
        yield from _reasoned(reason)
        yield from quantity_faults(quantity)
        yield from state_faults(row, (State.ACCEPTED,))
        if done_on and done_on > at.date():
            yield Violation("WORK-DONE-AHEAD", "Ngày hoàn thành ở phía trước.", field="done_on")

    entry = Entry(Kind.CORRECTED, reason, quantity, since=done_on, exceeded=exceeded)
    return append(actor, rows, lambda row: [entry], faults, at)[0]


@action("work.share.withdraw", permission=ASSIGN, log=("shares",))
def withdraw(actor: Actor, *, shares: Sequence[Share], reason: str, at: dt.datetime) -> list[Share]:
    """Takes work back that is no longer wanted: it counts neither for nor against anybody.

    The task itself is voided when nobody has a share of it any more.
    """
    rows = _superior(actor, shares)

    def faults(share: Share) -> list[Violation]:
        return [*_reasoned(reason), *state_faults(share, (State.ASKED, *LIVE))]

    done = append(actor, rows, lambda row: [Entry(Kind.WITHDRAWN, reason)], faults, at)
    tasks = {share.task_id: share.task for share in done}
    left = set(Share.objects.filter(task__in=tasks, voided=False).values_list("task_id", flat=True))
    for pk, task in tasks.items():
        if pk not in left and task.voided_on is None:
            task.voided_on, task.voided_why = at.date(), reason
            task.save(update_fields=["voided_on", "voided_why"])
    return done


def _superior(actor: Actor, shares: Sequence[Share], state: Callable[[Share], bool] | None = None) -> list[Share]:
    """The shares, held; refuses whoever is not their superior, and everybody about her own work."""
    rows = held(shares)
    require_superior(actor, rows)
    not_on_oneself(actor, rows)
    return rows


def not_on_oneself(actor: Actor, shares: Collection[Share]) -> None:
    """Nobody judges her own work, nor somebody else for her with the rights she lent.

    Raises:
        Refused: the work is the actor's own, or that of the person for whom alone she may act here.
    """
    lent = lent_by(actor, {share.unit_id for share in shares})
    faults = []
    for share in shares:
        if actor.person_id is not None and share.person_id == actor.person_id:
            message = f"“{share.task.title}” là việc của chính bạn."
            faults.append(Violation("WORK-OWN", message, None, SELF_ARTICLE, "Cấp trên trực tiếp nghiệm thu."))
        elif share.person_id in lent.get(share.unit_id, ()):
            message = f"“{share.task.title}” là việc của người đã ủy quyền cho bạn."
            faults.append(Violation("WORK-OWN-LENT", message, None, SELF_ARTICLE, "Cấp trên của người ấy nghiệm thu."))
    if faults:
        raise Refused(faults)


def _reasoned(reason: str, fix: str = "") -> list[Violation]:
    return [] if reason.strip() else [Violation("WORK-REASON", "Ghi lý do.", field="reason", fix=fix or None)]
