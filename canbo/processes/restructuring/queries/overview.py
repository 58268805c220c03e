"""What belongs to the rows of the list of cases."""

from __future__ import annotations

from typing import Any

from django.db.models import Count

from ..choices import WITHDRAWN
from ..models import Operation, Restructuring
from .cases import state_label


def stand_of(case: Restructuring) -> str:
    """What became of a case: ``dang_lam``, ``da_thuc_hien``, ``da_rut`` or ``da_huy``."""
    if case.annulled_at is not None:
        return "da_huy"
    if case.state == WITHDRAWN:
        return "da_rut"
    return "da_thuc_hien" if case.applied else "dang_lam"


def with_places(rows: list[Any]) -> None:
    """Gives every case of a list its step in words, what became of it, and the number of its lines."""
    lines = dict(
        Operation.objects.filter(case__in=[row.pk for row in rows])
        .order_by()
        .values_list("case_id")
        .annotate(n=Count("id"))
    )
    for row in rows:
        row.where, row.stand, row.lines = state_label(row), stand_of(row), lines.get(row.pk, 0)
