"""Reads what a person keeps about her lists."""

from __future__ import annotations

from .models import ColumnChoice, SavedView


def saved_views(user_id: int, page: str) -> list[SavedView]:
    """The saved views of one list, by name."""
    return list(SavedView.objects.filter(user_id=user_id, page=page))


def chosen_columns(user_id: int, page: str) -> list[str] | None:
    """The chosen columns of one list, None when nothing was chosen."""
    return ColumnChoice.objects.filter(user_id=user_id, page=page).values_list("columns", flat=True).first()
