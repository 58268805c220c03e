"""What a plan says: values only, as pages, papers and the command show them, and as carrying out follows them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from canbo.foundation.kernel.violation import Violation

UNIT = "unit"
"""Kind of what moves: subordinate units, which go on under another superior."""


@dataclass(frozen=True)
class Row:
    """One line of the plan as it was written, its kind already found in the catalogue.

    Args:
        line: line of the file or position in the grid, for messages.
        old, new: codes; at least one of them.
        kind: kind in the words of the catalogue; empty for unchanged.
        parent: code of the new superior; empty for unchanged.
    """

    line: int
    level: str = ""
    operation: str = ""
    old: str = ""
    new: str = ""
    name: str = ""
    kind: str = ""
    local_type: str = ""
    shelf: str = ""
    parent: str = ""


class Standing(NamedTuple):
    """A unit as it stands on the day of effect, before anything is done."""

    id: int
    code: str
    name: str
    kind: str
    local_type: str
    shelf: str
    parent: str | None
    began: str
    ends: str | None


@dataclass(frozen=True)
class Reply:
    """An answer: the choice, and the code of the unit it names if any."""

    choice: str
    value: str = ""


@dataclass(frozen=True)
class Way:
    """How rows of one kind leave a unit.

    Args:
        rule: of ``Rule``.
        target: where all go; with the other rules, where those wait who are on no list.
        given: whether somebody chose it; else it follows from the plan.
    """

    rule: str
    target: str
    given: bool = False


@dataclass(frozen=True)
class Closing:
    """A unit that ends; ``targets`` are the codes of the units that go on from it."""

    code: str
    name: str
    operation: str
    targets: tuple[str, ...]
    level: str = ""


@dataclass(frozen=True)
class Opening:
    """A unit that comes into being."""

    code: str
    name: str
    kind: str
    local_type: str
    shelf: str
    parent: str | None
    operation: str
    sources: tuple[str, ...]
    level: str = ""


@dataclass(frozen=True)
class Change:
    """A unit that goes on under the same identity with another name, kind or superior.

    ``operations`` says which of đổi tên, đổi cấp, chuyển giao it is; ``follows`` that it only goes where its superior went.
    """

    code: str
    old_name: str
    name: str
    old_kind: str
    kind: str
    local_type: str
    shelf: str
    old_parent: str | None
    parent: str | None
    operations: tuple[str, ...]
    sources: tuple[str, ...] = ()
    follows: bool = False


class Link(NamedTuple):
    """One line of lineage."""

    old: str
    new: str
    operation: str


@dataclass(frozen=True)
class Move:
    """Rows of one kind that leave a unit.

    Args:
        count: how many rows.
        rule: how they go; ``target`` as in ``Way``.
        listed: how many of them a list names a place for.
        waiting: how many will wait to be placed one by one.
    """

    kind: str
    label: str
    code: str
    name: str
    rule: str
    target: str
    count: int
    listed: int = 0
    waiting: int = 0


@dataclass(frozen=True)
class Question:
    """Something only people can say.

    Args:
        kind: of ``Asked``.
        choices: what may be answered, the codes of units among them.
        labels: the same in words.
        hints: codes of units that may be meant; never taken by themselves.
        about: what hangs on the answer, in words.
    """

    unit: str
    name: str
    kind: str
    question: str
    choices: tuple[str, ...]
    labels: tuple[str, ...]
    level: str = ""
    hints: tuple[str, ...] = ()
    about: str = ""


@dataclass(frozen=True)
class Finding:
    """What should be looked at before anybody signs; nothing here blocks.

    Args:
        code: stable identifier, such as ``RESTRUCTURE-DEPUTIES``.
        unit: code of the unit it is about.
        count, limit: figure and what is allowed, where there is such.
        persons: ids of the people concerned, for opening them.
        source: the article.
    """

    code: str
    unit: str
    name: str
    message: str
    count: int = 0
    limit: int | None = None
    persons: tuple[int, ...] = ()
    source: str = ""


@dataclass
class Plan:
    """Everything a case would do, and what stands in its way."""

    closings: list[Closing] = field(default_factory=list)
    openings: list[Opening] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    moves: list[Move] = field(default_factory=list)
    ways: dict[tuple[str, str], Way] = field(default_factory=dict)
    questions: list[Question] = field(default_factory=list)
    faults: list[Violation] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    stuck: dict[str, int] = field(default_factory=dict)
    """Subordinate units, by the code of the one that ends, for which nothing says where they go."""

    @property
    def ready(self) -> bool:
        """Whether it may be decided upon: nothing asked, nothing wrong, something to do."""
        return not self.questions and not self.faults and bool(self.closings or self.openings or self.changes)

    def touched(self) -> set[str]:
        """Codes of the units that end, begin or change."""
        ended = {unit.code for unit in self.closings}
        begun = {unit.code for unit in self.openings}
        return ended | begun | {unit.code for unit in self.changes}

    def moved(self) -> Mapping[str, int]:
        """How many rows of each kind move."""
        found: dict[str, int] = {}
        for move in self.moves:
            found[move.kind] = found.get(move.kind, 0) + move.count
        return found

    def waiting(self) -> int:
        """How many rows will wait to be placed one by one."""
        return sum(move.waiting for move in self.moves)

    def digest(self) -> str:
        """The fingerprint of what would be done; equal plans have equal ones, in whatever order they were written."""
        parts = [
            sorted(map(repr, self.closings)),
            sorted(map(repr, self.openings)),
            sorted(map(repr, self.changes)),
            sorted(self.links),
            sorted(map(repr, self.moves)),
        ]
        return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()
