"""Reading a workbook of products: every fault at once, with row and column."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from python_calamine import CalamineWorkbook

from canbo.foundation.kernel.text import clean, fold
from canbo.foundation.kernel.violation import Violation

COLUMNS = {
    "code": ("mã", "mã sản phẩm"),
    "name": ("sản phẩm, công việc", "tên sản phẩm", "công việc chi tiết"),
    "duty": ("nhiệm vụ",),
    "output": ("sản phẩm đầu ra",),
    "frequency": ("tần suất", "tần suất/số lượng sản phẩm"),
    "group": ("nhóm", "phân nhóm"),
    "points": ("điểm",),
    "standard": ("chuẩn", "sản phẩm chuẩn"),
    "usual": ("hay phát sinh",),
    "note": ("ghi chú",),
}
NEEDED = ("code", "name", "group", "points")
YES = {"x", "có", "co", "1", "true", "chuẩn", "chuan"}
MOST = 5000


@dataclass
class Read:
    """What a workbook says: values by row, and its faults."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    columns: set[str] = field(default_factory=set)
    faults: list[Violation] = field(default_factory=list)


def read(data: bytes) -> Read:
    """Reads the first sheet; its first row with a column of names is the heading."""
    found = Read()
    try:
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    except Exception as error:  # the library has many kinds; all of them mean that this is no workbook
        fix = "Lưu lại thành .xlsx rồi nạp."
        found.faults.append(Violation("WORK-FILE", f"Không đọc được tệp Excel ({error}).", "file", fix=fix))
        return found
    top = next((n for n, row in enumerate(sheet) if _heading(row).get("name") is not None), None)
    if top is None:
        fix = "Tải danh mục về (nút xlsx) để có mẫu."
        found.faults.append(Violation("WORK-FILE-HEAD", "Không thấy cột “Sản phẩm, công việc”.", "file", fix=fix))
        return found
    places = _heading(sheet[top])
    found.columns = set(places)
    for name in NEEDED:
        if name not in places:
            message = f"Thiếu cột “{COLUMNS[name][0].capitalize()}”."
            found.faults.append(Violation("WORK-FILE-COLUMN", message, "file", fix="Thêm cột ấy vào dòng tiêu đề."))
    if found.faults:
        return found
    for number, row in enumerate(sheet[top + 1 :], start=top + 2):
        if any(clean(str(cell)) for cell in row):
            _read_row(found, number, {name: row[at] for name, at in places.items() if at < len(row)})
    if len(found.rows) > MOST:
        found.faults.append(Violation("WORK-FILE-LONG", f"Tệp có hơn {MOST} dòng.", "file"))
    if not found.rows and not found.faults:
        found.faults.append(Violation("WORK-FILE-EMPTY", "Tệp không có dòng nào.", "file"))
    return found


def _heading(row: Sequence[Any]) -> dict[str, int]:
    names = {fold(clean(str(cell))): at for at, cell in enumerate(row)}
    return {key: names[fold(title)] for key, titles in COLUMNS.items() for title in titles if fold(title) in names}


def _read_row(found: Read, number: int, cells: dict[str, Any]) -> None:
    values: dict[str, Any] = {name: _text(cells.get(name)) for name in COLUMNS}
    match = re.fullmatch(r"[Nn]?\s*(\d+)", values["group"])
    if match is None:
        message = f"Dòng {number}, cột Nhóm: “{values['group']}” không phải là nhóm."
        found.faults.append(Violation("WORK-FILE-GROUP", message, "file", fix="Ghi N1 đến N5."))
    values["group"] = int(match[1]) if match else None
    values["points"] = _number(found, number, cells.get("points"))
    for name in ("standard", "usual"):
        values[name] = fold(values[name]) in {fold(word) for word in YES}
    values["row"] = number
    found.rows.append(values)


def _number(found: Read, number: int, cell: Any) -> Decimal | None:
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return Decimal(str(cell))
    text = _text(cell)
    try:
        return Decimal(text.replace(".", "").replace(",", ".") if "," in text else text)
    except InvalidOperation:
        message = f"Dòng {number}, cột Điểm: “{text}” không phải là số."
        found.faults.append(Violation("WORK-FILE-POINTS", message, "file", fix="Ghi như 12,5."))
        return None


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    return clean(str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell))


def numbered(faults: Iterable[Violation], rows: Sequence[int]) -> list[Violation]:
    """Faults that name the place of a product in a list, named by its row in the file instead."""
    found = []
    for fault in faults:
        match = re.match(r"Dòng (\d+)", fault.message)
        if match and 0 < int(match[1]) <= len(rows):
            message = f"Dòng {rows[int(match[1]) - 1]}{fault.message[match.end() :]}"
            fault = Violation(fault.code, message, "file", fault.source, fault.fix)
        found.append(fault)
    return found
