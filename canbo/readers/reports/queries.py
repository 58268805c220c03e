"""Asking for figures: value, rows, series, plan and the same period of the year before."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.period import Span
from canbo.foundation.kernel.violation import Refused, Violation

from . import behind, scope
from .behind import Row
from .choices import READ
from .compute import Calculation, Cells, Key
from .indicators import CATALOGUE, Indicator
from .indicators.groupings import GROUPINGS
from .plans import plans_of
from .rules import BETWEEN, Figure, Group
from .scope import Place


@dataclass(frozen=True)
class Entry:
    """One line of the catalogue as it is printed."""

    code: str
    title: str
    unit: str
    groupings: tuple[str, ...]
    cells: tuple[str, ...]
    definition: str
    source: str
    certainty: str


def refused(code: str, message: str, *, field: str | None = None, fix: str | None = None) -> Refused:
    """A refusal with one reason."""
    return Refused(Violation(code, message, field=field, fix=fix))


def catalogue() -> list[Entry]:
    """Every indicator, in the order of the catalogue."""
    return [
        Entry(i.code, i.title, i.unit, i.groupings, i.cells, i.definition, i.source, i.certainty)
        for i in CATALOGUE.values()
    ]


def indicator(code: str) -> Indicator:
    """The indicator of a code, whatever its case; Refused when there is none."""
    found = CATALOGUE.get(code.strip().upper())
    if found is None:
        raise Refused(
            Violation("REPORT-INDICATOR", f"Không có chỉ tiêu “{code}”.", fix="Xem danh mục: canbo indicators.")
        )
    return found


def span(text: str | Span) -> Span:
    """The period a text names; Refused when it names none."""
    if isinstance(text, Span):
        return text
    try:
        return Span.parse(text)
    except ValueError as error:
        raise Refused(Violation("REPORT-PERIOD", str(error), field="ky")) from error


def value(actor: Actor, code: str, unit: str, period: str | Span, by: Sequence[str] = ()) -> Figure:
    """One indicator for a unit and a period, with its plan, the year before and the groups asked for.

    Args:
        code: of the catalogue.
        unit: code of the unit; everything under it is counted.
        period: see ``Span.parse``.
        by: groupings; several are crossed, their keys and labels joined.

    Raises:
        Refused: unknown indicator, period or grouping, or a unit that was not there in the period.
        NotPermitted, OutOfScope: the actor may not read reports, or not of this unit.
    """
    one = indicator(code)
    found = values(actor, [code], unit, period, by)[one.code]
    if found.note and not by:
        # What may not be mixed is given group by group at once.
        found = replace(values(actor, [code], unit, period, (one.apart,))[one.code], note=found.note)
    return found


def values(
    actor: Actor, codes: Sequence[str], unit: str, period: str | Span, by: Sequence[str] = ()
) -> dict[str, Figure]:
    """Several indicators at once, sharing the work; see ``value``."""
    now = span(period)
    place = scope.place(actor, READ, unit, now)
    return figures(place, [indicator(code) for code in codes], now, tuple(by))


def figures(
    place: Place,
    indicators: Sequence[Indicator],
    now: Span,
    by: tuple[str, ...] = (),
    compared: Collection[str] | None = None,
    known: Mapping[str, Figure] | None = None,
) -> dict[str, Figure]:
    """Figures of a place already allowed.

    Args:
        compared: codes to count for the year before as well; all of them without it.
        known: figures counted already, by code; what is derived from them is not counted again.
    """
    for one in indicators:
        _check_groupings(one, by)
    then = now.year_before()
    before = scope.stood(place.id, then)
    calculation = Calculation(place.id, by)
    for counted in () if by else (known or {}).values():
        calculation.know(counted.code, now, counted.value)
        calculation.know(counted.code, then, counted.previous)
    codes = [one.code for one in indicators]
    calculation.load([(code, now) for code in codes])
    looked_back = {code for code in codes if before and (compared is None or code in compared)}
    calculation.load([(code, then) for code in codes if code in looked_back])
    keys = scope.subordinates(place.id, now) if "unit" in by else {}
    named = {str(place.id): place} | (scope.subordinates(place.id, then) if keys else {}) | keys
    wanted = [*codes, *(part.code for one in indicators for part in one.parts if part.plan)]
    plans = plans_of(wanted, place, now, by, keys)
    old_plans = plans_of(wanted, place, then, by, keys) if before else {}
    result = {}
    for one in indicators:
        cells = calculation.cells(one.code, now, plans)
        back = one.code in looked_back
        previous = calculation.cells(one.code, then, old_plans) if back else {}
        result[one.code] = Figure(
            value=cells[None],
            plan=plans.get(one.code, {}).get(None),
            previous=previous.get(None),
            code=one.code,
            unit=place.code,
            period=now.code,
            groups=_groups(one, by, cells, previous, plans.get(one.code, {}), (keys, named), before=back) if by else (),
            note=_apart(one, now) if cells[None] is None and calculation.mixes(one.code, now) else "",
        )
    return result


def _apart(one: Indicator, now: Span) -> str:
    """Why there is no value for the whole."""
    return f"Không gộp các {GROUPINGS[one.apart].title} vào một tỷ lệ: xem từng nhóm."


def _groups(
    one: Indicator,
    by: tuple[str, ...],
    cells: Cells,
    previous: Cells,
    plan: Cells,
    units: tuple[Mapping[str, Place], Mapping[str, Place]],
    *,
    before: bool,
) -> tuple[Group, ...]:
    """Groups in reading order; of ``units`` the first are always listed, the second only have names."""
    counts = one.measure.of != "mean" and not one.derived
    nothing = Decimal(0) if counts else None
    groups = []
    # A key that a wider indicator of the same statement has brought in, and that counts nothing here, is left out.
    found = [k for k in (cells | previous | plan) if k is not None and (cells.get(k) or previous.get(k) or k in plan)]
    listed, named = units
    for key in _ordered(by, found, listed):
        groups.append(
            Group(
                value=cells.get(key, nothing),
                plan=plan.get(key),
                previous=previous.get(key, nothing) if before else None,
                key=BETWEEN.join(_shown(name, part, named)[0] for name, part in zip(by, key, strict=True)),
                label=" · ".join(_shown(name, part, named)[1] for name, part in zip(by, key, strict=True)),
            )
        )
    return tuple(groups)


def _ordered(by: tuple[str, ...], found: list[Key], units: Mapping[str, Place]) -> list[Key]:
    """Keys in reading order; a single breakdown lists its fixed keys and every direct subordinate, empty or not."""
    ranks = []
    for position, name in enumerate(by):
        have = list(dict.fromkeys(key[position] for key in found))
        have = [*units, *(key for key in have if key not in units)] if name == "unit" else GROUPINGS[name].order(have)
        ranks.append({key: rank for rank, key in enumerate(have)})
    if len(by) == 1:
        return [(key,) for key in ranks[0]]
    return sorted(found, key=lambda key: [rank[part] for rank, part in zip(ranks, key, strict=True)])


def _shown(name: str, key: str, units: Mapping[str, Place]) -> tuple[str, str]:
    if name == "unit":
        place = units.get(key)
        return (place.code, place.name) if place else (key, key)
    return key, GROUPINGS[name].label(key)


def _check_groupings(one: Indicator, by: tuple[str, ...]) -> None:
    wrong = [name for name in by if name not in one.groupings]
    if wrong:
        allowed = ", ".join(one.groupings) or "không chia được"
        raise Refused(
            Violation(
                "REPORT-GROUPING",
                f"Chỉ tiêu {one.code} không chia theo {', '.join(wrong)}.",
                field="by",
                fix=f"Chia được theo: {allowed}.",
            )
        )


def board(actor: Actor, codes: Sequence[str], unit: str, spans: Sequence[Span]) -> dict[str, list[Figure]]:
    """Several indicators over several periods, the last of which is the one asked about; see ``series``."""
    place = scope.place(actor, READ, unit, spans[-1])
    chosen = [indicator(code) for code in codes]
    standing = [one for one in spans if one == spans[-1] or scope.stood(place.id, one)]
    calculation = Calculation(place.id)
    calculation.load([(one.code, one_span) for one_span in standing for one in chosen])
    wanted = [*(one.code for one in chosen), *(part.code for one in chosen for part in one.parts if part.plan)]
    found: dict[str, list[Figure]] = {one.code: [] for one in chosen}
    for one_span in standing:
        plans = plans_of(wanted, place, one_span, (), {})
        for one in chosen:
            cells = calculation.cells(one.code, one_span, plans)
            past = found[one.code]
            follows = past and past[-1].period == one_span.year_before().code
            before = past[-1].value if follows else None
            plan = plans.get(one.code, {}).get(None)
            past.append(Figure(cells[None], plan, before, one.code, place.code, one_span.code))
    return found


def neighbours(actor: Actor, code: str, unit: str, period: str | Span) -> Figure | None:
    """The figure of the unit directly above, broken down by its subordinates, of which this unit is one.

    None when there is no unit above, the actor may not read its figures, or the indicator is not told by unit.
    """
    now, one = span(period), indicator(code)
    place = scope.place(actor, READ, unit, now)
    above = scope.superior(actor, READ, place.id, now) if "unit" in one.groupings else None
    return figures(above, [one], now, ("unit",), ())[one.code] if above else None


def series(actor: Actor, code: str, unit: str, periods: Sequence[str | Span]) -> list[Figure]:
    """One indicator over several periods, in their order; those in which the unit did not stand are left out."""
    spans = [span(period) for period in periods]
    one = indicator(code)
    place = scope.place(actor, READ, unit, spans[-1])
    calculation = Calculation(place.id)
    standing = [one_span for one_span in spans if scope.stood(place.id, one_span)]
    result = []
    for one_span in standing:
        plans = plans_of([one.code, *(p.code for p in one.parts if p.plan)], place, one_span, (), {})
        cells = calculation.cells(one.code, one_span, plans)
        result.append(
            Figure(
                value=cells[None],
                plan=plans.get(one.code, {}).get(None),
                previous=None,
                code=one.code,
                unit=place.code,
                period=one_span.code,
            )
        )
    return result


def rows(
    actor: Actor,
    code: str,
    unit: str,
    period: str | Span,
    group: Mapping[str, str] | None = None,
    limit: int | None = None,
    offset: int = 0,
) -> list[Row]:
    """The rows behind a value, as many as it says; for a derived value those of its first part. See ``behind.rows``."""
    return behind.rows(actor, indicator(code).code, unit, span(period), group, limit, offset)
