"""What the events of a share add up to. The only place that says how a share stands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from ..choices import About, Kind, Origin, State
from .clock import Pause, days_between, effective_due, late_days
from .counting import Settings, counting_day

ASKS = {
    Kind.CAUSE_ASKED: (Kind.CAUSE_GRANTED, Kind.CAUSE_REFUSED),
    Kind.EXTENSION_ASKED: (Kind.EXTENDED, Kind.EXTENSION_REFUSED),
    Kind.HANDING_ASKED: (Kind.HANDED_BACK, Kind.HANDING_REFUSED),
}
"""What may be asked, and the two answers."""

ENDS = {
    Kind.REFUSED: State.REFUSED,
    Kind.FAILED: State.FAILED,
    Kind.HANDED_BACK: State.HANDED,
    Kind.CARRIED: State.CARRIED,
    Kind.WITHDRAWN: State.WITHDRAWN,
    Kind.ACCEPTED: State.ACCEPTED,
}
VOID = frozenset({State.REFUSED, State.WITHDRAWN})


@dataclass(frozen=True)
class Given:
    """What a share was when it was given."""

    origin: str
    assigned: Decimal
    assigned_on: dt.date
    due_on: dt.date


@dataclass(frozen=True)
class Happened:
    """One event, as ``ShareEvent`` keeps it."""

    kind: str
    on: dt.date
    key: int = 0
    quantity: Decimal | None = None
    due_on: dt.date | None = None
    about: str = ""
    since: dt.date | None = None
    until: dt.date | None = None
    exceeded: bool = False
    answers: int | None = None


@dataclass
class Standing:
    """How a share stands; each field is the column of the same name."""

    due_on: dt.date
    counts_on: dt.date
    reported: Decimal = Decimal(0)
    done: Decimal = Decimal(0)
    quality_fails: int = 0
    excused_fails: int = 0
    delays: int = 0
    excused_delays: int = 0
    late_days: int = 0
    excused_days: int = 0
    ad_hoc: bool = False
    taken_over: bool = False
    handed_back: bool = False
    late: bool = False
    exceeded: bool = False
    failed: bool = False
    state: str = State.OPEN
    waiting: str = ""
    submitted_on: dt.date | None = None
    closed: bool = False
    closed_on: dt.date | None = None
    voided: bool = False


@dataclass
class _Round:
    """One deadline and the submission that answers it; a return that sets a new deadline begins another."""

    start: dt.date
    due: dt.date
    submitted: dt.date | None = None


@dataclass
class _Reading:
    """What has been read of the events so far."""

    rounds: list[_Round]
    counted_due: dt.date
    waits: list[Pause] = field(default_factory=list)
    causes: list[Pause] = field(default_factory=list)
    asked: dict[int, str] = field(default_factory=dict)
    said_exceeded: bool = False


def fold(given: Given, events: Iterable[Happened], settings: Settings) -> Standing:
    """How a share stands after its events, in the order they were written.

    Lateness: for each deadline, days that count between it and the submission that answers it; the days a result lay with
    the superior before it was returned are nobody's lateness; a confirmed cause takes its days away. A delay is a deadline
    missed. The share counts in the period of its deadline, extensions included; a deadline for doing a returned result
    again does not move it.
    """
    now = Standing(given.due_on, given.due_on, ad_hoc=given.origin == Origin.AD_HOC)
    now.taken_over = given.origin == Origin.TAKEN_OVER
    reading = _Reading([_Round(given.assigned_on, given.due_on)], given.due_on)
    for event in events:
        _read(now, reading, event)
    now.waiting = next(reversed(reading.asked.values()), "")
    _measure(now, reading, settings)
    done_early = (
        settings.early_days > 0
        and now.submitted_on is not None
        and days_between(now.submitted_on, now.due_on, settings.calendar) >= settings.early_days
    )
    now.exceeded = now.state == State.ACCEPTED and (
        reading.said_exceeded or now.done > given.assigned or (done_early and now.done >= given.assigned)
    )
    return now


def _read(now: Standing, reading: _Reading, event: Happened) -> None:
    kind, last = event.kind, reading.rounds[-1]
    if kind in ASKS:
        reading.asked[event.key] = kind
    if event.answers is not None:
        reading.asked.pop(event.answers, None)
    if kind == Kind.REGISTERED:
        now.state = State.ASKED
    elif kind == Kind.CONFIRMED:
        now.state = State.SUBMITTED if last.submitted else State.OPEN
    elif kind == Kind.REPORTED:
        now.reported = event.quantity or now.reported
    elif kind == Kind.SUBMITTED:
        now.reported = event.quantity or now.reported
        now.submitted_on = last.submitted = event.on
        if now.state != State.ASKED:
            now.state = State.SUBMITTED
    elif kind == Kind.RETURNED:
        _returned(now, reading, event)
    elif kind == Kind.CAUSE_GRANTED:
        if event.about == About.QUALITY:
            now.excused_fails = min(now.excused_fails + 1, now.quality_fails)
        elif event.since and event.until:
            reading.causes.append(Pause(event.since, event.until))
    elif kind == Kind.EXTENDED and event.due_on:
        last.due = reading.counted_due = event.due_on
    elif kind == Kind.CORRECTED:
        now.done = event.quantity if event.quantity is not None else now.done
        reading.said_exceeded = event.exceeded
        if event.since:
            now.submitted_on = last.submitted = event.since
    if kind in ENDS:
        _end(now, reading, event)


def _returned(now: Standing, reading: _Reading, event: Happened) -> None:
    last = reading.rounds[-1]
    now.state = State.RETURNED
    now.quality_fails += 1
    if last.submitted and event.on > last.submitted:
        reading.waits.append(Pause(last.submitted + dt.timedelta(days=1), event.on))
    if event.due_on:
        reading.rounds.append(_Round(event.on, event.due_on))


def _end(now: Standing, reading: _Reading, event: Happened) -> None:
    now.state = ENDS[Kind(event.kind)]
    now.closed, now.closed_on = True, event.on
    open_causes = {key: kind for key, kind in reading.asked.items() if kind == Kind.CAUSE_ASKED}
    reading.asked = open_causes if event.kind == Kind.ACCEPTED else {}
    now.voided = now.state in VOID
    if event.kind == Kind.ACCEPTED:
        now.done = event.quantity if event.quantity is not None else now.reported
        reading.said_exceeded = event.exceeded
        if reading.rounds[-1].submitted is None or event.since:
            now.submitted_on = reading.rounds[-1].submitted = event.since or event.on
    elif event.kind in (Kind.FAILED, Kind.CARRIED):
        now.failed = True
        now.done = event.quantity or Decimal(0)
    elif event.kind == Kind.HANDED_BACK:
        now.handed_back = True


def _measure(now: Standing, reading: _Reading, settings: Settings) -> None:
    calendar, waits = settings.calendar, reading.waits
    paused = [*waits, *reading.causes]
    for turn in reading.rounds:
        if turn.submitted is None:
            continue
        raw = late_days(turn.start, turn.due, turn.submitted, calendar, waits)
        left = late_days(turn.start, turn.due, turn.submitted, calendar, paused)
        now.late_days += raw
        now.excused_days += max(raw - left, 0)
        if raw:
            now.delays += 1
            now.excused_delays += not left
    last = reading.rounds[-1]
    now.late = now.delays > now.excused_delays
    now.due_on = effective_due(last.start, last.due, calendar, paused) if paused else last.due
    counted = reading.counted_due
    if reading.causes:
        counted = effective_due(reading.rounds[0].start, counted, calendar, reading.causes)
    now.counts_on = counting_day(counted, settings.year_end)
