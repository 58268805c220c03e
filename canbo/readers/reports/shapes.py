"""Report templates: read from ``templates_data``, checked against the catalogue when read."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from .indicators import CATALOGUE
from .indicators.groupings import GROUPINGS

FOLDER = Path(__file__).parent / "templates_data"
HOLE = re.compile(r"\{([A-Z]{2}\d{2}[A-Z]?)(?:\.(\w+))?\}")
ASPECTS = ("value", "some", "plan", "plan_ratio", "previous", "change", "change_words", "by")

_LOOKING_BACK = ("previous", "change", "change_words")


@dataclass(frozen=True)
class Shape:
    """One kind of report: what it is called and its parts, as the file says."""

    kind: str
    title: str
    abstract: str
    doc_type: str
    type_code: str
    parts: tuple[dict[str, Any], ...]
    appendices: tuple[dict[str, Any], ...] = ()
    about: str = ""

    def all_parts(self) -> list[dict[str, Any]]:
        return [*self.parts, *(part for appendix in self.appendices for part in appendix["parts"])]

    def codes(self) -> list[str]:
        """Indicators named in sentences, each once."""
        found = [
            hole[1] for part in self.all_parts() for clause in part.get("clauses", ()) for hole in HOLE.finditer(clause)
        ]
        found += [part["show"] for part in self.all_parts() if part.get("show")]
        found += [code for part in self.all_parts() for code in part.get("lines", ())]
        found += [part["of"] for part in self.all_parts() if "of" in part]
        found += [code for part in self.all_parts() for key in ("among", "listing") for _, code in part.get(key, ())]
        return list(dict.fromkeys(found))

    def compared(self) -> set[str]:
        """Indicators of which the year before is told somewhere; of the others it is never counted."""
        found = {code for part in self.all_parts() for code in part.get("lines", ())}
        for part in self.all_parts():
            for clause in part.get("clauses", ()):
                found |= {hole[1] for hole in HOLE.finditer(clause) if hole[2] in _LOOKING_BACK}
            for column in part.get("columns", ()):
                code, _, aspect = column["figure"].partition(".")
                found |= {code} if aspect in _LOOKING_BACK else set()
        return found

    def broken_down(self) -> dict[str, list[str]]:
        """Grouping to the indicators asked by it, for tables and enumerations."""
        asked: dict[str, list[str]] = {}
        for part in self.all_parts():
            if "by" in part:
                codes = asked.setdefault(part["by"], [])
                codes += [code for code in column_codes(part) if code not in codes]
        return asked


def column_codes(part: dict[str, Any]) -> list[str]:
    """Indicators in the columns of a table, or the one that a sentence enumerates or ranks."""
    return list(
        dict.fromkeys(column["figure"].split(".")[0] for column in part.get("columns", ()) if "figure" in column)
    ) or [part.get("enumerate") or part["ranked"]]


@lru_cache(maxsize=1)
def shapes() -> dict[str, Shape]:
    """Every template by its kind.

    Raises:
        ValueError: a template names an indicator, aspect or grouping that does not exist.
    """
    found = {}
    for path in sorted(FOLDER.glob("*.toml")):
        data = tomllib.loads(path.read_text("utf-8"))
        shape = Shape(
            data["kind"],
            data["title"],
            data["abstract"],
            data.get("doc_type", "Báo cáo"),
            data.get("type_code", "BC"),
            tuple(data["parts"]),
            tuple(data.get("appendices", ())),
            data.get("about", ""),
        )
        _check(path.name, shape)
        found[shape.kind] = shape
    return found


def _check(name: str, shape: Shape) -> None:
    wrong = [code for code in shape.codes() if code not in CATALOGUE]
    for part in shape.all_parts():
        for clause in part.get("clauses", ()):
            wrong += [hole[0] for hole in HOLE.finditer(clause) if hole[2] and hole[2] not in ASPECTS]
    for by, codes in shape.broken_down().items():
        wrong += [by] if by not in GROUPINGS else []
        wrong += [f"{code} by {by}" for code in codes if code not in CATALOGUE or by not in CATALOGUE[code].groupings]
    if wrong:
        raise ValueError(f"{name}: {', '.join(wrong)}")
