"""Reading the lines of a plan against the units of the day: which new unit is made of what, and every fault at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from canbo.facts.organisation.choices import Operation
from canbo.foundation.kernel.violation import Violation

from .operations import ENDING, SAME_CODE
from .plan import Row, Standing

CONTENT = {"name": "tên", "kind": "loại hình", "local_type": "kiểu đơn vị", "parent": "đơn vị cấp trên"}


@dataclass
class Target:
    """A unit of the plan's other side, gathered from the lines that name it."""

    code: str
    name: str = ""
    kind: str = ""
    local_type: str = ""
    shelf: str = ""
    parent: str = ""
    level: str = ""
    line: int = 0
    lines: dict[str, int] = field(default_factory=dict)
    sources: list[str] = field(default_factory=list)
    founded: bool = False


@dataclass
class Source:
    """An old unit: the new ones it goes into, and what the lines call that."""

    code: str
    line: int
    level: str = ""
    targets: dict[str, str] = field(default_factory=dict)
    """Code of the new unit → operation as written, or empty."""
    ending: str = ""


@dataclass
class Lines:
    """The lines, gathered by old and by new unit."""

    sources: dict[str, Source] = field(default_factory=dict)
    targets: dict[str, Target] = field(default_factory=dict)
    faults: list[Violation] = field(default_factory=list)


def gather(rows: Iterable[Row], units: Mapping[str, Standing], known: Mapping[str, str], on: str) -> Lines:
    """Gathers the lines and finds what is wrong with them.

    Args:
        units: those in force on the day of effect, by code.
        known: names of units that were there once, by code.
        on: day of effect, ISO.
    """
    found = Lines()
    for row in rows:
        _take(found, _normal(row), units, known, on)
    for target in found.targets.values():
        _target_faults(found, target, units, known)
    return found


def _normal(row: Row) -> Row:
    """An operation that keeps the code may leave the new one out; founding has no old unit."""
    keeps = row.operation in SAME_CODE or row.operation == Operation.HAND_OVER
    if keeps and row.old and not row.new:
        return replace(row, new=row.old)
    if not row.operation and row.old and not row.new and (row.name or row.parent):
        return replace(row, new=row.old)
    return row


def _fault(found: Lines, row: Row | int, code: str, message: str, field_: str = "", fix: str = "") -> None:
    line = row if isinstance(row, int) else row.line
    found.faults.append(
        Violation(f"RESTRUCTURE-{code}", f"Dòng {line}: {message}", field=f"{line}.{field_}", fix=fix or None)
    )


def _take(found: Lines, row: Row, units: Mapping[str, Standing], known: Mapping[str, str], on: str) -> None:
    if row.old:
        _old_faults(found, row, units, known, on)
    if row.operation == Operation.ESTABLISH and row.old and row.old != row.new:
        _fault(found, row, "ESTABLISH", f"thành lập {row.new} thì không có đơn vị cũ ({row.old}).", "old_code",
               "Bỏ mã đơn vị cũ, hoặc chọn hình thức khác.")  # fmt: skip
    if row.operation in SAME_CODE and row.old != row.new:
        _fault(found, row, "CODE-KEPT", f"đổi tên, đổi cấp thì giữ nguyên mã ({row.old} → {row.new}).", "new_code",
               "Ghi mã mới bằng mã cũ, hoặc chọn hình thức khác.")  # fmt: skip
    if row.operation in ENDING and row.old == row.new:
        _fault(found, row, "END-SELF", f"{row.old} kết thúc thì không thể đi tiếp thành chính nó.", "new_code")
    if not row.new and row.operation and row.operation not in ENDING:
        _fault(found, row, "NO-NEW", f"hình thức này cần mã đơn vị mới cho {row.old}.", "new_code")
    if row.old:
        source = found.sources.setdefault(row.old, Source(row.old, row.line, row.level))
        if row.new in source.targets:
            _fault(found, row, "TWICE", f"{row.old} → {row.new} đã có ở dòng trên.", "old_code", "Bỏ một dòng.")
        if row.new:
            source.targets[row.new] = row.operation
        if row.operation in ENDING:
            source.ending = row.operation
    if row.new:
        target = found.targets.setdefault(row.new, Target(row.new, level=row.level, line=row.line))
        if row.old and row.old not in target.sources:
            target.sources.append(row.old)
        target.founded |= row.operation == Operation.ESTABLISH
        _content(found, row, target)


