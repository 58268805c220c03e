"""Computes indicators: one statement per population, period and breakdown, whatever the number of indicators.

Works on ids and days alone and asks nobody's permission: only ``queries`` calls it.
"""

# ruff: noqa: S608 - the SQL is put together from fixed words of this package; whatever is asked is a parameter.
from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db import connection

from canbo.foundation.kernel.numbers import Number
from canbo.foundation.kernel.period import Span

from .choices import Kind
from .counting import committee_titles, counted_by_ceremony, group_names, outside_total, young_after
from .indicators import CATALOGUE
from .indicators.base import Indicator, Part
from .indicators.groupings import GROUPINGS, Grouping
from .populations import Population
from .populations.base import under

Key = tuple[str, ...]
Cells = dict[Key | None, Decimal | None]
"""Values by group key; None is the whole."""

_JOINS = (
    (
        "r.",
        " LEFT JOIN people_personrecord r ON r.person_id = e.person_id AND r.voided_on IS NULL AND r.in_force @> e.day",
    ),
    ("who.", " LEFT JOIN people_person who ON who.id = e.person_id"),
    (
        "party.",
        " LEFT JOIN organisation_unitversion party ON party.unit_id = e.unit_id AND party.voided_on IS NULL"
        " AND party.in_force @> e.day AND party.shelf = 'dang'",
    ),
)


def parameters(unit_id: int, span: Span) -> dict[str, Any]:
    """What the SQL of populations may name."""
    return {
        "unit": unit_id,
        "day": span.last,
        "first": span.first,
        "last": span.last,
        "before": span.before,
        "period": span.code,
        "by_ceremony": counted_by_ceremony(span.last),
        "outside": outside_total(span.last),
        "contract": group_names("contract", span.last),
        "part_time": group_names("part_time", span.last),
        "committee_titles": committee_titles("bch", span.last),
        "standing_titles": committee_titles("btv", span.last),
        "young_after": young_after(span.last),
    }


def from_clause(population: Population, mentioned: str, groupings: Sequence[Grouping] = ()) -> str:
    """The rows of a population under the unit, with the joins that the mentioned columns need."""
    parts = [f"FROM ({population.sql}) e"]
    if population.placed:
        parts.append(f"JOIN organisation_unitpath p ON {under('p', 'e.unit_id', 'e.tree_day')}")
    parts += [grouping.join for grouping in groupings if grouping.join]
    parts += [join for alias, join in _JOINS if re.search(rf"\b{re.escape(alias)}", mentioned)]
    return " ".join(parts)


def _aggregate(indicator: Indicator, population: Population) -> str:
    measure = indicator.measure
    if measure.of == "persons":
        called = "count(DISTINCT e.person_id)"
    elif measure.of == "sum":
        called = f"sum({measure.column})"
    elif measure.of == "mean":
        called = f"avg({measure.column})"
    else:
        called = "count(DISTINCT e.row_id)" if population.several_units else "count(*)"
    return f"{called} FILTER (WHERE {indicator.where})" if indicator.where else called


def _finish(indicator: Indicator, value: Any) -> Decimal | None:
    if indicator.measure.of == "mean":
        return None if value is None else Decimal(value).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
    return Decimal(value or 0)


def additive(indicator: Indicator) -> bool:
    """Whether the groups of an indicator add up to its whole."""
    population = indicator.population
    return population is not None and not population.several_units and indicator.measure.of in ("rows", "sum")


