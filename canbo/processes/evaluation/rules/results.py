"""The result part (kết quả thực hiện nhiệm vụ) of a score: one function for each formula a rulebook may name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from .books import Book
from .parts import RESULT
from .shapes import Subject, TaskTotals

HUNDRED = Fraction(100)
Parts = Mapping[str, Fraction | None]
NOTHING_ASSIGNED = "Trong kỳ không có nhiệm vụ được giao: chưa đủ dữ liệu để tính điểm kết quả, chưa xếp loại."


@dataclass(frozen=True)
class Result:
    """The result part: its components and per cent reached; ``percent`` None with the notes saying why."""

    percent: Fraction | None
    components: Parts = field(default_factory=dict)
    points: Fraction | None = None
    notes: tuple[str, ...] = ()


def result_of(book: Book, subject: Subject, totals: TaskTotals) -> Result:
    """The result part by the formula of the subject's group."""
    return FORMULAS[book.group(subject.group).formula](book, subject, totals)


def ratios(book: Book, totals: TaskTotals) -> dict[str, Fraction | None]:
    """a, b, c in per cent, each at most the ceiling of the book; None when nothing was assigned."""
    if totals.assigned <= 0:
        return {"a": None, "b": None, "c": None}
    base = Fraction(totals.assigned)
    ceiling = int(book.value("component_ceiling", 0))
    found: dict[str, Fraction | None] = {}
    for key, part in (("a", totals.done), ("b", totals.quality), ("c", totals.progress)):
        value = HUNDRED * Fraction(part) / base
        found[key] = Fraction(ceiling) if ceiling and value > ceiling else value
    return found


def _mean_abc(book: Book, subject: Subject, totals: TaskTotals) -> Result:
    parts = ratios(book, totals)
    if parts["a"] is None:
        return Result(None, parts, notes=(NOTHING_ASSIGNED,))
    return _mean(book, parts)


def _mean_abcdde(book: Book, subject: Subject, totals: TaskTotals) -> Result:
    parts = ratios(book, totals)
    for key in ("d", "dd", "e"):
        given = subject.leader.get(key)
        parts[key] = None if given is None else Fraction(given)
    notes: tuple[str, ...] = (NOTHING_ASSIGNED,) if parts["a"] is None else ()
    if missing := [key for key in ("d", "dd", "e") if parts[key] is None]:
        names = ", ".join(symbol(key) for key in missing)
        notes += (f"Chưa đủ dữ liệu: chưa có {names} của người giữ chức vụ lãnh đạo, quản lý.",)
    return Result(None, parts, notes=notes) if notes else _mean(book, parts)


def _mean_support(book: Book, subject: Subject, totals: TaskTotals) -> Result:
    parts = {key: _fraction(subject.components.get(key)) for key in ("a", "b", "c")}
    if missing := [key for key, value in parts.items() if value is None]:
        note = f"Chưa đủ dữ liệu: chưa chấm {', '.join(missing)} của người lao động hỗ trợ, phục vụ."
        return Result(None, parts, notes=(note,))
    return _mean(book, parts)


def _mean(book: Book, parts: Parts) -> Result:
    known = [value for value in parts.values() if value is not None]
    percent = sum(known, Fraction(0)) / len(known)
    return Result(percent, parts, percent / HUNDRED * Fraction(book.decimal("result_max")))


def _scored(book: Book, subject: Subject, totals: TaskTotals) -> Result:
    scored = book.scored(subject.group, RESULT)
    points = [_fraction(subject.criteria.get(criterion.key)) for criterion in scored]
    if missing := [c.key for c, value in zip(scored, points, strict=True) if value is None]:
        return Result(None, notes=(f"Chưa đủ dữ liệu: chưa chấm tiêu chí kết quả {', '.join(missing)}.",))
    found = sum((value for value in points if value is not None), Fraction(0))
    return Result(found / Fraction(book.decimal("result_max")) * HUNDRED, {}, found)


def _axes(book: Book, subject: Subject, totals: TaskTotals) -> Result:
    """Σ of KPI% × maximum of each axis; KPI% is the mean of the parts the group is judged by."""
    parts = tuple(book.group(subject.group).row["parts"])
    most = Fraction(book.decimal("result_max"))
    if not subject.axes:
        return Result(None, notes=("Chưa đủ dữ liệu: chưa có điểm tối đa được duyệt của các trục.",))
    notes = []
    approved = sum((Fraction(axis.max_points) for axis in subject.axes), Fraction(0))
    if approved != most:
        notes.append(f"Tổng điểm tối đa các trục là {float(approved):g}, phải bằng {float(most):g}.")
    points = Fraction(0)
    components: dict[str, Fraction | None] = {}
    for axis in subject.axes:
        values = [_fraction(axis.parts.get(part)) for part in parts]
        if None in values:
            components[axis.key] = None
            notes.append(f"Chưa đủ dữ liệu: trục {axis.key} chưa có đủ {len(parts)} thành phần KPI.")
            continue
        percent = sum((v for v in values if v is not None), Fraction(0)) / len(parts)
        components[axis.key] = percent
        points += percent / HUNDRED * Fraction(axis.max_points)
    if notes:
        return Result(None, components, notes=tuple(notes))
    return Result(points / most * HUNDRED, components, points)


def _task_points(book: Book, subject: Subject, totals: TaskTotals) -> Result:
    """min(reached ÷ planned × 70 + bonus, 70): points of each task by difficulty, progress and quality."""
    if not totals.planned or totals.planned <= 0 or totals.actual is None:
        return Result(None, notes=(NOTHING_ASSIGNED,))
    most = Fraction(book.decimal("result_max"))
    extra = min(Fraction(totals.bonus or 0), Fraction(str(book.value("task_bonus_max", 0))))
    points = min(Fraction(totals.actual) / Fraction(totals.planned) * most + extra, most)
    return Result(points / most * HUNDRED, {}, points)


def _given(book: Book, subject: Subject, totals: TaskTotals) -> Result:
    note = "Kết quả theo văn bản cũ: giữ mức đã ghi trên quyết định, không tính lại."
    return Result(None, notes=(note,))


def _fraction(value: Decimal | None) -> Fraction | None:
    return None if value is None else Fraction(value)


def symbol(component: str) -> str:
    """How a component is printed: ``dd`` is đ."""
    return {"dd": "đ"}.get(component, component)


FORMULAS: dict[str, Callable[[Book, Subject, TaskTotals], Result]] = {
    "mean_abc": _mean_abc,
    "mean_abcdde": _mean_abcdde,
    "mean_support": _mean_support,
    "scored": _scored,
    "axes": _axes,
    "task_points": _task_points,
    "given": _given,
}
