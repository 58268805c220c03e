"""The loaded rules and the questions they answer: what is in force on a day, for a unit, and on what source."""

from __future__ import annotations

import datetime as dt
import difflib
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from canbo.foundation.kernel.dates import format_date

from .checking import faults_between
from .files import Reading
from .model import (
    BRACKETS,
    CATALOGUES,
    CENTRAL,
    CHECKLISTS,
    LEVELS,
    STEPS,
    VALUES,
    Catalogue,
    Entry,
    Fault,
    FaultyRulebooks,
    Item,
    Layer,
    NoRuleInForce,
    Row,
    Ruling,
    Source,
    UnknownRule,
)
from .reading import read_layer, read_layer_card

_KIND_WORDS = {
    VALUES: "giá trị",
    CATALOGUES: "danh mục",
    BRACKETS: "thang bậc",
    CHECKLISTS: "danh mục hồ sơ",
    STEPS: "các bước",
}
_KEPT = 4096  # catalogues by day; an import asks for the same ones row after row
UnitCodes = str | Iterable[str] | None


class Rulebooks:
    """Every layer's rules, frozen. Obtain by :func:`load` or ``rulebooks.current()``.

    All lookups take the day the thing happened (``on``), and the code of the unit concerned or the codes from it
    upwards (``unit``), by which layers of provinces and units are chosen. The
    nearest unit comes first, then the province, then the Centre.
    """

    def __init__(self, readings: Sequence[Reading]):
        self.sources: MappingProxyType[str, Source] = MappingProxyType(
            {k: s for r in readings for k, s in r.sources.items()}
        )
        self.layers: tuple[Layer, ...] = tuple(r.layer for r in readings)
        self.version = _version(readings)
        self._titles = {subject: title for r in reversed(readings) for subject, title in r.titles.items()}
        self._items: dict[str, list[Item]] = {}
        self._catalogues: dict[tuple[str, dt.date, tuple[str, ...]], Catalogue] = {}
        for reading in readings:
            for item in reading.items:
                self._items.setdefault(item.path, []).append(item)

    def value(self, path: str, *, on: dt.date, unit: UnitCodes = None) -> Ruling:
        """The value in force.

        Args:
            path: subject and name, such as ``party.admission.age_min``.

        Raises:
            NoRuleInForce: nothing was in force on that day.
            UnknownRule: no such rule exists.
        """
        return self._ruling(VALUES, path, on, unit)

    def value_or_none(self, path: str, *, on: dt.date, unit: UnitCodes = None) -> Ruling | None:
        """The value in force, None where none was: for what is compared or shown only where a rule speaks of it."""
        try:
            return self.value(path, on=on, unit=unit)
        except NoRuleInForce:
            return None

    def known(self, path: str, *, on: dt.date) -> Ruling:
        """What offices set for themselves, whatever its kind: what is in force, for days before that the oldest known."""
        item = self._found(None, path, None)[0]
        try:
            return self._ruling(item.kind, path, on, None)
        except NoRuleInForce:
            return self.history(path)[0]

    def brackets(self, path: str, *, on: dt.date, unit: UnitCodes = None) -> Ruling:
        """The scale in force: ``value`` is a tuple of mappings with ``min`` and ``max`` (included) or ``below``."""
        return self._ruling(BRACKETS, path, on, unit)

    def checklist(self, path: str, *, on: dt.date, unit: UnitCodes = None) -> Ruling:
        """The list of required papers in force: ``value`` is a tuple of mappings with ``key`` and ``label``."""
        return self._ruling(CHECKLISTS, path, on, unit)

    def steps(self, path: str, *, on: dt.date, unit: UnitCodes = None) -> Ruling:
        """The ordered steps in force: ``value`` is a tuple of mappings with ``key`` and ``label``."""
        return self._ruling(STEPS, path, on, unit)

    def catalogue(self, path: str, *, on: dt.date, unit: UnitCodes = None) -> Catalogue:
        """The catalogue on that day; a lower layer adds rows and replaces rows of the same key.

        Raises:
            NoRuleInForce: no row was in force on that day.
        """
        chain = (unit,) if isinstance(unit, str) else tuple(unit or ())
        key = (path, on, chain)
        if key not in self._catalogues:
            if len(self._catalogues) > _KEPT:
                self._catalogues.clear()
            self._catalogues[key] = self._catalogue(path, on, chain)
        return self._catalogues[key]

    def _catalogue(self, path: str, on: dt.date, chain: tuple[str, ...]) -> Catalogue:
        items = self._found(CATALOGUES, path, chain)
        rows: dict[str, Row] = {}
        for item in reversed(items):
            for entry in item.entries:
                if entry.holds(on):
                    rows[entry.value["key"]] = self._row(item, entry)
        if not rows:
            raise _none(items[0], on)
        return Catalogue(path, items[-1].title, tuple(rows.values()))

    def rows_ever(self, path: str, *, unit: UnitCodes = None) -> tuple[Row, ...]:
        """Every row a catalogue ever had, oldest first: what a cell of an old file may hold.

        A row whose label or columns changed comes once for each period, with the same key.
        """
        items = self._found(CATALOGUES, path, unit)
        rows = [self._row(item, entry) for item in reversed(items) for entry in item.entries]
        return tuple(sorted(rows, key=lambda row: row.ruling.valid_from))

    def history(self, path: str, *, unit: UnitCodes = None) -> list[Ruling]:
        """Every entry of a rule in every layer that applies, oldest first."""
        items = self._found(None, path, unit)
        return sorted((self._as_ruling(i, e) for i in items for e in i.entries), key=lambda r: r.valid_from)

    def in_force(self, subject: str, *, on: dt.date, unit: UnitCodes = None) -> Iterator[Ruling]:
        """Everything a subject holds on a day; for a catalogue each row is a ruling of its own.

        Raises:
            UnknownRule: no such subject.
        """
        if subject not in self._titles:
            near = [s for s in self.subjects if s.startswith(subject) or subject in s]
            raise UnknownRule(subject, near or difflib.get_close_matches(subject, self.subjects, n=5, cutoff=0.4))
        for path in [p for p in self._items if p.rpartition(".")[0] == subject]:
            try:
                items = self._found(None, path, unit)
                if items[0].kind == CATALOGUES:
                    yield from (row.ruling for row in self.catalogue(path, on=on, unit=unit))
                else:
                    yield self._ruling(items[0].kind, path, on, unit)
            except NoRuleInForce:
                continue

    @property
    def subjects(self) -> list[str]:
        return sorted(self._titles)

    def title(self, subject: str) -> str:
        return self._titles[subject]

    def paths(self, kind: str | None = None) -> list[str]:
        """Every rule's path, of one kind or of all."""
        return sorted(p for p, items in self._items.items() if kind in (None, items[0].kind))

    def layers_of(self, path: str) -> tuple[Layer, ...]:
        """The layers that say something of a rule, in the order they were read; empty for an unknown rule."""
        return tuple(item.layer for item in self._items.get(path, ()))

    def home(self, subject: str) -> tuple[str, ...]:
        """Codes of the units whose layers alone speak of a subject; empty when it holds everywhere."""
        layers = {i.layer for path, items in self._items.items() if path.rpartition(".")[0] == subject for i in items}
        return () if any(not layer.unit for layer in layers) else tuple(sorted({layer.unit for layer in layers}))

    def _found(self, kind: str | None, path: str, unit: UnitCodes) -> list[Item]:
        """The items that may answer, nearest layer first."""
        items = self._items.get(path)
        if items is None:
            raise UnknownRule(path, difflib.get_close_matches(path, self._items, n=5, cutoff=0.6))
        if kind and items[0].kind != kind:
            raise UnknownRule(path, [f"{path} là {_KIND_WORDS[items[0].kind]}, không phải {_KIND_WORDS[kind]}"])
        chain = [] if unit is None else [unit] if isinstance(unit, str) else list(unit)
        applying = [i for i in items if not i.layer.unit or i.layer.unit in chain]
        if not applying:
            raise UnknownRule(path, [f"{path} chỉ có ở lớp {', '.join(sorted({i.layer.name for i in items}))}"])

        def nearness(item: Item) -> tuple[int, int, bool]:
            distance = chain.index(item.layer.unit) if item.layer.unit else len(chain)
            return -LEVELS.index(item.layer.level), distance, item.layer.shipped

        return sorted(applying, key=nearness)

    def _ruling(self, kind: str, path: str, on: dt.date, unit: UnitCodes) -> Ruling:
        items = self._found(kind, path, unit)
        for item in items:
            for entry in item.entries:
                if entry.holds(on):
                    return self._as_ruling(item, entry)
        raise _none(items[-1], on)

    def _as_ruling(self, item: Item, entry: Entry) -> Ruling:
        return Ruling(
            item.path, item.title, item.unit, entry.value, self.sources[entry.source], entry.article, entry.certainty,
            entry.valid_from, entry.valid_to, item.layer, entry.note,
        )  # fmt: skip

    def _row(self, item: Item, entry: Entry) -> Row:
        columns = {k: v for k, v in entry.value.items() if k not in ("key", "label", "aliases")}
        ruling = self._as_ruling(item, entry)
        return Row(
            entry.value["key"],
            entry.value["label"],
            ruling,
            tuple(entry.value.get("aliases", ())),
            MappingProxyType(columns),
        )


