"""The clerk's rows with their faults marked, to take home, correct and load again."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from pathlib import Path

import xlsxwriter

from .book import Book
from .faults import Fault
from .loader.sheets import BY_NAME


def write_faults(path: Path, book: Book, faults: list[Fault]) -> None:
    """Writes the faulty rows of every sheet, as they were, the bad cells coloured, the reasons in two columns after.

    Args:
        path: the .xlsx to write.
        book: what was read.
        faults: what is wrong with it.
    """
    by_sheet: dict[str, dict[int, list[Fault]]] = defaultdict(lambda: defaultdict(list))
    for fault in faults:
        by_sheet[fault.sheet][fault.row].append(fault)
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(path), options) as out:
        look = {
            "head": out.add_format({"bold": True, "bg_color": "#E8EEF2", "border": 1, "text_wrap": True}),
            "text": out.add_format({"num_format": "@"}),
            "bad": out.add_format({"num_format": "@", "bg_color": "#FFE08A", "border": 1}),
            "day": out.add_format({"num_format": "dd/mm/yyyy"}),
            "badday": out.add_format({"num_format": "dd/mm/yyyy", "bg_color": "#FFE08A", "border": 1}),
            "why": out.add_format({"text_wrap": True, "font_color": "#8A1C1C"}),
        }
        general = [f for f in faults if not f.sheet or f.sheet not in book or not f.row]
        if general:
            page = out.add_worksheet("Lỗi")
            page.write_row(0, 0, ["Trang", "Dòng", "Cột", "Lỗi", "Cách sửa"], look["head"])
            for at, f in enumerate(general, 1):
                page.write_row(at, 0, [f.sheet, f.row or "", f.column, f.message, f.fix])
            page.set_column(3, 4, 70)
        for name, sheet in book.items():
            if by_sheet.get(name):
                _write_sheet(out, look, name, sheet.columns, sheet.first_row, by_sheet[name])


def _write_sheet(
    out: xlsxwriter.Workbook,
    look: dict,
    name: str,
    columns: dict[str, list],
    first: int,
    faults: dict[int, list[Fault]],
) -> None:
    page = out.add_worksheet(name)
    headers = list(columns)
    required = {c.header for c in BY_NAME[name].columns if c.required}
    page.write_row(0, 0, [*(f"{h}*" if h in required else h for h in headers), "Lỗi", "Cách sửa"], look["head"])
    page.freeze_panes(1, 1)
    page.set_column(0, len(headers) - 1, 18)
    page.set_column(len(headers), len(headers) + 1, 60)
    size = len(next(iter(columns.values()), []))
    line = 0
    for row, found in sorted(faults.items()):
        index = row - first
        if not 0 <= index < size:
            continue
        line += 1
        bad = {f.column for f in found}
        for at, header in enumerate(headers):
            value = columns[header][index]
            if value in (None, ""):
                if header in bad:
                    page.write_blank(line, at, None, look["bad"])
            elif isinstance(value, dt.datetime | dt.date):
                page.write_datetime(
                    line, at, dt.datetime.combine(value, dt.time()), look["badday" if header in bad else "day"]
                )
            elif isinstance(value, int | float) and not isinstance(value, bool):
                page.write_number(line, at, value, look["bad"] if header in bad else None)
            else:
                page.write_string(line, at, str(value), look["bad" if header in bad else "text"])
        page.write_string(
            line, len(headers), "\n".join(f"{f.column}: {f.message}".lstrip(": ") for f in found), look["why"]
        )
        page.write_string(line, len(headers) + 1, "\n".join(dict.fromkeys(f.fix for f in found)), look["why"])
