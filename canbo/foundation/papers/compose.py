"""From a paper and its layout to the exact words of every cell, shared by the Word and the PDF renderer."""

from __future__ import annotations

from typing import Any

from .blocks import (
    Appendix,
    Block,
    Content,
    Figure,
    Fill,
    Heading,
    Items,
    Options,
    PageBreak,
    Paper,
    Paragraph,
    Picture,
    Run,
    Signing,
    Table,
    Text,
)
from .layout import Layout
from .rules import check
from .typography import DOTS, Spelling, bind, dated_line, prepare

Sheet = dict[str, Any]
_CLOSERS = ".,;:"
_WHOLE_LINES = 20  # a row of more lines may break across pages, lest it find room on none


def compose(paper: Paper, layout: Layout, spelling: Spelling = "") -> Sheet:
    """Everything a renderer prints, as plain values: words, runs, blocks.

    Raises:
        Refused: with every reason why the paper may not be produced.
    """
    check(paper, layout)
    return _Composer(paper, layout, spelling).sheet()


class _Composer:
    def __init__(self, paper: Paper, layout: Layout, spelling: Spelling) -> None:
        self.paper, self.layout, self.spelling = paper, layout, spelling

    def sheet(self) -> Sheet:
        p, lay = self.paper, self.layout
        letter = p.doc_type.casefold() == "công văn"
        abstract = self.say(p.abstract)
        return {
            "landscape": p.landscape,
            "title": self.say(" ".join(filter(None, (p.doc_type, p.abstract)))),
            "national_title": self.say(lay.national_title),
            "motto": self.say(lay.motto),
            "superior": self.say(p.superior).upper(),
            "issuer": self.say(p.issuer).upper(),
            "form": self.say(p.form),
            "number": self.number() if p.numbered else "",
            "dated": dated_line(self.say(p.place), p.dated) if p.numbered or p.place else "",
            "letter_abstract": f"{lay.letter_abstract_prefix}{abstract}" if letter and abstract else "",
            "type": "" if letter else self.say(p.doc_type).upper(),
            "abstract": "" if letter else abstract,
            "draft": self.say("DỰ THẢO") if p.draft else "",
            "urgency": self.say(p.urgency).upper(),
            "addressees": [self.say(a) for a in p.addressees],
            "to": self.say("Kính gửi:"),
            "grounds": self.grounds(),
            "body": [self.block(b) for b in p.body],
            "signings": [self.signing(s) for s in p.signings],
            "recipients_title": self.say("Nơi nhận:") if p.recipients else "",
            "recipients": self.recipients(),
            "typist": self.say(p.typist),
            "contact": self.say(p.contact),
            "appendices": [self.appendix(a, i) for i, a in enumerate(p.appendices, 1)],
        }

    def say(self, text: str) -> str:
        return prepare(text.strip(), self.spelling)

    def number(self) -> str:
        p, lay = self.paper, self.layout
        digits = p.number.zfill(2) if p.number.isdigit() else p.number or ".."
        form = lay.number_form if p.type_code else lay.number_form_untyped
        return form.format(number=digits, type=p.type_code, issuer=p.issuer_code)

    def grounds(self) -> list[str]:
        lay, texts = self.layout, [self.say(g).rstrip(_CLOSERS) for g in self.paper.legal_grounds]
        return [
            f"{lay.ground_prefix}{t}{lay.ground_last if i == len(texts) else lay.ground_end}"
            for i, t in enumerate(texts, 1)
        ]

    def recipients(self) -> list[str]:
        end = self.layout.recipients_end
        lines = [self.say(r).lstrip("- ").rstrip(_CLOSERS) for r in self.paper.recipients]
        return [f"- {line}{'.' if i == len(lines) else end}" for i, line in enumerate(lines, 1)]

    def signing(self, signing: Signing) -> dict[str, str]:
        prefix = "" if signing.form == "direct" else getattr(self.layout, signing.form)
        head = " ".join(filter(None, (prefix, self.say(signing.body)))) if prefix else ""
        return {
            "head": head.upper(),
            "position": self.say(signing.position).upper(),
            "above": self.say(signing.above),
            "note": self.say(signing.note),
            "signer": bind(signing.signer.strip()),
        }

    def appendix(self, appendix: Appendix, index: int) -> dict[str, Any]:
        many = len(self.paper.appendices) > 1
        return {
            "label": bind(f"Phụ lục {index}") if many else "Phụ lục",
            "title": self.say(appendix.title),
            "landscape": appendix.landscape,
            "note": self.appendix_note(),
            "blocks": [self.block(b) for b in appendix.blocks],
        }

    def appendix_note(self) -> str:
        """``(Kèm theo Báo cáo số 127-BC/BTCTU ngày 05/02/2026)``, with dots while there is no number or day.

        A form that gets no number is only named.
        """
        p = self.paper
        if not p.numbered:
            return f"(Kèm theo {self.say(p.doc_type)})"
        number = self.number().replace("Số:", "số").replace("Số", "số")
        day = dated_line("", p.dated) if p.dated else bind(f"ngày {DOTS} tháng {DOTS} năm {DOTS}")
        return f"(Kèm theo {self.say(p.doc_type)} {number} {day})"

    def runs(self, content: Content) -> list[dict[str, Any]]:
        parts: tuple[Run, ...] = (
            (Text(content),) if isinstance(content, str) else content if isinstance(content, tuple) else (content,)
        )
        return [self.run(part) for part in parts]

    def run(self, run: Run) -> dict[str, Any]:
        if isinstance(run, Figure):
            base = self.paper.link_to
            url = base.replace("{id}", run.link) if base else ""
            return {"text": bind(run.text), "bold": run.bold, "italic": run.italic, "url": url}
        text = bind(run.text) if run.verbatim else prepare(run.text, self.spelling)
        return {"text": text, "bold": run.bold, "italic": run.italic, "url": ""}

    def block(self, block: Block) -> dict[str, Any]:
        match block:
            case Heading():
                return {"kind": "heading", "text": self.say(block.text), "level": block.level, "align": block.align}
            case Paragraph():
                return {"kind": "paragraph", "runs": self.runs(block.content), "align": block.align}
            case Items():
                marks = [f"{i}. " if block.numbered else "- " for i in range(1, len(block.items) + 1)]
                items = [{"mark": m, "runs": self.runs(c)} for m, c in zip(marks, block.items, strict=True)]
                return {"kind": "items", "items": items}
            case Table():
                return self.table(block)
            case Picture():
                return {
                    "kind": "picture",
                    "png": block.png,
                    "svg": block.svg,
                    "alt": self.say(block.alt),
                    "width": block.width,
                    "caption": self.say(block.caption),
                }
            case PageBreak():
                return {"kind": "page_break"}
            case Fill():
                return {"kind": "fill", "runs": self.runs(block.label), "lines": block.lines}
            case Options():
                options = [{"text": self.say(text), "chosen": chosen} for text, chosen in block.options]
                return {"kind": "options", "options": options, "across": block.across}

    def table(self, table: Table) -> dict[str, Any]:
        whole = sum(c.width for c in table.columns)
        size = table.size or self.layout.table_size
        rows = [[self.runs(cell) for cell in row] for row in table.rows]
        # Letters to a line of each column: the mean advance is about 0.45 em.
        room = [c.width / whole * self.layout.text_width / (size * 0.45 * 25.4 / 72) for c in table.columns]
        return {
            "kind": "table",
            "columns": [
                {
                    "header": self.say(c.header),
                    "align": c.align,
                    "share": c.width / whole,
                    "group": self.say(c.group),
                }
                for c in table.columns
            ],
            "groups": _groups([self.say(c.group) for c in table.columns]),
            "rows": rows,
            "tall": [n for n, row in enumerate(rows) if _lines(row, room) > _WHOLE_LINES],
            "total": [self.runs(cell) for cell in table.total] if table.total else None,
            "caption": self.say(table.caption),
            "unit": self.say(table.unit),
            "size": size,
        }


def _groups(names: list[str]) -> list[dict[str, Any]]:
    """Runs of neighbours with the same group, as first column and span; empty when no column has a group."""
    if not any(names):
        return []
    spans: list[dict[str, Any]] = []
    for index, name in enumerate(names):
        if name and spans and spans[-1]["name"] == name:
            spans[-1]["span"] += 1
        else:
            spans.append({"name": name, "start": index, "span": 1})
    return spans


def _lines(row: list[list[dict[str, Any]]], room: list[float]) -> float:
    """About how many lines the fullest cell of a row takes."""
    return max(sum(len(run["text"]) for run in cell) / letters for cell, letters in zip(row, room, strict=True))
