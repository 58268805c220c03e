"""What is due, what waits, what changed: the desk of one reader on one day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q, QuerySet

from canbo.facts.decisions.choices import READ as READ_DECISIONS
from canbo.facts.decisions.models import Batch, Decision, Draft
from canbo.facts.decisions.queries import drafts, visible
from canbo.facts.organisation.models import UnitVersion
from canbo.facts.party.choices import READ as READ_PARTY
from canbo.facts.party.models import Membership
from canbo.facts.party.rules import add_months
from canbo.facts.staffing.choices import READ as READ_STAFFING
from canbo.facts.staffing.models import Assignment
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.dates import format_date
from canbo.readers.profiles.queries import lists, narrow
from canbo.readers.profiles.queries.rows import unit_names
from canbo.readers.profiles.rules import windows

NEAREST = 6
LATEST = 8
ENOUGH = 10_000
HEADINGS = {
    "qua_han": "Quá hạn",
    "hom_nay": "Hôm nay",
    "tuan_nay": "Tuần này",
    "thang_nay": "Tháng này",
    "90": "90 ngày tới",
}
KINDS = {"qua_han": "bad", "hom_nay": "warn", "tuan_nay": "warn", "thang_nay": "info", "90": "quiet"}


@dataclass(frozen=True)
class Bucket:
    """How many fall due within a stretch of days, and the list that shows them."""

    heading: str
    count: int
    kind: str
    query: str


@dataclass(frozen=True)
class Near:
    """One that is due soonest, or the longest overdue."""

    name: str
    code: str
    what: str
    on: dt.date
    days: int


@dataclass(frozen=True)
class Task:
    """A kind of work with dates: counts by stretch, and the nearest ones by name."""

    title: str
    page: str
    buckets: list[Bucket]
    nearest: list[Near]


@dataclass(frozen=True)
class Todo:
    """Work without a date of its own, and the list that shows it; ``more`` where counting stopped."""

    text: str
    count: int
    page: str
    query: str
    more: bool = False


@dataclass
class Desk:
    """Everything the home page shows."""

    tasks: list[Task] = field(default_factory=list)
    todos: list[Todo] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    batches: list[Batch] = field(default_factory=list)
    posts: list[tuple[Assignment, str]] = field(default_factory=list)
    is_empty: bool = False

    @property
    def nothing_due(self) -> bool:
        return not any(bucket.count for task in self.tasks for bucket in task.buckets)


def desk(actor: Actor, today: dt.date, day: dt.date) -> Desk:
    """The desk of an actor, counted from the viewing day."""
    found = Desk(drafts=list(drafts(actor)[:LATEST]))
    if actor.may(READ_PARTY):
        members = lists.members(actor, today, day).order_by()
        found.tasks.append(_probation(members, day))
        found.todos += _members_todo(members, day)
    if actor.may(READ_STAFFING):
        posts = lists.assignments(actor, today, day).order_by()
        found.tasks.append(_terms(posts, day))
        found.todos += _some(
            posts.filter(opened_by=None), "Chức vụ chưa có quyết định", "assignments_list", "quyet_dinh=thieu"
        )
        recent = list(posts.filter(since__lte=day).order_by("-since", "-id")[:LATEST])
        names = unit_names([row.unit_id for row in recent], day)
        found.posts = [(row, names.get(row.unit_id, row.unit.name)) for row in recent]
    if actor.may(READ_DECISIONS):
        found.decisions = list(visible(actor, today).filter(issued_on__lte=day).order_by("-issued_on", "-id")[:LATEST])
    found.batches = _batches(actor)
    found.is_empty = not found.posts and not found.decisions and not _any_record(actor, today, day)
    return found


def _any_record(actor: Actor, today: dt.date, day: dt.date) -> bool:
    if actor.may("person.read") and lists.people(actor, today).order_by().exists():
        return True
    return actor.may("unit.read") and UnitVersion.objects.at(day).exists()


def _buckets(rows: QuerySet[Any], day: dt.date, within: Callable[[Any], Q], name: str) -> list[Bucket]:
    """Counts by stretch in one query; stretches without anything are left out."""
    known = windows(day)
    wanted = [key for key in HEADINGS if key in known]
    counts = rows.aggregate(**{f"n_{key}": Count("pk", filter=within(known[key])) for key in wanted})
    return [
        Bucket(HEADINGS[key], counts[f"n_{key}"], KINDS[key], f"{name}={key}") for key in wanted if counts[f"n_{key}"]
    ]


def _probation(members: QuerySet[Membership], day: dt.date) -> Task:
    rows = narrow.with_probation(narrow.probationers(members, day))
    months = narrow.probation_months(day)
    buckets = _buckets(rows, day, lambda window: narrow.probation_within(day, window), "het_du_bi")
    nearest = []
    for row in _soonest(rows.filter(narrow.probation_within(day, windows(day)["90"])), "started", any_bucket=buckets):
        ends = add_months(row.started, months)
        nearest.append(Near(row.person.name, row.person.code, "hết thời gian dự bị", ends, (ends - day).days))
    return Task("Xét công nhận đảng viên chính thức", "party_list", buckets, nearest)


def _terms(posts: QuerySet[Assignment], day: dt.date) -> Task:
    buckets = _buckets(posts.filter(term_until__isnull=False), day, narrow.term_within, "thoi_han")
    nearest = [
        Near(row.person.name, row.person.code, row.title, row.term_until, (row.term_until - day).days)
        for row in _soonest(posts.filter(narrow.term_within(windows(day)["90"])), "term_until", any_bucket=buckets)
        if row.term_until
    ]
    return Task("Thời hạn giữ chức vụ", "assignments_list", buckets, nearest)


def _soonest(rows: QuerySet[Any], name: str, *, any_bucket: list[Bucket]) -> list[Any]:
    return list(rows.order_by(name, "person__sort_key", "pk")[:NEAREST]) if any_bucket else []


def _members_todo(members: QuerySet[Membership], day: dt.date) -> list[Todo]:
    coming = format_date(narrow.badge_round(day))
    badges, unsourced = narrow.badge_due(members, day), narrow.without_decision(members)
    return [
        *_some(badges, f"Đủ tuổi đảng nhận Huy hiệu đợt {coming}", "party_list", "den_han=huy_hieu"),
        *_some(unsourced, "Đảng viên chưa có quyết định", "party_list", "den_han=thieu_quyet_dinh"),
    ]


def _some(rows: QuerySet[Any], text: str, page: str, query: str) -> list[Todo]:
    count = rows.order_by()[: ENOUGH + 1].count()
    return [Todo(text, min(count, ENOUGH), page, query, count > ENOUGH)] if count else []


def _batches(actor: Actor) -> list[Batch]:
    """The latest loads: one's own, or everybody's for somebody who may load everywhere."""
    reach = actor.reach("exchange.load")
    if not reach:
        return []
    rows = Batch.objects.filter(undone_at=None)
    if not reach.everywhere:
        rows = rows.filter(user_id=actor.user_id)
    return list(rows.order_by("-id")[:4])
