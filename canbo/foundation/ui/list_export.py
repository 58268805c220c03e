"""The workbook of a list: same rows, same order, same columns as on the screen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.http.response import HttpResponseBase

from canbo.foundation.kernel.clock import now
from canbo.foundation.kernel.dates import format_date
from canbo.foundation.kernel.numbers import format_number

from . import xlsx
from .day import viewing_day
from .list_parts import values_of

if TYPE_CHECKING:
    from .lists import ListPage

LIMIT = 50_000
CHUNK = 1000


def answer(shown: ListPage) -> HttpResponseBase:
    """The workbook, or the way back with a message when there are too many rows to give at once."""
    request, count = shown.request, shown.exact_count
    if count > LIMIT:
        messages.warning(
            request,
            f"Danh sách có {format_number(count)} dòng, nhiều hơn {format_number(LIMIT)} dòng một tệp xuất ngay được. "
            "Lọc bớt rồi xuất lại, hoặc dùng trang Nạp và xuất dữ liệu.",
        )
        return HttpResponseRedirect(f"{request.path}?{shown.current_query}")
    if shown.on_export:
        shown.on_export(count)
    heads = [(h.text, getattr(shown.bare.base_columns[h.name], "kind", "text")) for h in shown.heads]
    conditions = "; ".join(f"{c.label}: {c.text}" for c in shown.chips) or "không"
    notes = [
        ("Danh sách", shown.title),
        ("Ngày xem", format_date(viewing_day(request))),
        ("Điều kiện lọc", conditions),
        ("Số dòng", format_number(count)),
        ("Xuất lúc", f"{now():%H:%M} {format_date(now().date())}"),
        ("Người xuất", str(request.user)),
    ]
    return xlsx.response(shown.title, heads, _rows(shown), notes=notes)


def _rows(shown: ListPage) -> Iterator[list[Any]]:
    records = iter(shown.found.iterator(chunk_size=CHUNK))
    while chunk := list(islice(records, CHUNK)):
        values: Iterable[list[Any]] = values_of(shown.shown_rows(chunk), shown.columns)
        yield from values
