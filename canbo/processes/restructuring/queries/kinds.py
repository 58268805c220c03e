"""Kinds of units as people write them: a kind of the catalogue, or a type of administrative unit."""

from __future__ import annotations

from functools import lru_cache

from canbo.facts.organisation.choices import Operation
from canbo.foundation import rulebooks
from canbo.foundation.kernel.text import clean, fold

UNITS, TYPES = "organisation.kinds.units", "organisation.kinds.types"
SHELVES = {"state": "nha_nuoc", "party": "dang", "front": "mat_tran"}
LEVELS = {"province": "tỉnh", "district": "huyện", "commune": "xã"}

Found = tuple[tuple[str, ...], str, str]


@lru_cache(maxsize=4)
def _names(version: str) -> tuple[dict[str, Found], dict[str, Found]]:
    rules = rulebooks.current()
    exact: dict[str, Found] = {}
    label_of: dict[str, str] = {}
    for row in rules.rows_ever(UNITS):
        label_of[row.key] = row.label.lower()
        shelf = SHELVES[str(row.columns.get("shelf", "state"))]
        for name in row.names:
            exact.setdefault(clean(name).casefold(), ((row.label.lower(),), "", shelf))
    for row in rules.rows_ever(TYPES):
        raw = row.columns.get("kinds", ())
        kinds = tuple(label_of[k] for k in (raw if isinstance(raw, tuple | list) else ()) if k in label_of)
        for name in row.names:
            key = clean(name).casefold()
            known = exact.get(key)
            if known is None or known[1]:
                merged = tuple(dict.fromkeys((*(known[0] if known else ()), *kinds)))
                exact[key] = (merged, row.label.lower(), "nha_nuoc")
    folded: dict[str, Found] = {}
    for name, found in exact.items():
        folded.setdefault(fold(name), found)
    return exact, folded


def kind_named(written: str, level: str = "") -> tuple[str, str, str] | None:
    """Kind, type of administrative unit and shelf of a word; None when no catalogue knows it.

    Args:
        level: of the line, which decides where a word fits several kinds (“thành phố”).
    """
    exact, folded = _names(rulebooks.current().version)
    found = exact.get(clean(written).casefold()) or folded.get(fold(written))
    if found is None:
        return None
    kinds, local, shelf = found
    wanted = LEVELS.get(level.strip().lower(), level.strip().lower())
    return (wanted if wanted in kinds else kinds[0]), local, shelf


_MORE = {"nhap": Operation.MERGE, "nang cap": Operation.RELEVEL, "ha cap": Operation.RELEVEL,
         "chuyen giao nguyen trang": Operation.HAND_OVER, "cham dut hoat dong": Operation.END}  # fmt: skip
_OPERATIONS = {fold(label): value for value, label in Operation.choices} | {
    value: value for value, _ in Operation.choices
}


def operation_named(written: str) -> str | None:
    """The operation of a word, with or without diacritics, or of its code; empty for empty, None when unknown."""
    word = fold(written)
    return (
        _OPERATIONS.get(word) or _OPERATIONS.get(written.strip().lower()) or _MORE.get(word) or (None if word else "")
    )
