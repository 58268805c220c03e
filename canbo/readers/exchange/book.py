"""The workbook in memory: sheets as columns, whatever they were read from."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Sheet:
    """One sheet.

    Args:
        name: as in the file.
        columns: header to cell values, all columns of one length; None or "" is an empty cell.
        first_row: number, in the file, of the first row of data.
    """

    name: str
    columns: dict[str, list[object]] = field(default_factory=dict)
    first_row: int = 2

    @property
    def size(self) -> int:
        """Number of data rows."""
        return len(next(iter(self.columns.values()), []))


class Book(dict[str, Sheet]):
    """Sheets by name."""
