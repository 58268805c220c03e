"""Words that cells may hold, taken from the rulebooks' catalogues, of any date: records reach far back."""

from __future__ import annotations

import re
from functools import lru_cache

from canbo.foundation import rulebooks
from canbo.foundation.kernel.text import clean, fold

from .spec import Bad, Reader, as_text, choice


@lru_cache(maxsize=64)
def _rows(path: str, version: str) -> tuple[tuple[tuple[str, ...], str, dict[str, object]], ...]:
    seen: dict[str, tuple[tuple[str, ...], str, dict[str, object]]] = {}
    for row in rulebooks.current().rows_ever(path):
        names, label, columns = seen.get(row.key, ((), row.label, {}))
        seen[row.key] = (tuple(dict.fromkeys((*names, *row.names))), label, {**row.columns, **columns})
    return tuple(seen.values())


def rows(path: str) -> tuple[tuple[tuple[str, ...], str, dict[str, object]], ...]:
    """Every row a catalogue ever had: all its names, its label, its columns."""
    return _rows(path, rulebooks.current().version)


def labels(path: str, *, lower: bool = False) -> list[str]:
    """The labels, for drop-down lists."""
    return [label.lower() if lower else label for _, label, _ in rows(path)]


@lru_cache(maxsize=64)
def _reader(path: str, what: str, lower: bool, version: str) -> Reader:
    words = {name: (label.lower() if lower else label) for names, label, _ in rows(path) for name in reversed(names)}
    return choice(words, what)


def catalogue(path: str, what: str, *, lower: bool = False, open_list: bool = False) -> Reader:
    """A word of a catalogue, given back as its official label.

    Args:
        path: such as ``people.catalogues.ethnic_groups``.
        what: name of the catalogue for messages.
        lower: labels in lower case, as acts and kinds are written inside a sentence.
        open_list: words outside the catalogue are kept as they are (the official list is not closed).
    """

    def read(cell: object) -> object:
        found = _reader(path, what, lower, rulebooks.current().version)(cell)
        if isinstance(found, Bad) and open_list:
            return as_text(cell).lower() if lower else as_text(cell)
        return found

    return read


_SEPARATORS = re.compile(r"\s*[,;+/]\s*|\s+và\s+")


@lru_cache(maxsize=16)
def _acts(paths: tuple[str, ...], version: str) -> dict[str, tuple[int, str]]:
    found: dict[str, tuple[int, str]] = {}
    for path in paths:
        for names, label, columns in rows(path):
            order = columns.get("order", 99)
            for name in names:
                found.setdefault(fold(name), (order if isinstance(order, int) else 99, label.lower()))
    return found


ACT_LENGTH = 60
"""How long the acts that ended a fact may be together."""


def acts(path: str, *also: str) -> Reader:
    """One act, or several of one decision ("điều động, bổ nhiệm"), as a tuple in official order.

    Args:
        path: the catalogue that is offered.
        also: catalogues whose acts are understood too: a post also ends by being transferred to another.
    """

    def read(cell: object) -> object:
        known = _acts((path, *also), rulebooks.current().version)
        written = as_text(cell)
        whole = known.get(fold(written))
        words = [fold(p) for p in _SEPARATORS.split(clean(written)) if p]
        parts: list[tuple[int, str] | None] = [whole] if whole else [known.get(word) for word in words]
        if not parts or None in parts:
            shown = ", ".join(labels(path, lower=True))
            return Bad(f"“{written}” không có trong danh mục hành vi.", f"Chọn một hoặc nhiều trong: {shown}.")
        found = tuple(label for _, label in sorted({p for p in parts if p}))
        if also and len(", ".join(found)) > ACT_LENGTH:
            return Bad(f"“{written}” quá dài.", "Chỉ ghi những hành vi làm chức vụ này kết thúc.")
        return found

    return read


UNIT_KINDS, UNIT_TYPES = "organisation.kinds.units", "organisation.kinds.types"


Kind = tuple[tuple[str, ...], str, str]


@lru_cache(maxsize=4)
def _kinds(version: str) -> tuple[dict[str, Kind], dict[str, Kind]]:
    """Names as written, and without diacritics where only one fits: (kinds it may be, local type, shelf)."""
    exact: dict[str, Kind] = {}
    label_of = {row.key: row.label.lower() for row in rulebooks.current().rows_ever(UNIT_KINDS)}
    for names, label, columns in rows(UNIT_KINDS):
        shelf = _SHELVES[str(columns.get("shelf", "state"))]
        for name in names:
            local = clean(name).lower() if clean(name).lower() in _LOCAL else ""
            exact.setdefault(clean(name).casefold(), ((label.lower(),), local, shelf))
    for names, label, columns in rows(UNIT_TYPES):
        raw = columns.get("kinds", ())
        kinds = tuple(label_of[str(k)] for k in (raw if isinstance(raw, tuple | list) else ()) if str(k) in label_of)
        if label == "Thành phố":  # before July 2025 a city might also lie under a province
            kinds = tuple(dict.fromkeys((*kinds, "tỉnh", "huyện")))
        for name in names:
            if kinds:
                exact.setdefault(clean(name).casefold(), (kinds, label.lower(), "nha_nuoc"))
    folded: dict[str, Kind] = {}
    twice: set[str] = set()
    for name, kind in exact.items():
        if folded.setdefault(fold(name), kind)[0] != kind[0]:
            twice.add(fold(name))
    return exact, {name: kind for name, kind in folded.items() if name not in twice}


_SHELVES = {"state": "nha_nuoc", "party": "dang", "front": "mat_tran"}


_LOCAL = {"ấp", "bản", "làng", "buôn", "phum", "sóc", "khóm", "khu phố", "khối phố"}


def unit_kind(cell: object) -> object:
    """(possible kinds, local type, shelf) of a word of the unit-kind catalogue; several kinds wait for the superior."""
    written = as_text(cell)
    exact, folded = _kinds(rulebooks.current().version)
    found = exact.get(written.casefold()) or folded.get(fold(written))
    if found is None:
        shown = ", ".join(labels(UNIT_KINDS, lower=True))
        return Bad(f"“{written}” không có trong danh mục loại hình.", f"Chọn một trong: {shown}.")
    return found
