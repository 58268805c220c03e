"""What of a book a lower level may set on a page, and what was typed there read back as changes, all faults at once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

from canbo.foundation.kernel.numbers import format_number
from canbo.foundation.kernel.violation import Violation
from canbo.foundation.rulebooks import Row
from canbo.foundation.rulebooks.model import UNITS

from .books import Book
from .consistency import CHOICES
from .words import percent, settings

TEXT, CHOICE, RATIO, DAY = "text", "choice", "ratio", "day"
NEW_LINES = 4
"""Blank lines for criteria of one's own, on each form."""
_DEADLINES = {
    "before_day": "trước ngày", "before_day_next": "trước ngày (tháng sau)", "before": "trước ngày/tháng",
    "working_days": "số ngày làm việc", "days": "số ngày",
}  # fmt: skip


@dataclass(frozen=True)
class Editable:
    """One value that may be set.

    Args:
        name: of the input: ``v.NAME`` or ``r.CATALOGUE.KEY.COLUMN``.
        kind: how it is typed.
        current: what holds now, as typed.
        value: what holds now, as kept.
    """

    name: str
    title: str
    kind: str
    current: str
    value: Any
    unit: str
    article: str
    sure: bool
    choices: tuple[tuple[str, str], ...] = ()
    optional: bool = False
    depth: int = 0


@dataclass(frozen=True)
class Part:
    """One part of the form; ``adds`` names the catalogue that takes new criteria, below ``parents``."""

    key: str
    title: str
    fields: tuple[Editable, ...]
    adds: str = ""
    parents: tuple[tuple[str, str], ...] = field(default=())


def parts(book: Book) -> list[Part]:
    """Everything of a book that a lower level may set."""
    found = [*_criteria(book), _rows(book, "grades", "Mốc điểm của các mức", "min", TEXT, "điểm")]
    found.append(_rows(book, "caps", "Tỷ lệ mức cao nhất", "ratio", RATIO, "%"))
    found.append(Part("deadlines", "Thời hạn", tuple(_deadlines(book))))
    found.append(Part("values", "Giá trị, thiết lập", tuple(_values(book))))
    return [part for part in found if part.fields]


def _criteria(book: Book) -> Iterator[Part]:
    named: dict[str, list[str]] = {}
    for group in book.groups.values():
        if group.criteria:
            named.setdefault(group.criteria, []).append(group.title)
    for name, titles in named.items():
        fields, depths = [], {"": -1}
        for row in book.rows(name):
            depth = depths[row.key] = depths.get(row.get("parent", ""), -1) + 1
            fields.append(_of_row(name, row, f"{row.key}. {row.label}", "max", TEXT, "điểm", depth, optional=True))
        parents = tuple((row.key, f"{row.key}. {row.label}"[:80]) for row in book.rows(name))
        yield Part(name, f"Điểm tối đa từng tiêu chí: {'; '.join(titles)}", tuple(fields), name, parents)


def _rows(book: Book, name: str, title: str, column: str, kind: str, unit: str) -> Part:
    rows = [row for row in book.rows(name) if row.get(column) is not None]
    return Part(name, title, tuple(_of_row(name, row, row.label, column, kind, unit) for row in rows))


def _deadlines(book: Book) -> Iterator[Editable]:
    for row in book.rows("deadlines"):
        for column, words in _DEADLINES.items():
            if row.get(column) is not None:
                kind = DAY if column == "before" else TEXT
                yield _of_row("deadlines", row, f"{row.label}: {words}", column, kind, "")


def _values(book: Book) -> Iterator[Editable]:
    for ruling in settings(book):
        name = ruling.path.rpartition(".")[2]
        words = CHOICES.get(name)
        if words is None and (isinstance(ruling.value, (bool, str)) or not isinstance(ruling.value, (int, float))):
            continue
        choices = tuple((str(key), text) for key, text in (words or {}).items())
        current = str(ruling.value) if words else format_number(Decimal(str(ruling.value)))
        yield Editable(
            f"v.{name}",
            ruling.title,
            CHOICE if words else TEXT,
            current,
            ruling.value,
            UNITS[ruling.unit],
            ruling.reference,
            ruling.is_sure,
            choices,
        )


def _of_row(
    name: str, row: Row, title: str, column: str, kind: str, unit: str, depth: int = 0, *, optional: bool = False
) -> Editable:
    value, ruling = row.get(column), row.ruling
    return Editable(
        f"r.{name}.{row.key}.{column}",
        title,
        kind,
        _typed(kind, value),
        value,
        unit,
        ruling.reference,
        ruling.is_sure,
        optional=optional,
        depth=depth,
    )


def _typed(kind: str, value: Any) -> str:
    if value is None:
        return ""
    if kind == RATIO:
        return percent(value)
    if kind == DAY:
        month, day = value.split("-")
        return f"{day}/{month}"
    return format_number(Decimal(str(value)))


def read(book: Book, data: Mapping[str, str]) -> tuple[dict[str, Any], list[Violation]]:
    """The changes typed into the form: only what differs from what holds now."""
    changes: dict[str, Any] = {"values": {}, "rows": {}, "added": {}}
    faults: list[Violation] = []
    for part in parts(book):
        for one in part.fields:
            typed = data.get(one.name, one.current).strip()
            if typed == one.current:
                continue
            try:
                value = _value(one, typed)
            except ValueError as error:
                faults.append(Violation("EVAL-LOCAL-TYPED", f"{one.title}: {error}", one.name))
                continue
            if value == one.value:
                continue
            if one.name.startswith("v."):
                changes["values"][one.name[2:]] = value
            else:
                _, rest = one.name.split(".", 1)
                name, rest = rest.split(".", 1)
                key, column = rest.rsplit(".", 1)
                changes["rows"].setdefault(name, {}).setdefault(key, {})[column] = value
        if part.adds:
            additions, wrong = _added(part, data)
            faults += wrong
            if additions:
                changes["added"][part.adds] = additions
    return {name: value for name, value in changes.items() if value}, faults


