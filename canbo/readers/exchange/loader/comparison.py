"""What each row of a sheet of facts does, seen against what is recorded.

A row whose key is unknown opens a fact. A known row with the same content does nothing. With other content it closes the
fact and opens the next one from the day of loading, or, marked "Sửa sai", voids the wrong row and writes it anew.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from canbo.foundation.kernel.dates import format_date

from .cleaning import Table, has_paper
from .factspecs import FactSpec, Part
from .periods import ONE_DAY, Periods
from .plan import Close, Fill, Plan, Terms, Void
from .recorded import Recorded
from .references import References
from .world import FAR

Write = Close | Void | Fill


class Said(NamedTuple):
    """What a row says of a recorded fact; cells that say nothing say what is recorded."""

    content: tuple
    upper: dt.date
    act: str
    changed: dict[str, object]
    new_paper: bool
    same_end: bool
    only_fills: bool


@dataclass
class Comparison:
    """The rows of one sheet beside the recorded facts they name.

    Args:
        table, spec, refs, span, terms: the sheet and its cleaned content.
        keys: by row.
        recorded: standing facts by key.

    ``fresh`` holds rows that are written as they stand, ``starts`` rows that go on from a later day, ``writes`` what a
    row does to recorded facts, ``contents`` what it then says, unsaid cells filled in. Nothing reaches the plan before every check of the sheet is through: ``settle``.
    """

    table: Table
    spec: FactSpec
    refs: References
    span: Periods
    terms: Terms
    keys: list
    recorded: dict[object, Recorded]
    fresh: list[int] = field(default_factory=list)
    starts: dict[int, dt.date] = field(default_factory=dict)
    writes: dict[int, list[Write]] = field(default_factory=dict)
    contents: dict[int, tuple] = field(default_factory=dict)

    def run(self) -> None:
        """Compares every good row."""
        recorded, keys = self.recorded, self.keys
        if not recorded and (self.terms.historical or None not in self.refs.decision):
            self.fresh = self.table.good()
            return
        for index in self.table.good():
            known = recorded.get(keys[index])
            if known is not None:
                self._compare(index, known)
            elif self._papers(index):
                self.fresh.append(index)

    @property
    def writing(self) -> list[int]:
        """Rows that open a fact and have no fault so far."""
        rows = sorted({*self.fresh, *self.starts}) if self.starts else self.fresh
        bad = self.table.bad
        return [i for i in rows if i not in bad] if bad else rows

    def start(self, index: int) -> dt.date:
        """The first day of the fact that a row opens."""
        return self.starts.get(index, self.span.lower[index])

    def standing(self) -> Iterator[Write]:
        """What rows without a fault do to recorded facts."""
        for index, writes in self.writes.items():
            if index not in self.table.bad:
                yield from writes

    def settle(self, plan: Plan) -> None:
        """Counts the rows and hands their writes to the plan."""
        bad = self.table.bad
        self.table.count.new += sum(1 for i in self.writing if i not in self.writes)
        self.table.count.changed += sum(1 for i in self.writes if i not in bad)
        for write in self.standing():
            if isinstance(write, Close):
                plan.closes.append(write)
            elif isinstance(write, Void):
                plan.voids.append(write)
            else:
                plan.fills.append(write)

    def act(self, index: int) -> str:
        """The act that ended a fact: as the row says, else as it follows from death or the next stay."""
        if not self.spec.closing_act:
            return ""
        said = self.table["closing_act"][index]
        if not said:
            return self.span.implied.get(index, "")
        return said if isinstance(said, str) else ", ".join(said)

    @cached_property
    def _parts(self) -> list[tuple[Part, bool, bool]]:
        """Parts of the content: whether the file has the column, and whether an empty cell says nothing."""
        headers = {c.field: c.header for c in self.table.spec.columns}
        return [
            (p, headers[p.field] in self.table.sheet.columns, p.field in self.spec.carried) for p in self.spec.content
        ]

    @cached_property
    def _says_ends(self) -> bool:
        return self.spec.dated and "until" in self.table.columns and "Đến ngày" in self.table.sheet.columns

    def _content(self, index: int, known: Recorded) -> tuple:
        values: list = []
        for part, present, carried in self._parts:
            cell = self.table[part.field][index]
            if not present or (carried and cell is None):
                at = len(values)
                values += known.content[at : at + len(part.columns)]
            else:
                values += part.split(cell)
        return tuple(values)

    def _said(self, index: int, known: Recorded) -> Said:
        content, decision = self._content(index, known), self.refs.decision[index]
        columns = self.spec.content_columns
        changed = {}
        if content != known.content:
            changed = {c: v for c, v, old in zip(columns, content, known.content, strict=True) if v != old}
        new_paper = decision is not None and decision != known.opened_by
        upper, act = known.upper, ""
        if self._says_ends:
            upper, act = self.span.upper[index], self.act(index)
        same_end = upper == known.upper and (not act or act == known.closing_act or index in self.span.implied)
        only_fills = (not new_paper or known.opened_by is None) and all(
            c in self.spec.fillable and old in (None, "")
            for c, old in zip(columns, known.content, strict=True)
            if c in changed
        )
        return Said(content, upper, act, changed, new_paper, same_end, only_fills)

    def _compare(self, index: int, known: Recorded) -> None:
        said = self._said(index, known)
        if not said.changed and said.same_end and not said.new_paper:
            self.table.count.same += 1
        elif self.table["fix"][index]:
            self._mend(index, known, said)
        elif known.upper != FAR and not (said.same_end and said.only_fills):
            self.table.fault(
                index,
                "until" if not said.changed else "",
                f"{self.spec.whose} này đã kết thúc ngày {format_date(known.upper - ONE_DAY)}, tệp ghi khác.",
                "Nếu sổ ghi sai, ghi x vào cột Sửa sai và lý do vào Ghi chú; nếu tệp cũ, xóa dòng này.",
            )
        elif said.only_fills:
            self._complete(index, known, said)
        elif self._papers(index):
            self._replace(index, known, said)

    def _mend(self, index: int, known: Recorded, said: Said) -> None:
        """The recorded row was wrong: it is voided with the reason, and the row written in its place."""
        why = self.table["note"][index]
        if not why:
            self.table.fault(index, "note", "dòng sửa sai chưa có lý do.", "Ghi lý do sửa vào Ghi chú.")
        elif self._papers(index):
            start = max(known.lower, self.span.lower[index]) if self.spec.dated else self.span.lower[index]
            if self._lasts(index, start, said.upper):
                self._void(index, known, said, why, start)

    def _complete(self, index: int, known: Recorded, said: Said) -> None:
        """Empty fields are filled in, and an open fact ends."""
        writes: list[Write] = []
        if said.changed or said.new_paper:
            fills = [*said.changed.items(), *([("opened_by_id", self.refs.decision[index])] if said.new_paper else [])]
            writes.append(Fill(self.spec.table, known.id, tuple(fills)))
        if not said.same_end:
            if not self._lasts(index, known.lower, said.upper):
                return
            act = said.act if self.spec.closing_act else None
            writes.append(Close(self.spec.table, known.id, said.upper, self.refs.closing[index], act))
        self.writes[index] = writes

    def _replace(self, index: int, known: Recorded, said: Said) -> None:
        """Other content: from the day of loading, or in place of a row that began no earlier or has no period."""
        today = self.terms.today
        if not self.spec.dated or known.lower >= today:
            if self._lasts(index, known.lower, said.upper):
                why = f"Thay bằng số liệu của tệp {self.terms.source}".strip()
                start = known.lower if self.spec.dated else self.span.lower[index]
                self._void(index, known, said, why, start)
        elif said.upper <= today:
            self.table.fault(
                index,
                "",
                f"nội dung {self.spec.whose} đã đổi mà dòng kết thúc trước ngày nạp, không rõ đổi từ ngày nào.",
                "Ghi x vào cột Sửa sai và lý do vào Ghi chú.",
            )
        else:
            act = "" if self.spec.closing_act else None
            self.writes[index] = [Close(self.spec.table, known.id, today, self.refs.decision[index], act)]
            self.starts[index] = today
            self.contents[index] = said.content

    def _void(self, index: int, known: Recorded, said: Said, why: str, start: dt.date) -> None:
        self.contents[index] = said.content
        if self.spec.dated:
            self.span.upper[index] = said.upper
        self.writes[index] = [Void(self.spec.table, known.id, why)]
        if start == self.span.lower[index]:
            self.fresh.append(index)
        else:
            self.starts[index] = start

    def _lasts(self, index: int, start: dt.date, upper: dt.date) -> bool:
        if not self.spec.dated or upper > start:
            return True
        self.table.fault(
            index,
            "until",
            f"nội dung hiện hành của {self.spec.whose} có hiệu lực từ {format_date(start)}, sau ngày kết thúc.",
            "Sửa Đến ngày; nếu sổ ghi sai thì hủy đợt nạp đã đổi nội dung rồi nạp lại.",
        )
        return False

    def _papers(self, index: int) -> bool:
        return has_paper(self.table, index, self.refs.decision[index], historical=self.terms.historical)
