"""A workbook of exactly what a list shows."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Iterable, Sequence
from typing import IO, Any

import xlsxwriter
from django.http import FileResponse
from django.utils.text import slugify

from canbo.foundation.kernel.text import fold

from .files import TYPES

OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def write(
    target: IO[bytes],
    title: str,
    headers: Sequence[tuple[str, str]],
    rows: Iterable[Sequence[Any]],
    notes: Sequence[tuple[str, str]] = (),
) -> None:
    """Writes one sheet of rows and one that says what it is.

    Args:
        title: name of the first sheet.
        headers: text and kind (``text``, ``number``, ``date``) of each column.
        notes: label and text of the second sheet: day, filters, who took it and when.
    """
    with xlsxwriter.Workbook(target, OPTIONS) as book:
        sheet = book.add_worksheet(_sheet_name(title))
        bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        text = book.add_format({"num_format": "@"})
        date = book.add_format({"num_format": "dd/mm/yyyy"})
        for index, (header, kind) in enumerate(headers):
            sheet.set_column(index, index, 12 if kind != "text" else max(14, min(40, len(header) + 6)))
            sheet.write_string(0, index, header, bold)
        sheet.freeze_panes(1, 1)
        last = 0
        for last, row in enumerate(rows, 1):
            for index, value in enumerate(row):
                kind = headers[index][1]
                if value is None or value == "":
                    continue
                if isinstance(value, dt.date) and kind == "date":
                    sheet.write_datetime(last, index, dt.datetime(value.year, value.month, value.day), date)
                elif kind == "number" and not isinstance(value, str):
                    sheet.write_number(last, index, float(value))
                else:
                    sheet.write_string(last, index, str(value), text)
        if headers:
            sheet.autofilter(0, 0, last, len(headers) - 1)
        about = book.add_worksheet("Nguồn")
        about.set_column(0, 0, 20)
        about.set_column(1, 1, 80)
        for index, (label, note) in enumerate(notes):
            about.write_string(index, 0, label, bold)
            about.write_string(index, 1, note)


def response(
    title: str, headers: Sequence[tuple[str, str]], rows: Iterable[Sequence[Any]], **options: Any
) -> FileResponse:
    """The workbook as a download named after the list."""
    target = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    write(target, title, headers, rows, **options)
    target.seek(0)
    return FileResponse(target, as_attachment=True, filename=f"{slugify(fold(title))}.xlsx", content_type=TYPES["xlsx"])


def _sheet_name(title: str) -> str:
    return "".join(c for c in title if c not in "[]:*?/\\'")[:31] or "Danh sách"