def _old_faults(found: Lines, row: Row, units: Mapping[str, Standing], known: Mapping[str, str], on: str) -> None:
    old = units.get(row.old)
    if old is None:
        name = known.get(row.old)
        said = (
            f"{name} (mã {row.old}) không hoạt động vào ngày có hiệu lực." if name else f"không có đơn vị mã {row.old}."
        )
        _fault(found, row, "OLD-UNKNOWN", said, "old_code", "Xem lại mã, hoặc nạp đơn vị trước.")
    elif old.began >= on:
        _fault(found, row, "OLD-BEGAN", f"{old.name} có thay đổi đã ghi từ ngày {_day(old.began)}, không trước ngày có hiệu lực.",
               "old_code", "Đổi ngày có hiệu lực, hoặc hủy thay đổi đó trước.")  # fmt: skip
    elif old.ends is not None:
        _fault(found, row, "OLD-ENDS", f"{old.name} đã ghi thay đổi hoặc kết thúc từ ngày {_day(old.ends)}.", "old_code",
               "Hủy việc đó trước.")  # fmt: skip


def _day(iso: str) -> str:
    year, month, day = iso.split("-")
    return f"{day}/{month}/{year}"


def _content(found: Lines, row: Row, target: Target) -> None:
    for column in CONTENT:
        new, old = getattr(row, column), getattr(target, column)
        if new and old and new != old:
            before = target.lines[column]
            _fault(found, row, "DISAGREES", f"{CONTENT[column]} của {row.new} là “{new}”, dòng {before} ghi “{old}”.",
                   f"new_{column}", "Ghi giống nhau ở mọi dòng của một đơn vị mới.")  # fmt: skip
        elif new and not old:
            setattr(target, column, new)
            target.lines[column] = row.line
    if row.shelf:
        target.shelf = row.shelf


def _target_faults(found: Lines, target: Target, units: Mapping[str, Standing], known: Mapping[str, str]) -> None:
    if target.code not in units:
        if target.code in known:
            _fault(found, target.line, "NEW-USED", f"mã {target.code} đã dùng cho {known[target.code]}, nay đã kết thúc.",
                   "new_code", "Dùng mã khác: một mã chỉ chỉ một đơn vị.")  # fmt: skip
        if not target.name:
            _fault(found, target.line, "NEW-NAME", f"chưa ghi tên đơn vị mới {target.code}.", "new_name")
        if not target.kind:
            _fault(found, target.line, "NEW-KIND", f"chưa ghi loại hình đơn vị mới {target.code}.", "new_kind")
    if target.parent and target.parent not in units and target.parent not in found.targets:
        _fault(found, target.lines["parent"], "PARENT", f"không có đơn vị cấp trên mã {target.parent}.", "new_parent",
               "Xem lại mã, hoặc thêm dòng mở đơn vị đó.")  # fmt: skip
    if target.parent == target.code:
        _fault(
            found,
            target.lines["parent"],
            "PARENT-SELF",
            f"{target.code} không thể là cấp trên của chính nó.",
            "new_parent",
        )


def names(codes: Sequence[str], of: Mapping[str, str], most: int = 5) -> str:
    """A few units by name, for messages."""
    shown = ", ".join(f"{of.get(code, '')} ({code})".strip() for code in codes[:most])
    return shown + (" …" if len(codes) > most else "")