def _none(item: Item, on: dt.date) -> NoRuleInForce:
    periods = sorted({(e.valid_from, e.valid_to) for e in item.entries}, key=lambda period: period[0])
    spans = "; ".join(
        f"từ {format_date(start)}" + (f" đến trước {format_date(end)}" if end else "")
        for start, end in periods
        if start != dt.date.min
    )
    known = f" Bộ quy tắc chỉ có: {spans}." if spans else ""
    return NoRuleInForce(
        f"Không có quy định về “{item.title}” ({item.path}) có hiệu lực ngày {format_date(on)}.{known}"
    )


def _version(readings: Sequence[Reading]) -> str:
    digest = hashlib.sha256()
    for reading in readings:
        for path in sorted(reading.directory.rglob("*.toml")):
            name = f"{reading.layer.level}/{reading.layer.unit}/{path.relative_to(reading.directory).as_posix()}"
            digest.update(name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def read(directories: Sequence[Path]) -> tuple[list[Reading], list[Fault]]:
    """Reads every layer: the first directory is the Centre's, the others hold ``layer.toml`` or folders that do."""
    readings: list[Reading] = []
    faults: list[Fault] = []
    for index, directory in enumerate(directories):
        if index == 0:
            if not directory.is_dir():
                return [], [Fault("missing", directory, 1, "Không có thư mục bộ quy tắc của Trung ương.")]
            readings.append(_reading(directory, Layer(CENTRAL, "Trung ương")))
        for folder in _shipped_layers(directory) if index == 0 else _layer_folders(directory):
            blank = Reading(Layer(CENTRAL, folder.name), folder)
            if not (folder / "layer.toml").is_file():
                message = "Thiếu layer.toml: cho biết quy tắc của tỉnh hay đơn vị nào."
                faults.append(Fault("layer", folder / "layer.toml", 1, message))
                continue
            layer = read_layer_card(folder, blank, shipped=index == 0)
            faults += blank.faults
            if layer:
                readings.append(_reading(folder, layer))
    for reading in readings:
        faults += reading.faults
    faults += faults_between(readings)
    return readings, sorted(faults, key=lambda f: (str(f.file), f.line, f.code))


def _reading(directory: Path, layer: Layer) -> Reading:
    """One layer as read from its files; unchanged files are read once, so that trying a local rule stays quick."""
    return _read_once(directory, layer, fingerprint((directory,)))


@lru_cache(maxsize=32)
def _read_once(directory: Path, layer: Layer, _stamp: Any) -> Reading:
    return read_layer(directory, layer)


def _shipped_layers(directory: Path) -> list[Path]:
    """Folders of the product's own directory that hold what a province or a unit had decided when it was released."""
    return sorted(card.parent for card in directory.rglob("layer.toml") if card.parent != directory)


def _layer_folders(directory: Path) -> list[Path]:
    if not directory.is_dir():
        return []
    if (directory / "layer.toml").is_file() or any(directory.glob("*.toml")):
        return [directory]
    return [folder for folder in sorted(directory.iterdir()) if folder.is_dir() and any(folder.rglob("*.toml"))]


def fingerprint(directories: Sequence[Path]) -> tuple[tuple[str, int, int], ...]:
    """Changes whenever a rulebook file is written, added or removed."""
    found: list[tuple[str, int, int]] = []
    for directory in directories:
        for path in sorted(directory.rglob("*.toml")):
            stat = path.stat()
            found.append((str(path), stat.st_mtime_ns, stat.st_size))
    return tuple(found)


@lru_cache(maxsize=8)
def _loaded(directories: tuple[Path, ...], stamp: Any) -> Rulebooks:
    readings, faults = read(directories)
    if blocking := [fault for fault in faults if fault.blocking]:
        raise FaultyRulebooks(blocking)
    return Rulebooks(readings)


def load(directories: Sequence[Path]) -> Rulebooks:
    """Reads and validates the layers; the same unchanged files give the same object.

    Raises:
        FaultyRulebooks: with every fault found; a doubtful rulebook is never used.
    """
    paths = tuple(Path(d) for d in directories)
    return _loaded(paths, fingerprint(paths))


def check(directories: Sequence[Path]) -> list[Fault]:
    """Every fault of the rulebooks, in order of file and line."""
    return read([Path(d) for d in directories])[1]
