"""A subject described as plain data (a JSON file): read with every fault at once, and the outcome written back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from canbo.foundation.kernel.violation import Violation

from .books import Book
from .checking import faults
from .shapes import Axis, Mitigation, Outcome, Subject, TaskLine

_KEYS = {
    "subject_group", "criteria", "tasks", "leader", "components", "axes", "facts", "records", "mitigations", "period",
}  # fmt: skip
_NUMBERS = ("coef", "assigned", "done", "quality")
_COUNTS = ("quality_fails", "delays", "excused_fails", "excused_delays")
_FLAGS = ("ad_hoc", "taken_over", "handed_back", "late", "exceeded", "failed")
_PERIODS = ("", "month", "quarter", "half_year", "year")


class _Reader:
    """Takes values of the kinds asked for and collects a fault for every one that is of another kind."""

    def __init__(self) -> None:
        self.faults: list[Violation] = []

    def fault(self, place: str, message: str, fix: str = "") -> None:
        self.faults.append(Violation("EVAL-JSON", f"{place}: {message}", place, fix=fix or None))

    def table(self, data: Any, place: str) -> Mapping[str, Any]:
        if data is None:
            return {}
        if not isinstance(data, dict):
            self.fault(place, "phải là một đối tượng {…}.")
            return {}
        return data

    def number(self, value: Any, place: str) -> Decimal | None:
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
            self.fault(place, f"“{value}” không phải là số.", "Ghi số, dấu chấm thập phân, không đặt trong ngoặc kép.")
            return None
        return Decimal(value)

    def numbers(self, data: Any, place: str) -> dict[str, Decimal | None]:
        return {key: self.number(value, f"{place}.{key}") for key, value in self.table(data, place).items()}

    def count(self, value: Any, place: str) -> int:
        number = self.number(value, place)
        if number is not None and number != int(number):
            self.fault(place, f"{number} phải là số nguyên.")
            return 0
        return int(number or 0)

    def flag(self, value: Any, place: str) -> bool | None:
        if value is None or isinstance(value, bool):
            return value
        self.fault(place, f"“{value}” phải là true hoặc false.")
        return None

    def text(self, value: Any, place: str) -> str:
        if isinstance(value, str):
            return value
        self.fault(place, f"“{value}” phải là chữ trong ngoặc kép.")
        return ""

    def rows(self, data: Any, place: str, known: set[str]) -> list[tuple[str, Mapping[str, Any]]]:
        """The objects of a list with their places; keys that mean nothing are faults."""
        if data is None:
            return []
        if not isinstance(data, list):
            self.fault(place, "phải là một danh sách […].")
            return []
        found: list[tuple[str, Mapping[str, Any]]] = []
        for number, row in enumerate(data, 1):
            here = f"{place}[{number}]"
            if not isinstance(row, dict):
                self.fault(here, "phải là một đối tượng {…}.")
                continue
            self.known(row, here, known)
            found.append((here, row))
        return found

    def known(self, data: Mapping[str, Any], place: str, known: set[str]) -> None:
        for key in sorted(set(data) - known):
            self.fault(f"{place}.{key}" if place else key, "không hiểu mục này.", f"Dùng: {', '.join(sorted(known))}.")


def subject_of(data: Any, book: Book) -> tuple[Subject | None, list[Violation]]:
    """The subject a JSON document describes, and every fault of it; None with faults.

    Numbers are expected as ``int`` or ``Decimal`` (``json.load(parse_float=Decimal)``). In ``facts`` a missing key
    is what an empty register means, ``null`` is not known.
    """
    reader = _Reader()
    if not isinstance(data, dict):
        reader.fault("tệp", "phải chứa một đối tượng JSON {…}.")
        return None, reader.faults
    reader.known(data, "", _KEYS)
    group = data.get("subject_group")
    if not isinstance(group, str):
        known = ", ".join(f"{g.key} ({g.title})" for g in book.groups.values())
        reader.fault("subject_group", "thiếu nhóm đối tượng.", f"Dùng: {known}.")
    if data.get("period", "") not in _PERIODS:
        reader.fault("period", f"không có kỳ “{data['period']}”.", f"Dùng: {', '.join(_PERIODS[1:])}.")
    subject = Subject(
        group=group if isinstance(group, str) else "",
        criteria=reader.numbers(data.get("criteria"), "criteria"),
        tasks=tuple(_line(reader, row, here) for here, row in _tasks(reader, data)),
        leader=reader.numbers(data.get("leader"), "leader"),
        components=reader.numbers(data.get("components"), "components"),
        axes=tuple(_axis(reader, row, here) for here, row in _axes(reader, data)),
        facts=dict(reader.table(data.get("facts"), "facts")),
        records={k: reader.text(v, f"records.{k}") for k, v in reader.table(data.get("records"), "records").items()},
        mitigations=_mitigations(reader, data.get("mitigations")),
        period=data.get("period", "") if isinstance(data.get("period", ""), str) else "",
    )
    found = [*reader.faults, *(f for f in faults(book, subject) if isinstance(group, str) or f.code != "EVAL-GROUP")]
    return (None if found else subject), found


def _tasks(reader: _Reader, data: Mapping[str, Any]) -> list[tuple[str, Mapping[str, Any]]]:
    return reader.rows(data.get("tasks"), "tasks", {"key", "title", *_NUMBERS, *_COUNTS, *_FLAGS})


def _axes(reader: _Reader, data: Mapping[str, Any]) -> list[tuple[str, Mapping[str, Any]]]:
    return reader.rows(data.get("axes"), "axes", {"key", "max", "parts", "main"})


def _line(reader: _Reader, row: Mapping[str, Any], place: str) -> TaskLine:
    values: dict[str, Any] = {}
    readers: tuple[tuple[tuple[str, ...], Callable[[Any, str], Any]], ...] = (
        (("key", "title"), reader.text),
        (_NUMBERS, reader.number),
        (_COUNTS, reader.count),
        (_FLAGS, reader.flag),
    )
    for names, take in readers:
        for name in names:
            if row.get(name) is not None:
                values[name] = take(row[name], f"{place}.{name}")
    return TaskLine(**{name: value for name, value in values.items() if value is not None})


def _axis(reader: _Reader, row: Mapping[str, Any], place: str) -> Axis:
    most = reader.number(row.get("max"), f"{place}.max")
    if most is None:
        reader.fault(f"{place}.max", "thiếu điểm tối đa được duyệt của trục.")
    key = reader.text(row.get("key", ""), f"{place}.key")
    parts = reader.numbers(row.get("parts"), f"{place}.parts")
    return Axis(key, most or Decimal(0), parts, bool(reader.flag(row.get("main"), f"{place}.main")))


def _mitigations(reader: _Reader, data: Any) -> dict[str, Mitigation]:
    found = {}
    for key, row in reader.table(data, "mitigations").items():
        card = reader.table(row, f"mitigations.{key}")
        found[key] = Mitigation(
            reader.text(card.get("reason", ""), f"mitigations.{key}.reason"),
            reader.text(card.get("decided_by", ""), f"mitigations.{key}.decided_by"),
        )
    return found


def plain(book: Book, outcome: Outcome) -> dict[str, Any]:
    """An outcome as plain data, numbers unrounded."""
    return {
        "rulebook": book.code,
        "title": book.title,
        "source": book.source,
        "on": book.on.isoformat(),
        "version": book.version,
        "common": _float(outcome.common),
        **{key: _float(value) for key, value in outcome.components.items()},
        "result": _float(outcome.result),
        "result_points": _float(outcome.result_points),
        "total": _float(outcome.total),
        "grade_by_points": outcome.grade_by_points,
        "grade_by_conditions": outcome.grade_by_conditions,
        "grade": outcome.grade,
        "suggestion": outcome.suggestion,
        "exempt": outcome.exempt or None,
        "enough": outcome.enough,
        "reasons": [
            {
                "rule": r.rule, "article": r.article, "met": r.met, "value": r.value, "text": r.text,
                "record": r.record, "grade": r.grade, "kind": r.kind, "sure": r.sure,
            }
            for r in outcome.reasons
        ],
        "notes": list(outcome.notes),
        "formulas": [
            {
                "key": line.key, "label": line.label, "formula": line.formula, "filled": line.filled,
                "value": _float(line.value), "max": _float(line.maximum), "article": line.article,
            }
            for line in outcome.formula_lines
        ],
    }  # fmt: skip


def _float(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
