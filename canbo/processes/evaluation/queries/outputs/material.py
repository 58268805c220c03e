"""Everything the forms of some sheets need, fetched together however many sheets there are."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from canbo.facts.organisation.models import UnitVersion
from canbo.facts.party.models import Membership
from canbo.facts.people.models import PersonRecord
from canbo.foundation.kernel.dates import format_date

from ... import rules
from ...models import Cycle, NotGraded, Result, Sheet, Suggestion
from ..assessing import assess
from ..books import books_of
from ..telling import told
from ..totals import task_lines


@dataclass
class Material:
    """What the forms of some sheets of one cycle are filled from, by sheet, person or unit.

    Args:
        explained: the explanation of each sheet, as it was when concluded, else as it is now.
        tasks: the task lines that count, of sheets not concluded yet; concluded ones keep theirs.
        periods: results of shorter periods of the same year by person: period and total.
        absent: why a person had no sheet in a shorter period, by person and period.
    """

    cycle: Cycle
    on: dt.date
    books: dict[int, rules.Book]
    results: dict[int, Result] = field(default_factory=dict)
    explained: dict[int, dict[str, Any]] = field(default_factory=dict)
    tasks: dict[int, tuple[rules.TaskLine, ...]] = field(default_factory=dict)
    born: dict[int, str] = field(default_factory=dict)
    cells: dict[int, str] = field(default_factory=dict)
    above: dict[int, str] = field(default_factory=dict)
    suggestions: dict[tuple[str, int], list[tuple[str, str]]] = field(default_factory=dict)
    periods: dict[int, dict[str, Any]] = field(default_factory=dict)
    absent: dict[int, dict[str, str]] = field(default_factory=dict)


def gather(cycle: Cycle, sheets: Sequence[Sheet], on: dt.date) -> Material:
    """Fetches in a number of queries that does not depend on how many sheets there are.

    Args:
        sheets: of that cycle, with person, collective, unit and body at hand.
        on: the day of printing: what is open past its deadline counts as late.
    """
    found = Material(cycle, on, books_of(cycle, {sheet.unit_id for sheet in sheets}))
    _conclusions(found, sheets)
    persons = [sheet.person_id for sheet in sheets if sheet.person_id]
    records = PersonRecord.objects.at(cycle.last).filter(person__in=persons)
    found.born = {
        person: format_date(day, precision or "d")
        for person, day, precision in records.values_list("person_id", "born_on", "born_precision")
    }
    memberships = Membership.objects.at(cycle.last).filter(person__in=persons)
    found.cells = dict(memberships.values_list("person_id", "unit__name"))
    bodies = {sheet.body_id for sheet in sheets}
    versions = UnitVersion.objects.at(cycle.last).filter(unit__in=bodies, parent__isnull=False)
    found.above = dict(versions.values_list("unit_id", "parent__name"))
    _suggestions(found, sheets)
    if rules.period_kind(cycle.span) == "year":
        _year(found, persons)
    return found


def _conclusions(found: Material, sheets: Sequence[Sheet]) -> None:
    """Concluded sheets as they were concluded, the others as the rulebook sees them today."""
    rows = Result.objects.filter(sheet__in=[sheet.pk for sheet in sheets], replaced_on=None)
    found.results = {row.sheet_id: row for row in rows.select_related("sheet")}
    found.explained = {pk: row.told for pk, row in found.results.items()}
    open_ = [sheet for sheet in sheets if sheet.pk not in found.results]
    if not open_:
        return
    by_pk = {sheet.pk: sheet for sheet in open_}
    for pk, assessed in assess(found.cycle, open_, found.on).items():
        outcome = assessed.outcome
        found.explained[pk] = {} if outcome is None else told(assessed.book, by_pk[pk], outcome)
    for book in set(found.books.values()):
        persons = [s.person_id for s in open_ if s.person_id and found.books[s.unit_id] is book]
        found.tasks |= task_lines(book, persons, found.cycle.first, found.cycle.last, found.on)


def _suggestions(found: Material, sheets: Sequence[Sheet]) -> None:
    asked: dict[tuple[str, int], list[tuple[str, str]]] = defaultdict(list)
    for row in Suggestion.objects.filter(cycle=found.cycle).order_by("pk"):
        key = ("person", row.person_id) if row.person_id else ("collective", row.collective_id or 0)
        asked[key].append((row.text, row.answer))
    found.suggestions = asked


def _year(found: Material, persons: Sequence[int]) -> None:
    year = f"{found.cycle.first.year}-"
    rows = Result.objects.filter(
        person__in=persons, rulebook=found.cycle.rulebook, period__startswith=year, replaced_on=None
    )
    for person, period, total in rows.values_list("person_id", "period", "total"):
        found.periods.setdefault(person, {})[period] = total
    absent = NotGraded.objects.filter(
        person__in=persons, cycle__rulebook=found.cycle.rulebook, cycle__period__startswith=year
    )
    for person, period, reason in absent.values_list("person_id", "cycle__period", "reason"):
        found.absent.setdefault(person, {})[period] = reason
