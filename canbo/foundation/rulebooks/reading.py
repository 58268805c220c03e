"""Reads the TOML files of one layer: its card, its legal texts and its subjects."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from .entries import item_of
from .files import File, Reading, day_of, listed, read_toml, texts_of, with_texts
from .model import CENTRAL, CERTAINTIES, KINDS, LEVELS, Layer, Source


def read_layer(directory: Path, layer: Layer) -> Reading:
    """Reads every ``*.toml`` under a directory; ``sources.toml`` may stand in any folder.

    Folders with a card of their own are layers of their own.
    """
    reading = Reading(layer, directory)
    apart = [card.parent for card in directory.rglob("layer.toml") if card.parent != directory]
    for path in sorted(directory.rglob("*.toml")):
        if path.name == "layer.toml" or any(path.is_relative_to(folder) for folder in apart):
            continue
        data, file = read_toml(path, reading)
        if data is None:
            continue
        if path.name == "sources.toml":
            _sources(data, file)
        else:
            _subject(data, file)
    return reading


def read_layer_card(directory: Path, reading: Reading, *, shipped: bool = False) -> Layer | None:
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
    return Layer(level, name, unit, shipped)


def _sources(data: Mapping[str, Any], file: File) -> None:
    for id_, card in data.items():
        line = file.line(id_)
        if not isinstance(card, dict):
            file.fault("schema", f"“{id_}” phải là bảng [{id_}].", line)
            continue
        if id_ in file.reading.sources:
            file.fault("duplicate", f"Văn bản “{id_}” đã khai ở tệp nguồn khác.", line)
            continue
        card = with_texts(card, ("number", "title", "issuer", "certainty", "unused", "note"), file, line)
        for key in ("number", "title", "issuer"):
            if not card[key].strip():
                file.fault("schema", f"Văn bản “{id_}” thiếu {key}.", line)
        issued, effective, repealed = (day_of(card, k, file, line) for k in ("issued", "effective", "repealed_on"))
        certainty = card["certainty"]
        if certainty not in CERTAINTIES:
            file.fault(
                "certainty", f"Văn bản “{id_}”: certainty “{certainty}” không có trong {listed(CERTAINTIES)}.", line
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
            file.fault("schema", f"Văn bản “{id_}” có khóa lạ: {listed(unknown)}.", line)
        file.reading.sources[id_] = Source(
            id_, card["number"], issued, card["issuer"], card["title"], effective, certainty,
            texts_of(card, "replaces", file, line), repealed, card["unused"], file.reading.layer,
        )  # fmt: skip
        file.reading.source_places[id_] = (file.path, line)


def _subject(data: Mapping[str, Any], file: File) -> None:
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
        file.fault("schema", f"Khóa lạ ở đầu tệp: {listed(unknown)}.")
    for kind in KINDS:
        cards = data.get(kind, {})
        if not isinstance(cards, dict):
            file.fault("schema", f"“{kind}” phải gồm các bảng [{kind}.tên].")
            continue
        for name, card in cards.items():
            header = f"{kind}.{name}"
            if not isinstance(card, dict):
                file.fault("schema", f"“{header}” phải là bảng [{header}].")
                continue
            item = item_of(kind, expected, name, card, file)
            if item:
                file.reading.items.append(item)
