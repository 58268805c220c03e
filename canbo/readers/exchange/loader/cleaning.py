"""From raw cells to typed values, a column at a time."""

from __future__ import annotations

from dataclasses import dataclass, field

from canbo.foundation.kernel.text import clean

from ..book import Sheet
from ..faults import Fault, SheetCount
from .spec import Bad, Column, Reader, SheetSpec, as_text

EMPTY = (None, "")


class Memo(dict):
    """Understands each distinct cell once."""

    def __init__(self, read: Reader):
        super().__init__({None: None, "": None})
        self.read = read
        self.has_bad = False

    def __missing__(self, cell: object) -> object:
        value: object = None
        if not _empty(cell):
            value = _odd(cell) or self.read(cell)
            if value == "":
                value = None
            elif isinstance(value, Bad):
                self.has_bad = True
        self[cell] = value
        return value


@dataclass
class Table:
    """A cleaned sheet. ``bad`` holds the indices of rows that have a fault."""

    spec: SheetSpec
    sheet: Sheet
    size: int
    columns: dict[str, list]
    faults: list[Fault]
    count: SheetCount
    bad: set[int] = field(default_factory=set)
    blank: frozenset[int] = frozenset()

    def __getitem__(self, name: str) -> list:
        return self.columns[name]

    @property
    def missing(self) -> set[str]:
        """Headers of required columns that the sheet does not have."""
        return {c.header for c in self.spec.columns if c.required} - self.sheet.columns.keys()

    def good(self) -> list[int]:
        """Indices of the rows without a fault so far."""
        if not self.bad and not self.blank:
            return list(range(self.size))
        return [i for i in range(self.size) if i not in self.bad and i not in self.blank]

    def row(self, index: int) -> int:
        """Row number in the file."""
        return self.sheet.first_row + index

    def cell(self, name: str, index: int) -> str:
        """What the file says in a cell, for messages."""
        column = self.spec.by_field.get(name)
        raw = self.sheet.columns.get(column.header) if column else None
        value = raw[index] if raw is not None else None
        return "" if value in EMPTY else as_text(value)

    def blamed(self, name: str) -> set[int]:
        """Indices of the rows that already have a fault in a column: one cell is not blamed twice."""
        header = self.spec.by_field[name].header
        first, sheet = self.sheet.first_row, self.spec.name
        return {f.row - first for f in self.faults if f.sheet == sheet and f.column == header}

    def fault(self, index: int, name: str, message: str, fix: str) -> None:
        """Notes a fault of one cell (or of the row, when ``name`` is empty) and sets the row aside."""
        column = self.spec.by_field.get(name)
        header = column.header if column else ""
        self.faults.append(Fault(self.spec.name, self.row(index), header, self.cell(name, index), message, fix))
        self.bad.add(index)


def has_paper(table: Table, index: int, paper: int | None, *, historical: bool) -> bool:
    """A new or changed fact needs its decision, unless the file is history without papers; else a fault."""
    if paper is not None or historical:
        return True
    table.fault(
        index,
        "decision",
        "chưa ghi số quyết định làm căn cứ.",
        "Ghi số quyết định, hoặc nạp tệp dưới dạng số liệu lịch sử nếu không còn văn bản.",
    )
    return False


def clean_sheet(sheet: Sheet, spec: SheetSpec, faults: list[Fault]) -> Table:
    """Cleans a sheet and notes every cell that cannot be understood and every required cell that is empty."""
    size = sheet.size
    table = Table(spec, sheet, size, {}, faults, SheetCount())
    present = [sheet.columns[c.header] for c in spec.columns if c.header in sheet.columns]
    table.blank = (
        frozenset(i for i, cells in enumerate(zip(*present, strict=True)) if all(_empty(cell) for cell in cells))
        if _may_have_blank(present, spec, sheet)
        else frozenset()
    )
    table.count.rows = size - len(table.blank)
    for column in spec.columns:
        table.columns[column.field] = _column(table, column)
    return table


def _empty(cell: object) -> bool:
    """Nothing a reader would see: no text, or only spaces and invisible characters."""
    return cell is None or (isinstance(cell, str) and not clean(cell))


_ERRORS = {"#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!", "#GETTING_DATA"}


def _odd(cell: object) -> Bad | None:
    """What no column takes: errors of Excel."""
    if isinstance(cell, str) and cell.startswith("#") and cell.strip().upper() in _ERRORS:
        return Bad(f"ô báo lỗi {cell.strip()} của Excel.", "Sửa công thức hoặc dán giá trị đúng.")
    return None


def _may_have_blank(present: list[list], spec: SheetSpec, sheet: Sheet) -> bool:
    """A blank row must be empty in the first key column; that one look spares the others."""
    first = spec.by_field[spec.key[0]].header
    cells = sheet.columns.get(first)
    return bool(present) and (cells is None or any(_empty(cell) for cell in cells))


def _column(table: Table, column: Column) -> list:
    raw = table.sheet.columns.get(column.header)
    if raw is None:
        return [None] * table.size
    if bool in set(map(type, raw)):  # TRUE and 1 would share a place in the memo
        raw = [("TRUE" if cell else "FALSE") if isinstance(cell, bool) else cell for cell in raw]
    memo = Memo(column.read)
    values = [memo[cell] for cell in raw]
    if memo.has_bad:
        for index, value in enumerate(values):
            if isinstance(value, Bad) and index not in table.blank:
                table.fault(index, column.field, value.message, value.fix)
                values[index] = None
    if column.required:
        for index, value in enumerate(values):
            if value is None and index not in table.blank and _empty(raw[index]):
                table.fault(index, column.field, f"thiếu {column.header.lower()}.", "Điền ô này.")
    return values


def refuse_repeats(table: Table, keys: list) -> None:
    """Notes rows whose key an earlier row of the sheet already has.

    A repeat that says exactly the same is refused too: which of the two is meant to stay is the clerk's choice.
    """
    if len(set(keys)) == len(keys):
        return
    first: dict[object, int] = {}
    for index, key in enumerate(keys):
        if index in table.blank or index in table.bad:
            continue
        earlier = first.setdefault(key, index)
        if earlier != index:
            table.fault(
                index,
                table.spec.key[0],
                f"trùng khóa ({', '.join(table.spec.by_field[k].header for k in table.spec.key)}) với dòng {table.row(earlier)}.",
                "Xóa một trong hai dòng, hoặc sửa lại khóa.",
            )
