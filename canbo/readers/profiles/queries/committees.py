"""The page of a committee: number, structure, goals, what stands against it, another day beside it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from canbo.facts.organisation.models import Unit, UnitVersion
from canbo.facts.organisation.queries import require_over, unit_by_code, version_at
from canbo.facts.people.choices import Sex
from canbo.facts.people.models import PersonRecord
from canbo.facts.staffing.choices import READ, Body
from canbo.facts.staffing.models import Committee
from canbo.facts.staffing.queries import committees as facts
from canbo.facts.staffing.rules import Goal, allowed, counted, size_faults, standing_share_faults
from canbo.foundation import rulebooks
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.dates import format_date
from canbo.foundation.kernel.violation import Violation

from ..rules import add_months, age

MAJORITY = "Kinh"
UNKNOWN = "khong-ro"
HEADINGS = ("Giới tính", "Nhóm tuổi", "Dân tộc", "Trình độ chuyên môn", "Lý luận chính trị", "Hình thức")


def sizes_on(day: dt.date) -> Iterable[rulebooks.Row]:
    """The rules on the numbers of committees on a day; none before there were any."""
    try:
        return list(rulebooks.current().catalogue(facts.SIZES, on=day))
    except rulebooks.NoRuleInForce:
        return []


def young_under(day: dt.date) -> int:
    """Below which age a member counts as young."""
    return int(rulebooks.current().known("party.committees.young_under", on=day).value)


def term_soon(day: dt.date) -> dt.date:
    """Terms that end by this day are pointed out."""
    return add_months(day, int(rulebooks.current().known("party.committees.term_warning", on=day).value))


@dataclass(frozen=True)
class Line:
    """A member as the page and the paper show her."""

    member: facts.Member
    record: PersonRecord | None
    age: int | None

    @property
    def sex(self) -> str:
        """``nam``, ``nu``, or nothing."""
        return self.record.sex if self.record else ""

    @property
    def ethnic_group(self) -> str:
        """As the dossier says."""
        return self.record.ethnic_group if self.record else ""


@dataclass
class CommitteePage:
    """One committee of a Party organisation on a day."""

    unit: Unit
    day: dt.date
    version: UnitVersion | None
    body: str
    lines: list[Line]
    numbers: dict[str, Committee]
    sizes: dict[str, int]
    merged: int
    history: list[Committee] = field(default_factory=list)
    gone: list[Line] = field(default_factory=list)
    came: list[Line] = field(default_factory=list)
    against: dt.date | None = None

    @property
    def name(self) -> str:
        """The organisation's name on the day."""
        return self.version.name if self.version else self.unit.name

    @property
    def superior(self) -> str:
        """The name of the organisation above it, as it is called now."""
        return self.version.parent.name if self.version and self.version.parent else ""

    @property
    def body_name(self) -> str:
        """Ban Chấp hành, Ban Thường vụ …"""
        return Body(self.body).label

    @property
    def number(self) -> Committee | None:
        """What was decided about this committee."""
        return self.numbers.get(self.body)

    @property
    def vacant(self) -> int:
        """Seats decided and not filled."""
        return max(self.number.size - len(self.lines), 0) if self.number else 0

    @property
    def deputies(self) -> int:
        """Deputy secretaries, or deputy heads."""
        return sum(line.member.seat.role == "deputy" for line in self.lines)

    @cached_property
    def rule(self) -> rulebooks.Row | None:
        """How many the rulebook of the day allows."""
        return self._allowed(self.body)

    def _allowed(self, body: str) -> rulebooks.Row | None:
        kind = self.version.kind if self.version else ""
        return allowed(sizes_on(self.day), kind, body, self.merged)

    @cached_property
    def faults(self) -> list[Violation]:
        """What stands against the committee as it is, each with its article."""
        size = self.number.size if self.number else None
        found = size_faults(len(self.lines), size, self.rule, self.body_name)
        if self.body == Body.COMMITTEE:
            decided = self.number.deputies if self.number else None
            found += size_faults(self.deputies, decided, self._allowed("deputies"), "Phó bí thư")
        if self.body == Body.STANDING:
            share = rulebooks.current().value_or_none("party.organisation.standing_board_share", on=self.day)
            if share is not None:
                found += standing_share_faults(len(self.lines), self.sizes[Body.COMMITTEE], share)
        if not any(line.member.seat.role == "head" for line in self.lines) and self.lines:
            found.append(
                Violation(
                    "COMMITTEE-HEAD", f"{self.body_name} chưa có người đứng đầu.", fix="Ghi quyết định về người ấy."
                )
            )
        return found

    @property
    def outside(self) -> list[Line]:
        """Members who are not, or no longer, Party members of this organisation."""
        return [line for line in self.lines if line.member.outside]

    @property
    def term_ends(self) -> bool:
        """Whether the term has ended or ends soon."""
        until = self.number.term_until if self.number else None
        if until is None:
            return False
        return until <= term_soon(self.day)

    @cached_property
    def goals(self) -> list[Goal]:
        """The structure goals of the day, and how far each is met."""
        under = young_under(self.day)
        parts = {
            "women": ("Nữ", sum(line.sex == Sex.FEMALE for line in self.lines)),
            "young": (
                f"Trẻ (dưới {under} tuổi)",
                sum(line.age is not None and line.age < under for line in self.lines),
            ),
            "minority": (
                "Dân tộc thiểu số",
                sum(bool(line.ethnic_group) and line.ethnic_group != MAJORITY for line in self.lines),
            ),
        }
        found = []
        for key, (label, number) in parts.items():
            rule = rulebooks.current().value_or_none(f"party.committees.{key}_goal", on=self.day)
            if rule is not None:
                found.append(Goal(key, label, number, len(self.lines), float(rule.value), rule.reference, rule.is_sure))
        return found

    @cached_property
    def bands(self) -> tuple[Any, ...]:
        """The age bands of the day."""
        return tuple(rulebooks.current().known("party.committees.ages", on=self.day).value)

    @property
    def parts(self) -> list[tuple[str, list[tuple[str, str, int]]]]:
        """The structure: heading, then key, label and number of each part that has anybody."""
        bands = {band["key"]: band["label"] for band in self.bands}
        orders = {"Giới tính": {"nam": "Nam", "nu": "Nữ"}, "Nhóm tuổi": bands, "Dân tộc": {MAJORITY: MAJORITY}}
        found = []
        for heading in HEADINGS:
            rows = counted((self.part_of(heading, line) for line in self.lines), orders.get(heading, {}))
            named = [(key, "Chưa ghi" if key == UNKNOWN else label, number) for key, label, number in rows if number]
            found.append((heading, named))
        return found

    def in_part(self, heading: str, key: str) -> list[Line]:
        """The members behind one number of the structure."""
        return [line for line in self.lines if self.part_of(heading, line) == key]

    def part_of(self, heading: str, line: Line) -> str:
        """Where a member belongs in one part of the structure."""
        if heading == "Nhóm tuổi":
            fit = (b["key"] for b in self.bands if line.age is not None and _within(b, line.age))
            return next(fit, UNKNOWN)
        values = {
            "Giới tính": line.sex,
            "Dân tộc": line.ethnic_group,
            "Trình độ chuyên môn": getattr(line.record, "qualification", ""),
            "Lý luận chính trị": getattr(line.record, "political_theory", ""),
            "Hình thức": line.member.mode,
        }
        return values.get(heading) or UNKNOWN


