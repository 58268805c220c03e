"""Everything one unit's page shows, on a day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from canbo.facts.decisions.models import Decision, DecisionItem
from canbo.facts.organisation.choices import READ
from canbo.facts.organisation.models import Target, Unit, UnitLineage, UnitVersion
from canbo.facts.organisation.queries import children, path, predecessors, reaches, successors, unit_by_code
from canbo.facts.party.choices import READ as READ_PARTY
from canbo.facts.party.models import Membership
from canbo.facts.staffing.choices import READ as READ_STAFFING
from canbo.facts.staffing.models import StaffQuota
from canbo.facts.staffing.queries import Seat, present_in, seats
from canbo.facts.staffing.queries.committees import has_committee
from canbo.facts.staffing.queries.positions import position_figures
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.dates import format_date
from canbo.foundation.kernel.text import fold
from canbo.foundation.kernel.violation import OutOfScope

from . import lists, narrow
from .headcount import Head, headcounts
from .origin import SOURCED
from .rows import unit_names

SHOWN_MEMBERS = 60


@dataclass
class UnitPage:
    """A unit on a day; ``version`` is None where it was not in force then."""

    unit: Unit
    day: dt.date
    version: UnitVersion | None
    versions: list[UnitVersion]
    came_from: list[UnitLineage]
    became: list[UnitLineage]
    crumbs: list[tuple[str, str]] = field(default_factory=list)
    children: list[UnitVersion] = field(default_factory=list)
    head: Head = field(default_factory=Head)
    seats: list[Seat] = field(default_factory=list)
    quotas: list[StaffQuota] = field(default_factory=list)
    unknown_group: int = 0
    members: list[Membership] = field(default_factory=list)
    targets: list[Target] = field(default_factory=list)
    positions: tuple[int, int, int] = (0, 0, 0)
    committee: bool = False

    @property
    def name(self) -> str:
        """Its name on the day, else its last one."""
        return self.version.name if self.version else self.unit.name

    @property
    def first_day(self) -> dt.date | None:
        """The day it was set up, as far as is known."""
        return self.versions[0].since if self.versions else None

    @property
    def last_day(self) -> dt.date | None:
        """The last day it was in force, None while it is."""
        return self.versions[-1].last_day if self.versions else None

    @property
    def not_yet(self) -> bool:
        """Whether the day lies before its beginning."""
        return self.version is None and self.first_day is not None and self.day < self.first_day

    @property
    def parent_name(self) -> str:
        """The superior's name on the day."""
        parent = self.version.parent if self.version else None
        if parent is None:
            return ""
        return next((name for code, name in self.crumbs if code == parent.code), parent.name)

    @property
    def history(self) -> list[UnitVersion]:
        """Its versions, the newest first."""
        return self.versions[::-1]

    @property
    def vacant(self) -> int:
        """Declared posts without a holder."""
        return sum(seat.vacant for seat in self.seats)

    @property
    def more_members(self) -> bool:
        """Whether there are more members of its own than are shown."""
        return len(self.members) > SHOWN_MEMBERS

    @property
    def shown_members(self) -> list[Membership]:
        return self.members[:SHOWN_MEMBERS]


def unit_page(actor: Actor, code: str, today: dt.date, day: dt.date) -> UnitPage:
    """The unit with a code on a day.

    Raises:
        OutOfScope: no such unit, or neither on the tree of the day nor on today's in the actor's reach.
        NotPermitted: the actor reads no units at all.
    """
    reach = actor.require(READ)
    unit = unit_by_code(actor, code)
    versions = list(
        UnitVersion.objects.standing()
        .filter(unit=unit)
        .select_related("parent", "closed_by", *SOURCED)
        .order_by("in_force")
    )
    version = next((row for row in versions if day in row.in_force), None)
    if version is not None and not any(reaches(reach, unit.pk, found) for found in (day, today)):
        raise OutOfScope("đơn vị")
    became = [step for step in successors(actor, unit, today) if step.old_id == unit.pk]
    came_from = [step for step in predecessors(actor, unit, today) if step.new_id == unit.pk]
    page = UnitPage(unit, day, version, versions, came_from, became)
    if version is not None:
        _fill(page, actor, today)
    return page


