"""Answers to what people ask: objective causes, later deadlines, work they cannot do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from canbo.facts.people.models import Person
from canbo.foundation.audit.actions import action
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.violation import Refused, Violation

from ..choices import ASSIGN, LIVE, Kind, Origin, State
from ..models import Share, ShareEvent
from ..queries import places, require_superior
from .accepting import not_on_oneself
from .assigning import people_faults, share_row, write_shares
from .events import Entry, append, held
from .reporting import state_faults

CAUSE_ARTICLE = "NĐ 335/2025/NĐ-CP, Điều 14 khoản 2"


@action("work.share.answer_cause", permission=ASSIGN, log=("shares", "grant"))
def answer_cause(
    actor: Actor,
    *,
    shares: Sequence[Share],
    grant: bool,
    at: dt.datetime,
    text: str = "",
    since: dt.date | None = None,
    until: dt.date | None = None,
) -> list[Share]:
    """Confirms or refuses objective causes, of one share or many; one confirmed stops the clock on its days.

    Args:
        since, until: other days than those asked for; an open end means until today.

    Raises:
        OutOfScope, NotPermitted, Refused: not the actor's people, her own work, nothing asked, no reason for refusing.
    """
    rows = _held_for(actor, shares)
    asked = open_requests(rows, Kind.CAUSE_ASKED)

    def entries(share: Share) -> list[Entry]:
        request = asked[share.pk]
        first = since or request.since
        last = until or request.until or (max(at.date(), first) if first else None)
        kind = Kind.CAUSE_GRANTED if grant else Kind.CAUSE_REFUSED
        return [Entry(kind, text, about=request.about, since=first, until=last, answers_id=request.pk)]

    def faults(share: Share) -> Iterable[Violation]:
        yield from _asked_faults(share, asked)
        if not grant and not text.strip():
            yield Violation("WORK-REASON", "Ghi vì sao không xác nhận.", field="text", source=CAUSE_ARTICLE)
        if since and until and until < since:
            yield Violation("WORK-CAUSE-DAYS", "Ngày cuối trước ngày đầu.", field="until")

    return append(actor, rows, entries, faults, at)


@action("work.share.extend", permission=ASSIGN, log=("shares", "due_on"))
def extend(
    actor: Actor, *, shares: Sequence[Share], at: dt.datetime, due_on: dt.date | None = None, text: str = ""
) -> list[Share]:
    """Gives a later deadline, asked for or not; the first deadline stays for statistics.

    Args:
        due_on: the new deadline; without it the one that was asked for.
    """
    rows = _held_for(actor, shares)
    asked = open_requests(rows, Kind.EXTENSION_ASKED)

    def wanted(share: Share) -> dt.date | None:
        request = asked.get(share.pk)
        return due_on or (request.due_on if request else None)

    def entries(share: Share) -> list[Entry]:
        request = asked.get(share.pk)
        return [Entry(Kind.EXTENDED, text, due_on=wanted(share), answers_id=request.pk if request else None)]

    def faults(share: Share) -> Iterable[Violation]:
        yield from state_faults(share, (State.OPEN, State.RETURNED, State.ASKED))
        due = wanted(share)
        if due is None or due <= share.due_on:
            yield Violation("WORK-EXTENSION", "Hạn mới phải sau hạn đang có.", field="due_on")

    return append(actor, rows, entries, faults, at)


@action("work.share.refuse_request", permission=ASSIGN, log=("shares",))
def refuse_request(actor: Actor, *, shares: Sequence[Share], at: dt.datetime, text: str) -> list[Share]:
    """Does not give a later deadline, or does not let somebody hand work back; with the reason."""
    rows = _held_for(actor, shares)
    later, handing = open_requests(rows, Kind.EXTENSION_ASKED), open_requests(rows, Kind.HANDING_ASKED)

    def entries(share: Share) -> list[Entry]:
        if share.pk in later:
            return [Entry(Kind.EXTENSION_REFUSED, text, answers_id=later[share.pk].pk)]
        return [Entry(Kind.HANDING_REFUSED, text, answers_id=handing[share.pk].pk)]

    def faults(share: Share) -> Iterable[Violation]:
        yield from _asked_faults(share, {**later, **handing})
        if not text.strip():
            yield Violation("WORK-REASON", "Ghi lý do.", field="text")

    return append(actor, rows, entries, faults, at)


@action("work.share.hand_over", permission=ASSIGN, log=("share", "to"))
def hand_over(
    actor: Actor, *, share: Share, to: Person, at: dt.datetime, due_on: dt.date | None = None, text: str = ""
) -> Share:
    """Gives work that somebody cannot do to another (NĐ 335/2025, Điều 18).

    It stays among what the first person was given, and is not counted as done; for the second it is outside what she
    was given, and counts when it is done.

    Args:
        due_on: her deadline; without it the one of the share.

    Returns:
        the new share.
    """
    rows = _held_for(actor, [share])
    old, on = rows[0], at.date()
    where = places([to.pk], actor.reach(ASSIGN), on)
    faults = people_faults(actor, [to], where)
    if to.pk == old.person_id:
        faults.append(Violation("WORK-SAME", "Người nhận đang là người làm việc này.", field="to"))
    due = due_on or max(old.due_on, on)
    if due < on:
        faults.append(Violation("WORK-DUE-PAST", "Thời hạn ở phía sau.", field="due_on"))
    if faults:
        raise Refused(faults)
    asked = open_requests(rows, Kind.HANDING_ASKED)
    entry = Entry(Kind.HANDED_BACK, text, answers_id=asked[old.pk].pk if old.pk in asked else None)
    append(actor, rows, lambda row: [entry], lambda row: state_faults(row, LIVE), at)
    part = Share.objects.filter(task=old.task, person=to).count() + 1
    new = share_row(old.task, to.pk, where[to.pk], old.assigned, on, due, origin=Origin.TAKEN_OVER, came_from=old)
    new.coef, new.part = old.coef, part
    return write_shares(actor, [new], Entry(Kind.ASSIGNED, text), at)[0]


def open_requests(shares: Sequence[Share], kind: str) -> dict[int, ShareEvent]:
    """The latest unanswered request of a kind, by share."""
    rows = ShareEvent.objects.filter(share__in=shares, kind=kind).order_by("id")
    answered = set(
        ShareEvent.objects.filter(share__in=shares, answers__isnull=False).values_list("answers_id", flat=True)
    )
    return {row.share_id: row for row in rows if row.pk not in answered}


def _held_for(actor: Actor, shares: Sequence[Share]) -> list[Share]:
    rows = held(shares)
    require_superior(actor, rows)
    not_on_oneself(actor, rows)
    return rows


def _asked_faults(share: Share, asked: dict[int, ShareEvent]) -> list[Violation]:
    return [] if share.pk in asked else [Violation("WORK-NOT-ASKED", "Không có đề nghị nào đang chờ trả lời.")]
