"""The pieces a list is drawn from: headings, rows, cells, filter chips, the choice of columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, QueryDict
from django_tables2.utils import signature

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
    readers = [_Reader(table, name) for name in columns]
    return [
        Row(row.record.pk, table.row_url(row.record), [reader.cell(row) for reader in readers]) for row in table.rows
    ]


def values_of(table: Any, columns: Sequence[str]) -> Iterable[list[Any]]:
    """The stored values behind the cells, for a workbook."""
    readers = [_Reader(table, name) for name in columns]
    return ([reader.value(row) for reader in readers] for row in table.rows)


class _Reader:
    """Reads one column of many rows. The table library looks up a function's arguments for every cell it draws,
    which is most of the time of a long list; here they are looked up once for each column.
    """

    def __init__(self, table: Any, name: str):
        self.table, self.bound = table, table.columns[name]
        column = self.bound.column
        nowrap = " nowrap" if getattr(column, "nowrap", False) else ""
        self.label = str(self.bound.header)
        self.css = f"{getattr(column, 'css', '')}{nowrap}".strip()
        self.card = getattr(column, "card", 0)
        self.render, self.stored = self._caller(self.bound.render), self._caller(self.bound.value)

    def _caller(self, function: Callable[..., Any]) -> Callable[[Any, Any], Any]:
        wanted, catch_all = signature(function)

        def call(row: Any, value: Any) -> Any:
            given = {
                "value": value,
                "record": row.record,
                "column": self.bound.column,
                "bound_column": self.bound,
                "bound_row": row,
                "table": self.table,
            }
            return function(**(given if catch_all else {name: given[name] for name in wanted}))

        return call

    def _read(self, row: Any, call: Callable[[Any, Any], Any], default: Any) -> Any:
        return row._get_and_render_with(self.bound, lambda _, value=None: call(row, value), default)

    def cell(self, row: Any) -> Cell:
        return Cell(self.label, self._read(row, self.render, self.bound.default), self.css, self.card)

    def value(self, row: Any) -> Any:
        return self._read(row, self.stored, None)


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