def _within(band: Any, years: int) -> bool:
    return band.get("min", 0) <= years < band.get("below", years + 1)


def lines_of(unit: Unit, body: str, day: dt.date) -> list[Line]:
    """The members of a committee on a day with the dossier they had then."""
    members = facts.members_of(unit, body, day)
    ids = [m.post.person_id for m in members]
    records = {r.person_id: r for r in PersonRecord.objects.at(day).filter(person_id__in=ids)}
    found = []
    for member in members:
        record = records.get(member.post.person_id)
        found.append(Line(member, record, age(record.born_on, day) if record else None))
    return found


def committee_page(actor: Actor, code: str, day: dt.date, body: str, against: dt.date | None = None) -> CommitteePage:
    """A committee of the organisation with a code.

    Args:
        against: another day, to say who has come and who is gone since, or until then.

    Raises:
        OutOfScope: no such unit for this actor.
        NotPermitted: she reads no posts there.
    """
    actor.require(READ)
    unit = unit_by_code(actor, code)
    require_over(actor, READ, unit, day)
    lines = lines_of(unit, body, day)
    sizes = {body: len(lines)}
    if body == Body.STANDING:
        sizes[Body.COMMITTEE] = len(facts.members_of(unit, Body.COMMITTEE, day))
    page = CommitteePage(
        unit, day, version_at(unit, day), body, lines, facts.committees_at(unit, day), sizes,
        facts.merged_from(unit, day), list(facts.committee_history(unit, body, day)),
    )  # fmt: skip
    if against is not None:
        other = lines_of(unit, body, against)
        there = {line.member.post.person_id for line in other}
        here = {line.member.post.person_id for line in lines}
        page.against = against
        page.came = [line for line in lines if line.member.post.person_id not in there]
        page.gone = [line for line in other if line.member.post.person_id not in here]
    return page


def says(page: CommitteePage) -> str:
    """One sentence on the number, for the heading of the page and the paper."""
    text = f"{page.body_name} {page.name} ngày {format_date(page.day)} có {len(page.lines)} người"
    if page.number:
        text += f", số lượng đã quyết định {page.number.size}"
        text += f", còn khuyết {page.vacant}" if page.vacant else ""
    return text + "."
