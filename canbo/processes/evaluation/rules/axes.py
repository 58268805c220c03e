"""The axes (trục) of a quarterly sheet: maxima that sum to what the rulebook gives, main axes, parts in per cent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from canbo.foundation.kernel.numbers import format_number
from canbo.foundation.kernel.violation import Violation

from .books import Book

FORMULA = "axes"
HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Maximum:
    """What one axis may bring somebody in a quarter.

    Args:
        points: most points; None where nothing readable was given.
        main: whether it is one of her main axes (trục chính).
    """

    key: str
    points: Decimal | None
    main: bool = False


def by_axes(book: Book, group: str) -> bool:
    """Whether a group is judged by axes whose maxima are approved for each person."""
    return book.group(group).formula == FORMULA


def axis_titles(book: Book) -> dict[str, str]:
    """The axes of a rulebook in order."""
    return {row.key: row.label for row in book.rows("axes")}


def axis_parts(book: Book, group: str) -> dict[str, str]:
    """The parts each axis of a group is judged by, with their names."""
    named = {row.key: row.label for row in book.rows("axis_parts")}
    return {key: named.get(key, key) for key in book.group(group).row.get("parts", ())}


def maxima_faults(book: Book, maxima: Sequence[Maximum]) -> list[Violation]:
    """Why maxima may not stand: unknown or doubled axes, points that are none, a sum that is not whole, main axes too small."""
    titles, article = axis_titles(book), str(book.ruling("result_max").reference)
    faults = []
    for place, one in enumerate(maxima):
        if one.key not in titles or one.key in {before.key for before in maxima[:place]}:
            message = f"Trục {one.key} không có trong bộ quy tắc, hoặc ghi hai lần."
            faults.append(Violation("EVAL-AXIS", message, f"axis.{one.key}", article, "Ghi mỗi trục một dòng."))
        elif one.points is None or one.points < 0:
            message = f"Trục {one.key}: điểm tối đa phải là số từ 0 trở lên."
            faults.append(Violation("EVAL-AXIS", message, f"axis.{one.key}", article, "Trục không giao thì ghi 0."))
    if faults:
        return faults
    given = sum((one.points for one in maxima if one.points is not None), Decimal(0))
    whole = book.decimal("result_max")
    if given != whole:
        lacks = f"thiếu {format_number(whole - given)}" if given < whole else f"thừa {format_number(given - whole)}"
        message = f"Tổng điểm tối đa các trục là {format_number(given)}, phải bằng {format_number(whole)} ({lacks})."
        faults.append(Violation("EVAL-AXES-SUM", message, "axes", article, "Chia lại điểm giữa các trục."))
    return faults + _main_faults(book, maxima, whole)


def _main_faults(book: Book, maxima: Sequence[Maximum], whole: Decimal) -> list[Violation]:
    least = Decimal(str(book.value("main_axes_min", 0)))
    main = sum((one.points for one in maxima if one.main and one.points is not None), Decimal(0))
    if not least or main * HUNDRED >= least * whole:
        return []
    if not any(one.main for one in maxima):
        message = "Chưa chọn trục chính."
    else:
        message = (
            f"Các trục chính được {format_number(main)} trên {format_number(whole)} điểm, "
            f"phải từ {format_number(least)}% ({format_number(least * whole / HUNDRED)} điểm)."
        )
    return [
        Violation(
            "EVAL-AXES-MAIN", message, "axes", str(book.ruling("main_axes_min").reference),
            "Chọn thêm trục chính hoặc tăng điểm trục chính.",
        )
    ]  # fmt: skip


def part_faults(
    book: Book, group: str, known: Mapping[str, object], name: str, value: Decimal | None
) -> list[Violation]:
    """Why a per cent of a part, named ``B1.quantity``, may not stand.

    Args:
        known: the approved axes.
        value: None where what was given is no number.
    """
    key, _, part = name.partition(".")
    if key not in known or part not in axis_parts(book, group):
        return [Violation("EVAL-AXIS", f"Phiếu không có mục {name}.", f"axis.{name}")]
    if value is None or not 0 <= value <= HUNDRED:
        words = axis_parts(book, group)[part].lower()
        return [Violation("EVAL-AXIS", f"Trục {key}, {words}: phải là phần trăm từ 0 đến 100.", f"axis.{name}")]
    return []
