"""Which rulebook speaks for a cycle and for each unit in it, and what it says about steps and dates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable

from canbo.facts.decisions.queries import units_above
from canbo.facts.organisation.models import Unit, UnitPath
from canbo.foundation import rulebooks
from canbo.foundation.kernel.period import Span

from .. import rules
from ..choices import Standing
from ..models import Cycle

MONTH, QUARTER, HALF, YEAR = "month", "quarter", "half_year", "year"
PARTY_TRACKS = ("party_year", "party_quarter")


def book_at(code: str, unit: Unit, on: dt.date) -> rules.Book:
    """The rulebook of a name on the first day of a period, with the layers that bind a unit.

    Raises:
        NoRuleInForce: no such rulebook on that day.
    """
    return rules.book(code, on=on, unit_codes=units_above(unit.code, on))


def book_of(cycle: Cycle) -> rules.Book:
    """The rulebook of a cycle as it binds the unit that opened it."""
    return book_at(cycle.rulebook, cycle.unit, cycle.first)


def books_of(cycle: Cycle, unit_ids: Collection[int]) -> dict[int, rules.Book]:
    """The rulebook of a cycle for each of its units: units with a layer of their own read theirs. Two queries at most."""
    usual = book_of(cycle)
    bound = {layer.unit for layer in rulebooks.current().layers if layer.unit} - set(usual.unit_codes)
    if not bound:
        return dict.fromkeys(unit_ids, usual)
    paths = UnitPath.objects.filter(
        descendant__in=unit_ids, ancestor__code__in=bound, valid_from__lte=cycle.last, valid_to__gt=cycle.first
    )
    chains: dict[int, list[str]] = {}
    for unit_id, code in paths.order_by("depth").values_list("descendant_id", "ancestor__code"):
        chains.setdefault(unit_id, []).append(code)
    special = {
        unit_id: rules.book(cycle.rulebook, on=cycle.first, unit_codes=(*chain, *usual.unit_codes))
        for unit_id, chain in chains.items()
    }
    return {unit_id: special.get(unit_id, usual) for unit_id in unit_ids}


def group_of(book: rules.Book, standing: str) -> str:
    """The group of a rulebook for somebody of a standing; empty when the rulebook has none for her."""
    people = [group for group in book.groups.values() if group.kind == "person"]
    if standing == Standing.COLLECTIVE:
        return next((group.key for group in book.groups.values() if group.kind == "collective"), "")
    if standing in (Standing.HEAD, Standing.DEPUTY):
        return next((group.key for group in people if group.leads), "")
    if standing == Standing.SUPPORT:
        return _named(people, "support", "contract") or _named(people, "non_leader", "staff")
    if standing == Standing.MEMBER:
        return _named(people, "member_outside", "member", "non_leader")
    return _named(people, "non_leader", "staff")


def _named(groups: Iterable[rules.Group], *names: str) -> str:
    for name in names:
        for group in groups:
            if name == group.key or name in group.aliases:
                return group.key
    return ""


def base_of(book: rules.Book, span: Span, averaged: bool | None) -> str:
    """The shorter period whose results a period is the mean of; empty where its own sheets are scored.

    Args:
        averaged: what was asked for; None leaves it to the rulebook: civil servants' half-years and years are means.
    """
    length = rules.period_kind(span)
    if averaged is None:
        averaged = book.track == "state" and length in (HALF, YEAR)
    return MONTH if averaged and length != MONTH else ""
