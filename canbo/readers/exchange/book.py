"""A workbook in memory: sheets as columns, whether read from a file or produced."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Sheet:
    """One sheet of the workbook.

    Columns, not rows: hundreds of thousands of people stay small and quick this way. A column that nobody filled may
    be absent; None or an empty text is an empty cell.
    """

    name: str
    columns: dict[str, list[object]] = field(default_factory=dict)
    first_row: int = 2
    """Row number in the file of the first data row, for messages."""

    def __post_init__(self) -> None:
        sizes = {len(column) for column in self.columns.values()}
        if len(sizes) > 1:
            raise ValueError(f"Các cột của trang {self.name} dài ngắn khác nhau: {sorted(sizes)}")

    @property
    def size(self) -> int:
        """Number of data rows."""
        return len(next(iter(self.columns.values()), ()))

    def column(self, header: str) -> list[object]:
        """The cells under a header; a column of empty cells when the sheet does not have it."""
        found = self.columns.get(header)
        return found if found is not None else [None] * self.size


class Book(dict[str, Sheet]):
    """Sheets by name."""

    def add(self, name: str, columns: dict[str, list[object]]) -> None:
        """Puts a sheet into the book; a sheet without rows and a column without content are left out."""
        kept = {header: cells for header, cells in columns.items() if any(cell not in (None, "") for cell in cells)}
        if kept:
            self[name] = Sheet(name, kept)
