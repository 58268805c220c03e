"""Whether a book hangs together: points add up, grades meet without gap, ratios and settings are possible."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any

from canbo.foundation.kernel.numbers import format_number
from canbo.foundation.kernel.violation import Violation

from .books import Book
from .caps import BASES, ROUNDINGS
from .parts import PARTS

CHOICES: dict[str, dict[Any, str]] = {
    "cap_rounding": dict(ROUNDINGS),
    "delay_unit": {"event": "tính theo lần chậm", "day": "tính theo ngày làm việc chậm"},
    "no_match": {"suggest": "gợi ý mức, người có thẩm quyền quyết định", "lower": "lấy mức cao nhất đủ điều kiện"},
    "mean_of_quarters": {True: "lấy trung bình các quý", False: "không lấy trung bình các quý"},
}
"""Settings that are one of a few words, with what they mean."""


def book_faults(book: Book) -> list[Violation]:
    """Every inconsistency of a book, in the words of the person who set its values."""
    return [*_points(book), *_grades(book), *_caps(book), *_settings(book)]


def _points(book: Book) -> Iterator[Violation]:
    seen = set()
    for group in book.groups.values():
        if not group.criteria or group.criteria in seen:
            continue
        seen.add(group.criteria)
        tree = book.criteria(group.key)
        for parent in tree:
            children = [c for c in tree if c.parent == parent.key and c.max is not None]
            total = sum((c.max or Decimal(0) for c in children), Decimal(0))
            if children and parent.max is not None and total != parent.max:
                yield Violation(
                    "EVAL-LOCAL-SUM",
                    f"{group.title}: các tiêu chí con của “{parent.key}” cộng lại {format_number(total)} điểm, "
                    f"tiêu chí “{parent.key}” có {format_number(parent.max)} điểm.",
                    f"r.{group.criteria}.{parent.key}.max",
                    parent.row.ruling.reference,
                    f"Sửa để tổng bằng {format_number(parent.max)}.",
                )
        for part in PARTS:
            scored = book.scored(group.key, part)
            most = book.value(f"{part}_max")
            total = sum((c.max or Decimal(0) for c in scored), Decimal(0))
            if scored and most is not None and total != Decimal(str(most)):
                yield Violation(
                    "EVAL-LOCAL-SUM",
                    f"{group.title}: điểm {PARTS[part]} cộng lại {format_number(total)}, "
                    f"phải bằng {format_number(Decimal(str(most)))}.",
                    f"v.{part}_max",
                    book.ruling(f"{part}_max").reference,
                    "Sửa điểm các tiêu chí hoặc điểm tối đa của nhóm.",
                )
        for criterion in tree:
            if criterion.max is not None and criterion.max < 0:
                yield Violation(
                    "EVAL-LOCAL-POINTS",
                    f"Tiêu chí {criterion.key}: điểm tối đa không được âm.",
                    f"r.{group.criteria}.{criterion.key}.max",
                )


def _grades(book: Book) -> Iterator[Violation]:
    graded = [grade for grade in book.grades if grade.min is not None]
    for better, worse in pairwise(graded):
        if (better.min or 0) <= (worse.min or 0):
            yield Violation(
                "EVAL-LOCAL-GRADES",
                f"Mức {better.title} từ {format_number(better.min)} điểm, không cao hơn mức {worse.title} "
                f"({format_number(worse.min)} điểm).",
                f"r.grades.{better.key}.min",
                better.row.ruling.reference,
                "Các mốc điểm phải giảm dần.",
            )
        elif worse.below != better.min:
            yield Violation(
                "EVAL-LOCAL-GRADES",
                f"Giữa mức {better.title} và mức {worse.title} có điểm không thuộc mức nào hoặc thuộc cả hai.",
                f"r.grades.{worse.key}.min",
                worse.row.ruling.reference,
            )
    if graded and graded[-1].min != 0:
        yield Violation(
            "EVAL-LOCAL-GRADES",
            f"Mức thấp nhất ({graded[-1].title}) phải từ 0 điểm.",
            f"r.grades.{graded[-1].key}.min",
        )


def _caps(book: Book) -> Iterator[Violation]:
    keys = {grade.key for grade in book.grades}
    for row in book.rows("caps"):
        ratio = Fraction(row["ratio"])
        if not 0 < ratio <= 1:
            yield Violation(
                "EVAL-LOCAL-CAP",
                f"{row.label}: tỷ lệ phải trên 0% và không quá 100%.",
                f"r.caps.{row.key}.ratio",
                row.ruling.reference,
            )
        if row["base"] not in BASES or {row["grade"], row["next"]} - keys:
            yield Violation("EVAL-LOCAL-CAP", f"{row.label}: cơ sở hoặc mức không có.", f"r.caps.{row.key}.base")
    usual = {row.get("groups", ()): Fraction(row["ratio"]) for row in book.rows("caps") if not row.get("outstanding")}
    for row in book.rows("caps"):
        limit = usual.get(row.get("groups", ()))
        if row.get("outstanding") and limit is not None and Fraction(row["ratio"]) < limit:
            yield Violation(
                "EVAL-LOCAL-CAP",
                f"{row.label}: tỷ lệ của đơn vị xuất sắc thấp hơn tỷ lệ thường.",
                f"r.caps.{row.key}.ratio",
                row.ruling.reference,
            )


def _settings(book: Book) -> Iterator[Violation]:
    for name, words in CHOICES.items():
        value = book.value(name)
        if value is not None and value not in words:
            yield Violation("EVAL-LOCAL-SETTING", f"“{value}” không phải là lựa chọn có thể.", f"v.{name}")
    for name in ("quality_step", "delay_step", "task_progress_weight", "task_bonus"):
        value = book.value(name)
        if value is not None and not 0 <= value <= 100:
            yield Violation(
                "EVAL-LOCAL-SETTING",
                f"{book.ruling(name).title}: phải từ 0 đến 100%.",
                f"v.{name}",
                book.ruling(name).reference,
            )
    parts = [Decimal(str(book.value(f"{part}_max", 0))) for part in PARTS]
    if any(parts) and sum(parts) != 100:
        yield Violation(
            "EVAL-LOCAL-SUM",
            f"Điểm tối đa các nhóm cộng lại {format_number(sum(parts))}, thang điểm là 100.",
            "v.common_max",
        )
