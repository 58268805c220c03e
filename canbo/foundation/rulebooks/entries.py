"""Reads one named rule of a subject: its entries or rows, each with dates, source and certainty."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from .files import File, day_of, listed, texts_of, with_texts
from .model import BRACKETS, CATALOGUES, CERTAINTIES, CHECKLISTS, STEPS, UNITS, VALUES, Entry, Item

_ENTRY_KEYS = {"from", "to", "source", "article", "certainty", "note"}
_ITEM_KEYS = {"title", "unit", "gap", "note", "source", "article", "certainty"}
_SHARED = ("source", "article", "certainty", "from", "to")  # what a table may say once for all its rows


def item_of(kind: str, subject: str, name: str, card: Mapping[str, Any], file: File) -> Item | None:
    """One item of a rulebook file as written; its faults go to the file, None when nothing can be made of it."""
    header = f"{kind}.{name}"
    line = file.line(header)
    card = with_texts(card, ("unit", "gap", "note"), file, line)
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
        file.fault("schema", f"Tên “{name}” chỉ dùng chữ thường, số và gạch dưới.", line)
    if not isinstance(card.get("title"), str) or not card["title"].strip():
        file.fault("schema", f"“{header}” thiếu title bằng tiếng Việt.", line)
    if card["unit"] not in UNITS:
        file.fault(
            "unit", f"“{header}”: đơn vị tính “{card['unit']}” không có trong {listed(set(UNITS) - {''})}.", line
        )
    body = "rows" if kind == CATALOGUES else "entries"
    spans = {"from", "to"} if kind == CATALOGUES else set()
    if unknown := set(card) - _ITEM_KEYS - spans - {body}:
        file.fault("schema", f"“{header}” có khóa lạ: {listed(unknown)}.", line)
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
        kind, subject, name, str(card.get("title", "")), card["unit"], tuple(entries),
        file.reading.layer, file.path, line, card["gap"],
    )  # fmt: skip


def _defaults(card: Mapping[str, Any]) -> dict[str, Any]:
    return {key: card[key] for key in _SHARED if key in card}


def _entry(kind: str, header: str, row: Mapping[str, Any], file: File, line: int) -> Entry | None:
    start, end = day_of(row, "from", file, line), day_of(row, "to", file, line)
    own = {k: v for k, v in row.items() if k not in _ENTRY_KEYS}
    if start is None and kind != CATALOGUES:
        file.fault("dates", f"“{header}”: dòng thiếu from (ngày bắt đầu có hiệu lực).", line)
        return None
    if start and end and end <= start:
        file.fault("dates", f"“{header}”: to ({end}) phải sau from ({start}).", line)
        return None
    row = with_texts(row, ("source", "article", "certainty", "note"), file, line)
    certainty, source = row["certainty"], row["source"]
    if certainty not in CERTAINTIES:
        file.fault("certainty", f"“{header}”: certainty “{certainty}” không có trong {listed(CERTAINTIES)}.", line)
    if not source:
        file.fault("source", f"“{header}”: dòng thiếu source (mã văn bản).", line)
    value: Any
    if kind == VALUES:
        if set(own) != {"value"}:
            file.fault("schema", f"“{header}”: mỗi dòng có đúng một value, đang có {listed(own)}.", line)
            return None
        value = freeze(own["value"])
    elif kind == CATALOGUES:
        if not all(isinstance(own.get(k), str) and own[k] for k in ("key", "label")):
            file.fault("schema", f"“{header}”: mỗi dòng cần key và label là chữ.", line)
            return None
        value = freeze({**own, "aliases": list(texts_of(own, "aliases", file, line))})
    else:
        rows = own.get("rows")
        if set(own) != {"rows"} or not isinstance(rows, list) or not all(isinstance(r, dict) for r in rows):
            file.fault("schema", f"“{header}”: mỗi dòng có đúng một danh sách rows gồm các bảng.", line)
            return None
        _rows(kind, header, rows, file, line)
        value = freeze(rows)
    return Entry(value, source, row["article"], certainty, start or dt.date.min, end, row["note"], line)


def _rows(kind: str, header: str, rows: list[dict[str, Any]], file: File, line: int) -> None:
    """Brackets ascend without overlap; checklists and steps have distinct keys and labels."""
    if kind in (CHECKLISTS, STEPS):
        keys = [str(row.get("key", "")) for row in rows]
        sound = all(isinstance(row.get(k), str) and row[k] for row in rows for k in ("key", "label"))
        if not sound or len(set(keys)) != len(keys):
            file.fault("schema", f"“{header}”: mỗi mục cần key (không trùng) và label là chữ.", line)
    if kind == BRACKETS:
        try:
            _ascending(header, rows, file, line)
        except TypeError:
            file.fault("bracket", f"“{header}”: min, max, below phải cùng là số hoặc cùng là ngày.", line)


def _ascending(header: str, rows: list[dict[str, Any]], file: File, line: int) -> None:
    edge: Any = None  # last bound of the bracket before; `max` is included, `below` is not
    included = first = True
    for row in rows:
        low, high = row.get("min"), row.get("max", row.get("below"))
        if low is not None and high is not None and low > high:
            file.fault("bracket", f"“{header}”: bậc có cận dưới {low} lớn hơn cận trên {high}.", line)
        if not first and (low is None or edge is None or low < edge or (low == edge and included)):
            file.fault("bracket", f"“{header}”: hai bậc chồng lên nhau ở {low if edge is None else edge}.", line)
        edge, included, first = high, "max" in row, False


def freeze(value: Any) -> Any:
    """Lists become tuples and tables read-only, so that nobody changes a rule in memory."""
    if isinstance(value, dict):
        return MappingProxyType({key: freeze(inner) for key, inner in value.items()})
    if isinstance(value, list):
        return tuple(freeze(inner) for inner in value)
    return value
