"""Reads one TOML file: its text, the line of each table and row, and the faults found in it."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from .model import Fault, Item, Layer, Source

_HEADER = re.compile(r"^\s*\[([^\[\]]+)\]")
_ROW = re.compile(r"^\s*(?:\w+\s*=\s*\[\s*)?\{")
_BARE = re.compile(r'"[^"]*"|#.*$')
_AT = re.compile(r"\(at line (\d+), column (\d+)\)|\(at end of document\)")


@dataclass
class Reading:
    """What one layer's directory holds."""

    layer: Layer
    directory: Path
    items: list[Item] = field(default_factory=list)
    sources: dict[str, Source] = field(default_factory=dict)
    source_places: dict[str, tuple[Path, int]] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


@dataclass
class File:
    """A file being read: finds the line of a table or of its n-th row, and collects faults."""

    path: Path
    text: str
    reading: Reading

    def fault(self, code: str, message: str, line: int = 1) -> None:
        self.reading.faults.append(Fault(code, self.path, line, message))

    def line(self, header: str, index: int | None = None) -> int:
        """Line of ``[header]``, or of the n-th line opening a row ``{`` below it; 1 when it cannot be told."""
        start = self._headers.get(header)
        if start is None:
            return 1
        if index is None:
            return start
        if start not in self._rows:
            self._rows[start] = self._rows_below(start)
        rows = self._rows[start]
        return rows[index] if index < len(rows) else start

    @cached_property
    def _lines(self) -> list[str]:
        return self.text.splitlines()

    @cached_property
    def _headers(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for number, line in enumerate(self._lines, 1):
            if match := _HEADER.match(line):
                found.setdefault(re.sub(r"\s*\.\s*", ".", match[1].strip()), number)
        return found

    @cached_property
    def _rows(self) -> dict[int, list[int]]:
        return {}

    def _rows_below(self, start: int) -> list[int]:
        """The lines on which the rows of the table at a line begin."""
        depth, rows = 0, []
        for number, line in enumerate(self._lines[start:], start + 1):
            if line.startswith("["):
                break
            if depth == 0 and _ROW.match(line):
                rows.append(number)
            bare = _BARE.sub("", line)
            depth += bare.count("{") - bare.count("}")
        return rows


def read_toml(path: Path, reading: Reading) -> tuple[dict[str, Any] | None, File]:
    """Parses one file; what TOML refuses becomes a fault in Vietnamese."""
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        file = File(path, "", reading)
        file.fault("encoding", "Tệp không phải UTF-8. Lưu lại với mã UTF-8.")
        return None, file
    file = File(path, text, reading)
    try:
        return tomllib.loads(text), file
    except tomllib.TOMLDecodeError as error:
        place = _AT.search(str(error))
        line = int(place[1]) if place and place[1] else text.count("\n") + 1
        if "overwrite" in str(error) or "twice" in str(error) or "immutable" in str(error) or "Duplicate" in str(error):
            file.fault("duplicate", "Khóa hoặc bảng ghi hai lần. Giữ một chỗ.", line)
        else:
            file.fault("syntax", f"Sai cú pháp TOML: {_AT.sub('', str(error)).strip()}.", line)
        return None, file


def with_texts(card: Mapping[str, Any], keys: Iterable[str], file: File, line: int) -> dict[str, Any]:
    """The table with every one of ``keys`` a text: missing ones empty, others a fault and empty."""
    sound = dict(card)
    for key in keys:
        if not isinstance(card.get(key, ""), str):
            file.fault("schema", f"{key} phải là chữ trong ngoặc kép.", line)
            sound[key] = ""
        sound.setdefault(key, "")
    return sound


def texts_of(card: Mapping[str, Any], key: str, file: File, line: int) -> tuple[str, ...]:
    """A list of texts, such as other names; anything else is a fault."""
    value = card.get(key, [])
    if isinstance(value, list) and all(isinstance(text, str) and text for text in value):
        return tuple(value)
    file.fault("schema", f"{key} phải là danh sách chữ trong ngoặc vuông.", line)
    return ()


def day_of(card: Mapping[str, Any], key: str, file: File, line: int) -> dt.date | None:
    value = card.get(key)
    if value is None or (isinstance(value, dt.date) and not isinstance(value, dt.datetime)):
        return value
    file.fault("dates", f"{key} phải là ngày dạng 2025-07-01, không đặt trong ngoặc kép.", line)
    return None


def listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))