def statement(population: Population, indicators: Sequence[Indicator], by: Sequence[str]) -> str:
    """One select: the whole (first column true) and, with ``by``, one row per group."""
    groupings = [GROUPINGS[name] for name in by]
    columns = [_aggregate(indicator, population) for indicator in indicators]
    source = from_clause(population, " ".join([*columns, *(g.key for g in groupings)]), groupings)
    if not groupings:
        return f"SELECT TRUE, {', '.join(columns)} {source}"
    if tuple(by) == ("unit",) and all(additive(indicator) for indicator in indicators):
        return _by_branch(population, columns)
    # The keys are computed beneath, so that grouping sets name plain columns.
    keys = [f"k{n}" for n in range(len(groupings))]
    lateral = ", ".join(f"{g.key} AS {key}" for g, key in zip(groupings, keys, strict=True))
    listed = ", ".join(f"g.{key}" for key in keys)
    if all(additive(indicator) for indicator in indicators):
        # Every row has its group, so the groups make up the whole: hashing them is all there is to do.
        return (
            f"SELECT FALSE, {', '.join(columns)}, {listed} {source} "
            f"CROSS JOIN LATERAL (SELECT {lateral}) g GROUP BY {listed}"
        )
    return (
        f"SELECT GROUPING({listed}) <> 0, {', '.join(columns)}, {listed} {source} "
        f"CROSS JOIN LATERAL (SELECT {lateral}) g GROUP BY GROUPING SETS ((), ({listed}))"
    )


def _by_branch(population: Population, columns: Sequence[str]) -> str:
    """Rows are added up unit by unit before the units are added up by branch.

    Joined to the branches row by row, the planner expects so few rows that it looks up the dossiers one by one.
    """
    named = ", ".join(f"{column} AS c{number}" for number, column in enumerate(columns))
    sums = ", ".join(f"sum(e.c{number})" for number in range(len(columns)))
    unit = GROUPINGS["unit"]
    return (
        f"SELECT FALSE, {sums}, {unit.key} FROM (SELECT e.unit_id, e.tree_day, {named} "
        f"{from_clause(population, named)} GROUP BY e.unit_id, e.tree_day) e "
        f"JOIN organisation_unitpath p ON {under('p', 'e.unit_id', 'e.tree_day')} {unit.join} GROUP BY {unit.key}"
    )


