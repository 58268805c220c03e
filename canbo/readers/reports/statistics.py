"""Official statistical forms: cells mapped to indicators in ``forms_data``, with the checks between them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from canbo.foundation import rulebooks
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.numbers import Number, format_number, percent
from canbo.foundation.kernel.period import Span

from . import queries, scope
from .choices import READ
from .document import Document, Grid
from .indicators import CATALOGUE
from .queries import figures, refused
from .rules import Compared, Figure, plain
from .scope import Place

FOLDER = Path(__file__).parent / "forms_data"
NOTHING: tuple[Number | None, ...] = ()


@dataclass(frozen=True)
class Line:
    """A row of a form; ``values`` by column, None for a cell that stays empty, for the ``reason`` given."""

    id: str
    label: str
    level: int
    values: tuple[Number | None, ...]
    reason: str = ""


@dataclass(frozen=True)
class Check:
    """A rule between cells and how it came out."""

    says: str
    left: Number
    right: Number
    ok: bool


@dataclass(frozen=True)
class Form:
    """A form filled in for a unit and a period."""

    code: str
    title: str
    unit: str
    unit_name: str
    period: str
    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    checks: tuple[Check, ...]

    def as_json(self) -> dict[str, object]:
        return {
            "code": self.code,
            "title": self.title,
            "unit": self.unit,
            "unit_name": self.unit_name,
            "period": self.period,
            "columns": list(self.columns),
            "rows": [
                {
                    "id": line.id,
                    "label": line.label,
                    "level": line.level,
                    "values": [plain(value) for value in line.values],
                    "reason": line.reason,
                }
                for line in self.lines
            ],
            "checks": [
                {"rule": c.says, "left": plain(c.left), "right": plain(c.right), "ok": c.ok} for c in self.checks
            ],
        }

    def as_document(self) -> Document:
        """The form as a paper: its table, then how its checks came out."""
        rows = tuple(
            ("    " * (line.level - 1) + line.label, *(_shown(value) for value in line.values)) for line in self.lines
        )
        checks = tuple((c.says, _shown(c.left), _shown(c.right), "đúng" if c.ok else "KHÔNG KHỚP") for c in self.checks)
        blocks = [Grid("bieu", f"Biểu {self.code}", ("Tiêu chí", *self.columns), rows)]
        if checks:
            blocks.append(Grid("kiem-tra", "Kiểm tra giữa các ô", ("Quy tắc", "Vế trái", "Vế phải", "Kết quả"), checks))
        span = Span.parse(self.period)
        abstract = f"{self.title[:1].lower()}{self.title[1:]} {span}"
        return Document(
            self.code, self.title, abstract, "Biểu", "BC", self.unit, self.unit_name, self.period, tuple(blocks)
        )


def _shown(value: Number | None) -> str:
    return format_number(value)


@lru_cache(maxsize=1)
def shapes() -> dict[str, dict[str, Any]]:
    """Every form by its code, as its file says."""
    found = [tomllib.loads(path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.toml"))]
    return {form["code"]: form for form in found}


def form(actor: Actor, code: str, unit: str, period: str | Span) -> Form:
    """A form filled in from the records.

    Raises:
        Refused: no such form, period or unit.
        OutOfScope, NotPermitted: the actor may not read reports there.
    """
    shape = shapes().get(code.strip().upper()) or shapes().get(f"{code.strip().upper()}-BTCTW")
    if shape is None:
        raise refused("REPORT-FORM", f"Không có biểu “{code}”.", fix=f"Có: {', '.join(shapes())}.")
    span = queries.span(period)
    place = scope.place(actor, READ, unit, span)
    filling = _Filling(shape, place, span)
    lines = filling.lines()
    return Form(
        code=shape["code"],
        title=shape["title"],
        unit=place.code,
        unit_name=place.name,
        period=span.code,
        columns=filling.columns,
        lines=tuple(lines),
        checks=tuple(filling.check(rule) for rule in shape["checks"]),
    )


class _Filling:
    """One form being filled in: every figure counted once, each grouping in one pass."""

    def __init__(self, shape: Mapping[str, Any], place: Place, span: Span):
        self.shape, self.place, self.span = shape, place, span
        self.compare = shape["columns"] == "compare"
        self.columns: tuple[str, ...] = {
            "compare": ("Kỳ này", "Cùng kỳ năm trước", "%"),
            "total": ("Tổng số",),
        }.get(shape["columns"]) or tuple(column["header"] for column in shape["figures"])
        self.known: dict[str, Compared] = {}
        self.counted: dict[tuple[str, str], Figure] = {}
        self._count()

    def _count(self) -> None:
        asked: dict[tuple[Span, str], list[str]] = {}
        for row in self.shape["rows"]:
            if "figure" in row:
                asked.setdefault((self._span(row), row.get("by", "")), []).append(row["figure"])
            if "each_group" in row:
                asked[self.span, row["each_group"]] = [column["figure"] for column in self.shape["figures"]]
        checked = [code for rule in self.shape["checks"] for code in rule.get("figures", ())]
        asked.setdefault((self.span, ""), []).extend(checked)
        for (span, by), codes in asked.items():
            wanted = [CATALOGUE[code] for code in dict.fromkeys(codes)]
            for code, figure in figures(self.place, wanted, span, (by,) if by else ()).items():
                self.counted[self._name(code, span), by] = figure

    def _span(self, row: Mapping[str, Any]) -> Span:
        return Span(self.span.before, self.span.before) if row.get("at") == "opening" else self.span

    def _name(self, code: str, span: Span) -> str:
        return code if span == self.span else f"{code}@opening"

    def lines(self) -> list[Line]:
        made: list[Line] = []
        for row in self.shape["rows"]:
            if "each" in row:
                made += self._catalogue(row)
            elif "each_group" in row or row.get("whole"):
                made += self._table(row)
            else:
                made.append(Line(row["id"], row["label"], row.get("level", 1), NOTHING, row.get("missing", "")))
                if "figure" in row:
                    self.known[row["id"]] = self._figure(row)
        self._add_up()
        return [line if line.values else self._with_values(line) for line in made]

    def _with_values(self, line: Line) -> Line:
        found = self.known.get(line.id)
        values: tuple[Number | None, ...] = (None,) * len(self.columns)
        if found:
            shared = (found.value, found.previous, percent(found.value, found.previous))
            values = shared if self.compare else (found.value,)
        return Line(line.id, line.label, line.level, values, line.reason)

    def _figure(self, row: Mapping[str, Any]) -> Compared:
        figure = self.counted[self._name(row["figure"], self._span(row)), row.get("by", "")]
        if "by" not in row:
            return figure
        # The rest is what no other row of the same breakdown has taken.
        taken = {
            key
            for other in self.shape["rows"]
            if other.get("by") == row["by"] and other is not row
            for key in other.get("keys", ())
        }
        wanted = set(row.get("keys", ()))
        if row.get("rest"):
            parts = [g for g in figure.groups if g.key.lower() not in taken]
        elif "except" in row:
            parts = [g for g in figure.groups if g.key.lower() not in row["except"]]
        else:
            parts = [g for g in figure.groups if g.key.lower() in wanted]
        return _total(parts)

    def _catalogue(self, row: Mapping[str, Any]) -> list[Line]:
        """The rows of the form that a catalogue lists; what fits none goes to the last one."""
        catalogue = rulebooks.current().catalogue(row["each"], on=self.span.last)
        labels: dict[int, str] = {}
        place_of: dict[str, int] = {}
        for entry in catalogue:
            number = entry.get("form_row")
            if number is None:
                continue
            labels[number] = str(entry.get("form_label", entry.label))
            for name in (entry.label, *entry.aliases):
                place_of[name.lower()] = number
        parts: dict[int, list[Compared]] = {number: [] for number in sorted(labels)}
        figure = self.counted[row["figure"], row["by"]]
        for group in figure.groups:
            if group.key.lower() not in row.get("except", ()):
                parts[place_of.get(group.key.lower(), int(row["rest"]))].append(group)
        made = []
        for number, groups in parts.items():
            line_id = f"{row['id']}{number}"
            self.known[line_id] = _total(groups)
            made.append(Line(line_id, labels[number], row.get("level", 1), NOTHING))
        self.known[row["id"]] = _total([group for groups in parts.values() for group in groups])
        return made

    def _table(self, row: Mapping[str, Any]) -> list[Line]:
        """Rows of a form whose columns are different indicators."""
        by = next(r["each_group"] for r in self.shape["rows"] if "each_group" in r)
        by_code = [self.counted[column["figure"], by] for column in self.shape["figures"]]
        if row.get("whole"):
            return [Line(row["id"], row["label"], 1, tuple(figure.value for figure in by_code))]
        labels = {group.key: group.label for figure in by_code for group in figure.groups}
        made = []
        for key, label in labels.items():
            cells = [figure.group(key) for figure in by_code]
            values = tuple(cell.value if cell else Decimal(0) for cell in cells)
            made.append(Line(f"{row['id']}:{key}", label, row.get("level", 1), values))
        return made

    def _add_up(self) -> None:
        for row in self.shape["rows"]:
            if "sum" in row:
                self.known[row["id"]] = _total([self.known[part] for part in row["sum"]])

    def check(self, rule: Mapping[str, Any]) -> Check:
        left = self._sum(rule["left"])
        right = self._sum(rule.get("right", ())) - self._sum(rule.get("minus", ()))
        right += sum((Decimal(str(self.counted[code, ""].value or 0)) for code in rule.get("figures", ())), Decimal(0))
        return Check(rule["says"], left, right, left <= right if rule.get("at_most") else left == right)

    def _sum(self, ids: Sequence[str]) -> Decimal:
        return sum((Decimal(str(self.known[one].value or 0)) for one in ids), Decimal(0))


def _total(parts: Sequence[Compared]) -> Compared:
    before = [part.previous for part in parts if part.previous is not None]
    return Compared(
        value=sum((Decimal(str(part.value or 0)) for part in parts), Decimal(0)),
        plan=None,
        previous=sum((Decimal(str(value)) for value in before), Decimal(0)) if before or not parts else None,
    )