def _fill(page: UnitPage, actor: Actor, today: dt.date) -> None:
    unit, day = page.unit, page.day
    page.children = list(children(actor, unit, day))
    page.targets = list(Target.objects.at(day).filter(unit=unit).order_by("-period", "indicator", "breakdown"))
    heads = headcounts([unit.pk, *(row.unit_id for row in page.children)], day)
    page.head = heads[unit.pk]
    for row in page.children:
        row.head = heads[row.unit_id]  # type: ignore[attr-defined]
    if actor.may(READ_STAFFING):
        page.seats = sorted(seats(actor, unit, day), key=_by_rank)
        page.quotas = list(lists.quotas(actor, day).filter(unit=unit).order_by("staff_group"))
        present = present_in(actor, [unit.pk], day).get(unit.pk, {}) if page.quotas else {}
        for quota in page.quotas:
            quota.present = present.get(quota.staff_group, 0)  # type: ignore[attr-defined]
        page.unknown_group = present.get("", 0)
        page.positions = position_figures(unit, day)
        page.committee = has_committee(unit, day)
    if actor.may(READ_PARTY):
        rows = lists.members(actor, today, day).filter(unit=unit)
        page.members = list(narrow.ordered_by_person(rows)[: SHOWN_MEMBERS + 1])
    page.crumbs = _crumbs(page, actor)


def _by_rank(seat: Seat) -> tuple[int, bool, str]:
    """Posts that one person holds before those of many, heads before their deputies."""
    return max(seat.seats, len(seat.holders)), fold(seat.title).startswith("pho "), fold(seat.title)


def _crumbs(page: UnitPage, actor: Actor) -> list[tuple[str, str]]:
    """Code and name on the day of every superior within reach, from the top down."""
    try:
        above = path(actor, page.unit, page.day)[:-1]
    except OutOfScope:
        return []
    reach = actor.reach(READ)
    seen = [unit for unit in above if reaches(reach, unit.pk, page.day)] if not reach.everywhere else above
    names = unit_names([unit.pk for unit in seen], page.day)
    return [(unit.code, names.get(unit.pk, unit.name)) for unit in seen]


@dataclass(frozen=True)
class Due:
    """Something due in a unit: how many, and which list shows them."""

    text: str
    count: int
    kind: str
    page: str
    query: str


def due_here(page: UnitPage, actor: Actor, today: dt.date) -> list[Due]:
    """What is due in the unit and under it, counted from the viewing day."""
    day, unit = page.day, page.unit
    found = []
    if actor.may(READ_PARTY):
        rows = narrow.under(lists.members(actor, today, day), unit, day).order_by()
        late = narrow.probation_due(rows, day, "qua_han").count()
        soon = narrow.probation_due(rows, day, "90").count()
        badges = narrow.badge_due(rows, day).count()
        coming = format_date(narrow.badge_round(day))
        found += [
            Due("Đảng viên dự bị quá hạn xét công nhận", late, "bad", "party_list", "het_du_bi=qua_han"),
            Due("Hết thời gian dự bị trong 90 ngày", soon, "warn", "party_list", "het_du_bi=90"),
            Due(f"Đủ Huy hiệu đợt {coming}", badges, "info", "party_list", "den_han=huy_hieu"),
        ]
    if actor.may(READ_STAFFING):
        held = narrow.under(lists.assignments(actor, today, day), unit, day).order_by()
        over = narrow.terms(held, day, "qua_han").count()
        near = narrow.terms(held, day, "90").count()
        found += [
            Due("Chức vụ đã hết thời hạn", over, "bad", "assignments_list", "thoi_han=qua_han"),
            Due("Chức vụ hết thời hạn trong 90 ngày", near, "warn", "assignments_list", "thoi_han=90"),
        ]
    return [due for due in found if due.count]


def decisions_about(page: UnitPage) -> list[Decision]:
    """Decisions that set it up, changed it or ended it, and those with an item on it."""
    facts = [*page.versions, *page.came_from, *page.became, *page.quotas, *page.targets]
    ids = {fact.opened_by_id for fact in facts} | {getattr(fact, "closed_by_id", None) for fact in facts}
    items = DecisionItem.objects.filter(subject_id=page.unit.pk, subject_type__in=("unit", "organisation.unit"))
    ids |= set(items.values_list("decision_id", flat=True))
    rows = Decision.objects.filter(pk__in=ids - {None}, issued_on__lte=page.day)
    return list(rows.order_by("-issued_on", "-id"))
