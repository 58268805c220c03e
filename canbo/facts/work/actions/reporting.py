"""What a person does with her own work: registers it, reports, submits, asks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal

from canbo.facts.organisation.models import Unit
from canbo.foundation.audit.actions import action
from canbo.foundation.kernel.actor import EVERYWHERE, Actor
from canbo.foundation.kernel.violation import NotPermitted, Refused, Violation

from ..choices import LIVE, About, Kind, Origin, State
from ..models import Share
from ..queries import places, require_own
from .assigning import Terms, number_parts, share_row, task_row, terms_faults, write_shares
from .events import Entry, append, held

WORKING = (State.ASKED, *LIVE)


@action("work.share.register", permission=None)
def register(actor: Actor, *, terms: Terms, at: dt.datetime, done: bool = False, text: str = "") -> Share:
    """Notes one's own ad hoc work; it counts once the superior confirms it.

    Args:
        done: whether it is finished already, and submitted with the same act.

    Raises:
        NotPermitted: the account belongs to nobody of the records.
        Refused: with every fault.
    """
    if actor.person_id is None:
        raise NotPermitted("Tài khoản chưa gắn với hồ sơ.")
    on = at.date()
    where = places([actor.person_id], EVERYWHERE, on)
    if actor.person_id not in where:
        raise Refused(Violation("WORK-NO-POST", "Hồ sơ của bạn chưa có nơi công tác.", fix="Báo người quản lý hồ sơ."))
    unit = Unit.objects.get(pk=where[actor.person_id])
    faults = terms_faults(unit, terms, on, past=True)
    if terms.quantity <= 0:
        faults.append(Violation("WORK-QUANTITY", "Số lượng phải lớn hơn 0.", field="quantity"))
    if faults:
        raise Refused(faults)
    task = task_row(actor, unit, terms, on)
    task.save()
    shares = number_parts([share_row(task, actor.person_id, unit.pk, terms.quantity, on, origin=Origin.AD_HOC)])
    share = write_shares(actor, shares, Entry(Kind.REGISTERED, text), at)[0]
    rows = held([share])
    if done:
        append(actor, rows, lambda row: [Entry(Kind.SUBMITTED, text, row.assigned)], lambda row: (), at)
    else:
        append(actor, rows, lambda row: [], lambda row: (), at)
    return rows[0]


@action("work.share.report", permission=None, log=("share", "quantity"))
def report(actor: Actor, *, share: Share, quantity: Decimal, at: dt.datetime, text: str = "") -> Share:
    """Reports how much is done so far.

    Raises:
        OutOfScope, NotPermitted: not one's own work. Refused: nothing can be reported any more.
    """
    return _own(actor, share, Entry(Kind.REPORTED, text, quantity), at, quantity_faults(quantity))


@action("work.share.submit", permission=None, log=("share", "quantity"))
def submit(actor: Actor, *, share: Share, at: dt.datetime, quantity: Decimal | None = None, text: str = "") -> Share:
    """Hands in the result; the day of this act is what lateness is counted by.

    Args:
        quantity: how much was done; without it the whole share.

    Raises:
        OutOfScope, NotPermitted: not one's own work. Refused: handed in already, or closed.
    """
    amount = share.assigned if quantity is None else quantity
    faults = quantity_faults(amount)
    if share.state == State.SUBMITTED:
        faults.append(Violation("WORK-SUBMITTED", "Kết quả đã trình, đang chờ nghiệm thu."))
    return _own(actor, share, Entry(Kind.SUBMITTED, text, amount), at, faults)


@action("work.share.ask_cause", permission=None, log=("share", "about"))
def ask_cause(
    actor: Actor,
    *,
    share: Share,
    about: str,
    reason: str,
    at: dt.datetime,
    since: dt.date | None = None,
    until: dt.date | None = None,
) -> Share:
    """Says that an objective cause stands behind a delay or a return; the superior confirms or not.

    Also for accepted work, as long as its period is open: the penalty is still there to be taken away.

    Args:
        since, until: the days on which the work stood still, both included; the last may be left open.

    Raises:
        OutOfScope, NotPermitted: not one's own work. Refused: no reason, or asked already.
    """
    faults = _asking_faults(share, reason)
    if about == About.QUALITY and share.quality_fails <= share.excused_fails:
        faults.append(Violation("WORK-NO-RETURN", "Việc này chưa bị trả lại lần nào.", field="about"))
    if since and until and until < since:
        faults.append(Violation("WORK-CAUSE-DAYS", "Ngày cuối trước ngày đầu.", field="until"))
    first = since or (at.date() if about == About.DELAY else None)
    entry = Entry(Kind.CAUSE_ASKED, reason, about=about, since=first, until=until)
    states = (*WORKING, State.ACCEPTED)
    return _own(actor, share, entry, at, faults, states)


@action("work.share.ask_extension", permission=None, log=("share", "due_on"))
def ask_extension(actor: Actor, *, share: Share, due_on: dt.date, reason: str, at: dt.datetime) -> Share:
    """Asks for a later deadline.

    Raises:
        OutOfScope, NotPermitted: not one's own work. Refused: no reason, not later, or asked already.
    """
    faults = _asking_faults(share, reason)
    if due_on <= share.due_on:
        faults.append(Violation("WORK-EXTENSION", "Hạn mới phải sau hạn đang có.", field="due_on"))
    return _own(actor, share, Entry(Kind.EXTENSION_ASKED, reason, due_on=due_on), at, faults)


@action("work.share.ask_handing", permission=None, log=("share",))
def ask_handing(actor: Actor, *, share: Share, reason: str, at: dt.datetime) -> Share:
    """Says that one cannot do it, so that somebody else is given it (NĐ 335/2025, Điều 18).

    Raises:
        OutOfScope, NotPermitted: not one's own work. Refused: no reason, or asked already.
    """
    return _own(actor, share, Entry(Kind.HANDING_ASKED, reason), at, _asking_faults(share, reason))


def quantity_faults(quantity: Decimal | None) -> list[Violation]:
    """A reported quantity is a number above nothing."""
    if quantity is None or quantity <= 0:
        return [Violation("WORK-QUANTITY", "Số lượng phải lớn hơn 0.", field="quantity")]
    return []


def state_faults(share: Share, states: Iterable[str]) -> list[Violation]:
    """Why nothing of the kind may happen to a share as it stands."""
    if share.state in states:
        return []
    return [Violation("WORK-STATE", f"Việc này {State(share.state).label}, không làm bước này được.")]


def _asking_faults(share: Share, reason: str) -> list[Violation]:
    faults = []
    if not reason.strip():
        faults.append(Violation("WORK-REASON", "Ghi lý do.", field="reason"))
    if share.waiting:
        message = f"Đã {Kind(share.waiting).label}, đang chờ cấp trên trả lời."
        faults.append(Violation("WORK-ASKED", message, fix="Chờ trả lời rồi đề nghị tiếp."))
    return faults


def _own(
    actor: Actor,
    share: Share,
    entry: Entry,
    at: dt.datetime,
    faults: list[Violation],
    states: Iterable[str] = WORKING,
) -> Share:
    require_own(actor, share)
    rows = held([share])
    return append(actor, rows, lambda row: [entry], lambda row: [*faults, *state_faults(row, states)], at)[0]
