"""Rows for the income supplement: who, which grade, which coefficient, how many months."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from canbo.facts.decisions.queries import units_above
from canbo.facts.organisation.models import Unit
from canbo.foundation import rulebooks
from canbo.foundation.kernel.actor import Actor

from ...models import Cycle, Result
from .rows import sheets

PATH = "evaluation.outputs.income"


@dataclass(frozen=True)
class Rate:
    """The coefficient of a grade, with where it comes from and whether that was verified."""

    grade: str
    words: str
    coefficient: Decimal
    source: str
    sure: bool


@dataclass(frozen=True)
class Supplement:
    """A line of the list; the coefficient is None where no rule gives the grade one."""

    code: str
    name: str
    unit: str
    title: str
    period: str
    grade: str
    coefficient: Decimal | None
    months: Decimal
    note: str


def rates(cycle: Cycle) -> dict[str, Rate]:
    """The coefficients in force at the end of the period, of the scope of the cycle."""
    chain = units_above(cycle.unit.code, cycle.last)
    rows = rulebooks.current().catalogue(PATH, on=cycle.last, unit=chain).rows
    return {
        row.key: Rate(row.key, row.label, Decimal(str(row["coefficient"])), row.ruling.reference, row.ruling.is_sure)
        for row in rows
    }


def supplements(actor: Actor, cycle: Cycle, under: Unit | None = None) -> Iterator[Supplement]:
    """Everybody with a standing result, by unit and given name."""
    known = rates(cycle)
    rows = sheets(actor, cycle, under).filter(person__isnull=False)
    results = Result.objects.filter(sheet__in=rows.order_by().values("pk"), replaced_on=None)
    ordered = results.order_by("unit__sort_key", "person__sort_key", "pk").values_list(
        "person__code", "person__name", "unit__name", "sheet__title", "period", "grade",
        "sheet__worked_first", "sheet__worked_last",
    )  # fmt: skip
    whole = months(cycle, None, None)
    for code, name, unit, title, period, grade, first, last in ordered.iterator(chunk_size=5000):
        rate = known.get(grade)
        yield Supplement(
            code or "",
            name or "",
            unit,
            title,
            period,
            rate.words if rate else grade,
            rate.coefficient if rate else None,
            months(cycle, first, last) if first or last else whole,
            "" if rate else "Chưa có hệ số cho mức này",
        )


def months(cycle: Cycle, first: dt.date | None, last: dt.date | None) -> Decimal:
    """Months worked in the period, by days of each month, one decimal.

    Args:
        first, last: days worked, where that was not the whole period.
    """
    start, end = max(first or cycle.first, cycle.first), min(last or cycle.last, cycle.last)
    total = Decimal(0)
    day = start.replace(day=1)
    while day <= end:
        after = (day + dt.timedelta(days=31)).replace(day=1)
        length = (after - day).days
        worked = (min(end, after - dt.timedelta(days=1)) - max(start, day)).days + 1
        total += Decimal(max(0, worked)) / length
        day = after
    return total.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
