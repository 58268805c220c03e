"""Puts a report together: counts every figure its template asks for, then writes sentences and tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from canbo.foundation.kernel.numbers import Number, format_number
from canbo.foundation.kernel.period import Span

from .document import Block, Document, Fig, Grid, Heading, Run, Sentences, Words
from .indicators import CATALOGUE
from .queries import figures
from .rules import Compared, Figure, Group
from .scope import Place
from .shapes import HOLE, Shape


@dataclass
class Assembly:
    """One report being put together.

    Args:
        texts: what the writer has put between the figures, by the id of its place.
    """

    shape: Shape
    place: Place
    span: Span
    texts: Mapping[str, str]

    def document(self) -> Document:
        self.parted = {
            by: figures(self.place, [CATALOGUE[code] for code in codes], self.span, (by,))
            for by, codes in self.shape.broken_down().items()
        }
        # A figure that is broken down somewhere is known whole as well.
        known = {code: replace(one, groups=()) for parts in self.parted.values() for code, one in parts.items()}
        rest = [CATALOGUE[code] for code in self.shape.codes() if code not in known]
        self.whole = known | figures(self.place, rest, self.span)
        return Document(
            kind=self.shape.kind,
            title=self.shape.title,
            abstract=self._named(self.shape.abstract),
            doc_type=self.shape.doc_type,
            type_code=self.shape.type_code,
            unit=self.place.code,
            unit_name=self.place.name,
            period=self.span.code,
            blocks=tuple(block for part in self.shape.parts if (block := self._block(part))),
            appendices=tuple(
                (self._named(a["title"]), tuple(block for part in a["parts"] if (block := self._block(part))))
                for a in self.shape.appendices
            ),
        )

    def _named(self, text: str) -> str:
        year = self.span.last.year
        coming = f"năm {year + 1}" if self.span.code == str(year) else "thời gian tới"
        return text.replace("<kỳ>", str(self.span)).replace("<kỳ sau>", coming).replace("<đơn vị>", self.place.name)

    def _block(self, part: dict[str, Any]) -> Block | None:
        if "heading" in part:
            return Heading(self._named(part["heading"]), part.get("level", 1))
        if "words" in part:
            return Words(
                part["words"],
                self._named(part.get("prompt", "")),
                self.texts.get(part["words"], ""),
                part.get("numbered", False),
            )
        if "clauses" in part:
            return self._sentences(part)
        return self._grid(part)

    def _sentences(self, part: dict[str, Any]) -> Sentences | None:
        """The clauses that can be said; none at all when the figure the paragraph shows is zero or missing."""
        show = part.get("show")
        if show and not self.whole[show].value:
            return None
        runs: list[Run] = []
        for clause in part["clauses"]:
            said = self._clause(clause)
            if said:
                runs += said
        if "enumerate" in part:
            runs += self._enumeration(part)
        if not any(isinstance(run, Fig) for run in runs):
            return None
        first = runs[0]
        if isinstance(first, str):
            runs[0] = first[:1].upper() + first[1:]
        return Sentences(part["id"], (*runs, "."))

    def _clause(self, clause: str) -> list[Run] | None:
        """A clause with its figures; None when one of them does not exist (no plan, no year before)."""
        runs: list[Run] = []
        end = 0
        for hole in HOLE.finditer(clause):
            runs.append(self._named(clause[end : hole.start()]))
            end = hole.end()
            made = self._figure(self.whole[hole[1]], hole[2] or "value")
            if made is None:
                return None
            runs += made
        return [run for run in (*runs, self._named(clause[end:])) if run != ""]

    def _figure(self, figure: Figure, aspect: str) -> list[Run] | None:
        if aspect == "change_words":
            return _change(figure)
        made = fig(figure.code, figure, aspect)
        return None if made is None else [made]

    def _enumeration(self, part: dict[str, Any]) -> list[Run]:
        """``, gồm: 30 năm tuổi Đảng 120; 40 năm tuổi Đảng 80``."""
        figure = self.parted[part["by"]][part["enumerate"]]
        runs: list[Run] = []
        for group in figure.groups:
            made = fig(figure.code, group, "value", f"{part['by']}={group.key}")
            if made is not None and group.value:
                runs += ["; " if runs else part.get("lead", ", gồm: "), f"{group.label} ", made]
        return runs

    def _grid(self, part: dict[str, Any]) -> Grid | None:
        by = part.get("by")
        if not by:
            return self._lines(part)
        parted = self.parted[by]
        codes = [column["figure"] for column in part["columns"]]
        groups: dict[str, dict[str, Group]] = {}
        labels: dict[str, str] = {}
        for code, figure in parted.items():
            for group in figure.groups:
                groups.setdefault(group.key, {})[code] = group
                labels[group.key] = group.label
        rows = []
        for key, by_code in groups.items():
            cells = [_cell(code, by_code.get(code.split(".")[0]), f"{by}={key}") for code in codes]
            if any(isinstance(cell, Fig) and cell.number for cell in cells):
                rows.append((labels[key], *cells))
        if not rows:
            return None
        total = (
            ("Tổng số", *(_cell(code, parted[code.split(".")[0]]) for code in codes))
            if part.get("total", True)
            else None
        )
        headers = (part["first"], *(column["header"] for column in part["columns"]))
        return Grid(part["table"], self._named(part["caption"]), headers, tuple(rows), total, part.get("unit", ""))

    def _lines(self, part: dict[str, Any]) -> Grid:
        """A table of one line per indicator: this period, the year before, change, plan, share of plan."""
        aspects = part.get("aspects", ["value", "previous", "change"])
        names = {
            "value": "Kỳ này",
            "previous": "Cùng kỳ năm trước",
            "change": "Tăng, giảm",
            "plan": "Chỉ tiêu giao",
            "plan_ratio": "Đạt (%)",
        }
        rows = []
        for code in part["lines"]:
            figure = self.whole[code]
            rows.append((CATALOGUE[code].title, *(fig(code, figure, aspect) or "" for aspect in aspects)))
        return Grid(
            part["table"], self._named(part["caption"]), (part["first"], *(names[a] for a in aspects)), tuple(rows)
        )


def fig(code: str, compared: Compared, aspect: str, group: str = "") -> Fig | None:
    """One aspect of a figure as it is printed; None where there is none."""
    number: Number | None = getattr(compared, aspect)
    if number is None:
        return None
    percentage = aspect == "plan_ratio" or CATALOGUE[code].unit == "%"
    text = format_number(number, 1 if percentage else None)
    if aspect == "change" and number > 0:
        text = f"+{text}"
    return Fig(code, aspect, f"{text}%" if percentage and aspect != "change" else text, number, group)


def _cell(asked: str, compared: Compared | None, group: str = "") -> Run:
    code, _, aspect = asked.partition(".")
    return (fig(code, compared, aspect or "value", group) if compared else None) or ""


def _change(figure: Figure) -> list[Run] | None:
    """``tăng 120 đảng viên so với cùng kỳ``, ``giảm 3,1 điểm % so với cùng kỳ`` or ``bằng cùng kỳ (31)``."""
    if figure.change is None:
        return None
    if not figure.change:
        before = fig(figure.code, figure, "previous")
        return ["bằng cùng kỳ (", before, ")"] if before else None
    unit = CATALOGUE[figure.code].unit
    size = Fig(figure.code, "change", format_number(abs(figure.change)), figure.change)
    direction = "tăng " if figure.change > 0 else "giảm "
    return [direction, size, f" {'điểm %' if unit == '%' else unit} so với cùng kỳ"]
