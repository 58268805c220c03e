"""Evaluation results that stand already."""

from __future__ import annotations

from collections.abc import Sequence

from ..models import Grade


def standing_results(*, period: str, basis: str, persons: Sequence[int], units: Sequence[int]) -> list[Grade]:
    """Results that stand already for some of these subjects, same period and basis; at most twenty."""
    rows = Grade.objects.standing().filter(period=period, basis=basis)
    found = rows.filter(person__in=persons) | rows.filter(unit__in=units)
    return list(found.select_related("person", "unit").order_by("pk")[:20])
