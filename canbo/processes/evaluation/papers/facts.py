"""What a sheet says to its form: who, which criteria, which tasks, which points, who signs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from .. import rules
from ..choices import Standing
from ..models import TASK_COLUMNS, Sheet
from ..queries import PARTY_TRACKS
from ..queries.outputs.material import Material
from .shapes import Criterion, Hand, Office, PeriodPoints, Points, TaskRow, Who
from .tables import whole


def office(material: Material, sheet: Sheet) -> Office:
    """The body that grades, and the one above it at the end of the period."""
    return Office(issuer=sheet.body.name, superior=material.above.get(sheet.body_id, ""), on=material.cycle.last)


def who(material: Material, sheet: Sheet) -> Who:
    """The subject as the period knew her."""
    person = sheet.person_id or 0
    party = material.books[sheet.unit_id].track in PARTY_TRACKS
    return Who(
        name=name(sheet),
        born=material.born.get(person, ""),
        post="" if party and sheet.standing == Standing.MEMBER else sheet.title,
        unit=sheet.unit.name,
        cell=material.cells.get(person, ""),
    )


def name(sheet: Sheet) -> str:
    """The person or body the sheet speaks of."""
    subject = sheet.person or sheet.collective
    return subject.name if subject else ""


def hands(material: Material, sheet: Sheet, own: str, superior: str) -> tuple[Hand, Hand]:
    """Who signs; the day is filled in where the step was taken in the system."""
    day = sheet.submitted_at.date() if sheet.submitted_at else None
    said = sheet.decided_at or sheet.scored_at
    return Hand(own, name(sheet), day), Hand(superior, sheet.decided_by, said.date() if said else None)


def period(material: Material) -> str:
    """The period at the beginning of a line."""
    words = str(material.cycle.span)
    return words[:1].upper() + words[1:]


def criteria(material: Material, sheet: Sheet) -> tuple[Criterion, ...]:
    """The tree of the form with own and superior's points; a group is the sum of what is beneath it."""
    tree = material.books[sheet.unit_id].criteria(sheet.group)
    below: dict[str, list[str]] = {}
    for one in tree:
        below.setdefault(one.parent, []).append(one.key)

    def given(scores: Mapping[str, Any], key: str) -> Points:
        if key in below:
            return whole(tuple(given(scores, child) for child in below[key]))
        return number(scores.get(key))

    return tuple(
        Criterion(
            one.key,
            one.title,
            one.max,
            given(sheet.self_scores, one.key),
            given(sheet.scores, one.key),
            group=one.key in below,
        )
        for one in tree
        if one.part != "bonus"
    )


def points(material: Material, sheet: Sheet, name: str) -> Points:
    """A figure of the explanation; None while it cannot be formed."""
    return number(material.explained.get(sheet.pk, {}).get(name))


def support(sheet: Sheet) -> tuple[tuple[str, Points, Points], ...]:
    """What is judged of whoever supports and serves."""
    words = (("a", "Chất lượng công việc"), ("b", "Tuân thủ quy định, quy trình"), ("c", "Hiệu quả công việc"))
    return tuple((f"{key}. {title}", None, number(sheet.judged.get(key))) for key, title in words)


def tasks(material: Material, sheet: Sheet) -> tuple[TaskRow, ...]:
    """Task rows: of a concluded sheet those kept with its result, else those that count today."""
    result = material.results.get(sheet.pk)
    if result is not None:
        by_day = material.books[sheet.unit_id].value("delay_unit", "event") == "day"
        return tuple(kept(row, by_day) for row in result.tasks if row[2] is not None)
    return tuple(row_of(line) for line in material.tasks.get(sheet.person_id or 0, ()))


def row_of(line: rules.TaskLine) -> TaskRow:
    """A task line as the annex prints it."""
    marks = (
        (line.ad_hoc, "đột xuất"),
        (line.taken_over, "nhận thay"),
        (line.handed_back, "đã chuyển người khác"),
        (line.excused_fails + line.excused_delays > 0, "có nguyên nhân khách quan đã xác nhận"),
    )
    return TaskRow(
        line.title,
        "",
        line.coef,
        line.counted_assigned,
        line.counted_done,
        line.fails,
        line.late_times,
        "; ".join(words for holds, words in marks if holds),
    )


def kept(row: Sequence[Any], by_day: bool) -> TaskRow:
    """A task line kept with a result.

    Args:
        by_day: whether the rulebook counts delays by the working day.
    """
    known = dict(zip(TASK_COLUMNS, row, strict=False))
    for placed in ("due_on", "counts_on"):
        known.pop(placed, None)
    days = (known.pop("late_days"), known.pop("excused_days"))
    if by_day:
        known["delays"], known["excused_delays"] = days
    for part in ("coef", "assigned", "done"):
        known[part] = Decimal(str(known[part]))
    known["key"] = str(known["key"])
    return row_of(rules.TaskLine(**known))


def periods(material: Material, sheet: Sheet) -> tuple[PeriodPoints, ...]:
    """Twelve months; four quarters where only quarters were followed."""
    person, year = sheet.person_id or 0, material.cycle.first.year
    known, absent = material.periods.get(person, {}), material.absent.get(person, {})
    quarters = [f"{year}-Q{n}" for n in range(1, 5)]
    months = [f"{year}-{n:02d}" for n in range(1, 13)]
    if not any(month in known for month in months) and any(quarter in known for quarter in quarters):
        names = [(period, f"Quý {words}") for period, words in zip(quarters, ("I", "II", "III", "IV"), strict=True)]
    else:
        names = [(period, f"Tháng {n}") for n, period in enumerate(months, 1)]
    return tuple(
        PeriodPoints(words, number(known.get(period)), "" if period in known else absent.get(period, ""))
        for period, words in names
    )


def share(percent: Any, most: Any) -> Points:
    """So many per cent of a maximum."""
    reached, full = number(percent), number(most)
    return None if reached is None or full is None else reached * full / 100


def most(book: rules.Book, name: str) -> Points:
    """A maximum of the rulebook; None where it leaves that to a lower level."""
    return number(book.value(name))


def number(value: Any) -> Points:
    """A stored number; None stays not known."""
    return None if value is None else Decimal(str(value))
