"""How the groups of a cycle stand to the cap on the highest grade: limit, who is at the boundary, what one more changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from .. import rules
from ..models import Allowance, Cycle, Sheet
from .books import books_of

Key = tuple[int, str]


@dataclass(frozen=True)
class CapStanding:
    """One group of similar posts within a body.

    Args:
        result: the limit and where the group stands to it; None where the rulebook sets no cap.
        limit: the number that holds: the cap's, or the one allowed beyond it.
        allowance: why more is allowed, if it is.
        waiting: sheets of the group not decided yet; those with points count as the next grade.
    """

    body_id: int
    body: str
    cap_group: str
    counts: Mapping[str, int]
    result: rules.CapResult | None
    limit: int | None
    allowance: Allowance | None
    waiting: int

    @property
    def kept(self) -> bool:
        return self.limit is None or self.result is None or self.result.used <= self.limit


def caps(
    cycle: Cycle, keys: Iterable[Key] | None = None, changes: Mapping[int, str] | None = None
) -> list[CapStanding]:
    """Where each group stands; a few queries however many groups there are.

    Args:
        keys: only these groups (body, name); all of the cycle without it.
        changes: grades about to be decided, by sheet.
    """
    wanted, changes = None if keys is None else set(keys), changes or {}
    rows = Sheet.objects.filter(cycle=cycle)
    if wanted is not None:
        rows = rows.filter(body__in={body for body, _ in wanted}, cap_group__in={group for _, group in wanted})
    groups: dict[Key, list[tuple]] = defaultdict(list)
    fields = ("pk", "body_id", "body__name", "cap_group", "group", "grade", "by_points", "total", "person__name",
              "collective__name", "unit_id")  # fmt: skip
    for row in rows.order_by("body_id", "cap_group", "pk").values_list(*fields):
        if wanted is None or (row[1], row[3]) in wanted:
            groups[row[1], row[3]].append(row)
    books = books_of(cycle, {row[10] for found in groups.values() for row in found[:1]})
    allowed = _allowances(cycle)
    return [_standing(key, found, books[found[0][10]], allowed, changes) for key, found in groups.items()]


def _allowances(cycle: Cycle) -> dict[Key, Allowance]:
    """The one allowed last for each group; one without a group holds for the whole body."""
    return {(row.body_id, row.cap_group): row for row in Allowance.objects.filter(cycle=cycle).order_by("pk")}


def _standing(
    key: Key, rows: list[tuple], book: rules.Book, allowed: Mapping[Key, Allowance], changes: Mapping[int, str]
) -> CapStanding:
    best, following = book.grades[0].key, book.grades[1].key
    counts: dict[str, int] = defaultdict(int)
    ranked, waiting = [], 0
    for pk, _, _, _, _, grade, by_points, total, person, collective, _ in rows:
        decided = changes.get(pk, grade)
        if not decided:
            waiting += 1
            decided = following if by_points == best else by_points
        if decided:
            counts[decided] += 1
        if decided == best:
            ranked.append(rules.Ranked(str(pk), person or collective or "", total or Decimal(0)))
    allowance = allowed.get(key) or allowed.get((key[0], ""))
    found = rules.cap(
        book, counts, group=rows[0][4], outstanding=bool(allowance and allowance.outstanding), ranked=ranked
    )
    limit = None if found is None else found.limit
    if limit is not None and allowance and allowance.limit is not None:
        limit = allowance.limit
    return CapStanding(key[0], rows[0][2], key[1], dict(counts), found, limit, allowance, waiting)
