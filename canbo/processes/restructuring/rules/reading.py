"""Reading the lines of a plan, and answers, from text: every fault at once, with its line."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping

from canbo.foundation.kernel.text import clean, fold
from canbo.foundation.kernel.violation import Violation

COLUMNS = {
    "level": ("level", "cap"),
    "old_code": ("old_code", "old code", "ma cu", "ma don vi cu"),
    "new_code": ("new_code", "new code", "ma moi", "ma don vi moi"),
    "new_name": ("new_name", "new name", "ten moi", "ten don vi moi"),
    "new_kind": ("new_kind", "new kind", "new_type", "loai hinh", "loai hinh moi"),
    "new_parent": ("new_parent", "new parent", "ma cap tren", "ma don vi cap tren moi"),
    "operation": ("operation", "hinh thuc"),
}
ANSWER = {
    "unit": ("unit", "don vi", "ma don vi"),
    "choice": ("choice", "lua chon"),
    "value": ("value", "gia tri", "don vi duoc chon"),
}
NEEDED = ("old_code", "new_code")
HOW = "Cột của tệp: level,old_code,new_code,new_name,new_kind,new_parent,operation; ngăn cách bằng dấu phẩy."

Rows = list[tuple[int, Mapping[str, str]]]


def read_lines(text: str) -> tuple[Rows, list[Violation]]:
    """Lines of a plan: line number and cells by the columns of an operation.

    A file with one column of old codes and one of new ones is enough; the others may be missing. Empty lines are passed
    over.
    """
    rows, faults = _table(text, COLUMNS, NEEDED)
    for line, row in rows:
        if not row.get("old_code") and not row.get("new_code"):
            faults.append(
                Violation(
                    "RESTRUCTURE-ROW",
                    f"Dòng {line}: không có mã đơn vị cũ lẫn mã đơn vị mới.",
                    field=f"{line}.old_code",
                )
            )
    if not rows and not faults:
        faults.append(Violation("RESTRUCTURE-EMPTY", "Tệp không có dòng nào.", fix=HOW))
    return [(line, row) for line, row in rows if row.get("old_code") or row.get("new_code")], faults


def read_answers(text: str) -> tuple[list[tuple[int, str, str, str]], list[Violation]]:
    """Answers: line number, unit, choice, value. A unit of ``*`` or ``level:*`` answers all that ask alike."""
    rows, faults = _table(text, ANSWER, ("unit", "choice"))
    found = [(line, row["unit"], row["choice"], row.get("value", "")) for line, row in rows if row.get("unit")]
    return [row for row in found if row[2]], faults


def _table(text: str, columns: Mapping[str, tuple[str, ...]], needed: tuple[str, ...]) -> tuple[Rows, list[Violation]]:
    text = text.lstrip("\ufeff")
    head = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        cells = [(reader.line_num, row) for row in reader]
    except csv.Error as error:
        return [], [Violation("RESTRUCTURE-CSV", f"Dòng {reader.line_num}: không đọc được ({error}).", fix=HOW)]
    if not cells:
        return [], []
    known = {fold(alias): name for name, aliases in columns.items() for alias in aliases}
    titles = [known.get(fold(cell)) for cell in cells[0][1]]
    faults = [
        Violation("RESTRUCTURE-COLUMN", f"Dòng 1: thiếu cột {name}.", field=name, fix=HOW)
        for name in needed
        if name not in titles
    ]
    faults += [
        Violation("RESTRUCTURE-COLUMN", f"Dòng 1: cột {name} có hai lần.", field=name)
        for name in columns
        if titles.count(name) > 1
    ]
    if faults:
        return [], faults
    rows: Rows = []
    for line, row in cells[1:]:
        if not any(cell.strip() for cell in row):
            continue
        if len(row) > len(titles) and any(cell.strip() for cell in row[len(titles) :]):
            faults.append(
                Violation("RESTRUCTURE-CELLS", f"Dòng {line}: có {len(row)} ô, tiêu đề có {len(titles)}.", field=f"{line}",
                          fix="Ô có dấu phẩy thì đặt trong ngoặc kép.")
            )  # fmt: skip
            continue
        rows.append((line, {name: clean(cell) for name, cell in zip(titles, row, strict=False) if name}))
    return rows, faults
