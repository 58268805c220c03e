"""A person's own work, by what is to be done first; and what waits for a superior."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from django.db.models import BooleanField, Case, Count, F, Q, QuerySet, When

from canbo.facts.organisation.queries import within
from canbo.foundation.kernel.actor import Actor

from ..choices import ASSIGN, LIVE, State
from ..models import Share, ShareEvent

RECENT = 30


@dataclass
class Mine:
    """One person's work on a day. ``done`` are the results of the last thirty days."""

    returned: list[Share] = field(default_factory=list)
    late: list[Share] = field(default_factory=list)
    today: list[Share] = field(default_factory=list)
    week: list[Share] = field(default_factory=list)
    later: list[Share] = field(default_factory=list)
    waiting: list[Share] = field(default_factory=list)
    done: list[Share] = field(default_factory=list)

    @property
    def open_count(self) -> int:
        return sum(map(len, (self.returned, self.late, self.today, self.week, self.later)))


def mine(actor: Actor, day: dt.date) -> Mine:
    """The actor's own work; empty for an account that belongs to nobody."""
    found = Mine()
    if actor.person_id is None:
        return found
    rows = Share.objects.filter(person_id=actor.person_id).select_related("task__product", "task__proposal", "unit")
    sunday = day + dt.timedelta(days=6 - day.weekday())
    for share in rows.filter(closed=False).order_by("due_on", "id"):
        _group(found, share, day, sunday).append(share)
    since = day - dt.timedelta(days=RECENT)
    found.done = list(rows.filter(closed=True, closed_on__gte=since).order_by("-closed_on", "-id")[:50])
    return found


def _group(found: Mine, share: Share, day: dt.date, sunday: dt.date) -> list[Share]:
    if share.state == State.SUBMITTED or (share.state == State.ASKED and share.submitted_on):
        return found.waiting
    if share.state == State.RETURNED:
        return found.returned
    if share.due_on < day:
        return found.late
    if share.due_on == day:
        return found.today
    return found.week if share.due_on <= sunday else found.later


def own_counts(actor: Actor, day: dt.date) -> dict[str, int]:
    """How much of one's own work is late, due today, due within the week, returned; one query."""
    if actor.person_id is None:
        return {}
    week = day + dt.timedelta(days=7)
    rows = Share.objects.filter(person_id=actor.person_id, closed=False).exclude(state=State.SUBMITTED)
    return rows.aggregate(
        late=Count("id", filter=Q(due_on__lt=day)),
        today=Count("id", filter=Q(due_on=day)),
        week=Count("id", filter=Q(due_on__gt=day, due_on__lte=week)),
        returned=Count("id", filter=Q(state=State.RETURNED)),
    )


OVER = Q(closed=False) & ~Q(state=State.SUBMITTED)
"""Work somebody still has to hand in; with its deadline behind it, it is over the deadline."""


def led(actor: Actor, day: dt.date) -> QuerySet[Share]:
    """Shares of the people to whom the actor gives work; her own are not among them."""
    rows = within(Share.objects.all(), actor.reach(ASSIGN), day)
    if actor.person_id is not None:
        rows = rows.exclude(person_id=actor.person_id)
    over = Case(When(OVER & Q(due_on__lt=day), then=True), default=False, output_field=BooleanField())
    return rows.select_related("task__product", "person", "unit").annotate(overdue=over)


WAITS = Q(state__in=(State.SUBMITTED, State.ASKED)) | ~Q(waiting="")
"""What a superior has to answer: results, ad hoc work, requests."""


def waiting_counts(actor: Actor, day: dt.date) -> dict[str, int]:
    """What waits for the actor as a superior: results, ad hoc work, requests, and what is late; one query."""
    if not actor.may(ASSIGN):
        return {}
    rows = led(actor, day).order_by().filter(Q(closed=False) | ~Q(waiting=""))
    return rows.aggregate(
        results=Count("id", filter=Q(state=State.SUBMITTED)),
        ad_hoc=Count("id", filter=Q(state=State.ASKED)),
        requests=Count("id", filter=~Q(waiting="")),
        late=Count("id", filter=Q(state__in=LIVE, due_on__lt=day) & ~Q(state=State.SUBMITTED)),
    )


def line_of(share: Share) -> list[ShareEvent]:
    """Everything that happened to a share, the latest first."""
    return list(ShareEvent.objects.filter(share=share).select_related("person").order_by("-id"))


def siblings(share: Share) -> list[Share]:
    """The other shares of the same task."""
    rows = Share.objects.filter(task_id=share.task_id).exclude(pk=share.pk)
    return list(rows.select_related("person", "unit").order_by(F("part").asc(), "person__sort_key", "id")[:100])
