"""What an indicator declares: its population, which of its rows count, how they are measured and grouped."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from canbo.foundation.kernel.numbers import percent

from ..choices import Kind
from ..populations import Population

Certainty = Literal["text", "news", "?"]
When = Literal["same", "opening", "year_before"]
Values = list[Decimal | None]

UNITS = ("unit",)
PEOPLE = ("unit", "sex", "ethnic_group", "religion", "age_band")


@dataclass(frozen=True)
class Measure:
    """How rows become a value.

    Args:
        of: ``rows`` counts them, ``persons`` counts people once, ``sum`` adds and ``mean`` averages ``column``.
        column: SQL over the row ``e`` and the dossier ``r`` of its day.
    """

    of: Literal["rows", "persons", "sum", "mean"] = "rows"
    column: str = ""


@dataclass(frozen=True)
class Part:
    """A value that a derived indicator is made of.

    ``at`` says for which period: the same, the last day before it (``opening``) or the same one a year before;
    ``plan`` takes the plan instead of the value.
    """

    code: str
    at: When = "same"
    plan: bool = False


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """One indicator (chỉ tiêu).

    Args:
        code, title: as the catalogue of the field names them.
        unit: unit of measure.
        population, where: the rows that count; ``where`` is SQL over ``e`` and ``r``.
        groupings: by what it may be broken down.
        parts, formula: for a value computed from others; its rows are those of the first part.
        definition: in the clerk's words, what is counted and what is not.
        source: where the definition comes from; ``certainty`` how well it is attested.
        cells: cells of official forms it feeds, ``form/row``.
        sensitive: its rows may be opened only by those who may read sensitive parts of dossiers.
        detail: SQL of the remark printed beside each row.
        apart: a grouping whose groups one percentage may not mix; where several meet there is no value for the whole.
    """

    code: str
    title: str
    unit: str
    kind: Kind
    definition: str
    population: Population | None = None
    where: str = ""
    measure: Measure = Measure()
    groupings: tuple[str, ...] = UNITS
    parts: tuple[Part, ...] = ()
    formula: Callable[[Values], Decimal | None] | None = None
    source: str = "Danh mục chỉ tiêu công tác tổ chức xây dựng Đảng"
    certainty: Certainty = "news"
    cells: tuple[str, ...] = ()
    sensitive: bool = False
    detail: str = "''"
    apart: str = ""

    @property
    def derived(self) -> bool:
        """Whether it is computed from other indicators."""
        return bool(self.parts)


def share(values: Values) -> Decimal | None:
    """The first value in per cent of the second, one decimal, half up."""
    return percent(values[0], values[1])


def difference(values: Values) -> Decimal | None:
    """The first value less the second; nothing when either is missing."""
    first, second = values
    return None if first is None or second is None else first - second


def reduction(values: Values) -> Decimal | None:
    """By how many per cent the second value lies under the first."""
    base, now = values
    return None if base is None or now is None else percent(base - now, base)
