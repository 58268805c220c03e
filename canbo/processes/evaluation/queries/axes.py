"""The axes of a quarterly sheet as pages and the engine read them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from .. import rules
from ..models import Sheet


@dataclass(frozen=True)
class AxisPart:
    """One part of an axis in per cent: what the person gave, what her superior gave."""

    name: str
    title: str
    own: Decimal | None
    given: Decimal | None

    @property
    def shown(self) -> Decimal | None:
        """What the superior confirms or changes."""
        return self.own if self.given is None else self.given


@dataclass(frozen=True)
class AxisLine:
    """One axis with its maximum, or the usual one of the province where nothing was proposed yet."""

    key: str
    title: str
    most: Decimal | None
    main: bool
    parts: tuple[AxisPart, ...]


def axes_approved(sheet: Sheet) -> bool:
    """Whether the superior approved the maxima of the quarter."""
    return bool(sheet.axes) and all(axis.get("approved") for axis in sheet.axes)


def maxima_of(sheet: Sheet) -> list[rules.Maximum]:
    """The maxima that stand on a sheet, proposed or approved."""
    return [rules.Maximum(a["key"], _number(a["max"]), bool(a.get("main"))) for a in sheet.axes]


def axis_lines(book: rules.Book, sheet: Sheet) -> list[AxisLine]:
    """Every axis of the rulebook for a sheet judged by axes; none for others."""
    if not rules.by_axes(book, sheet.group):
        return []
    held = {axis["key"]: axis for axis in sheet.axes}
    parts = rules.axis_parts(book, sheet.group)
    lines = []
    for row in book.rows("axes"):
        axis = held.get(row.key, {})
        usual = None if held else row.get("usual")
        lines.append(
            AxisLine(
                key=row.key,
                title=row.label,
                most=_number(axis.get("max", usual)),
                main=bool(axis.get("main")),
                parts=tuple(
                    AxisPart(f"{row.key}.{part}", words, _part(axis, "own", part), _part(axis, "parts", part))
                    for part, words in parts.items()
                ),
            )
        )
    return lines


def engine_axes(sheet: Sheet) -> tuple[rules.Axis, ...]:
    """The approved axes with their per cents: the superior's, before them the person's own. Empty ones are left out."""
    if not axes_approved(sheet):
        return ()
    found = []
    for row in sheet.axes:
        if not row["max"]:
            continue
        given = {part: _number(value) for part, value in {**row.get("own", {}), **row.get("parts", {})}.items()}
        found.append(rules.Axis(row["key"], Decimal(str(row["max"])), given, bool(row.get("main"))))
    return tuple(found)


def _part(axis: Mapping[str, Any], whose: str, part: str) -> Decimal | None:
    return _number(axis.get(whose, {}).get(part))


def _number(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value))
