"""Puts a report together: counts every figure its template asks for, then writes sentences and tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from canbo.foundation.kernel.period import Span

from .compute import additive, counted_bases
from .document import Block, Document, Fig, Grid, Heading, Run, Words
from .indicators import CATALOGUE
from .queries import figures
from .rules import Compared, Group
from .scope import Place
from .sentences import Speech, fig
from .shapes import Shape


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
        compared = self.shape.compared()
        self.parted = {
            by: figures(self.place, [CATALOGUE[code] for code in codes], self.span, (by,), compared)
            for by, codes in self._passes().items()
        }
        # A figure that is broken down somewhere is known whole as well.
        known = {code: replace(one, groups=()) for parts in self.parted.values() for code, one in parts.items()}
        rest = [CATALOGUE[code] for code in self.shape.codes() if code not in known]
        self.whole = known | figures(self.place, rest, self.span, (), compared, known)
        self.speech = Speech(self.whole, self.parted, self._named)
        return Document(
            kind=self.shape.kind,
            title=self.shape.title,
            abstract=self._named(self.shape.abstract),
            doc_type=self.shape.doc_type,
            type_code=self.shape.type_code,
            unit=self.place.code,
            unit_name=self.place.name,
            unit_kind=self.place.kind,
            period=self.span.code,
            blocks=tuple(block for part in self.shape.parts if (block := self._block(part))),
            appendices=tuple(
                (self._named(a["title"]), tuple(block for part in a["parts"] if (block := self._block(part))))
                for a in self.shape.appendices
            ),
        )

    def _passes(self) -> dict[str, list[str]]:
        """Groupings with their indicators, and with those that the same pass over the rows counts as well."""
        passes = self.shape.broken_down()
        taken = {code for codes in passes.values() for code in codes}
        for by, codes in passes.items():
            read = {CATALOGUE[code].population for code in codes if additive(CATALOGUE[code])}
            for code in [base for asked in self.shape.codes() for base in counted_bases(asked)]:
                one = CATALOGUE[code]
                if code not in taken and one.population in read and by in one.groupings and additive(one):
                    codes.append(code)
                    taken.add(code)
        return passes

    def _named(self, text: str) -> str:
        year = self.span.last.year
        coming = f"năm {year + 1}" if self.span.code == str(year) else "thời gian tới"
        words = {"<kỳ>": str(self.span), "<kỳ sau>": coming, "<đơn vị>": self.place.name}
        for hole, word in words.items():
            text = text.replace(hole, word).replace(hole.upper(), word.upper())
        return text

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
        if "table" in part:
            return self._grid(part)
        return self.speech.sentences(part)

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


def _cell(asked: str, compared: Compared | None, group: str = "") -> Run:
    code, _, aspect = asked.partition(".")
    return (fig(code, compared, aspect or "value", group) if compared else None) or ""
