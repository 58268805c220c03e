"""The rules of counting in force for a unit: the Centre's, replaced where its province or itself set its own."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection
from decimal import Decimal

from canbo.facts.organisation.models import UnitPath
from canbo.foundation import rulebooks

from ..rules import Calendar, Settings

COUNTING, CATALOGUE = "work.counting.", "work.catalogue."


def chains(unit_ids: Collection[int], day: dt.date) -> dict[int, tuple[str, ...]]:
    """Codes of each unit and its superiors on a day, the nearest first, in one query."""
    found: dict[int, list[str]] = defaultdict(list)
    paths = UnitPath.objects.filter(descendant_id__in=unit_ids, valid_from__lte=day, valid_to__gt=day)
    for unit_id, code in paths.order_by("depth", "id").values_list("descendant_id", "ancestor__code"):
        found[unit_id].append(code)
    return {unit_id: tuple(found[unit_id]) for unit_id in unit_ids}


def settings_of(chain: tuple[str, ...], day: dt.date) -> Settings:
    """The rules of counting for a chain of units on a day.

    Raises:
        NoRuleInForce: the day lies before the rules.
    """
    book = rulebooks.current()

    def value(name: str) -> object:
        return book.value(COUNTING + name, on=day, unit=chain).value

    month, last = str(value("year_end")).split("-")
    calendar = Calendar(
        working_only=value("late_days") == "working",
        off=frozenset(_days(value("days_off"))),
        on=frozenset(_days(value("days_on"))),
    )
    return Settings(
        calendar=calendar,
        year_end=(int(month), int(last)),
        early_days=int(str(value("early_days"))),
        penalty=int(str(value("penalty"))),
        soon=int(str(value("soon"))),
    )


def settings_for(unit_ids: Collection[int], day: dt.date) -> dict[int, Settings]:
    """The rules of counting of each unit; units bound by the same layers share one look-up."""
    bound = {layer.unit for layer in rulebooks.current().layers if layer.unit}
    known: dict[tuple[str, ...], Settings] = {}
    found = {}
    for unit_id, chain in chains(set(unit_ids), day).items():
        key = tuple(code for code in chain if code in bound)
        if key not in known:
            known[key] = settings_of(key, day)
        found[unit_id] = known[key]
    return found


def maxima(chain: tuple[str, ...], day: dt.date) -> dict[int, Decimal]:
    """Highest points of each group of products."""
    rows = rulebooks.current().brackets(CATALOGUE + "groups", on=day, unit=chain).value
    return {row["min"]: Decimal(str(row["value"])) for row in rows}


def decimals(chain: tuple[str, ...], day: dt.date) -> int:
    """To how many decimals a coefficient is rounded."""
    return int(rulebooks.current().value(CATALOGUE + "decimals", on=day, unit=chain).value)


def factors(day: dt.date) -> list[tuple[str, str]]:
    """The factors by which experts give points: key and label."""
    rows = rulebooks.current().catalogue(CATALOGUE + "factors", on=day).rows
    return [(row.key, row.label) for row in rows]


def causes(chain: tuple[str, ...], day: dt.date) -> list[str]:
    """Objective causes to choose from with one tap."""
    return [row.label for row in rulebooks.current().catalogue(COUNTING + "causes", on=day, unit=chain).rows]


def _days(values: object) -> list[dt.date]:
    return [dt.date.fromisoformat(str(value)) for value in values]  # type: ignore[attr-defined]
