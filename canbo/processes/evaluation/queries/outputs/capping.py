"""Which bodies hold exactly as many best grades as the cap allows, from the grades decided, in one statement."""

from __future__ import annotations

# ruff: noqa: S608 - statements are put together from the constants of this package; every value is a parameter
from collections import defaultdict

from django.db import connection

from ..caps import Key, larger_shares, limited
from .chosen import Chosen
from .statistics import GRADE, STANDING


def at_cap(chosen: Chosen) -> dict[int, bool]:
    """By body under a cap: whether every group of similar posts that may hold a best grade holds as many as it may."""
    counts = _counts(chosen)
    allowed = larger_shares(cycle.pk for cycle in chosen.cycles)
    full: dict[int, list[bool]] = defaultdict(list)
    for (body, cap_group), (group, grades) in counts.items():
        if group not in chosen.book.groups:
            continue
        result, limit, _ = limited(chosen.book, grades, group, (body, cap_group), allowed)
        if result is not None and limit:
            full[body].append(result.used == limit)
    return {body: all(groups) for body, groups in full.items()}


def _counts(chosen: Chosen) -> dict[Key, tuple[str, dict[str, int]]]:
    """Grades by body and group of similar posts, with the group of subjects whose cap holds."""
    where, values = chosen.clause()
    sql = (
        f'SELECT s.body_id, s.cap_group, {GRADE}, min(s."group"), count(*) FROM {STANDING} '
        f"WHERE {where} AND {GRADE} <> '' GROUP BY 1, 2, 3"
    )
    found: dict[Key, tuple[str, dict[str, int]]] = {}
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        for body, cap_group, grade, group, number in cursor.fetchall():
            found.setdefault((body, cap_group), (group, {}))[1][grade] = number
    return found
