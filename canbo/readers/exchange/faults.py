"""What is wrong with a row: where, what, why, and what to do. Values, never exceptions."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field

from canbo.foundation.kernel.violation import Refused, Violation


class UnreadableFile(Exception):
    """The file as a whole cannot be read; the text says why and what to do."""


class DatabaseRefused(Refused):
    """The database did not take what the check let through; nothing was written."""

    def __init__(self, table: str, constraint: str):
        place = f" ở bảng {table}" if table else ""
        place += f", ràng buộc {constraint}" if constraint else ""
        super().__init__(
            Violation(
                "LOAD-DATABASE",
                f"Cơ sở dữ liệu không nhận số liệu của tệp{place}. Chưa ghi gì.",
                fix="Báo người quản trị kèm tệp này; chi tiết nằm trong nhật ký máy chủ.",
            )
        )


@dataclass(frozen=True)
class Fault:
    """One fault of a file.

    Args:
        sheet: name of the sheet; empty for the file as a whole.
        row: row number as Excel shows it; 0 for the sheet as a whole.
        column: header of the column; empty for the row as a whole.
        value: what the cell says.
        message: what is wrong and why.
        fix: what to do.
    """

    sheet: str
    row: int
    column: str
    value: str
    message: str
    fix: str

    def as_dict(self) -> dict[str, object]:
        return asdict(self)

    def __str__(self) -> str:
        place = [f"Trang {self.sheet}"] if self.sheet else []
        place += [f"dòng {self.row}"] if self.row else []
        place += [f"cột {self.column}"] if self.column else []
        return f"{', '.join(place)}: {self.message} {self.fix}".strip(" :")


@dataclass
class SheetCount:
    """What became, or would become, of the rows of a sheet."""

    rows: int = 0
    new: int = 0
    changed: int = 0
    same: int = 0
    faults: int = 0


@dataclass
class Findings:
    """All that a check found."""

    counts: dict[str, SheetCount] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    remarks: list[Fault] = field(default_factory=list)

    def folded(self, keep: int = 5) -> list[tuple[Fault, int]]:
        """Faults with those of a kind folded: the first ``keep`` of each, the last with the number left out."""
        kinds = Counter((f.sheet, f.column, f.fix) for f in self.faults)
        seen: Counter[tuple[str, str, str]] = Counter()
        shown: list[tuple[Fault, int]] = []
        for fault in self.faults:
            kind = (fault.sheet, fault.column, fault.fix)
            seen[kind] += 1
            if seen[kind] <= keep:
                shown.append((fault, kinds[kind] - keep if seen[kind] == keep and kinds[kind] > keep else 0))
        return shown
