"""Lists: one call turns a queryset, a table and a filter set into a page, a fragment or a workbook.

The address carries everything (``q`` search, ``xep`` order, ``trang`` page, filters by name, ``xuat=xlsx``), so a
list can be sent to a colleague as a link. Fifty rows, one count, one query for the rows, a stable order.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import django_tables2 as tables
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from canbo.foundation.kernel.numbers import format_number

from . import list_export
from .columns import Column
from .day import is_today
from .list_parts import Cell, Chip, Head, Row, chips_of, heads_of, rows_of, shown_columns
from .queries import saved_views

PAGE_SIZE = 50
FRAGMENT = "danh-sach"


class Table(tables.Table):
    """A list's columns. ``row_url`` says where a row leads; ``order`` names the columns it starts ordered by."""

    order: Sequence[str] = ()

    def row_url(self, record: Any) -> str:
        """Address of the row's own page; an empty text for none."""
        return ""


@dataclass(frozen=True)
class Bulk:
    """An act on the marked rows: their ids are posted as ``chon`` to ``url``; on another day only if it ``reads``."""

    label: str
    url: str
    icon: str = "check"
    danger: bool = False
    reads: bool = False


@dataclass(frozen=True)
class Action:
    """A button of a page or of an empty list. Offered on another day only if it ``reads``."""

    label: str
    url: str
    icon: str = ""
    reads: bool = False


@dataclass(frozen=True)
class Empty:
    """What an empty list says: what it will show and the ways to fill it."""

    title: str
    text: str = ""
    actions: Sequence[Action] = ()


