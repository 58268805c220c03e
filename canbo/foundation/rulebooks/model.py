"""What a rulebook is made of: legal texts, layers, dated entries, and what a lookup gives back. All frozen."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from canbo.foundation.kernel.dates import format_date
from canbo.foundation.kernel.text import clean, fold

CENTRAL, PROVINCE, UNIT = "central", "province", "unit"
LEVELS = (CENTRAL, PROVINCE, UNIT)
LEVEL_LABELS = {CENTRAL: "Trung ương", PROVINCE: "tỉnh", UNIT: "đơn vị"}
CERTAINTIES = {
    "text": "đã đọc nguyên văn",
    "secondary": "theo nguồn dẫn lại",
    "news": "theo báo chí, cổng thông tin",
    "unsure": "chưa kiểm chứng",
}
_TONES = "\u0300\u0301\u0303\u0309\u0323"  # huyền, sắc, ngã, hỏi, nặng
UNITS = {
    "": "", "%": "%", "mm": "mm", "cm": "cm", "pt": "pt", "year": "năm", "month": "tháng", "day": "ngày",
    "working_day": "ngày làm việc", "hour": "giờ", "minute": "phút", "second": "giây", "line": "dòng",
    "people": "người", "digit": "chữ số", "character": "ký tự", "time": "lần", "point": "điểm", "VND": "đồng",
    "multiple": "lần mức lương cơ sở",
}  # fmt: skip
VALUES, CATALOGUES, BRACKETS, CHECKLISTS, STEPS = "values", "catalogues", "brackets", "checklists", "steps"
KINDS = (VALUES, CATALOGUES, BRACKETS, CHECKLISTS, STEPS)


@dataclass(frozen=True)
class Layer:
    """Who made a set of rules: the Centre, a province or a unit.

    Args:
        level: ``central``, ``province`` or ``unit``; a later one wins over an earlier one.
        name: as shown to administrators.
        unit: code of the unit the layer binds, with everything under it; empty means the whole installation.
        shipped: the layer comes with the product, as known at its release; a layer of the installation goes before it.
    """

    level: str
    name: str
    unit: str = ""
    shipped: bool = False


@dataclass(frozen=True)
class Source:
    """A legal text. Numbers repeat over the years, so that ``id`` holds the number and the date of issue."""

    id: str
    number: str
    issued: dt.date | None
    issuer: str
    title: str
    effective: dt.date | None
    certainty: str
    replaces: tuple[str, ...] = ()
    repealed_on: dt.date | None = None
    unused: str = ""
    layer: Layer = Layer(CENTRAL, "Trung ương")

    def __str__(self) -> str:
        return f"{self.number} ngày {format_date(self.issued)}" if self.issued else self.number


@dataclass(frozen=True)
class Entry:
    """One value, row or list of rows, in force from ``valid_from`` to the day before ``valid_to``."""

    value: Any
    source: str
    article: str
    certainty: str
    valid_from: dt.date = dt.date.min
    valid_to: dt.date | None = None
    note: str = ""
    line: int = 0

    def holds(self, day: dt.date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


@dataclass(frozen=True)
class Item:
    """One named rule of a subject as one layer has it, with its entries in order of time."""

    kind: str
    subject: str
    name: str
    title: str
    unit: str
    entries: tuple[Entry, ...]
    layer: Layer
    file: Path
    line: int
    gap: str = ""

    @property
    def path(self) -> str:
        return f"{self.subject}.{self.name}"


@dataclass(frozen=True)
class Ruling:
    """What is in force on a day, and why.

    ``valid_to`` is the first day it is no longer in force, None while open. ``value`` is a number, text, flag, date,
    tuple or read-only mapping; for brackets, checklists and steps a tuple of read-only mappings.
    """

    path: str
    title: str
    unit: str
    value: Any
    source: Source
    article: str
    certainty: str
    valid_from: dt.date
    valid_to: dt.date | None
    layer: Layer
    note: str = ""

    @property
    def reference(self) -> str:
        """``điểm 5.4, 06-HD/TW ngày 09/06/2025``, to be shown beside a refusal.

        A bare number is an article (Điều) in laws and decrees, a point (điểm) in Party texts; words stand as written.
        """
        article = self.article
        if article[:1].isdigit():
            article = f"{'Điều' if re.search('/QH|NĐ-CP', self.source.number) else 'điểm'} {article}"
        return f"{article}, {self.source}" if article else str(self.source)

    @property
    def is_sure(self) -> bool:
        """False for a number nobody has verified: shown to administrators, never presented as law."""
        return self.certainty != "unsure"


@dataclass(frozen=True)
class Row:
    """A row of a catalogue: stable ``key``, Vietnamese ``label``, other names, and whatever columns it has."""

    key: str
    label: str
    ruling: Ruling
    aliases: tuple[str, ...] = ()
    columns: Mapping[str, Any] = field(default_factory=dict)

    def __getitem__(self, column: str) -> Any:
        return self.columns[column]

    def get(self, column: str, default: Any = None) -> Any:
        """A column the row may leave out; the catalogue decides what leaving it out means."""
        return self.columns.get(column, default)

    @property
    def names(self) -> tuple[str, ...]:
        return (self.label, *self.aliases)


@dataclass(frozen=True)
class Catalogue:
    """The rows of a catalogue in force on a day, in the order of the official list."""

    path: str
    title: str
    rows: tuple[Row, ...]

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __contains__(self, key: object) -> bool:
        return key in self._by_key

    def __getitem__(self, key: str) -> Row:
        """The row of a key.

        Raises:
            KeyError: with a Vietnamese message.
        """
        if key not in self._by_key:
            raise KeyError(f"Danh mục “{self.title}” không có mã “{key}”")
        return self._by_key[key]

    def find(self, text: str) -> Row | None:
        """The row a clerk meant by ``text``: key, name or another name, without regard to case, hyphens and spaces.

        Diacritics count first; without them a name is accepted only when a single row fits.
        """
        if text in self._by_key:
            return self._by_key[text]
        wanted = spelling(text)
        if wanted in self._by_name:
            return self._by_name[wanted]
        if fold(text) != clean(text).lower():
            return None
        near = self._by_plain_name.get(fold(wanted), {})
        return next(iter(near.values())) if len(near) == 1 else None

    @cached_property
    def _by_key(self) -> dict[str, Row]:
        return {row.key: row for row in self.rows}

    @cached_property
    def _by_name(self) -> dict[str, Row]:
        return {spelling(name): row for row in self.rows for name in row.names}

    @cached_property
    def _by_plain_name(self) -> dict[str, dict[str, Row]]:
        found: dict[str, dict[str, Row]] = {}
        for name, row in self._by_name.items():
            found.setdefault(fold(name), {})[row.key] = row
        return found

    @property
    def labels(self) -> list[str]:
        return [row.label for row in self.rows]


@dataclass(frozen=True)
class Fault:
    """Something wrong in a rulebook file, with its place and remedy in Vietnamese.

    A fault that is not ``blocking`` (a text nobody cites) fails the check but does not stop the system.
    """

    code: str
    file: Path
    line: int
    message: str
    blocking: bool = True

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message} [{self.code}]"


class FaultyRulebooks(Exception):
    """The rulebooks cannot be trusted; carries every fault found."""

    def __init__(self, faults: list[Fault]):
        self.faults = faults
        super().__init__("Bộ quy tắc có lỗi:\n" + "\n".join(map(str, faults)))


class NoRuleInForce(LookupError):
    """No rule answers the question on that day. Never replaced by a default."""


class UnknownRule(NoRuleInForce):
    """The path names no rule at all; ``near`` holds the closest ones."""

    def __init__(self, path: str, near: list[str]):
        self.near = near
        hint = f" Gần giống: {', '.join(near)}." if near else ""
        super().__init__(f"Không có quy định nào tên “{path}”.{hint}")


def spelling(text: str) -> str:
    """One spelling for matching names: lower case, signs as spaces, the tone after the word.

    ``Xoá tên`` and ``xóa tên``, ``Ê-đê`` and ``Ê Đê`` come out the same; this form is never shown.
    """
    return " ".join(map(_tone_last, "".join(" " if c in "-–—'’`./," else c for c in clean(text).lower()).split()))


def _tone_last(word: str) -> str:
    letters = unicodedata.normalize("NFD", word.replace("ð", "đ"))
    return "".join(c for c in letters if c not in _TONES) + "".join(c for c in letters if c in _TONES)
