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
from canbo.facts.organisation.choices import READ as READ_UNITS
from canbo.facts.organisation.models import UnitVersion
from canbo.facts.organisation.queries import acting_day
from canbo.facts.party.choices import READ as READ_PARTY
from canbo.facts.party.models import Membership
from canbo.facts.party.rules import add_months
from canbo.facts.staffing.choices import READ as READ_STAFFING
from canbo.facts.staffing.models import Assignment
from canbo.facts.work.queries import own_counts, waiting_counts
from canbo.foundation.jobs.choices import FAILED, OPEN
from canbo.foundation.jobs.models import Job
from canbo.foundation.jobs.queries import jobs
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.dates import format_date
from canbo.processes.restructuring import queries as restructuring
from canbo.processes.restructuring.choices import APPLY as APPLY_CASES
from canbo.processes.restructuring.choices import READ as READ_CASES
from canbo.readers.exchange.choices import BROKEN, CHECKED, LOAD, REFUSED
from canbo.readers.exchange.models import Upload
from canbo.readers.exchange.queries import batches, uploads
from canbo.readers.profiles.queries import lists, narrow
from canbo.readers.profiles.queries.rows import unit_names
from canbo.readers.profiles.rules import windows

from .evaluating import evaluations
from .parts import Due

NEAREST = 6
OVERDUE = 3
LATEST = 8
WAITING = 4
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

    @property
    def late(self) -> int:
        """Days since it was due."""
        return max(-self.days, 0)


@dataclass(frozen=True)
class Task:
    """A kind of work with dates: counts by stretch, and the nearest ones by name."""

    title: str
    page: str
    buckets: list[Bucket]
    nearest: list[Near]


@dataclass(frozen=True)
class Work:
    """So many pieces of the reader's own work, or of her people's that wait for her word."""

    heading: str
    count: int
    kind: str
    page: str
    query: str = ""


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

    works: list[tuple[str, list[Work]]] = field(default_factory=list)
    evaluations: list[Due] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    todos: list[Todo] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)
    uploads: list[Upload] = field(default_factory=list)
    jobs: list[Job] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    batches: list[Batch] = field(default_factory=list)
    posts: list[tuple[Assignment, str]] = field(default_factory=list)
    is_empty: bool = False
    only_own: bool = False
    """The reader may read no records: only what is her own waits here."""

    @property
    def waits(self) -> bool:
        """Whether anything waits for the reader."""
        return bool(self.drafts or self.uploads or self.jobs)


def desk(actor: Actor, today: dt.date, day: dt.date) -> Desk:
    """The desk of an actor, counted from the viewing day."""
    found = Desk(drafts=list(drafts(actor)[:LATEST]), works=_works(actor, today), evaluations=evaluations(actor, today))
    found.only_own = not actor.may(READ_UNITS)
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
    if actor.may(READ_CASES):
        found.todos += _restructuring(actor)
    _files(found, actor)
    found.is_empty = not (
        found.posts or found.decisions or found.works or found.evaluations or _any_record(actor, today, day)
    )
    return found


def _works(actor: Actor, today: dt.date) -> list[tuple[str, list[Work]]]:
    """Own work that is due, and what waits for her as a superior; work is a matter of today."""
    own, led = own_counts(actor, today), waiting_counts(actor, today)
    groups = [
        (
            "Việc của tôi",
            [
                Work("bị trả lại", own.get("returned", 0), "warn", "work_mine"),
                Work("quá hạn", own.get("late", 0), "bad", "work_mine"),
                Work("hôm nay", own.get("today", 0), "warn", "work_mine"),
                Work("7 ngày tới", own.get("week", 0), "info", "work_mine"),
            ],
        ),
        (
            "Việc của người thuộc quyền",
            [
                Work("chờ nghiệm thu", led.get("results", 0), "warn", "work_given", "cho=ket_qua"),
                Work("việc phát sinh chờ xác nhận", led.get("ad_hoc", 0), "info", "work_given", "cho=phat_sinh"),
                Work("đề nghị chờ trả lời", led.get("requests", 0), "info", "work_given", "cho=de_nghi"),
                Work("quá hạn", led.get("late", 0), "bad", "work_given", "cham=qua_han"),
            ],
        ),
    ]
    shown = [(title, [work for work in works if work.count]) for title, works in groups]
    return [(title, works) for title, works in shown if works]


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
    for row in _nearest(rows, day, lambda window: narrow.probation_within(day, window), "started", buckets):
        ends = add_months(row.started, months)
        nearest.append(Near(row.person.name, row.person.code, "hết thời gian dự bị", ends, (ends - day).days))
    return Task("Xét công nhận đảng viên chính thức", "party_list", buckets, nearest)


def _terms(posts: QuerySet[Assignment], day: dt.date) -> Task:
    buckets = _buckets(posts.filter(term_until__isnull=False), day, narrow.term_within, "thoi_han")
    nearest = [
        Near(row.person.name, row.person.code, row.title, row.term_until, (row.term_until - day).days)
        for row in _nearest(posts, day, narrow.term_within, "term_until", buckets)
    ]
    return Task("Thời hạn giữ chức vụ", "assignments_list", buckets, nearest)


def _nearest(
    rows: QuerySet[Any], day: dt.date, within: Callable[[Any], Q], name: str, buckets: list[Bucket]
) -> list[Any]:
    """A few that ran over last, then the soonest; ordered by day."""
    if not buckets:
        return []
    known, late = windows(day), []
    if buckets[0].heading == HEADINGS["qua_han"]:
        late = list(rows.filter(within(known["qua_han"])).order_by(f"-{name}", "person__sort_key", "pk")[:OVERDUE])
    soon = rows.filter(within(known["90"])).order_by(name, "person__sort_key", "pk")
    return [*reversed(late), *soon[: NEAREST - len(late)]]


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


def _restructuring(actor: Actor) -> list[Todo]:
    """Restructurings that wait to be carried out by the reader, and people they left without a place."""
    decided = restructuring.cases(actor, acting_day()).filter(applied_at=None).exclude(digest="")
    waits = restructuring.waiting(actor)
    return [
        *(_some(decided, "Phương án sắp xếp đã quyết định, chờ thực hiện", "restructurings_list", "tinh_trang=cho_thuc_hien")
          if actor.may(APPLY_CASES) else []),
        *_some(waits, "Người, số liệu chờ bố trí sau sắp xếp", "restructuring_waiting_all", ""),
    ]  # fmt: skip


def _files(found: Desk, actor: Actor) -> None:
    """Files that wait for her word, work of hers that runs or failed, and the latest loads."""
    found.jobs = list(jobs(actor).filter(Q(state__in=OPEN) | Q(state=FAILED))[:WAITING])
    if actor.may(LOAD):
        found.uploads = list(uploads(actor).filter(state__in=(CHECKED, REFUSED, BROKEN))[:WAITING])
        found.batches = list(batches(actor).filter(undone_at=None)[:WAITING])
