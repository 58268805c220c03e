"""Job positions as lists and as the page of a body: filled, vacant, described, by group and by rank."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Sum

from canbo.facts.organisation.models import Unit, UnitVersion
from canbo.facts.organisation.queries import require_over, unit_by_code, within
from canbo.facts.staffing.choices import READ, ListState
from canbo.facts.staffing.models import (
    JobPosition,
    Placement,
    PositionApproval,
    PositionDescription,
    PositionListDraft,
)
from canbo.facts.staffing.queries import positions as facts
from canbo.facts.staffing.rules import Filling, rank_level, shares
from canbo.foundation import rulebooks
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.text import fold

from .rows import Prepare, number_of, unit_names

Rows = QuerySet[Any]
BODIES, DUE = "staffing.positions.bodies", "staffing.positions.approval_due"
UNKNOWN_RANK = "Chưa ghi ngạch"
OTHER_RANK = "Ngạch khác"


def with_holder_numbers(rows: Rows, day: dt.date) -> Rows:
    """Positions with the number placed on each as ``held``; for filters."""
    placed = Placement.objects.at(day).filter(unit=OuterRef("unit"), position_code=OuterRef("code"))
    return rows.annotate(held=number_of(placed, "position_code", Count("pk")))


FILLINGS = [
    ("khuyet", "còn khuyết"),
    ("trong", "chưa có ai"),
    ("du", "đủ người"),
    ("vuot", "vượt số lượng"),
    ("chua_mo_ta", "chưa có bản mô tả"),
]


def by_filling(rows: Rows, day: dt.date, choice: str) -> Rows:
    """Positions that are vacant, full, over-filled or without a description."""
    if choice == "chua_mo_ta":
        return rows.exclude(pk__in=described(rows.model.objects.all(), day).values("pk"))
    rows = with_holder_numbers(rows, day)
    found = {
        "khuyet": Q(held__lt=F("headcount")),
        "trong": Q(held=0),
        "du": Q(held=F("headcount")),
        "vuot": Q(held__gt=F("headcount")),
    }
    return rows.filter(found[choice]) if choice in found else rows


def described(rows: Rows, day: dt.date) -> Rows:
    """Positions whose description is in force on a day."""
    texts = PositionDescription.objects.at(day).filter(unit=OuterRef("unit"), position_code=OuterRef("code"))
    return rows.annotate(text=Subquery(texts.values("pk")[:1])).exclude(text=None)


def for_positions(day: dt.date) -> Prepare:
    """Gives every position of a list its holders, and its body the name of the day."""

    def prepare(rows: list[Any]) -> None:
        found = {p.row.pk: p for p in facts.with_holders(rows, day)}
        names = unit_names([row.unit_id for row in rows], day)
        for row in rows:
            row.position = found[row.pk]
            row.unit_name = names.get(row.unit_id, row.unit.name)

    return prepare


def positions_search(rows: Rows, text: str) -> Rows:
    """Positions whose name, code or body holds every word typed, diacritics or not."""
    for word in fold(text).split():
        rows = rows.filter(Q(name_key__contains=word) | Q(code__icontains=word) | Q(unit__search_text__contains=word))
    return rows


STATES = [
    ("co", "đã có danh mục được phê duyệt"),
    ("chua", "chưa có danh mục được phê duyệt"),
    ("dang_lam", "đang soạn, trình, thẩm định"),
    ("cho_quyet_dinh", "đã thẩm định, chờ quyết định"),
]


def bodies(actor: Actor, day: dt.date) -> Rows:
    """Bodies that need a list of job positions, or have one, with their figures."""
    rows = within(UnitVersion.objects.at(day), actor.require(READ), day)
    kinds = [row.label.lower() for row in rulebooks.current().catalogue(BODIES, on=day)]
    have = JobPosition.objects.at(day).values("unit_id")
    positions = JobPosition.objects.at(day).filter(unit=OuterRef("unit"))
    placed = Placement.objects.at(day).filter(unit=OuterRef("unit"))
    open_list = PositionListDraft.objects.filter(unit=OuterRef("unit")).exclude(state=ListState.APPROVED)
    return (
        rows.filter(Q(kind__in=kinds) | Q(unit_id__in=have))
        .select_related("unit")
        .annotate(
            positions=number_of(positions, "unit", Count("pk")),
            headcount=number_of(positions, "unit", Sum("headcount")),
            placed=number_of(placed, "unit", Count("pk")),
            way=Subquery(open_list.values("state")[:1]),
        )
    )


def by_state(rows: Rows, choice: str) -> Rows:
    """Bodies with, without, or on the way to an approved list."""
    found = {
        "co": Q(positions__gt=0),
        "chua": Q(positions=0),
        "dang_lam": Q(way__isnull=False),
        "cho_quyet_dinh": Q(way=ListState.APPRAISED),
    }
    return rows.filter(found[choice]) if choice in found else rows


def due_on(day: dt.date) -> rulebooks.Ruling | None:
    """The day by which lists are to be approved, with its source; None where no rule speaks of it."""
    return rulebooks.current().value_or_none(DUE, on=day)


def rank_rule(day: dt.date) -> str:
    """Where it is written that whoever holds a position must have the lowest rank of it; empty before that."""
    ruling = rulebooks.current().value_or_none("staffing.positions.rank_required", on=day)
    return ruling.reference if ruling else ""


@dataclass(frozen=True)
class Head:
    """How a body is named on a paper of a day: itself, the one above it, and whose layout it follows."""

    name: str
    superior: str
    state: bool


def head_of(unit: Unit, day: dt.date) -> Head:
    """The head of a body's papers, in two queries."""
    version = UnitVersion.objects.at(day).filter(unit=unit).first()
    above = version.parent_id if version else None
    names = unit_names([above], day) if above else {}
    name = version.name if version else unit.name
    return Head(name, names.get(above or 0, ""), version is not None and version.shelf == "nha_nuoc")


