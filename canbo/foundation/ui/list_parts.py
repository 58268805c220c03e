"""The pieces a list is drawn from: headings, rows, cells, filter chips, the choice of columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, QueryDict

from .queries import chosen_columns


@dataclass(frozen=True)
class Head:
    """A column heading. ``next_sort`` is empty where the column cannot be ordered."""

    name: str
    text: str
    css: str
    next_sort: str
    aria_sort: str


@dataclass(frozen=True)
class Cell:
    """One drawn cell."""

    label: str
    html: Any
    css: str
    card: int


@dataclass(frozen=True)
class Row:
    """One drawn row; ``url`` opens it, ``pk`` is posted when it is marked."""

    pk: Any
    url: str
    cells: list[Cell]

    @property
    def name(self) -> Any:
        """The first cell, which names the row for the reader of a screen."""
        return self.cells[0].html


@dataclass(frozen=True)
class Chip:
    """One condition in force and the query that lifts it."""

    label: str
    text: str
    without: str


def shown_columns(request: HttpRequest, key: str, table: Any) -> list[str]:
    """Names of the columns to show, the first one always."""
    names = [c.name for c in table.columns.iterall()]
    chosen = chosen_columns(request.user.pk, key) if request.user.is_authenticated else None
    if chosen:
        return [n for i, n in enumerate(names) if i == 0 or n in chosen]
    return [n for i, n in enumerate(names) if i == 0 or getattr(table.base_columns[n], "shown", True)]


def heads_of(table: Any, columns: Iterable[str], sort: Sequence[str]) -> list[Head]:
    """The headings with the order a click leads to."""
    heads = []
    for name in columns:
        bound = table.columns[name]
        rising, falling = name in sort[:1], f"-{name}" in sort[:1]
        orderable = table.base_columns[name].orderable is not False
        heads.append(
            Head(
                name=name,
                text=str(bound.header),
                css=getattr(bound.column, "css", ""),
                next_sort="" if not orderable else (f"-{name}" if rising else name),
                aria_sort="ascending" if rising else "descending" if falling else "",
            )
        )
    return heads


def rows_of(table: Any, columns: Sequence[str]) -> list[Row]:
    """Draws the rows of a table."""
    return [
        Row(record.pk, table.row_url(record), [_cell(table, row, name) for name in columns])
        for row, record in ((row, row.record) for row in table.rows)
    ]


def _cell(table: Any, row: Any, name: str) -> Cell:
    column = table.columns[name].column
    css = f"{getattr(column, 'css', '')}{' nowrap' if getattr(column, 'nowrap', False) else ''}".strip()
    return Cell(str(table.columns[name].header), row.get_cell(name), css, getattr(column, "card", 0))


def values_of(table: Any, columns: Sequence[str]) -> Iterable[list[Any]]:
    """The stored values behind the cells, for a workbook."""
    return ([row.get_cell_value(name) for name in columns] for row in table.rows)


def chips_of(request: HttpRequest, filter_set: Any, text: str) -> list[Chip]:
    """Every condition in force: the search and each filter value."""
    chips = [Chip("Tìm", text, _without(request.GET, "q"))] if text else []
    if filter_set is None or not filter_set.is_bound:
        return chips
    filter_set.form.is_valid()
    for name, value in filter_set.form.cleaned_data.items():
        if value in (None, "", []) or (hasattr(value, "__len__") and not len(value)):
            continue
        form_field = filter_set.form.fields[name]
        label = str(form_field.label or filter_set.filters[name].label or name)
        many = not isinstance(value, str | slice) and hasattr(value, "__iter__")
        for one in value if many else [value]:
            raw = getattr(one, "pk", one)
            chips.append(Chip(label, _word(form_field, one), _without(request.GET, name, str(raw) if many else None)))
    return chips


def _word(form_field: Any, value: Any) -> str:
    from canbo.foundation.kernel.dates import format_date

    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, slice):
        return f"{_word(form_field, value.start) or '…'} – {_word(form_field, value.stop) or '…'}"
    if hasattr(value, "year"):
        return format_date(value)
    if hasattr(value, "pk"):
        return str(value)
    for key, text in getattr(form_field, "choices", None) or ():
        if str(key) == str(value):
            return str(text)
    return "" if value is None else str(value)


def _without(get: QueryDict, name: str, value: str | None = None) -> str:
    params = get.copy()
    left = [v for v in params.getlist(name) if v != value] if value is not None else []
    for key in (name, *(f"{name}_{end}" for end in ("min", "max", "after", "before", "lookup")), "trang"):
        params.pop(key, None)
    if left:
        params.setlist(name, left)
    return "?" + params.urlencode()
