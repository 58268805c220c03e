"""Rules a province or a unit sets for itself: what of a book may be set, and the files that say it.

A local rule changes values of a book, numbers in its rows, or adds criteria below existing ones, from a day on and on
the strength of its own text. Several may follow each other; each keeps what the ones before it set.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from canbo.foundation.kernel.text import fold
from canbo.foundation.rulebooks import Row

from .books import SUBJECT, Book

NUMBERS = {
    "criteria": "max",
    "grades": "min",
    "caps": "ratio",
    "deadlines": ("before_day", "before_day_next", "before", "working_days", "days"),
}
"""Columns of rows that a lower level may set."""


@dataclass(frozen=True)
class Text:
    """The text a local rule rests on."""

    number: str
    issued: dt.date
    issuer: str
    title: str
    effective: dt.date

    @property
    def id(self) -> str:
        return f"{re.sub(r'[^a-z0-9]+', '-', fold(self.number)).strip('-')}-{self.issued.isoformat()}"


@dataclass(frozen=True)
class LocalRule:
    """What one text sets in one book from ``since`` to the day before ``until``.

    Args:
        values: by name of the value.
        rows: by catalogue, key and column.
        added: new criteria by catalogue: mappings with ``key``, ``parent``, ``label``, ``max``.
    """

    book: str
    text: Text
    since: dt.date
    until: dt.date | None = None
    values: Mapping[str, Any] = field(default_factory=dict)
    rows: Mapping[str, Mapping[str, Mapping[str, Any]]] = field(default_factory=dict)
    added: Mapping[str, Sequence[Mapping[str, Any]]] = field(default_factory=dict)

    def holds(self, day: dt.date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)


BookOn = Callable[[str, dt.date], Book]
"""The book of a code on a day as it stands without the layer being written."""


def files(level: str, name: str, unit: str, rules: Sequence[LocalRule], book_on: BookOn) -> dict[str, str]:
    """The files of a layer by relative path: its card, its texts, and one subject for each book."""
    made = {
        "layer.toml": f"level = {_toml(level)}\nname = {_toml(name)}\nunit = {_toml(unit)}\n",
        "sources.toml": _sources(rules),
    }
    for code in sorted({rule.book for rule in rules}):
        text = _subject(code, [rule for rule in rules if rule.book == code], book_on)
        if text:
            made[f"evaluation/{code}.toml"] = text
    return made


def _sources(rules: Sequence[LocalRule]) -> str:
    lines = []
    used = {rule.text.id for rule in rules if rule.until is None or rule.since < rule.until}
    for text in sorted({rule.text for rule in rules}, key=lambda text: text.id):
        lines += [
            f"[{text.id}]", f"number = {_toml(text.number)}", f"issued = {text.issued.isoformat()}",
            f"issuer = {_toml(text.issuer)}", f"title = {_toml(text.title)}",
            f"effective = {text.effective.isoformat()}", 'certainty = "text"',
        ]  # fmt: skip
        if text.id not in used:
            lines.append('unused = "Đã rút trước khi áp dụng"')
        lines.append("")
    return "\n".join(lines)


@dataclass
class _Item:
    """The entries of one value or of one row, as time goes on."""

    entries: list[tuple[dt.date, dt.date | None, LocalRule, Any]] = field(default_factory=list)

    def add(self, since: dt.date, until: dt.date | None, rule: LocalRule, value: Any) -> None:
        if self.entries:
            start, end, last, before = self.entries[-1]
            if end == since and before == value and last.text == rule.text:
                self.entries[-1] = (start, until, last, before)
                return
        self.entries.append((since, until, rule, value))


def _subject(code: str, rules: list[LocalRule], book_on: BookOn) -> str:
    values: dict[str, _Item] = {}
    rows: dict[str, dict[str, _Item]] = {}
    titles: dict[str, tuple[str, str]] = {}
    for since, until, holding in spans(rules):
        book = book_on(code, since)
        for name, (rule, value) in _latest_values(holding).items():
            ruling = book.ruling(name)
            titles[name] = (ruling.title, ruling.unit)
            values.setdefault(name, _Item()).add(since, until, rule, value)
        for catalogue, changed in _latest_rows(book, holding).items():
            for key, (rule, columns) in changed.items():
                rows.setdefault(catalogue, {}).setdefault(key, _Item()).add(since, until, rule, columns)
    if not values and not rows:
        return ""
    lines = [f"subject = {_toml(SUBJECT + code)}", ""]
    for name, item in values.items():
        title, unit = titles[name]
        lines += [f"[values.{name}]", f"title = {_toml(title)}"]
        lines += [f"unit = {_toml(unit)}"] if unit else []
        lines += ["entries = [", *(_entry(*entry) for entry in item.entries), "]", ""]
    for catalogue, items in rows.items():
        lines += [f"[catalogues.{catalogue}]", f"title = {_toml('Quy định riêng: ' + catalogue)}", "rows = ["]
        lines += [_row(key, *entry) for key, item in items.items() for entry in item.entries]
        lines += ["]", ""]
    return "\n".join(lines)


def spans(rules: Iterable[LocalRule]) -> Iterator[tuple[dt.date, dt.date | None, list[LocalRule]]]:
    """The stretches of time in which the same rules hold, each with those rules, the latest last."""
    rules = [rule for rule in rules if rule.until is None or rule.since < rule.until]
    days = sorted({rule.since for rule in rules} | {rule.until for rule in rules if rule.until})
    for place, since in enumerate(days):
        holding = sorted((rule for rule in rules if rule.holds(since)), key=lambda rule: rule.since)
        if holding:
            yield since, days[place + 1] if place + 1 < len(days) else None, holding


def _latest_values(holding: list[LocalRule]) -> dict[str, tuple[LocalRule, Any]]:
    return {name: (rule, value) for rule in holding for name, value in rule.values.items()}


def _latest_rows(book: Book, holding: list[LocalRule]) -> dict[str, dict[str, tuple[LocalRule, Any]]]:
    """Whole rows, since a lower layer replaces a row as a whole: the upper columns with the changed ones."""
    found: dict[str, dict[str, tuple[LocalRule, Any]]] = {}
    for rule in holding:
        for catalogue, additions in rule.added.items():
            for addition in additions:
                columns = {k: v for k, v in addition.items() if k != "key"}
                part = next((r["part"] for r in book.rows(catalogue) if r.key == addition["parent"]), "common")
                found.setdefault(catalogue, {})[addition["key"]] = (rule, {**columns, "part": part})
        for catalogue, changes in rule.rows.items():
            upper = {row.key: row for row in book.rows(catalogue)}
            for key, changed in changes.items():
                before = found.get(catalogue, {}).get(key)
                base = before[1] if before else _columns(upper[key])
                found.setdefault(catalogue, {})[key] = (rule, {**base, **changed})
            if catalogue == "grades":
                _meet(found["grades"], upper, rule)
    return found


def _meet(changed: dict[str, tuple[LocalRule, Any]], upper: Mapping[str, Row], rule: LocalRule) -> None:
    """Each grade ends where the better one begins: a threshold is set once, at the better grade."""
    above: Any = None
    for key, row in upper.items():
        columns = changed[key][1] if key in changed else _columns(row)
        wanted = {k: v for k, v in columns.items() if k != "below"} | ({} if above is None else {"below": above})
        if wanted != columns:
            changed[key] = (rule, wanted)
        above = columns.get("min")


def _columns(row: Row) -> dict[str, Any]:
    aliases = {"aliases": row.aliases} if row.aliases else {}
    return {"label": row.label, **aliases, **row.columns}


def _entry(since: dt.date, until: dt.date | None, rule: LocalRule, value: Any) -> str:
    return f"  {{ {_span(since, until)}, value = {_toml(value)}, {_source(rule, since)} }},"


def _row(key: str, since: dt.date, until: dt.date | None, rule: LocalRule, columns: Mapping[str, Any]) -> str:
    told = ", ".join(f"{name} = {_toml(value)}" for name, value in columns.items())
    return f"  {{ key = {_toml(key)}, {told}, {_span(since, until)}, {_source(rule, since)} }},"


def _span(since: dt.date, until: dt.date | None) -> str:
    return f"from = {since.isoformat()}" + (f", to = {until.isoformat()}" if until else "")


def _source(rule: LocalRule, since: dt.date) -> str:
    early = ', note = "Áp dụng cho kỳ bắt đầu trước ngày văn bản có hiệu lực"' if since < rule.text.effective else ""
    return f'source = {_toml(rule.text.id)}, certainty = "text"{early}'


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, (tuple, list)):
        return "[" + ", ".join(map(_toml, value)) + "]"
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key} = {_toml(inner)}" for key, inner in value.items()) + " }"
    if isinstance(value, dt.date):
        return value.isoformat()
    number = Decimal(str(value))
    return str(int(number)) if number == int(number) else f"{number:f}"
