"""What is wrong with a description of a subject: every fault at once, in the words of the person who entered it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from canbo.foundation.kernel.numbers import format_number
from canbo.foundation.kernel.violation import Refused, Violation

from .books import Book
from .parts import Group
from .results import symbol
from .shapes import Subject, TaskLine, TaskTotals

HUNDRED = Decimal(100)


def faults(book: Book, subject: Subject, *, refuse: bool = False) -> list[Violation]:
    """Every fault of a subject against a book.

    Args:
        refuse: raise them instead of returning them.

    Raises:
        Refused: only with ``refuse``.
    """
    try:
        group = book.group(subject.group)
    except KeyError as error:
        found = [Violation("EVAL-GROUP", f"{error.args[0]}.", "subject_group"), *_tasks(subject)]
    else:
        found = [*_criteria(book, subject), *_parts(book, subject, group), *_tasks(subject), *_facts(book, subject)]
    if refuse and found:
        raise Refused(found)
    return found


def _criteria(book: Book, subject: Subject) -> Iterator[Violation]:
    scored = {criterion.key: criterion for criterion in book.scored(subject.group)}
    for key, points in subject.criteria.items():
        place = f"criteria.{key}"
        criterion = scored.get(key)
        if criterion is None:
            yield Violation(
                "EVAL-CRITERION",
                f"Không chấm điểm ở tiêu chí “{key}”.",
                place,
                book.source,
                f"Chấm ở: {', '.join(scored) or 'không có tiêu chí nào'}.",
            )
            continue
        if points is None:
            continue
        most = criterion.max or Decimal(0)
        if points < 0 or points > most:
            yield Violation(
                "EVAL-POINTS",
                f"Tiêu chí {key}: {format_number(points)} điểm, ngoài khoảng 0 đến {format_number(most)}.",
                place,
                criterion.row.ruling.reference,
                "Sửa điểm trong khoảng cho phép.",
            )
        elif criterion.binary and points not in (0, most):
            yield Violation(
                "EVAL-BINARY",
                f"Tiêu chí {key} chỉ có hai mức: đảm bảo ({format_number(most)}) hoặc không đảm bảo (0).",
                place,
                criterion.row.ruling.reference,
                "Chọn một trong hai mức.",
            )


def _parts(book: Book, subject: Subject, group: Group) -> Iterator[Violation]:
    levels = {Decimal(str(level)) for level in book.value("leader_levels", ())}
    if group.formula == "mean_abcdde":
        for key, value in subject.leader.items():
            if key not in ("d", "dd", "e"):
                yield Violation("EVAL-LEADER", f"Không có thành phần “{key}”.", f"leader.{key}", fix="Dùng d, dd, e.")
            elif value is not None and value not in levels:
                known = " hoặc ".join(format_number(level) for level in sorted(levels, reverse=True))
                yield Violation(
                    "EVAL-LEADER",
                    f"{symbol(key)} = {format_number(value)}: chỉ có {known}.",
                    f"leader.{key}",
                    book.ruling("leader_levels").reference,
                )
    for key, value in subject.components.items():
        if key not in ("a", "b", "c"):
            yield Violation("EVAL-COMPONENT", f"Không có thành phần “{key}”.", f"components.{key}", fix="Dùng a, b, c.")
        elif value is not None and not 0 <= value <= HUNDRED:
            yield Violation(
                "EVAL-COMPONENT", f"{key} = {format_number(value)}, ngoài khoảng 0 đến 100.", f"components.{key}"
            )
    for axis in subject.axes:
        for part, value in axis.parts.items():
            if value is not None and not 0 <= value <= HUNDRED:
                yield Violation(
                    "EVAL-AXIS",
                    f"Trục {axis.key}, {part}: {format_number(value)}, ngoài khoảng 0 đến 100.",
                    f"axes.{axis.key}.{part}",
                )


def _tasks(subject: Subject) -> Iterator[Violation]:
    if isinstance(subject.tasks, TaskTotals):
        return
    for place, line in enumerate(subject.tasks, 1):
        for name, words in _QUANTITIES.items():
            if getattr(line, name) < 0 or (name == "coef" and line.coef == 0):
                limit = "phải lớn hơn 0" if name == "coef" else "không được âm"
                yield _task(place, line, name, f"{words} {format_number(getattr(line, name))} {limit}")
        for part, whole, words in _EXCUSES:
            if getattr(line, part) > getattr(line, whole):
                yield _task(place, line, part, f"{words} nhiều hơn số lần ghi nhận")
        if line.quality is not None and not 0 <= line.quality <= HUNDRED:
            yield _task(place, line, "quality", f"chất lượng {format_number(line.quality)}% ngoài khoảng 0 đến 100")


def _task(place: int, line: TaskLine, name: str, message: str) -> Violation:
    title = f" ({line.title})" if line.title else ""
    return Violation("EVAL-TASK", f"Nhiệm vụ {place}{title}: {message}.", f"tasks[{place}].{name}", fix="Sửa số liệu.")


_QUANTITIES = {
    "coef": "hệ số",
    "assigned": "số lượng giao",
    "done": "số lượng hoàn thành",
    "quality_fails": "số lần chưa đạt chất lượng",
    "delays": "số lần chậm",
    "excused_fails": "số lần chưa đạt được miễn trừ",
    "excused_delays": "số lần chậm được miễn trừ",
}
_EXCUSES = (
    ("excused_fails", "quality_fails", "số lần chưa đạt được miễn trừ"),
    ("excused_delays", "delays", "số lần chậm được miễn trừ"),
)


def _facts(book: Book, subject: Subject) -> Iterator[Violation]:
    for key, value in subject.facts.items():
        row = book.facts.get(key)
        if row is None:
            yield Violation(
                "EVAL-FACT",
                f"Không có thông tin tên “{key}”.",
                f"facts.{key}",
                fix="Xem danh sách: canbo rules show evaluation.facts.",
            )
        elif value is not None and not _fits(row.get("kind"), value):
            yield Violation("EVAL-FACT", f"{row.label}: {_KINDS[row.get('kind')]}.", f"facts.{key}")
        elif row.get("kind") == "grade" and value is not None and value not in {g.key for g in book.grades}:
            known = ", ".join(grade.key for grade in book.grades)
            yield Violation("EVAL-FACT", f"{row.label}: không có mức “{value}”.", f"facts.{key}", fix=f"Dùng {known}.")
    softenable = {case.key for case in book.knockouts(subject.group) if case.mitigation}
    for key, mitigation in subject.mitigations.items():
        if key not in softenable:
            yield Violation("EVAL-MITIGATION", f"“{key}” không có điều khoản xem xét.", f"mitigations.{key}")
        elif not (mitigation.reason.strip() and mitigation.decided_by.strip()):
            yield Violation(
                "EVAL-MITIGATION", "Xem xét giảm nhẹ phải ghi lý do và người quyết định.", f"mitigations.{key}"
            )


_KINDS: Mapping[Any, str] = {
    "flag": "ghi true (có), false (không) hoặc null (chưa biết)",
    "number": "ghi một số không âm",
    "ratio": "ghi tỷ lệ từ 0 đến 1",
    "text": "ghi chữ",
    "grade": "ghi mã mức xếp loại",
}


def _fits(kind: Any, value: Any) -> bool:
    if kind == "flag":
        return isinstance(value, bool)
    if kind in ("number", "ratio"):
        number = not isinstance(value, (bool, str, list, dict)) and value >= 0
        return number and (kind == "number" or value <= 1)
    return isinstance(value, str)
