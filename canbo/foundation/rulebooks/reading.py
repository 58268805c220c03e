"""Reads the TOML files of one layer into items and sources; every fault is kept, with its file and line."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from .model import (
    BRACKETS,
    CATALOGUES,
    CENTRAL,
    CERTAINTIES,
    CHECKLISTS,
    KINDS,
    LEVELS,
    STEPS,
    UNITS,
    VALUES,
    Entry,
    Fault,
    Item,
    Layer,
    Source,
)

_AT = re.compile(r"\(at line (\d+), column (\d+)\)|\(at end of document\)")
_ENTRY_KEYS = {"from", "to", "source", "article", "certainty", "note"}
_ITEM_KEYS = {"title", "unit", "gap", "note", "source", "article", "certainty"}


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
class _File:
    """A file being read: finds the line of a table or of its n-th row, and collects faults."""

    path: Path
    text: str
    reading: Reading

    def fault(self, code: str, message: str, line: int = 1) -> None:
        self.reading.faults.append(Fault(code, self.path, line, message))

    def line(self, header: str, index: int | None = None) -> int:
        """Line of ``[header]``, or of the n-th line opening a row ``{`` below it; 1 when it cannot be told."""
        lines = self.text.splitlines()
        wanted = re.compile(r"^\s*\[" + re.escape(header).replace(r"\.", r"\s*\.\s*") + r"\]")
        start = next((n for n, line in enumerate(lines) if wanted.match(line)), None)
        if start is None:
            return 1
        if index is None:
            return start + 1
        depth = 0
        for number, line in enumerate(lines[start + 1 :], start + 2):
            if line.startswith("["):
                break
            if depth == 0 and re.match(r"^\s*(?:\w+\s*=\s*\[\s*)?\{", line):
                if index == 0:
                    return number
                index -= 1
            bare = re.sub(r'"[^"]*"|#.*$', "", line)
            depth += bare.count("{") - bare.count("}")
        return start + 1


def read_layer(directory: Path, layer: Layer) -> Reading:
    """Reads every ``*.toml`` under a directory; ``sources.toml`` may stand in any folder."""
    reading = Reading(layer, directory)
    for path in sorted(directory.rglob("*.toml")):
        if path.name == "layer.toml":
            continue
        data, file = read_toml(path, reading)
        if data is None:
            continue
        if path.name == "sources.toml":
            _sources(data, file)
        else:
            _subject(data, file)
    return reading


def read_toml(path: Path, reading: Reading) -> tuple[dict[str, Any] | None, _File]:
    """Parses one file; what TOML refuses becomes a fault in Vietnamese."""
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        file = _File(path, "", reading)
        file.fault("encoding", "Tệp không phải UTF-8. Lưu lại với mã UTF-8.")
        return None, file
    file = _File(path, text, reading)
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


def read_layer_card(directory: Path, reading: Reading) -> Layer | None:
    """Reads ``layer.toml``: ``level`` (province or unit), ``name`` and, when it binds one unit only, ``unit``."""
    data, file = read_toml(directory / "layer.toml", reading)
    if data is None:
        return None
    level, name, unit = data.get("level"), data.get("name"), data.get("unit", "")
    if level not in LEVELS[1:]:
        file.fault("layer", "level phải là “province” (tỉnh) hoặc “unit” (đơn vị).")
        return None
    if not isinstance(name, str) or not name.strip():
        file.fault("layer", "Thiếu name: tên tỉnh hoặc đơn vị ban hành.")
        return None
    if not isinstance(unit, str) or (level == "unit" and not unit):
        file.fault("layer", "Lớp đơn vị phải ghi unit: mã đơn vị, để trong ngoặc kép.")
        return None
    return Layer(level, name, unit)


def _sources(data: Mapping[str, Any], file: _File) -> None:
    for id_, card in data.items():
        line = file.line(id_)
        if not isinstance(card, dict):
            file.fault("schema", f"“{id_}” phải là bảng [{id_}].", line)
            continue
        if id_ in file.reading.sources:
            file.fault("duplicate", f"Văn bản “{id_}” đã khai ở tệp nguồn khác.", line)
            continue
        for key in ("number", "title", "issuer"):
            if not isinstance(card.get(key), str) or not card[key].strip():
                file.fault("schema", f"Văn bản “{id_}” thiếu {key}.", line)
        issued, effective, repealed = (_date(card, k, file, line) for k in ("issued", "effective", "repealed_on"))
        certainty = card.get("certainty", "")
        if certainty not in CERTAINTIES:
            file.fault(
                "certainty", f"Văn bản “{id_}”: certainty “{certainty}” không có trong {_list(CERTAINTIES)}.", line
            )
        if issued is None and certainty != "unsure":
            file.fault(
                "schema", f"Văn bản “{id_}” thiếu ngày ban hành (issued); chưa biết thì ghi certainty = “unsure”.", line
            )
        if issued and not id_.endswith(issued.isoformat()):
            file.fault("source-id", f"Mã văn bản “{id_}” phải kết thúc bằng ngày ban hành {issued.isoformat()}.", line)
        if repealed and effective and repealed < effective:
            file.fault("dates", f"Văn bản “{id_}” hết hiệu lực trước khi có hiệu lực.", line)
        unknown = set(card) - {
            "number", "issued", "issuer", "title", "effective", "replaces", "repealed_on", "certainty", "unused", "note"
        }  # fmt: skip
        if unknown:
            file.fault("schema", f"Văn bản “{id_}” có khóa lạ: {_list(unknown)}.", line)
        file.reading.sources[id_] = Source(
            id_, str(card.get("number", "")), issued, str(card.get("issuer", "")), str(card.get("title", "")),
            effective, certainty, tuple(card.get("replaces", ())), repealed, str(card.get("unused", "")),
            file.reading.layer,
        )  # fmt: skip
        file.reading.source_places[id_] = (file.path, line)


def _subject(data: Mapping[str, Any], file: _File) -> None:
    place = file.path.relative_to(file.reading.directory).with_suffix("")
    expected = ".".join(place.parts)
    subject = data.get("subject")
    if subject != expected:
        file.fault("subject", f"subject phải là “{expected}” như đường dẫn của tệp, đang ghi “{subject}”.")
    if not isinstance(data.get("title"), str) or not data["title"].strip():
        if file.reading.layer.level == CENTRAL:
            file.fault("schema", "Thiếu title: tên chủ đề bằng tiếng Việt.")
    else:
        file.reading.titles[expected] = data["title"]
    if unknown := set(data) - {"subject", "title", "note", *KINDS}:
        file.fault("schema", f"Khóa lạ ở đầu tệp: {_list(unknown)}.")
    for kind in KINDS:
        for name, card in data.get(kind, {}).items():
            header = f"{kind}.{name}"
            if not isinstance(card, dict):
                file.fault("schema", f"“{header}” phải là bảng [{header}].")
                continue
            item = _item(kind, expected, name, card, file)
            if item:
                file.reading.items.append(item)


def _item(kind: str, subject: str, name: str, card: Mapping[str, Any], file: _File) -> Item | None:
    header = f"{kind}.{name}"
    line = file.line(header)
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
        file.fault("schema", f"Tên “{name}” chỉ dùng chữ thường, số và gạch dưới.", line)
    if not isinstance(card.get("title"), str) or not card["title"].strip():
        file.fault("schema", f"“{header}” thiếu title bằng tiếng Việt.", line)
    if card.get("unit", "") not in UNITS:
        file.fault(
            "unit", f"“{header}”: đơn vị tính “{card.get('unit')}” không có trong {_list(set(UNITS) - {''})}.", line
        )
    body = "rows" if kind == CATALOGUES else "entries"
    if unknown := set(card) - _ITEM_KEYS - {body}:
        file.fault("schema", f"“{header}” có khóa lạ: {_list(unknown)}.", line)
    raw = card.get(body)
    if not isinstance(raw, list) or not raw:
        file.fault("schema", f"“{header}” thiếu {body}: danh sách các dòng có hiệu lực theo ngày.", line)
        return None
    entries = []
    for index, row in enumerate(raw):
        place = file.line(header, index)
        if not isinstance(row, dict):
            file.fault("schema", f"“{header}”: dòng {index + 1} phải viết trong ngoặc nhọn.", place)
            continue
        entry = _entry(kind, header, {**_defaults(card), **row}, file, place)
        if entry:
            entries.append(entry)
    entries.sort(key=lambda e: e.valid_from) if kind != CATALOGUES else None
    return Item(
        kind, subject, name, str(card.get("title", "")), str(card.get("unit", "")), tuple(entries),
        file.reading.layer, file.path, line, str(card.get("gap", "")),
    )  # fmt: skip


def _defaults(card: Mapping[str, Any]) -> dict[str, Any]:
    return {key: card[key] for key in ("source", "article", "certainty") if key in card}


def _entry(kind: str, header: str, row: Mapping[str, Any], file: _File, line: int) -> Entry | None:
    start, end = _date(row, "from", file, line), _date(row, "to", file, line)
    own = {k: v for k, v in row.items() if k not in _ENTRY_KEYS}
    if start is None and kind != CATALOGUES:
        file.fault("dates", f"“{header}”: dòng thiếu from (ngày bắt đầu có hiệu lực).", line)
        return None
    if start and end and end <= start:
        file.fault("dates", f"“{header}”: to ({end}) phải sau from ({start}).", line)
        return None
    certainty = row.get("certainty", "")
    if certainty not in CERTAINTIES:
        file.fault("certainty", f"“{header}”: certainty “{certainty}” không có trong {_list(CERTAINTIES)}.", line)
    source = row.get("source")
    if not isinstance(source, str) or not source:
        file.fault("source", f"“{header}”: dòng thiếu source (mã văn bản).", line)
        source = ""
    value: Any
    if kind == VALUES:
        if set(own) != {"value"}:
            file.fault("schema", f"“{header}”: mỗi dòng có đúng một value, đang có {_list(own)}.", line)
            return None
        value = freeze(own["value"])
    elif kind == CATALOGUES:
        if not all(isinstance(own.get(k), str) and own[k] for k in ("key", "label")):
            file.fault("schema", f"“{header}”: mỗi dòng cần key và label là chữ.", line)
            return None
        value = freeze(own)
    else:
        rows = own.get("rows")
        if set(own) != {"rows"} or not isinstance(rows, list) or not all(isinstance(r, dict) for r in rows):
            file.fault("schema", f"“{header}”: mỗi dòng có đúng một danh sách rows gồm các bảng.", line)
            return None
        _rows(kind, header, rows, file, line)
        value = freeze(rows)
    return Entry(
        value, source, str(row.get("article", "")), certainty, start or dt.date.min, end, str(row.get("note", "")), line
    )


def _rows(kind: str, header: str, rows: list[dict[str, Any]], file: _File, line: int) -> None:
    """Brackets ascend without overlap; checklists and steps have distinct keys and labels."""
    if kind in (CHECKLISTS, STEPS):
        keys = [row.get("key") for row in rows]
        if len(set(keys)) != len(keys) or not all(isinstance(row.get("label"), str) and row.get("key") for row in rows):
            file.fault("schema", f"“{header}”: mỗi mục cần key (không trùng) và label.", line)
    if kind == BRACKETS:
        edge: float | None = None  # last value taken by the bracket before; `max` is included, `below` is not
        included = False
        for row in rows:
            low, high = row.get("min"), row.get("max", row.get("below"))
            if low is not None and high is not None and low > high:
                file.fault("bracket", f"“{header}”: bậc có cận dưới {low} lớn hơn cận trên {high}.", line)
            start = float("-inf") if low is None else low
            if edge is not None and (start < edge or (start == edge and included)):
                file.fault("bracket", f"“{header}”: hai bậc chồng lên nhau ở {edge}.", line)
            edge, included = (float("inf"), True) if high is None else (high, "max" in row)


def _date(card: Mapping[str, Any], key: str, file: _File, line: int) -> dt.date | None:
    value = card.get(key)
    if value is None or (isinstance(value, dt.date) and not isinstance(value, dt.datetime)):
        return value
    file.fault("dates", f"{key} phải là ngày dạng 2025-07-01, không đặt trong ngoặc kép.", line)
    return None


def freeze(value: Any) -> Any:
    """Lists become tuples and tables read-only, so that nobody changes a rule in memory."""
    if isinstance(value, dict):
        return MappingProxyType({key: freeze(inner) for key, inner in value.items()})
    if isinstance(value, list):
        return tuple(freeze(inner) for inner in value)
    return value


def _list(names: Any) -> str:
    return ", ".join(sorted(names))