@dataclass
class Calculation:
    """Figures of one unit, each computed once.

    Args:
        unit_id: the unit whose subtree is counted.
        by: names of the groupings, crossed when there are several.
    """

    unit_id: int
    by: tuple[str, ...] = ()
    _known: dict[tuple[str, Span], Cells] = field(default_factory=dict)
    _finer: dict[str, Calculation] = field(default_factory=dict)

    def know(self, code: str, span: Span, value: Number | None) -> None:
        """Takes over a whole that has been counted elsewhere."""
        if value is not None:
            self._known[code, _counted_on(CATALOGUE[code], span)] = {None: Decimal(str(value))}

    def load(self, wanted: Iterable[tuple[str, Span]]) -> None:
        """Computes all of them that are not known yet, one statement per population and period."""
        batches: dict[tuple[str, Span], list[Indicator]] = defaultdict(list)
        for code, span in dict.fromkeys(base for pair in wanted for base in _bases(*pair)):
            indicator = CATALOGUE[code]
            span = _counted_on(indicator, span)
            if (code, span) not in self._known and indicator.population is not None:
                batches[indicator.population.name, span].append(indicator)
        for (_, span), indicators in batches.items():
            by = self._groupings(indicators)
            for names, group in by.items():
                self._run(span, group, names)

    def _groupings(self, indicators: list[Indicator]) -> dict[tuple[str, ...], list[Indicator]]:
        """Indicators that cannot be broken down as asked are computed whole."""
        split: dict[tuple[str, ...], list[Indicator]] = defaultdict(list)
        for indicator in indicators:
            split[self.by if all(name in indicator.groupings for name in self.by) else ()].append(indicator)
        return split

    def _run(self, span: Span, indicators: list[Indicator], by: tuple[str, ...]) -> None:
        population = indicators[0].population
        assert population is not None  # noqa: S101 - load() has looked
        found: list[Cells] = [{None: Decimal(0)} for _ in indicators]
        with connection.cursor() as cursor:
            cursor.execute(statement(population, indicators, by), parameters(self.unit_id, span))
            for whole, *row in cursor.fetchall():
                key = None if whole else tuple(row[len(indicators) :])
                for cells, indicator, value in zip(found, indicators, row, strict=False):
                    cells[key] = _finish(indicator, value)
        if by and all(additive(indicator) for indicator in indicators):
            for cells in found:
                cells[None] = sum((value for key, value in cells.items() if key is not None and value), Decimal(0))
        for indicator, cells in zip(indicators, found, strict=True):
            self._known[indicator.code, span] = cells

    def cells(self, code: str, span: Span, plans: Mapping[str, Cells]) -> Cells:
        """The value and its groups; a derived one is put together from its parts group by group."""
        indicator = CATALOGUE[code]
        if not indicator.derived:
            self.load([(code, span)])
            return self._known[code, _counted_on(indicator, span)]
        parts = [
            plans.get(part.code, {}) if part.plan else self.cells(part.code, part_span(part, span), plans)
            for part in indicator.parts
        ]
        keys: dict[Key | None, None] = {None: None}
        for part in parts:
            keys |= dict.fromkeys(part)
        assert indicator.formula is not None  # noqa: S101 - the catalogue test says so
        mixed = self._mixed(indicator, span) if indicator.apart else set()
        return {
            key: None
            if key in mixed
            else indicator.formula(
                [_of_group(cells, key, plan=p.plan) for p, cells in zip(indicator.parts, parts, strict=True)]
            )
            for key in keys
        }

    def _mixed(self, indicator: Indicator, span: Span) -> set[Key | None]:
        """Keys under which several groups meet that one percentage may not mix."""
        known = indicator.apart in self.by
        finer = self
        if not known:
            finer = self._finer.setdefault(indicator.apart, Calculation(self.unit_id, (*self.by, indicator.apart)))
        at = finer.by.index(indicator.apart)
        wanted = [(part.code, part_span(part, span)) for part in indicator.parts]
        finer.load(wanted)
        met: dict[Key | None, set[str]] = defaultdict(set)
        for code, one in wanted:
            for key, number in finer.cells(code, one, {}).items():
                if key is not None and number:
                    met[None].add(key[at])
                    met[key if known else key[:-1]].add(key[at])
        return {key for key, groups in met.items() if len(groups) > 1}

    def mixes(self, code: str, span: Span) -> bool:
        """Whether the whole of an indicator would mix groups that are told apart."""
        indicator = CATALOGUE[code]
        return bool(indicator.apart) and None in self._mixed(indicator, span)


def _counted_on(indicator: Indicator, span: Span) -> Span:
    """The period as the statement sees it: the opening stock of a year is the closing stock of the one before."""
    population = indicator.population
    on_a_day = indicator.kind == Kind.STOCK and population is not None and population.placed
    return Span(span.last, span.last) if on_a_day else span


def _of_group(cells: Cells, key: Key | None, *, plan: bool) -> Decimal | None:
    """A group without rows counts nothing; a group without a plan has none."""
    return cells.get(key, None if plan else Decimal(0))


def part_span(part: Part, span: Span) -> Span:
    """The period that a part of a derived indicator looks at."""
    if part.at == "opening":
        return Span(span.before, span.before)
    return span.year_before() if part.at == "year_before" else span


def counted_bases(code: str) -> list[str]:
    """Indicators that a code is counted from in its own period: itself unless it is derived."""
    parts = CATALOGUE[code].parts
    return [base for part in parts if not part.plan and part.at == "same" for base in counted_bases(part.code)] or [
        code
    ]


def _bases(code: str, span: Span) -> Iterator[tuple[str, Span]]:
    """The counted indicators beneath one, each with its period."""
    indicator = CATALOGUE[code]
    if not indicator.derived:
        yield code, span
    for part in indicator.parts:
        if not part.plan:
            yield from _bases(part.code, part_span(part, span))
