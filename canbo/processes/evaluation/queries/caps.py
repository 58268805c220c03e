"""How the groups of a cycle stand to the cap on the highest grade: limit, who is at the boundary, what one more changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
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
    allowed = larger_shares([cycle.pk])
    return [_standing(key, found, books[found[0][10]], allowed, changes) for key, found in groups.items()]


def larger_shares(cycles: Iterable[int]) -> dict[Key, Allowance]:
    """The one allowed last for each group of some cycles; one without a group holds for the whole body."""
    rows = Allowance.objects.filter(cycle__in=list(cycles)).order_by("pk")
    return {(row.body_id, row.cap_group): row for row in rows}


def limited(
    book: rules.Book,
    counts: Mapping[str, int],
    group: str,
    key: Key,
    allowed: Mapping[Key, Allowance],
    ranked: Sequence[rules.Ranked] = (),
) -> tuple[rules.CapResult | None, int | None, Allowance | None]:
    """What the cap says of a group of similar posts, the number that holds, and why it is larger, if it is."""
    allowance = allowed.get(key) or allowed.get((key[0], ""))
    outstanding = bool(allowance and allowance.outstanding)
    found = rules.cap(book, counts, group=group, outstanding=outstanding, ranked=ranked)
    if found is None:
        return None, None, allowance
    return found, found.limit if allowance is None or allowance.limit is None else allowance.limit, allowance


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
    found, limit, allowance = limited(book, counts, rows[0][4], key, allowed, ranked)
    return CapStanding(key[0], rows[0][2], key[1], dict(counts), found, limit, allowance, waiting)