@dataclass(frozen=True)
class RankLine:
    """A rank: how many the positions ask for at least, how many present hold it."""

    rank: str
    wanted: int
    present: int


@dataclass
class BodyPage:
    """The job positions of a body on a day."""

    unit: Unit
    day: dt.date
    head: Head
    positions: list[facts.Position] = field(default_factory=list)
    strays: list[Placement] = field(default_factory=list)
    approvals: list[PositionApproval] = field(default_factory=list)
    draft: PositionListDraft | None = None
    due: rulebooks.Ruling | None = None

    @property
    def name(self) -> str:
        """The body's name on the day."""
        return self.head.name

    @property
    def headcount(self) -> int:
        """Places of all positions."""
        return sum(p.row.headcount for p in self.positions)

    @property
    def held(self) -> int:
        """People placed, each position counted by itself."""
        return sum(len(p.holders) for p in self.positions)

    @property
    def vacant(self) -> int:
        """Places without a holder."""
        return sum(p.filling.vacant for p in self.positions)

    @property
    def undescribed(self) -> int:
        """Positions without a description."""
        return sum(not p.described for p in self.positions)

    @property
    def below(self) -> list[tuple[facts.Position, facts.Holder]]:
        """Holders whose rank lies under the lowest of their position."""
        return [(p, h) for p in self.positions for h in p.holders if h.below]

    @property
    def overdue(self) -> bool:
        """Whether there is no list although the day for it has passed."""
        return not self.positions and self.due is not None and self.day > self.due.value

    @property
    def groups(self) -> list[tuple[str, str, int, float | None, Filling]]:
        """Key, name, number of positions, their share in per cent, and places against holders of each group."""
        rows = list(rulebooks.current().catalogue(facts.GROUPS, on=self.day))
        counted = shares(Counter(p.row.group for p in self.positions), [row.key for row in rows])
        found = []
        for row in rows:
            mine = [p for p in self.positions if p.row.group == row.key]
            filling = Filling(sum(p.row.headcount for p in mine), sum(len(p.holders) for p in mine))
            found.append((row.key, row.label, *counted[row.key], filling))
        return found

    @property
    def ranks(self) -> list[RankLine]:
        """The rank structure the positions ask for against the ranks of those present, the highest first."""
        known = rulebooks.current().catalogue(facts.RANKS, on=self.day)
        wanted: Counter[str] = Counter()
        present: Counter[str] = Counter()
        for p in self.positions:
            wanted[p.row.min_rank or UNKNOWN_RANK] += p.row.headcount
        for rank in self._main_ranks():
            row = known.find(rank) if rank else None
            present[row.label if row else OTHER_RANK if rank else UNKNOWN_RANK] += 1
        last = {UNKNOWN_RANK: -1, OTHER_RANK: 0}
        names = sorted(
            {*wanted, *present}, key=lambda name: (-last.get(name, rank_level(name, known) or 0), fold(name))
        )
        return [RankLine(name, wanted[name], present[name]) for name in names]

    def _main_ranks(self) -> list[str]:
        """The rank of everybody placed here, each person once."""
        return list({h.placement.person_id: h.rank for p in self.positions for h in p.holders}.values())


def body_page(actor: Actor, code: str, today: dt.date, day: dt.date) -> BodyPage:
    """The job positions of the body with a code.

    Raises:
        OutOfScope: no such unit for this actor.
        NotPermitted: she reads no posts there.
    """
    actor.require(READ)
    unit = unit_by_code(actor, code)
    require_over(actor, READ, unit, day)
    page = BodyPage(unit, day, head_of(unit, day), facts.body_positions(unit, day))
    page.strays = list(facts.strays(unit, day))
    page.approvals = list(facts.approvals(unit, day))
    page.draft = facts.open_list(unit)
    page.due = due_on(day)
    return page


@dataclass(frozen=True)
class PositionPage:
    """One position on a day."""

    position: facts.Position
    versions: Sequence[JobPosition]
    texts: Sequence[PositionDescription]
    drafted: bool
    in_force: bool
    head: Head

    @property
    def name(self) -> str:
        """The body's name on the day."""
        return self.head.name

    @property
    def text(self) -> PositionDescription | None:
        """The newest description; that of the day, unless it ended."""
        return self.texts[0] if self.texts else None


def position_page(actor: Actor, pk: int, day: dt.date) -> PositionPage:
    """A position with its holders, versions and descriptions.

    Raises:
        OutOfScope: no such position for this actor.
    """
    row = facts.position_by_id(actor, pk, day)
    versions = JobPosition.objects.standing().filter(unit=row.unit_id, code=row.code, in_force__startswith__lte=day)
    return PositionPage(
        facts.with_holders([row], day)[0],
        list(versions.select_related("opened_by", "closed_by").order_by("-in_force")),
        list(facts.descriptions(row.unit_id, row.code, day)),
        facts.description_draft(row.unit_id, row.code) is not None,
        day in row.in_force and row.voided_on is None,
        head_of(row.unit, day),
    )
