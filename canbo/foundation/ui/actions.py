"""Writes what a person keeps about her lists. Personal settings carry no audit line: they are no facts."""

from __future__ import annotations

from collections.abc import Sequence

from canbo.foundation.kernel.text import clean
from canbo.foundation.kernel.violation import Refused, Violation

from .models import ColumnChoice, SavedView


def save_view(*, user_id: int, page: str, name: str, query: str) -> SavedView:
    """Keeps a list's query under a name; the same name is overwritten.

    Raises:
        Refused: without a name, or when name or query are too long to keep.
    """
    name = clean(name)
    if not name:
        raise Refused(Violation("UI-VIEW-NAME", "Góc nhìn chưa có tên.", "name", fix="Đặt một tên ngắn, dễ nhớ."))
    if len(name) > 80 or len(query) > 2000:
        raise Refused(
            Violation("UI-VIEW-LONG", "Tên hoặc bộ lọc quá dài.", "name", fix="Rút ngắn tên, bớt điều kiện lọc.")
        )
    view, _ = SavedView.objects.update_or_create(user_id=user_id, page=page, name=name, defaults={"query": query})
    return view


def drop_view(*, user_id: int, pk: int) -> None:
    """Forgets a saved view; somebody else's is left alone."""
    SavedView.objects.filter(user_id=user_id, pk=pk).delete()


def choose_columns(*, user_id: int, page: str, columns: Sequence[str]) -> None:
    """Keeps the columns of one list; none means the list's own choice."""
    if columns:
        ColumnChoice.objects.update_or_create(user_id=user_id, page=page, defaults={"columns": list(columns)})
    else:
        ColumnChoice.objects.filter(user_id=user_id, page=page).delete()
