"""Reads one named rule of a subject: its entries or rows, each with dates, source and certainty."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from .files import File, day_of, listed
from .model import BRACKETS, CATALOGUES, CERTAINTIES, CHECKLISTS, STEPS, UNITS, VALUES, Entry, Item

_ENTRY_KEYS = {"from", "to", "source", "article", "certainty", "note"}
_ITEM_KEYS = {"title", "unit", "gap", "note", "source", "article", "certainty"}


def item_of(kind: str, subject: str, name: str, card: Mapping[str, Any], file: File) -> Item | None:
    header = f"{kind}.{name}"
    line = file.line(header)
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
        file.fault("schema", f"Tên “{name}” chỉ dùng chữ thường, số và gạch dưới.", line)
    if not isinstance(card.get("title"), str) or not card["title"].strip():
        file.fault("schema", f"“{header}” thiếu title bằng tiếng Việt.", line)
    if card.get("unit", "") not in UNITS:
        file.fault(
            "unit", f"“{header}”: đơn vị tính “{card.get('unit')}” không có trong {listed(set(UNITS) - {''})}.", line
        )
    body = "rows" if kind == CATALOGUES else "entries"
    if unknown := set(card) - _ITEM_KEYS - {body}:
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
        kind, subject, name, str(card.get("title", "")), str(card.get("unit", "")), tuple(entries),
        file.reading.layer, file.path, line, str(card.get("gap", "")),
    )  # fmt: skip


def _defaults(card: Mapping[str, Any]) -> dict[str, Any]:
    return {key: card[key] for key in ("source", "article", "certainty") if key in card}


def _entry(kind: str, header: str, row: Mapping[str, Any], file: File, line: int) -> Entry | None:
    start, end = day_of(row, "from", file, line), day_of(row, "to", file, line)
    own = {k: v for k, v in row.items() if k not in _ENTRY_KEYS}
    if start is None and kind != CATALOGUES:
        file.fault("dates", f"“{header}”: dòng thiếu from (ngày bắt đầu có hiệu lực).", line)
        return None
    if start and end and end <= start:
        file.fault("dates", f"“{header}”: to ({end}) phải sau from ({start}).", line)
        return None
    certainty = row.get("certainty", "")
    if certainty not in CERTAINTIES:
        file.fault("certainty", f"“{header}”: certainty “{certainty}” không có trong {listed(CERTAINTIES)}.", line)
    source = row.get("source")
    if not isinstance(source, str) or not source:
        file.fault("source", f"“{header}”: dòng thiếu source (mã văn bản).", line)
        source = ""
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


def _rows(kind: str, header: str, rows: list[dict[str, Any]], file: File, line: int) -> None:
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


def freeze(value: Any) -> Any:
    """Lists become tuples and tables read-only, so that nobody changes a rule in memory."""
    if isinstance(value, dict):
        return MappingProxyType({key: freeze(inner) for key, inner in value.items()})
    if isinstance(value, list):
        return tuple(freeze(inner) for inner in value)
    return value