def _value(one: Editable, typed: str) -> Any:
    if one.kind == CHOICE:
        found = next((key for key in CHOICES[one.name[2:]] if str(key) == typed), None)
        if found is None:
            raise ValueError(f"“{typed}” không phải là lựa chọn có thể.")
        return found
    if one.kind == DAY:
        match = re.fullmatch(r"(\d{1,2})/(\d{1,2})", typed)
        if not match or not (1 <= int(match[2]) <= 12 and 1 <= int(match[1]) <= 31):
            raise ValueError(f"“{typed}” không phải là ngày/tháng, ví dụ 15/12.")
        return f"{int(match[2]):02d}-{int(match[1]):02d}"
    if not typed and one.optional:
        raise ValueError("đã có điểm thì không bỏ trống được; ghi 0 nếu không chấm.")
    number = _number(typed)
    if one.kind == RATIO:
        ratio = Fraction(number) / 100
        return f"{ratio.numerator}/{ratio.denominator}" if number != int(number) else f"{int(number)}/100"
    return int(number) if number == int(number) else float(number)


def _number(typed: str) -> Decimal:
    try:
        number = Decimal(typed.replace(".", "").replace(",", ".") if "," in typed else typed)
    except InvalidOperation:
        raise ValueError(f"“{typed}” không phải là số. Ghi ví dụ 2,5.") from None
    if not number.is_finite():
        raise ValueError(f"“{typed}” không phải là số.")
    return number


def _added(part: Part, data: Mapping[str, str]) -> tuple[list[dict[str, Any]], list[Violation]]:
    """Criteria of one's own, below existing ones; keys follow the parent's."""
    found: list[dict[str, Any]] = []
    faults = []
    taken = {key for key, _ in part.parents}
    for number in range(1, NEW_LINES + 1):
        name = f"n.{part.adds}.{number}"
        parent, label, most = (data.get(f"{name}.{column}", "").strip() for column in ("parent", "label", "max"))
        if not (label or most):
            continue
        if not (parent in taken and label and most):
            faults.append(
                Violation("EVAL-LOCAL-ADDED", f"Tiêu chí thêm dòng {number}: cần đủ tiêu chí cha, tên và điểm.", name)
            )
            continue
        try:
            points = _number(most)
        except ValueError as error:
            faults.append(Violation("EVAL-LOCAL-ADDED", f"Tiêu chí thêm dòng {number}: {error}", name))
            continue
        place = 1
        while f"{parent}.r{place}" in taken:
            place += 1
        key = f"{parent}.r{place}"
        taken.add(key)
        value = int(points) if points == int(points) else float(points)
        found.append({"key": key, "parent": parent, "label": label, "max": value})
    return found, faults


@dataclass(frozen=True)
class Change:
    """One change told: what, from what, to what."""

    title: str
    before: str
    after: str
    article: str


def told(book: Book, changes: Mapping[str, Any]) -> list[Change]:
    """The changes of a local rule against the book above it, in words."""
    by_name = {one.name: one for part in parts(book) for one in part.fields}
    found = []
    for name, value in changes.get("values", {}).items():
        found.append(_change(by_name.get(f"v.{name}"), name, value))
    for catalogue, rows in changes.get("rows", {}).items():
        for key, columns in rows.items():
            for column, value in columns.items():
                found.append(_change(by_name.get(f"r.{catalogue}.{key}.{column}"), f"{catalogue} {key}", value))
    for additions in changes.get("added", {}).values():
        found += [
            Change(f"Tiêu chí mới {one['key']}. {one['label']}", "không có", f"{_typed(TEXT, one['max'])} điểm", "")
            for one in additions
        ]
    return found


def _change(one: Editable | None, name: str, value: Any) -> Change:
    if one is None:
        return Change(name, "", str(value), "")
    if one.kind == CHOICE:
        words = dict(one.choices)
        return Change(one.title, words.get(one.current, one.current), words.get(str(value), str(value)), one.article)
    before = f"{one.current} {one.unit}".strip() if one.current else "chưa quy định"
    return Change(one.title, before, f"{_typed(one.kind, value)} {one.unit}".strip(), one.article)


def as_typed(book: Book, changes: Mapping[str, Any]) -> dict[str, str]:
    """The form filled with what a draft changes."""
    found = {one.name: one.current for part in parts(book) for one in part.fields}
    kinds = {one.name: one.kind for part in parts(book) for one in part.fields}
    for name, value in changes.get("values", {}).items():
        key = f"v.{name}"
        found[key] = str(value) if kinds.get(key) == CHOICE else _typed(TEXT, value)
    for catalogue, rows in changes.get("rows", {}).items():
        for key, columns in rows.items():
            for column, value in columns.items():
                name = f"r.{catalogue}.{key}.{column}"
                found[name] = _typed(kinds.get(name, TEXT), value)
    for catalogue, additions in changes.get("added", {}).items():
        for number, one in enumerate(additions, 1):
            for column in ("parent", "label"):
                found[f"n.{catalogue}.{number}.{column}"] = one[column]
            found[f"n.{catalogue}.{number}.max"] = _typed(TEXT, one["max"])
    return found