@dataclass
class ListPage:
    """Everything a list shows. Views build it through ``list_page``."""

    request: HttpRequest
    key: str
    title: str
    rows: QuerySet[Any]
    table: type[Table]
    noun: str = "dòng"
    search: Callable[[QuerySet[Any], str], QuerySet[Any]] | None = None
    search_hint: str = "Tìm, có dấu hoặc không dấu"
    filters: Any = None
    empty: Empty = field(default_factory=lambda: Empty("Chưa có dòng nào"))
    actions: Sequence[Action] = ()
    bulk: Sequence[Bulk] = ()
    on_export: Callable[[int], None] | None = None
    prepare: Callable[[list[Any]], None] | None = None
    count_up_to: int | None = None
    page_size: int = PAGE_SIZE

    def __post_init__(self) -> None:
        get = self.request.GET
        self.text = get.get("q", "").strip()
        self.filter_set = self.filters(get, queryset=self.rows, request=self.request) if self.filters else None
        if self.filter_set is not None:
            self.filter_set.form.all_optional = True
        found = self.filter_set.qs if self.filter_set is not None else self.rows
        if self.search and self.text:
            found = self.search(found, self.text)
        self.bare = self.table([], orderable=False)
        self.columns = shown_columns(self.request, self.key, self.bare)
        self.sort = self._sort(get.get("xep", ""))
        self.found: QuerySet[Any] = found.order_by(*self._order_by(), "pk")

    def _sort(self, wanted: str) -> tuple[str, ...]:
        name = wanted.lstrip("-")
        if name in self.bare.columns.names() and self.bare.base_columns[name].orderable is not False:
            return (wanted,)
        return tuple(self.table.order)

    def _order_by(self) -> list[str]:
        terms = []
        for term in self.sort:
            bound = self.bare.columns[term.lstrip("-")] if term.lstrip("-") in self.bare.columns.names() else None
            for part in bound.order_by if bound else (term.lstrip("-"),):
                name = str(part).replace(".", "__")
                flip = term.startswith("-") != name.startswith("-")
                terms.append(("-" if flip else "") + name.lstrip("-"))
        return terms

    @property
    def shown_actions(self) -> list[Action]:
        return [a for a in self.actions if a.reads or is_today(self.request)]

    @property
    def shown_bulk(self) -> list[Bulk]:
        return [b for b in self.bulk if b.reads or is_today(self.request)]

    @property
    def searchable(self) -> bool:
        return self.search is not None

    @property
    def page(self) -> Page[Any]:
        """The present page; a page past the end is the last one."""
        if not hasattr(self, "_page"):
            pages = Paginator(self.found, self.page_size)
            limit = None if self.request.GET.get("dem") == "het" else self.count_up_to
            self._more = False
            if limit is not None:
                seen = self.found.order_by()[: limit + 1].count()
                self._more = seen > limit
                pages.__dict__["count"] = min(seen, limit)  # a cached property, given before it is asked for
            self._page = pages.get_page(self.request.GET.get("trang"))
        return self._page

    @property
    def count(self) -> int:
        """The number of rows, or the limit of counting where there are more."""
        return self.page.paginator.count

    @property
    def is_more(self) -> bool:
        """Whether there are more rows than were counted."""
        return bool(self.page) and self._more

    @property
    def exact_count(self) -> int:
        """The number of rows however many there are; for the workbook."""
        return self.found.count() if self.is_more else self.count

    @property
    def counted(self) -> str:
        """``1.234 người``, or ``hơn 10.000 người`` where counting stopped."""
        return f"{'hơn ' if self.is_more else ''}{format_number(self.count)} {self.noun}"

    def shown_rows(self, rows: list[Any]) -> Any:
        """The table over these rows, after fetching what they need."""
        if self.prepare and rows:
            self.prepare(rows)
        return self.table(rows, orderable=False)

    @property
    def heads(self) -> list[Head]:
        return heads_of(self.bare, self.columns, self.sort)

    @property
    def body(self) -> list[Row]:
        return rows_of(self.shown_rows(list(self.page.object_list)), self.columns)

    @property
    def chips(self) -> list[Chip]:
        return chips_of(self.request, self.filter_set, self.text)

    @property
    def choosable(self) -> list[tuple[str, str, bool]]:
        """Name, heading and presence of every column."""
        return [(c.name, str(c.header), c.name in self.columns) for c in self.bare.columns.iterall()]

    @property
    def views(self) -> list[Any]:
        user = self.request.user
        return saved_views(user.pk, self.key) if user.is_authenticated else []

    @property
    def current_query(self) -> str:
        params = self.request.GET.copy()
        for name in ("trang", "xuat"):
            params.pop(name, None)
        return params.urlencode()


def list_page(
    request: HttpRequest, *, context: dict[str, Any] | None = None, template: str = "ui/list.html", **options: Any
) -> HttpResponseBase:
    """Answers with the list as a page, as the fragment htmx asked for, or as a workbook.

    Args:
        key: name under which columns and saved views are kept, such as ``people``.
        title: heading, without the count.
        rows: what the reader may see on the viewing day; already scoped.
        table: the ``Table`` class.
        noun: what is counted, ``người`` or ``quyết định``.
        search: narrows a queryset to a typed text, without diacritics.
        filters: a django-filter ``FilterSet`` class.
        empty, actions, bulk: what an empty list says, buttons above, acts on marked rows.
        on_export: called with the number of rows before a workbook is given, for the audit line.
        prepare: called with the rows about to be drawn, fifty on a page, to fetch what belongs to them at once.
        count_up_to: where counting stops, for lists of a whole province; the page then says ``hơn 10.000`` and
            offers to count to the end.
        context: more for the template; ``template`` extends ``ui/list.html``.
    """
    shown = ListPage(request, **options)
    if request.GET.get("xuat") == "xlsx":
        return list_export.answer(shown)
    fragment = request.headers.get("HX-Target") == FRAGMENT
    response = render(request, "ui/list_body.html" if fragment else template, {"list": shown, **(context or {})})
    patch_vary_headers(response, ["HX-Request", "HX-Target"])
    return response


__all__ = ["Action", "Bulk", "Cell", "Column", "Empty", "ListPage", "Table", "list_page"]
