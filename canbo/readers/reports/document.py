"""A report as values: headings, sentences and tables whose numbers know what they count."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from canbo.foundation.kernel.numbers import Number

from .rules import plain


@dataclass(frozen=True)
class Fig:
    """A number in the text: an aspect of an indicator, or of one group of it.

    ``aspect`` is ``value``, ``plan``, ``plan_ratio``, ``previous``, ``change``, ``share`` of the whole it is part of, or
    ``reached`` (how many subordinates have met their plan); ``group`` is ``grouping=key``.
    """

    code: str
    aspect: str
    text: str
    number: Number | None
    group: str = ""

    @property
    def id(self) -> str:
        """Stable name inside one report: ``KN01``, ``KN01.plan`` or ``TK01[badge=30]``."""
        name = self.code if self.aspect == "value" else f"{self.code}.{self.aspect}"
        return f"{name}[{self.group}]" if self.group else name


Run = str | Fig


@dataclass(frozen=True)
class Heading:
    """A title inside the report; level 1 is the widest."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Sentences:
    """A paragraph put together from figures."""

    id: str
    runs: tuple[Run, ...]


@dataclass(frozen=True)
class Words:
    """A place for the writer's own text; ``prompt`` says what belongs there while it is empty."""

    id: str
    prompt: str
    text: str = ""
    numbered: bool = False

    @property
    def lines(self) -> list[str]:
        """One paragraph or item per line of the text."""
        return [line.strip() for line in self.text.splitlines() if line.strip()]


@dataclass(frozen=True)
class Grid:
    """A table; the first column is words, the others figures."""

    id: str
    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Run, ...], ...]
    total: tuple[Run, ...] | None = None
    unit: str = ""


Block = Heading | Sentences | Words | Grid


@dataclass(frozen=True)
class Document:
    """One report of a unit and a period, computed and written."""

    kind: str
    title: str
    abstract: str
    doc_type: str
    type_code: str
    unit: str
    unit_name: str
    period: str
    blocks: tuple[Block, ...] = ()
    appendices: tuple[tuple[str, tuple[Block, ...]], ...] = field(default=())
    unit_kind: str = ""

    def all_blocks(self) -> Iterator[Block]:
        """Blocks of the body and of the appendices, in order."""
        yield from self.blocks
        for _, blocks in self.appendices:
            yield from blocks

    def figures(self) -> dict[str, Fig]:
        """Every number of the report once, by its id."""
        return {run.id: run for block in self.all_blocks() for run in runs_of(block) if isinstance(run, Fig)}

    def as_json(self) -> dict[str, object]:
        """The report as data: the same tree, the same texts, and the numbers behind them."""
        return {
            "kind": self.kind,
            "title": self.title,
            "abstract": self.abstract,
            "doc_type": self.doc_type,
            "type_code": self.type_code,
            "unit": self.unit,
            "unit_name": self.unit_name,
            "unit_kind": self.unit_kind,
            "period": self.period,
            "blocks": [_block_json(block) for block in self.blocks],
            "appendices": [
                {"title": title, "blocks": [_block_json(block) for block in blocks]}
                for title, blocks in self.appendices
            ],
            "figures": {
                key: {"code": f.code, "aspect": f.aspect, "group": f.group, "value": plain(f.number), "text": f.text}
                for key, f in self.figures().items()
            },
        }


def runs_of(block: Block) -> Iterator[Run]:
    """The pieces of text of a block, from left to right and from top to bottom."""
    if isinstance(block, Sentences):
        yield from block.runs
    elif isinstance(block, Grid):
        for row in (*block.rows, *([block.total] if block.total else [])):
            yield from row
    elif isinstance(block, Words):
        yield from block.lines
    else:
        yield block.text


def text_of(run: Run) -> str:
    return run if isinstance(run, str) else run.text


def for_issue(document: Document) -> Document:
    """The document without the places that nobody has filled, and without the sections that this leaves empty.

    The sections that remain are numbered anew.
    """
    kept = [block for block in document.blocks if not (isinstance(block, Words) and not block.lines)]
    made: list[Block] = []
    number = 0
    for block, after in zip(kept, [*kept[1:], None], strict=True):
        if isinstance(block, Heading) and block.level == 1:
            number = 0
        elif isinstance(block, Heading):
            if after is None or isinstance(after, Heading):
                continue
            title, numbered = _NUMBER.subn("", block.text, count=1)
            if numbered:
                number += 1
                block = replace(block, text=f"{number}. {title}")
        made.append(block)
    return replace(document, blocks=tuple(made))


_NUMBER = re.compile(r"^\d+\. ")


def _run_json(run: Run) -> object:
    return run if isinstance(run, str) else {"figure": run.id, "text": run.text}


def _block_json(block: Block) -> dict[str, object]:
    if isinstance(block, Heading):
        return {"type": "heading", "level": block.level, "text": block.text}
    if isinstance(block, Sentences):
        text = "".join(text_of(run) for run in block.runs)
        return {"type": "paragraph", "id": block.id, "text": text, "runs": [_run_json(run) for run in block.runs]}
    if isinstance(block, Words):
        return {"type": "words", "id": block.id, "text": block.text, "prompt": block.prompt, "numbered": block.numbered}
    return {
        "type": "table",
        "id": block.id,
        "caption": block.caption,
        "unit": block.unit,
        "columns": list(block.columns),
        "rows": [[_run_json(run) for run in row] for row in block.rows],
        "total": [_run_json(run) for run in block.total] if block.total else None,
    }


def from_json(data: dict) -> Document:
    """The document that ``as_json`` wrote: how an issued report is shown again without counting anew."""
    figures = data["figures"]

    def run(item: object) -> Run:
        if isinstance(item, str):
            return item
        assert isinstance(item, dict)  # noqa: S101 - written by _run_json
        known = figures[item["figure"]]
        return Fig(known["code"], known["aspect"], item["text"], known["value"], known["group"])

    def block(item: dict) -> Block:
        if item["type"] == "heading":
            return Heading(item["text"], item["level"])
        if item["type"] == "paragraph":
            return Sentences(item["id"], tuple(run(piece) for piece in item["runs"]))
        if item["type"] == "words":
            return Words(item["id"], item["prompt"], item["text"], item["numbered"])
        rows = tuple(tuple(run(piece) for piece in row) for row in item["rows"])
        total = tuple(run(piece) for piece in item["total"]) if item["total"] else None
        return Grid(item["id"], item["caption"], tuple(item["columns"]), rows, total, item["unit"])

    names = ("kind", "title", "abstract", "doc_type", "type_code", "unit", "unit_name", "period")
    return Document(
        **{name: data[name] for name in names},
        blocks=tuple(block(item) for item in data["blocks"]),
        appendices=tuple((a["title"], tuple(block(item) for item in a["blocks"])) for a in data["appendices"]),
        unit_kind=data.get("unit_kind", ""),
    )
