"""The one way anything happens to a share: an event is appended, and the share says anew what its events add up to."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from functools import partial

from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.dates import format_date
from canbo.foundation.kernel.text import clean
from canbo.foundation.kernel.violation import Refused, Violation

from ..models import Share, ShareEvent
from ..queries import locked, settings_for
from ..rules import Given, Happened, Settings, Standing, fold

STANDING = tuple(Standing.__dataclass_fields__)
BATCH = 500


@dataclass(frozen=True)
class Entry:
    """What an action writes about one share."""

    kind: str
    text: str = ""
    quantity: Decimal | None = None
    due_on: dt.date | None = None
    about: str = ""
    since: dt.date | None = None
    until: dt.date | None = None
    exceeded: bool = False
    answers_id: int | None = None


Entries = Callable[[Share], Sequence[Entry]]
Faults = Callable[[Share], Iterable[Violation]]


def held(shares: Collection[Share | int]) -> list[Share]:
    """The shares as they stand now, held until the transaction ends, in a fixed order so that two acts never cross."""
    ids = [share.pk if isinstance(share, Share) else share for share in shares]
    rows = Share.objects.select_for_update(of=("self",)).filter(pk__in=ids)
    return list(rows.select_related("task", "person").order_by("pk"))


def append(actor: Actor, shares: Sequence[Share], entries: Entries, faults: Faults, at: dt.datetime) -> list[Share]:
    """Writes events about shares that are held, and brings the shares up to date.

    Args:
        entries: what is written about each.
        faults: why it may not be; those of all shares are gathered and told at once.

    Raises:
        Refused: with every fault, or because the period of a share is closed.
    """
    found = [fault for share in shares for fault in named(share, faults(share), len(shares))]
    if found:
        raise Refused(found)
    refuse_closed((share.person_id, share.counts_on) for share in shares)
    ShareEvent.objects.bulk_create(
        [event_row(actor, share, entry, at) for share in shares for entry in entries(share)], batch_size=BATCH
    )
    before = {share.pk: share.counts_on for share in shares}
    bring_up_to_date(shares)
    refuse_closed((share.person_id, share.counts_on) for share in shares if share.counts_on != before[share.pk])
    return list(shares)


def event_row(actor: Actor, share: Share, entry: Entry, at: dt.datetime) -> ShareEvent:
    """An event not yet written."""
    values = {**asdict(entry), "text": clean(entry.text)}
    return ShareEvent(share=share, on=at.date(), at=at, person_id=actor.person_id, by_name=speaker(actor), **values)


def speaker(actor: Actor) -> str:
    """Who acts, and for whom."""
    name = f"{actor.name} (thay {actor.on_behalf_of})" if actor.on_behalf_of else actor.name
    return name[:200]


def bring_up_to_date(shares: Sequence[Share]) -> None:
    """Works out anew what each share says, from all its events, by the rules in force on the day it was given."""
    happened: dict[int, list[Happened]] = defaultdict(list)
    for event in ShareEvent.objects.filter(share__in=[s.pk for s in shares]).order_by("share", "id"):
        happened[event.share_id].append(as_happened(event))
    for share, settings in with_settings(shares):
        apply(share, fold(as_given(share), happened[share.pk], settings))
    Share.objects.bulk_update(shares, STANDING, batch_size=BATCH)


def with_settings(shares: Sequence[Share]) -> list[tuple[Share, Settings]]:
    """Each share with the rules of counting that hold for it."""
    days: dict[dt.date, set[int]] = defaultdict(set)
    for share in shares:
        days[share.assigned_on].add(share.unit_id)
    known = {day: settings_for(units, day) for day, units in days.items()}
    return [(share, known[share.assigned_on][share.unit_id]) for share in shares]


def apply(share: Share, standing: Standing) -> None:
    """Copies what the events add up to into the columns."""
    for name in STANDING:
        setattr(share, name, getattr(standing, name))


def as_given(share: Share) -> Given:
    """A share as the rules read it."""
    return Given(share.origin, share.assigned, share.assigned_on, share.due_first)


def as_happened(event: ShareEvent) -> Happened:
    """An event as the rules read it."""
    return Happened(
        kind=event.kind,
        on=event.on,
        key=event.pk,
        quantity=event.quantity,
        due_on=event.due_on,
        about=event.about,
        since=event.since,
        until=event.until,
        exceeded=event.exceeded,
        answers=event.answers_id,
    )


def named(share: Share, faults: Iterable[Violation], among: int) -> Iterable[Violation]:
    """Faults that say which of several shares they speak of."""
    where = partial(str.format, "{person}, “{task}”: {message}", person=share.person.name, task=share.task.title)
    for fault in faults:
        if among == 1:
            yield fault
        else:
            yield Violation(fault.code, where(message=fault.message), fault.field, fault.source, fault.fix)


def refuse_closed(pairs: Iterable[tuple[int, dt.date]]) -> None:
    """Refuses whatever would change a period that is closed for a person.

    Raises:
        Refused: the periods that are closed.
    """
    shut = locked(set(pairs))
    if shut:
        days = ", ".join(sorted({format_date(day)[3:] for _, day in shut}))
        raise Refused(
            Violation(
                "WORK-PERIOD-CLOSED",
                f"Kỳ đánh giá có ngày tính việc ({days}) đã khép, không ghi thêm được.",
                source="NĐ 335/2025/NĐ-CP, Điều 21 khoản 3",
                fix="Kết quả sai thì người có thẩm quyền ra quyết định thay thế ở phần đánh giá.",
            )
        )
