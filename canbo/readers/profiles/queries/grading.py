"""The lines of a person's page: career, Party record, grades by year and month, versions of the dossier."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from canbo.facts.decisions.models import Decision
from canbo.facts.people.models import Grade, PersonRecord
from canbo.foundation.kernel.text import fold

from .origin import Origin, origin_of
from .person import Dossier
from .traits import IDENTITY, SCHOOLING, SERVICE, Line


@dataclass(frozen=True)
class Stop:
    """A point of a line: a stay somewhere, and the decisions at its ends."""

    title: str
    place: str
    place_code: str
    first: dt.date | None
    last: dt.date | None
    precision: str
    words: str
    now: bool
    origin: Origin
    ended_by: Decision | None
    ending: str
    term_until: dt.date | None = None
    term_precision: str = "d"


def career(found: Dossier) -> list[Stop]:
    """Posts begun by the day, the newest first; an end after the day is not known yet."""
    stops = []
    for row in reversed(found.assignments):
        over = row.last_day is not None and row.last_day < found.day
        words = [*row.acts, *(["kiêm nhiệm"] if row.concurrent else [])]
        stops.append(
            Stop(
                row.title, found.unit_name(row), row.unit.code, row.since, row.last_day if over else None,
                row.since_precision, ", ".join(words), not over, origin_of(row), row.closed_by if over else None,
                row.closing_act if over else "", row.term_until, row.term_precision,
            )
        )  # fmt: skip
    return stops


def party_line(found: Dossier) -> list[Stop]:
    """Stays in cells begun by the day, the newest first."""
    stops = []
    for row in reversed(found.stays):
        over = row.last_day is not None and row.last_day < found.day
        stops.append(
            Stop(
                found.unit_name(row), "", row.unit.code, row.since, row.last_day if over else None,
                row.since_precision, row.get_entry_display(), not over, origin_of(row),
                row.closed_by if over else None, row.get_closing_act_display() if over else "",
            )
        )  # fmt: skip
    return stops


@dataclass(frozen=True)
class Mark:
    """A grade of one year or month; without a grade, nothing was concluded."""

    label: str
    grade: str
    kind: str
    detail: str
    origin: Origin | None


KINDS = (("khong hoan thanh", "bad"), ("xuat sac", "good"), ("hoan thanh tot", "good"), ("hoan thanh", "info"))


def kind_of(grade: str) -> str:
    """The colour of a grade; its words always stand beside it."""
    text = fold(grade)
    return next((kind for part, kind in KINDS if part in text), "quiet")


def years(found: Dossier) -> list[Mark]:
    """The last ten years, the oldest first; nothing when no year was ever graded."""
    graded = {row.period: row for row in reversed(found.grades) if re.fullmatch(r"\d{4}", row.period)}
    last = found.day.year
    return _marks(graded, [(str(year), str(year)) for year in range(last - 9, last + 1)])


def months(found: Dossier) -> list[Mark]:
    """The last twelve months, the oldest first; nothing when no month was ever graded."""
    graded = {row.period: row for row in reversed(found.grades) if re.fullmatch(r"\d{4}-\d{2}", row.period)}
    month = found.day.year * 12 + found.day.month - 1
    wanted = [divmod(number, 12) for number in range(month - 11, month + 1)]
    return _marks(graded, [(f"{y:04d}-{m + 1:02d}", f"{m + 1:02d}/{y}") for y, m in wanted])


def _marks(graded: dict[str, Grade], wanted: Sequence[tuple[str, str]]) -> list[Mark]:
    if not graded:
        return []
    marks = []
    for key, label in wanted:
        row = graded.get(key)
        if row is None:
            marks.append(Mark(label, "", "quiet", "", None))
        else:
            marks.append(Mark(label, row.grade, kind_of(row.grade), row.basis, origin_of(row)))
    return marks


@dataclass(frozen=True)
class Version:
    """A version of the dossier and what changed in it."""

    first: dt.date | None
    last: dt.date | None
    origin: Origin
    changes: list[tuple[str, str, str]]


def history(found: Dossier) -> list[Version]:
    """Versions of the dossier begun by the day, the newest first, each with what it changed."""
    lines = [line for line in (*IDENTITY, *SCHOOLING, *SERVICE) if found.sensitive or not line.sensitive]
    versions: list[Version] = []
    before: PersonRecord | None = None
    for row in found.versions:
        if row.in_force.lower is not None and row.in_force.lower > found.day:
            break
        changes = _changes(lines, before, row) if before is not None else []
        versions.append(Version(row.in_force.lower, row.last_day, origin_of(row), changes))
        before = row
    return versions[::-1]


def _changes(lines: Sequence[Line], before: PersonRecord, after: PersonRecord) -> list[tuple[str, str, str]]:
    """Label, old and new text of every line that two versions show differently."""
    shown = ((line.label, line.show(before), line.show(after)) for line in lines)
    return [(label, old, new) for label, old, new in shown if old != new]
