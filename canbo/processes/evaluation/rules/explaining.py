"""The formulas filled in, so that a person believes her points: by criterion, by task row, by component."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from canbo.foundation.kernel.numbers import format_number

from .books import Book
from .parts import PARTS
from .results import Result, symbol
from .shapes import FormulaLine, Subject, TaskLine, TaskTotals
from .totals import share, task_points

_SIGNS = {
    "a": ("100 × Σ(hệ số × hoàn thành) ÷ Σ(hệ số × giao)", "done"),
    "b": ("100 × Σ(hệ số × hoàn thành × phần còn lại về chất lượng) ÷ Σ(hệ số × giao)", "quality"),
    "c": ("100 × Σ(hệ số × hoàn thành × phần còn lại về tiến độ) ÷ Σ(hệ số × giao)", "progress"),
}


def formula_lines(
    book: Book,
    subject: Subject,
    totals: TaskTotals,
    common: Fraction | None,
    result: Result,
    total: Fraction | None,
) -> tuple[FormulaLine, ...]:
    """Every line from the first criterion to the total, in the order a person reads them."""
    formula = book.group(subject.group).formula
    lines = [*_criteria(book, subject), *_common(book, subject, common)]
    if not isinstance(subject.tasks, TaskTotals):
        lines += _tasks(book, subject.tasks, formula)
    lines += _components(book, subject, totals, result, formula)
    lines += _result(book, result, formula, totals)
    lines += _total(book, subject, common, result, total)
    return tuple(lines)


def _criteria(book: Book, subject: Subject) -> Iterator[FormulaLine]:
    for criterion in book.scored(subject.group):
        points = subject.criteria.get(criterion.key)
        filled = f"{_vi(points)} / {_vi(criterion.max)}" if points is not None else "chưa chấm"
        yield FormulaLine(
            criterion.key, criterion.title, "điểm chấm", filled, points, criterion.max, criterion.row.ruling.reference
        )


def _common(book: Book, subject: Subject, common: Fraction | None) -> Iterator[FormulaLine]:
    scored = [criterion for criterion in book.scored(subject.group) if criterion.part == "common"]
    if not scored:
        return
    filled = " + ".join(
        _vi(subject.criteria.get(c.key)) if subject.criteria.get(c.key) is not None else "?" for c in scored
    )
    most = sum((c.max or Decimal(0) for c in scored), Decimal(0))
    yield FormulaLine(
        "common",
        f"Điểm {PARTS['common']}",
        "Σ điểm các tiêu chí",
        f"{filled} = {_vi(_decimal(common))}",
        _decimal(common),
        most,
        book.ruling("common_max").reference,
    )


def _tasks(book: Book, lines: tuple[TaskLine, ...], formula: str) -> Iterator[FormulaLine]:
    if formula == "task_points":
        for place, line in enumerate(lines, 1):
            planned, actual, extra = task_points(line, book)
            filled = f"đạt {_vi(actual)} trên {_vi(planned)}" + (f", thưởng {_vi(extra)}" if extra else "")
            yield _task(
                line, place, "điểm chuẩn × độ khó × (tỷ trọng × tiến độ + tỷ trọng × chất lượng)", filled, actual
            )
        return
    if not formula.startswith("mean_abc"):
        return
    step_b, step_c = book.decimal("quality_step"), book.decimal("delay_step")
    for place, line in enumerate(lines, 1):
        left_b, left_c = share(line.fails, step_b), share(line.late_times, step_c)
        done = line.coef * line.counted_done
        words = [
            f"{_vi(line.coef)} × giao {_vi(line.counted_assigned)} = {_vi(line.coef * line.counted_assigned)}",
            f"× xong {_vi(line.counted_done)} = {_vi(done)}",
            f"chất lượng {_vi(done)} × {_vi(left_b * 100)}% = {_vi(done * left_b)}",
            f"tiến độ {_vi(done)} × {_vi(left_c * 100)}% = {_vi(done * left_c)}",
        ]
        yield _task(
            line, place, "hệ số × số lượng, trừ theo lần chưa đạt, lần chậm", "; ".join(words + _kinds(line)), done
        )


def _kinds(line: TaskLine) -> list[str]:
    words = []
    if line.ad_hoc:
        words.append("đột xuất: ngoài số được giao, tính thêm")
    if line.taken_over:
        words.append("nhận thêm: ngoài số được giao, tính thêm")
    if line.handed_back:
        words.append("đã giao người khác: vẫn trong số được giao, không tính hoàn thành")
    if line.excused_fails:
        words.append(f"miễn trừ {line.excused_fails} lần chưa đạt do nguyên nhân khách quan")
    if line.excused_delays:
        words.append(f"miễn trừ {line.excused_delays} lần chậm do nguyên nhân khách quan")
    return words


def _task(line: TaskLine, place: int, formula: str, filled: str, value: Decimal) -> FormulaLine:
    key = f"task:{line.key or place}"
    return FormulaLine(key, line.title or f"Nhiệm vụ {place}", formula, filled, value)


def _components(
    book: Book, subject: Subject, totals: TaskTotals, result: Result, formula: str
) -> Iterator[FormulaLine]:
    names = "components_support" if formula == "mean_support" else "components"
    rows = {row.key: row for row in book.rows(names)}
    axes = {axis.key: axis for axis in subject.axes}
    for key, value in result.components.items():
        row, shown = rows.get(key), _decimal(value)
        label = row.label if row else key
        article = row.ruling.reference if row else ""
        text, filled = "mức được chấm", _vi(shown) or "chưa có"
        if formula != "mean_support" and key in _SIGNS:
            text, column = _SIGNS[key]
            base = f"100 × {_vi(getattr(totals, column))} ÷ {_vi(totals.assigned)}"
            exact = Fraction(getattr(totals, column)) * 100 / Fraction(totals.assigned) if totals.assigned else None
            cut = exact is not None and value is not None and exact > value
            filled = f"{base} = {_vi(_decimal(exact))}" if totals.assigned else "không có nhiệm vụ được giao"
            filled += f", lấy mức trần {_vi(shown)} ({book.ruling('component_ceiling').reference})" if cut else ""
        elif key in axes:
            parts = [value for value in axes[key].parts.values() if value is not None]
            text = "trung bình các thành phần KPI"
            filled = f"({' + '.join(map(_vi, parts))}) ÷ {len(axes[key].parts)} = {_vi(shown) or 'chưa đủ'}"
            filled += f"; × {_vi(axes[key].max_points)} điểm" if shown is not None else ""
        yield FormulaLine(key, f"{symbol(key)}: {label}", text, filled, shown, Decimal(100), article)


def _result(book: Book, result: Result, formula: str, totals: TaskTotals) -> Iterator[FormulaLine]:
    if formula == "given":
        return
    most = book.decimal("result_max")
    percent, points = _decimal(result.percent), _decimal(result.points)
    if formula.startswith("mean"):
        known = [_vi(_decimal(value)) or "?" for value in result.components.values()]
        names = " + ".join(symbol(key) for key in result.components)
        filled = f"({' + '.join(known)}) ÷ {len(known)} = {_vi(percent) or '?'}"
        yield FormulaLine("result", "R: tỷ lệ kết quả", f"({names}) ÷ {len(known)}", filled, percent, Decimal(100))
    text = f"R ÷ 100 × {_vi(most)}"
    filled = f"{_vi(percent)} ÷ 100 × {_vi(most)} = {_vi(points)}" if points is not None else "chưa đủ dữ liệu"
    if formula == "task_points" and totals.planned and totals.actual is not None:
        text = f"điểm đạt ÷ điểm kế hoạch × {_vi(most)}, tối đa {_vi(most)}"
        filled = (
            f"{_vi(totals.actual)} ÷ {_vi(totals.planned)} × {_vi(most)} + thưởng {_vi(totals.bonus)} → {_vi(points)}"
        )
    yield FormulaLine(
        "result_points", f"Điểm {PARTS['result']}", text, filled, points, most, book.ruling("result_max").reference
    )


def _total(
    book: Book, subject: Subject, common: Fraction | None, result: Result, total: Fraction | None
) -> Iterator[FormulaLine]:
    bonus = [c for c in book.scored(subject.group) if c.part == "bonus"]
    if common is None and result.points is None and not bonus:
        return
    parts = [_vi(_decimal(common)) or "?", _vi(_decimal(result.points)) or "?"]
    parts += [_vi(subject.criteria.get(c.key) or Decimal(0)) for c in bonus]
    text = "điểm tiêu chí chung + điểm kết quả" + (" + điểm thưởng" if bonus else "")
    filled = f"{' + '.join(parts)} = {_vi(_decimal(total)) or 'chưa đủ dữ liệu'}"
    yield FormulaLine("total", "Tổng điểm", text, filled, _decimal(total), Decimal(100))


def _vi(value: Decimal | int | None) -> str:
    """At most three decimals on paper; the value kept beside it is exact."""
    if value is None:
        return ""
    return format_number(round(Decimal(value), 3) if isinstance(value, Decimal) else value)


def _decimal(value: Fraction | None) -> Decimal | None:
    return None if value is None else Decimal(value.numerator) / Decimal(value.denominator)
