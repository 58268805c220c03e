"""What a decision being written means: whom its rows name, what it would do, what is still missing."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.violation import Violation

from .. import acts
from ..rules import Heading
from .ledger import Preview
from .page import ItemLine
from .subjects import Found, faults_of, named

MISSING = {"DECISION-MISSING", "ACT-FIELD-MISSING", "SUBJECT-MISSING"}


@dataclass
class Row:
    """One row of a grid, read.

    Args:
        block, index: which grid, and which row of it, both from 0.
        subject: who is meant; None while that is not clear.
        item: what recording takes; None while the subject is not clear.
        faults: what stands against it.
        does: what it would do, in words.
    """

    block: int
    index: int
    act: acts.Act
    typed: Mapping[str, str]
    subject: Found | None = None
    item: acts.Item | None = None
    faults: list[Violation] = field(default_factory=list)
    does: list[str] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Meaning:
    """A whole draft, read."""

    rows: list[Row]
    head_faults: list[Violation]

    @property
    def clear(self) -> bool:
        """Whether every row says who is meant."""
        return all(row.item is not None for row in self.rows)

    @property
    def items(self) -> list[acts.Item]:
        return [row.item for row in self.rows if row.item is not None]


def rows_of(actor: Actor, blocks: Sequence[Mapping[str, Any]], day: dt.date) -> list[Row]:
    """The filled rows of the grids in their order, with subjects and units found by code or name."""
    rows = [
        Row(block, index, act, typed)
        for block, content in enumerate(blocks)
        if (act := acts.registry().get(content.get("act", ""))) is not None
        for index, typed in enumerate(content.get("rows", []))
        if any(typed.values())
    ]
    meant = {kind: named(actor, kind, _typed(rows, kind), day) for kind in acts.SUBJECTS}
    for row in rows:
        _understand(row, meant)
    return rows


def _places(row: Row, kind: str) -> Iterable[str]:
    """The cells of a row that name somebody or some unit."""
    if row.act.subject == kind:
        yield "subject"
    yield from (column.name for column in row.act.fields if column.kind == kind)


def _typed(rows: Iterable[Row], kind: str) -> set[str]:
    return {row.typed.get(name, "") for row in rows for name in _places(row, kind)}


def _understand(row: Row, meant: Mapping[str, Mapping[str, list[Found]]]) -> None:
    values: dict[str, Any] = {name: text for name, text in row.typed.items() if name != "subject" and text}
    for kind in acts.SUBJECTS:
        for name in _places(row, kind):
            text = row.typed.get(name, "")
            if not text:
                continue
            found = meant[kind].get(text, [])
            row.faults += faults_of(kind, name, text, found)
            if len(found) != 1:
                continue
            if name == "subject":
                row.subject = found[0]
            else:
                values[name], row.names[name] = found[0].pk, found[0].name
    if not row.typed.get("subject"):
        what = "người" if row.act.subject == "person" else "đơn vị"
        row.faults.append(Violation("SUBJECT-MISSING", f"Thiếu {what} được quyết định.", field="subject"))
    if row.subject is not None and not row.faults:
        row.item = acts.Item(row.act.code, row.subject.pk, values)


def meaning(
    actor: Actor,
    heading: Heading,
    blocks: Sequence[Mapping[str, Any]],
    day: dt.date,
    look: Callable[[Actor, Heading, list[acts.Item]], Preview],
) -> Meaning:
    """A draft as it would be recorded now; a decision without a day is looked at as if issued on ``day``.

    Args:
        look: tries the decision and takes it back: ``actions.preview``.
    """
    rows = rows_of(actor, blocks, day)
    ready = [row for row in rows if row.item is not None]
    assumed = heading if heading.issued_on else dataclasses.replace(heading, issued_on=day)
    seen = look(actor, assumed, [row.item for row in ready if row.item is not None])
    for row, faults, does in zip(ready, seen.by_item, seen.explanations, strict=True):
        row.faults, row.does = faults, does
    of_items = sum(len(faults) for faults in seen.by_item)
    head = seen.violations[: len(seen.violations) - of_items]
    if heading.issued_on is None:
        head.append(Violation("DECISION-MISSING", "Thiếu ngày ban hành.", field="issued_on"))
    return Meaning(rows, head)


def drafted_lines(rows: Iterable[Row]) -> list[ItemLine]:
    """The rows of a draft as the paper prints them."""
    lines = []
    for position, row in enumerate(rows, 1):
        told = []
        for column in row.act.fields:
            text = row.typed.get(column.name, "")
            if text:
                shown = "có" if column.kind == "flag" else row.names.get(column.name, text)
                told.append((column.label, dict(column.choices).get(shown, shown)))
        name = row.subject.name if row.subject else row.typed.get("subject", "") or "…"
        code = row.subject.code if row.subject else None
        lines.append(ItemLine(position, row.act.code, row.act.label, row.act.subject, name, code, told))
    return lines
