"""Reviews of the Party and its quarterly sheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from .basics import COMPETENT, OWN, REVIEWED, Criterion, Hand, Office, Points, Scale, TaskRow, Who


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
    signer: Hand = REVIEWED


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
    own: Hand = OWN
    superior: Hand = COMPETENT
