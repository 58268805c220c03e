"""What a printed form of evaluation needs to know: plain values, None or empty where it is to be filled in by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

Points = Decimal | None


@dataclass(frozen=True, kw_only=True)
class Office:
    """Whose form it is.

    Args:
        issuer, superior: the body on the form and the one above it.
        on: the day whose layout and form rules apply.
        code: code of the body in the symbol of its decisions (``SNV``, ``TU``).
        place: place name before the date.
    """

    issuer: str
    on: dt.date
    superior: str = ""
    code: str = ""
    place: str = ""


@dataclass(frozen=True, kw_only=True)
class Who:
    """The person or body the form speaks of; ``born`` as the dossier has it."""

    name: str
    born: str = ""
    post: str = ""
    party_post: str = ""
    mass_post: str = ""
    unit: str = ""
    cell: str = ""


@dataclass(frozen=True)
class Criterion:
    """A row of the table of criteria; ``group`` rows sum the rows beneath them.

    ``own`` is what the person gave herself, ``superior`` what the competent person confirmed.
    """

    key: str
    title: str
    most: Points
    own: Points = None
    superior: Points = None
    group: bool = False
    note: str = ""


@dataclass(frozen=True)
class TaskRow:
    """A task that counted: quantities in products, returns and delays as counted (confirmed causes taken away)."""

    title: str
    product: str = ""
    coef: Points = None
    assigned: Points = None
    done: Points = None
    returns: int = 0
    delays: int = 0
    note: str = ""


@dataclass(frozen=True)
class Formula:
    """A line of the calculation with its numbers filled in."""

    label: str
    filled: str
    value: Points = None
    article: str = ""


@dataclass(frozen=True)
class Scale:
    """The grades a form offers, best first, as code and words."""

    grades: tuple[tuple[str, str], ...]

    def boxes(self, chosen: str) -> tuple[tuple[str, bool], ...]:
        """The boxes of the form with the chosen grade ticked; none is ticked while nothing was chosen."""
        return tuple((words, key == chosen) for key, words in self.grades)

    def words(self, key: str) -> str:
        """The grade in words; a grade the scale does not know is printed as it stands."""
        return dict(self.grades).get(key, key)

    @property
    def legend(self) -> str:
        """What the short grades of a narrow column mean."""
        return "; ".join(f"{key}: {words}" for key, words in self.grades)


@dataclass(frozen=True)
class Hand:
    """Whoever signs a form: the line of her position, her name, the day."""

    position: str
    name: str = ""
    on: dt.date | None = None


@dataclass(frozen=True, kw_only=True)
class MonthSheet:
    """Mẫu số 01 of one person and one month or quarter, with the annex of results.

    Args:
        period: ``Tháng 7 năm 2026``.
        superior_column: whether the table has a second column for the competent person's points.
        support: parts a, b, c judged for support staff: words, own, superior.
    """

    office: Office
    who: Who
    period: str
    criteria: tuple[Criterion, ...]
    common: Points = None
    result: Points = None
    total: Points = None
    strengths: str = ""
    weaknesses: str = ""
    comment: str = ""
    superior_column: bool = False
    tasks: tuple[TaskRow, ...] = ()
    formulas: tuple[Formula, ...] = ()
    support: tuple[tuple[str, Points, Points], ...] = ()
    own: Hand = Hand("Người tự đánh giá")
    superior: Hand = Hand("Cấp có thẩm quyền theo dõi, đánh giá")


@dataclass(frozen=True)
class PeriodPoints:
    """A line of Mẫu số 02: one month (or quarter), its points, and why there are none."""

    label: str
    points: Points = None
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class YearSheet:
    """Mẫu số 02 of one person and one year."""

    office: Office
    who: Who
    year: int
    periods: tuple[PeriodPoints, ...]
    mean: Points
    scale: Scale
    own_grade: str = ""
    grade: str = ""
    measures: str = ""
    own: Hand = Hand("Người tự đánh giá")
    decider: Hand = Hand("Cấp có thẩm quyền xếp loại")


@dataclass(frozen=True)
class Defect:
    """A weakness named before, and whether it was put right: ``done``, ``doing``, ``not``, or empty."""

    text: str
    state: str = ""
    difficulty: str = ""
    responsible: str = ""


@dataclass(frozen=True, kw_only=True)
class Review:
    """Mẫu 01, 2A, 2B, 2C of HD 43.

    Args:
        form: key of the form in the rulebook: ``hd43-2a``.
        texts: what was written, by key of the part.
        suggestions: points asked from above and the answers.
        comments: whoever comments, and her words.
        tasks: annex of results (Mẫu 2B).
    """

    form: str
    office: Office
    who: Who
    year: int
    scale: Scale
    texts: Mapping[str, str] = field(default_factory=dict)
    defects: tuple[Defect, ...] = ()
    suggestions: tuple[tuple[str, str], ...] = ()
    comments: tuple[tuple[str, str], ...] = ()
    common: Points = None
    result: Points = None
    total: Points = None
    common_most: Points = Decimal(30)
    result_most: Points = Decimal(70)
    own_grade: str = ""
    tasks: tuple[TaskRow, ...] = ()
    signer: Hand = Hand("Người tự kiểm điểm")


@dataclass(frozen=True)
class AxisRow:
    """One of the six axes of the quarterly form: what it can give, what was reached."""

    title: str
    most: Points
    own: Points = None
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class QuarterSheet:
    """Mẫu 05: criteria met or not met, six axes, proposal and comment."""

    office: Office
    who: Who
    period: str
    criteria: tuple[Criterion, ...]
    axes: tuple[AxisRow, ...]
    scale: Scale
    common: Points = None
    result: Points = None
    total: Points = None
    own_grade: str = ""
    comment: str = ""
    own: Hand = Hand("Người tự đánh giá")
    superior: Hand = Hand("Cấp có thẩm quyền")


@dataclass(frozen=True, kw_only=True)
class Listed:
    """A person or body in a list, with what everybody gave her."""

    name: str
    post: str = ""
    unit: str = ""
    group: str = ""
    common: Points = None
    result: Points = None
    total: Points = None
    own: str = ""
    proposed: str = ""
    grade: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class CapLine:
    """How many top grades a group of similar posts may have, has, and who stands at the boundary."""

    group: str
    base: int
    limit: int
    used: int
    boundary: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class UnitList:
    """The summary of a unit for a period (danh sách tổng hợp)."""

    office: Office
    unit: str
    period: str
    scale: Scale
    rows: tuple[Listed, ...]
    caps: tuple[CapLine, ...] = ()
    not_graded: tuple[tuple[str, str, str], ...] = ()
    collectives: bool = False
    maker: Hand = Hand("Người lập danh sách")
    head: Hand = Hand("Thủ trưởng cơ quan, đơn vị")
