"""The versions of each unit through time, and what a row of the sheet "Đơn vị" does to them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace

from canbo.foundation.kernel.dates import format_date

from .cleaning import Table, has_paper
from .periods import ONE_DAY, day_after
from .plan import Close, Fill, Terms, Void
from .world import FAR, World

TABLE = "organisation_unitversion"
CONTENT = ("name", "kind", "local_type", "parent_id", "party_code", "base_type", "area", "shelf")
OPTIONAL = (("parent", 3), ("party_code", 4), ("base_type", 5), ("area", 6))
"""Columns a file may leave out altogether, and where they stand in the content."""


@dataclass
class Version:
    """A version recorded, or about to be."""

    id: int | None
    since: dt.date
    lower: dt.date
    upper: dt.date
    content: tuple
    paper: int | None = None
    row: int | None = None
    precision: str = "d"
    closing_paper: int | None = None


@dataclass
class Lines:
    """The versions of the units of a file, as its good rows leave them.

    ``writes`` holds by row what happens to recorded versions, ``ends`` the rows that end a version.
    """

    world: World
    table: Table
    terms: Terms
    papers: list[int | None]
    kinds: list[tuple[str, str, str]]
    units: dict[str, int]
    by_unit: dict[int, list[Version]]
    writes: dict[int, list[Close | Void | Fill]] = field(default_factory=dict)
    ends: dict[int, tuple[int, dt.date]] = field(default_factory=dict)
    new: int = 0
    changed: int = 0
    same: int = 0

    @classmethod
    def of(cls, recorded: dict[int, list[Version]], **given: object) -> Lines:
        """Lines that start from what is recorded, without touching it."""
        return cls(by_unit={u: [replace(v) for v in line] for u, line in recorded.items()}, **given)  # type: ignore[arg-type]

    def place(self, index: int) -> None:
        """Takes a row into the line of its unit."""
        table, start = self.table, self.table["since"][index]
        lower = start.first
        upper = day_after(u) if (u := table["until"][index]) else FAR
        if upper <= lower:
            fix = "Sửa Từ ngày hoặc Đến ngày."
            table.fault(index, "until", f"kết thúc trước ngày bắt đầu {format_date(lower)}.", fix)
            return
        content = self._content(index)
        if content is None:
            return
        unit = self.units[table["code"][index]]
        line = self.by_unit.setdefault(unit, [])
        paper = self.papers[index]
        known = next((v for v in reversed(line) if v.since == lower), None) or next(
            (
                v
                for v in line
                if v.id is not None
                and v.lower <= lower < v.upper
                and v.content == content
                and (upper == v.upper or (upper == FAR and any(w.lower == v.upper for w in line)))
                and paper in (None, v.paper)
            ),
            None,
        )
        if known is not None:
            self._meet(index, unit, known, self._carried(content, known), upper)
        elif self._paid(index):
            self._open(index, unit, Version(None, lower, lower, upper, content, paper, index, start.precision))

    def _content(self, index: int) -> tuple | None:
        table, kind = self.table, self.kinds[index]
        code = table["parent"][index]
        parent = self.units.get(code) if code else None
        if code and parent is None:
            if code in self.world.units:
                message, fix = f"đơn vị cấp trên {code} có trong tệp nhưng dòng đó có lỗi.", "Sửa dòng đó trước."
            else:
                message = f"không có đơn vị mã {code} trong trang Đơn vị và trong hệ thống."
                fix = "Sửa mã đơn vị cấp trên, hoặc thêm đơn vị đó vào trang."
            table.fault(index, "parent", message, fix)
            return None
        words = (table[name][index] or "" for name in ("party_code", "base_type", "area"))
        return (table["name"][index], kind[0], kind[1], parent, *words, kind[2])

    def _carried(self, content: tuple, known: Version) -> tuple:
        """Columns that the file does not have say what is recorded."""
        headers = self.table.sheet.columns
        missing = [at for name, at in OPTIONAL if self.table.spec.by_field[name].header not in headers]
        return tuple(known.content[at] if at in missing else value for at, value in enumerate(content))

    def _open(self, index: int, unit: int, version: Version) -> None:
        """A version that was not known: the open one before it ends where it begins."""
        line = self.by_unit[unit]
        last = line[-1] if line else None
        ends = last is not None and last.lower < version.lower < last.upper == FAR
        clash = next(
            (v for v in line if v.lower < version.upper and version.lower < v.upper and not (ends and v is last)), None
        )
        if clash:
            until = "nay" if clash.upper == FAR else format_date(clash.upper - ONE_DAY)
            where = f"dòng {self.table.row(clash.row)}" if clash.row is not None else "trong hệ thống"
            self.table.fault(
                index,
                "since",
                f"trùng thời gian với đơn vị {self.table['code'][index]} từ {format_date(clash.lower)} "
                f"đến {until} ({where}).",
                "Ghi Đến ngày cho dòng trước, hoặc sửa Từ ngày.",
            )
            return
        if ends and last is not None:
            if last.id is not None:
                self._note(index, Close(TABLE, last.id, version.lower, version.paper))
            last.upper = version.lower
        line.append(version)
        line.sort(key=lambda v: v.lower)
        if version.upper != FAR:
            self.ends[unit] = (index, version.upper)
        self.changed += last is not None
        self.new += last is None

    def _meet(self, index: int, unit: int, known: Version, content: tuple, upper: dt.date) -> None:
        """A version that is recorded already: the same, ended, completed, corrected or changed."""
        line, paper, table = self.by_unit[unit], self.papers[index], self.table
        # a version followed by another one ends where that begins: an open row in an older file says nothing else
        silent = "Đến ngày" not in table.sheet.columns
        followed = silent or (upper == FAR and any(v.lower == known.upper for v in line))
        upper = known.upper if followed else upper
        equal = content == known.content
        if equal and upper == known.upper and paper in (None, known.paper, known.closing_paper):
            self.same += 1
            return
        if known.id is None or not self._paid(index):
            return
        self.changed += 1
        if table["fix"][index]:
            if not table["note"][index]:
                table.fault(index, "note", "dòng sửa sai chưa có lý do.", "Ghi lý do sửa vào Ghi chú.")
                return
            self._note(index, Void(TABLE, known.id, table["note"][index]))
            line[line.index(known)] = self._again(index, known, known.lower, upper, content)
        elif equal and upper == known.upper and known.paper is None:
            self._note(index, Fill(TABLE, known.id, (("opened_by_id", paper),)))
            known.paper = paper
        elif known.upper != FAR:
            table.fault(
                index,
                "",
                f"phiên bản này của đơn vị đã kết thúc ngày {format_date(known.upper - ONE_DAY)}, tệp ghi khác.",
                "Nếu sổ ghi sai, ghi x vào Sửa sai và lý do vào Ghi chú; nếu đổi về sau, ghi Từ ngày mới.",
            )
            return
        elif equal and upper != FAR:
            if not self._lasts(index, known.lower, upper):
                return
            self._note(index, Close(TABLE, known.id, upper, paper if paper != known.paper else None))
            known.upper = upper
        else:
            self._change(index, known, line, upper, content)
        if upper != FAR and not followed:
            self.ends[unit] = (index, upper)

    def _change(self, index: int, known: Version, line: list[Version], upper: dt.date, content: tuple) -> None:
        day = max(self.terms.today, known.lower)
        assert known.id is not None  # noqa: S101
        if not self._lasts(index, day, upper):
            return
        if known.lower >= day:
            self._note(index, Void(TABLE, known.id, f"Thay bằng số liệu của tệp {self.terms.source}".strip()))
            line.remove(known)
        else:
            self._note(index, Close(TABLE, known.id, day, self.papers[index]))
            known.upper = day
        line.append(self._again(index, known, day, upper, content))

    def _again(self, index: int, known: Version, lower: dt.date, upper: dt.date, content: tuple) -> Version:
        precision = self.table["since"][index].precision
        return Version(None, known.since, lower, upper, content, self.papers[index], index, precision)

    def _lasts(self, index: int, lower: dt.date, upper: dt.date) -> bool:
        if upper > lower:
            return True
        self.table.fault(
            index,
            "until",
            f"nội dung mới có hiệu lực từ {format_date(lower)}, sau ngày kết thúc.",
            "Sửa Đến ngày, hoặc ghi x vào Sửa sai và lý do vào Ghi chú.",
        )
        return False

    def _note(self, index: int, write: Close | Void | Fill) -> None:
        self.writes.setdefault(index, []).append(write)

    def _paid(self, index: int) -> bool:
        return has_paper(self.table, index, self.papers[index], historical=self.terms.historical)
