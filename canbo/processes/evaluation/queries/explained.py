"""A sheet as a page shows it: the form, what it adds up to, the grade from both sides, and what happened to it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from canbo.foundation.kernel.actor import Actor

from .. import rules
from ..choices import Standing, State, Step
from ..models import Appeal, Event, Result, Sheet, Suggestion
from .assessing import JUDGED, assess
from .axes import AxisLine, axes_approved, axis_lines
from .books import books_of
from .small import due, suggestions_for
from .standpoint import Standpoint, readable_sheet
from .telling import told

NOTHING_TOLD: dict[str, Any] = {
    "total": None, "common": None, "result_points": None, "by_points": "", "by_conditions": "", "grade": "",
    "suggestion": "", "notes": [],
}  # fmt: skip
"""What a page shows of a result without an explanation, such as one loaded from a file."""
COUNTS = ("knockout", "condition", "ceiling", "special")


@dataclass(frozen=True)
class Criterion:
    """One line of the form with what the person and her superior gave."""

    key: str
    title: str
    most: Decimal | None
    binary: bool
    own: Decimal | None
    given: Decimal | None
    heading: str = ""


@dataclass(frozen=True)
class Judged:
    """A per cent that the superior judges: d, đ, e of leaders; a, b, c of support staff. d of a head follows from her staff.

    Args:
        levels: the only values there are, each with what it means; empty for any per cent.
    """

    key: str
    symbol: str
    title: str
    value: Decimal | None
    levels: tuple[tuple[Decimal | None, str], ...] = ()


@dataclass(frozen=True)
class Written:
    """A part of the review report: its field, its heading, what stands in it."""

    name: str
    label: str
    text: str


@dataclass
class SheetPage:
    """Everything the page of one sheet shows.

    Args:
        story: the explanation as ``telling.told`` keeps it; of a closed sheet the frozen one.
        result: the standing result, once the cycle was closed.
    """

    sheet: Sheet
    standpoint: Standpoint
    book: rules.Book
    story: dict[str, Any]
    criteria: list[Criterion]
    due: dt.date | None
    events: list[Event]
    suggestions: list[Suggestion]
    result: Result | None = None
    earlier: list[Result] = field(default_factory=list)
    appeals: list[Appeal] = field(default_factory=list)

    @property
    def writable(self) -> bool:
        """Whether the reader fills the form in now."""
        return self.sheet.state == State.DRAFT and (self.standpoint.own or self.standpoint.manages)

    @property
    def grades(self) -> dict[str, str]:
        return {grade.key: grade.title for grade in self.book.grades}

    @property
    def judged(self) -> list[Judged]:
        """What the form asks the superior to judge in per cent, with what stands."""
        formula = self.book.group(self.sheet.group).formula
        held = self.sheet.judged
        if formula == "mean_support":
            rows = self.book.rows("components_support")
            return [Judged(row.key, row.key, row.label, _number(held.get(row.key))) for row in rows]
        if formula != "mean_abcdde":
            return []
        levels = tuple(_number(level) for level in self.book.value("leader_levels") or ())
        return [
            Judged(
                key=row.key,
                symbol=row.get("symbol", row.key),
                title=row.label,
                value=_number(held.get(row.key)),
                levels=tuple(zip(levels, (row.get("high", ""), row.get("low", "")), strict=False)),
            )
            for row in self.book.rows("components")
            if row.key in JUDGED and not (row.key == "d" and self.sheet.standing == Standing.HEAD)
        ]

    @property
    def report(self) -> list[Written]:
        """The parts of the review report in order; none where the form is none."""
        held = self.sheet.review | {rules.WEAKNESSES: self.sheet.weaknesses}
        parts = rules.sections(self.book, self.sheet.group, self.sheet.cycle.last)
        return [Written(one.name, one.label, held.get(one.key, "")) for one in parts]

    @property
    def axes(self) -> list[AxisLine]:
        """The axes of a quarterly sheet; none where the rulebook has none for her."""
        return axis_lines(self.book, self.sheet)

    @property
    def axes_approved(self) -> bool:
        return axes_approved(self.sheet)

    @property
    def plans_axes(self) -> str:
        """What the reader may do with the maxima now: ``propose``, ``approve`` or nothing."""
        if self.sheet.state != State.DRAFT:
            return ""
        if self.standpoint.reviews:
            return "approve"
        return "propose" if (self.standpoint.own or self.standpoint.manages) and not self.axes_approved else ""

    @property
    def missing(self) -> int:
        """Criteria without points of her own."""
        return sum(line.own is None for line in self.criteria)

    @property
    def own_total(self) -> Decimal:
        return sum((line.own for line in self.criteria if line.own is not None), Decimal(0))

    @property
    def most(self) -> Decimal:
        return sum((line.most for line in self.criteria if line.most is not None), Decimal(0))

    @property
    def against(self) -> list[dict[str, Any]]:
        """What counts against the subject: knock-outs and failed conditions of grades above the one reached."""
        return [reason for reason in self.reasons if reason["met"] is False]

    @property
    def unknown(self) -> list[dict[str, Any]]:
        return [reason for reason in self.reasons if reason["met"] is None]

    @property
    def reasons(self) -> list[dict[str, Any]]:
        return [reason for reason in self.story.get("reasons", []) if reason["kind"] in COUNTS]

    @property
    def task_lines(self) -> list[dict[str, Any]]:
        return [line for line in self.story.get("lines", []) if str(line["key"]).startswith("task:")]

    @property
    def sum_lines(self) -> list[dict[str, Any]]:
        keys = {line.key for line in self.criteria}
        lines = self.story.get("lines", [])
        return [ln for ln in lines if not str(ln["key"]).startswith("task:") and ln["key"] not in keys]


def sheet_page(actor: Actor, pk: int, on: dt.date) -> SheetPage:
    """The page of one sheet.

    Args:
        on: the day of looking; work open past its deadline counts as late.

    Raises:
        OutOfScope: not there, or not for this actor.
    """
    sheet, place = readable_sheet(actor, pk, on)
    book = books_of(sheet.cycle, [sheet.unit_id])[sheet.unit_id]
    results = list(Result.objects.filter(sheet=sheet).select_related("decision").order_by("-id"))
    standing = next((row for row in results if row.replaced_on is None), None)
    return SheetPage(
        sheet=sheet,
        standpoint=place,
        book=book,
        story=NOTHING_TOLD | _story(sheet, standing, on),
        criteria=_criteria(book, sheet),
        due=due(sheet.cycle, Step.SELF),
        events=list(Event.objects.filter(sheet=sheet).order_by("-id")[:100]),
        suggestions=list(suggestions_for(sheet)),
        result=standing,
        earlier=[row for row in results if row.replaced_on is not None],
        appeals=list(Appeal.objects.filter(result__sheet=sheet).order_by("-received_on", "-id")),
    )


def _story(sheet: Sheet, standing: Result | None, on: dt.date) -> dict[str, Any]:
    if standing is not None:
        return dict(standing.explanation or sheet.explanation)
    if sheet.state == State.DECIDED and sheet.explanation:
        return dict(sheet.explanation)
    found = assess(sheet.cycle, [sheet], on)[sheet.pk]
    return told(found.book, sheet, found.outcome) if found.outcome is not None else {}


def _criteria(book: rules.Book, sheet: Sheet) -> list[Criterion]:
    headings = {row.key: row.title for row in book.criteria(sheet.group)}
    found, last = [], ""
    for row in book.scored(sheet.group):
        above = row.parent if row.parent in headings else ""
        found.append(
            Criterion(
                key=row.key,
                title=row.title,
                most=row.max,
                binary=row.binary,
                own=_number(sheet.self_scores.get(row.key)),
                given=_number(sheet.scores.get(row.key)),
                heading=f"{above}. {headings[above]}" if above and above != last else "",
            )
        )
        last = above
    return found


def _number(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value))
