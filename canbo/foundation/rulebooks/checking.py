"""What must hold between entries, files and layers; every fault at once, each with file and line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from itertools import combinations, pairwise
from pathlib import Path

from canbo.foundation.kernel.dates import format_date

from .files import Reading
from .model import CATALOGUES, CENTRAL, Entry, Fault, Item, Layer, Source, spelling


def faults_between(readings: list[Reading]) -> list[Fault]:
    """Faults that no single file shows: unknown or unused sources, gaps, overlaps, doubles, overrides."""
    found: list[Fault] = []
    everything = {id_: source for reading in readings for id_, source in reading.sources.items()}
    central = {item.path: item for r in readings if r.layer.level == CENTRAL for item in r.items}
    for reading in readings:
        for item in reading.items:
            found += _sources_known(item, reading, everything)
            found += _catalogue(item) if item.kind == CATALOGUES else _timeline(item)
            found += _override(item, central)
    found += _replacements(readings, everything)
    found += _unused(readings)
    found += _same_place(readings)
    return found


def _fault(item: Item, code: str, message: str, line: int = 0) -> Fault:
    return Fault(code, item.file, line or item.line, f"“{item.path}”: {message}")


def _sources_known(item: Item, reading: Reading, everything: Mapping[str, Source]) -> list[Fault]:
    found = []
    for entry in item.entries:
        source = everything.get(entry.source)
        if not entry.source:
            continue
        if source is None:
            message = f"văn bản “{entry.source}” chưa khai trong sources.toml."
            found.append(_fault(item, "source", message, entry.line))
        elif item.layer.level != CENTRAL and entry.source not in reading.sources:
            message = (
                f"lớp “{item.layer.name}” chỉ được thay quy định bằng văn bản của chính mình; "
                f"“{entry.source}” là văn bản của “{source.layer.name}”. Khai văn bản trong sources.toml của lớp."
            )
            found.append(_fault(item, "layer-source", message, entry.line))
        elif entry.valid_to and source.effective and entry.valid_to <= source.effective and not entry.note:
            message = (
                f"hết hiệu lực trước khi {source} có hiệu lực ({format_date(source.effective)}). "
                "Nếu văn bản áp dụng cho thời gian đã qua, ghi note = “lý do”."
            )
            found.append(_fault(item, "dates", message, entry.line))
        elif item.kind != CATALOGUES and source.effective and entry.valid_from < source.effective and not entry.note:
            message = (
                f"áp dụng từ {format_date(entry.valid_from)}, trước khi {source} có hiệu lực "
                f"({format_date(source.effective)}). Ghi note = “lý do”."
            )
            found.append(_fault(item, "early", message, entry.line))
    return found


def _timeline(item: Item) -> list[Fault]:
    found = []
    for before, after in pairwise(item.entries):
        if before.valid_to is None or before.valid_to > after.valid_from:
            message = f"hai dòng cùng có hiệu lực từ {format_date(after.valid_from)}. Ghi to cho dòng trước."
            found.append(_fault(item, "overlap", message, after.line))
        elif before.valid_to < after.valid_from and not item.gap:
            message = (
                f"không có quy định từ {format_date(before.valid_to)} đến trước {format_date(after.valid_from)}. "
                "Bổ sung dòng, hoặc ghi gap = “lý do”."
            )
            found.append(_fault(item, "gap", message, after.line))
    return found


def _catalogue(item: Item) -> list[Fault]:
    found = []
    owners: dict[str, list[Entry]] = defaultdict(list)
    for entry in item.entries:
        for name in {spelling(n) for n in (entry.value["label"], *entry.value.get("aliases", ()))}:
            owners[name].append(entry)
    keys: dict[str, list[Entry]] = defaultdict(list)
    for entry in item.entries:
        keys[entry.value["key"]].append(entry)
    for code, word, groups in (("key", "mã", keys), ("alias", "tên", owners)):
        for name, entries in groups.items():
            for first, second in combinations(entries, 2):
                if not _meet(first, second) or (code == "alias" and first.value["key"] == second.value["key"]):
                    continue
                shown = name if code == "key" else _shown(second, name)
                message = f"{word} “{shown}” có ở hai dòng cùng lúc (dòng {first.line})."
                found.append(_fault(item, f"duplicate-{code}", message, second.line))
    return found


def _shown(entry: Entry, name: str) -> str:
    return next(n for n in (entry.value["label"], *entry.value.get("aliases", ())) if spelling(n) == name)


def _meet(a: Entry, b: Entry) -> bool:
    return (b.valid_to is None or a.valid_from < b.valid_to) and (a.valid_to is None or b.valid_from < a.valid_to)


def _override(item: Item, central: Mapping[str, Item]) -> list[Fault]:
    if item.layer.level == CENTRAL:
        return []
    upper = central.get(item.path)
    if upper is None:
        return []
    if upper.kind != item.kind:
        return [_fault(item, "layer-kind", f"cấp trên khai là {upper.kind}, lớp này khai là {item.kind}.")]
    if upper.unit != item.unit:
        return [_fault(item, "layer-unit", f"đơn vị tính phải là “{upper.unit}” như cấp trên.")]
    return []


def _replacements(readings: list[Reading], everything: Mapping[str, Source]) -> list[Fault]:
    found = []
    for reading in readings:
        for source in reading.sources.values():
            file, line = reading.source_places[source.id]
            for old in source.replaces:
                if old not in everything:
                    found.append(Fault("source", file, line, f"“{source.id}” thay thế “{old}” chưa khai."))
                    continue
                earlier = everything[old].effective or everything[old].issued
                if source.effective and earlier and source.effective < earlier:
                    found.append(Fault("dates", file, line, f"“{source.id}” thay thế văn bản có sau nó: “{old}”."))
    return found


def _unused(readings: list[Reading]) -> list[Fault]:
    used = {entry.source for reading in readings for item in reading.items for entry in item.entries}
    used |= {old for reading in readings for source in reading.sources.values() for old in source.replaces}
    message = "Văn bản “{}” không dòng nào dẫn. Bỏ đi, hoặc ghi unused = “lý do”."
    return [
        Fault("unused", *reading.source_places[id_], message.format(id_), blocking=False)
        for reading in readings
        for id_, source in reading.sources.items()
        if id_ not in used and not source.unused
    ]


def _same_place(readings: list[Reading]) -> list[Fault]:
    """Within a layer a name means one thing; two layers of the same level and unit may not rule on the same thing."""
    seen: dict[tuple[str, str, bool, str], tuple[Layer, Path]] = {}
    found = []
    for reading in readings:
        for item in reading.items:
            place = (reading.layer.level, reading.layer.unit, reading.layer.shipped, item.path)
            if place in seen:
                other = seen[place][1]
                found.append(_fault(item, "duplicate", f"đã quy định ở {other.name} của lớp “{seen[place][0].name}”."))
            seen[place] = (reading.layer, item.file)
    return found
